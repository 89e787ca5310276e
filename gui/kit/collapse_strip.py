"""A path written frame by frame, its repeats merged, its blanks dropped: three rows over one frame axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.kit.frame_axis import GUTTER, FrameAxis, whole_axis
from gui.kit.i18n import tr_text
from gui.kit.lattice_frames import paint_playhead
from gui.kit.plot_text import width_of
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from gui.kit.collapse_figures import CollapseFigure, Group

TOP, ROW, GAP, RIBBON = 6.0, 22.0, 4.0, 11.0
GREEDY_Y = TOP
PATH_Y = GREEDY_Y + ROW + GAP
MERGED_Y = PATH_Y + ROW + RIBBON
SPELLED_Y = MERGED_Y + ROW + RIBBON
HEIGHT = round(SPELLED_Y + ROW + 4)
LEAST_LETTER = 9.0  # px of a column below which no symbol is written
NAMES_LEFT = 16.0


@final
class CollapseStrip(QWidget):
    """The caret stands on a frame of the path.

    Keys: left and right, Home and End move the caret; up and down, or a click, go through the symbols; a typed symbol
    is written; Backspace and Delete write the blank.

    Signals:
        cycled(int, int): in this frame the next symbol (+1) or the one before (-1).
        typed(int, str): this symbol in this frame.
        blanked(int): the blank in this frame.
        ended(): a run of edits ended.
        hovered(bool): the mouse came over the path, or left it.
    """

    cycled = Signal(int, int)
    typed = Signal(int, str)
    blanked = Signal(int)
    ended = Signal()
    hovered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: CollapseFigure | None = None
        self._axis: FrameAxis | None = None
        self._caret = 0
        self._playhead = -1
        self._hovering = False
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def caret(self) -> int:
        """The frame that keys write in."""
        return self._caret

    def show_figure(self, figure: CollapseFigure) -> None:
        """Show a path; the caret stays inside it."""
        self._figure = figure
        self._caret = min(self._caret, max(len(figure.path) - 1, 0))
        self._tell()
        self.update()

    def show_axis(self, axis: FrameAxis | None) -> None:
        """Stand over these frames; None for all of them."""
        self._axis = axis
        self.update()

    def show_playhead(self, frame: int) -> None:
        """Tint the column of the playhead."""
        self._playhead = frame
        self.update()

    def cell(self, frame: int) -> QRectF:
        """Where the path's symbol of a frame stands."""
        axis = self._frame_axis()
        return _inset(QRectF(axis.x(frame), PATH_Y, axis.column, ROW))

    def sizeHint(self) -> QSize:
        return QSize(916, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        figure, axis = self._figure, self._frame_axis()
        paint_playhead(painter, axis, self._playhead, 0, self.height())
        self._paint_names(painter, figure)
        painter.setClipRect(QRectF(axis.left - 2, 0, axis.right - axis.left + 4, self.height()))
        _paint_cells(painter, axis, figure.greedy, figure.greedy_roles, GREEDY_Y)
        _paint_cells(painter, axis, figure.path, figure.path_roles, PATH_Y)
        for y in (MERGED_Y, SPELLED_Y):
            painter.setPen(QPen(color("line2"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(axis.left, y + ROW / 2), QPointF(axis.right, y + ROW / 2))
        for group in figure.groups:
            if group.end > axis.first and group.start < axis.last:
                _paint_group(painter, axis, group)
        self._paint_caret(painter, figure, axis)
        if figure.stop is not None:
            self._paint_stop(painter, figure.stop, axis)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        frame = self._frame_under(event.position())
        if frame is None:
            return
        back = event.button() == Qt.MouseButton.RightButton or event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        self._put_caret(frame)
        self.cycled.emit(frame, -1 if back else 1)
        self.ended.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        frame = self._frame_under(event.position())
        if (frame is not None) != self._hovering:
            self._hovering = frame is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if self._hovering else Qt.CursorShape.ArrowCursor)
            self.hovered.emit(self._hovering)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovering = False
        self.hovered.emit(False)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._figure is None or not self._figure.path:
            super().keyPressEvent(event)
            return
        last = len(self._figure.path) - 1
        moves = {Qt.Key.Key_Left: self._caret - 1, Qt.Key.Key_Right: self._caret + 1, Qt.Key.Key_Home: 0,
                 Qt.Key.Key_End: last}  # fmt: skip
        turns = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in moves:
            self._put_caret(min(max(moves[key], 0), last))
        elif key in turns:
            self.cycled.emit(self._caret, turns[key])
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.blanked.emit(self._caret)
            self._put_caret(max(self._caret - (key == Qt.Key.Key_Backspace), 0))
        elif event.text().isprintable() and event.text() and not event.modifiers() & _COMMANDS:
            self.typed.emit(self._caret, event.text())
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():
            self.ended.emit()
        super().keyReleaseEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and self._figure is not None and self._figure.reason is not None:
            QToolTip.showText(event.globalPos(), tr_text(self._figure.reason), self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self._tell()
            self.update()
        super().changeEvent(event)

    def step_caret(self) -> None:
        """One frame on, after a symbol was written."""
        if self._figure is not None:
            self._put_caret(min(self._caret + 1, len(self._figure.path) - 1))

    def _put_caret(self, frame: int) -> None:
        self._caret = frame
        self._tell()
        self.update()

    def _tell(self) -> None:
        if self._figure is None or not self._figure.path:
            return
        self.setAccessibleName(tr_text(self._figure.name))
        self.setAccessibleDescription(f"{self._caret}: {self._figure.path[self._caret]}")

    def _frame_axis(self) -> FrameAxis:
        assert self._figure is not None
        return self._axis or whole_axis(len(self._figure.path), self.width())

    def _frame_under(self, at: QPointF) -> int | None:
        if self._figure is None or not PATH_Y <= at.y() <= PATH_Y + ROW:
            return None
        axis = self._frame_axis()
        frame = axis.frame_at(at.x())
        inside = axis.left <= at.x() < axis.right and 0 <= frame < len(self._figure.path)
        return frame if inside else None

    def _paint_names(self, painter: QPainter, figure: CollapseFigure) -> None:
        left = max(self._frame_axis().left - GUTTER, 0.0) + NAMES_LEFT
        for index, (words, y) in enumerate(zip(figure.row_names, (GREEDY_Y, PATH_Y, MERGED_Y, SPELLED_Y), strict=True)):
            painter.setFont(font("section" if index < 2 else "caption"))
            painter.setPen(color("text" if index < 2 else "text2"))
            place = QRectF(left, y, GUTTER - NAMES_LEFT, ROW)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, tr_text(words))

    def _paint_caret(self, painter: QPainter, figure: CollapseFigure, axis: FrameAxis) -> None:
        if not self.hasFocus() or not figure.path or not axis.first <= self._caret < axis.last:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("accent"), 2))
        painter.drawRoundedRect(self.cell(self._caret).adjusted(-1, -1, 1, 1), 4, 4)

    def _paint_stop(self, painter: QPainter, stop: int, axis: FrameAxis) -> None:
        """A cross on the border over which the path cannot go."""
        at = QPointF(min(axis.x(stop), axis.right - 6), PATH_Y + ROW + RIBBON / 2 + 1)
        painter.setPen(QPen(color("err"), 1.6))
        painter.setBrush(color("errsoft"))
        painter.drawEllipse(at, 5.5, 5.5)
        for slope in (1, -1):
            painter.drawLine(at + QPointF(-2.4, -2.4 * slope), at + QPointF(2.4, 2.4 * slope))


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_FILLS = {"blank": ("hover", "text3"), "accent": ("soft", "accent"), "err": ("errsoft", "err"),
          "target": ("oksoft", "ok")}  # fmt: skip


