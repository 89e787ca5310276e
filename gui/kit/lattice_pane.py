"""Picture, emissions and lattice, one above the other over one frame axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gui.kit.emission_rows import EmissionRows, height_for
from gui.kit.emission_source import SourcePicture
from gui.kit.frame_axis import GUTTER, RIGHT_PAD, FrameAxis
from gui.kit.i18n import tr_text
from gui.kit.lattice_legend import paint_legend_across
from gui.kit.lattice_plot import LatticePlot
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from gui.kit.lattice_figures import StackFigure

HEADER = 22.0
PICTURE, SMALL_PICTURE = 62.0, 40.0
LOW = 440  # px of height below which the picture is small
EMISSION_SHARE = 0.34  # of the height that the emissions may take
WINDOW_ROW = 13.0  # px of a row of emissions over a window on a long lattice
LEAST_LATTICE = 120.0


@final
class LatticePane(QWidget):
    """Signals: began(), moved(int), ended(), cancelled(): a drag of the playhead anywhere on the frames."""

    began = Signal()
    moved = Signal(int)
    ended = Signal()
    cancelled = Signal()

    def __init__(self, gutter: float = GUTTER, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack: StackFigure | None = None
        self._gutter, self._right, self._frames = gutter, RIGHT_PAD, 0
        self.source = SourcePicture(self)
        self.emission = EmissionRows(self)
        self.lattice = LatticePlot(self)
        for part in (self.source, self.emission, self.lattice):
            part.began.connect(self.began)
            part.moved.connect(self.moved)
            part.ended.connect(self.ended)
            part.cancelled.connect(self.cancelled)

    @property
    def axis(self) -> FrameAxis:
        """Where the frames stand."""
        first, last = (0, 1) if self._stack is None else (self._stack.first, self._stack.last)
        right = max(self.width() - self._right, self._gutter + 1.0)
        return FrameAxis(float(first), float(max(last, first + 1)), self._gutter, right)

    @property
    def is_dragging(self) -> bool:
        """Whether the playhead is held."""
        return any(part.is_dragging for part in (self.source, self.emission, self.lattice))

    def set_margins(self, gutter: float, right: float) -> None:
        """Leave so much free on either side of the frames."""
        self._gutter, self._right = gutter, right

    def draw(self, stack: StackFigure, frames: int) -> None:
        """Show a stack; the frames before `frames` can be chosen."""
        self._stack, self._frames = stack, frames
        self._arrange()

    def cancel(self) -> None:
        """Give the playhead back to where the drag began."""
        for part in (self.source, self.emission, self.lattice):
            if part.is_dragging:
                part.cancel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._stack is None or self._stack.header is None:
            return
        painter = QPainter(self)
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        painter.drawText(QPointF(self._gutter, 15), tr_text(self._stack.header))
        legend = self._stack.lattice.legend
        if legend is not None:
            paint_legend_across(painter, legend, self.width() - self._right, 11)
        if self._stack.emission.caption is not None:
            painter.setPen(color("grad"))
            words = tr_text(self._stack.emission.caption)
            painter.drawText(QRectF(self._gutter, 2, self.width() - self._gutter - self._right - 140, 18),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)  # fmt: skip

    def cells_area(self) -> QRectF:
        """Where the cells stand, in the coordinates of the pane."""
        lattice, axis = self.lattice.geometry(), self.axis
        return QRectF(axis.left, lattice.top(), axis.right - axis.left, lattice.height())

    def _arrange(self) -> None:
        if self._stack is None:
            return
        stack, axis, y = self._stack, self.axis, 0.0
        if stack.header is not None:
            y += HEADER
        self.source.setVisible(stack.source is not None)
        if stack.source is not None:
            high = SMALL_PICTURE if self.height() < LOW else PICTURE
            self.source.setGeometry(0, round(y), self.width(), round(high))
            y += high
        rows = len(stack.emission.rows)
        share = EMISSION_SHARE * self.height() if stack.header is None else rows * WINDOW_ROW
        room = max(min(share, self.height() - y - LEAST_LATTICE), 0.0)
        high = height_for(rows, room, bool(stack.emission.sums))
        self.emission.setGeometry(0, round(y), self.width(), round(high))
        y += high
        self.lattice.setGeometry(0, round(y), self.width(), max(self.height() - round(y), 40))
        for part in (self.source, self.emission, self.lattice):
            part.draw(stack, axis, self._frames)
        self.update()
