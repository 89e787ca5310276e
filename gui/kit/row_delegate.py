"""How one row of a batch is painted: index, picture, target and prediction, loss with its bar."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.kit.images import ink_image
from gui.kit.numbers import loss4
from gui.kit.theme import color, font, theme

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from gui.row_model import RowListModel

ROW = 28
PADDING = 16
PICTURE = 20
CHIP = 18
ARROW = 14
LOSS_WIDTH = 64
GAP = 8
ROW_NUMBER = Qt.ItemDataRole.UserRole


@final
class RowDelegate(QStyledItemDelegate):
    """Paints from the model of the whole list, so that a list of a million rows holds no objects of its own."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._model: RowListModel | None = None
        self._largest = 0.0
        self._full = 1.0
        self._loaded: int | None = None

    def show_model(self, model: RowListModel) -> None:
        """Paint rows of this batch from now on."""
        self._model = model
        self._largest = model.largest
        self._full = 1.0 if model.pictures is None else float(model.pictures.max(initial=0)) or 1.0

    def show_loaded(self, row: int | None) -> None:
        """Mark the row that Explore has loaded."""
        self._loaded = row

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = self._model
        if model is None:
            return
        row: int = index.data(ROW_NUMBER)
        rect = QRectF(option.rect)  # type: ignore[attr-defined] the stubs lack the fields of style options
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, row, state)
        inside = rect.adjusted(PADDING, 0, -PADDING, 0)
        left = self._paint_label(painter, inside, model, row)
        left = self._paint_picture(painter, inside, left, model, row)
        _paint_chips(painter, inside, left, model, row)
        self._paint_loss(painter, inside, float(model.losses[row]))
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRectF, row: int, state: QStyle.StateFlag) -> None:
        loaded = row == self._loaded
        if loaded or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, color("soft" if loaded else "hover"))
        if loaded:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), color("accent"))
        focused = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_Active
        if state & QStyle.StateFlag.State_HasFocus and state & focused:
            painter.setPen(QPen(color("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(4, 1, -4, -1), 4, 4)

    def _paint_label(self, painter: QPainter, rect: QRectF, model: RowListModel, row: int) -> float:
        painter.setFont(font("label"))
        painter.setPen(color("text2"))
        words = model.label(row)
        widest = painter.fontMetrics().horizontalAdvance(model.label(max(model.count - 1, 0)))
        width = max(widest, painter.fontMetrics().horizontalAdvance(words))
        painter.drawText(QRectF(rect.left(), rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, words)
        return rect.left() + width + GAP

    def _paint_picture(self, painter: QPainter, rect: QRectF, left: float, model: RowListModel, row: int) -> float:
        if model.pictures is None:
            return left
        place = QRectF(left, rect.center().y() - PICTURE / 2, PICTURE, PICTURE)
        painter.drawImage(place, ink_image(model.pictures[row], self._full))
        return left + PICTURE + GAP

    def _paint_loss(self, painter: QPainter, rect: QRectF, loss: float) -> None:
        finite = math.isfinite(loss)
        painter.setFont(font("label"))
        painter.setPen(color("text" if finite else "err"))
        place = QRectF(rect.right() - LOSS_WIDTH, rect.top(), LOSS_WIDTH, rect.height() - 5)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, loss4(loss))
        share = min(max(loss / self._largest, 0.0), 1.0) if finite and self._largest > 0 else float(loss == math.inf)
        bar = QRectF(rect.right() - LOSS_WIDTH, rect.bottom() - 6, share * LOSS_WIDTH, 3)
        painter.fillRect(bar, color("loss" if finite else "err"))


def _paint_chips(painter: QPainter, rect: QRectF, left: float, model: RowListModel, row: int) -> None:
    """The target, and behind an arrow what the model says, if that is known."""
    if model.target is None or model.target[row] < 0:
        return
    paint_chip(painter, rect, left, int(model.target[row]))
    if model.predicted is None or model.predicted[row] < 0:
        return
    arrow = QRectF(left + CHIP, rect.top(), ARROW, rect.height())
    painter.setPen(color("text3"))
    painter.drawText(arrow, Qt.AlignmentFlag.AlignCenter, "→")
    paint_chip(painter, rect, left + CHIP + ARROW, int(model.predicted[row]))


def paint_chip(painter: QPainter, rect: QRectF, left: float, number: int) -> None:
    """A class by its index on its colour, at `left`, in the middle of `rect`."""
    hues = theme().classes
    hue = QColor(hues[number]) if number < len(hues) else color("ctl")
    place = QRectF(left, rect.center().y() - CHIP / 2, CHIP, CHIP)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(hue)
    painter.drawRoundedRect(place, 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor("#000000") if luminance(hue) > 0.18 else QColor("#FFFFFF"))
    painter.setFont(font("label-strong" if number < 100 else "tick"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))


def luminance(hue: QColor) -> float:
    """Relative luminance (WCAG 2): above 0.18 black contrasts more than white."""
    shares = (hue.redF(), hue.greenF(), hue.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
