"""The key map: every key, by what it belongs to."""

from __future__ import annotations

from typing import final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.text import Text, say
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.theme import font

WINDOW = (
    ("Ctrl+K", say("keys", "Find a loss")),
    ("Ctrl+O", say("keys", "Open a batch")),
    ("Ctrl+Shift+O", say("keys", "Watch a folder of dumps")),
    ("Ctrl+Z · Ctrl+Shift+Z", say("keys", "Undo · redo")),
    ("Ctrl+Home", say("keys", "Start page")),
    ("Ctrl+1 · Ctrl+2 · Ctrl+4", say("keys", "Explore · Batch · CTC")),
    ("Ctrl+I", say("keys", "Show or hide the inspector")),
    ("Ctrl+E", say("keys", "Save the view as a picture")),
    ("Ctrl+D", say("keys", "Light or dark theme")),
    ("F1", say("keys", "About this loss")),
    ("?", say("keys", "This map")),
    ("Esc", say("keys", "Close a card · give up a drag")),
)
PLOTS = (
    ("Tab", say("keys", "Next handle")),
    ("← → ↑ ↓", say("keys", "Move the handle (Shift ×10, Ctrl ×0.1)")),
    ("F10 · F5", say("keys", "One descent step · descend")),
    ("P · Shift+P", say("keys", "Pin the curve · remove all pins")),
    ("0", say("keys", "Fit the view")),
    ("[ · ]", say("keys", "Smaller or larger beta")),
)
ROWS = (
    ("0 … 9", say("keys", "Choose the class of that index (bars, simplex)")),
    ("T", say("keys", "Make the chosen class the target")),
    ("N", say("keys", "Randomize the logits")),
    ("F", say("keys", "Gradient flow on the simplex")),
    (", · .", say("keys", "Previous or next frame (CTC)")),
    ("Home · End", say("keys", "First or last frame or row")),
)
BATCH = (
    ("↑ ↓ · Space", say("keys", "From row to row · select it (Shift selects on the way, Ctrl+A all)")),
    ("Enter · P", say("keys", "Open the row where it can be touched · pin it for comparison")),
    ("S · /", say("keys", "Sort by the next column · filter")),
    ("O", say("keys", "List the selected rows alone")),
    ("X · W", say("keys", "Leave the selection out · weigh the classes in the next way")),
    ("A", say("keys", "Keep this as A, and see the difference")),
    ("F8 · Shift+F8", say("keys", "Rows of the next or previous finding")),
    ("Ctrl+C · Ctrl+Shift+C", say("keys", "Copy the rows · copy as PyTorch")),
)
DUMPS = (
    ("← → · Home · End", say("keys", "From dump to dump (Shift: ten) · to the first, the newest")),
    ("↑ ↓", say("keys", "The same step of another split")),
    ("Space", say("keys", "Play the dumps · stop")),
)
LATTICE = (
    ("1 … 5", say("keys", "Forward, backward, posterior, best path, gradient")),
    ("← → ↑ ↓", say("keys", "From cell to cell · Enter pins its card, Esc unpins")),
    ("Space", say("keys", "Play · stop")),
    (", · . · < · >", say("keys", "Playhead by a frame, by ten")),
    ("F10 · Shift+F10", say("keys", "Step through · a step back")),
    ("?", say("keys", "In the step-through: guess each value first")),
    ("B · E · A", say("keys", "Best path · edges · colours by value")),
    ("V · Z", say("keys", "Rows from the best path · zoom to the cell")),
    ("P · Shift+P", say("keys", "Draw an alignment · clear them")),
    ("J · /", say("keys", "Go to a frame · find symbols")),
    ("N · Shift+N", say("keys", "Next or previous weak segment")),
)
GROUPS: tuple[tuple[Text, tuple[tuple[str, Text], ...]], ...] = (
    (say("keys", "Everywhere"), WINDOW),
    (say("keys", "Curves and handles"), PLOTS),
    (say("keys", "Rows, classes and frames"), ROWS),
    (say("keys", "Batch"), BATCH),
    (say("keys", "Watched dumps"), DUMPS),
    (say("keys", "CTC lattice"), LATTICE),
)


@final
class KeyMap(QDialog):
    """A small window beside the other, closed with Esc."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Key map"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(24, 20, 24, 24)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        line = 0
        for title, keys in GROUPS:
            heading = QLabel(tr_text(title), font=font("section"))  # type: ignore[call-overload] Qt properties by name
            grid.addWidget(heading, line, 0, 1, 2)
            for number, (key, words) in enumerate(keys, line + 1):
                grid.addWidget(QLabel(key, font=font("mono")), number, 0)  # type: ignore[call-overload]
                meaning = label("body", "text2")
                meaning.setText(tr_text(words))
                grid.addWidget(meaning, number, 1)
            line += len(keys) + 1
            grid.setRowMinimumHeight(line, 12)
            line += 1
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.resize(content.sizeHint().width() + 24, 640)
