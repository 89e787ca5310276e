"""The player under the lattice: the playhead, and the step-through with its phases, its sentence and the guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.icons import icon
from gui.kit.label import label
from gui.kit.number_edit import NumberEdit
from gui.kit.player import Player
from gui.kit.segment import Segment
from gui.kit.style_sheet import restyle
from gui.kit.switch import Switch
from gui.kit.theme import font
from gui.workspaces.ctc import player_edits
from gui.workspaces.ctc.present_player import PHASES, PlayerModel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from gui.edit import Edit
    from gui.kit.player import Move
    from gui.workspaces.ctc.state import CTCState

SPEEDS = (1, 2, 4, 8, 16)
DEFAULT_SPEED = 4


@final
class PlayerView(QWidget):
    """Signals: state_edited(Edit[CTCState]), released(), cancelled(), hinted(str)."""

    state_edited = Signal(object)
    released = Signal()
    cancelled = Signal()
    hinted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: PlayerModel | None = None
        self._drags = 0
        self._began_at: tuple[int, int | None] | None = None
        self.player = Player()
        self.panel = QFrame()
        self._phases: dict[str, QLabel] = {phase: label("label", "text3") for phase in PHASES}
        self.sentence = label("label", "text2")
        self.by = Segment()
        self.predict = Switch()
        self._predict_caption = label("label", "text2")
        self.speed = QComboBox()
        self.close_button = QToolButton()
        self.guess = NumberEdit()
        self._guess_caption = label("label-strong", "accent")
        self.verdict = label("label-strong")
        self._lay_out()
        self._connect()
        self._retranslate()

    def draw(self, model: PlayerModel) -> None:
        """Show the playhead, and the step if there is one."""
        self._model = model
        self.player.show_figure(model.figure)
        self.panel.setVisible(model.phase is not None)
        if model.phase is None:
            return
        for phase, words in self._phases.items():
            role = "accent" if phase == model.phase else "text3"
            if words.property("role") != role:
                words.setProperty("role", role)
                words.setFont(font("label-strong" if phase == model.phase else "label"))
                restyle(words)
        self.by.choose("cell" if model.by_cell else "column")
        self.predict.setChecked(model.predict)
        self._show_guess(model)
        self.sentence.setText(tr_text(model.sentence))
        self.sentence.setToolTip(self.sentence.text())

    def ask(self, move: Move) -> None:
        """Go where a button, a key or the clock says."""
        model = self._model
        if model is None:
            return
        stepping = model.step is not None
        here, last = (model.step or 0, model.count - 1) if stepping else (model.figure.frame, model.figure.frames - 1)
        if stepping and move == "next" and model.awaits_guess:
            self.player.stop()
            self.guess.setFocus()
            return
        place = {"first": 0, "previous": here - 1, "next": here + 1, "last": last}[move]
        place = min(max(place, 0), last)
        key = "play" if self.player.is_playing else None
        if stepping:
            self._edit(player_edits.go_to_step(place, model.place_of(place), key))
        else:
            self._edit(player_edits.go_to_frame(place, model.figure.frames, key))

    def toggle_steps(self) -> None:
        """Begin the step-through, or leave it."""
        self.player.stop()
        stepping = self._model is not None and self._model.step is not None
        self._edit(player_edits.leave() if stepping else player_edits.begin())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._model is not None:
                self.draw(self._model)
        super().changeEvent(event)

    def _show_guess(self, model: PlayerModel) -> None:
        for widget in (self.guess, self._guess_caption):
            widget.setVisible(model.awaits_guess)
        self.verdict.setVisible(model.verdict is not None)
        if model.verdict is not None:
            self.verdict.setText(tr_text(model.verdict))
            self.verdict.setProperty("role", "ok" if model.is_right else "err")
            restyle(self.verdict)
        if model.awaits_guess and not self.guess.isModified():
            self.guess.clear()

    def _commit(self, value: float) -> None:
        if self._model is not None and self._model.awaits_guess:
            self._edit(player_edits.guess(float(value)))
            self.setFocus()

    def _refuse(self, _words: str) -> None:
        self.guess.mark_refused(bool(self.guess.text()))

    def _move(self, frame: int) -> None:
        assert self._model is not None
        model, key = self._model, f"playhead-{self._drags}"
        step = model.step_at(frame)
        if step is None:
            self._edit(player_edits.go_to_frame(frame, model.figure.frames, key))
        else:
            self._edit(player_edits.go_to_step(step, model.place_of(step), key))

    def _begin_drag(self) -> None:
        self._drags += 1
        self._began_at = self._place()

    def _cancel(self) -> None:
        """Back, if the drag has moved anything: else the step before it would be undone."""
        if self._place() != self._began_at:
            self.cancelled.emit()

    def _place(self) -> tuple[int, int | None] | None:
        return None if self._model is None else (self._model.figure.frame, self._model.step)

    def _choose_by(self, key: str) -> None:
        assert self._model is not None
        self._edit(player_edits.set_by_cell(key == "cell", self._model.twin))

    def _choose_speed(self) -> None:
        self.player.set_speed(cast("int", self.speed.currentData()))

    def toggle_predict(self) -> None:
        """Hide values until they are guessed, cell by cell; or show them."""
        if self._model is not None:
            self._edit(player_edits.set_predict(not self._model.predict, self._model.twin))

    def _edit(self, edit: Edit[CTCState]) -> None:
        self.state_edited.emit(edit)

    def _hint(self, inside: bool) -> None:
        hint = say("ctc", "Drag the playhead · , and . step, Shift by ten · Space plays · F10 steps through")
        self.hinted.emit(tr_text(hint) if inside else "")

    def _connect(self) -> None:
        self.player.asked.connect(self.ask)
        self.player.began.connect(self._begin_drag)
        self.player.moved.connect(self._move)
        self.player.ended.connect(self.released)
        self.player.cancelled.connect(self._cancel)
        self.player.hovered.connect(self._hint)
        self.by.chosen.connect(self._choose_by)
        self.predict.clicked.connect(self.toggle_predict)
        self.speed.activated.connect(self._choose_speed)
        self.close_button.clicked.connect(self.toggle_steps)
        self.guess.typed.connect(self._commit)
        self.guess.malformed.connect(self._refuse)

    def _lay_out(self) -> None:
        upper, lower = QHBoxLayout(), QHBoxLayout()
        for words in self._phases.values():
            upper.addWidget(words)
        upper.addStretch(1)
        for control in (self._predict_caption, self.predict, self.by, self.speed, self.close_button):
            upper.addWidget(control)
        for part in (self.sentence, self._guess_caption, self.guess, self.verdict):
            lower.addWidget(part, int(part is self.sentence))
        self.guess.setFixedWidth(96)
        self.guess.setFont(font("label"))
        self.speed.setFont(font("label"))
        for speed in SPEEDS:
            self.speed.addItem("", speed)
        self.speed.setCurrentIndex(SPEEDS.index(DEFAULT_SPEED))
        self.close_button.setIcon(icon("x"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        rows = QVBoxLayout(self.panel)
        rows.setContentsMargins(16, 2, 16, 6)
        rows.setSpacing(2)
        for line in (upper, lower):
            line.setSpacing(12)
            rows.addLayout(line)
        self.panel.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.player)
        column.addWidget(self.panel)

    def _retranslate(self) -> None:
        for phase, words in self._phases.items():
            words.setText(tr_text(PHASES[phase]))
        self.by.show_choices((("column", self.tr("by column")), ("cell", self.tr("by cell"))))
        self.by.set_title(self.tr("Step through"))
        self._predict_caption.setText(self.tr("predict"))
        self._predict_caption.setToolTip(self.tr("Hide each value until you commit a guess (?)"))
        self.predict.setAccessibleName(self.tr("Predict, then reveal"))
        self._guess_caption.setText(self.tr("your value"))
        self.guess.setAccessibleName(self.tr("Your guess, accepted within 0.05"))
        self.close_button.setToolTip(self.tr("Leave the step-through"))
        self.close_button.setAccessibleName(self.close_button.toolTip())
        self.speed.setAccessibleName(self.tr("Steps a second"))
        for index, speed in enumerate(SPEEDS):
            self.speed.setItemText(index, self.tr("{0} / s").format(speed))
