"""One row of a batch in full: readings on the left, its numbers on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.kit.emission_preview import EmissionPreview
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.number_edit import NumberEdit
from gui.kit.number_table import NumberTable
from gui.kit.row_bands import RowBands
from gui.kit.row_curve import RowCurve
from gui.kit.theme import font

if TYPE_CHECKING:
    from gui.kit.row_detail_figure import RowDetailFigure

SIDE = 240
FIELD_WIDTH = 84
NARROW = 290  # px of the numbers beside a curve
QWIDGETSIZE_MAX = (1 << 24) - 1


@final
class RowDetail(QWidget):
    """Shows a row; its target and numbers can be typed over.

    Signals:
        input_typed(int, float): the place of the number in the row, and what was typed.
        target_typed(float), reverted(), opened(), hinted(str)
    """

    input_typed = Signal(int, float)
    target_typed = Signal(float)
    reverted = Signal()
    opened = Signal()
    hinted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: RowDetailFigure | None = None
        self.title, self.sentence = label("section"), label("label", "text2", wrap=True)
        self.badge, self.target_name = label("caption", "text3", wrap=True), label("label", "text2")
        self.readings = NumberTable()
        self.target = NumberEdit(digits=0)
        self.bands, self.curve, self.emission = RowBands(), RowCurve(), EmissionPreview()
        self.revert, self.open = QPushButton(), QPushButton()
        self._lay_out()
        self.bands.typed.connect(self.input_typed)
        self.bands.hinted.connect(self.hinted)
        self.target.typed.connect(self._take_target)
        self.target.malformed.connect(self._refuse_target)
        self.revert.clicked.connect(self.reverted)
        self.open.clicked.connect(self.opened)
        self._retranslate()

    def show_figure(self, figure: RowDetailFigure) -> None:
        """Show a row, or the sentence that says why there is none."""
        self._figure = figure
        self.title.setText(tr_text(figure.title))
        self.sentence.setText(tr_text(figure.sentence))
        self.badge.setText(tr_text(figure.badge) if figure.badge else "")
        self.badge.setVisible(figure.badge is not None)
        self.readings.show_rows(figure.readings)
        self.target.setVisible(figure.target is not None)
        self.target_name.setVisible(figure.target is not None)
        self.target.mark_refused(False)
        if figure.target is not None:
            self.target.show_value(figure.target)
        self.bands.setVisible(bool(figure.columns))
        self.bands.show_figure(figure)
        self.bands.setMaximumWidth(NARROW if figure.curve is not None else QWIDGETSIZE_MAX)
        self.curve.setVisible(figure.curve is not None)
        if figure.curve is not None:
            self.curve.show_figure(figure.curve)
        self.emission.setVisible(figure.emission is not None)
        if figure.emission is not None:
            self.emission.show_figure(figure.emission)
        self.revert.setVisible(figure.changed)
        self.open.setVisible(figure.opens is not None)
        self.open.setText(tr_text(figure.opens) if figure.opens else "")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            if self._figure is not None:
                self.show_figure(self._figure)
        super().changeEvent(event)

    def _take_target(self, value: float) -> None:
        if self._figure is not None and self._figure.whole and value != round(value):
            self._refuse_target()
        else:
            self.target_typed.emit(float(value))

    def _refuse_target(self) -> None:
        self.target.mark_refused(True)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 8, 8, 8)
        column.setSpacing(5)
        target = QHBoxLayout()
        self.target.setFixedWidth(FIELD_WIDTH)
        self.target.setFont(font("label"))
        target.addWidget(self.target_name, 1)
        target.addWidget(self.target)
        buttons = QHBoxLayout()
        for button in (self.revert, self.open):
            button.setProperty("flat", "true")
            button.setFont(font("label"))
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addLayout(target)
        column.addWidget(self.readings)
        column.addWidget(self.badge)
        column.addStretch(1)
        column.addLayout(buttons)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(side)
        line.addWidget(self.bands, 1)
        line.addWidget(self.curve, 1)
        line.addWidget(self.emission, 1)
        line.setAlignment(side, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def _retranslate(self) -> None:
        self.target_name.setText(self.tr("target"))
        self.target.setAccessibleName(self.tr("target of the row"))
        self.revert.setText(self.tr("Revert row"))
        self.revert.setToolTip(self.tr("The row's numbers as they came"))
        self.open.setToolTip(self.tr("Touch this row (Enter)"))
