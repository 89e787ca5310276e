"""What the options of every tab in the view bar share: their signal, and how their controls look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from gui.edit import Edit
from gui.kit.icons import icon
from gui.kit.theme import font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.problem import Problem
    from core.text import Text
    from gui.workspaces.explore.row_edits import Update

WIDEST_BOX = 132


class TabOptions(QWidget):
    """Controls of one tab, those of the left side from the left and the others from the right.

    Signals:
        state_edited(Edit[ExploreState]): the user changed something.
    """

    state_edited = Signal(object)

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        super().__init__()
        self.problem: Problem | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in left:
            line.addWidget(widget)
        line.addStretch(1)
        for widget in right:
            line.addWidget(widget)

    def edit(self, label: Text, update: Update) -> None:
        """Emit a change of the row of scores."""
        self.state_edited.emit(Edit(label, update))


def box() -> QComboBox:
    """A choice that stays narrow, whatever its longest item."""
    made = QComboBox()
    made.setFont(font("label"))
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMinimumContentsLength(5)
    made.setMaximumWidth(WIDEST_BOX)
    return made


def fill(choice: QComboBox, labels: Sequence[str], keys: Sequence[object] | None = None) -> None:
    """Have these items; nothing happens if they are there already."""
    if [choice.itemText(i) for i in range(choice.count())] == list(labels):
        return
    choice.clear()
    for index, words in enumerate(labels):
        choice.addItem(words, keys[index] if keys else index)


def flat_button(icon_name: str) -> QPushButton:
    """A button without a border."""
    button = QPushButton()
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(16, 16))
    button.setFont(font("label"))
    button.setProperty("flat", "true")
    return button
