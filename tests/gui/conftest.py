"""A history of states behind a widget of the CTC page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from core.errors import InputError
from core.history import History
from core.losses.ctc import CTCLoss
from core.problem import Problem
from gui.workspaces.ctc.state import CTCState

if TYPE_CHECKING:
    from gui.edit import Edit


class Keeper:
    """Applies edits of the CTC part and of the problem, as the store of the window does."""

    def __init__(self, show: Callable[[Problem, CTCState], None], problem: Problem, state: CTCState) -> None:
        self._show = show
        self.history: History[tuple[Problem, CTCState]] = History((problem, state))
        self.refused: list[InputError] = []
        self.refuse: Callable[[InputError], object] | None = None

    @property
    def problem(self) -> Problem:
        return self.history.present[0]

    @property
    def state(self) -> CTCState:
        return self.history.present[1]

    @property
    def steps(self) -> int:
        return len(self.history.past)

    def show(self) -> None:
        self._show(self.problem, self.state)

    def edit(self, edit: Edit[CTCState]) -> None:
        self._push(edit, lambda: (self.problem, edit.update(self.state)))

    def edit_problem(self, edit: Edit[Problem]) -> None:
        self._push(edit, lambda: (edit.update(self.problem), self.state))

    def seal(self) -> None:
        self.history = self.history.seal()

    def undo(self) -> None:
        self.history = self.history.undo()
        self.show()

    def _push(self, edit: Edit[Any], make: Callable[[], tuple[Problem, CTCState]]) -> None:
        try:
            after = make()
        except InputError as error:
            self.refused.append(error)
            if self.refuse is not None:
                self.refuse(error)
            self.show()
            return
        if after[0] is not self.problem or after[1] is not self.state:
            self.history = self.history.push(after, str(edit.label), edit.merge_key)
            self.show()


@pytest.fixture
def keeper() -> Callable[..., Keeper]:
    def make(show: Callable[[Problem, CTCState], None], problem: Problem | None = None, **fields: Any) -> Keeper:
        return Keeper(show, problem or Problem(CTCLoss()), replace(CTCState(), **fields))

    return make


@pytest.fixture
def mouse() -> Callable[..., None]:
    """press, move, release at a place of a widget, with a button and modifiers."""
    kinds = {
        "press": QEvent.Type.MouseButtonPress,
        "move": QEvent.Type.MouseMove,
        "release": QEvent.Type.MouseButtonRelease,
    }

    def send(
        widget: QWidget,
        kind: str,
        at: QPointF,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        own = Qt.MouseButton.NoButton if kind == "move" else button
        held = Qt.MouseButton.NoButton if kind == "release" else button
        event = QMouseEvent(kinds[kind], at, QPointF(widget.mapToGlobal(at.toPoint())), own, held, modifiers)
        QApplication.sendEvent(widget, event)

    return send