def _inset(cell: QRectF) -> QRectF:
    gap = 1.0 if cell.width() > 6 else 0.0
    return cell.adjusted(gap, 0, -gap, 0)


def _paint_cells(
    painter: QPainter, axis: FrameAxis, symbols: tuple[str, ...], roles: tuple[str, ...], y: float
) -> None:
    painter.setFont(font("label-strong"))
    for frame in axis.shown:
        if not 0 <= frame < len(symbols):
            continue
        fill, ink = _FILLS[roles[frame]]
        cell = _inset(QRectF(axis.x(frame), y, axis.column, ROW))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(fill))
        painter.drawRoundedRect(cell, 3, 3)
        painter.setPen(color(ink))
        _paint_symbol(painter, cell, symbols[frame])


def _paint_group(painter: QPainter, axis: FrameAxis, group: Group) -> None:
    """The frames of a group, narrowing to its one symbol, which is kept or dropped."""
    wide = QRectF(axis.x(group.start), PATH_Y, axis.column * (group.end - group.start), ROW)
    merged = _symbol_cell(axis, group, MERGED_Y)
    fill, ink = _FILLS[group.role]
    if group.role != "blank":
        _paint_ribbon(painter, _inset(wide), merged, fill)
        spelled = _symbol_cell(axis, group, SPELLED_Y)
        _paint_ribbon(painter, merged, spelled, fill)
        _paint_box(painter, spelled, group.name, fill, ink)
    _paint_box(painter, merged, group.name, fill, ink)


def _symbol_cell(axis: FrameAxis, group: Group, y: float) -> QRectF:
    wanted = max(width_of(group.name, "label-strong") + 8, min(axis.column - 2, 64.0))
    width = min(wanted, axis.column * (group.end - group.start) - 2)
    middle = axis.x((group.start + group.end) / 2)
    return QRectF(middle - width / 2, y, width, ROW)


def _paint_ribbon(painter: QPainter, upper: QRectF, lower: QRectF, fill: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(fill))
    corners = [upper.bottomLeft(), upper.bottomRight(), lower.topRight(), lower.topLeft()]
    painter.drawPolygon(QPolygonF([QPointF(corner) for corner in corners]))


def _paint_box(painter: QPainter, cell: QRectF, name: str, fill: str, ink: str) -> None:
    painter.setBrush(color(fill if fill != "hover" else "surface"))
    painter.setPen(QPen(color(ink if fill != "hover" else "line2"), 1))
    painter.drawRoundedRect(cell, 4, 4)
    painter.setPen(color(ink))
    painter.setFont(font("label-strong"))
    _paint_symbol(painter, cell, name)


def _paint_symbol(painter: QPainter, cell: QRectF, symbol: str) -> None:
    if cell.width() >= min(width_of(symbol, "label-strong"), LEAST_LETTER):
        painter.drawText(cell.adjusted(-4, 0, 4, 0), Qt.AlignmentFlag.AlignCenter, symbol)
