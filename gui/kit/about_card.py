"""About a loss: a card over the window, to read beside the plots and to copy from."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from core.about import ABOUT, About
from core.losses import LOSSES
from core.snippets import dump_snippet
from core.text import Text, say
from gui.kit.formula_lines import FormulaLines, lines_text
from gui.kit.i18n import tr_text
from gui.kit.icons import icon
from gui.kit.label import label
from gui.kit.sign import Sign
from gui.kit.theme import font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from gui.kit.theme import FontRole

WIDTH = 560
PADDING = 24
MARGIN = 24
INDENT = 20

DEFINITION = say("about", "Definition")
GRADIENT = say("about", "Gradient")
ASSUMES = say("about", "What it assumes")
WHEN = say("about", "When to use it")
TRAPS = say("about", "Common traps")
SHAPES = say("about", "Shapes")
DOMAIN = say("about", "Domain")
DIVISOR = say("about", "What “mean” divides by")
SOURCES = say("about", "Sources")
DUMP = say("about", "From your training loop")


@final
class AboutCard(QFrame):
    """Lies over its parent, does not block it, and goes with Esc or its cross.

    Signals:
        closed(): it was put away.
    """

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._name = ""
        self._before: QWidget | None = None
        self._title = label("title")
        self._copy = QPushButton(icon("copy"), "")
        self._copy.setFont(font("body"))
        self._copy.clicked.connect(self._copy_all)
        self._close = QToolButton()
        self._close.setIcon(icon("x"))
        self._close.clicked.connect(self.put_away)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill()
        self._retranslate()
        parent.installEventFilter(self)
        self.hide()

    @property
    def loss_name(self) -> str:
        """Which loss it tells of."""
        return self._name

    def show_loss(self, name: str) -> None:
        """Open the card of the loss called `name`, from its first line on."""
        self._name = name
        self._title.setText(name)
        self.setAccessibleName(name)
        self._scroll.setWidget(_content(ABOUT[name]))
        self._scroll.verticalScrollBar().setValue(0)
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._stand()
        self.show()
        self.raise_()
        self._scroll.setFocus(Qt.FocusReason.PopupFocusReason)

    def put_away(self) -> None:
        """Hide the card; the focus goes back to where it was, if that is still there."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._stand()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _fill(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(PADDING, 14, 12, 6)
        head.setSpacing(8)
        head.addWidget(self._title, stretch=1)
        head.addWidget(self._copy)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 8)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, stretch=1)

    def _retranslate(self) -> None:
        self._copy.setText(self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy everything on this card as text"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.setAccessibleName(self.tr("Close"))
        if self._name:
            self._scroll.setWidget(_content(ABOUT[self._name]))

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(plain_text(ABOUT[self._name]))

    def _stand(self) -> None:
        """In the middle of the parent, as high as it needs to be and as there is room."""
        parent, page = self.parentWidget(), self._scroll.widget()
        assert parent is not None
        assert page is not None
        room = parent.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        needed = page.sizeHint().height() + 64
        self.resize(min(WIDTH, room.width()), min(needed, room.height()))
        self.move(room.center() - self.rect().center())


def plain_text(about: About) -> str:
    """The whole card as text, for the clipboard."""
    parts: list[tuple[Text, list[str]]] = [
        (DEFINITION, [*lines_text(about.definition), tr_text(about.symbols)]),
        (GRADIENT, lines_text(about.gradient)),
        *((title, [tr_text(text) for text in texts]) for title, texts in _lists(about)),
        (DUMP, dump_snippet(LOSSES[about.name].family).splitlines()),
        (SOURCES, [f"{source.title}, {source.address}" for source in about.sources]),
    ]
    sections = ["\n".join([tr_text(title), *(f"  {line}" for line in lines)]) for title, lines in parts]
    return "\n\n".join([f"{about.name}\n{tr_text(about.summary)}", *sections]) + "\n"


def _lists(about: About) -> tuple[tuple[Text, tuple[Text, ...]], ...]:
    return (
        (ASSUMES, (about.assumes,)),
        (WHEN, about.when),
        (TRAPS, about.traps),
        (SHAPES, about.shapes),
        (DOMAIN, about.domain),
        (DIVISOR, (about.divisor,)),
    )


def _content(about: About) -> QWidget:
    page = QWidget()
    page.setObjectName("scrolled")
    column = QVBoxLayout(page)
    column.setContentsMargins(PADDING, 0, PADDING, 16)
    column.setSpacing(6)
    width = WIDTH - 2 * PADDING - 12
    column.addWidget(_words(tr_text(about.summary), "body", "text2"))
    _head(column, DEFINITION)
    column.addWidget(FormulaLines(about.definition, width))
    column.addWidget(_words(tr_text(about.symbols), "label", "text2"))
    _head(column, GRADIENT)
    column.addWidget(FormulaLines(about.gradient, width))
    for title, texts in _lists(about):
        _head(column, title)
        for text in texts:
            _item(column, tr_text(text), title is TRAPS)
    _head(column, DUMP)
    column.addWidget(_words(dump_snippet(LOSSES[about.name].family).rstrip(), "mono", "text2"))
    _head(column, SOURCES)
    for source in about.sources:
        column.addWidget(_words(f"{source.title}, {source.address}", "label", "text2"))
    column.addStretch()
    return page


def _head(column: QVBoxLayout, title: Text) -> None:
    column.addSpacing(12)
    column.addWidget(label("section", "text3", tr_text(title)))


def _item(column: QVBoxLayout, words: str, is_trap: bool) -> None:
    """One sentence; a trap has a sign before it."""
    if not is_trap:
        column.addWidget(_words(words, "body"))
        return
    line = QHBoxLayout()
    line.setSpacing(INDENT - 14)
    line.addWidget(Sign("warn", "warn", 14), alignment=Qt.AlignmentFlag.AlignTop)
    line.addWidget(_words(words, "body"), stretch=1)
    column.addLayout(line)


def _words(words: str, face: FontRole, role: str = "") -> QLabel:
    made = label(face, role, words, wrap=True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return made
