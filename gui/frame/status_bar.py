"""The status bar: value, gradient norm, dtype, time; on the right what the object under the mouse does."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from core.text import say
from gui.kit.numbers import fixed, loss4
from gui.kit.readout import Readout

HEIGHT = 28
LATE = 0.1  # seconds after which the time turns to the colour of warnings


@dataclass(frozen=True, slots=True)
class Status:
    """What the bar says of the probe and, if one is open, of the batch; None where there is no number."""

    value: float | None
    gradient_norm: float | None
    dtype: str
    seconds: float
    batch_value: str | None = None


@final
class StatusBar(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setFixedHeight(HEIGHT)
        self.value = Readout(say("status", "loss"), "loss")
        self.norm = Readout(say("status", "gradient norm"), "grad")
        self.dtype = Readout()
        self.time = Readout()
        self.batch = Readout(say("status", "batch"), "loss")
        self.hint = QLabel()
        self.hint.setProperty("role", "text2")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(0)
        for readout in (self.value, self.norm, self.dtype, self.time, self.batch):
            line.addWidget(readout)
        line.addWidget(self.hint, 1)
        self._status: Status | None = None
        self._default_hint = ""
        self.show_status(None)

    def show_status(self, status: Status | None) -> None:
        """Show the numbers; dashes while there is nothing to show."""
        self._status = status
        if status is None:
            self.value.show_value("")
            self.norm.show_value("")
            for readout in (self.dtype, self.time, self.batch):
                readout.hide()
            return
        for readout, number, role in (
            (self.value, status.value, "loss"),
            (self.norm, status.gradient_norm, "grad"),
        ):
            if number is None:
                readout.show_value("")
            else:
                readout.show_value(loss4(number), role if math.isfinite(number) else "err")
        self.dtype.show_value(status.dtype)
        milliseconds = self.tr("{0} ms").format(fixed(1000 * status.seconds, 1))
        self.time.show_value(milliseconds, "warn" if status.seconds > LATE else "text2")
        self.batch.setVisible(status.batch_value is not None)
        if status.batch_value is not None:
            self.batch.show_value(status.batch_value)
        self.dtype.show()
        self.time.show()

    def show_hint(self, hint: str) -> None:
        """What the object under the mouse does; "" goes back to the hint of the view."""
        self.hint.setText(hint or self._default_hint)

    def show_default_hint(self, hint: str) -> None:
        """The hint of the view, while the mouse is over nothing in particular."""
        self._default_hint = hint
        self.hint.setText(hint)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_status(self._status)
        super().changeEvent(event)
