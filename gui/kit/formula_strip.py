"""The formula strip: the loss and its gradient with the present numbers, which can be dragged and typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.explain.formula import Strip
from core.text import Text, say
from gui.kit.formula_layout import Run
from gui.kit.i18n import tr_text
from gui.kit.icons import paint_icon
from gui.kit.inline_number import HEIGHT as FIELD_HEIGHT
from gui.kit.inline_number import InlineNumber
from gui.kit.stride import DIRECTIONS, factor
from gui.kit.strip_layout import HEIGHT, PADDING, Placed, place
from gui.kit.strip_paint import distance, number_rect, paint_placed, stepped
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

REACH = 8.0  # px about a number within which the mouse takes it
THRESHOLD = 3.0
ICON = 16
EMPTY = Placed((), (), (), (), None, True)


@dataclass(frozen=True, slots=True)
class _Drag:
    run: Run
    x: float
    moved: bool = False


@final
class FormulaStrip(QWidget):
    """Paints a Strip. Numbers with a handle are underlined with dots: drag them, or double-click and type.

    Signals:
        scrubbed(str, float, str): handle, value, merge key: the user drags a number, or steps it with the arrow keys.
        typed(str, float): handle and the number typed.
        released(), cancelled(): the end of a drag or of a run of keys; Esc during a drag.
        hinted(str): what the number under the mouse does, "" for none.
    """

    scrubbed = Signal(str, float, str)
    typed = Signal(str, float)
    released = Signal()
    cancelled = Signal()
    hinted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip: Strip | None = None
        self._sentence: Text | None = None
        self._is_error = False
        self._placed = EMPTY
        self._focused = 0
        self._hovered: Run | None = None
        self._drag: _Drag | None = None
        self._runs = 0
        self._key_run = False
        self._inline = InlineNumber(self, lambda _value: True)
        self._inline.typed.connect(self._take_typed)
        self.setObjectName("strip")
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_strip(self, strip: Strip) -> None:
        """Show a formula; the focus stays on the number it was on."""
        self._strip, self._sentence = strip, None
        self._lay_out()

    def show_sentence(self, text: Text, error: bool = False) -> None:
        """Show a sentence where there is no formula."""
        self._strip, self._sentence, self._is_error = None, text, error
        self._inline.close()
        self._lay_out()

    def plain(self) -> str:
        """All of it as one line of text."""
        if self._strip:
            return self._strip.plain
        return tr_text(self._sentence) if self._sentence else ""

    def number_rects(self) -> list[tuple[str, QRectF]]:
        """The handles from left to right, each with the place of its number."""
        return [(run.num.handle, number_rect(run)) for run in self._placed.numbers if run.num and run.num.handle]

    def is_whole(self) -> bool:
        """Whether nothing is left out for want of width."""
        return self._placed.whole

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        painter.fillRect(0, HEIGHT - 1, self.width(), 1, color("line"))
        if self._sentence:
            self._paint_sentence(painter)
        else:
            focused = self._placed.numbers[self._focused] if self.hasFocus() and self._placed.numbers else None
            paint_placed(painter, self._placed, focused, self._hovered)

    def _paint_sentence(self, painter: QPainter) -> None:
        left = PADDING
        if self._is_error:
            paint_icon(painter, "error", QRectF(left, (HEIGHT - ICON) / 2, ICON, ICON), "err")
            left += ICON + 8
        painter.setFont(font("body"))
        painter.setPen(color("err" if self._is_error else "text3"))
        room = self.width() - left - PADDING
        words = QFontMetricsF(font("body")).elidedText(self.plain(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 0, room, HEIGHT - 1), Qt.AlignmentFlag.AlignVCenter, words)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._lay_out()
        elif event.type() is QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        run = self._run_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or run is None:
            super().mousePressEvent(event)
            return
        self._focused = self._placed.numbers.index(run)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drag = _Drag(run, event.position().x())
        self._focus_moved()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            self._hover(self._run_at(event.position()))
        else:
            self._scrub_to(event.position().x(), event.modifiers())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        drag, self._drag = self._drag, None
        if drag and drag.moved:
            self._end_run()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        run = self._run_at(event.position())
        if run and event.button() is Qt.MouseButton.LeftButton:
            self._open_editor(run)

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.plain())
        elif event.key() == Qt.Key.Key_Escape and self._drag:
            self._cancel_drag()
        elif self._placed.numbers and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open_editor(self._placed.numbers[self._focused])
        elif self._placed.numbers and event.key() in DIRECTIONS:
            self._step(DIRECTIONS[Qt.Key(event.key())], event.modifiers())
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._key_run and not event.isAutoRepeat():
            self._end_run()
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        index = self._focused + (1 if forward else -1)
        if self._inline.editor is None and 0 <= index < len(self._placed.numbers):
            self._focused = index
            self._focus_moved()
            return True
        return super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() is Qt.FocusReason.TabFocusReason:
            self._focused = 0
        elif event.reason() is Qt.FocusReason.BacktabFocusReason:
            self._focused = max(len(self._placed.numbers) - 1, 0)
        self._focus_moved()
        super().focusInEvent(event)

    def _lay_out(self) -> None:
        self._placed = place(self._strip, self.width()) if self._strip else EMPTY
        self._focused = min(self._focused, max(len(self._placed.numbers) - 1, 0))
        self._hovered = None
        self.setAccessibleName(self.plain())
        self._focus_moved()

    def _focus_moved(self) -> None:
        if self._placed.numbers:
            num = self._placed.numbers[self._focused].num
            assert num is not None
            self.setAccessibleDescription(f"{num.handle} {num.text}")
        self.update()

    def _take_typed(self, handle: str, value: float) -> None:
        self.typed.emit(handle, value)

    def _hover(self, run: Run | None) -> None:
        if run == self._hovered:
            return
        self._hovered = run
        self.setCursor(Qt.CursorShape.SizeHorCursor if run else Qt.CursorShape.ArrowCursor)
        drag = say(
            "kit", "Drag ↔ to change {name}, double-click to type", name=run.num.handle if run and run.num else ""
        )
        self.hinted.emit(tr_text(drag) if run else "")
        self.update()

    def _run_at(self, point: QPointF) -> Run | None:
        near = [(gap, run.x, run) for run in self._placed.numbers if (gap := distance(run, point)) <= REACH]
        return min(near)[2] if near else None

    def _scrub_to(self, x: float, modifiers: Qt.KeyboardModifier) -> None:
        assert self._drag is not None
        num = self._drag.run.num
        assert num is not None
        assert num.handle is not None
        dx = x - self._drag.x
        if num.value - num.value != 0 or (not self._drag.moved and abs(dx) < THRESHOLD):
            return
        self._drag = _Drag(self._drag.run, self._drag.x, moved=True)
        steps = dx / (1 if "." in num.text else 10)
        self.scrubbed.emit(
            num.handle, stepped(num.value, num.text, steps * factor(modifiers)), self._run_key(num.handle)
        )

    def _step(self, direction: int, modifiers: Qt.KeyboardModifier) -> None:
        num = self._placed.numbers[self._focused].num
        assert num is not None
        assert num.handle is not None
        if num.value - num.value == 0:
            self._key_run = True
            value = stepped(num.value, num.text, direction * factor(modifiers))
            self.scrubbed.emit(num.handle, value, self._run_key(num.handle))

    def _run_key(self, handle: str) -> str:
        return f"strip-{handle}-{self._runs}"

    def _end_run(self) -> None:
        self._runs += 1
        self._key_run = False
        self.released.emit()

    def _cancel_drag(self) -> None:
        moved = self._drag is not None and self._drag.moved
        self._drag = None
        self._runs += 1
        if moved:
            self.cancelled.emit()

    def _open_editor(self, run: Run) -> None:
        num = run.num
        assert num is not None
        assert num.handle is not None
        width = max(round(run.width) + 24, 72)
        middle = number_rect(run).center()
        place = QRect(round(middle.x()) - width // 2, round(middle.y()) - FIELD_HEIGHT // 2, width, FIELD_HEIGHT)
        whole = "." not in num.text and float(num.value).is_integer()
        self._inline.open(num.handle, num.value, place, num.handle, digits=2, whole=whole)
