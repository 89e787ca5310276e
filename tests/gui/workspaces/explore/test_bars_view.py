"""The tab driven by a mouse and keys, before a real store."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.losses import CrossEntropyLoss, KLDivLoss, NLLLoss
from core.problem import Problem
from gui.edit import Edit
from gui.kit.theme import set_theme
from gui.runtime.store import Store
from gui.state import AppState
from gui.workspaces.explore.bars_view import BarsView
from gui.workspaces.explore.compute_bars import compute, request
from gui.workspaces.explore.present_bars import present
from gui.workspaces.explore.state import ExploreState, RowProbe

SOFT = np.array([0.2, 0.5, 0.1, 0.2, 0.0])


class Bench:
    """A view, a store, and the loop between them."""

    def __init__(self, loss, classes: RowProbe | None = None) -> None:
        explore = ExploreState(tab="bars", classes=classes or RowProbe(focus=0))
        self.store = Store(AppState(Problem(loss), explore))
        self.view = BarsView()
        self.view.resize(916, 636)
        self.view.state_edited.connect(self._apply)
        self.view.released.connect(self.store.seal)
        self.view.cancelled.connect(self.store.undo)
        self.store.changed.connect(self._show)
        self._show(self.store.state)
        self.view.show()
        QApplication.processEvents()

    def _apply(self, edit: Edit[ExploreState]) -> None:
        def update(app: AppState) -> AppState:
            return replace(app, explore=edit.update(app.explore))

        self.store.apply(Edit(edit.label, update, edit.merge_key))

    def _show(self, app: AppState) -> None:
        self.view.show_state(app.problem, app.explore)
        self.model = present(app.problem, app.explore, compute(request(app.problem, app.explore)))
        self.view.draw(self.model)

    @property
    def row(self) -> RowProbe:
        return self.store.state.explore.classes

    @property
    def steps(self) -> int:
        return len(self.store.history.past)

    def cap(self, index: int) -> QPointF:
        places = self.view.bars.places()
        return QPointF(places.center(index), places.area("logits").y(float(self.row.z[index])))

    def dash(self, index: int) -> QPointF:
        places, marks = self.view.bars.places(), self.model.bars.probabilities.marks
        assert marks is not None
        return QPointF(places.center(index), places.area("probabilities").y(float(marks[index])))


def mouse(widget: QWidget, kind: QEvent.Type, at: QPointF, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, at, QPointF(widget.mapToGlobal(at.toPoint())), button, held, modifiers)
    QApplication.sendEvent(widget, event)


def drag(widget: QWidget, start: QPointF, end: QPointF, *, release: bool = True, steps: int = 5) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    mouse(widget, QEvent.Type.MouseButtonPress, start)
    for k in range(1, steps + 1):
        mouse(widget, QEvent.Type.MouseMove, start + (end - start) * (k / steps), alt)
    if release:
        mouse(widget, QEvent.Type.MouseButtonRelease, end)


@pytest.fixture
def bench(styled, qtbot):
    made: list[Bench] = []

    def make(loss=None, classes: RowProbe | None = None) -> Bench:
        made.append(Bench(loss or CrossEntropyLoss(label_smoothing=0.1), classes))
        qtbot.addWidget(made[-1].view)
        return made[-1]

    return make


def test_a_dragged_cap_moves_its_logit_in_one_undo_step(bench) -> None:
    b = bench()
    unit = 1 / b.view.bars.places().area("logits").per_pixel
    drag(b.view.bars, b.cap(0), b.cap(0) + QPointF(0, 1.5 * unit))
    assert b.row.z[0] == pytest.approx(0.6, abs=1e-6)
    np.testing.assert_array_equal(b.row.z[1:], RowProbe().z[1:])
    assert b.steps == 1
    b.store.undo()
    np.testing.assert_array_equal(b.row.z, RowProbe().z)


def test_two_drags_are_two_steps(bench) -> None:
    b = bench()
    for _ in range(2):
        drag(b.view.bars, b.cap(0), b.cap(0) + QPointF(0, 20))
    assert b.steps == 2


def test_escape_during_a_drag_brings_the_row_back(bench) -> None:
    b = bench()
    drag(b.view.bars, b.cap(0), b.cap(0) + QPointF(0, 40), release=False)
    assert b.row.z[0] != 2.1
    QTest.keyClick(b.view.bars, Qt.Key.Key_Escape)
    np.testing.assert_array_equal(b.row.z, RowProbe().z)
    mouse(b.view.bars, QEvent.Type.MouseMove, b.cap(0) + QPointF(0, 80))
    np.testing.assert_array_equal(b.row.z, RowProbe().z)


def test_the_axis_keeps_still_during_a_drag_and_grows_when_the_bar_is_let_go(bench) -> None:
    b = bench()
    end = QPointF(b.cap(0).x(), b.view.bars.places().area("logits").rect.top())
    drag(b.view.bars, b.cap(0), end, release=False)
    assert b.row.z[0] == pytest.approx(4.0)
    assert b.view.bars.places().areas[0].high == 4
    mouse(b.view.bars, QEvent.Type.MouseButtonRelease, end)
    assert b.view.bars.places().areas[0].high == 5


def test_a_click_without_a_move_only_selects(bench) -> None:
    b = bench()
    QTest.mouseClick(b.view.bars, Qt.MouseButton.LeftButton, pos=b.cap(3).toPoint())
    assert b.row.focus == 3
    np.testing.assert_array_equal(b.row.z, RowProbe().z)


def test_a_cap_snaps_to_zero_and_to_its_neighbours(bench) -> None:
    b = bench()
    area = b.view.bars.places().area("logits")
    for goal in (0.0, 1.4):
        at = QPointF(b.cap(0).x(), area.y(goal) + 3)
        mouse(b.view.bars, QEvent.Type.MouseButtonPress, b.cap(0))
        mouse(b.view.bars, QEvent.Type.MouseMove, at)
        mouse(b.view.bars, QEvent.Type.MouseButtonRelease, at)
        assert b.row.z[0] == goal


def test_a_dragged_dash_moves_the_target_and_the_others_make_room(bench) -> None:
    b = bench(KLDivLoss(), RowProbe(link="log_softmax", soft=SOFT, focus=0))
    unit = 1 / b.view.bars.places().area("probabilities").per_pixel
    drag(b.view.bars, b.dash(1), b.dash(1) - QPointF(0, 0.25 * unit))
    np.testing.assert_allclose(b.row.soft, [0.1, 0.75, 0.05, 0.1, 0], atol=1e-6)
    assert (b.steps, b.row.focus) == (1, 1)
    b.store.undo()
    np.testing.assert_allclose(b.row.soft, SOFT)


def test_a_label_cannot_be_dragged(bench) -> None:
    b = bench()
    drag(b.view.bars, b.dash(0), b.dash(0) - QPointF(0, 60))
    assert b.row.soft is None


def test_the_disc_moves_both_logits_in_one_undo_step(bench) -> None:
    b = bench()
    place = b.view.slice.place()
    drag(b.view.slice, place.point(2.1, 1.4), place.point(-1.25, 3.3))
    np.testing.assert_allclose(b.row.z[:2], [-1.25, 3.3], atol=0.01)
    np.testing.assert_array_equal(b.row.z[2:], RowProbe().z[2:])
    assert b.steps == 1


def test_the_disc_stays_in_its_window(bench) -> None:
    b = bench()
    place = b.view.slice.place()
    drag(b.view.slice, place.point(2.1, 1.4), QPointF(5000, -5000), release=False)
    np.testing.assert_allclose(b.row.z[:2], [5, 5])
    assert b.view.slice.place().extent == (-4, 5, -4, 5)
    QTest.keyClick(b.view.slice, Qt.Key.Key_Escape)
    np.testing.assert_array_equal(b.row.z, RowProbe().z)


def test_a_press_beside_the_disc_brings_it_there(bench) -> None:
    b = bench()
    at = b.view.slice.place().point(-2.0, -2.5)
    mouse(b.view.slice, QEvent.Type.MouseButtonPress, at)
    mouse(b.view.slice, QEvent.Type.MouseButtonRelease, at)
    np.testing.assert_allclose(b.row.z[:2], [-2.0, -2.5], atol=0.01)


def test_arrow_keys_move_the_focused_bar_by_a_tenth_ten_times_it_and_a_hundredth(bench) -> None:
    b = bench()
    steps = ((Qt.KeyboardModifier.NoModifier, 0.1), (Qt.KeyboardModifier.ShiftModifier, 1.0),
             (Qt.KeyboardModifier.ControlModifier, 0.01))  # fmt: skip
    for modifier, step in steps:
        before = b.row.z[0]
        QTest.keyClick(b.view.bars, Qt.Key.Key_Up, modifier)
        assert b.row.z[0] == pytest.approx(before + step)
    QTest.keyClick(b.view.bars, Qt.Key.Key_Down)
    assert b.row.z[0] == pytest.approx(3.11)


def test_a_run_of_key_presses_is_one_step_until_a_pause(bench, qtbot) -> None:
    b = bench()
    for _ in range(3):
        QTest.keyClick(b.view.bars, Qt.Key.Key_Up)
    assert b.steps == 1
    with qtbot.waitSignal(b.view.released, timeout=2000):
        pass
    QTest.keyClick(b.view.bars, Qt.Key.Key_Up)
    assert b.steps == 2


def test_arrow_keys_move_the_disc(bench) -> None:
    b = bench()
    QTest.keyClick(b.view.slice, Qt.Key.Key_Left)
    QTest.keyClick(b.view.slice, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    np.testing.assert_allclose(b.row.z[:2], [2.0, 2.4])


def test_a_digit_chooses_the_class_that_has_this_number(bench) -> None:
    b = bench()
    for key, index in ((Qt.Key.Key_3, 3), (Qt.Key.Key_0, 0), (Qt.Key.Key_4, 4)):
        QTest.keyClick(b.view.bars, key)
        assert b.row.focus == index
    QTest.keyClick(b.view.bars, Qt.Key.Key_7)
    assert b.row.focus == 4


def test_digits_and_t_are_heard_from_the_slice_too(bench) -> None:
    b = bench()
    QTest.keyClick(b.view.slice, Qt.Key.Key_2)
    QTest.keyClick(b.view.slice, Qt.Key.Key_T)
    assert b.row.target == 2


def test_left_and_right_and_tab_go_from_class_to_class(bench) -> None:
    b = bench()
    b.view.activateWindow()
    b.view.bars.setFocus()
    QTest.keyClick(b.view.bars, Qt.Key.Key_Right)
    assert b.row.focus == 1
    QTest.keyClick(b.view.bars, Qt.Key.Key_Left)
    QTest.keyClick(b.view.bars, Qt.Key.Key_Left)
    assert b.row.focus == 0
    QTest.keyClick(b.view.bars, Qt.Key.Key_Tab)
    assert b.row.focus == 1


def test_n_randomizes_anew_each_time(bench) -> None:
    b = bench()
    seen = []
    for _ in range(2):
        QTest.keyClick(b.view.bars, Qt.Key.Key_N)
        seen.append(b.row.z)
    assert not np.array_equal(*seen)
    assert b.steps == 2


def test_a_click_on_a_name_makes_it_the_target(bench) -> None:
    b = bench()
    places = b.view.bars.places()
    QTest.mouseClick(b.view.bars, Qt.MouseButton.LeftButton,
                     pos=QPointF(places.center(3), places.names.top() + 10).toPoint())  # fmt: skip
    assert b.row.target == 3


def test_a_double_click_types_a_number(bench) -> None:
    b = bench()
    QTest.mouseDClick(b.view.bars, Qt.MouseButton.LeftButton, pos=b.cap(2).toPoint())
    editor = b.view.bars.field.editor
    assert editor is not None
    QTest.keyClicks(editor, "-1.75")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert b.row.z[2] == -1.75
    assert b.view.bars.field.editor is None


def test_nan_typed_as_a_logit_stays_in_the_field(bench) -> None:
    b = bench()
    QTest.mouseDClick(b.view.bars, Qt.MouseButton.LeftButton, pos=b.cap(2).toPoint())
    editor = b.view.bars.field.editor
    QTest.keyClicks(editor, "nan")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert b.view.bars.field.editor is editor
    np.testing.assert_array_equal(b.row.z, RowProbe().z)


def test_the_spoken_name_carries_the_values(bench) -> None:
    b = bench()
    spoken = "Class cat: logit +2.10, probability 0.569, gradient +0.549, loss 1.3693"
    assert b.view.bars.accessibleName() == spoken
    assert b.view.slice.accessibleName() == "Probe at cat +2.10, dog +1.40, loss 1.3693"


def test_the_status_line_says_which_keys_there_are(bench) -> None:
    b = bench()
    heard: list[str] = []
    b.view.hinted.connect(heard.append)
    mouse(b.view.bars, QEvent.Type.MouseMove, b.cap(1))
    assert "0–9 choose a class" in heard[-1]


@pytest.mark.parametrize("count", [1, 2, 5, 10, 12, 60, 1000])
@pytest.mark.parametrize("loss", [CrossEntropyLoss(label_smoothing=0.1), NLLLoss(), KLDivLoss()])
def test_any_number_of_classes_is_drawn(bench, loss, count: int) -> None:
    link = "none" if loss.name == "CrossEntropyLoss" else "log_softmax"
    z = np.random.default_rng(count).normal(0, 3, count)
    names = tuple(f"a rather long name {c}" for c in range(count))
    b = bench(loss, RowProbe(z=z, names=names, target=0, link=link, focus=count - 1, pair=(0, count - 1)))
    assert not b.view.grab().isNull()


@pytest.mark.parametrize("z", [[np.nan, 0, 1], [np.inf, 0, 1], [-np.inf, 0, 1], [1e30, -1e30, 0], [0, -np.inf, 1]])
def test_numbers_that_are_none_are_drawn_too(bench, z: list[float]) -> None:
    b = bench(CrossEntropyLoss(), RowProbe(z=np.array(z, dtype=float), names=("a", "b", "c")))
    assert not b.view.grab().isNull()


def test_a_switched_theme_repaints_every_plot(bench) -> None:
    b = bench()
    corner = QPointF(3, 3).toPoint()
    plots = (b.view.bars, b.view.slice, b.view.line)
    light = [plot.grab().toImage().pixelColor(corner).lightness() for plot in plots]
    target_column = b.view.bars.grab().toImage().copy(140, 100, 60, 40)
    set_theme("dark")
    QApplication.processEvents()
    dark = [plot.grab().toImage().pixelColor(corner).lightness() for plot in plots]
    assert min(light) > 200 > 60 > max(dark)
    assert b.view.bars.grab().toImage().copy(140, 100, 60, 40) != target_column
