"""The tab of the curves driven by a mouse and keys, before a real store."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import core.losses as nn
from core.problem import Problem
from gui.edit import Edit
from gui.kit.hover_card import HoverCard
from gui.kit.number_edit import NumberEdit
from gui.kit.theme import color, set_theme
from gui.runtime.store import Store
from gui.state import AppState
from gui.workspaces.explore.compute_curve import compute, request
from gui.workspaces.explore.curve_view import CurveView
from gui.workspaces.explore.present_curve import present
from gui.workspaces.explore.state import ExploreState, RowProbe, ScalarProbe

pytestmark = pytest.mark.usefixtures("styled", "_closed")
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
PINNED = ExploreState(pins=(nn.L1Loss(), nn.MSELoss()))


@pytest.fixture
def _closed():
    """No window outlives its test."""
    yield
    for window in QApplication.topLevelWidgets():
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Bench:
    """A view, a store, and the loop between them."""

    def __init__(self, loss, explore: ExploreState | None = None) -> None:
        self.store = Store(AppState(Problem(loss), explore or ExploreState()))
        self.view = CurveView()
        self.view.resize(916, 636)
        self.view.state_edited.connect(self._apply_state)
        self.view.problem_edited.connect(self._apply_problem)
        self.view.released.connect(self.store.seal)
        self.view.cancelled.connect(self.store.undo)
        self.view.span_changed.connect(lambda: self._show(self.store.state))
        self.store.changed.connect(self._show)
        self.refused = []
        self.store.refused.connect(self.refused.append)
        self._show(self.store.state)
        self.view.show()
        self.view.activateWindow()
        QApplication.processEvents()
        self.plot.setFocus()

    def _apply_state(self, edit: Edit[ExploreState]) -> None:
        def update(app: AppState) -> AppState:
            return replace(app, explore=edit.update(app.explore))

        self.store.apply(Edit(edit.label, update, edit.merge_key))

    def _apply_problem(self, edit: Edit[Problem]) -> None:
        def update(app: AppState) -> AppState:
            return replace(app, problem=edit.update(app.problem))

        self.store.apply(Edit(edit.label, update, edit.merge_key))

    def _show(self, app: AppState) -> None:
        self.view.show_state(app.problem, app.explore)
        self.model = present(app.problem, app.explore, compute(request(app.problem, app.explore, self.view.span)))
        self.view.draw(self.model)

    @property
    def plot(self):
        return self.view.plot

    @property
    def probe(self) -> ScalarProbe:
        return self.store.state.explore.scalar

    @property
    def beta(self) -> float:
        return self.store.state.problem.loss.beta

    @property
    def steps(self) -> int:
        return len(self.store.history.past)

    def handle(self, key: str) -> QPointF:
        return self.plot.handles.of(key).middle

    def send(self, kind: QEvent.Type, at: QPointF, held: bool = True, modifiers: Qt.KeyboardModifier = NONE) -> None:
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        buttons = LEFT if held and kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
        where = self.plot.mapToGlobal(at)
        QApplication.sendEvent(self.plot, QMouseEvent(kind, at, where, button, buttons, modifiers))

    def press(self, at: QPointF) -> None:
        self.send(QEvent.Type.MouseButtonPress, at)

    def move(self, at: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.send(QEvent.Type.MouseMove, at, True, modifiers)

    def release(self, at: QPointF) -> None:
        self.send(QEvent.Type.MouseButtonRelease, at)

    def drag(self, key: str, *pixels: float, modifiers: Qt.KeyboardModifier = NONE) -> None:
        start = self.handle(key)
        self.press(start)
        for px in pixels:
            self.move(start + QPointF(px, 0), modifiers)
        self.release(start + QPointF(pixels[-1], 0))

    def wheel(self, at: QPointF, notches: int) -> None:
        angle = QPoint(0, 120 * notches)
        where = self.plot.mapToGlobal(at)
        event = QWheelEvent(
            at, where, QPoint(), angle, Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(self.plot, event)

    def focus(self, key: str) -> QWidget:
        widget = self.plot.handles.of(key)
        widget.setFocus()
        return widget


PX = 7 / 748  # of SmoothL1's first range


def test_dragging_the_probe_moves_the_prediction_and_is_one_undo_step():
    bench = Bench(nn.SmoothL1Loss())
    bench.drag("probe", 20, 60, 107)
    assert bench.probe.x == pytest.approx(1.2 + 107 * PX, abs=0.002)
    assert bench.steps == 1
    bench.store.undo()
    assert bench.probe.x == 1.2


def test_two_drags_are_two_undo_steps():
    bench = Bench(nn.SmoothL1Loss())
    bench.drag("probe", 20, 60)
    bench.drag("probe", -30)
    assert bench.steps == 2


def test_a_handle_does_not_jump_to_the_mouse_when_it_is_taken_off_centre():
    bench = Bench(nn.SmoothL1Loss())
    at = bench.handle("probe") + QPointF(9, 4)
    bench.press(at)
    bench.move(at + QPointF(1, 0))
    assert bench.probe.x == pytest.approx(1.2 + PX, abs=0.006)


def test_dragging_the_target_moves_the_target_and_the_curve_but_not_the_range():
    bench = Bench(nn.SmoothL1Loss())
    before = bench.plot.frame
    bench.drag("target", -100)
    assert bench.probe.y == pytest.approx(0.5 - 100 * PX, abs=0.002)
    assert bench.plot.frame == before
    assert bench.model.figure.zone.middle == bench.probe.y


@pytest.mark.parametrize(("key", "sign"), [("beta+", 1), ("beta-", -1)])
def test_dragging_either_branch_point_changes_beta(key, sign):
    bench = Bench(nn.SmoothL1Loss())
    bench.drag(key, sign * 50)
    assert bench.beta == pytest.approx(1 + 50 * PX, abs=0.002)
    assert bench.steps == 1


def test_a_branch_point_dragged_across_the_target_mirrors():
    bench = Bench(nn.SmoothL1Loss())
    bench.drag("beta+", -150)
    assert bench.beta == pytest.approx(abs(1 - 150 * PX), abs=0.003)


def test_escape_during_a_drag_restores_what_was_before():
    bench = Bench(nn.SmoothL1Loss())
    start = bench.handle("probe")
    bench.press(start)
    bench.move(start + QPointF(80, 0))
    QTest.keyClick(bench.plot.handles.of("probe"), Qt.Key.Key_Escape)
    assert bench.probe.x == 1.2
    bench.move(start + QPointF(120, 0))
    assert bench.probe.x == 1.2


def test_the_target_catches_the_probe_within_five_pixels_and_alt_frees_it():
    bench = Bench(nn.SmoothL1Loss())
    to_target = bench.handle("target").x() - bench.handle("probe").x()
    bench.drag("probe", to_target + 4)
    assert bench.probe.x == 0.5
    bench = Bench(nn.SmoothL1Loss())
    bench.drag("probe", to_target + 4, modifiers=Qt.KeyboardModifier.AltModifier)
    assert bench.probe.x == pytest.approx(0.5 + 4 * PX, abs=0.01)
    assert bench.probe.x != 0.5


def test_a_drag_ends_at_the_edge_of_the_view():
    bench = Bench(nn.SmoothL1Loss())
    bench.drag("probe", 900)
    assert bench.probe.x == 4.0


def test_over_p_the_probe_stays_in_the_unit_interval():
    bench = Bench(nn.BCELoss(), ExploreState(scalar=ScalarProbe(0.2, 1.0)))
    bench.drag("probe", -400)
    assert bench.probe.x == 0.0
    assert not bench.refused


def test_the_target_over_logits_is_dragged_to_soft_and_back_to_hard():
    bench = Bench(nn.BCEWithLogitsLoss(), ExploreState(scalar=ScalarProbe(1.0, 1.0)))
    bench.drag("target", -300)
    assert 0.5 < bench.probe.y < 1
    bench.drag("target", 900)
    assert bench.probe.y == 1.0


def test_dragging_the_probe_of_a_class_curve_moves_that_score():
    bench = Bench(nn.CrossEntropyLoss(), ExploreState(classes=RowProbe(focus=2)))
    bench.drag("probe", 100)
    z = bench.store.state.explore.classes.z
    assert z[2] == pytest.approx(-0.6 + 100 * 9 / 748, abs=0.01)
    assert z[[0, 1, 3, 4]].tolist() == [2.1, 1.4, 0.3, -1.5]


@pytest.mark.parametrize(
    ("modifiers", "x"),
    [(NONE, 1.21), (Qt.KeyboardModifier.ShiftModifier, 1.3), (Qt.KeyboardModifier.ControlModifier, 1.201)],
)
def test_arrow_keys_move_the_focused_handle(modifiers, x):
    bench = Bench(nn.SmoothL1Loss())
    QTest.keyClick(bench.focus("probe"), Qt.Key.Key_Right, modifiers)
    assert bench.probe.x == pytest.approx(x)
    QTest.keyClick(bench.focus("target"), Qt.Key.Key_Left, modifiers)
    assert bench.probe.y == pytest.approx(0.5 - (x - 1.2))


def test_keys_held_down_are_one_step_and_pressed_again_another():
    bench = Bench(nn.SmoothL1Loss())
    widget = bench.focus("probe")
    for _ in range(5):
        QTest.keyPress(widget, Qt.Key.Key_Right)
    QTest.keyRelease(widget, Qt.Key.Key_Right)
    assert bench.steps == 1
    QTest.keyClick(widget, Qt.Key.Key_Right)
    assert bench.steps == 2


def test_brackets_change_beta_from_any_handle():
    bench = Bench(nn.SmoothL1Loss())
    QTest.keyClick(bench.focus("probe"), Qt.Key.Key_BracketRight)
    assert bench.beta == pytest.approx(1.05)
    for _ in range(30):
        QTest.keyClick(bench.focus("probe"), Qt.Key.Key_BracketLeft)
    assert bench.beta == 0.0
    assert not bench.refused


def test_tab_reaches_the_handles_from_left_to_right():
    bench = Bench(nn.SmoothL1Loss())
    assert [widget.handle.key for widget in bench.plot.handles.widgets] == ["beta-", "target", "probe", "beta+"]
    reached = bench.focus("beta-")
    for key in ("target", "probe", "beta+"):
        QTest.keyClick(reached, Qt.Key.Key_Tab)
        reached = QApplication.focusWidget()
        assert reached is bench.plot.handles.of(key)


def test_handles_are_named_with_their_values_and_44_px_wide():
    bench = Bench(nn.SmoothL1Loss())
    names = {widget.handle.key: widget.accessibleName() for widget in bench.plot.handles.widgets}
    assert names["probe"] == "probe, x 1.20, loss 0.245"
    assert names["target"] == "target, y 0.50"
    bench.press(bench.handle("probe") + QPointF(0, 20))
    bench.move(bench.handle("probe") + QPointF(30, 20))
    assert bench.probe.x > 1.2


def test_a_double_click_on_a_handle_types_its_number():
    bench = Bench(nn.SmoothL1Loss())
    QTest.mouseDClick(bench.plot, LEFT, pos=bench.handle("probe").toPoint())
    (field,) = bench.plot.findChildren(NumberEdit)
    QTest.keyClicks(field, "-2.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert bench.probe.x == -2.5
    assert QApplication.focusWidget() is bench.plot.handles.of("probe")


def test_enter_on_a_branch_point_types_beta_itself_and_a_refused_one_changes_nothing():
    bench = Bench(nn.SmoothL1Loss())
    for typed, beta in (("0.3", 0.3), ("-1", 0.3)):
        QTest.keyClick(bench.focus("beta+"), Qt.Key.Key_Return)
        field = bench.plot.findChildren(NumberEdit)[-1]
        QTest.keyClicks(field, typed)
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert bench.beta == beta
    assert [error.field for error in bench.refused] == ["beta"]


def test_a_number_typed_beyond_the_view_brings_a_range_that_shows_it():
    bench = Bench(nn.SmoothL1Loss())
    bench.plot.typed.emit("probe", 80.0)
    low, high = bench.plot.frame.x
    assert low < 0.5 < 80 < high


def test_the_wheel_zooms_around_the_mouse_and_the_curve_is_computed_anew():
    bench = Bench(nn.SmoothL1Loss())
    at = bench.handle("probe")
    bench.wheel(at, 3)
    low, high = bench.plot.frame.x
    assert high - low == pytest.approx(7 / 1.15**3)
    assert bench.handle("probe").x() == pytest.approx(at.x(), abs=1)
    assert (bench.model.figure.value.lines[0].x[0], bench.model.figure.value.lines[0].x[-1]) == pytest.approx(
        (low, high), abs=1e-6
    )
    assert bench.steps == 0


def test_dragging_empty_space_pans_and_0_brings_the_range_back():
    bench = Bench(nn.SmoothL1Loss())
    home = bench.plot.frame
    start = QPointF(250, 80)
    bench.press(start)
    bench.move(start + QPointF(50, 20))
    bench.release(start + QPointF(50, 20))
    assert bench.plot.frame.x == (pytest.approx(home.x[0] - 50 * PX), pytest.approx(home.x[1] - 50 * PX))
    assert bench.plot.frame.value[0] > home.value[0]
    assert bench.plot.frame.slope == home.slope
    QTest.keyClick(bench.plot, Qt.Key.Key_0)
    assert bench.plot.frame == home
    assert bench.steps == 0


def test_hovering_reads_the_curves_on_a_card_that_is_never_under_the_mouse():
    bench = Bench(nn.SmoothL1Loss(), PINNED)
    card = bench.plot.findChild(HoverCard)
    for at in (QPointF(100, 60), QPointF(800, 60), QPointF(800, 560), QPointF(100, 560), QPointF(700, 300)):
        bench.send(QEvent.Type.MouseMove, at, held=False)
        assert card.isVisible()
        assert not card.geometry().contains(at.toPoint())
        assert bench.plot.rect().contains(card.geometry())
    bench.send(QEvent.Type.MouseMove, QPointF(20, 5), held=False)
    assert not card.isVisible()


def test_hovering_a_handle_says_what_it_does():
    bench = Bench(nn.SmoothL1Loss())
    said = []
    bench.view.hinted.connect(said.append)
    bench.send(QEvent.Type.MouseMove, bench.handle("beta+"), held=False)
    assert said[-1] == "Drag ↔ to change β"
    assert bench.plot.cursor().shape() == Qt.CursorShape.SizeHorCursor


def test_drawing_writes_nothing():
    bench = Bench(nn.SmoothL1Loss(), PINNED)
    written = []
    bench.view.state_edited.connect(written.append)
    bench.view.problem_edited.connect(written.append)
    bench._show(bench.store.state)
    bench.view.grab()
    assert not written


def test_the_theme_repaints_the_curves():
    bench = Bench(nn.SmoothL1Loss())
    curve = QPoint(100, round(bench.handle("beta-").y()))
    light = bench.view.grab().toImage()
    set_theme("dark")
    QApplication.processEvents()
    dark = bench.view.grab().toImage()
    assert light.pixelColor(2, 2) != dark.pixelColor(2, 2) == color("surface")
    assert light.pixelColor(curve) != dark.pixelColor(curve)


@pytest.mark.parametrize(
    ("loss", "explore"),
    [
        (nn.MSELoss(), ExploreState(scalar=ScalarProbe(300, 0), dtype="float16")),
        (nn.MSELoss(), ExploreState(scalar=ScalarProbe(np.inf, 0))),
        (nn.MSELoss(), ExploreState(scalar=ScalarProbe(np.nan, np.nan))),
        (nn.SmoothL1Loss(beta=np.inf), ExploreState()),
        (nn.SmoothL1Loss(beta=0), PINNED),
        (nn.BCELoss(), ExploreState(scalar=ScalarProbe(0.0, 1.0))),
        (nn.BCELoss(), ExploreState(scalar=ScalarProbe(0.5, 1.5))),
        (nn.BCELoss(), ExploreState(scalar=ScalarProbe(0.5, 0.5), dtype="float16")),
        (nn.BCEWithLogitsLoss(), ExploreState(scalar=ScalarProbe(1.0, 1.0, "probability"))),
        (nn.BCEWithLogitsLoss(), ExploreState(scalar=ScalarProbe(-np.inf, 1.0))),
        (nn.CrossEntropyLoss(), ExploreState(classes=RowProbe(z=np.array([1.0, -np.inf, 2.0]), names=()))),
        (nn.NLLLoss(), ExploreState()),
        (nn.KLDivLoss(log_target=True), ExploreState(classes=RowProbe(link="log_softmax"))),
    ],
)
def test_every_extreme_is_painted_without_a_warning(loss, explore):
    bench = Bench(loss, explore)
    assert not bench.view.grab().isNull()
    bench.send(QEvent.Type.MouseMove, QPointF(300, 200), held=False)
    assert not bench.view.grab().isNull()
