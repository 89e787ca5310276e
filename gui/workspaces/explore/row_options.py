"""The options of bars and simplex: classes, what the loss receives, the slice, the flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox

from core.text import say
from gui.kit.label import label
from gui.workspaces.explore import row_edits, show_edits
from gui.workspaces.explore.tab_options import TabOptions, box, fill, flat_button

if TYPE_CHECKING:
    from core.problem import Problem
    from gui.workspaces.explore.state import ExploreState


@final
class BarsOptions(TabOptions):
    """Signals: as TabOptions; randomize_requested()."""

    randomize_requested = Signal()

    def __init__(self) -> None:
        self.classes_caption, self.classes = label("label", "text2"), box()
        self.link = box()
        self.slice_caption, self.by = label("label", "text2"), label("label", "text2", "×")
        self.first, self.second = box(), box()
        self.randomize = flat_button("reset")
        super().__init__(
            (self.classes_caption, self.classes, self.link),
            (self.slice_caption, self.first, self.by, self.second, self.randomize),
        )
        counts = range(row_edits.FEWEST, row_edits.MOST + 1)
        fill(self.classes, [str(count) for count in counts], list(counts))
        self.classes.activated.connect(self._choose_count)
        self.link.activated.connect(lambda: _choose_link(self, self.link))
        self.first.activated.connect(self._choose_pair)
        self.second.activated.connect(self._choose_pair)
        self.randomize.clicked.connect(self.randomize_requested)
        self._retranslate()

    def show_state(self, problem: Problem, state: ExploreState) -> None:
        """Show which classes stand where."""
        self.problem = problem
        row = state.classes
        for widget in (self.classes_caption, self.classes, self.randomize):
            widget.setVisible(problem.batch is None)
        self.classes.setCurrentIndex(self.classes.findData(row.z.size))
        for choice, index in ((self.first, row.pair[0]), (self.second, row.pair[1])):
            fill(choice, row.names)
            choice.setCurrentIndex(index)
        _show_links(self, self.link, problem, state)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _choose_count(self) -> None:
        self.edit(say("explore", "Change the number of classes"), row_edits.set_class_count(self.classes.currentData()))

    def _choose_pair(self) -> None:
        first, second = self.first.currentIndex(), self.second.currentIndex()
        if first != second:
            self.edit(say("explore", "Choose the slice"), row_edits.set_pair(first, second))

    def _retranslate(self) -> None:
        self.classes_caption.setText(self.tr("classes"))
        self.classes.setAccessibleName(self.tr("Classes"))
        self.slice_caption.setText(self.tr("slice"))
        self.first.setAccessibleName(self.tr("Slice, across"))
        self.second.setAccessibleName(self.tr("Slice, up"))
        self.link.setAccessibleName(self.tr("What the loss receives"))
        self.randomize.setText(self.tr("Randomize"))
        self.randomize.setToolTip(self.tr("Other logits (N)"))


@final
class SimplexOptions(TabOptions):
    """Signals: as TabOptions."""

    def __init__(self) -> None:
        self.link = box()
        self.reverse = flat_button("loop")
        self.flow = flat_button("play")
        self.uniform = flat_button("reset")
        super().__init__((self.link,), (self.reverse, self.flow, self.uniform))
        self.reverse.setCheckable(True)
        self.flow.setCheckable(True)
        self.link.activated.connect(lambda: _choose_link(self, self.link))
        self.reverse.clicked.connect(lambda on: self.state_edited.emit(show_edits.set_reverse(on)))
        self.flow.clicked.connect(lambda on: self.state_edited.emit(show_edits.set_flow(on)))
        self.uniform.clicked.connect(lambda: self.edit(say("explore", "Make the row uniform"), row_edits.uniform()))
        self._retranslate()

    def show_state(self, problem: Problem, state: ExploreState) -> None:
        """Show which overlays are drawn."""
        self.problem = problem
        self.reverse.setVisible(problem.loss.family == "distribution")
        self.reverse.setChecked(state.classes.reverse)
        self.flow.setChecked(state.flow)
        _show_links(self, self.link, problem, state)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.link.setAccessibleName(self.tr("What the loss receives"))
        self.reverse.setText(self.tr("Reverse KL"))
        self.reverse.setToolTip(self.tr("Show KL(p‖q), which KLDivLoss does not compute"))
        self.flow.setText(self.tr("Gradient flow"))
        self.flow.setToolTip(self.tr("Follow gradient descent on the logits (F)"))
        self.uniform.setText(self.tr("Uniform"))


def _show_links(options: TabOptions, choice: QComboBox, problem: Problem, state: ExploreState) -> None:
    link = state.classes.link
    keys = ["log_softmax", "softmax"]
    words = ["log_softmax", "softmax"]
    if problem.loss.name == "CrossEntropyLoss":
        keys, words = ["none", "softmax"], [options.tr("logits"), options.tr("softmax twice")]
    elif problem.batch is not None or link == "none":
        keys.append("none")
        words.append(options.tr("as given"))
    fill(choice, words, keys)
    choice.setCurrentIndex(choice.findData(link))


def _choose_link(options: TabOptions, choice: QComboBox) -> None:
    options.edit(say("explore", "Change what the loss receives"), row_edits.set_link(choice.currentData()))
