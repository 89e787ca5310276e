"""The toy editor: target, frames, alphabet, examples, and the bars of the frame at the playhead."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.ctc.toy_presets import PRESETS
from core.params import Interval
from core.text import say
from gui.kit.field import Field
from gui.kit.field_row import FieldRow
from gui.kit.flow import Flow
from gui.kit.i18n import tr_text
from gui.kit.line_row import LineRow
from gui.kit.panel import Section
from gui.kit.share_bars import ShareBars
from gui.kit.theme import font
from gui.workspaces.ctc import toy_edits
from gui.workspaces.ctc.toy_edits import toy_of

if TYPE_CHECKING:
    from gui.edit import Edit
    from gui.kit.share_bar import ShareBar
    from gui.workspaces.ctc.state import CTCState, Toy


@final
class ToyView(QWidget):
    """Signals: state_edited(Edit[CTCState]), released(), cancelled(), hinted(str)."""

    state_edited = Signal(object)
    released = Signal()
    cancelled = Signal()
    hinted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._toy: Toy | None = None
        self._frame = 0
        self._base: Toy | None = None
        self._runs = 0
        self.target = LineRow(say("ctc", "target"))
        self.alphabet = LineRow(say("ctc", "alphabet"))
        bounds = Interval(toy_edits.FEWEST_FRAMES, toy_edits.MOST_FRAMES)
        self.frames = FieldRow(
            Field("frames", "integer", say("ctc", "frames"), bounds, (bounds.low, bounds.high)), self
        )
        self.bars = ShareBars()
        self.pills: dict[str, QPushButton] = {}
        self._lay_out()
        self._connect()
        self._retranslate()

    def show_state(self, state: CTCState) -> None:
        """Show the toy; what is being typed stays as it was typed."""
        toy = toy_of(state)
        self._toy, self._frame = toy, state.frame
        self.target.show_text(toy.text)
        symbols = "".join(s for c, s in enumerate(toy.alphabet) if c != toy.blank and not s.isspace())
        self.alphabet.show_text(symbols)
        self.frames.show_value(len(toy.logits))
        for name, pill in self.pills.items():
            pill.setChecked(toy.preset == name)
        self._bars_section.show_title(say("ctc", "Frame {frame}", frame=state.frame), self.tr("drag a bar"))

    def show_bars(self, bars: tuple[ShareBar, ...]) -> None:
        """Show the frame at the playhead."""
        self.bars.show_bars(bars)

    def refuse(self, field: str, message: str) -> bool:
        """Say at the field why an edit was refused; False if it has no field here."""
        rows = {"target": self.target, "alphabet": self.alphabet, "frames": self.frames}
        if field in rows:
            rows[field].refuse(message)
        return field in rows

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _type_target(self, text: str) -> None:
        self._edit(toy_edits.set_target(text, f"target-{self._runs}"))

    def _type_alphabet(self, text: str) -> None:
        self._edit(toy_edits.set_alphabet(text))

    def _set_frames(self, _name: str, value: int, run: str) -> None:
        if run and self._base is None:
            self._base = self._toy
        self._edit(toy_edits.set_frames(int(value), self._base if run else None, run or None))

    def _begin(self) -> None:
        self._runs += 1
        self._base = self._toy

    def _move_bar(self, cls: int, share: float) -> None:
        self._edit(toy_edits.set_share(self._frame, cls, share, f"bar-{self._runs}"))

    def _open(self) -> None:
        key = self.sender().property("key")
        self._edit(toy_edits.open_first() if key == toy_edits.FIRST else toy_edits.open_preset(key))

    def _edit(self, edit: Edit[CTCState]) -> None:
        self.state_edited.emit(edit)

    def _end(self) -> None:
        self._runs += 1
        self._base = None
        self.released.emit()

    def _cancel(self) -> None:
        """Back, if the drag has changed anything: else the step before it would be undone."""
        changed = self._base is not None and self._toy is not self._base
        self._base = None
        if changed:
            self.cancelled.emit()

    def _hint(self, inside: bool) -> None:
        hint = say("ctc", "Drag a bar: the others keep their proportions · the line is the share of all alignments")
        self.hinted.emit(tr_text(hint) if inside else "")

    def _connect(self) -> None:
        self.target.typed.connect(self._type_target)
        self.alphabet.finished.connect(self._type_alphabet)
        self.frames.edited.connect(self._set_frames)
        for part in (self.target, self.frames):
            part.released.connect(self._end)
        self.frames.cancelled.connect(self._cancel)
        self.bars.began.connect(self._begin)
        self.bars.moved.connect(self._move_bar)
        self.bars.ended.connect(self._end)
        self.bars.cancelled.connect(self._cancel)
        self.bars.hovered.connect(self._hint)

    def _lay_out(self) -> None:
        examples = Flow()
        for name in (toy_edits.FIRST, *PRESETS):
            pill = QPushButton()
            pill.setProperty("key", name)
            pill.setProperty("pill", "true")
            pill.setCheckable(True)
            pill.setFont(font("label"))
            pill.clicked.connect(self._open)
            self.pills[name] = pill
            examples.add(pill)
        own = Section(say("ctc", "Made by hand"))
        for row in (self.target, self.frames, self.alphabet):
            own.add_form(row)
        own.add(examples)
        self._bars_section = Section(say("ctc", "Frame {frame}", frame=0))
        self._bars_section.add(self.bars)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(own)
        column.addWidget(self._bars_section)

    def _retranslate(self) -> None:
        self.pills[toy_edits.FIRST].setText(self.tr("Cat"))
        self.pills[toy_edits.FIRST].setToolTip(self.tr("Three letters in twelve frames; frame 5 hesitates"))
        for key, preset in PRESETS.items():
            self.pills[key].setText(tr_text(preset.title))
            self.pills[key].setToolTip(tr_text(preset.help))
