"""The section of segments: symbols or words, copied or written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.icons import icon
from gui.kit.label import label
from gui.kit.panel import Section
from gui.kit.segment import Segment
from gui.kit.segments_table import SegmentsTable
from gui.kit.theme import font
from gui.workspaces.ctc.segments_model import current_row, symbol_rows, word_rows

if TYPE_CHECKING:
    from gui.kit.segment_row import SegmentRow
    from gui.workspaces.ctc.compute_side import SideResult


@final
class SegmentsView(QWidget):
    """Shows the segments of a sequence.

    Signals:
        frames_chosen(int, int): first and last frame of the segment that was clicked.
        export_requested(str): the name of the file to write.
    """

    frames_chosen = Signal(int, int)
    export_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: SideResult | None = None
        self._frame = 0
        self.unit = Segment()
        self.table = SegmentsTable()
        self.empty = label("label", "text2", wrap=True)
        self.copy, self.export = QPushButton(), QPushButton()
        self._section = Section(say("ctc", "Segments"))
        self._lay_out()
        self.unit.chosen.connect(self._refresh)
        self.table.chosen.connect(self._choose)
        self.copy.clicked.connect(self.copy_table)
        self.export.clicked.connect(self._ask_where)
        self._retranslate()

    def show_result(self, result: SideResult, frame: int) -> None:
        """Show the segments, and mark the one at the playhead."""
        changed = result is not self._result
        self._result, self._frame = result, frame
        if changed:
            self._refresh()
        self.table.show_current(current_row(self.rows(), frame))

    def rows(self) -> tuple[SegmentRow, ...]:
        """The rows in the unit that was chosen."""
        if self._result is None:
            return ()
        if self.unit.key() == "words":
            return word_rows(self._result.words)
        return symbol_rows(self._result.sequence, self._result.segments)

    def copy_table(self) -> None:
        """The table as tab-separated text, for a spreadsheet."""
        lines = [f"{row.label}\t{row.first}\t{row.last}\t{row.confidence:.6g}" for row in self.rows()]
        QGuiApplication.clipboard().setText("\n".join(["label\tfirst\tlast\tconfidence", *lines]) + "\n")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _refresh(self) -> None:
        rows = self.rows()
        self.table.show_rows(rows)
        self.table.show_current(current_row(rows, self._frame))
        for widget in (self.table, self.copy, self.export):
            widget.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        mergeable = self._result is not None and len(self._result.words) > 1
        self.unit.setVisible(mergeable)
        if not mergeable and self.unit.key() != "symbols":
            self.unit.choose("symbols")
        self._section.show_title(say("ctc", "Segments"), str(len(rows)) if rows else "")

    def _choose(self, number: int) -> None:
        row = self.rows()[number]
        self.frames_chosen.emit(row.first, row.last)

    def _ask_where(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export the segments"),
            "segments.csv",
            self.tr("CSV (*.csv);;JSON (*.json);;Praat (*.TextGrid)"),
        )
        if name:
            self.export_requested.emit(name)

    def _lay_out(self) -> None:
        for button, name in ((self.copy, "copy"), (self.export, "export")):
            button.setProperty("flat", "true")
            button.setFont(font("label"))
            button.setIcon(icon(name))
        buttons = QWidget()
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.copy)
        line.addWidget(self.export)
        line.addStretch(1)
        for part in (self.unit, self.table, self.empty, buttons):
            self._section.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)

    def _retranslate(self) -> None:
        self.unit.show_choices((("symbols", self.tr("symbols")), ("words", self.tr("words"))))
        self.unit.set_title(self.tr("Segments"))
        self.table.setAccessibleName(self.tr("Segments of the best path"))
        self.empty.setText(tr_text(say("ctc", "No alignment exists, so there are no segments.")))
        self.copy.setText(self.tr("Copy"))
        self.export.setText(self.tr("Export…"))
        self.export.setToolTip(self.tr("CSV, JSON or TextGrid of the whole batch"))
