"""What the window and a workspace's widgets say to each other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class WorkspaceView(QWidget):
    """A widget that shows what it is told and emits what the user did.

    `show_state(problem, state)` sets editors at once; `draw(model)` paints what was computed.

    Signals:
        problem_edited(Edit[Problem]): the user changed the loss, the batch or the weights.
        state_edited(Edit[S]): the user changed the workspace's own part of the state.
        released(): a drag or a run of key presses ended; the next edit is a step of its own.
        cancelled(): Esc during a drag: back to where it began.
        hinted(str): what the object under the mouse does, for the status bar ("" for none).
    """

    problem_edited = Signal(object)
    state_edited = Signal(object)
    released = Signal()
    cancelled = Signal()
    hinted = Signal(str)
