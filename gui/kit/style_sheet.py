"""The application's one style sheet, made anew from the tokens at each switch of theme.

Widgets never carry a sheet of their own; they choose among these looks.

Object names (the frame): `rail` (its QToolButtons 56x52), `topBar`, `strip`, `viewBar`, `centre`, `inspector`,
`sidePane` (a pane left of the plots), `statusBar`: background, and the hairline on the side where the next area begins.
`popup`, `card`: raised, bordered, rounded. `hairline`, `vline`: a QFrame of 1 px. `scrolled`: what a QScrollArea holds.

Dynamic properties, all strings, set before the widget is first shown (afterwards call `restyle(widget)`):
    QToolButton  tight="true"      as small as its icon: the buttons of a player
    QPushButton  primary="true"    filled; one in a view at most
                 flat="true"       no border
                 link="true"       accent text, no border
    QToolButton  outlined="true"   bordered; checked is shown in accent on soft (Compare)
    QPushButton, QToolButton  pill="true"   a preset: 22 high, round; checkable
    QLineEdit    refused="true"    border and text in err; bare="true" no border (inside a row that has one)
    QLabel       role="text2|text3|accent|grad|target|err|warn|ok|ink"   colour of the text
    QFrame       tint="err|warn|info|ok"   the soft background of a banner

Fonts are never set here (a sheet would drop their features): use `widget.setFont(theme.font(role))`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from gui.kit.tokens import Theme


# Rules cannot tint a picture, so those that they need are there once for each theme.
PICTURES_DIR = Path(__file__).resolve().parents[2] / "resources" / "icons" / "styled"


def restyle(widget: QWidget) -> None:
    """Apply the sheet again after a dynamic property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def style_sheet(t: Theme) -> str:
    """Qt style rules for the standard widgets and the frame."""
    return "\n".join((_frame(t), _buttons(t), _fields(t), _sliders(t), _popups(t), _tables(t), _labels(t)))


def _frame(t: Theme) -> str:
    return f"""
    QMainWindow, QDialog {{ background: {t.surface}; }}
    QToolBar {{ border: none; spacing: 8px; padding: 0; }}
    #rail {{ background: {t.app}; border: none; border-right: 1px solid {t.line}; }}
    #topBar {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line}; }}
    #strip {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line}; }}
    #viewBar {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line}; }}
    #centre {{ background: {t.surface}; }}
    #inspector {{ background: {t.surface2}; border: none; border-left: 1px solid {t.line}; }}
    #sidePane {{ background: {t.surface2}; border: none; border-right: 1px solid {t.line}; }}
    #statusBar {{ background: {t.app}; color: {t.text2}; border: none; border-top: 1px solid {t.line}; }}
    #statusBar::item {{ border: none; }}
    #rail QToolButton {{ min-width: 56px; max-width: 56px; min-height: 52px; max-height: 52px; padding: 0; }}
    #rail QToolButton:checked {{ background: {t.soft}; color: {t.accent}; }}
    QFrame#hairline {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
    QFrame#vline {{ background: {t.line}; border: none; max-width: 1px; min-width: 1px; }}
    QSplitter::handle {{ background: {t.line}; }}
    QSplitter::handle:hover {{ background: {t.accent}; }}
    QSplitter::handle:horizontal {{ width: 1px; }}
    QSplitter::handle:vertical {{ height: 1px; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; }}
    """


def _buttons(t: Theme) -> str:
    return f"""
    QPushButton, QToolButton {{
        color: {t.text}; border: 1px solid transparent; border-radius: 6px; padding: 0 10px; min-height: 26px;
    }}
    QPushButton {{ background: {t.surface}; border-color: {t.line2}; }}
    QToolButton {{ background: transparent; min-height: 30px; padding: 0 6px; }}
    QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {t.press}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {t.ctl}; }}
    QToolButton::menu-indicator, QPushButton::menu-indicator {{ image: none; width: 0; }}
    QPushButton[primary="true"] {{
        background: {t.accent}; color: {t.onaccent}; border-color: {t.accent}; padding: 0 16px; min-height: 30px;
    }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[primary="true"]:disabled {{ background: {t.press}; color: {t.text3}; border-color: {t.press}; }}
    QPushButton[flat="true"] {{ background: transparent; border-color: transparent; }}
    QPushButton[flat="true"]:hover {{ background: {t.hover}; }}
    QPushButton[link="true"] {{
        background: transparent; color: {t.accent}; border: 1px solid transparent; padding: 0 2px; min-height: 22px;
        text-align: left;
    }}
    QPushButton[flat="true"]:focus, QPushButton[link="true"]:focus {{ border: 2px solid {t.accent}; }}
    QToolButton[outlined="true"] {{ border-color: {t.line2}; }}
    QToolButton:checked {{ background: {t.soft}; color: {t.accent}; }}
    QToolButton[tight="true"] {{ padding: 0; min-height: 0; border-radius: 4px; }}
    QPushButton[pill="true"], QToolButton[pill="true"] {{
        border: 1px solid {t.line2}; border-radius: 11px; padding: 0 8px; min-height: 20px; max-height: 20px;
        background: transparent; color: {t.text2};
    }}
    QPushButton[pill="true"]:checked, QToolButton[pill="true"]:checked {{
        background: {t.soft}; color: {t.accent}; border-color: {t.accent};
    }}
    QPushButton[pill="true"]:disabled {{ color: {t.ctl}; border-color: {t.line}; }}
    QPushButton[pill="true"]:focus, QToolButton[pill="true"]:focus {{ border: 2px solid {t.accent}; padding: 0 7px; }}
    """


