"""The editor of class weights: presets, normalisation, bars, and where the counts come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.params import Interval
from core.text import Text, say
from core.weighting import NORMALISATIONS, SCHEMES
from gui.kit.field import Field
from gui.kit.flow import Flow
from gui.kit.form import FieldForm
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.panel import Section
from gui.kit.theme import font
from gui.kit.weight_rows import ROW, WeightRows

if TYPE_CHECKING:
    from gui.kit.weight_model import WeightModel

MAX_ROWS = 12
_SCHEMES: dict[str, tuple[Text, str]] = {
    "uniform": (say("kit", "uniform"), "w = 1"),
    "balanced": (say("kit", "balanced"), "N / (C · n<sub>c</sub>)"),
    "inverse": (say("kit", "inverse"), "1 / n<sub>c</sub>"),
    "sqrt_inverse": (say("kit", "√ inverse"), "1 / √n<sub>c</sub>"),
    "effective": (say("kit", "effective n"), "(1 − β) / (1 − β<sup>n</sup>)"),
    "custom": (say("kit", "custom"), ""),
}
_NORMALISATIONS: dict[str, Text] = {
    "as defined": say("kit", "as is"),
    "mean 1": say("kit", "mean 1"),
    "sum C": say("kit", "sum C"),
}
_SOURCES: dict[str, Text] = {
    "batch": say("kit", "Count this batch"),
    "train_counts": say("kit", "The file's train_counts"),
    "file": say("kit", "From a file…"),
    "type": say("kit", "Type them…"),
}


@final
class WeightEditor(QWidget):
    """A section of the inspector that shows a WeightModel and emits what the user asks for.

    Signals:
        scheme_chosen(str): one of core.weighting.SCHEMES but "custom".
        beta_chosen(float), normalise_chosen(str).
        value_edited(int, float, str): class, weight, merge key ("" for a step of its own).
        counts_requested(str): "batch", "train_counts", "file" or "type".
        released(), cancelled(): the end of a drag, Esc during one.
    """

    scheme_chosen = Signal(str)
    beta_chosen = Signal(float)
    normalise_chosen = Signal(str)
    value_edited = Signal(int, float, str)
    counts_requested = Signal(str)
    released = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: WeightModel | None = None
        self._section = Section(say("kit", "Class weights"))
        self.presets = {key: self._preset(key) for key in SCHEMES if key != "custom"}
        self.form = FieldForm((_beta_field(), _normalise_field()))
        self.form.edited.connect(self._take_field)
        self.rows = WeightRows()
        self.rows.value_edited.connect(self.value_edited)
        self.rows.released.connect(self.released)
        self.rows.cancelled.connect(self.cancelled)
        self.rows.row_focused.connect(self._keep_in_sight)
        self._scroll = QScrollArea(widgetResizable=True)  # type: ignore[call-overload] Qt takes properties by name
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.rows)
        for filled in (self.rows, self._scroll.viewport()):
            filled.setAutoFillBackground(False)
        self._note = label("caption", "warn", wrap=True)
        self._source = label("caption", "text3", wrap=True)
        self._edit_counts = QPushButton()
        self.counts_menu = QMenu(self)
        self._edit_counts.setMenu(self.counts_menu)
        self._fill()
        self._retranslate()

    def show_model(self, model: WeightModel) -> None:
        """Show these weights."""
        self._model = model
        words, formula = _SCHEMES[model.scheme]
        self._section.show_title(model.title, formula or tr_text(words))
        for key, button in self.presets.items():
            button.setChecked(key == model.scheme)
        self.form.row("beta").setVisible(model.scheme == "effective")
        self.form.row("normalise").setVisible(model.normalise is not None)
        self.form.setVisible(model.scheme == "effective" or model.normalise is not None)
        self.form.show_value("beta", model.beta)
        if model.normalise is not None:
            self.form.show_value("normalise", model.normalise)
        self.rows.show_model(model)
        self._scroll.setFixedHeight(ROW * min(max(len(model.names), 1), MAX_ROWS))
        self._note.setText(tr_text(model.note) if model.note else "")
        self._note.setVisible(model.note is not None)
        self._source.setText(tr_text(model.source))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _fill(self) -> None:
        pills = Flow()
        for button in self.presets.values():
            pills.add(button)
        source = QWidget()
        line = QHBoxLayout(source)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._source, 1)
        line.addWidget(self._edit_counts)
        self._section.add(pills)
        self._section.add_form(self.form)
        for widget in (self._scroll, self._note, source):
            self._section.add(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)

    def _preset(self, key: str) -> QPushButton:
        button = QPushButton()
        button.setFont(font("label"))
        button.setCheckable(True)
        button.setProperty("pill", "true")
        button.setProperty("scheme", key)
        button.clicked.connect(self._take_preset)
        return button

    def _take_preset(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        # The state says which preset holds: until it does, the pills stay as they are.
        for key, pill in self.presets.items():
            pill.setChecked(self._model is not None and key == self._model.scheme)
        self.scheme_chosen.emit(button.property("scheme"))

    def _take_field(self, name: str, value: object, _merge_key: str) -> None:
        if name == "beta":
            assert isinstance(value, float)
            self.beta_chosen.emit(value)
        else:
            self.normalise_chosen.emit(value)

    def _take_source(self) -> None:
        self.counts_requested.emit(self.sender().property("source"))

    def _keep_in_sight(self, row: int) -> None:
        self._scroll.ensureVisible(0, row * ROW + ROW // 2, 0, ROW)

    def _retranslate(self) -> None:
        for key, button in self.presets.items():
            button.setText(tr_text(_SCHEMES[key][0]))
        self._edit_counts.setText(tr_text(say("kit", "edit counts")))
        self._edit_counts.setProperty("link", "true")
        self._edit_counts.setFont(font("caption"))
        self.counts_menu.clear()
        for key, words in _SOURCES.items():
            action = self.counts_menu.addAction(tr_text(words))
            action.setProperty("source", key)
            action.triggered.connect(self._take_source)
        if self._model:
            self.show_model(self._model)


def _beta_field() -> Field:
    return Field("beta", "number", say("kit", "β"), Interval(0, 1), digits=4)


def _normalise_field() -> Field:
    words = tuple(tr_text(_NORMALISATIONS[key]) for key in NORMALISATIONS)
    return Field("normalise", "choice", say("kit", "normalise"), choices=NORMALISATIONS, labels=words)
