"""The tab driven by a mouse and keys, before a real store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.files import read
from core.jobs import finish
from core.losses import CTCLoss
from core.problem import Problem
from gui.edit import Edit
from gui.kit.theme import set_theme
from gui.runtime.store import Store
from gui.state import AppState
from gui.workspaces.explore.compute_frame import compute, request
from gui.workspaces.explore.frame_view import FrameView
from gui.workspaces.explore.present_frame import present
from gui.workspaces.explore.state import ExploreState, FrameProbe

SAMPLES = Path(__file__).parents[4] / "resources" / "samples"


class Bench:
    """A view, a store, and the loop between them."""

    def __init__(self, name: str | None) -> None:
        batch = None if name is None else read(SAMPLES / f"{name}.npz")[0]
        self.store = Store(AppState(Problem(batch.loss if batch else CTCLoss(), batch), ExploreState(tab="frame")))
        self.view = FrameView()
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
            after = edit.update(app.explore)
            return app if after is app.explore else replace(app, explore=after)

        self.store.apply(Edit(edit.label, update, edit.merge_key))

    def _show(self, app: AppState) -> None:
        self.view.show_state(app.problem, app.explore)
        self.model = present(app.problem, app.explore, finish(compute(request(app.problem, app.explore))))
        self.view.draw(self.model)

    @property
    def probe(self) -> FrameProbe:
        return self.store.state.explore.frame

    @property
    def steps(self) -> int:
        return len(self.store.history.past)


def mouse(widget: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    place = QPointF(widget.mapToGlobal(at.toPoint()))
    QApplication.sendEvent(widget, QMouseEvent(kind, at, place, button, held, Qt.KeyboardModifier.NoModifier))


@pytest.fixture
def bench(styled, qtbot):
    def make(name: str | None = None) -> Bench:
        made = Bench(name)
        qtbot.addWidget(made.view)
        return made

    return make


def test_a_drag_of_the_playhead_goes_from_frame_to_frame_in_one_step(bench) -> None:
    b = bench()
    plot = b.view.plot
    mouse(plot, QEvent.Type.MouseButtonPress, plot.playhead())
    for frame in (2, 5, 7):
        mouse(plot, QEvent.Type.MouseMove, plot.frame_position(frame))
        assert b.probe.frame == frame
    mouse(plot, QEvent.Type.MouseButtonRelease, plot.frame_position(7))
    assert b.steps == 1
    assert str(b.model.bars.title) == "frame 7"


def test_the_playhead_stays_on_the_frames(bench) -> None:
    b = bench()
    plot = b.view.plot
    mouse(plot, QEvent.Type.MouseButtonPress, plot.playhead())
    mouse(plot, QEvent.Type.MouseMove, QPointF(5000, 50))
    assert b.probe.frame == 11
    mouse(plot, QEvent.Type.MouseMove, QPointF(-5000, 50))
    assert b.probe.frame == 0


def test_escape_brings_the_playhead_back(bench) -> None:
    b = bench()
    plot = b.view.plot
    mouse(plot, QEvent.Type.MouseButtonPress, plot.playhead())
    mouse(plot, QEvent.Type.MouseMove, plot.frame_position(9))
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert b.probe.frame == 0
    assert b.steps == 0


def test_a_press_on_the_emissions_goes_there(bench) -> None:
    b = bench()
    at = QPointF(b.view.plot.frame_position(4).x(), 60)
    QTest.mouseClick(b.view.plot, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert b.probe.frame == 4


def test_keys_step_through_the_frames(bench) -> None:
    b = bench("ctc_speech_arctic")
    shift = Qt.KeyboardModifier.ShiftModifier
    for key, modifiers, frame in (
        (Qt.Key.Key_Period, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 2),
        (Qt.Key.Key_Period, shift, 12),
        (Qt.Key.Key_Greater, shift, 22),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.NoModifier, 21),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 200),
        (Qt.Key.Key_Period, Qt.KeyboardModifier.NoModifier, 200),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
    ):
        QTest.keyClick(b.view.plot, key, modifiers)
        assert b.probe.frame == frame
    assert b.steps == 7


def test_another_sequence_can_be_chosen(bench) -> None:
    b = bench("ctc_batch_padded")
    box = b.view.sequences
    assert box.count() == 4
    assert box.itemText(0).startswith("1 · loss 1.1762")
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert b.store.state.explore.row == b.probe.sequence == b.model.choices[box.currentIndex()].sequence


def test_the_panes_of_the_tallest_emissions_do_not_overlap(bench) -> None:
    b = bench("ctc_speech_arctic")
    QApplication.processEvents()
    assert b.view.bars.geometry().top() >= b.view.plot.geometry().bottom()
    assert b.view.bars.geometry().bottom() <= b.view.height()


def test_the_playhead_tells_its_frame_to_a_screen_reader(bench) -> None:
    assert bench().view.plot.accessibleName() == "Playhead at frame 0 of 12: ε with p 0.650"


def test_the_picture_follows_the_theme(bench) -> None:
    b = bench("ctc_captcha_hello88")
    light = b.view.plot.grab().toImage().pixelColor(300, 200)
    set_theme("dark")
    QApplication.processEvents()
    dark = b.view.plot.grab().toImage().pixelColor(300, 200)
    assert light.lightness() > 200
    assert dark.lightness() < 60
