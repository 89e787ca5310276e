"""The painting of a confusion matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from core.text import say
from gui.kit.confusion_matrix_layout import LEFT, RECALL, TOP
from gui.kit.i18n import tr_text
from gui.kit.numbers import percent
from gui.kit.plot_text import INDENT, paint_title, width_of
from gui.kit.row_delegate import CHIP, paint_chip
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from gui.kit.confusion_matrix_figure import ConfusionMatrixFigure
    from gui.kit.confusion_matrix_layout import ConfusionMatrixLayout

FULLEST = 0.6  # opacity of a cell that holds its whole row: numbers stay legible on it
LOWEST = 11.0  # px of a row in which something can be written
PREDICTED = say("kit", "predicted →")
TARGET = say("kit", "target ↓")
RIGHT = say("kit", "right")


def paint_confusion_matrix(
    painter: QPainter,
    figure: ConfusionMatrixFigure,
    places: ConfusionMatrixLayout,
    current: tuple[int, int] | None,
) -> None:
    """Title, names, cells; a ring around the primary row's cell, the chosen one and the `current` one."""
    paint_title(painter, figure.title, figure.caption, "text", 20, LEFT + places.count * places.wide)
    _paint_names(painter, figure, places)
    for row in range(places.count):
        for column in range(places.count):
            _paint_cell(painter, figure, places, row, column)
        _paint_recall(painter, figure, places, row)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for cell, role, wide in ((figure.primary, "ink", 1.2), (figure.chosen, "accent", 1.5), (current, "accent", 2.0)):
        if cell is not None:
            painter.setPen(QPen(color(role), wide))
            painter.drawRect(places.cell(*cell).adjusted(0.5, 0.5, -1.5, -1.5))


def _paint_names(painter: QPainter, figure: ConfusionMatrixFigure, places: ConfusionMatrixLayout) -> None:
    painter.setFont(font("caption"))
    painter.setPen(color("text3"))
    painter.drawText(QPointF(INDENT, TOP - 8), f"{tr_text(TARGET)}  {tr_text(PREDICTED)}")
    for place, name in enumerate(figure.names):
        above = QRectF(places.cell(0, place).left(), TOP - 22, places.wide, CHIP)
        if places.wide >= CHIP:
            _paint_name(painter, figure.classes[place], "" if figure.classes[place] >= 0 else name, above, middle=True)
        if places.high >= LOWEST:
            beside = QRectF(INDENT, places.cell(place, 0).top(), LEFT - INDENT - 8, places.high)
            _paint_name(painter, figure.classes[place], name, beside, middle=False)


def _paint_name(painter: QPainter, index: int, name: str, place: QRectF, *, middle: bool) -> None:
    """A chip with the index and the name behind it; where there is no room for a chip the index alone."""
    words, left = name, place.left()
    if index >= 0 and place.height() >= CHIP - 2:
        left = place.center().x() - CHIP / 2 if middle else place.left()
        paint_chip(painter, place, left, index)
        left += CHIP + 6
    elif index >= 0:
        words = f"{index} {name}".strip()
    painter.setFont(font("tick"))
    painter.setPen(color("text2"))
    room = QRectF(left, place.top(), place.right() - left, place.height())
    shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    across = Qt.AlignmentFlag.AlignHCenter if middle and index < 0 else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | across, shown)


def _paint_cell(
    painter: QPainter, figure: ConfusionMatrixFigure, places: ConfusionMatrixLayout, row: int, column: int
) -> None:
    cell, count = places.cell(row, column), int(figure.counts[row, column])
    inside = cell.adjusted(0, 0, -1, -1)
    painter.fillRect(inside, color("hover"))
    if not count:
        return
    role = "target" if row == column else "err"
    painter.fillRect(inside, color(role, max(FULLEST * float(figure.shares[row, column]), 0.06)))
    if cell.height() >= LOWEST and width_of(str(count), "tick") <= cell.width() - 2:
        painter.setFont(font("tick"))
        painter.setPen(color("text"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, str(count))


def _paint_recall(painter: QPainter, figure: ConfusionMatrixFigure, places: ConfusionMatrixLayout, row: int) -> None:
    """How much of a class is right, behind its row."""
    last = places.cell(row, places.count - 1)
    if figure.classes[row] < 0 or places.high < LOWEST or not figure.counts[row].sum():
        return
    painter.setFont(font("tick"))
    painter.setPen(color("text2"))
    words = f"{percent(float(figure.shares[row, row]), 0)} {tr_text(RIGHT)}"
    room = QRectF(last.right() + 8, last.top(), RECALL - 8, last.height())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
