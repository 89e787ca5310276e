"""The parts of the lattice's view put together: all of it, or a window on a long one beside the whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.kit.emission_preview import EmissionPreview
from gui.kit.empty_panel import EmptyPanel
from gui.kit.lattice_pane import LatticePane
from gui.kit.lattice_refusal import NeededRow, RefusalCard
from gui.kit.overview_pane import OverviewPane
from gui.kit.overview_strip import HEIGHT as STRIP_HEIGHT
from gui.kit.overview_strip import OverviewStrip
from gui.workspaces.ctc.lattice_cards_view import CellCards
from gui.workspaces.ctc.lattice_place import arrange, class_rows, first_window, near_window
from gui.workspaces.ctc.present_overview import overview
from gui.workspaces.ctc.present_refusal import refusal
from gui.workspaces.ctc.present_sheared import band_view
from gui.workspaces.ctc.present_stack import stack
from gui.workspaces.ctc.present_view import Look, View, view_of, whole_view

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from gui.kit.emission_preview_figure import PreviewFigure
    from gui.kit.frame_axis import FrameAxis
    from gui.kit.node_card_figure import NodeCard
    from gui.kit.overview_figures import OverviewFigure
    from gui.kit.overview_window import FrameWindow
    from gui.workspaces.ctc.lattice_place import Arrangement
    from gui.workspaces.ctc.present_lattice import LatticeModel

Cell = tuple[int, int]
BESIDE = 24  # px between the card of the refusal and the edge of the view


@final
class LatticeScene(QWidget):
    """Knows the window, the look and the cell in focus, none of which is part of the state.

    Signals:
        axis_changed(FrameAxis): the frames in view moved.
        focused(object): the card of the cell in focus, or None.
    """

    axis_changed = Signal(object)
    focused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: LatticeModel | None = None
        self._look = Look()
        self._window: FrameWindow | None = None
        self._chosen = False  # whether the window is the user's
        self._zoomed = False
        self._cell: Cell | None = None
        self._axis: FrameAxis | None = None
        self._whole: tuple[object, OverviewFigure] | None = None
        self.strip = OverviewStrip(self)
        self.aside = OverviewPane(self)
        self.pane = LatticePane(parent=self)
        self.refusal = RefusalCard(self)
        self.needed = NeededRow(self)
        self.empty = EmptyPanel(self)
        self.preview = EmissionPreview(self)
        self.cards = CellCards(self, self.pane, self.aside)
        self._ground: QWidget | None = None
        self._kept = 0
        self._parts = (self.strip, self.aside, self.pane, self.refusal, self.needed)
        for part in (*self._parts, self.empty, self.preview):
            part.hide()

    @property
    def axis(self) -> FrameAxis:
        """Where the frames in view stand."""
        own, left = self.pane.axis, self.pane.x()
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
        """The cell in focus."""
        return self._cell

    def stand_on(self, ground: QWidget, kept: int) -> None:
        """Let what is beside the window on a long lattice reach down to `kept` px above the end of `ground`.

        That is the widget whose top this one is: beside what stands under the same frames there is nothing else.
        """
        self._ground, self._kept = ground, kept
        self.aside.setParent(ground)
        self.cards.stand_on(ground)

    def draw(self, model: LatticeModel) -> None:
        """Show a model; of the same lattice the window and the cell in focus stay."""
        before, self._model = self._model, model
        if before is None or (before.frames, before.states) != (model.frames, model.states):
            self._window = self._cell = None
            self._chosen = False
        elif self._window is not None and before.frame != model.frame:
            self._window = self._window.showing(model.frame)
        self.refresh()

    def show_preview(self, figure: PreviewFigure) -> None:
        """Show the emissions of a sequence whose lattice is not there yet; what was shown is of another one."""
        self._model = None
        self.cards.clear()
        for part in (*self._parts, self.empty):
            part.hide()
        self.preview.show_figure(figure)
        self.preview.setGeometry(self.rect())
        self.preview.show()

    def set_look(self, look: Look) -> None:
        """Draw otherwise."""
        if look.relative != self._look.relative and not self._chosen:
            self._window = None
        self._look = look
        self.refresh()

    def choose_window(self, window: FrameWindow) -> None:
        """Show other frames large."""
        self._window, self._cell, self._chosen = window, None, True
        self.refresh()

    def fit(self) -> None:
        """Show everything, or as much of a long sequence as its nodes have room for."""
        self._zoomed = self._chosen = False
        self._window = None
        self.refresh()

    def toggle_zoom(self) -> None:
        """As near as numbers need, around the cell in focus or the playhead; and back."""
        if self._model is None:
            return
        frame = self._model.frame if self._cell is None else self._cell[0]
        near = near_window(self._model, self.width(), self.height(), frame, relative=self._look.relative)
        if self._zoomed and self._window == near:
            self.fit()
        else:
            self._zoomed, self._chosen, self._window = True, True, near
            self.refresh()

    def focus_cell(self, cell: Cell | None, *, into_view: bool = False) -> None:
        """Explain a cell; `into_view` moves the window so that it has it."""
        if self._model is None or self._model.empty is not None or (cell == self._cell and not into_view):
            return
        self._cell = cell
        if cell is not None and into_view:
            if self._window is not None:
                self._window = self._window.showing(cell[0])
            self.refresh()
        else:
            self._show_cards(self._model)

    def refresh(self) -> None:
        """Draw everything again."""
        model = self._model
        if model is None:
            return
        self.preview.hide()
        self.empty.setVisible(model.empty is not None)
        if model.empty is not None:
            self._show_nothing(model)
            return
        view = self._view(model)
        plan = arrange(model, view, self.width(), self.height())
        self._draw_refusal(model, plan)
        self._lay_out(plan)
        self.pane.draw(stack(model, view, self._look), model.frames)
        if self._window is not None and plan.strip:
            whole = self._overview(model)
            self.strip.draw(whole, self._window, model.frame)
            self.aside.draw(whole, (view.first, view.last, view.top, view.bottom))
        self._show_cards(model)
        if self.axis != self._axis:
            self._axis = self.axis
            self.axis_changed.emit(self._axis)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.preview.setGeometry(self.rect())
        if not self._chosen:
            self._window = None
        self.refresh()

    def _show_nothing(self, model: LatticeModel) -> None:
        assert model.empty is not None
        self.empty.show_state(model.empty)
        self.empty.setGeometry(self.rect())
        self.cards.clear()
        for part in self._parts:
            part.hide()

    def _is_large(self) -> bool:
        model = self._model
        if model is None or model.empty is not None:
            return False
        return self._zoomed or arrange(model, whole_view(model), self.width(), self.height()).is_crowded

    def _view(self, model: LatticeModel) -> View:
        if not self._is_large():
            return whole_view(model)
        if self._window is None:
            self._window = first_window(model, self.width(), self.height(), relative=self._look.relative)
        window, cell = self._window, self._cell
        keep = cell[1] if cell is not None and window.first <= cell[0] < window.last else None
        classes = class_rows(self.height() - STRIP_HEIGHT)
        if self._look.relative:
            return replace(band_view(model, window.first, window.last), classes=classes)
        return replace(view_of(model, window.first, window.last, keep), classes=classes)

    def _draw_refusal(self, model: LatticeModel, plan: Arrangement) -> None:
        self.refusal.setVisible(plan.refusal is not None)
        self.needed.setVisible(plan.refusal is not None)
        if plan.refusal is not None:
            figure = refusal(model)
            self.refusal.setFixedWidth(plan.refusal)
            self.refusal.resize(plan.refusal, self.refusal.height())
            self.refusal.draw(figure)
            self.needed.draw(figure)

    def _lay_out(self, plan: Arrangement) -> None:
        for part in (self.strip, self.aside):
            part.setVisible(plan.strip)
        self.pane.setVisible(True)
        self.pane.set_margins(plan.gutter, plan.right)
        top = STRIP_HEIGHT if plan.strip else 0
        height = self.height() - top - plan.needed
        self.strip.setGeometry(0, 0, self.width(), STRIP_HEIGHT)
        self.aside.setGeometry(0, top, plan.aside, height + (0 if plan.needed else self._foot()))
        self.aside.raise_()
        self.pane.setGeometry(plan.aside, top, self.width() - plan.aside, height)
        self.needed.setGeometry(0, self.height() - plan.needed, self.width(), plan.needed)
        free = height - self.refusal.height()
        if plan.strip:
            self.refusal.move(8, top + max(free - 8, 0))
        else:
            self.refusal.move(self.width() - BESIDE - self.refusal.width(), max(free - BESIDE, 0))
        self.refusal.raise_()

    def _foot(self) -> int:
        return 0 if self._ground is None else max(self._ground.height() - self.height() - self._kept, 0)

    def _overview(self, model: LatticeModel) -> OverviewFigure:
        """The whole lattice; the last one is kept."""
        key = model.result, model.mode, self._look
        if self._whole is None or self._whole[0] != key:
            self._whole = key, overview(model, self._look)
        return self._whole[1]

    def _show_cards(self, model: LatticeModel) -> None:
        card: NodeCard | None = self.cards.show_cell(model, self._cell)
        self.focused.emit(card)
