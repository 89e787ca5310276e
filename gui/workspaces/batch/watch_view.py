"""The foot of the Batch page while a folder is watched: what was found, buttons, timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.text import say
from gui.kit.elided_label import ElidedLabel
from gui.kit.hover_card import HoverCard
from gui.kit.i18n import tr_text
from gui.kit.icons import icon
from gui.kit.label import label
from gui.kit.theme import font
from gui.kit.timeline_plot import TimelinePlot

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from core.text import Text
    from gui.kit.figures import ReadOut
    from gui.workspaces.batch.present_timeline import WatchModel

SIDE = 196
BUTTON = QSize(26, 24)
BEAT = 250  # ms between two dumps that are played
MOVES = {"first": "first", "prev": "previous", "next": "next", "last": "last"}


@final
class WatchView(QFrame):
    """Shows a WatchModel.

    Signals:
        moved(int), ended(), cancelled(): a drag of the marker, or a key: a stop is wanted.
        asked(str): first, previous, next or last, by a button or the clock.
        other_line(int): the next (1) or the previous (−1) split.
        live_chosen(bool): whether the newest dump is to be shown as it comes.
        hovered(int): the stop under the mouse, NONE for none.
        stopped(): watch no more.
        shown(bool): the line came, or went.
    """

    moved = Signal(int)
    ended = Signal()
    cancelled = Signal()
    asked = Signal(str)
    other_line = Signal(int)
    live_chosen = Signal(bool)
    hovered = Signal(int)
    stopped = Signal()
    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("watchView")
        self._model: WatchModel | None = None
        self._card: HoverCard | None = None
        self.title, self.status = label("section"), label("label", "text2", wrap=True)
        self.remarks, self.rising = ElidedLabel("label", "warn"), ElidedLabel("label", "text2")
        self.plot = TimelinePlot()
        self.buttons = {name: _tool(name) for name in ("first", "prev", "play", "next", "last")}
        self.live, self.stop = QToolButton(), _tool("x")
        self._clock = QTimer(self)
        self._clock.setInterval(BEAT)
        self._clock.timeout.connect(self._beat)
        self._lay_out()
        self._connect()
        self._retranslate()
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit(True)

    @property
    def is_playing(self) -> bool:
        """Whether the clock goes from dump to dump."""
        return self._clock.isActive()

    def show_model(self, model: WatchModel) -> None:
        """Show what is known of the place; at the last dump the clock stops."""
        self._model = model
        self.status.setText(tr_text(model.status))
        _say(self.remarks, model.remarks)
        _say(self.rising, model.rising)
        figure = model.figure
        self.plot.show_figure(figure)
        here, last = figure.marker, figure.stops.size - 1
        for name, off in (("first", here == 0), ("prev", here == 0), ("next", here == last), ("last", here == last)):
            self.buttons[name].setEnabled(last >= 0 and not off)
        self.buttons["play"].setEnabled(last > 0)
        self.live.setChecked(model.live)
        if here == last:
            self.pause()

    def show_card(self, read_out: ReadOut | None) -> None:
        """The numbers of a dump over the window, above the mouse; None takes them away."""
        if read_out is None:
            if self._card is not None:
                self._card.hide()
            return
        if self._card is None:
            self._card = HoverCard(self.window())
        at = self.plot.mapTo(self.window(), QPoint(0, 0)) + QPoint(round(self._column(read_out.x)), 0)
        self._card.show_read_out(read_out, QPointF(at))

    def toggle(self) -> None:
        """Play from dump to dump, from the first if the last is shown; or stop."""
        if self.is_playing:
            self.pause()
        elif self.buttons["play"].isEnabled():
            if not self.buttons["last"].isEnabled():
                self.asked.emit("first")
            self._clock.start()
            self._show_clock()

    def pause(self) -> None:
        """Stop the clock."""
        self._clock.stop()
        self._show_clock()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._model is not None:
                self.show_model(self._model)
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.pause()
        self.show_card(None)
        self.shown.emit(not self.isHidden())  # hidden with its page it is still there
        super().hideEvent(event)

    def _column(self, x: float) -> float:
        return float(self.plot.places().x(x))

    def _beat(self) -> None:
        self.asked.emit("next")

    def _ask(self) -> None:
        self.pause()
        self.asked.emit(self.sender().property("move"))

    def _move(self, stop: int) -> None:
        self.pause()
        self.moved.emit(stop)

    def _connect(self) -> None:
        for name, move in MOVES.items():
            self.buttons[name].setProperty("move", move)
            self.buttons[name].clicked.connect(self._ask)
        self.buttons["play"].clicked.connect(self.toggle)
        self.live.clicked.connect(self.live_chosen)
        self.stop.clicked.connect(self.stopped)
        plot = self.plot
        plot.moved.connect(self._move)
        plot.ended.connect(self.ended)
        plot.cancelled.connect(self.cancelled)
        plot.other_line.connect(self.other_line)
        plot.hovered.connect(self.hovered)
        plot.toggled.connect(self.toggle)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 8, 0, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.stop)
        column.addLayout(head)
        column.addWidget(self.status)
        column.addWidget(self.remarks)
        column.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(2)
        for button in self.buttons.values():
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.live)
        column.addLayout(line)
        right = QVBoxLayout()
        right.setContentsMargins(0, 4, 8, 0)
        right.setSpacing(0)
        right.addWidget(self.rising)
        right.addWidget(self.plot)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(side)
        row.addLayout(right, 1)
        hairline = QFrame()
        hairline.setObjectName("hairline")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(hairline)
        whole.addLayout(row)
        self.rising.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.live.setCheckable(True)
        self.live.setProperty("outlined", "true")
        self.live.setFont(font("label"))
        self.live.setProperty("tight", "true")
        self.live.setFixedHeight(BUTTON.height())
        self.live.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _show_clock(self) -> None:
        self.buttons["play"].setIcon(icon("pause" if self.is_playing else "play"))
        self._name_play()

    def _retranslate(self) -> None:
        self.title.setText(tr_text(say("timeline", "Watched dumps")))
        self.live.setText(tr_text(say("timeline", "Live")))
        self.live.setToolTip(tr_text(say("timeline", "Show the newest dump as it comes")))
        words = {
            "first": say("timeline", "To the first dump (Home)"),
            "prev": say("timeline", "One dump back (←)"),
            "next": say("timeline", "One dump on (→)"),
            "last": say("timeline", "To the last dump (End)"),
        }
        for name, text in words.items():
            _name(self.buttons[name], text)
        _name(self.stop, say("timeline", "Stop watching"))
        self._name_play()

    def _name_play(self) -> None:
        playing, still = say("timeline", "Stop (Space)"), say("timeline", "Play the dumps (Space)")
        _name(self.buttons["play"], playing if self.is_playing else still)


def _say(line: ElidedLabel, sentences: tuple[Text, ...]) -> None:
    """One after another on one line, one under another in its tooltip."""
    said = [tr_text(text) for text in sentences]
    line.show_words(" ".join(said))
    line.setToolTip("\n".join(said))
    line.setVisible(bool(said))


def _name(button: QToolButton, text: Text) -> None:
    button.setToolTip(tr_text(text))
    button.setAccessibleName(tr_text(text))


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("tight", "true")
    button.setIcon(icon(name))
    button.setIconSize(QSize(14, 14))
    button.setFixedSize(BUTTON)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
