"""The top bar: which loss, which batch, undo and redo, comparing, language, theme, sharing."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from gui.kit.icons import icon
from gui.kit.loss_selector import LossSelector
from gui.kit.theme import font, theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPixmap

HEIGHT = 48
SOURCE_WIDTH = 200


@final
class TopBar(QFrame):
    """Buttons only: each is given its action or menu by the window."""

    def __init__(self, thumbnail: Callable[[str], QPixmap], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setFixedHeight(HEIGHT)
        self.losses = LossSelector(thumbnail)
        self.source = _button("file", text=True)
        self.source.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.source.setMaximumWidth(SOURCE_WIDTH)
        self.open = _button("folder", text=True)
        self.undo = _button("undo")
        self.redo = _button("redo")
        self.compare = _button("compare", text=True)
        self.compare.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.compare.setCheckable(True)
        self.language = _button(None, text=True)
        self.language.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.theme = _button("moon")
        self.share = _button("share", text=True)
        self.share.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.share.setProperty("outlined", "true")
        self._lay_out()
        self._retheme()

    def show_words(self) -> None:
        """Say what the buttons without an action do, in the window's language."""
        self.compare.setText(self.tr("Compare"))
        self.compare.setToolTip(self.tr("Draw other losses beside this one"))
        self.share.setText(self.tr("Share"))
        self.language.setToolTip(self.tr("Language"))
        self.language.setAccessibleName(self.tr("Language"))

    def show_source(self, name: str, icon_name: str) -> None:
        """Say which batch, sketch or nothing is open."""
        if self.source.toolTip() == name:
            return
        metrics = self.source.fontMetrics()
        self.source.setText(metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, SOURCE_WIDTH - 64))
        self.source.setIcon(icon(icon_name))
        self.source.setToolTip(name)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._retheme()
        elif event.type() == QEvent.Type.LanguageChange:
            self.show_words()
        super().changeEvent(event)

    def _retheme(self) -> None:
        self.theme.setIcon(icon("sun" if theme().dark else "moon"))

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(8)
        for widget in (self.losses, self.source, self.open):
            line.addWidget(widget)
        line.addStretch(1)
        groups = ((self.undo, self.redo), (self.compare,), (self.language, self.theme, self.share))
        for number, group in enumerate(groups):
            if number:
                line.addWidget(_divider())
            for widget in group:
                line.addWidget(widget)


def _button(name: str | None, *, text: bool = False) -> QToolButton:
    button = QToolButton()
    if name is not None:
        button.setIcon(icon(name))
    button.setIconSize(QSize(18, 18))
    button.setFont(font("body"))
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(style.ToolButtonTextBesideIcon if text and name else style.ToolButtonIconOnly)
    if text and not name:
        button.setToolButtonStyle(style.ToolButtonTextOnly)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    button.setFixedHeight(32)
    return button


def _divider() -> QFrame:
    line = QFrame()
    line.setObjectName("vline")
    line.setFixedHeight(24)
    return line
