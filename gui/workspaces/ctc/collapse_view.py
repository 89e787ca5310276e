"""The collapse strip with what it comes to, and the paths to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.text import say
from gui.kit.collapse_strip import CollapseStrip
from gui.kit.frame_axis import GUTTER, RIGHT_PAD
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.style_sheet import restyle
from gui.kit.theme import font
from gui.workspaces.ctc import collapse_edits

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLabel

    from core.ctc.sequence import Sequence
    from gui.workspaces.ctc.compute_collapse import CollapseResult
    from gui.workspaces.ctc.present_collapse import CollapseModel

FOOT, SPACING = 30, 8
LEAST = 72.0  # px for a text that is read or meant, however little room there is


@final
class CollapseView(QWidget):
    """Signals: state_edited(Edit[CTCState]), released(), hinted(str)."""

    state_edited = Signal(object)
    released = Signal()
    hinted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sequence: Sequence | None = None
        self._result: CollapseResult | None = None
        self._model: CollapseModel | None = None
        self._runs = 0
        self.strip = CollapseStrip()
        self._caption = label("section")
        self.read, self.target = label("body-strong"), label("body-strong", "target")
        self._target_caption = label("label", "text2")
        self.verdict, self.path = label("label-strong"), label("label", "text2")
        self.best, self.greedy = QPushButton(), QPushButton()
        self._lay_out()
        self._connect()
        self._retranslate()

    def draw(self, sequence: Sequence, result: CollapseResult, model: CollapseModel) -> None:
        """Show a path."""
        self._sequence, self._result, self._model = sequence, result, model
        self.strip.show_figure(model.figure)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def _say(self) -> None:
        model = self._model
        if model is None:
            return
        self.best.setEnabled(model.can_start_from_best)
        self.greedy.setEnabled(model.can_start_from_greedy)
        fixed = (self._caption, self._target_caption, self.best, self.greedy)
        room = self.width() - 16 - RIGHT_PAD - SPACING * 8 - sum(widget.sizeHint().width() for widget in fixed)
        told = (
            (self.verdict, tr_text(model.verdict), model.verdict_role),
            (self.path, tr_text(model.path), model.path_role),
            (self.read, model.read, ""),
            (self.target, model.target, "target"),
        )
        wanted = [_width(place, words) for place, words, _ in told]
        for (place, words, role), width in zip(told, shared(room, wanted), strict=True):
            _show(place, words, role, width)

    def _cycle(self, frame: int, step: int) -> None:
        order = self._symbols()
        present = int(self._path()[frame])
        place = order.index(present) if present in order else -step
        self._write(frame, order[(place + step) % len(order)])

    def _type(self, frame: int, text: str) -> None:
        """The symbol of that name, or the next one that begins like it."""
        assert self._sequence is not None
        names = self._sequence.names
        exact = [c for c, name in enumerate(names) if name == text or (text == "␣" and name == " ")]
        fitting = exact or [c for c, name in enumerate(names) if name.startswith(text)]
        if not fitting:
            self.hinted.emit(tr_text(say("ctc", "“{symbol}” begins no symbol of the alphabet", symbol=text)))
            return
        present = int(self._path()[frame])
        place = fitting.index(present) + 1 if present in fitting and not exact else 0
        self._write(frame, fitting[place % len(fitting)])
        if exact:
            self.strip.step_caret()

    def _blank(self, frame: int) -> None:
        assert self._sequence is not None
        self._write(frame, self._sequence.blank)

    def _write(self, frame: int, cls: int) -> None:
        self.state_edited.emit(collapse_edits.set_symbol(self._path(), frame, cls, f"path-{self._runs}"))

    def _path(self) -> tuple[int, ...]:
        assert self._result is not None
        return tuple(int(cls) for cls in self._result.path)

    def _symbols(self) -> list[int]:
        """What a click goes through: the blank, the target's symbols, and what greedy reads."""
        assert self._sequence is not None
        assert self._result is not None
        classes = [self._sequence.blank, *self._sequence.labels.tolist(), *self._result.greedy.tolist()]
        return list(dict.fromkeys(classes))

    def _start_from_best(self) -> None:
        self.state_edited.emit(collapse_edits.show_best())

    def _start_from_greedy(self) -> None:
        assert self._result is not None
        self.state_edited.emit(collapse_edits.start_from(tuple(int(cls) for cls in self._result.greedy)))

    def _end(self) -> None:
        self._runs += 1
        self.released.emit()

    def _hint(self, inside: bool) -> None:
        hint = say("ctc", "Click a frame for its next symbol, Shift for the one before · arrows, or type")
        self.hinted.emit(tr_text(hint) if inside else "")

    def _connect(self) -> None:
        self.strip.cycled.connect(self._cycle)
        self.strip.typed.connect(self._type)
        self.strip.blanked.connect(self._blank)
        self.strip.ended.connect(self._end)
        self.strip.hovered.connect(self._hint)
        self.best.clicked.connect(self._start_from_best)
        self.greedy.clicked.connect(self._start_from_greedy)

    def _lay_out(self) -> None:
        foot = QWidget()
        foot.setFixedHeight(FOOT)
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 0, round(RIGHT_PAD), 4)
        line.setSpacing(SPACING)
        self._caption.setFixedWidth(round(GUTTER) - 16 - 8)
        for widget in (self._caption, self.read, self._target_caption, self.target, self.verdict):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self.path)
        for button in (self.best, self.greedy):
            button.setProperty("pill", "true")
            button.setFont(font("label"))
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(foot)

    def _retranslate(self) -> None:
        self._caption.setText(self.tr("decoded"))
        self._target_caption.setText(self.tr("target"))
        self.best.setText(self.tr("best path"))
        self.best.setToolTip(self.tr("Start again from the best path"))
        self.greedy.setText(self.tr("greedy"))
        self.greedy.setToolTip(self.tr("Start from the class that wins each frame"))
        self._say()


def shared(room: float, wanted: list[float]) -> list[float]:
    """Room for four texts: the remarks come first, what is read and meant may be cut to LEAST and share the rest."""
    verdict, path, read, target = wanted
    remarks = verdict + path
    kept = min(read, LEAST) + min(target, LEAST)
    squeeze = min(1.0, max(room - kept, 0.0) / remarks) if remarks else 1.0
    left = room - remarks * squeeze
    half = max(left / 2, left - read if read < left / 2 else left - target if target < left / 2 else 0.0)
    return [verdict * squeeze, path * squeeze, min(read, half), min(target, half)]


def _width(place: QLabel, words: str) -> float:
    return QFontMetricsF(place.font()).horizontalAdvance(words) + 2


def _show(place: QLabel, words: str, role: str, room: float) -> None:
    """Words cut to `room` in px, whole as a tooltip."""
    metrics = QFontMetricsF(place.font())
    place.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))
    place.setToolTip(words)
    if (place.property("role") or "") != role:
        place.setProperty("role", role)
        restyle(place)
