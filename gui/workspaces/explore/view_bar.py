"""The bar over Explore's pictures: the tabs of the loss, what each tab can be asked, pins, and the export."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from core.text import say
from gui.edit import Edit
from gui.kit.chip import Chip
from gui.kit.icons import icon
from gui.kit.segment import Segment
from gui.kit.theme import font
from gui.workspaces.explore import edits, row_edits, show_edits
from gui.workspaces.explore.kinds import ROW_FAMILIES, SCALAR_FAMILIES, tabs_of

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.workspaces.explore.state import Axis, ExploreState

HEIGHT = 40
MOST_CLASSES = 10
PINS = (("p1", (2.0, 3.5)), ("p2", (7.0, 4.0)), ("p3", (7.0, 3.0, 2.0, 3.0)))


@final
class ViewBar(QFrame):
    """Signals: state_edited(Edit[ExploreState]), fit_requested(), randomize_requested()."""

    state_edited = Signal(object)
    fit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("viewBar")
        self.setFixedHeight(HEIGHT)
        self._problem: Problem | None = None
        self._state: ExploreState | None = None
        self._seed = 0
        self._relevant: tuple[object, ...] = ()
        self.tabs = Segment()
        self.axis = Segment()
        self.classes = _labelled_box()
        self.link = QComboBox()
        self.first, self.second = QComboBox(), QComboBox()
        self.focus = QComboBox()
        self.chips = QWidget()
        self.chips_line = QHBoxLayout(self.chips)
        self.chips_line.setContentsMargins(0, 0, 0, 0)
        self.pin = _flat("pin")
        self.randomize = _flat("reset")
        self.uniform = _flat("reset")
        self.flow = _flat("play")
        self.flow.setCheckable(True)
        self.reverse = _flat("loop")
        self.reverse.setCheckable(True)
        self.fit = _tool("fitview")
        self.captions = {key: QLabel() for key in ("classes", "slice", "by", "focus")}
        self._lay_out()
        self._connect()
        self._retranslate()

    def show_state(self, problem: Problem, state: ExploreState) -> None:
        """Show what this tab can be asked, and how it stands."""
        self._problem, self._state = problem, state
        row = state.classes
        relevant = (problem.loss, problem.batch, state.tab, state.pins, state.flow, state.scalar.axis, row.names,
                    row.link, row.pair, row.focus, row.reverse)  # fmt: skip
        if relevant == self._relevant:
            return
        self._relevant = relevant
        loss = problem.loss
        names = {"curve": self.tr("Curve"), "surface": self.tr("Surface"), "bars": self.tr("Bars + slice"),
                 "simplex": self.tr("Simplex"), "frame": self.tr("Frame")}  # fmt: skip
        self.tabs.show_choices([(tab, names[tab]) for tab in tabs_of(loss)])
        self.tabs.choose(state.tab)
        scalar, rows = loss.family in SCALAR_FAMILIES, loss.family in ROW_FAMILIES
        self._show_axis(loss.family == "binary", state)
        self._show_rows(rows, state)
        curve = state.tab == "curve"
        for widget, shown in (
            (self.pin, curve and scalar),
            (self.chips, curve and scalar),
            (self.randomize, state.tab == "bars" and problem.batch is None),
            (self.uniform, state.tab == "simplex"),
            (self.flow, state.tab == "simplex"),
            (self.reverse, state.tab == "simplex" and loss.family == "distribution"),
            (self.fit, state.tab == "curve"),
        ):
            widget.setVisible(shown)
        self.flow.setChecked(state.flow)
        self.reverse.setChecked(state.classes.reverse)
        self._show_pins(state)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._relevant = ()
            if self._problem is not None and self._state is not None:
                self.show_state(self._problem, self._state)
        super().changeEvent(event)

    def _show_axis(self, binary: bool, state: ExploreState) -> None:
        self.axis.setVisible(binary and state.tab == "curve")
        self.axis.show_choices((("probability", "p"), ("logit", "z")))
        given = (
            "logit" if self._problem is not None and self._problem.loss.name == "BCEWithLogitsLoss" else "probability"
        )
        self.axis.choose(given if state.scalar.axis == "input" else state.scalar.axis)

    def _show_rows(self, rows: bool, state: ExploreState) -> None:
        row = state.classes
        sketch = self._problem is not None and self._problem.batch is None
        for key, shown in (
            ("classes", rows and sketch and state.tab == "bars"),
            ("slice", rows and state.tab == "bars"),
            ("by", rows and state.tab == "bars"),
            ("focus", rows and state.tab == "curve"),
        ):
            self.captions[key].setVisible(shown)
        self.classes.setVisible(rows and sketch and state.tab == "bars")
        self.first.setVisible(rows and state.tab == "bars")
        self.second.setVisible(rows and state.tab == "bars")
        self.focus.setVisible(rows and state.tab == "curve")
        self.link.setVisible(rows)
        if not rows:
            return
        self.classes.setCurrentIndex(self.classes.findData(row.z.size))
        for box, index in ((self.first, row.pair[0]), (self.second, row.pair[1]), (self.focus, row.focus)):
            _fill(box, row.names)
            box.setCurrentIndex(index)
        self._show_links(state)

    def _show_links(self, state: ExploreState) -> None:
        assert self._problem is not None
        choices = [("log_softmax", "log_softmax"), ("softmax", "softmax")]
        if self._problem.loss.name == "CrossEntropyLoss":
            choices = [("none", self.tr("logits")), ("softmax", self.tr("softmax twice"))]
        elif self._problem.batch is not None or state.classes.link == "none":
            choices.append(("none", self.tr("as given")))
        _fill(self.link, [label for _, label in choices], [key for key, _ in choices])
        self.link.setCurrentIndex(self.link.findData(state.classes.link))

    def _show_pins(self, state: ExploreState) -> None:
        while (item := self.chips_line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for index, (loss, (role, dash)) in enumerate(zip(state.pins, PINS, strict=False)):
            chip = Chip(self.tr("{0} pinned").format(loss.name.removesuffix("Loss")), role, dash)
            chip.closed.connect(lambda index=index: self._edit(edits.unpin(index)))
            self.chips_line.addWidget(chip)

    def _edit(self, edit: Edit[ExploreState]) -> None:
        self.state_edited.emit(edit)

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda key: self._edit(show_edits.set_tab(key)))
        self.axis.chosen.connect(self._choose_axis)
        self.classes.activated.connect(
            lambda: self._rows(say("explore", "Change the number of classes"),
                               row_edits.set_class_count(self.classes.currentData())))  # fmt: skip
        self.link.activated.connect(
            lambda: self._rows(say("explore", "Change what the loss receives"),
                               row_edits.set_link(self.link.currentData())))  # fmt: skip
        self.first.activated.connect(self._choose_pair)
        self.second.activated.connect(self._choose_pair)
        self.focus.activated.connect(
            lambda index: self._rows(say("explore", "Choose a class"), row_edits.select(index))
        )
        self.pin.clicked.connect(self._pin)
        self.randomize.clicked.connect(self._randomize)
        self.uniform.clicked.connect(lambda: self._rows(say("explore", "Make the row uniform"), row_edits.uniform()))
        self.flow.clicked.connect(lambda on: self._edit(show_edits.set_flow(on)))
        self.reverse.clicked.connect(lambda on: self._edit(show_edits.set_reverse(on)))
        self.fit.clicked.connect(self.fit_requested)

    def _rows(self, label: object, update: object) -> None:
        self._edit(Edit(label, update))  # type: ignore[arg-type]

    def _choose_axis(self, key: Axis) -> None:
        assert self._problem is not None
        self._edit(edits.set_axis(self._problem, key))

    def _choose_pair(self) -> None:
        first, second = self.first.currentIndex(), self.second.currentIndex()
        if first != second:
            self._rows(say("explore", "Choose the slice"), row_edits.set_pair(first, second))

    def _choose_focus(self, index: int) -> None:
        self._rows(say("explore", "Choose a class"), row_edits.select(index))

    def _pin(self) -> None:
        assert self._problem is not None
        self._edit(edits.pin_current(self._problem))

    def _randomize(self) -> None:
        self._seed += 1
        self._rows(say("explore", "Randomize the row"), row_edits.randomize(self._seed))

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        left = (
            self.tabs,
            self.axis,
            self.captions["focus"],
            self.focus,
            self.captions["classes"],
            self.classes,
            self.link,
        )
        right = (self.captions["slice"], self.first, self.captions["by"], self.second, self.chips, self.pin,
                 self.reverse, self.flow, self.randomize, self.uniform, self.fit)  # fmt: skip
        for widget in left:
            line.addWidget(widget)
        line.addStretch(1)
        for widget in right:
            line.addWidget(widget)
        for label in self.captions.values():
            label.setFont(font("label"))
            label.setProperty("role", "text2")
        for box in (self.first, self.second, self.focus, self.link, self.classes):
            box.setFont(font("label"))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMinimumContentsLength(5)
            box.setMaximumWidth(132)

    def _retranslate(self) -> None:
        self.captions["classes"].setText(self.tr("classes"))
        self.captions["slice"].setText(self.tr("slice"))
        self.captions["by"].setText("×")
        self.captions["focus"].setText(self.tr("logit of"))
        self.pin.setText(self.tr("Pin current"))
        self.pin.setToolTip(self.tr("Keep this curve beside the next ones (P)"))
        self.randomize.setText(self.tr("Randomize"))
        self.uniform.setText(self.tr("Uniform"))
        self.flow.setText(self.tr("Gradient flow"))
        self.flow.setToolTip(self.tr("Follow gradient descent on the logits (F)"))
        self.reverse.setText(self.tr("Reverse KL"))
        self.reverse.setToolTip(self.tr("Show KL(p‖q), which KLDivLoss does not compute"))
        self.fit.setToolTip(self.tr("Fit the view (0)"))
        self.fit.setAccessibleName(self.tr("Fit the view"))
        names = ((self.tabs, self.tr("View")), (self.axis, self.tr("Axis")), (self.classes, self.tr("Classes")),
                 (self.link, self.tr("What the loss receives")), (self.first, self.tr("Slice, across")),
                 (self.second, self.tr("Slice, up")), (self.focus, self.tr("Logit of")))  # fmt: skip
        for widget, name in names:
            widget.setAccessibleName(name)


def _labelled_box() -> QComboBox:
    box = QComboBox()
    for count in range(2, MOST_CLASSES + 1):
        box.addItem(str(count), count)
    return box


def _fill(box: QComboBox, labels: list[str] | tuple[str, ...], keys: list[str] | None = None) -> None:
    """Have these items; nothing happens if they are there already."""
    if [box.itemText(i) for i in range(box.count())] == list(labels):
        return
    box.clear()
    for index, label in enumerate(labels):
        box.addItem(label, keys[index] if keys else index)


def _flat(name: str) -> QPushButton:
    button = QPushButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(16, 16))
    button.setFont(font("label"))
    button.setProperty("flat", "true")
    return button


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(QSize(18, 18))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
