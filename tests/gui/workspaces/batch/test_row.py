"""One row in full: its numbers, its words, and what can be typed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

import core.losses as L
from core.assess import Assessment, assess
from core.batch import Batch
from core.files import read
from core.jobs import finish
from core.samples import SAMPLES_DIR
from core.text import say
from gui.kit.number_row import NumberRow
from gui.kit.row_detail import RowDetail
from gui.workspaces.batch.compute_row import MOST, numbers_of
from gui.workspaces.batch.present_row import NONE, present

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

READINGS = (NumberRow(say("batch", "loss"), "1.0000"),)


def assessed(name: str) -> Assessment:
    batch = read(SAMPLES_DIR / f"{name}.npz")[0]
    return finish(assess(batch.loss, batch))


def shown(found: Assessment, row: int, changed: frozenset[int] = frozenset()):
    return present(found, numbers_of(found, row), row, str(row), READINGS, changed, False)


def test_that_a_class_row_has_its_probabilities_and_the_gradient_of_the_batch() -> None:
    found = assessed("ce_digits_mid")
    numbers = numbers_of(found, 7)
    assert numbers is not None
    assert found.evaluation is not None
    z = found.batch.input[7].astype(float)
    np.testing.assert_allclose(numbers.probs, np.exp(z) / np.exp(z).sum(), rtol=1e-6)
    np.testing.assert_array_equal(numbers.grads, found.evaluation.grad[7].astype(float))
    assert numbers.shares.argmax() == numbers.target


def test_that_a_pixel_of_a_dense_batch_has_the_numbers_of_its_place() -> None:
    found = assessed("ce_dense_flower")
    numbers = numbers_of(found, 70)
    assert numbers is not None
    assert found.rows is not None
    place = found.rows.label(70)
    np.testing.assert_allclose(numbers.values, found.batch.input[(place[0], slice(None), *place[1:])], rtol=1e-6)


def test_that_of_many_classes_the_target_and_the_likeliest_are_shown() -> None:
    x = np.random.default_rng(3).normal(size=(2, 50))
    batch = Batch("b", L.CrossEntropyLoss(), x, np.array([int(x[0].argmin()), 0]))
    numbers = numbers_of(finish(assess(batch.loss, batch)), 0)
    assert numbers is not None
    assert len(numbers.indices) == MOST
    assert numbers.rest == 50 - MOST
    assert {int(x[0].argmin()), int(x[0].argmax())} <= set(numbers.indices)


@pytest.mark.parametrize(
    ("name", "probable"), [("reg_diabetes", False), ("bce_breast_cancer", True), ("bcewl_breast_cancer", True)]
)
def test_that_an_element_row_has_one_number_and_a_typed_target(name: str, probable: bool) -> None:
    figure = shown(assessed(name), 3)
    assert len(figure.columns) == 1
    assert (figure.prob_name is not None) == probable
    assert figure.target == pytest.approx(float(assessed(name).batch.target.ravel()[3]))  # type: ignore[union-attr]


def test_that_a_number_of_a_broadcast_pair_has_no_gradient_of_one_row() -> None:
    numbers = numbers_of(assessed("bug_mse_broadcast"), 5)
    assert numbers is not None
    assert np.isnan(numbers.grads).all()


def test_that_the_gradients_of_a_softmax_row_are_said_to_sum_to_0() -> None:
    assert "sum to 0" in str(shown(assessed("ce_digits_mid"), 0).badge)
    assert shown(assessed("wine_nll"), 0).badge is None


def test_that_a_row_of_nothing_and_a_sequence_say_what_to_do() -> None:
    found = assessed("ctc_batch_padded")
    assert present(found, None, None, "", (), frozenset(), False) is NONE
    assert "lattice" in str(shown(found, 1).sentence)
    assert not shown(found, 1).columns


@pytest.fixture
def detail(qtbot: QtBot) -> RowDetail:
    widget = RowDetail()
    widget.resize(900, 200)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_figure(shown(assessed("ce_digits_mid"), 104, frozenset({2})))
    return widget


def test_that_a_double_click_opens_a_number_and_enter_tells_it(detail: RowDetail, qtbot: QtBot) -> None:
    center = detail.bands.number_rect(3).center()
    qtbot.mouseDClick(detail.bands, Qt.MouseButton.LeftButton, pos=QPoint(round(center.x()), round(center.y())))
    # A double click is a click first, which chooses the column.
    detail.bands.field.close()
    qtbot.mouseClick(detail.bands, Qt.MouseButton.LeftButton, pos=QPoint(round(center.x()), round(center.y())))
    qtbot.keyClick(detail.bands, Qt.Key.Key_Return)
    editor = detail.bands.field.editor
    assert editor is not None
    qtbot.keyClicks(editor, "4.5")
    with qtbot.waitSignal(detail.input_typed) as typed:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert typed.args == [3, 4.5]


def test_that_arrows_choose_a_number_and_say_it(detail: RowDetail, qtbot: QtBot) -> None:
    detail.bands.setFocus()
    before = detail.bands.accessibleName()
    qtbot.keyClick(detail.bands, Qt.Key.Key_Right)
    assert detail.bands.accessibleName() != before
    assert "gradient" in detail.bands.accessibleName()


def test_that_a_class_index_must_be_whole(detail: RowDetail, qtbot: QtBot) -> None:
    typed: list[float] = []
    detail.target_typed.connect(typed.append)
    for text in ("2.5", "3"):
        detail.target.selectAll()
        qtbot.keyClicks(detail.target, text)
        qtbot.keyClick(detail.target, Qt.Key.Key_Return)
    assert typed == [3.0]


def test_that_a_changed_row_can_be_reverted(detail: RowDetail, qtbot: QtBot) -> None:
    assert detail.revert.isVisible()
    with qtbot.waitSignal(detail.reverted):
        qtbot.mouseClick(detail.revert, Qt.MouseButton.LeftButton)


def test_that_under_broadcasting_a_row_has_no_gradient_and_says_why() -> None:
    figure = shown(assessed("bug_mse_broadcast"), 7)
    assert figure.grad_name is None
    assert "broadcasting" in str(figure.badge)
    assert shown(assessed("reg_diabetes"), 7).grad_name is not None


def test_that_a_sequence_has_no_numbers_to_type_over_but_a_lattice_to_open() -> None:
    figure = shown(assessed("ctc_batch_padded"), 1)
    assert figure.columns == ()
    assert str(figure.opens) == "Open its lattice"


def test_that_the_only_number_of_a_row_stands_on_its_own_curve() -> None:
    found = assessed("reg_diabetes_outliers")
    figure = shown(found, 37)
    curve = figure.curve
    assert curve is not None
    x, y = float(found.batch.input[37]), float(found.batch.target[37])
    assert (curve.at, curve.target) == (x, y)
    assert curve.loss == pytest.approx(abs(x - y))
    assert curve.slope == -1
    assert curve.x[0] < min(x, y) < max(x, y) < curve.x[-1]
    np.testing.assert_allclose(curve.y, np.abs(curve.x - y))


def test_that_the_curve_has_the_weight_of_its_element_and_no_target_among_logits() -> None:
    z, y = np.array([[0.5, -1.0]]), np.array([[1.0, 1.0]])
    batch = Batch("w", L.BCEWithLogitsLoss(pos_weight=np.array([1.0, 3.0])), z, y)
    found = finish(assess(batch.loss, batch))
    curve = shown(found, 1).curve
    assert curve is not None
    assert curve.target is None
    assert curve.loss == pytest.approx(3 * np.log1p(np.exp(1.0)))
    assert curve.loss == pytest.approx(float(found.rows.loss[1]))


def test_that_rows_of_several_numbers_or_none_that_is_finite_have_no_curve() -> None:
    assert shown(assessed("ce_digits_mid"), 0).curve is None
    batch = Batch("w", L.MSELoss(), np.array([np.nan, 1.0]), np.array([0.0, np.inf]))
    found = finish(assess(batch.loss, batch))
    assert shown(found, 0).curve is None
    assert shown(found, 1).curve is None


def test_that_a_residual_of_zero_has_a_curve_around_it() -> None:
    batch = Batch("w", L.SmoothL1Loss(), np.array([2.0]), np.array([2.0]))
    curve = shown(finish(assess(batch.loss, batch)), 0).curve
    assert curve is not None
    assert curve.x[0] < 2 < curve.x[-1]
    assert curve.loss == 0


def test_that_a_sequence_shows_what_the_model_said_and_the_target() -> None:
    figure = shown(assessed("ctc_captcha_hello88"), 0)
    assert figure.emission is not None
    assert str(figure.emission.sentence) == "target: hello88"
    assert figure.emission.frames == 21
    assert 6 <= len(figure.emission.names) <= 12
    assert shown(assessed("ce_digits_mid"), 0).emission is None
