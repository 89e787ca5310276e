"""The diagnosis: claims with their evidence, the most severe first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from core.text import say
from gui.kit.badge import Badge
from gui.kit.i18n import tr_text
from gui.kit.icons import paint_icon
from gui.kit.label import label
from gui.kit.notice import ICONS, ROLES, Notice, in_order
from gui.kit.panel import Section
from gui.kit.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

MAX_ITEMS = 5
MAX_LINKS = 12
ICON = 16
TEXT_LEFT = 24


@final
class DiagnosisList(QWidget):
    """A section of the inspector that shows Notices.

    Signals:
        row_chosen(int): a link to a row of the batch was followed.
        rows_chosen(object): all rows that an item names, for it was clicked.
    """

    row_chosen = Signal(int)
    rows_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: tuple[Notice, ...] = ()
        self._expanded = False
        self._section = Section(say("kit", "Diagnosis"))
        self._badges: list[Badge] = []
        self._pairs: list[tuple[int, str]] = []
        self._shown: list[NoticeItem] = []
        self._items = QWidget()
        self._column = QVBoxLayout(self._items)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.more = QPushButton()
        self.more.setProperty("link", "true")
        self.more.clicked.connect(self._expand)
        self._section.add(self._items)
        self._section.add(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)

    def show_notices(self, notices: tuple[Notice, ...]) -> None:
        """Show these, folded to the first five."""
        if len(notices) != len(self._notices):
            self._expanded = False
        self._notices = in_order(notices)
        self._rebuild()

    def items(self) -> list[NoticeItem]:
        """The items shown, from top to bottom."""
        return list(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._rebuild()
        super().changeEvent(event)

    def _expand(self) -> None:
        self._expanded = True
        self._rebuild()

    def _rebuild(self) -> None:
        shown = self._notices if self._expanded else self._notices[:MAX_ITEMS]
        while len(self._shown) < len(shown):
            self._add_item()
        for index, notice in enumerate(shown):
            self._shown[index].show_notice(notice, first=index == 0)
        while len(self._shown) > len(shown):
            item = self._shown.pop()
            item.hide()
            self._column.removeWidget(item)
            item.deleteLater()
        hidden = len(self._notices) - len(shown)
        self.more.setText(tr_text(say("kit", "{count} more", count=hidden)))
        self.more.setVisible(hidden > 0)
        self._count()

    def _add_item(self) -> None:
        item = NoticeItem()
        item.row_chosen.connect(self.row_chosen)
        item.rows_chosen.connect(self.rows_chosen)
        self._column.insertWidget(len(self._shown), item)
        item.show()
        self._shown.append(item)

    def _count(self) -> None:
        counts = Counter(notice.severity for notice in self._notices)
        serious = [severity for severity in ("error", "warning") if counts[severity]]
        # Without errors and warnings one plain total says enough.
        pairs = [(counts[severity], ROLES[severity]) for severity in serious] or [(counts["hint"], "text2")]
        if pairs == self._pairs:
            return
        self._pairs = pairs
        for badge in self._badges:
            badge.hide()
            badge.deleteLater()
        self._badges = [Badge(str(count), role) for count, role in pairs if count]
        for badge in self._badges:
            self._section.add_badge(badge)


@final
class NoticeItem(QFrame):
    """Icon, bold claim, evidence, what would mend it, links to rows.

    Signals:
        row_chosen(int): a link; rows_chosen(object): a click beside the links.
    """

    row_chosen = Signal(int)
    rows_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice: Notice | None = None
        self._first = True
        self.title = label("label-strong", wrap=True)
        self.message = label("label", "text2", wrap=True)
        self.fix = label("label", "text2", wrap=True)
        self.links = label("label", "text2", wrap=True)
        self.links.setTextFormat(Qt.TextFormat.RichText)
        self.links.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | _KEYS)
        self.links.linkActivated.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(TEXT_LEFT, 8, 0, 9)
        column.setSpacing(1)
        for words in (self.title, self.message, self.fix, self.links):
            column.addWidget(words)

    def show_notice(self, notice: Notice, first: bool) -> None:
        """Show a notice; the first of a list has no line above it."""
        self._notice = notice
        self._first = first
        named = Qt.CursorShape.PointingHandCursor if notice.rows else Qt.CursorShape.ArrowCursor
        self.setCursor(named)
        _show(self.title, tr_text(notice.title))
        _show(self.message, tr_text(notice.message))
        _show(self.fix, tr_text(notice.fix) if notice.fix else "")
        self._show_links()
        self.setAccessibleName(f"{notice.severity}: {self.title.text()}. {self.message.text()}")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._notice is not None and self._notice.rows:
            self.rows_chosen.emit(self._notice.rows)
        else:
            super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._first:
            painter.fillRect(TEXT_LEFT, 0, self.width() - TEXT_LEFT, 1, color("line"))
        if self._notice:
            place = QRectF(0, 8, ICON, ICON)
            paint_icon(painter, ICONS[self._notice.severity], place, ROLES[self._notice.severity])

    def changeEvent(self, event: QEvent) -> None:
        # The colour of a link is baked in when its text is set.
        if event.type() is QEvent.Type.PaletteChange and self._notice:
            self._show_links()
        super().changeEvent(event)

    def _show_links(self) -> None:
        assert self._notice is not None
        rows = self._notice.rows
        style = f'style="color:{color("accent").name()};text-decoration:none"'
        named = list(zip(rows, self._notice.names or map(str, rows), strict=True))
        words = ", ".join(f'<a href="{row}" {style}>{name}</a>' for row, name in named[:MAX_LINKS])
        _show(
            self.links,
            tr_text(say("kit", "rows {rows}", rows=words + (", …" if len(rows) > MAX_LINKS else ""))) if rows else "",
        )

    def _follow(self, link: str) -> None:
        self.row_chosen.emit(int(link))


_KEYS = Qt.TextInteractionFlag.LinksAccessibleByKeyboard


def _show(place: QLabel, words: str) -> None:
    place.setText(words)
    place.setVisible(bool(words))
