"""The window's actions and menus, with their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from gui.kit.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

# name: (icon, keys); the words are in `_words`, which is asked again when the language changes.
_ACTIONS: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "find": ("search", ("Ctrl+K",)),
    "open": ("folder", ("Ctrl+O",)),
    "watch": ("watch", ("Ctrl+Shift+O",)),
    "undo": ("undo", ("Ctrl+Z",)),
    "redo": ("redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    "home": (None, ("Ctrl+Home",)),
    "explore": ("explore", ("Ctrl+1",)),
    "batch": ("batch", ("Ctrl+2",)),
    "ctc": ("ctc", ("Ctrl+4",)),
    "inspector": ("panel", ("Ctrl+I",)),
    "theme": ("moon", ("Ctrl+D",)),
    "language": (None, ("Ctrl+L", "F9")),
    "save_picture": ("export", ("Ctrl+E",)),
    "copy_picture": ("copy", ("Ctrl+Shift+P",)),
    "about": ("info", ("F1",)),
    "keys": ("keyboard", ("?",)),
    "step": ("next", ("F10",)),
    "descend": ("play", ("F5",)),
    "clear_pins": ("x", ("Shift+P",)),
    "pin": ("pin", ("P",)),
}


def _words() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "find": translate("Commands", "Find a loss"),
        "open": translate("Commands", "Open"),
        "watch": translate("Commands", "Watch folder…"),
        "undo": translate("Commands", "Undo"),
        "redo": translate("Commands", "Redo"),
        "home": translate("Commands", "Start page"),
        "explore": translate("Commands", "Explore"),
        "batch": translate("Commands", "Batch"),
        "ctc": translate("Commands", "CTC"),
        "inspector": translate("Commands", "Show or hide the inspector"),
        "theme": translate("Commands", "Light or dark theme"),
        "language": translate("Commands", "Next language"),
        "save_picture": translate("Commands", "Save picture…"),
        "copy_picture": translate("Commands", "Copy picture"),
        "about": translate("Commands", "About this loss"),
        "keys": translate("Commands", "Key map"),
        "step": translate("Commands", "One descent step"),
        "descend": translate("Commands", "Descend"),
        "clear_pins": translate("Commands", "Remove all pins"),
        "pin": translate("Commands", "Pin this loss as it is"),
    }


@dataclass(frozen=True, slots=True)
class Commands:
    """Every action by its name."""

    actions: dict[str, QAction]

    def __getitem__(self, name: str) -> QAction:
        return self.actions[name]

    def connect(self, name: str, slot: Callable[[], object]) -> None:
        """Do this when the action is chosen, by mouse or key."""
        self.actions[name].triggered.connect(lambda _checked=False: slot())

    def retranslate(self) -> None:
        """Say them in the window's language, with the key in the tooltip."""
        for name, words in _words().items():
            action = self.actions[name]
            action.setText(words)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{words} ({keys})" if keys else words)


def make_commands(window: QWidget) -> Commands:
    """The actions, with their keys, on `window`."""
    actions: dict[str, QAction] = {}
    for name, (icon_name, keys) in _ACTIONS.items():
        action = QAction(window)
        if icon_name:
            action.setIcon(icon(icon_name))
        action.setShortcuts([QKeySequence(key) for key in keys])
        window.addAction(action)
        actions[name] = action
    commands = Commands(actions)
    commands.retranslate()
    return commands