def _fields(t: Theme) -> str:
    return f"""
    QLineEdit, QAbstractSpinBox, QComboBox {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.line2}; border-radius: 4px;
        padding: 0 8px; min-height: 24px; selection-background-color: {t.accent}; selection-color: {t.onaccent};
    }}
    QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover {{ border-color: {t.ctl}; }}
    QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{
        border: 2px solid {t.accent}; padding: 0 7px; min-height: 22px;
    }}
    QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {{ color: {t.ctl}; }}
    QLineEdit[refused="true"] {{ border-color: {t.err}; color: {t.err}; }}
    QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {{
        border: none; background: transparent; padding: 0; min-height: 20px;
    }}
    QLineEdit > QToolButton {{ padding: 0; min-height: 0; border: none; }}
    QPlainTextEdit, QTextEdit {{
        background: {t.surface}; color: {t.text}; border: 1px solid {t.line2}; border-radius: 6px; padding: 4px;
        selection-background-color: {t.accent}; selection-color: {t.onaccent};
    }}
    QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {t.accent}; padding: 3px; }}
    QComboBox, QComboBox:focus {{ padding: 0 9px; }}
    QComboBox::drop-down {{ border: none; width: 22px; }}
    QComboBox::down-arrow {{ image: url("{_picture("chev", t)}"); width: 12px; height: 12px; }}
    QCheckBox, QRadioButton {{ spacing: 8px; }}
    QCheckBox::indicator, QRadioButton::indicator {{
        width: 14px; height: 14px; border: 1px solid {t.ctl}; border-radius: 4px; background: {t.surface};
    }}
    QRadioButton::indicator {{ border-radius: 8px; }}
    QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {t.accent}; }}
    QCheckBox::indicator:focus, QRadioButton::indicator:focus {{
        border: 2px solid {t.accent}; width: 12px; height: 12px;
    }}
    QCheckBox::indicator:checked {{
        background: {t.accent}; border-color: {t.accent}; image: url("{_picture("check", t)}");
    }}
    QRadioButton::indicator:checked {{ border: 5px solid {t.accent}; width: 6px; height: 6px; }}
    """


def _sliders(t: Theme) -> str:
    return f"""
    QSlider {{ min-height: 20px; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.line2}; }}
    QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {t.accent}; }}
    QSlider::handle:horizontal {{
        width: 12px; height: 12px; margin: -5px 0; border-radius: 7px;
        background: {t.surface}; border: 1px solid {t.accent};
    }}
    QSlider::handle:horizontal:hover, QSlider::handle:horizontal:pressed {{ background: {t.soft}; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {t.accent}; margin: -6px 0; border-radius: 8px; }}
    QSlider::sub-page:horizontal:disabled, QSlider::groove:horizontal:disabled {{ background: {t.line}; }}
    QScrollBar {{ background: transparent; border: none; margin: 0; }}
    QScrollBar:vertical {{ width: 10px; }}
    QScrollBar:horizontal {{ height: 10px; }}
    QScrollBar::handle {{ background: {t.line2}; border-radius: 3px; margin: 2px; }}
    QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {t.ctl}; }}
    QScrollBar::handle:vertical {{ min-height: 28px; }}
    QScrollBar::handle:horizontal {{ min-width: 28px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
    QProgressBar {{ border: none; background: {t.line}; max-height: 2px; }}
    QProgressBar::chunk {{ background: {t.accent}; }}
    """


def _popups(t: Theme) -> str:
    return f"""
    QToolTip {{
        background: {t.raised}; color: {t.text}; border: 1px solid {t.line2}; padding: 4px 8px; opacity: 255;
    }}
    QMenu {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line2}; padding: 4px; }}
    QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.hover}; }}
    QMenu::item:disabled {{ color: {t.ctl}; }}
    QMenu::icon {{ padding-left: 8px; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
    #popup, #card {{ background: {t.raised}; border: 1px solid {t.line2}; border-radius: 8px; }}
    QComboBox QAbstractItemView {{
        background: {t.raised}; border: 1px solid {t.line2}; outline: none; padding: 2px;
        selection-background-color: {t.soft}; selection-color: {t.accent};
    }}
    """


def _tables(t: Theme) -> str:
    return f"""
    QAbstractItemView {{
        background: {t.surface}; alternate-background-color: {t.surface2}; color: {t.text}; border: none; outline: none;
        gridline-color: {t.line}; selection-background-color: {t.soft}; selection-color: {t.text};
    }}
    QAbstractItemView::item:hover {{ background: {t.hover}; }}
    QAbstractItemView::item:selected {{ background: {t.soft}; color: {t.text}; }}
    #popup QAbstractItemView, #popup QAbstractItemView::item {{ background: transparent; }}
    #inspector QTableView, #inspector QHeaderView {{ background: transparent; }}
    QHeaderView {{ background: {t.surface}; border: none; }}
    QHeaderView::section {{
        background: {t.surface}; color: {t.text2}; border: none; border-bottom: 1px solid {t.line}; padding: 4px 8px;
    }}
    #samples QHeaderView::section:first {{ padding-left: 16px; }}
    #inspector QHeaderView::section {{ background: transparent; padding: 2px 0; }}
    QTableCornerButton::section {{ background: {t.surface}; border: none; }}
    """


def _labels(t: Theme) -> str:
    roles = ("text2", "text3", "accent", "grad", "target", "err", "warn", "ok", "ink")
    texts = "\n".join(f'QLabel[role="{role}"] {{ color: {t.role(role)}; }}' for role in roles)
    tints = {"err": t.errsoft, "warn": t.warnsoft, "info": t.soft, "ok": t.oksoft}
    frames = "\n".join(f'QFrame[tint="{name}"] {{ background: {soft}; border: none; }}' for name, soft in tints.items())
    return f"{texts}\n{frames}"


def _picture(name: str, t: Theme) -> str:
    return (PICTURES_DIR / f"{name}-{t.name}.svg").as_posix()
