"""The surface: its numbers, and the tab driven by a mouse and keys before a real store."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.losses import BCELoss, BCEWithLogitsLoss, L1Loss, MSELoss, SmoothL1Loss
from core.problem import Problem
from gui.edit import Edit
from gui.kit.theme import set_theme
from gui.runtime.store import Store
from gui.state import AppState
from gui.workspaces.explore.compute_surface import SECTION, compute, request
from gui.workspaces.explore.present_surface import present
from gui.workspaces.explore.state import ExploreState, ScalarProbe
from gui.workspaces.explore.surface_view import SurfaceView

LOSSES = (L1Loss(), SmoothL1Loss(beta=0.5), MSELoss(), BCELoss(), BCEWithLogitsLoss())


def state(x: float = 0.6, y: float = 0.25, **changes) -> ExploreState:
    return ExploreState(tab="surface", scalar=ScalarProbe(x, y), **changes)


class Bench:
    """A view, a store, and the loop between them."""

    def __init__(self, loss, explore: ExploreState) -> None:
        self.store = Store(AppState(Problem(loss), explore))
        self.view = SurfaceView()
        self.view.resize(916, 636)
        self.view.state_edited.connect(self._apply)
        self.view.released.connect(self.store.seal)
        self.view.cancelled.connect(self.store.undo)
        self.store.changed.connect(self._show)
        self._show(self.store.state)
        self.view.show()
        QApplication.processEvents()

    def _apply(self, edit: Edit[ExploreState]) -> None:
        self.store.apply(Edit(edit.label, lambda app: replace(app, explore=edit.update(app.explore)), edit.merge_key))

    def _show(self, app: AppState) -> None:
        self.view.show_state(app.problem, app.explore)
        self.model = present(app.problem, app.explore, compute(request(app.problem, app.explore)))
        self.view.draw(self.model)

    @property
    def probe(self) -> ScalarProbe:
        return self.store.state.explore.scalar

    def at(self, x: float, y: float) -> QPointF:
        return self.view.plot.place().point(x, y)

    def drag(self, *ends: QPointF, release: bool = True) -> None:
        plot, alt = self.view.plot, Qt.KeyboardModifier.AltModifier
        mouse(plot, QEvent.Type.MouseButtonPress, self.at(self.probe.x, self.probe.y))
        for end in ends:
            mouse(plot, QEvent.Type.MouseMove, end, alt)
        if release:
            mouse(plot, QEvent.Type.MouseButtonRelease, ends[-1])


def mouse(widget: QWidget, kind: QEvent.Type, at: QPointF, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, at, QPointF(widget.mapToGlobal(at.toPoint())), button, held, modifiers)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def bench(styled, qtbot):
    def make(loss=None, explore: ExploreState | None = None) -> Bench:
        made = Bench(loss or SmoothL1Loss(), explore or state())
        qtbot.addWidget(made.view)
        return made

    return make


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_sections_and_probe_are_the_loss_itself(loss) -> None:
    found = compute(request(Problem(loss), state(dtype="float64")))
    plain = replace(loss, reduction="none")
    x, y = found.along_x[:, 0], found.along_y[:, 0]
    assert len(x) == len(y) == SECTION
    np.testing.assert_array_equal(found.along_x[:, 1], plain.evaluate(x, np.full_like(x, 0.25)).elements)
    np.testing.assert_array_equal(found.along_y[:, 1], plain.evaluate(np.full_like(y, 0.6), y).elements)
    assert found.point.value == plain.evaluate(np.array([0.6]), np.array([0.25])).elements[0]


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: loss.name)
def test_isolines_lie_where_the_loss_has_their_value(loss) -> None:
    found = compute(request(Problem(loss), state(dtype="float64")))
    assert found.surface is not None
    assert found.surface.relief is not None
    plain, span = replace(loss, reduction="none"), found.surface.highest
    middle = [line for line in found.surface.relief.lines if 0.05 * span < line[0] < 0.5 * span]
    assert middle
    for level, pieces in middle:
        x, y = np.concatenate(pieces).T
        inside = (x > 0.05) & (x < 0.95) if loss.name == "BCELoss" else np.ones_like(x, bool)
        np.testing.assert_allclose(plain.evaluate(x[inside], y[inside]).elements, level, atol=0.01 * span)


def test_the_surface_is_kept_while_only_the_probe_moves() -> None:
    problem = Problem(MSELoss())
    first, second = (compute(request(problem, state(x=x))) for x in (0.1, 0.9))
    assert first.surface is second.surface


def test_the_window_grows_to_hold_the_probe() -> None:
    assert request(Problem(L1Loss()), state(x=5.0)).ground.window == (-8, 8, -8, 8)
    assert request(Problem(BCEWithLogitsLoss()), state(x=7.0)).ground.window == (-12, 12, 0, 1)
    assert request(Problem(BCELoss()), state()).ground.window == (0, 1, 0, 1)


def test_arrows_point_down_the_loss_along_the_input_only() -> None:
    problem = Problem(SmoothL1Loss())
    surface = present(problem, state(), compute(request(problem, state()))).surface
    assert surface is not None
    x0, y0, x1, y1 = surface.arrows.T
    np.testing.assert_array_equal(y0, y1)
    np.testing.assert_array_equal(np.sign(x1 - x0), np.sign(y0 - x0))


def test_a_drag_moves_prediction_and_target_in_one_step(bench) -> None:
    b = bench()
    b.drag(b.at(0.0, 0.0), b.at(-2.0, 1.5))
    assert (b.probe.x, b.probe.y) == pytest.approx((-2.0, 1.5))
    assert len(b.store.history.past) == 1
    b.store.undo()
    assert (b.probe.x, b.probe.y) == (0.6, 0.25)


def test_escape_brings_the_probe_back(bench) -> None:
    b = bench()
    b.drag(b.at(-2.0, 1.5), release=False)
    QTest.keyClick(b.view.plot, Qt.Key.Key_Escape)
    assert (b.probe.x, b.probe.y) == (0.6, 0.25)


def test_bce_keeps_the_probe_between_0_and_1(bench) -> None:
    b = bench(BCELoss())
    b.drag(b.at(0.5, 0.5) + QPointF(2000, -2000))
    assert (b.probe.x, b.probe.y) == (1.0, 1.0)
    QTest.keyClick(b.view.plot, Qt.Key.Key_Left)
    assert b.probe.x == pytest.approx(0.99)


def test_the_corner_shows_the_numbers_at_the_probe(bench) -> None:
    b = bench(MSELoss())
    assert [each.value for each in b.model.readings] == ["0.6000", "0.2500", "0.1225", "+0.7000", "float32"]
    assert b.model.value == pytest.approx(0.1225)


def test_weights_of_a_single_element_are_in_force() -> None:
    loss = BCEWithLogitsLoss(pos_weight=np.array([3.0], np.float32))
    found = compute(request(Problem(loss), state(x=1.2, y=1.0)))
    assert found.point.value == pytest.approx(3 * np.log1p(np.exp(-1.2)), rel=1e-6)


def test_the_sections_follow_the_theme(bench) -> None:
    b = bench()
    set_theme("dark")
    QApplication.processEvents()
    assert b.view.grab().toImage().pixelColor(900, 30).lightness() < 60
