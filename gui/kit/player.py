"""A player over frames: buttons in the gutter, a playhead on the frame grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from core.text import say
from gui.kit.frame_axis import GUTTER, FrameAxis, whole_axis
from gui.kit.i18n import tr_text
from gui.kit.icons import icon
from gui.kit.lattice_frames import paint_playhead
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from gui.kit.player_figure import PlayerFigure

Move = Literal["first", "previous", "next", "last"]
HEIGHT = 46
BUTTON = QSize(20, 24)
LINE, NUMBERS = 15.0, 26.0  # y of the track, top of the frame numbers
KNOB, HALO = 8.0, 15.0
LEAST_GAP = 34.0  # px between two frame numbers
ROUND_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
DEFAULT_SPEED = 4.0  # steps a second


@final
class Player(QWidget):
    """Signals: asked(Move): a button or the clock; began(), moved(int), ended(), cancelled(): a drag; hovered(bool)."""

    asked = Signal(str)
    began = Signal()
    moved = Signal(int)
    ended = Signal()
    cancelled = Signal()
    hovered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: PlayerFigure | None = None
        self._axis: FrameAxis | None = None
        self._dragging = False
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._tick)
        self.set_speed(DEFAULT_SPEED)
        self.buttons: dict[str, QToolButton] = {}
        for name in ("first", "prev", "play", "next", "last"):
            self.buttons[name] = self._button(name)
        self._connect()
        self.setFixedHeight(HEIGHT)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    @property
    def is_playing(self) -> bool:
        """Whether the clock runs."""
        return self._clock.isActive()

    def show_figure(self, figure: PlayerFigure) -> None:
        """Show where the playhead stands; at the end the clock stops."""
        self._figure = figure
        self.setAccessibleName(tr_text(figure.name))
        for name, off in (("first", figure.at_start), ("prev", figure.at_start), ("next", figure.at_end),
                          ("last", figure.at_end)):  # fmt: skip
            self.buttons[name].setEnabled(not off)
        if figure.at_end:
            self.stop()
        self.update()

    def show_axis(self, axis: FrameAxis | None) -> None:
        """Stand over these frames; None for all of them."""
        self._axis = axis
        self._place_buttons()
        self.update()

    def set_speed(self, steps_a_second: float) -> None:
        """How fast it plays."""
        self._clock.setInterval(round(1000 / steps_a_second))

    def play(self) -> None:
        """Start the clock, at the beginning if the end was reached."""
        assert self._figure is not None
        if self._figure.at_end:
            self.asked.emit("first")
        self._clock.start()
        self._show_clock()

    def stop(self) -> None:
        """Stop the clock."""
        self._clock.stop()
        self._show_clock()

    def toggle(self) -> None:
        """Play, or stop."""
        if self.is_playing:
            self.stop()
        else:
            self.play()

    def playhead(self) -> QPointF:
        """The middle of the knob."""
        assert self._figure is not None
        return self.place_of(self._figure.frame)

    def place_of(self, frame: int) -> QPointF:
        """The middle of a frame on the track."""
        return QPointF(self._frame_axis().x(frame + 0.5), LINE)

    def sizeHint(self) -> QSize:
        return QSize(916, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axis, knob = self._frame_axis(), self.playhead()
        paint_playhead(painter, axis, self._figure.frame, 0, self.height())
        painter.setPen(QPen(color("line2"), 3))
        painter.drawLine(QPointF(axis.left, LINE), QPointF(axis.right, LINE))
        here = min(max(knob.x(), axis.left), axis.right)
        painter.setPen(QPen(color("accent"), 3))
        painter.drawLine(QPointF(axis.left, LINE), QPointF(here, LINE))
        self._paint_numbers(painter, axis)
        if axis.left <= knob.x() <= axis.right:
            self._paint_knob(painter, knob)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_on_track(event.position()):
            self._dragging = True
            self.stop()
            self.began.emit()
            self._move_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move_to(event.position())
        else:
            inside = self._is_on_track(event.position())
            self.setCursor(Qt.CursorShape.SizeHorCursor if inside else Qt.CursorShape.ArrowCursor)
            self.hovered.emit(inside)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._dragging:
            self._dragging = False
            self.ended.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._dragging = False
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(False)
        super().leaveEvent(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place_buttons()

    def _place_buttons(self) -> None:
        gutter = self._axis.left if self._axis is not None else GUTTER
        left = round(gutter) - 8 - BUTTON.width() * len(self.buttons)
        for index, button in enumerate(self.buttons.values()):
            button.move(left + index * BUTTON.width(), round(LINE) - BUTTON.height() // 2)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _frame_axis(self) -> FrameAxis:
        assert self._figure is not None
        return self._axis or whole_axis(self._figure.frames, self.width())

    def _is_on_track(self, at: QPointF) -> bool:
        if self._figure is None:
            return False
        axis = self._frame_axis()
        return axis.left - KNOB <= at.x() <= axis.right + KNOB

    def _move_to(self, at: QPointF) -> None:
        assert self._figure is not None
        axis = self._frame_axis()
        shown = axis.shown
        frame = min(max(axis.frame_at(at.x()), shown.start), shown.stop - 1, self._figure.frames - 1)
        self.moved.emit(max(frame, 0))

    def _tick(self) -> None:
        self.asked.emit("next")

    def _paint_knob(self, painter: QPainter, knob: QPointF) -> None:
        if self.hasFocus() or self._dragging:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent", 0.16))
            painter.drawEllipse(knob, HALO, HALO)
        painter.setPen(QPen(color("accent"), 2))
        painter.setBrush(color("surface"))
        painter.drawEllipse(knob, KNOB, KNOB)

    def _paint_numbers(self, painter: QPainter, axis: FrameAxis) -> None:
        """Frame numbers at a round step, those too close to the playhead's own left out."""
        assert self._figure is not None
        here = self._figure.frame
        step = next((s for s in ROUND_STEPS if s * axis.column >= LEAST_GAP), ROUND_STEPS[-1])
        painter.setFont(font("tick"))
        painter.setPen(color("text3"))
        for frame in axis.shown:
            x = axis.x(frame + 0.5)
            clear = abs(x - axis.x(here + 0.5)) >= LEAST_GAP * 0.75 or frame == here
            if frame % step == 0 and frame != here and clear and axis.left <= x <= axis.right:
                _paint_number(painter, x, frame)
        if here in axis.shown:
            painter.setFont(font("label-strong"))
            painter.setPen(color("accent"))
            _paint_number(painter, axis.x(here + 0.5), here)

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("tight", "true")
        button.setIcon(icon(name))
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(BUTTON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _connect(self) -> None:
        moves: dict[str, Move] = {"first": "first", "prev": "previous", "next": "next", "last": "last"}
        for name, move in moves.items():
            self.buttons[name].setProperty("move", move)
            self.buttons[name].clicked.connect(self._ask)
        self.buttons["play"].clicked.connect(self.toggle)

    def _ask(self) -> None:
        self.stop()
        self.asked.emit(self.sender().property("move"))

    def _show_clock(self) -> None:
        self.buttons["play"].setIcon(icon("pause" if self.is_playing else "play"))
        self._retranslate()

    def _retranslate(self) -> None:
        playing = say("kit", "Stop (Space)") if self.is_playing else say("kit", "Play (Space)")
        words = {"first": say("kit", "To the first (Home)"), "prev": say("kit", "Back (,)"), "play": playing,
                 "next": say("kit", "On (.)"), "last": say("kit", "To the last (End)")}  # fmt: skip
        for name, text in words.items():
            self.buttons[name].setToolTip(tr_text(text))
            self.buttons[name].setAccessibleName(tr_text(text))


def _paint_number(painter: QPainter, x: float, frame: int) -> None:
    painter.drawText(QRectF(x - 24, NUMBERS, 48, 16), Qt.AlignmentFlag.AlignCenter, str(frame))
