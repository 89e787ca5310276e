"""The lattice with all that stands over its frames, whole or as a window on a long one; every cell explains itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast, final

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from core.text import say
from gui.kit import lattice_keys as keys
from gui.kit.empty_panel import EmptyPanel
from gui.kit.i18n import tr_text
from gui.kit.lattice_pane import LatticePane
from gui.kit.lattice_refusal import NeededRow, RefusalCard
from gui.kit.overview_pane import OverviewPane
from gui.kit.overview_strip import HEIGHT as STRIP_HEIGHT
from gui.kit.overview_strip import OverviewStrip
from gui.kit.workspace import WorkspaceView
from gui.workspaces.ctc.edits import pin, unpin_last
from gui.workspaces.ctc.lattice_cards_view import CellCards, may_tell
from gui.workspaces.ctc.lattice_place import Arrangement, arrange
from gui.workspaces.ctc.player_edits import go_to_frame
from gui.workspaces.ctc.present_overview import overview
from gui.workspaces.ctc.present_refusal import refusal, remedies
from gui.workspaces.ctc.present_stack import Look, View, stack, view_of, whole_view
from gui.workspaces.ctc.side_edits import set_mode

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from core.problem import Problem
    from gui.kit.frame_axis import FrameAxis
    from gui.kit.overview_figures import OverviewFigure, Token
    from gui.kit.overview_window import FrameWindow
    from gui.workspaces.ctc.present_lattice import LatticeModel
    from gui.workspaces.ctc.state import CTCState, Mode

Cell = tuple[int, int]
LAYERS: tuple[Mode, ...] = ("alpha", "beta", "occupancy", "path", "gradient")


@final
class LatticeView(WorkspaceView):
    """Keys: arrows go from cell to cell, Enter pins the card, Esc unpins; , . Home End move the playhead; 1 to 5 choose
    the layer, B the best path, E the edges, A colours by value, Z zooms to the cell.

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
        self._look = Look()
        self._window: FrameWindow | None = None
        self._zoomed = False
        self._cell: Cell | None = None
        self._drags = 0
        self._axis: FrameAxis | None = None
        self._whole: tuple[object, OverviewFigure] | None = None
        self.strip = OverviewStrip(self)
        self.aside = OverviewPane(self)
        self.pane = LatticePane(parent=self)
        self.refusal = RefusalCard(self)
        self.needed = NeededRow(self)
        self.empty = EmptyPanel(self)
        self.cards = CellCards(self, self.pane, self.aside)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        for part in (self.strip, self.aside, self.pane, self.refusal, self.needed, self.empty):
            part.hide()

    @property
    def axis(self) -> FrameAxis:
        """Where the frames in view stand, in the coordinates of this view."""
        own = self.pane.axis
        left = self.pane.x()
        return replace(own, left=own.left + left, right=own.right + left)

    @property
    def look(self) -> Look:
        """What is drawn, and how it is coloured."""
        return self._look

    @property
    def window_in_view(self) -> FrameWindow | None:
        """The frames that are shown large; None where all are."""
        return self._window if self._is_large() else None

    @property
    def cell(self) -> Cell | None:
        """The cell in focus: (frame, row)."""
        return self._cell

    def show_state(self, _problem: Problem, state: CTCState) -> None:
        """Remember what a drag begins with; the picture comes with `draw`."""
        self._state = state

    def draw(self, model: LatticeModel) -> None:
        """Paint what was computed."""
        before, self._model = self._model, model
        if before is None or before.result.sequence is not model.result.sequence:
            if before is None or before.frames != model.frames:
                self._window = None
            self._cell = None
        elif self._window is not None and before.frame != model.frame:
            self._window = self._window.showing(model.frame)
        self._refresh()

    def set_look(self, look: Look) -> None:
        """Draw the path, the edges, or not; colour by value, or by the distance from the largest of each frame."""
        if look != self._look:
            self._look = look
            self.look_changed.emit(look)
            self._refresh()

    def show_frames(self, first: int, last: int) -> None:
        """Bring these frames into view, both inclusive."""
        if self._window is not None and self._is_large():
            self._choose_window(self._window.around((first + last + 1) / 2))

    def fit(self) -> None:
        """Show everything, or as much of a long sequence as its nodes have room for."""
        self._zoomed, self._window = False, None
        self._refresh()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._refresh()
        super().changeEvent(event)

    # What is shown

    def _refresh(self) -> None:
        model = self._model
        if model is None:
            return
        self.empty.setVisible(model.empty is not None)
        if model.empty is not None:
            self.empty.show_state(model.empty)
            self.empty.setGeometry(self.rect())
            self.cards.clear()
            for part in (self.strip, self.aside, self.pane, self.refusal, self.needed):
                part.hide()
            return
        view = self._view(model)
        plan = arrange(model, view, self.width(), self.height())
        self._lay_out(plan)
        self.pane.draw(stack(model, view, self._look), model.frames)
        if self._window is not None and plan.strip:
            whole = self._overview(model)
            self.strip.draw(whole, self._window, model.frame)
            self.aside.draw(whole, (view.first, view.last, view.top, view.bottom))
        if plan.refusal is not None:
            figure = refusal(model)
            self.refusal.draw(figure)
            self.needed.draw(figure)
        self._show_cards(model)
        if self.axis != self._axis:
            self._axis = self.axis
            self.axis_changed.emit(self._axis)

    def _is_large(self) -> bool:
        model = self._model
        if model is None or model.empty is not None:
            return False
        return self._zoomed or arrange(model, whole_view(model), self.width(), self.height()).is_crowded

    def _view(self, model: LatticeModel) -> View:
        if not self._is_large():
            return whole_view(model)
        if self._window is None or self._window.frames != model.frames:
            self._window = Arrangement.first_window(model, self.width())
        keep = None
        if self._cell is not None and self._window.first <= self._cell[0] < self._window.last:
            keep = self._cell[1]
        return view_of(model, self._window.first, self._window.last, keep)

    def _lay_out(self, plan: Arrangement) -> None:
        self.strip.setVisible(plan.strip)
        self.aside.setVisible(plan.strip)
        self.refusal.setVisible(plan.refusal is not None)
        self.needed.setVisible(plan.needed > 0)
        self.pane.setVisible(True)
        self.pane.set_margins(plan.gutter, plan.right)
        top = STRIP_HEIGHT if plan.strip else 0
        height = self.height() - top - plan.needed
        self.strip.setGeometry(0, 0, self.width(), STRIP_HEIGHT)
        self.aside.setGeometry(0, top, plan.aside, height)
        self.pane.setGeometry(plan.aside, top, self.width() - plan.aside, height)
        self.needed.setGeometry(0, self.height() - plan.needed, self.width(), plan.needed)
        if plan.refusal is not None:
            self.refusal.setFixedWidth(plan.refusal)
            self.refusal.adjustSize()
            free = height - self.refusal.height()
            left = 8 if plan.strip else self.width() - 24 - plan.refusal
            self.refusal.move(left, top + max(free - 12 if plan.strip else free // 2 + 20, 4))
            self.refusal.raise_()

    def _overview(self, model: LatticeModel) -> OverviewFigure:
        """The whole lattice; the last one is kept."""
        key = model.result, model.mode, self._look
        if self._whole is None or self._whole[0] != key:
            self._whole = key, overview(model, self._look)
        return self._whole[1]

    def _show_cards(self, model: LatticeModel) -> None:
        focus = self.cards.show_cell(model, self._cell)
        self.setAccessibleName(tr_text(focus.spoken) if focus is not None else tr_text(_NAME))

    # What the user does

    def _take_key(self, event: QKeyEvent, model: LatticeModel) -> bool:
        key = Qt.Key(event.key())
        frame = self._frame_key(event, model)
        if frame is not None:
            if not event.isAutoRepeat():
                self._drags += 1
            self._go_to(frame)
        elif key in keys.ARROWS:
            self._step_cell(model, *keys.ARROWS[key])
        elif key in keys.LAYERS:
            self.state_edited.emit(set_mode(LAYERS[keys.LAYERS[key]]))
        elif key in keys.TOGGLES:
            self._toggle(keys.TOGGLES[key], model)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._cell is not None:
            self.state_edited.emit(pin(*self._cell))
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
        if self.pane.is_dragging:
            self.pane.cancel()
        elif model.pinned:
            self.state_edited.emit(unpin_last())
        elif self._cell is not None:
            self._focus(None)
        else:
            return False
        return True

    def _toggle(self, what: keys.Toggle, model: LatticeModel) -> None:
        look = self._look
        if what == "zoom":
            self._zoom_to_cell(model)
        elif what == "path":
            self.set_look(replace(look, path=not look.path))
        elif what == "edges":
            self.set_look(replace(look, edges=not look.edges))
        else:
            self.set_look(replace(look, absolute=not look.absolute))

    def _zoom_to_cell(self, model: LatticeModel) -> None:
        """As near as numbers need, around the cell in focus or the playhead; and back."""
        frame = model.frame if self._cell is None else self._cell[0]
        near = Arrangement.near_window(model, self.width(), frame)
        if self._zoomed and self._window == near:
            self.fit()
            return
        self._zoomed, self._window = True, near
        self._refresh()

    def _step_cell(self, model: LatticeModel, across: int, down: int) -> None:
        start = self._cell
        if start is None:
            path = model.lattice.best_path
            start = model.frame, int(path[model.frame]) if path.size else 0
            across, down = 0, 0
        frame = min(max(start[0] + across, 0), model.frames - 1)
        row = min(max(start[1] + down, 0), model.states - 1)
        if self._window is not None:
            self._window = self._window.showing(frame)
        self._cell = frame, row
        self._refresh()

    def _focus(self, cell: Cell | None) -> None:
        if cell != self._cell and self._model is not None and self._model.empty is None:
            self._cell = cell
            self._show_cards(self._model)

    def _point(self, at: object) -> None:
        self._focus(self.pane.lattice.cell_at(cast("QPointF", at)) if at is not None else None)
        self.hinted.emit(tr_text(_HINT) if at is not None else "")

    def _hint_frames(self, at: object) -> None:
        self.hinted.emit(tr_text(_FRAMES_HINT) if at is not None else "")

    def _hint_window(self, inside: bool) -> None:
        self.hinted.emit(tr_text(_WINDOW_HINT) if inside else "")

    def _press(self, at: QPointF) -> None:
        cell = self.pane.lattice.cell_at(at)
        self.setFocus()
        if cell is not None and self._model is not None and may_tell(self._model, cell):
            self._cell = cell
            self.state_edited.emit(pin(*cell))

    def _unpin(self, frame: int, row: int) -> None:
        self.state_edited.emit(pin(frame, row))

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

    def _choose_window(self, window: FrameWindow) -> None:
        self._window = window
        self._cell = None
        self._refresh()

    def _centre_window(self, frame: float) -> None:
        if self._window is not None:
            self._choose_window(self._window.around(frame))

    def _turn_wheel(self, notches: float, frame: float) -> None:
        if self._window is not None and self._is_large():
            self._choose_window(self._window.zoomed(0.85**notches, frame))

    def _slide(self, notches: float) -> None:
        if self._window is not None and self._is_large():
            self._choose_window(self._window.moved(round(notches * self._window.count / 8)))

    def _go_to_token(self, token: Token) -> None:
        self._centre_window((token.first + token.last + 1) / 2)
        self._cell = token.first, token.state
        self._drags += 1
        self._go_to(token.first)
        self._refresh()

    def _remedy(self, index: int) -> None:
        if self._model is None:
            return
        action = remedies(self._model)[index][1]
        if action.problem is not None:
            self.problem_edited.emit(action.problem)
        elif action.state is not None:
            self.state_edited.emit(action.state)

    def _connect(self) -> None:
        for signal, receive in (
            (self.pane.began, self._begin),
            (self.pane.moved, self._go_to),
            (self.pane.ended, self.released),
            (self.pane.cancelled, self._cancel),
            (self.pane.lattice.pointed, self._point),
            (self.pane.lattice.clicked, self._press),
            (self.pane.lattice.turned, self._turn_wheel),
            (self.pane.lattice.slid, self._slide),
            (self.pane.emission.pointed, self._hint_frames),
            (self.pane.source.pointed, self._hint_frames),
            (self.strip.window_chosen, self._choose_window),
            (self.strip.hovered, self._hint_window),
            (self.aside.map.frame_chosen, self._centre_window),
            (self.aside.map.pointed, self._focus),
            (self.aside.weakest.chosen, self._go_to_token),
            (self.cards.unpinned, self._unpin),
            (self.refusal.remedied, self._remedy),
        ):
            signal.connect(receive)


_NAME = say("ctc", "Lattice")
_HINT = say("ctc", "Hover a cell · click or Enter pins its card · arrows go from cell to cell · Z zooms")
_FRAMES_HINT = say("ctc", "Drag the playhead · , and . step by a frame, with Shift by ten")
_WINDOW_HINT = say("ctc", "Drag the window or its edges · wheel over the lattice zooms, with Shift it slides")
