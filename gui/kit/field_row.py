"""One row of a form: dot, label, control, and the reason of a refusal under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from core.text import Text, say
from gui.kit.field import Field, refusal, same
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.number_edit import NumberEdit
from gui.kit.segment import Segment
from gui.kit.slider import Slider
from gui.kit.switch import Switch
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent

INDENT = 8
LABEL_WIDTH = 112
CONTROL_WIDTH = 148
NUMBER_WIDTH = 56
MAX_SEGMENTS = 4


@final
class FieldRow(QWidget):
    """Shows one value and emits what the user makes of it.

    Signals:
        edited(str, object, str): name, value, merge key ("" for a step of its own).
        released(), cancelled(): the end of a drag, Esc during one.
        reset(str): the label was double-clicked.
    """

    edited = Signal(str, object, str)
    released = Signal()
    cancelled = Signal()
    reset = Signal(str)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._value: object = None
        self._runs = 0
        self._refused = False
        self._label = label("mono", "text2")
        self._label.setMinimumWidth(LABEL_WIDTH)
        self._label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self._label.installEventFilter(self)
        self._reason = label("caption", "err", wrap=True)
        self._reason.hide()
        self.number: NumberEdit | None = None
        self.slider: Slider | None = None
        self.choice: Segment | QComboBox | None = None
        self.switch: Switch | None = None
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._label)
        for control in self._controls():
            line.addWidget(control, int(not isinstance(control, Switch)))
            control.setFont(font("label"))
        if self.switch:
            line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(INDENT, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self._reason)
        self._retranslate()

    def show_value(self, value: object) -> None:
        """Show a value from the state; what was refused or is being typed stays until the value changes."""
        if same(value, self._value) and (self._refused or (self.number and self.number.isModified())):
            return
        self._value = value
        self.accept()
        self._show(value)
        self._tell()
        self.update()

    def refuse(self, message: str) -> None:
        """Say why the last edit was not taken; typed text stays for correction."""
        self._refused = True
        self._reason.setText(message)
        self._reason.show()
        if self.number:
            self.number.mark_refused(True)
            self.number.setModified(True)
        else:
            self._show(self._value)
        self._tell()

    def accept(self) -> None:
        """Forget a refusal."""
        self._refused = False
        self._reason.hide()
        if self.number:
            self.number.mark_refused(False)

    def reason(self) -> str:
        """Why the last edit was refused, or ""."""
        return self._reason.text() if self._refused else ""

    def changed(self) -> bool:
        """Whether the value differs from the field's default."""
        return self.field.default is not None and not same(self._value, self.field.default)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._label and event.type() is QEvent.Type.MouseButtonDblClick:
            self.reset.emit(self.field.name)
            return True
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.changed():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent"))
            painter.drawEllipse(0, self._label.geometry().center().y() - 1, 4, 4)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _controls(self) -> list[QWidget]:
        kind = self.field.kind
        if kind == "switch":
            self.switch = Switch()
            self.switch.clicked.connect(self._emit_own_step)
            return [self.switch]
        if kind == "choice":
            self.choice = self._make_choice()
            return [self.choice]
        self.number = self._make_number(kind == "integer")
        if self.field.span is None:
            return [self.number]
        self.number.setFixedWidth(NUMBER_WIDTH)
        self.slider = Slider(self.field.span)
        self.slider.moved.connect(self._drag)
        self.slider.released.connect(self._end_run)
        self.slider.cancelled.connect(self._cancel_run)
        return [self.slider, self.number]

    def _make_number(self, whole: bool) -> NumberEdit:
        number = NumberEdit(self.field.digits, whole)
        number.setMinimumWidth(NUMBER_WIDTH)
        number.typed.connect(self._take_number)
        number.malformed.connect(self._refuse_words)
        number.stepped.connect(self._drag)
        number.released.connect(self._end_run)
        number.restored.connect(self.accept)
        return number

    def _make_choice(self) -> Segment | QComboBox:
        labels = self.field.labels or self.field.choices
        pairs = list(zip(self.field.choices, labels, strict=True))
        segment = Segment(pairs)
        if len(pairs) <= MAX_SEGMENTS and segment.minimumSizeHint().width() <= CONTROL_WIDTH:
            segment.chosen.connect(self._emit_own_step)
            return segment
        segment.deleteLater()
        box = _Choice()
        for key, words in pairs:
            box.addItem(words, key)
        box.activated.connect(self._take_index)
        return box

    def _show(self, value: Any) -> None:
        if self.number:
            self.number.show_value(value)
        if self.slider:
            with QSignalBlocker(self.slider):
                self.slider.show_value(value)
        if self.switch:
            with QSignalBlocker(self.switch):
                self.switch.setChecked(value)
        if isinstance(self.choice, Segment):
            self.choice.choose(str(value))
        elif self.choice:
            with QSignalBlocker(self.choice):
                self.choice.setCurrentIndex(self.choice.findData(str(value)))

    def _drag(self, value: float) -> None:
        value = min(max(value, self.field.interval.low), self.field.interval.high)
        self.accept()
        self.edited.emit(self.field.name, round(value) if self.field.kind == "integer" else value, self._run_key())

    def _run_key(self) -> str:
        return f"{self.field.name}-{self._runs}"

    def _end_run(self) -> None:
        self._runs += 1
        self.released.emit()

    def _cancel_run(self) -> None:
        self._runs += 1
        self.cancelled.emit()

    def _take_number(self, value: float) -> None:
        reason = refusal(self.field, value)
        if reason:
            self.refuse(tr_text(reason))
        else:
            self._emit_own_step(value)

    def _refuse_words(self, words: str) -> None:
        if self.field.kind == "integer":
            self.refuse(tr_text(say("kit", "“{words}” is not a whole number.", words=words)))
        else:
            self.refuse(tr_text(say("kit", "“{words}” is not a number.", words=words)))

    def _take_index(self, index: int) -> None:
        assert isinstance(self.choice, QComboBox)
        self._emit_own_step(self.choice.itemData(index))

    def _emit_own_step(self, value: object) -> None:
        self.accept()
        self.edited.emit(self.field.name, value, "")

    def _title(self) -> str:
        return tr_text(self.field.label) if self.field.label else self.field.name

    def _retranslate(self) -> None:
        self._label.setText(self._title())
        if self.field.help:
            self._label.setToolTip(tr_text(self.field.help))
        self._tell()

    def _tell(self) -> None:
        title = self._title()
        for control in (self.number, self.slider, self.switch, self.choice):
            if isinstance(control, Segment):
                control.set_title(title)
            elif control:
                control.setAccessibleName(title)
                control.setAccessibleDescription(self.reason())


@final
class _Choice(QComboBox):
    """A combo box that the wheel does not change: forms are scrolled over."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def why(problem: Text, remedy: Text) -> str:
    """The two sentences of an InputError as one line for `refuse`."""
    return f"{tr_text(problem)} {tr_text(remedy)}"
