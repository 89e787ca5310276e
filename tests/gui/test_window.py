"""The whole window, driven with real events: what a person does, and what state and picture say then."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

import core.losses as L
from core.files import read
from core.problem import evaluate
from core.samples import SAMPLES_DIR, samples
from gui.kit.picture import image_of
from gui.kit.theme import set_theme
from gui.runtime.settings import Settings
from gui.window import Window
from gui.workspaces.explore.presets import presets, sketch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(styled: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    made = Window(Settings(tmp_path / "settings.ini"))
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


def settle(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.is_idle, timeout=20000)
    QApplication.processEvents()


def open_sample(window: Window, qtbot: QtBot, file: str) -> None:
    window.open_file(SAMPLES_DIR / file)
    settle(window, qtbot)


def loss_of(window: Window) -> Any:
    return window.session.state.problem.loss


def strip_text(window: Window) -> str:
    return window.strip.plain()


def pixels(window: Window) -> bytes:
    image = image_of(window).convertToFormat(QImage.Format.Format_RGB32)
    return bytes(image.constBits())


def type_number(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def number_field(window: Window, name: str) -> QLineEdit:
    row = window.inspector.form.fields.row(name)
    field = row.findChild(QLineEdit)
    assert field is not None
    return field


def test_that_the_start_page_comes_first_and_nothing_can_be_undone(window: Window) -> None:
    assert window.start.isVisible()
    assert not window.inspector.isVisible()
    assert not window.commands["undo"].isEnabled()


@pytest.mark.parametrize("name", list(L.LOSSES))
def test_that_every_loss_opens_its_sketch_with_a_formula_and_a_value(window: Window, qtbot: QtBot, name: str) -> None:
    window.choose_loss(name)
    settle(window, qtbot)
    assert window.explorer.isVisible()
    assert loss_of(window).name == name
    assert strip_text(window)
    assert window.status.value.accessibleName() not in ("", "loss –")


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.key)
def test_that_every_preset_is_drawn(window: Window, qtbot: QtBot, preset: Any) -> None:
    window.open_preset(preset)
    settle(window, qtbot)
    assert window.explorer.banner.isHidden()
    assert window.session.state.explore.tab == preset.state.tab


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.file)
def test_that_every_sample_opens_in_its_workspace(window: Window, qtbot: QtBot, sample: Any) -> None:
    open_sample(window, qtbot, sample.file)
    assert window.ctc.isVisible() == (sample.loss == "CTCLoss")
    assert window.explorer.isVisible() != window.ctc.isVisible()
    assert window.explorer.rows.isVisible() == window.explorer.isVisible()
    assert window.session.assessment is not None
    assert window.session.state.problem.batch is not None


def test_that_an_opened_batch_shows_value_divisor_and_its_worst_row(window: Window, qtbot: QtBot) -> None:
    open_sample(window, qtbot, "ce_digits_mid.npz")
    state = window.session.state
    assert state.problem.batch is not None
    result = evaluate(state.problem.loss, state.problem.batch)
    assert state.explore.row == int(np.argmax(result.elements))
    np.testing.assert_array_equal(state.explore.classes.z, state.problem.batch.input[state.explore.row])
    assert f"{float(result.value):.4f}" in window.status.batch.accessibleName()
    assert f"{result.elements.max():.4f}" in window.status.value.accessibleName()


def test_that_a_chosen_row_is_loaded_and_undo_brings_the_other_back(window: Window, qtbot: QtBot) -> None:
    open_sample(window, qtbot, "ce_digits_mid.npz")
    before = window.session.state.explore.row
    table = window.explorer.rows.table
    place = table.visualRect(table.model().index(4, 0)).center()
    QTest.mouseClick(table.viewport(), LEFT, pos=place)
    settle(window, qtbot)
    chosen = window.session.state.explore.row
    assert chosen != before
    batch = window.session.state.problem.batch
    assert batch is not None
    np.testing.assert_array_equal(window.session.state.explore.classes.z, batch.input[chosen])
    window.commands["undo"].trigger()
    assert window.session.state.explore.row == before


def test_that_a_typed_beta_reaches_curve_strip_and_status_and_undo_takes_it_back(window: Window, qtbot: QtBot) -> None:
    window.choose_loss("SmoothL1Loss")
    before, picture = strip_text(window), pixels(window)
    type_number(number_field(window, "beta"), "0.5")
    assert loss_of(window).beta == 0.5
    expected = L.SmoothL1Loss(beta=0.5).evaluate(np.array([1.2]), np.array([0.5]))
    assert f"{float(expected.value):.4f}" in window.status.value.accessibleName()
    assert strip_text(window) != before
    assert pixels(window) != picture
    window.commands["undo"].trigger()
    assert loss_of(window).beta == 1.0
    assert strip_text(window) == before


def test_that_a_refused_number_is_told_at_its_field_and_changes_nothing(window: Window) -> None:
    window.choose_loss("SmoothL1Loss")
    field = number_field(window, "beta")
    type_number(field, "-1")
    assert loss_of(window).beta == 1.0
    assert window.inspector.form.fields.row("beta").reason()
    assert field.text().replace("\u2212", "-") == "-1"


def test_that_switching_the_loss_keeps_weights_and_says_what_it_dropped(window: Window, qtbot: QtBot) -> None:
    window.choose_loss("CrossEntropyLoss")
    type_number(number_field(window, "label_smoothing"), "0.1")
    window.inspector.weights.value_edited.emit(1, 3.0, "")
    z = window.session.state.explore.classes.z
    window.choose_loss("NLLLoss")
    settle(window, qtbot)
    assert list(loss_of(window).weight) == [1, 3, 1, 1, 1]
    assert window.session.state.explore.classes.z is z
    assert window.explorer.banner.isVisible()
    assert "label_smoothing" in window.explorer.banner.words.text()


def test_that_a_dragged_strip_number_is_one_undo_step(window: Window) -> None:
    window.choose_loss("SmoothL1Loss")
    rect = dict(window.strip.number_rects())["x"].toRect()
    steps = len(window.session.store.history.past)
    start = rect.center()
    QTest.mousePress(window.strip, LEFT, pos=start)
    for dx in (5, 10, 20, 30):
        QTest.mouseMove(window.strip, start + QPoint(dx, 0))
    QTest.mouseRelease(window.strip, LEFT, pos=start + QPoint(30, 0))
    assert window.session.state.explore.scalar.x > 1.2
    assert len(window.session.store.history.past) == steps + 1


def test_that_a_file_that_is_no_batch_is_refused_with_reason_and_the_old_one_stays(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    open_sample(window, qtbot, "wine_nll.npz")
    before = window.session.state
    bad = tmp_path / "notes.npz"
    bad.write_text("this is not an archive")
    window.open_file(bad)
    settle(window, qtbot)
    assert window.refused.isVisible()
    assert window.session.state is before
    assert "notes.npz" in window.refused.report()
    window.refused.closed.emit()
    assert window.explorer.isVisible()


def test_that_a_dropped_file_is_opened(window: Window, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLES_DIR / "wine_nll.npz"))])
    window.dropEvent(
        QDropEvent(QPointF(600, 400), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    )
    settle(window, qtbot)
    batch = window.session.state.problem.batch
    assert batch is not None
    assert batch.name == "wine_nll"


def test_that_the_theme_switches_while_running(window: Window, qtbot: QtBot) -> None:
    window.open_preset(sketch("SmoothL1Loss"))
    light = image_of(window).pixelColor(700, 300).lightness()
    set_theme("dark")
    QApplication.processEvents()
    assert image_of(window).pixelColor(700, 300).lightness() < 60 < light


def test_that_descending_walks_down_and_can_be_undone_at_once(window: Window, qtbot: QtBot) -> None:
    window.choose_loss("MSELoss")
    x = window.session.state.explore.scalar.x
    window.commands["step"].trigger()
    after = window.session.state.explore.scalar
    assert abs(after.x - after.y) < abs(x - after.y)
    window.commands["undo"].trigger()
    assert window.session.state.explore.scalar.x == x


def test_that_the_doctor_names_a_broken_batch_in_the_inspector(window: Window, qtbot: QtBot) -> None:
    open_sample(window, qtbot, "bug_target_one_based.npz")
    titles = [item.accessibleName() for item in window.inspector.diagnosis.items()]
    assert window.session.assessment is not None
    assert any(finding.rule == "C4" for finding in window.session.assessment.findings)
    assert titles


def test_that_a_narrow_window_hides_the_inspector_and_shows_it_on_demand(window: Window, qtbot: QtBot) -> None:
    window.choose_loss("SmoothL1Loss")
    window.resize(1024, 680)
    QApplication.processEvents()
    assert not window.inspector.isVisible()
    window.commands["inspector"].trigger()
    assert window.inspector.isVisible()


def test_that_two_windows_do_not_share_state(window: Window, styled: QApplication, tmp_path: Path) -> None:
    other = Window(Settings(tmp_path / "other.ini"))
    window.choose_loss("MSELoss")
    assert loss_of(other).name == "SmoothL1Loss"
    other.close()


def test_that_another_family_finds_its_own_worst_row_in_the_same_step(window: Window, qtbot: QtBot) -> None:
    open_sample(window, qtbot, "wine_soft_ce.npz")
    before = window.session.state
    window.choose_loss("MSELoss")
    settle(window, qtbot)
    state = window.session.state
    assert state.problem.batch is not None
    errors = evaluate(L.MSELoss(reduction="none"), state.problem.batch).elements
    assert state.explore.row == int(np.argmax(errors))
    window.commands["undo"].trigger()
    assert window.session.state is before


def test_that_a_slow_file_can_be_given_up(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def slow(path: Path) -> tuple[Any, ...]:
        released.wait(10)
        return read(path)

    monkeypatch.setattr("gui.session.read", slow)
    open_before = window.session.state
    window.open_file(SAMPLES_DIR / "wine_nll.npz")
    assert window.session.opening is not None
    QTest.keyClick(window, Qt.Key.Key_Escape)
    released.set()
    settle(window, qtbot)
    qtbot.wait(50)
    assert window.session.state is open_before
    assert window.start.isVisible()


def test_that_opening_a_batch_after_a_switch_that_found_no_row_shows_the_new_batch(
    window: Window, qtbot: QtBot
) -> None:
    open_sample(window, qtbot, "ce_digits_mid.npz")
    window.choose_loss("MSELoss")
    settle(window, qtbot)
    assert window.session.state.explore.row is None
    open_sample(window, qtbot, "reg_diabetes.npz")
    assert window.session.state.explore.row == 102
    window.commands["undo"].trigger()
    assert loss_of(window).name == "MSELoss"


def test_that_the_lattice_page_shows_a_target_made_by_hand_where_no_sequence_is_open(
    window: Window, qtbot: QtBot
) -> None:
    window.choose_loss("MSELoss")
    window.show_ctc()
    settle(window, qtbot)
    assert window.ctc.isVisible()
    assert not window.inspector.isVisible()
    assert strip_text(window)
    assert window.ctc.model is not None
    window.show_explorer()
    assert loss_of(window).name == "MSELoss"
    assert window.explorer.isVisible()


def test_that_an_edit_of_the_lattice_page_is_undone(window: Window, qtbot: QtBot) -> None:
    window.show_ctc()
    settle(window, qtbot)
    window.ctc.bar.choose_mode(2)
    chosen = window.session.state.ctc.mode
    assert chosen != "alpha"
    window.commands["undo"].trigger()
    assert window.session.state.ctc.mode == "alpha"


def test_that_an_opened_recording_is_aligned_and_its_loss_is_that_of_the_batch(window: Window, qtbot: QtBot) -> None:
    open_sample(window, qtbot, "ctc_captcha_hello88.npz")
    model = window.ctc.model
    assert model is not None
    batch = window.session.state.problem.batch
    assert batch is not None
    value = float(evaluate(window.session.state.problem.loss, batch).elements)
    assert f"{value:.4f}" in window.status.value.accessibleName()
    assert [segment.label for segment in model.side.segments] == list("hello88")
