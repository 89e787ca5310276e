"""Formulas one under the other, each with the condition under which it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.about.notation import plain
from gui.kit.formula_layout import Box, atoms, face_font, row_box
from gui.kit.i18n import tr_text
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from core.about import Line

HEIGHT = 30
GAP = 24
SMALL_HEIGHT = 20


@dataclass(frozen=True, slots=True)
class _Placed:
    """`top` and `base` of a line; the condition begins at `x` of the line whose middle is at `middle`."""

    box: Box
    base: float
    words: str
    x: float
    middle: float


@final
class FormulaLines(QWidget):
    """Conditions stand in one column right of the formulas; one that does not fit stands under its formula."""

    def __init__(self, lines: tuple[Line, ...], width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._wide = lines, width
        self._placed: tuple[_Placed, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(self._wide, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for line in self._placed:
            for run in line.box.runs:
                painter.setFont(face_font(run.face, run.level))
                painter.setPen(color(run.role))
                painter.drawText(QPointF(run.x, line.base + run.y), run.text)
            for x, y, width in line.box.bars:
                painter.fillRect(QRectF(x, round(line.base + y), width, 1), color("text"))
            painter.setFont(font("label"))
            painter.setPen(color("text2"))
            rect = QRectF(line.x, line.middle - SMALL_HEIGHT / 2, self.width() - line.x, SMALL_HEIGHT)
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, line.words)

    def _lay_out(self) -> None:
        boxes = [row_box(atoms(line.formula)) for line in self._lines]
        words = [tr_text(line.condition) if line.condition else "" for line in self._lines]
        metrics = QFontMetricsF(font("label"))
        fits = [
            box.width + GAP + metrics.horizontalAdvance(said) <= self._wide
            for box, said in zip(boxes, words, strict=True)
        ]
        widest = max((metrics.horizontalAdvance(said) for said in words), default=0.0)
        column = max((box.width for box, said in zip(boxes, words, strict=True) if said), default=0.0) + GAP
        in_column = column + widest <= self._wide
        placed: list[_Placed] = []
        top = 0.0
        for box, said, alongside in zip(boxes, words, fits, strict=True):
            base = top + HEIGHT / 2 + (box.ascent - box.descent) / 2
            if alongside or not said:
                placed.append(_Placed(box, base, said, column if in_column else box.width + GAP, top + HEIGHT / 2))
            else:
                placed.append(_Placed(box, base, said, GAP, top + HEIGHT + SMALL_HEIGHT / 2 - 3))
                top += SMALL_HEIGHT
            top += HEIGHT
        self._placed = tuple(placed)
        self.setFixedHeight(round(top))
        self.setAccessibleName("\n".join(lines_text(self._lines)))
        self.update()


def lines_text(lines: tuple[Line, ...]) -> list[str]:
    """Formulas and their conditions as text, a line each."""
    return [plain(line.formula) + (f"    {tr_text(line.condition)}" if line.condition else "") for line in lines]
