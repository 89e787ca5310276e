"""The clinic: what the sequence needs and has, three losses to compare with, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.text import say
from gui.kit.diagnosis_list import DiagnosisList
from gui.kit.label import label
from gui.kit.mark_scale import MarkScale
from gui.kit.number_table import NumberTable
from gui.kit.panel import Section

if TYPE_CHECKING:
    from gui.kit.notice import Notice
    from gui.workspaces.ctc.present_clinic import ClinicModel


@final
class ClinicView(QWidget):
    """Shows a ClinicModel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.vitals, self.rules = NumberTable(), NumberTable()
        self._rules_caption = label("caption", "text3", wrap=True)
        self.scale = MarkScale()
        self._scale_caption = label("caption", "text3", wrap=True)
        self.diagnosis = DiagnosisList()
        self._section = Section(say("ctc", "Clinic"))
        for part in (self.vitals, self._scale_caption, self.scale, self._rules_caption, self.rules):
            self._section.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.diagnosis)
        column.addWidget(self._section)
        self._retranslate()

    def show_findings(self, findings: tuple[Notice, ...]) -> None:
        """Show what was found of a batch whose sequences cannot be looked at."""
        self._section.hide()
        self.diagnosis.show_notices(findings)

    def show_model(self, model: ClinicModel, findings: tuple[Notice, ...] = ()) -> None:
        """Show what was found of a sequence, and `findings` of its batch."""
        self._section.show()
        self.vitals.show_rows(model.vitals)
        self.rules.show_rows(model.rules)
        self.scale.show_marks(model.marks)
        for part in (self.scale, self._scale_caption):
            part.setVisible(bool(model.marks))
        self.diagnosis.show_notices((*findings, *model.notices))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._scale_caption.setText(self.tr("loss a symbol, beside two models that learned nothing"))
        self._rules_caption.setText(self.tr("rules in circulation, and the frames that they ask for"))
