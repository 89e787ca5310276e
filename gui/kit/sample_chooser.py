"""Which of many pictures is shown: one back, its number, one on."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.icons import icon
from gui.kit.number_edit import NumberEdit
from gui.kit.theme import font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

NUMBER = 56


@final
class SampleChooser(QWidget):
    """Counts from 1 on screen and from 0 in code.

    Signals:
        chosen(int): another picture is wanted.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample, self._samples = 0, 1
        self.back, self.on = _button("chevl"), _button("chevr")
        self.number = NumberEdit(whole=True)
        self.number.setFixedWidth(NUMBER)
        self._of = QLabel()
        self._of.setFont(font("label"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for part in (self.back, self.number, self._of, self.on):
            line.addWidget(part)
        self.back.clicked.connect(self._go_back)
        self.on.clicked.connect(self._go_on)
        self.number.typed.connect(self._go_to)
        self.number.stepped.connect(self._go_to)
        self.number.malformed.connect(self._restore)

    def show_sample(self, sample: int, samples: int) -> None:
        """Show which of how many it is; nothing where there is but one."""
        self._sample, self._samples = sample, samples
        self.setVisible(samples > 1)
        self.number.show_value(sample + 1)
        self.back.setEnabled(sample > 0)
        self.on.setEnabled(sample < samples - 1)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _go_back(self) -> None:
        self._choose(self._sample - 1)

    def _go_on(self) -> None:
        self._choose(self._sample + 1)

    def _go_to(self, number: float) -> None:
        self._choose(int(number) - 1)

    def _restore(self, _typed: str) -> None:
        self.number.show_value(self._sample + 1)

    def _choose(self, sample: int) -> None:
        """Beyond the ends stands the one at the end."""
        wanted = min(max(sample, 0), self._samples - 1)
        self.number.show_value(wanted + 1)
        if wanted != self._sample:
            self.chosen.emit(wanted)

    def _retranslate(self) -> None:
        self._of.setText(tr_text(say("kit", "of {count}", count=self._samples)))
        names: tuple[tuple[QAbstractButton, str], ...] = (
            (self.back, self.tr("The picture before")),
            (self.on, self.tr("The next picture")),
        )
        for button, name in names:
            button.setToolTip(name)
            button.setAccessibleName(name)
        self.number.setAccessibleName(self.tr("Number of the picture"))


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(16, 16))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
