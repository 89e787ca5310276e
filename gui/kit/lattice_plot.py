"""The lattice on a frame axis: cells, moves, paths, and marks on the cells that are explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPixmap

from core.text import say
from gui.kit.frame_axis import GUTTER
from gui.kit.i18n import tr_text
from gui.kit.lattice_edges import best_pen, drawn_pen, given_pen, paint_edges, paint_line_of, paint_path
from gui.kit.lattice_frames import FramesWidget, paint_name, paint_playhead, paint_unread
from gui.kit.lattice_layout import LatticeLayout
from gui.kit.lattice_legend import paint_legend_down
from gui.kit.lattice_marks import paint_card_marks, paint_differing, paint_stop
from gui.kit.lattice_nodes import paint_cells
from gui.kit.numbers import MINUS
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from gui.kit.frame_axis import FrameAxis
    from gui.kit.lattice_figures import LatticeFigure, RowLabel, StackFigure
    from gui.kit.node_card_figure import NodeCard

TOP, BOTTOM, FLAG = 8.0, 6.0, 22.0
LEAST_LABEL = 13.0  # px between two row labels
NUMBER_GAP = 34.0  # from the cells to the end of a row's number
WHEEL_STEP = 120.0
LEGEND_ROOM = 120.0  # px of height that the legend needs
NAME = say("ctc", "lattice")


@final
class LatticePlot(FramesWidget):
    """Draws the lattice of a StackFigure; a click is on a cell, a sideways drag moves the playhead.

    Signals:
        turned(float, float): the wheel by so many notches over a frame.
        slid(float): a sideways wheel, in frames.
    """

    turned = Signal(float, float)
    slid = Signal(float)
    drags_at_once = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack: StackFigure | None = None
        self._cards: tuple[NodeCard, ...] = ()
        self._in_focus = False
        self._ground: QPixmap | None = None

    def draw(self, stack: StackFigure, axis: FrameAxis, frames: int) -> None:
        """Show the lattice of a stack."""
        self._stack, self._ground = stack, None
        self.show_axis(axis, frames)

    def mark(self, cards: tuple[NodeCard, ...], *, in_focus: bool) -> None:
        """Mark the cells of these cards, and what flows into the first if that is `in_focus`."""
        self._cards, self._in_focus = cards, in_focus
        self.update()

    @property
    def layout_in_force(self) -> LatticeLayout:
        """Where the cells stand."""
        assert self._stack is not None
        assert self._axis is not None
        figure = self._stack.lattice
        foot = FLAG if self._stack.read_flag is not None else BOTTOM
        return LatticeLayout(self._axis, TOP, self.height() - foot, figure.top, len(figure.rows))

    def cell_at(self, at: QPointF) -> tuple[int, int] | None:
        """The cell under a place; None outside the frames that were read."""
        if self._stack is None or self._axis is None:
            return None
        cell = self.layout_in_force.cell_at(at.x(), at.y())
        if cell is None or cell[0] >= self._frames:
            return None
        row = self._stack.lattice.row_at(*cell)
        return (cell[0], row) if row >= 0 else None

    def place_of_cell(self, frame: int, row: int) -> QPointF:
        """The middle of a cell."""
        assert self._stack is not None
        layout = self.layout_in_force
        return QPointF(layout.x(frame), layout.y(self._stack.lattice.place_of(frame, row)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._stack is None or self._axis is None:
            return
        painter = QPainter(self)
        stack, axis, layout = self._stack, self._axis, self.layout_in_force
        paint_playhead(painter, axis, stack.playhead, 0, self.height())
        painter.drawPixmap(0, 0, self._painted_ground())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(axis.left - 3, 0, axis.right - axis.left + 6, self.height()))
        for place, card in reversed(list(enumerate(self._cards))):
            paint_card_marks(painter, card, stack.lattice, layout, in_focus=self._in_focus and place == 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ground = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._ground = None
            self.update()
        super().changeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._axis is None:
            return
        sideways, down = event.angleDelta().x(), event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(sideways) > abs(down):
            self.slid.emit(-(sideways or down) / WHEEL_STEP)
        else:
            axis = self._axis
            frame = axis.first + (event.position().x() - axis.left) / axis.column
            self.turned.emit(down / WHEEL_STEP, min(max(frame, axis.first), axis.last))
        event.accept()

    def _painted_ground(self) -> QPixmap:
        """All that does not follow the mouse."""
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatioF() != ratio:
            ground = QPixmap(self.size() * ratio)
            ground.setDevicePixelRatio(ratio)
            ground.fill(Qt.GlobalColor.transparent)
            painter = QPainter(ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            painter.end()
            self._ground = ground
        return self._ground

    def _paint_ground(self, painter: QPainter) -> None:
        assert self._stack is not None
        assert self._axis is not None
        stack, axis, layout = self._stack, self._axis, self.layout_in_force
        figure = stack.lattice
        if axis.left >= GUTTER:
            paint_name(painter, NAME, None, "text", TOP + 14)
            if figure.legend is not None and layout.bottom - layout.top > LEGEND_ROOM:
                paint_legend_down(painter, figure.legend, TOP + 20)
        _paint_labels(painter, figure, layout)
        painter.setClipRect(QRectF(axis.left - 3, 0, axis.right - axis.left + 6, self.height()))
        _paint_lattice(painter, figure, layout)
        painter.setClipping(False)
        if stack.read is not None:
            paint_unread(painter, axis, stack.read, 0, layout.bottom)
            _paint_flag(painter, stack, axis, layout.bottom)


def _paint_lattice(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout) -> None:
    if layout.level == "cell":
        paint_cells(painter, figure, layout)
    if figure.edges is not None and layout.level != "cell":
        paint_edges(painter, figure.edges, layout)
    for drawn in () if figure.drawn is None else figure.drawn:
        paint_line_of(painter, figure, layout, drawn, drawn_pen())
    paint_path(painter, figure, layout, figure.path, best_pen(layout))
    if figure.given is not None:
        paint_path(painter, figure, layout, figure.given, given_pen())
    if layout.level != "cell":
        paint_cells(painter, figure, layout)
    if figure.differs is not None:
        paint_differing(painter, figure, layout)
    if figure.given is not None and figure.stop is not None:
        paint_stop(painter, figure, layout)


def _paint_labels(painter: QPainter, figure: LatticeFigure, layout: LatticeLayout) -> None:
    """Numbers and names; where rows are close only those of labels, or of some labels."""
    every = next((n for n in (1, 2, 4, 6, 8, 10, 20, 40) if n * layout.pitch >= LEAST_LABEL), 100)
    vertical = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    left = layout.axis.left
    sheared = figure.base is not None
    for label in figure.rows:
        if _is_left_out(label, every, sheared=sheared):
            continue
        y = layout.y(label.number)
        painter.setFont(font("tick"))
        painter.setPen(color("text3"))
        number = _offset(label.number) if sheared else str(label.number)
        painter.drawText(QRectF(left - NUMBER_GAP - 40, y - 9, 40, 18), vertical, number)
        if label.role == "target":
            painter.setFont(font("label-strong"))
            painter.setPen(color("target"))
        words = QFontMetricsF(painter.font()).elidedText(label.name, Qt.TextElideMode.ElideRight, NUMBER_GAP - 14)
        painter.drawText(QRectF(left - NUMBER_GAP, y - 10, NUMBER_GAP - 12, 20), vertical, words)


def _is_left_out(label: RowLabel, every: int, *, sheared: bool) -> bool:
    """Whether there is no room for this row's name: of close rows those of labels go first, or evenly spaced ones."""
    if sheared:
        return label.number % every != 0
    return every > 1 and (label.number % 2 == 0 or (label.number // 2) % (every // 2) != 0)


def _offset(number: int) -> str:
    return f"+{number}" if number > 0 else str(number).replace("-", MINUS)


def _paint_flag(painter: QPainter, stack: StackFigure, axis: FrameAxis, top: float) -> None:
    """The flag at the last frame that was read, and what follows it."""
    assert stack.read is not None
    assert stack.read_flag is not None
    painter.setFont(font("label-strong"))
    words = tr_text(stack.read_flag)
    width = painter.fontMetrics().horizontalAdvance(words) + 16
    x = min(axis.x(stack.read) - 1, axis.right - width)
    painter.fillRect(QRectF(x, top, width, FLAG - 2), color("err"))
    painter.setPen(color("onaccent"))
    painter.drawText(QRectF(x, top, width, FLAG - 2), Qt.AlignmentFlag.AlignCenter, words)
    if stack.unread_note is not None:
        painter.setFont(font("tick"))
        painter.setPen(color("text2"))
        room = QRectF(x + width + 8, top, axis.right - x - width - 8, FLAG - 2)
        words = QFontMetricsF(painter.font()).elidedText(
            tr_text(stack.unread_note), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
