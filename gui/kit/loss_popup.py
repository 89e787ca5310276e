"""The list that drops from the loss selector: what is typed narrows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.loss_search import FAMILIES, LossEntry, Match, search
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

Thumbnail = Callable[[str], QPixmap]
WIDTH = 340
ROW, HEADER = 36, 26
PICTURE = QSize(40, 24)
_MATCH = Qt.ItemDataRole.UserRole
_PICTURE = Qt.ItemDataRole.DecorationRole


@final
class LossPopup(QFrame):
    """A search field above the losses by family; Up, Down and Enter work while typing, Esc closes.

    Signals:
        chosen(str): the name of a loss.
    """

    chosen = Signal(str)

    def __init__(self, thumbnail: Thumbnail | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._thumbnail = thumbnail
        self._entries: tuple[LossEntry, ...] = ()
        self.setObjectName("popup")
        self.field = QLineEdit()
        self.field.setFont(font("body"))
        self.field.setFixedHeight(30)
        self.field.textEdited.connect(self._narrow)
        self.field.installEventFilter(self)
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_LossDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list)

    def show_entries(self, entries: tuple[LossEntry, ...]) -> None:
        """Offer these losses."""
        self._entries = entries
        self._narrow("")

    def select(self, name: str) -> None:
        """Move the bar to a loss."""
        for row in range(self._model.rowCount()):
            match = self._model.index(row, 0).data(_MATCH)
            if match and match.entry.name == name:
                self.list.setCurrentIndex(self._model.index(row, 0))

    def names(self) -> tuple[str, ...]:
        """The losses listed now, from top to bottom."""
        items = (self._model.index(row, 0).data(_MATCH) for row in range(self._model.rowCount()))
        return tuple(match.entry.name for match in items if match)

    def current(self) -> str:
        """The loss that Enter would choose, "" for none."""
        match = self.list.currentIndex().data(_MATCH)
        return match.entry.name if match else ""

    def showEvent(self, event: QShowEvent) -> None:
        self.field.clear()
        self.field.setPlaceholderText(tr_text(say("kit", "Name, family or parameter")))
        self.field.setAccessibleName(tr_text(say("kit", "Find a loss")))
        self._narrow("")
        self.field.setFocus()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field or event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
        if event.key() in steps:
            self._move(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            return False
        return True

    def _narrow(self, query: str) -> None:
        words = {family: tr_text(title) for family, title in FAMILIES.items()}
        matches = search(self._entries, query, words)
        self._model.clear()
        family = ""
        for match in matches:
            if not query.strip() and match.entry.family != family:
                family = match.entry.family
                self._model.appendRow(_header(words.get(family, family)))
            self._model.appendRow(self._item(match))
        self._move(1)
        heights = [
            HEADER if not self._model.index(row, 0).data(_MATCH) else ROW for row in range(self._model.rowCount())
        ]
        self.list.setFixedHeight(min(max(sum(heights), ROW), 520))
        self.setFixedWidth(WIDTH)
        self.adjustSize()

    def _item(self, match: Match) -> QStandardItem:
        item = QStandardItem(match.entry.name)
        item.setData(match, _MATCH)
        if self._thumbnail:
            item.setData(self._thumbnail(match.entry.name), _PICTURE)
        item.setSizeHint(QSize(WIDTH - 20, ROW))
        return item

    def _move(self, step: int) -> None:
        rows = [row for row in range(self._model.rowCount()) if self._model.index(row, 0).data(_MATCH)]
        if not rows:
            return
        here = self.list.currentIndex().row()
        at = rows.index(here) + step if here in rows else 0
        index = self._model.index(rows[min(max(at, 0), len(rows) - 1)], 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self.field.setAccessibleDescription(self.current())

    def _choose(self, index: QModelIndex) -> None:
        match = index.data(_MATCH)
        if match:
            self.close()
            self.chosen.emit(match.entry.name)


def _header(title: str) -> QStandardItem:
    item = QStandardItem(title)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setSizeHint(QSize(WIDTH - 20, HEADER))
    return item


@final
class _LossDelegate(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._list = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect = QRectF(option.rect)  # type: ignore[attr-defined] PySide's stub lacks the fields of the option
        match = index.data(_MATCH)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        vertical = Qt.AlignmentFlag.AlignVCenter
        if match is None:
            painter.setPen(color("text3"))
            painter.setFont(font("caption"))
            painter.drawText(rect.adjusted(8, 4, 0, 0), vertical, index.data())
        else:
            self._paint_match(painter, rect, index, match)
        painter.restore()

    def _paint_match(
        self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex, match: Match
    ) -> None:
        if index.row() == self._list.currentIndex().row():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("soft"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        picture = index.data(_PICTURE)
        left = rect.left() + 8
        if picture is not None:
            place = QRectF(left, rect.center().y() - PICTURE.height() / 2, PICTURE.width(), PICTURE.height())
            painter.drawPixmap(place, picture, QRectF(picture.rect()))
            left += PICTURE.width() + 12
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(color("text"))
        painter.setFont(font("body-strong"))
        words = QRectF(left, rect.top(), rect.right() - left - 8, rect.height())
        painter.drawText(words, vertical, match.entry.name)
        painter.setPen(color("accent"))
        painter.setFont(font("mono"))
        painter.drawText(words, vertical | Qt.AlignmentFlag.AlignRight, ", ".join(match.parameters))
