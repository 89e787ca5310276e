"""The three derivatives that are called the gradient of CTC, and what each sums to in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast, final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.text import Text, say
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.number_row import NumberRow
from gui.kit.number_table import NumberTable
from gui.kit.numbers import fixed
from gui.kit.panel import Section
from gui.kit.segment import Segment
from gui.workspaces.ctc import side_edits

if TYPE_CHECKING:
    from gui.workspaces.ctc.compute_side import SideResult
    from gui.workspaces.ctc.state import CTCState, Truth

SENTENCES: dict[Truth, Text] = {
    "logits": say("ctc", "p − γ: what the layer before log_softmax receives."),
    "log_probs": say("ctc", "−γ: the true derivative, each log-probability free to move alone."),
    "torch": say("ctc", "exp(log_probs) − γ: what torch gives a leaf log_probs. It assumes a log_softmax before it, so "
                 "it equals the first wherever the rows sum to 1."),
}  # fmt: skip

DUST, LARGEST = 5e-5, 1e6


@final
class TruthView(QWidget):
    """Signals: state_edited(Edit[CTCState])."""

    state_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._truth: Truth = "logits"
        self._result: SideResult | None = None
        self._frame = 0
        self.choice = Segment()
        self.sentence = label("label", "text2", wrap=True)
        self.sums = NumberTable()
        section = Section(say("ctc", "Gradient"))
        for part in (self.choice, self.sentence, self.sums):
            section.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(section)
        self.choice.chosen.connect(self._choose)
        self._retranslate()

    def show_state(self, state: CTCState) -> None:
        """Show which derivative is drawn."""
        self._truth = state.truth
        self.choice.choose(state.truth)
        self.sentence.setText(tr_text(SENTENCES[state.truth]))

    def show_result(self, result: SideResult, frame: int) -> None:
        """Show what the derivatives sum to in a frame."""
        self._result, self._frame = result, frame
        names = {"logits": say("ctc", "Σ over classes, by logits"), "log_probs": say("ctc", "by log-probabilities"),
                 "torch": say("ctc", "as torch returns")}  # fmt: skip
        rows: list[NumberRow] = []
        for truth, sums in result.gradient_sums.items():
            value = float(sums[frame]) if 0 <= frame < len(sums) else float("nan")
            role = "err" if value != value else "grad" if truth == self._truth else ""
            rows.append(NumberRow(names[truth], _told(value), role))
        self.sums.show_rows(tuple(rows))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose(self, key: str) -> None:
        self.state_edited.emit(side_edits.set_truth(cast("Truth", key)))

    def _retranslate(self) -> None:
        self.choice.show_choices((("logits", self.tr("logits")), ("log_probs", "log_probs"), ("torch", "torch")))
        self.choice.set_title(self.tr("Gradient with respect to"))
        self.sentence.setText(tr_text(SENTENCES[self._truth]))
        if self._result is not None:
            self.show_result(self._result, self._frame)


def _told(total: float) -> str:
    """A sum as far as rounding lets it be told: log-probabilities in float32 do not add up to 1 exactly."""
    nearest = round(total) if total == total and abs(total) < LARGEST else total
    return fixed(nearest if abs(total - nearest) < DUST else total, 3)
