"""The Batch page driven by real events: table, filter, threshold, ledger, trial, comparison, clipboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.samples import SAMPLES_DIR
from gui.app_edits import on_batch, set_param
from gui.batch_desk import BatchDesk
from gui.session import Session
from gui.workspaces.batch import edits

LEFT = Qt.MouseButton.LeftButton
NONE, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class Bench:
    """The page on a session that holds the state and assesses the batch, as the window puts them together."""

    def __init__(self, qtbot) -> None:
        self.desk, self.session, self.qtbot = BatchDesk(), Session(), qtbot
        self.shown: list = []
        self.hints: list[str] = []
        self.opened: list[int] = []
        store, desk = self.session.store, self.desk
        store.changed.connect(self._show)
        store.refused.connect(desk.refuse)
        self.session.assessed.connect(desk.show_assessment)
        desk.edited.connect(self.session.apply)
        desk.released.connect(store.seal)
        desk.cancelled.connect(self.session.give_up_drag)
        desk.computed.connect(lambda shown, _: self.shown.append(shown))
        desk.hinted.connect(self.hints.append)
        desk.row_opened.connect(self.opened.append)
        desk.resize(916, 676)
        desk.show()

    def _show(self, state) -> None:
        self.desk.show_state(state)
        self.session.assess()

    def open(self, name: str) -> Bench:
        self.session.open_file(SAMPLES_DIR / f"{name}.npz")
        self.settle()
        return self

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.is_busy and self.desk.is_idle, timeout=20_000)

    @property
    def state(self):
        return self.session.state.batch

    @property
    def model(self):
        assert self.desk.model is not None
        return self.desk.model

    @property
    def listed(self) -> np.ndarray:
        return self.model.table.order

    @property
    def loss(self) -> np.ndarray:
        return self.model.sheet.table.columns["loss"].values

    def click_row(self, row: int, modifiers=NONE) -> None:
        QTest.mouseClick(self.desk.table.viewport(), LEFT, modifiers, self.desk.table.row_rect(row).center())

    def key(self, key, modifiers=NONE) -> None:
        QTest.keyClick(self.desk.table, key, modifiers)
        self.settle()

    def undo(self) -> None:
        self.session.store.undo()
        self.settle()


@pytest.fixture
def bench(styled, qtbot) -> Iterator[Callable[[str], Bench]]:
    made: list[Bench] = []

    def make(name: str) -> Bench:
        made.append(Bench(qtbot))
        return made[-1].open(name)

    yield make
    for one in made:
        one.session.close()
        one.desk.close()
        one.desk.deleteLater()


def test_that_a_click_on_a_heading_sorts_and_the_line_says_so(bench) -> None:
    b = bench("ce_digits_mid")
    assert (np.diff(b.loss[b.listed]) <= 0).all()
    header = b.desk.table.horizontalHeader()
    section = 1 + b.desk.table.shown_keys()[1:].index("grad")
    QTest.mouseClick(
        header.viewport(), LEFT, NONE, QPoint(header.sectionViewportPosition(section) + 10, header.height() // 2)
    )
    grad = b.model.sheet.table.columns["grad"].values
    assert (np.diff(grad[b.listed]) <= 0).all()
    assert "∂ℓ/∂x" in b.desk._parts.caption.words()
    b.undo()
    assert (np.diff(b.loss[b.listed]) <= 0).all()


def test_that_a_filter_is_typed_and_a_bad_one_gets_a_sentence(bench) -> None:
    b = bench("ce_digits_mid")
    line = b.desk.filter_line
    QTest.keyClick(b.desk.table, Qt.Key.Key_Slash)
    line.focus_line()
    QTest.keyClicks(line.edit, "target == 8 and loss > 1")
    QTest.keyClick(line.edit, Qt.Key.Key_Return)
    target = b.model.sheet.table.columns["target"].values
    np.testing.assert_array_equal(np.sort(b.listed), np.flatnonzero((target == 8) & (b.loss > 1)))
    line.focus_line()
    QTest.keyClicks(line.edit, "lost > 1")
    QTest.keyClick(line.edit, Qt.Key.Key_Return)
    assert "lost" in line.refusal.text()
    assert b.state.filter == "target == 8 and loss > 1"


def test_that_no_row_left_by_a_filter_is_said_in_the_table(bench) -> None:
    b = bench("ce_digits_mid")
    b.session.apply(on_batch(edits.set_filter("loss > 1000")))
    assert b.listed.size == 0
    assert b.model.table.empty is not None


def test_that_a_drag_of_the_threshold_is_one_step(bench, mouse) -> None:
    b = bench("ce_digits_mid")
    plot = b.desk.histogram
    before, start = len(b.session.store.history.past), QPointF(plot.threshold_x(), plot.places().area.center().y())
    mouse(plot, "press", start)
    for value in (0.1, 1.0, 3.0):
        mouse(plot, "move", QPointF(plot.places().x(value), start.y()))
    mouse(plot, "release", QPointF(plot.places().x(3.0), start.y()))
    assert b.state.threshold == pytest.approx(3.0)
    np.testing.assert_array_equal(np.sort(b.listed), np.flatnonzero(b.loss >= b.state.threshold))
    assert len(b.session.store.history.past) == before + 1
    assert [chip.accessibleName() for chip in b.desk.bar.chips()] == ["ℓ ≥ 3.00"]
    again = QPointF(plot.threshold_x(), start.y())
    mouse(plot, "press", again)
    mouse(plot, "move", QPointF(plot.places().x(1.0), start.y()))
    mouse(plot, "release", QPointF(plot.places().x(1.0), start.y()))
    b.undo()
    assert b.state.threshold == pytest.approx(3.0)


def test_that_a_bin_selects_its_rows(bench) -> None:
    b = bench("ce_digits_mid")
    plot, found = b.desk.histogram, b.model.view.histogram
    low, high = found.edges[3], found.edges[4]
    at = QPointF(plot.places().x(float(np.sqrt(low * high))), plot.places().area.bottom() - 4)
    QTest.mouseClick(plot, LEFT, NONE, at.toPoint())
    np.testing.assert_array_equal(b.state.selection, np.flatnonzero((b.loss >= low) & (b.loss < high)))
    assert b.state.primary == b.state.selection[b.loss[b.state.selection].argmax()]
    assert b.model.table.selection.size == found.counts[:, 3].sum()


def test_that_a_term_of_the_ledger_selects_its_rows(bench) -> None:
    b = bench("ce_dense_flower")
    place, rect = b.desk.ledger.term_rects()[1]
    QTest.mouseClick(b.desk.ledger, LEFT, NONE, rect.center().toPoint())
    line = b.model.sheet.ledger.lines[place]
    wanted = np.flatnonzero(line.rows) if line.rows is not None else np.arange(b.model.sheet.table.count)
    np.testing.assert_array_equal(b.state.selection, wanted)


def test_that_x_leaves_the_selection_out_and_undo_brings_it_back(bench) -> None:
    b = bench("ce_digits_mid")
    first, second = int(b.listed[0]), int(b.listed[1])
    b.click_row(first)
    b.click_row(second, CONTROL)
    b.click_row(first, CONTROL)
    value = b.shown[-1].value
    b.key(Qt.Key.Key_X)
    assert b.model.sheet.table.count == 284
    assert b.shown[-1].value < value
    assert [chip.accessibleName() for chip in b.desk.bar.chips()] == ["2 left out"]
    assert b.session.state.problem.base.input.shape[0] == 286
    b.undo()
    assert b.model.sheet.table.count == 286
    assert b.shown[-1].value == value


def test_that_a_number_typed_in_the_row_changes_the_loss_until_it_is_reverted(bench) -> None:
    b = bench("ce_digits_mid")
    b.click_row(int(b.listed[0]))
    b.session.apply(on_batch(edits.show_tab("row")))
    bands = b.desk.detail.bands
    QApplication.processEvents()
    QTest.mouseClick(bands, LEFT, NONE, bands.number_rect(8).center().toPoint())
    QTest.keyClick(bands, Qt.Key.Key_Return)
    editor = bands.field.editor
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "30")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    b.settle()
    row = b.state.primary
    assert b.loss[row] == pytest.approx(0, abs=1e-4)
    assert row in b.model.table.changed
    QTest.mouseClick(b.desk.detail.revert, LEFT)
    b.settle()
    assert b.loss[row] == pytest.approx(12.520, abs=1e-3)
    assert not b.model.table.changed


def test_that_a_keeps_the_problem_and_the_chip_tells_the_difference(bench) -> None:
    b = bench("ce_digits_mid")
    b.key(Qt.Key.Key_A)
    b.click_row(int(b.listed[0]))
    b.key(Qt.Key.Key_X)
    words = b.desk.bar.chips()[-1].accessibleName()
    assert words == "A 0.9817 (−0.0405)"
    b.key(Qt.Key.Key_A)
    assert b.state.pinned is None
    assert len(b.desk.bar.chips()) == 1


def test_that_rows_have_their_difference_to_a_while_it_is_held(bench) -> None:
    b = bench("ce_digits_mid")
    before = b.loss.copy()
    b.key(Qt.Key.Key_A)
    b.session.apply(set_param("label_smoothing", 0.2, None))
    b.settle()
    change = b.model.sheet.table.columns["change"].values
    np.testing.assert_allclose(change, b.loss - before, atol=1e-6)
    b.key(Qt.Key.Key_S)
    b.session.apply(on_batch(edits.sort_by("change")))
    assert b.listed[0] == change.argmax()
    b.key(Qt.Key.Key_A)
    assert "change" not in b.model.sheet.table.columns


def test_that_f8_goes_to_the_rows_of_the_next_finding(bench) -> None:
    b = bench("bug_target_one_based")
    b.session.apply(on_batch(edits.set_filter("row < 0")))
    b.key(Qt.Key.Key_F8)
    rows = np.asarray(b.model.sheet.assessed.findings[0].evidence["rows"])
    np.testing.assert_array_equal(b.state.selection, np.unique(rows))
    assert b.state.primary == rows[0]
    assert b.state.filter == ""
    assert b.hints[-1] == str(b.model.sheet.assessed.findings[0].title)


def test_that_a_refused_batch_is_listed_all_the_same(bench) -> None:
    b = bench("bug_bce_logits_input")
    assert b.listed.size == 48
    assert b.desk._parts.no_losses.isVisible()
    assert b.shown[-1].strip is None
    b.key(Qt.Key.Key_Down)
    assert b.state.primary == b.listed[0]


def test_that_enter_opens_the_row(bench) -> None:
    b = bench("ce_digits_mid")
    b.key(Qt.Key.Key_Return)
    assert b.opened == [b.state.primary]


def test_that_the_listed_rows_are_copied_with_tabs_and_written_with_commas(bench, tmp_path: Path) -> None:
    b = bench("ce_digits_mid")
    b.session.apply(on_batch(edits.set_filter("loss > 5")))
    b.key(Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 1 + b.listed.size
    assert lines[1].startswith(f"{b.listed[0]}\t")
    b.desk.write_rows(tmp_path / "rows.csv")
    b.settle()
    assert (tmp_path / "rows.csv").read_text().splitlines()[1].startswith(f"{b.listed[0]},")


def test_that_the_call_is_copied_as_pytorch(bench) -> None:
    b = bench("ce_digits_mid")
    b.key(Qt.Key.Key_C, CONTROL | SHIFT)
    assert "nn.CrossEntropyLoss(" in QGuiApplication.clipboard().text()


def test_that_without_a_batch_a_sentence_and_a_button_stand_there(styled, qtbot) -> None:
    desk, session = BatchDesk(), Session()
    asked: list[bool] = []
    desk.open_requested.connect(lambda: asked.append(True))
    desk.resize(916, 676)
    desk.show()
    desk.show_state(session.state)
    button: QWidget = desk._parts.empty.button
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)
    assert asked == [True]
    session.close()
    desk.close()
    QApplication.processEvents()


def test_that_a_bin_under_the_mouse_lifts_its_rows_and_a_row_stands_in_its_bin(bench, mouse) -> None:
    b = bench("ce_digits_mid")
    plot, found = b.desk.histogram, b.model.view.histogram
    x = plot.places().x(float(np.sqrt(found.edges[4] * found.edges[5])))
    mouse(plot, "move", QPointF(x, plot.places().area.center().y()), Qt.MouseButton.NoButton)
    lifted = b.desk.table._delegate.marked
    np.testing.assert_array_equal(lifted, (b.loss >= found.edges[4]) & (b.loss < found.edges[5]))
    row = int(b.listed[2])
    QTest.mouseMove(b.desk.table.viewport(), b.desk.table.row_rect(row).center())
    assert plot._mark == b.loss[row]


def test_that_the_bar_of_what_is_not_finite_selects_its_rows(bench) -> None:
    b = bench("bug_nan_inf_logits")
    plot, specials = b.desk.histogram, b.model.view.histogram.specials
    place = [name for name, _ in specials].index("nan")
    QTest.mouseClick(plot, LEFT, NONE, plot.places().special(place).center().toPoint())
    np.testing.assert_array_equal(b.state.selection, np.flatnonzero(np.isnan(b.loss)))
    assert b.state.selection.size


def test_that_a_click_on_a_group_selects_its_rows_and_a_heading_sorts_the_groups(bench) -> None:
    b = bench("ce_digits_mid")
    b.session.apply(on_batch(edits.show_tab("groups")))
    b.settle()
    view = b.desk._parts.groups
    QTest.mouseClick(view.table.viewport(), LEFT, NONE, view.table.row_rect(8).center())
    target = b.model.sheet.table.columns["target"].values
    np.testing.assert_array_equal(b.state.selection, np.flatnonzero(target == 8))
    header = view.table.horizontalHeader()
    section = 1 + view.table.shown_keys()[1:].index("n")
    at = QPoint(header.sectionViewportPosition(section) + 10, header.height() // 2)
    QTest.mouseClick(header.viewport(), LEFT, NONE, at)
    b.settle()
    assert view.table._rows.figure.order[0] == np.bincount(target).argmax()
    QTest.keyClick(view.ways, Qt.Key.Key_Right)
    b.settle()
    assert b.state.group_by == "outcome"
    assert view.table._rows.figure.table.count == 2


def test_that_the_selection_alone_is_listed_until_it_is_let_go(bench) -> None:
    b = bench("ce_digits_mid")
    rows = np.array([3, 69, 104])
    b.session.apply(on_batch(edits.select(rows)))
    QTest.mouseClick(b.desk._parts.selection.only, LEFT)
    assert b.listed.tolist() == [104, 69, 3]
    b.session.apply(on_batch(edits.select(rows[:2])))
    assert b.listed.tolist() == [69, 3]
    b.session.apply(on_batch(edits.select(rows[:0])))
    assert b.listed.size == 286
    assert not b.desk._parts.selection.isVisible()
    b.session.apply(on_batch(edits.select(rows)))
    b.key(Qt.Key.Key_O)
    assert b.listed.size == 286


def test_that_a_bar_of_a_class_selects_its_rows(bench) -> None:
    b = bench("ce_digits_mid")
    bars = b.desk._parts.class_bars
    QTest.mouseClick(bars, LEFT, NONE, bars.places().column(8).center().toPoint())
    target = b.model.sheet.table.columns["target"].values
    np.testing.assert_array_equal(b.state.selection, np.flatnonzero(target == 8))
    assert bars._figure.chosen == {8}


def test_that_a_batch_without_classes_has_the_histogram_alone(bench) -> None:
    b = bench("reg_diabetes")
    assert b.desk.histogram.isVisible()
    assert not b.desk._parts.class_bars.isVisible()


def test_that_rows_dragged_over_in_the_contribution_are_those_that_add_most(bench, mouse) -> None:
    b = bench("ce_digits_mid")
    b.session.apply(on_batch(edits.show_tab("contribution")))
    b.settle()
    plot = b.desk._parts.contribution
    mouse(plot, "press", QPointF(plot.x_of(0.5), 120))
    mouse(plot, "move", QPointF(plot.x_of(33.5), 120))
    mouse(plot, "release", QPointF(plot.x_of(33.5), 120))
    share = b.model.sheet.table.columns["share"].values[b.state.selection]
    assert share.size == 34
    assert share.sum() >= 50 > share.sum() - share.min()
    QTest.keyClick(plot.choice, Qt.Key.Key_Right)
    b.settle()
    assert b.state.measure == "grad"
    grad = b.model.sheet.table.columns["grad"].values
    assert plot._figure.order[0] == grad.argmax()


def test_that_a_cell_of_the_confusion_selects_its_rows(bench) -> None:
    b = bench("ce_digits_mid")
    b.session.apply(on_batch(edits.show_tab("confusion")))
    b.settle()
    b.desk._parts.confusion.cell_chosen.emit(8, 3)
    target, predicted = (b.model.sheet.table.columns[key].values for key in ("target", "predicted"))
    np.testing.assert_array_equal(b.state.selection, np.flatnonzero((target == 8) & (predicted == 3)))
    assert b.state.selection.size == 3


def test_that_a_click_on_the_scatter_selects_a_row_that_stays_selected_there(bench) -> None:
    b = bench("reg_diabetes_outliers")
    b.session.apply(on_batch(edits.show_tab("scatter")))
    b.settle()
    plot, table = b.desk._parts.scatter, b.model.sheet.table
    assert plot.isVisible()
    highest = int(np.argmax(table.columns["loss"].values))
    values = [float(table.columns[key].values[highest]) for key in ("loss", "grad")]
    place = plot.places().point(*np.log10(values))
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert highest in b.state.selection
    assert highest in plot.places().figure.rows[plot.places().figure.chosen]


def test_that_a_click_on_a_pixel_speaks_of_its_row_and_a_page_key_turns_to_the_next_sample(bench) -> None:
    b = bench("mse_digits_pca")
    b.session.apply(on_batch(edits.show_tab("pixels")))
    b.settle()
    plot = b.desk._parts.pixels
    assert plot.isVisible()
    shown = b.state.primary // 64  # the worst pixel's
    QTest.keyClick(plot, Qt.Key.Key_PageDown)
    assert b.state.sample == shown + 1
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.places().box((2, 3), (2, 3)).center().toPoint())
    assert b.state.primary == 64 * (shown + 1) + 2 * 8 + 3


def test_that_a_batch_that_lacks_a_picture_shows_its_samples_until_another_has_it(bench) -> None:
    b = bench("ce_digits_mid")
    b.session.apply(on_batch(edits.show_tab("confusion")))
    b.open("reg_diabetes")
    b.session.apply(on_batch(edits.show_tab("confusion")))
    offered = b.desk.bar.tabs.keys()
    assert "confusion" not in offered
    assert b.desk.histogram.isVisible()


def test_that_pixels_that_are_left_out_are_ignored_and_stay_chosen(bench) -> None:
    b = bench("ce_dense_flower")
    kept = np.count_nonzero(b.model.sheet.table.kept)
    rows = b.listed[:3].copy()
    b.session.apply(on_batch(edits.select(rows)))
    b.key(Qt.Key.Key_X)
    assert b.model.sheet.table.count == 3456
    assert np.count_nonzero(b.model.sheet.table.kept) == kept - 3
    assert not b.model.sheet.table.kept[rows].any()
    assert b.state.selection.tolist() == sorted(rows.tolist())
    QTest.mouseClick(b.desk.bar.chips()[0], LEFT, NONE, b.desk.bar.chips()[0].cross_rect().center().toPoint())
    b.settle()
    assert np.count_nonzero(b.model.sheet.table.kept) == kept
