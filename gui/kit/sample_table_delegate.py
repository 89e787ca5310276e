"""How a cell of the table of samples is painted: number over a bar, class chip, remark."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from gui.kit.icons import paint_icon
from gui.kit.images import ink_image
from gui.kit.plot_text import width_of
from gui.kit.row_delegate import paint_chip
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyleOptionViewItem

    from core.arrays import BoolArray
    from core.table.table import Column
    from gui.kit.sample_table_figure import SampleTableFigure
    from gui.kit.sample_table_model import SampleTableModel

    Index = QModelIndex | QPersistentModelIndex

ROW = 24
EDGE, PICTURE, CHIP = 16.0, 18.0, 18.0
BAR = 3.0
INSET = 8.0  # of a value from the left of its column, as the style sheet sets the headings
ROLES = {"loss": "loss", "grad": "grad", "target": "target", "plain": "ctl"}
# A doubted label, a rare class: by the place of the remark among those of its column.
REMARKS = (("error", "err", "errsoft"), ("warn", "warn", "warnsoft"))


@final
class SampleTableDelegate(QStyledItemDelegate):
    """Paints straight from the figure; holds the scale of each column's bars.

    Attributes:
        marked: (count,) rows on a ground of their own while the mouse is elsewhere on what they belong to.
    """

    def __init__(self, model: SampleTableModel) -> None:
        super().__init__(model)
        self._model = model
        self._largest: dict[str, float] = {}
        self._table: object = None
        self._full = 1.0
        self.marked: BoolArray | None = None

    def show_figure(self, figure: SampleTableFigure) -> None:
        """Bars have one scale down a column, of the whole table whatever is listed of it."""
        if figure.table is self._table:
            return
        self._table = figure.table
        self._largest = {column.key: _largest(column) for column in figure.columns if column.bar}
        self._full = 1.0 if figure.pictures is None else float(figure.pictures.max(initial=0)) or 1.0

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        figure = self._model.figure
        if figure is None:
            return
        rect = QRectF(option.rect)  # type: ignore[attr-defined] the stubs lack the fields of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        row = self._model.row_of(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, figure, row, state, first=index.column() == 0)
        if not figure.table.kept[row]:
            painter.setOpacity(0.45)
        if index.column() == 0:
            self._paint_name(painter, rect, figure, row)
        else:
            self._paint_value(painter, rect.adjusted(INSET, 0, 0, 0), self._model.columns[index.column() - 1], row)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, figure: SampleTableFigure, row: int,
                      state: QStyle.StateFlag, *, first: bool) -> None:  # fmt: skip
        if row == figure.primary or figure.is_selected(row):
            painter.fillRect(rect, color("soft"))
        elif state & QStyle.StateFlag.State_MouseOver or self._is_marked(row):
            painter.fillRect(rect, color("hover"))
        painter.setPen(QPen(color("line"), 1))
        y = rect.bottom() - 0.5
        painter.drawLine(round(rect.left()), round(y), round(rect.right()), round(y))
        if first and row == figure.primary:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), color("accent"))
        elif first and figure.is_selected(row):
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), color("ctl"))

    def _is_marked(self, row: int) -> bool:
        return self.marked is not None and row < self.marked.size and bool(self.marked[row])

    def _paint_name(self, painter: QPainter, rect: QRectF, figure: SampleTableFigure, row: int) -> None:
        pictured = figure.pictures is not None
        right = rect.right() - (PICTURE + 10 if pictured else 6)
        painter.setFont(font("label"))
        painter.setPen(color("accent" if row in figure.changed else "text2"))
        area = QRectF(rect.left() + EDGE, rect.top(), right - rect.left() - EDGE, rect.height())
        words = painter.fontMetrics().elidedText(
            figure.table.label(row), Qt.TextElideMode.ElideMiddle, int(area.width())
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        if row == figure.pinned:
            paint_icon(painter, "pin", QRectF(rect.left() + 4, rect.center().y() - 5, 10, 10), "accent")
        if figure.pictures is not None:
            place = QRectF(rect.right() - PICTURE - 4, rect.center().y() - PICTURE / 2, PICTURE, PICTURE)
            painter.drawImage(place, ink_image(figure.pictures[row], self._full))

    def _paint_value(self, painter: QPainter, rect: QRectF, column: Column, row: int) -> None:
        if column.kind == "flag":
            self._paint_remark(painter, rect, column, row)
        elif column.kind == "class":
            _paint_class(painter, rect, column, row)
        else:
            self._paint_number(painter, rect, column, row)

    def _paint_number(self, painter: QPainter, rect: QRectF, column: Column, row: int) -> None:
        value = float(column.values[row])
        finite = math.isfinite(value)
        painter.setFont(font("label"))
        painter.setPen(color("text" if finite else "err"))
        area = QRectF(rect.left(), rect.top(), rect.width() - 8, rect.height() - (5 if column.bar else 0))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, column.text(row))
        if column.bar:
            largest = self._largest.get(column.key, 0.0)
            share = min(abs(value) / largest, 1.0) if finite and largest > 0 else float(math.isinf(value))
            role = ROLES[column.role] if finite else "err"
            painter.fillRect(
                QRectF(rect.left(), rect.bottom() - BAR - 2, share * (rect.width() - 12), BAR), color(role)
            )

    def _paint_remark(self, painter: QPainter, rect: QRectF, column: Column, row: int) -> None:
        words = column.text(row)
        if not words:
            return
        icon, role, ground = REMARKS[min(int(column.values[row]), len(REMARKS) - 1)]
        place = QRectF(rect.left(), rect.top() + 3, min(width_of(words, "tick") + 30, rect.width()), ROW - 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(ground))
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        paint_icon(painter, icon, QRectF(place.left() + 6, place.center().y() - 6, 12, 12), role)
        painter.setFont(font("tick"))
        painter.setPen(color(role))
        painter.drawText(place.adjusted(22, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)


def _paint_class(painter: QPainter, rect: QRectF, column: Column, row: int) -> None:
    """A chip with the index, and the name behind it where the class has another name than its index."""
    number = int(column.values[row])
    if number < 0:
        painter.setPen(color("text3"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, "–")
        return
    paint_chip(painter, rect, rect.left(), number)
    name = column.names[number] if number < len(column.names) else ""
    room = int(rect.width() - CHIP - 12)
    if name and name != str(number) and room > 20:
        painter.setFont(font("label"))
        painter.setPen(color("text2"))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect.adjusted(CHIP + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, shown)


def _largest(column: Column) -> float:
    values = np.abs(column.values)
    finite = values[np.isfinite(values)]
    return float(finite.max()) if finite.size else 0.0
