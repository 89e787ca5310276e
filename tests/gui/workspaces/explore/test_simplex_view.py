"""The tab driven by a mouse and keys, before a real store."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.links import apply_link
from core.losses import CrossEntropyLoss, KLDivLoss, NLLLoss
from core.problem import Problem
from core.simplex import FLOOR, centred_logits
from gui.edit import Edit
from gui.kit.theme import set_theme
from gui.runtime.store import Store
from gui.state import AppState
from gui.workspaces.explore.compute_simplex import compute, read_by_loss, request
from gui.workspaces.explore.present_simplex import present
from gui.workspaces.explore.simplex_view import SimplexView
from gui.workspaces.explore.state import ExploreState, RowProbe

P = np.array([0.22, 0.55, 0.23])


class Bench:
    """A view, a store, and the loop between them."""

    def __init__(self, loss, classes: RowProbe) -> None:
        self.store = Store(AppState(Problem(loss), ExploreState(tab="simplex", classes=classes)))
        self.view = SimplexView()
        self.view.resize(916, 636)
        self.view.state_edited.connect(self._apply)
        self.view.problem_edited.connect(self._apply_problem)
        self.view.released.connect(self.store.seal)
        self.view.cancelled.connect(self.store.undo)
        self.store.changed.connect(self._show)
        self._show(self.store.state)
        self.view.show()
        QApplication.processEvents()

    def _apply(self, edit: Edit[ExploreState]) -> None:
        def update(app: AppState) -> AppState:
            after = edit.update(app.explore)
            return app if after is app.explore else replace(app, explore=after)

        self.store.apply(Edit(edit.label, update, edit.merge_key))

    def _apply_problem(self, edit: Edit[Problem]) -> None:
        self.store.apply(Edit(edit.label, lambda app: replace(app, problem=edit.update(app.problem)), edit.merge_key))

    def _show(self, app: AppState) -> None:
        self.view.show_state(app.problem, app.explore)
        self.result = compute(request(app.problem, app.explore))
        self.view.draw(present(app.problem, app.explore, self.result))

    @property
    def row(self) -> RowProbe:
        return self.store.state.explore.classes

    @property
    def steps(self) -> int:
        return len(self.store.history.past)

    @property
    def seen(self) -> np.ndarray:
        return read_by_loss(self.result.request.measure, self.row.z)

    def to(self, *p: float) -> QPointF:
        return self.view.plot.position_of(np.array(p))

    def drag(self, handle, *ends: QPointF, release: bool = True, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        plot = self.view.plot
        start = plot.handle_position(handle)
        mouse(plot, QEvent.Type.MouseButtonPress, start, modifiers)
        shift = start - self._tip(handle)
        for end in ends:
            mouse(plot, QEvent.Type.MouseMove, end + shift, modifiers)
        if release:
            mouse(plot, QEvent.Type.MouseButtonRelease, ends[-1] + shift, modifiers)

    def _tip(self, handle) -> QPointF:
        soft = np.eye(3)[self.row.target] if self.row.soft is None else self.row.soft
        return self.to(*(self.seen if handle == "point" else soft))


def mouse(widget: QWidget, kind: QEvent.Type, at: QPointF, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, at, QPointF(widget.mapToGlobal(at.toPoint())), button, held, modifiers)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def bench(styled, qtbot):
    def make(loss=None, **changes) -> Bench:
        probe = RowProbe(z=centred_logits(P), names=("cat", "dog", "fox"), target=0)
        made = Bench(loss or CrossEntropyLoss(), replace(probe, **changes))
        qtbot.addWidget(made.view)
        return made

    return make


def test_a_drag_of_the_point_moves_the_logits_to_log_p_centred_in_one_step(bench) -> None:
    b = bench()
    b.drag("point", b.to(0.3, 0.4, 0.3), b.to(0.6, 0.3, 0.1))
    np.testing.assert_allclose(apply_link("softmax", b.row.z), [0.6, 0.3, 0.1], atol=1e-9)
    assert b.row.z.mean() == pytest.approx(0, abs=1e-12)
    assert b.steps == 1
    b.store.undo()
    np.testing.assert_allclose(apply_link("softmax", b.row.z), P)


def test_a_drag_beyond_the_triangle_ends_a_millionth_from_its_edge(bench) -> None:
    b = bench()
    b.drag("point", b.to(1.2, -0.1, -0.1))
    np.testing.assert_allclose(apply_link("softmax", b.row.z), [1 - 2 * FLOOR, FLOOR, FLOOR], rtol=1e-6)


def test_a_press_on_the_triangle_brings_the_point_there(bench) -> None:
    b = bench()
    QTest.mouseClick(b.view.plot, Qt.MouseButton.LeftButton, pos=b.to(0.2, 0.2, 0.6).toPoint())
    np.testing.assert_allclose(apply_link("softmax", b.row.z), [0.2, 0.2, 0.6], atol=3e-3)
    assert b.steps == 1


def test_escape_during_a_drag_brings_the_point_back(bench) -> None:
    b = bench()
    b.drag("point", b.to(0.1, 0.1, 0.8), release=False)
    QTest.keyClick(b.view.plot, Qt.Key.Key_Escape)
    np.testing.assert_allclose(apply_link("softmax", b.row.z), P)
    mouse(b.view.plot, QEvent.Type.MouseMove, b.to(0.8, 0.1, 0.1))
    np.testing.assert_allclose(apply_link("softmax", b.row.z), P)


def test_escape_before_anything_moved_undoes_nothing_else(bench) -> None:
    b = bench()
    b.drag("point", b.to(0.1, 0.1, 0.8))
    b.drag("target", b.view.plot.position_of(np.eye(3)[0]), release=False)
    QTest.keyClick(b.view.plot, Qt.Key.Key_Escape)
    np.testing.assert_allclose(apply_link("softmax", b.row.z), [0.1, 0.1, 0.8], atol=1e-9)


def test_the_target_snaps_to_the_corner_it_is_dragged_to(bench) -> None:
    b = bench()
    b.drag("target", b.to(0.01, 0.99, 0.0))
    assert (b.row.target, b.row.soft) == (1, None)
    assert b.result.point is not None
    assert b.result.point.row.value == pytest.approx(-np.log(0.55), rel=1e-6)


def test_a_target_dragged_inside_becomes_a_distribution(bench) -> None:
    b = bench()
    b.drag("target", b.to(0.8, 0.1, 0.1), b.to(0.6, 0.3, 0.1))
    np.testing.assert_allclose(b.row.soft, [0.6, 0.3, 0.1], atol=1e-9)
    assert b.result.point is not None
    assert b.result.point.row.value == pytest.approx(-np.sum([0.6, 0.3, 0.1] * np.log(P)), rel=1e-6)
    b.drag("target", b.to(0.0, 0.0, 1.0))
    assert (b.row.target, b.row.soft) == (2, None)
    assert b.steps == 2


def test_with_alt_nothing_snaps(bench) -> None:
    b = bench(KLDivLoss(), link="log_softmax")
    b.drag("target", b.to(0.99, 0.005, 0.005), modifiers=Qt.KeyboardModifier.AltModifier)
    np.testing.assert_allclose(b.row.soft, [0.99, 0.005, 0.005], atol=1e-9)


def test_nll_knows_corners_only(bench) -> None:
    b = bench(NLLLoss(), link="log_softmax")
    b.drag("target", b.to(0.3, 0.6, 0.1))
    assert (b.row.target, b.row.soft) == (1, None)


def test_nll_that_takes_z_as_it_is_gets_normalised_log_probabilities(bench) -> None:
    b = bench(NLLLoss(), link="none")
    b.drag("point", b.to(0.6, 0.3, 0.1))
    np.testing.assert_allclose(np.exp(b.row.z), [0.6, 0.3, 0.1], atol=1e-9)
    assert b.result.point is not None
    assert b.result.point.row.value == pytest.approx(-np.log(0.6), rel=1e-6)


def test_softmax_twice_holds_the_point_inside_what_it_can_reach(bench) -> None:
    b = bench(link="softmax")
    b.drag("point", b.to(1.0, 0.0, 0.0))
    np.testing.assert_allclose(b.seen, [0.576117, 0.211942, 0.211942], atol=1e-5)
    assert b.result.point is not None
    assert b.result.point.row.value == pytest.approx(0.5514447, abs=1e-5)
    b.drag("point", b.to(0.4, 0.3, 0.3))
    np.testing.assert_allclose(b.seen, [0.4, 0.3, 0.3], atol=1e-6)


def test_arrows_move_the_handle_in_focus_and_tab_goes_to_the_other(bench, qtbot) -> None:
    b = bench()
    plot = b.view.plot
    plot.setFocus()
    qtbot.waitUntil(plot.hasFocus)
    QTest.keyClick(plot, Qt.Key.Key_Up)
    np.testing.assert_allclose(b.seen, P + np.array([0.01, -0.005, -0.005]), atol=1e-9)
    QTest.keyClick(plot, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    np.testing.assert_allclose(b.seen, P + np.array([0.01, 0.095, -0.105]), atol=1e-9)
    QTest.keyClick(plot, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    np.testing.assert_allclose(b.seen, P + np.array([0.01, 0.096, -0.106]), atol=1e-9)
    QTest.keyClick(plot, Qt.Key.Key_Tab)
    assert plot.accessibleName() == "Target: cat"
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert b.row.target == 2
    assert b.steps == 4


@pytest.mark.parametrize(("key", "target"), [(Qt.Key.Key_0, 0), (Qt.Key.Key_1, 1), (Qt.Key.Key_2, 2)])
def test_a_digit_chooses_the_class_that_carries_it(bench, key, target) -> None:
    b = bench(target=(target + 1) % 3)
    QTest.keyClick(b.view.plot, key)
    assert b.row.target == target


def test_f_switches_the_flow(bench) -> None:
    b = bench()
    for expected in (True, False):
        QTest.keyClick(b.view.plot, Qt.Key.Key_F)
        assert b.store.state.explore.flow is expected


def test_three_classes_are_the_target_and_the_likeliest_two_with_their_weights(bench) -> None:
    z = np.array([0.1, 2.0, -1.0, 1.5, 0.3])
    b = bench(
        CrossEntropyLoss(weight=np.array([1, 2, 3, 4, 5], np.float32)), z=z, names=tuple("abcde"), target=2, focus=2
    )
    b.view.empty.button.click()
    assert (b.row.names, b.row.target) == (("b", "c", "d"), 1)
    np.testing.assert_allclose(b.row.z, [2.0, -1.0, 1.5])
    np.testing.assert_allclose(b.store.state.problem.loss.weight, [2, 3, 4])
    assert b.steps == 1
    assert b.result.field is not None


def test_two_classes_get_a_third(bench) -> None:
    b = bench(z=np.array([1.0, -1.0]), names=("no", "yes"), target=1)
    b.view.empty.button.click()
    assert b.row.names[:2] == ("no", "yes")
    assert len(set(b.row.names)) == 3
    assert b.row.target == 1


def test_the_point_tells_its_values_to_a_screen_reader(bench) -> None:
    assert bench().view.plot.accessibleName() == "Prediction: cat 0.220, dog 0.550, fox 0.230; loss 1.5141"


def test_the_picture_follows_the_theme(bench) -> None:
    b = bench()
    light = b.view.grab().toImage()
    set_theme("dark")
    QApplication.processEvents()
    dark = b.view.grab().toImage()
    assert light.pixelColor(5, 300).lightness() > 200
    assert dark.pixelColor(5, 300).lightness() < 60
