"""The theme in force: palette and style of the application, fonts, and what widgets ask for when they paint."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from gui.kit.tokens import LIGHT, THEMES, Theme

if TYPE_CHECKING:
    from collections.abc import Iterable

FONTS_DIR = Path(__file__).resolve().parents[2] / "resources" / "fonts"
UI_FAMILIES = ["Inter", "LossScope Sans SC", "DejaVu Sans"]
MONO_FAMILIES = ["DejaVu Sans Mono", "LossScope Sans SC"]
MATH_FAMILIES = ["LossScope Math", "DejaVu Sans"]

# px size and weight of each kind of text; nothing is smaller than 11 px.
FontRole = Literal[
    "tick", "caption", "label", "label-strong", "body", "body-strong", "section", "title", "matrix", "mono", "math"
]
_FONTS: dict[str, tuple[list[str], float, QFont.Weight]] = {
    "tick": (UI_FAMILIES, 11, QFont.Weight.Normal),
    "caption": (UI_FAMILIES, 11.5, QFont.Weight.Normal),
    "label": (UI_FAMILIES, 12, QFont.Weight.Normal),
    "label-strong": (UI_FAMILIES, 12, QFont.Weight.DemiBold),
    "body": (UI_FAMILIES, 13, QFont.Weight.Normal),
    "body-strong": (UI_FAMILIES, 13, QFont.Weight.DemiBold),
    "section": (UI_FAMILIES, 12, QFont.Weight.DemiBold),
    "title": (UI_FAMILIES, 21, QFont.Weight.DemiBold),
    "matrix": (UI_FAMILIES, 19, QFont.Weight.DemiBold),
    "mono": (MONO_FAMILIES, 11.5, QFont.Weight.Normal),
    "math": (MATH_FAMILIES, 16.5, QFont.Weight.Normal),
}
# The application has one theme, as it has one palette; `set_theme` replaces it.
_in_force: list[Theme] = [LIGHT]


@cache
def load_fonts() -> None:
    """Make the shipped fonts known to Qt, so that the window looks the same on every machine."""
    for path in sorted(FONTS_DIR.glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(path))


@cache
def font(role: FontRole, scale: float = 1.0) -> QFont:
    """The font of a kind of text, with figures of equal width and l, I and 1 told apart."""
    families, px, weight = _FONTS[role]
    made = QFont()
    made.setFamilies(families)
    made.setPixelSize(round(px * scale))
    if px * scale != round(px * scale):
        made.setPointSizeF(px * scale * 72 / 96)
    made.setWeight(weight)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in ("tnum", "cv05", "cv08"):
        made.setFeature(QFont.Tag(feature), 1)
    return made


def theme() -> Theme:
    """The theme in force."""
    return _in_force[0]


def color(role: str, alpha: float = 1.0) -> QColor:
    """The colour of a role or token in the theme in force; `alpha` from 0 to 1."""
    return QColor(_color(_in_force[0].name, role, alpha))


@cache
def _color(name: str, role: str, alpha: float) -> QColor:
    made = QColor(THEMES[name].role(role))
    made.setAlphaF(alpha)
    return made


def system_theme() -> str:
    """The name of the theme that the desktop asks for; light where it does not say."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def set_theme(name: str) -> None:
    """Switch the running application; every widget gets a PaletteChange and repaints."""
    from gui.kit.style_sheet import style_sheet

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    chosen = THEMES[name]
    _in_force[0] = chosen
    scheme = Qt.ColorScheme.Dark if chosen.dark else Qt.ColorScheme.Light
    QGuiApplication.styleHints().setColorScheme(scheme)
    app.setPalette(_palette(chosen))
    app.setStyleSheet(style_sheet(chosen))


def prepare(app: QApplication, name: str) -> None:
    """Style, fonts and theme for a new application."""
    app.setStyle("Fusion")
    load_fonts()
    app.setFont(font("body"))
    set_theme(name)


def _palette(chosen: Theme) -> QPalette:
    role = QPalette.ColorRole
    colors: Iterable[tuple[QPalette.ColorRole, str]] = (
        (role.Window, chosen.surface),
        (role.WindowText, chosen.text),
        (role.Base, chosen.surface),
        (role.AlternateBase, chosen.surface2),
        (role.ToolTipBase, chosen.raised),
        (role.ToolTipText, chosen.text),
        (role.Text, chosen.text),
        (role.Button, chosen.surface),
        (role.ButtonText, chosen.text2),
        (role.BrightText, chosen.err),
        (role.Link, chosen.accent),
        (role.Highlight, chosen.accent),
        (role.HighlightedText, chosen.onaccent),
        (role.PlaceholderText, chosen.text3),
        (role.Accent, chosen.accent),
        (role.Light, chosen.raised),
        (role.Midlight, chosen.line),
        (role.Mid, chosen.line2),
        (role.Dark, chosen.ctl),
    )
    palette = QPalette()
    for which, value in colors:
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(chosen.ctl))
    return palette
