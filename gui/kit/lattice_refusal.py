"""A card that says why no path fits and what would do, and the frames that the target needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.kit.flow import Flow
from gui.kit.frame_axis import GUTTER
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.lattice_nodes import REACH
from gui.kit.plot_text import INDENT, width_of
from gui.kit.sign import Sign
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QLabel

    from gui.kit.lattice_refusal_figure import NeededFrame, RefusalFigure

CARD_WIDTH = 372
MOST_REMEDIES = 3
LEGEND, BOXES, CAPTION = 34.0, 34.0, 22.0
LEGEND_GAP = 26.0
BOX, BOX_GAP, BOX_HEIGHT = 35.0, 2.5, 26.0


@final
class RefusalCard(QFrame):
    """Signals: remedied(int): the button of a remedy was pressed."""

    remedied = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: RefusalFigure | None = None
        self.setObjectName("card")
        self.title = label("body-strong", "err")
        self.sentence = label("label", "text2", wrap=True)
        self._heading = label("label-strong")
        self.remedies = [label("label", "text2", wrap=True) for _ in range(MOST_REMEDIES)]
        self.buttons = [QPushButton() for _ in range(MOST_REMEDIES)]
        for index, button in enumerate(self.buttons):
            button.setProperty("remedy", index)
            button.clicked.connect(self._press)
        self._lay_out()
        self.setFixedWidth(CARD_WIDTH)

    def draw(self, figure: RefusalFigure) -> None:
        """Show why, and what would do; the first remedy is the primary one, if a press does it."""
        self._figure = figure
        self.title.setText(tr_text(figure.title))
        self.sentence.setText(tr_text(figure.sentence))
        self._heading.setText(tr_text(figure.remedies_title))
        for index, (words, button) in enumerate(zip(self.remedies, self.buttons, strict=True)):
            remedy = figure.remedies[index] if index < len(figure.remedies) else None
            words.setVisible(remedy is not None)
            button.setVisible(remedy is not None and remedy.button is not None)
            if remedy is None:
                continue
            words.setText(f"{index + 1}.  {tr_text(remedy.text)}")
            if remedy.button is not None:
                button.setText(tr_text(remedy.button))
                self._emphasise(button, index == 0)
        self.setAccessibleName(f"{self.title.text()}. {self.sentence.text()}")
        self._fit()

    def _fit(self) -> None:
        """As high as its words need at its width."""
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._figure is not None:
            self.draw(self._figure)
        super().changeEvent(event)

    def _emphasise(self, button: QPushButton, primary: bool) -> None:
        wanted = "true" if primary else "false"
        if button.property("primary") != wanted:
            button.setProperty("primary", wanted)
            button.style().unpolish(button)
            button.style().polish(button)

    def _press(self) -> None:
        self.remedied.emit(self.sender().property("remedy"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Sign("error", "err", 18))
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.sentence)
        column.addSpacing(2)
        column.addWidget(self._heading)
        for words in self.remedies:
            column.addWidget(words)
        column.addSpacing(2)
        line = Flow(8)
        for button in self.buttons:
            line.add(button)
        column.addWidget(line)

    @property
    def words(self) -> list[QLabel]:
        """All that is written, from top to bottom."""
        return [self.title, self.sentence, *self.remedies]


@final
class NeededRow(QWidget):
    """What the colours of the cells mean, and the fewest frames that spell the target."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure: RefusalFigure | None = None

    def draw(self, figure: RefusalFigure) -> None:
        """Show the frames that are needed."""
        self._figure = figure
        names = " ".join(frame.name for frame in figure.needed)
        self.setAccessibleName(f"{tr_text(figure.verdict)}: {names}")
        self.update()

    @staticmethod
    def height_for(figure: RefusalFigure) -> int:
        """The height that it needs."""
        return round(LEGEND + (BOXES + CAPTION + 6 if figure.needed else 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._figure is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_legend(painter, self._figure)
        if self._figure.needed:
            self._paint_needed(painter, self._figure)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.LanguageChange):
            self.update()
        super().changeEvent(event)

    def _paint_legend(self, painter: QPainter, figure: RefusalFigure) -> None:
        x, y = GUTTER + 8, LEGEND / 2
        for kind, text in figure.legend:
            fill, edge = REACH[kind]
            painter.setPen(QPen(color(edge), 1.6))
            painter.setBrush(color(fill))
            painter.drawEllipse(QPointF(x, y), 6.5, 6.5)
            words = tr_text(text)
            painter.setFont(font("label"))
            painter.setPen(color("text"))
            painter.drawText(QRectF(x + 14, 0, 400, LEGEND), Qt.AlignmentFlag.AlignVCenter, words)
            x += 14 + width_of(words, "label") + LEGEND_GAP

    def _paint_needed(self, painter: QPainter, figure: RefusalFigure) -> None:
        painter.setFont(font("section"))
        painter.setPen(color("text"))
        painter.drawText(
            QRectF(INDENT, LEGEND, GUTTER, BOXES), Qt.AlignmentFlag.AlignVCenter, tr_text(figure.needed_title)
        )
        verdict = tr_text(figure.verdict)
        room = self.width() - GUTTER - 24 - width_of(verdict, "label-strong")
        pitch = min(BOX + BOX_GAP, room / len(figure.needed))
        x = GUTTER
        for frame in figure.needed:
            box = QRectF(x, LEGEND + (BOXES - BOX_HEIGHT) / 2, pitch - BOX_GAP, BOX_HEIGHT)
            _paint_box(painter, box, frame)
            x += pitch
        painter.setFont(font("label-strong"))
        painter.setPen(color("err"))
        painter.drawText(QRectF(x + 8, LEGEND, 400, BOXES), Qt.AlignmentFlag.AlignVCenter, verdict)
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        caption = QRectF(GUTTER, LEGEND + BOXES, self.width() - GUTTER, CAPTION)
        painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, tr_text(figure.caption))


def _paint_box(painter: QPainter, box: QRectF, frame: NeededFrame) -> None:
    edge = "err" if frame.missing else "ctl" if frame.forced else "accent"
    fill = "errsoft" if frame.missing else "hover" if frame.forced else "soft"
    style = Qt.PenStyle.DashLine if frame.forced else Qt.PenStyle.SolidLine
    painter.setPen(QPen(color(edge), 1.4, style))
    painter.setBrush(color(fill))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(color("err" if frame.missing else "text2" if frame.forced else "text"))
    painter.setFont(font("label-strong"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, frame.name)
