"""A few choices side by side, one of which holds."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.kit.theme import color, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

HEIGHT = 28
PADDING = 12
MIN_PADDING = 5
EDGE = 2


@final
class Segment(QWidget):
    """One focus stop; the arrow keys move the choice.

    Signals:
        chosen(str): the key of what the user chose; never emitted by `choose`.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[tuple[str, str], ...] = ()
        self._key = ""
        self._hovered = -1
        self._title = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_choices(choices)

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these (key, label) pairs; the first is chosen if the present key is not among them."""
        self._choices = tuple(choices)
        if self._key not in self.keys() and self._choices:
            self._key = self._choices[0][0]
        self._tell()
        self.updateGeometry()
        self.update()

    def keys(self) -> tuple[str, ...]:
        """The keys offered, from left to right."""
        return tuple(key for key, _ in self._choices)

    def key(self) -> str:
        """The key of the present choice."""
        return self._key

    def choose(self, key: str) -> None:
        """Show `key` as chosen; KeyError if it is not offered."""
        if key not in self.keys():
            raise KeyError(key)
        self._key = key
        self._tell()
        self.update()

    def set_title(self, title: str) -> None:
        """What the choice is about, for the screen reader."""
        self._title = title
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(self._width_at(PADDING), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_at(MIN_PADDING), HEIGHT)

    def segment_rect(self, index: int) -> QRectF:
        """Where a segment lies; the width beyond the words is shared out evenly."""
        words = self._word_widths()
        spare = (self.width() - 2 * EDGE - sum(words)) / max(len(words), 1)
        lefts = [0.0, *accumulate(word + spare for word in words)]
        return QRectF(EDGE + lefts[index], EDGE, words[index] + spare, HEIGHT - 2 * EDGE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("hover"))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        for index, (key, label) in enumerate(self._choices):
            self._paint_segment(painter, index, label, key == self._key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position().x())
        if event.button() is Qt.MouseButton.LeftButton and index >= 0:
            self._user_chose(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._index_at(event.position().x()))

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        if step is None or not self._choices:
            super().keyPressEvent(event)
            return
        index = self.keys().index(self._key) + step
        self._user_chose(min(max(index, 0), len(self._choices) - 1))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self.update()
        super().changeEvent(event)

    def _user_chose(self, index: int) -> None:
        key = self._choices[index][0]
        if key != self._key:
            self.choose(key)
            self.chosen.emit(key)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _index_at(self, x: float) -> int:
        rects = (self.segment_rect(index) for index in range(len(self._choices)))
        return next((index for index, rect in enumerate(rects) if rect.left() <= x < rect.right()), -1)

    def _paint_segment(self, painter: QPainter, index: int, label: str, chosen: bool) -> None:
        rect = self.segment_rect(index)
        if chosen:
            focused = self.hasFocus()
            painter.setPen(QPen(color("accent" if focused else "line2"), 2 if focused else 1))
            painter.setBrush(color("raised"))
            inset = 1 if focused else 0.5
            painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 5, 5)
        role = "text" if chosen or index == self._hovered else "text2"
        painter.setPen(color(role if self.isEnabled() else "ctl"))
        painter.setFont(font("label-strong" if chosen else "label"))
        words = QFontMetricsF(painter.font()).elidedText(label, Qt.TextElideMode.ElideRight, rect.width() - 2)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    def _word_widths(self) -> list[float]:
        # The widest of both weights, so that nothing moves when another segment is chosen.
        metrics = QFontMetricsF(font("label-strong"))
        return [metrics.horizontalAdvance(label) for _, label in self._choices]

    def _width_at(self, padding: int) -> int:
        return round(sum(word + 2 * padding for word in self._word_widths()) + 2 * EDGE + 0.5)

    def _tell(self) -> None:
        label = dict(self._choices).get(self._key, "")
        self.setAccessibleName(f"{self._title}: {label}" if self._title else label)
