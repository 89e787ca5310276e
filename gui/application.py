"""The running program: application, settings, window."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gui.kit import i18n
from gui.kit.theme import prepare, set_theme, system_theme
from gui.runtime import crash
from gui.runtime.settings import Settings
from gui.window import Window

if TYPE_CHECKING:
    from pathlib import Path

# Seconds after which a worker lets the window go on. Python's 5 ms are waited for at every call from Qt into Python:
# with them a repaint of many widgets took 670 ms while a long lattice was computed, with these 50 ms.
SWITCH = 0.5e-3
FRAME = QSize(8, 40)  # room for what a window manager puts around a window


def run(files: list[Path], theme: str | None, language: str | None, workspace: str | None) -> int:
    """Open the window, on a file if one is named, and stay until it is closed."""
    sys.setswitchinterval(SWITCH)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("lossscope")
    app.setApplicationDisplayName("LossScope")
    settings = Settings()
    i18n.install(app, language or settings.language)
    prepare(app, theme or settings.theme or system_theme())
    window = Window(settings)
    _follow_the_desktop(settings, fixed=theme is not None)
    crash.install(lambda: window.session.state, window.tell_crash)
    window.restoreGeometry(settings.geometry)
    _show_within_screen(window)
    window.prefer(workspace)
    if files:
        window.open_chosen(files[0])
    elif workspace is not None:
        window.show_workspace(workspace)
    return app.exec()


def _show_within_screen(window: Window) -> None:
    """Maximised where the window with its frame would not fit."""
    free = window.screen().availableSize()
    if free.width() < window.width() + FRAME.width() or free.height() < window.height() + FRAME.height():
        window.showMaximized()
    else:
        window.show()


def _follow_the_desktop(settings: Settings, *, fixed: bool) -> None:
    def follow(scheme: Qt.ColorScheme) -> None:
        if not fixed and settings.theme is None:
            set_theme("dark" if scheme == Qt.ColorScheme.Dark else "light")

    QGuiApplication.styleHints().colorSchemeChanged.connect(follow)
