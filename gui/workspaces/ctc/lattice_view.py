"""The lattice with all that stands over its frames; every cell explains itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast, final

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.text import say
from gui.kit import lattice_keys as keys
from gui.kit.i18n import tr_text
from gui.kit.workspace import WorkspaceView
from gui.workspaces.ctc.edits import pin, unpin_last
from gui.workspaces.ctc.lattice_cards_view import may_tell
from gui.workspaces.ctc.lattice_scene_view import LatticeScene
from gui.workspaces.ctc.player_edits import go_to_frame
from gui.workspaces.ctc.present_refusal import remedies
from gui.workspaces.ctc.present_view import Look
from gui.workspaces.ctc.side_edits import set_mode

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from core.problem import Problem
    from gui.kit.emission_preview_figure import PreviewFigure
    from gui.kit.frame_axis import FrameAxis
    from gui.kit.node_card_figure import NodeCard
    from gui.kit.overview_figures import Token
    from gui.workspaces.ctc.present_lattice import LatticeModel
    from gui.workspaces.ctc.state import CTCState, Mode

LAYERS: tuple[Mode, ...] = ("alpha", "beta", "occupancy", "path", "gradient")
WHEEL_ZOOM = 0.85  # what a notch of the wheel makes of the window's width
SLIDE_SHARE = 8  # a notch of the sideways wheel goes this part of the window


@final
class LatticeView(WorkspaceView):
    """Keys: arrows go from cell to cell, Enter pins the card, Esc unpins; , . Home End move the playhead; 1 to 5 choose
    the layer, B the best path, E the edges, A colours by value, V counts rows from the best path, Z zooms to the cell.

    Signals:
        axis_changed(FrameAxis): the frames in view, for what stands over or under the same frames.
        look_changed(Look): path, edges or colours were switched.
    """

    axis_changed = Signal(object)
    look_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: LatticeModel | None = None
        self._state: CTCState | None = None
        self._before: CTCState | None = None
        self._drags = 0
        self.scene = LatticeScene()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.scene)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()

    @property
    def axis(self) -> FrameAxis:
        """Where the frames in view stand, in the coordinates of this view."""
        return self.scene.axis

    @property
    def look(self) -> Look:
        """What is drawn, and how it is coloured."""
        return self.scene.look

    @property
    def zoom(self) -> float:
        """How many times larger than the whole the frames in view are shown; 1 where all are."""
        window = self.scene.window_in_view
        return 1.0 if window is None else window.frames / window.count

    def show_state(self, _problem: Problem, state: CTCState) -> None:
        """Remember what a drag begins with; the picture comes with `draw`."""
        self._state = state

    def draw(self, model: LatticeModel) -> None:
        """Paint what was computed."""
        self._model = model
        self.scene.draw(model)

    def show_preview(self, figure: PreviewFigure) -> None:
        """Show what there is of a sequence before its lattice."""
        self._model = None
        self.scene.show_preview(figure)

    def set_look(self, look: Look) -> None:
        """Draw the path, the edges, or not; colour by value, or by the distance from the largest of each frame."""
        if look != self.scene.look:
            self.scene.set_look(look)
            self.look_changed.emit(look)

    def show_frames(self, first: int, last: int) -> None:
        """Bring these frames into view, both inclusive."""
        self._centre_window((first + last + 1) / 2)

    def show_cell(self, frame: int, row: int) -> None:
        """Bring a cell into view, and explain it."""
        self._centre_window(frame + 0.5)
        self.scene.focus_cell((frame, row), into_view=True)
        self.setFocus()

    def fit(self) -> None:
        """Show everything, or as much of a long sequence as its nodes have room for."""
        self.scene.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model = self._model
        if model is None or model.empty is not None or not keys.is_plain(event) or not self._take_key(event, model):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        model = self._model
        if model is not None and not event.isAutoRepeat() and self._frame_key(event, model) is not None:
            self.released.emit()
            return
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.scene.refresh()
        super().changeEvent(event)

    def _take_key(self, event: QKeyEvent, model: LatticeModel) -> bool:
        key, frame = Qt.Key(event.key()), self._frame_key(event, model)
        if frame is not None:
            if not event.isAutoRepeat():
                self._drags += 1
            self._go_to(frame)
        elif key in keys.ARROWS:
            self._step_cell(model, *keys.ARROWS[key])
        elif key in keys.LAYERS:
            self.state_edited.emit(set_mode(LAYERS[keys.LAYERS[key]]))
        elif key in keys.TOGGLES:
            self._toggle(keys.TOGGLES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self._pin(self.scene.cell)
        elif key == Qt.Key.Key_Escape:
            return self._escape(model)
        else:
            return False
        return True

    def _frame_key(self, event: QKeyEvent, model: LatticeModel) -> int | None:
        """Where a key takes the playhead; inside the step-through these keys are the player's."""
        if self._state is None or self._state.step is not None or not model.frames:
            return None
        return keys.frame_after(event, model.frame, model.frames)

    def _escape(self, model: LatticeModel) -> bool:
        if self.scene.pane.is_dragging:
            self.scene.pane.cancel()
        elif model.pinned:
            self.state_edited.emit(unpin_last())
        elif self.scene.cell is not None:
            self.scene.focus_cell(None)
        else:
            return False
        return True

    def _toggle(self, what: keys.Toggle) -> None:
        look = self.scene.look
        if what == "zoom":
            self.scene.toggle_zoom()
        elif what == "path":
            self.set_look(replace(look, path=not look.path))
        elif what == "edges":
            self.set_look(replace(look, edges=not look.edges))
        elif what == "relative":
            self.set_look(replace(look, relative=not look.relative))
        else:
            self.set_look(replace(look, absolute=not look.absolute))

    def _step_cell(self, model: LatticeModel, across: int, down: int) -> None:
        """To a neighbour of the cell in focus; without one to the best path at the playhead."""
        start, path = self.scene.cell, model.lattice.best_path
        if start is None:
            start, across, down = (model.frame, int(path[model.frame]) if path.size else 0), 0, 0
        frame = min(max(start[0] + across, 0), model.frames - 1)
        row = min(max(start[1] + down, 0), model.states - 1)
        self.scene.focus_cell((frame, row), into_view=True)

    def _pin(self, cell: tuple[int, int] | None) -> bool:
        if cell is None or self._model is None or not may_tell(self._model, cell):
            return False
        self.state_edited.emit(pin(*cell))
        return True

    def _press(self, at: QPointF) -> None:
        cell = self.scene.pane.lattice.cell_at(at)
        self.setFocus()
        self.scene.focus_cell(cell)
        self._pin(cell)

    def _unpin(self, frame: int, row: int) -> None:
        self.state_edited.emit(pin(frame, row))

    def _point(self, at: object) -> None:
        cell = None if at is None else self.scene.pane.lattice.cell_at(cast("QPointF", at))
        self.scene.focus_cell(cell)
        self.hinted.emit(tr_text(_HINT) if at is not None else "")

    def _hint_frames(self, at: object) -> None:
        self.hinted.emit(tr_text(_FRAMES_HINT) if at is not None else "")

    def _hint_window(self, inside: bool) -> None:
        self.hinted.emit(tr_text(_WINDOW_HINT) if inside else "")

    def _name(self, card: NodeCard | None) -> None:
        self.setAccessibleName(tr_text(_NAME if card is None else card.spoken))

    def _begin(self) -> None:
        self._drags += 1
        self._before = self._state
        self.setFocus()

    def _go_to(self, frame: int) -> None:
        if self._model is not None:
            self.state_edited.emit(go_to_frame(frame, self._model.frames, f"lattice-playhead-{self._drags}"))

    def _cancel(self) -> None:
        """Back, if the drag has changed anything: else the step before it would be undone."""
        if self._state is not self._before:
            self.cancelled.emit()

    def _centre_window(self, frame: float) -> None:
        window = self.scene.window_in_view
        if window is not None:
            self.scene.choose_window(window.around(frame))

    def _turn_wheel(self, notches: float, frame: float) -> None:
        window = self.scene.window_in_view
        if window is not None:
            self.scene.choose_window(window.zoomed(WHEEL_ZOOM**notches, frame))

    def _slide(self, notches: float) -> None:
        window = self.scene.window_in_view
        if window is not None:
            self.scene.choose_window(window.moved(round(notches * window.count / SLIDE_SHARE)))

    def _go_to_token(self, token: Token) -> None:
        self._centre_window((token.first + token.last + 1) / 2)
        self._drags += 1
        self._go_to(token.first)
        self.scene.focus_cell((token.first, token.state), into_view=True)

    def _remedy(self, index: int) -> None:
        if self._model is None:
            return
        action = remedies(self._model)[index][1]
        if action.problem is not None:
            self.problem_edited.emit(action.problem)
        elif action.state is not None:
            self.state_edited.emit(action.state)

    def _connect(self) -> None:
        scene, pane = self.scene, self.scene.pane
        for signal, receive in (
            (scene.axis_changed, self.axis_changed),
            (scene.focused, self._name),
            (pane.began, self._begin),
            (pane.moved, self._go_to),
            (pane.ended, self.released),
            (pane.cancelled, self._cancel),
            (pane.lattice.pointed, self._point),
            (pane.lattice.clicked, self._press),
            (pane.lattice.turned, self._turn_wheel),
            (pane.lattice.slid, self._slide),
            (pane.emission.pointed, self._hint_frames),
            (pane.source.pointed, self._hint_frames),
            (scene.strip.window_chosen, scene.choose_window),
            (scene.strip.hovered, self._hint_window),
            (scene.aside.map.frame_chosen, self._centre_window),
            (scene.aside.map.pointed, scene.focus_cell),
            (scene.aside.weakest.chosen, self._go_to_token),
            (scene.cards.unpinned, self._unpin),
            (scene.refusal.remedied, self._remedy),
        ):
            signal.connect(receive)


_NAME = say("ctc", "Lattice")
_HINT = say("ctc", "Hover a cell · click or Enter pins its card · arrows go from cell to cell · Z zooms")
_FRAMES_HINT = say("ctc", "Drag the playhead · , and . step by a frame, with Shift by ten")
_WINDOW_HINT = say("ctc", "Drag the window or its edges · wheel over the lattice zooms, with Shift it slides")
