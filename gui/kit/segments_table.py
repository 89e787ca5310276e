"""A table of segments: symbol, frames, confidence as a bar; sorted by a click on a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QStyle, QStyledItemDelegate, QTableView

from core.text import Text, say
from gui.kit.i18n import tr_text
from gui.kit.numbers import prob
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from gui.kit.segment_row import SegmentRow

    Index = QModelIndex | QPersistentModelIndex

ROW = 22
HEADER = 22
MOST_ROWS = 10
LABEL, NUMBER, VALUE = 60, 40, 42
BAR = 4.0


@final
class SegmentsTable(QTableView):
    """Signals: chosen(int): the number of the segment that was clicked, or of Enter."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.setFixedHeight(HEADER)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column, width in enumerate((LABEL, NUMBER, NUMBER)):
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        header.setFont(font("caption"))
        header.sectionClicked.connect(self._sort)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._choose)

    def show_rows(self, rows: tuple[SegmentRow, ...]) -> None:
        """Show these segments; the order that was chosen stays."""
        self._rows.show_rows(rows)
        self.setFixedHeight(HEADER + ROW * max(min(len(rows), MOST_ROWS), 1) + 2)

    def show_current(self, number: int | None) -> None:
        """Mark the segment at the playhead, and bring it into view."""
        if number == self._rows.current:
            return
        self._rows.current = number
        place = self._rows.place_of(number)
        if place is not None:
            self.scrollTo(self._rows.index(place, 0))
        self.viewport().update()

    def numbers(self) -> tuple[int, ...]:
        """The segments' numbers from top to bottom."""
        return self._rows.order

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 3)
        super().changeEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._rows.order[index.row()])

    def _sort(self, column: int) -> None:
        self._rows.sort_by(column)


@final
class _Rows(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: tuple[SegmentRow, ...] = ()
        self.order: tuple[int, ...] = ()
        self.current: int | None = None
        self._column = 0

    def show_rows(self, rows: tuple[SegmentRow, ...]) -> None:
        if rows == self.rows:
            return
        self.beginResetModel()
        self.rows = rows
        self.current = None
        self._order()
        self.endResetModel()

    def sort_by(self, column: int) -> None:
        self.beginResetModel()
        self._column = column
        self._order()
        self.endResetModel()

    def place_of(self, number: int | None) -> int | None:
        return self.order.index(number) if number is not None and number in self.order else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # what Qt asks for by role
        if not index.isValid():
            return None
        row = self.rows[self.order[index.row()]]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return tr_text(_spoken(row))
        return row if role == Qt.ItemDataRole.UserRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # what Qt asks for by role
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return right | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr_text(say("kit", "Sort by this"))
        if role == Qt.ItemDataRole.FontRole:
            return font("label-strong" if section == self._column else "caption")
        heads = (say("kit", "symbol"), say("kit", "start"), say("kit", "end"), say("kit", "confidence"))
        return tr_text(heads[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def _order(self) -> None:
        keys = {
            0: lambda n: n,
            1: lambda n: self.rows[n].first,
            2: lambda n: self.rows[n].last,
            3: lambda n: self.rows[n].confidence,
        }
        self.order = tuple(sorted(range(len(self.rows)), key=keys[self._column]))


@final
class _Delegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: SegmentRow = index.data(Qt.ItemDataRole.UserRole)
        model = index.model()
        assert isinstance(model, _Rows)
        place = QRectF(option.rect)  # type: ignore[attr-defined] PySide6's stubs leave it out
        state = option.state  # type: ignore[attr-defined]
        here = model.current is not None and model.order[index.row()] == model.current
        if here or state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, color("soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, color("hover"))
        if index.column() == 0:
            _paint_text(painter, place, row.label, "label-strong", "target", right=False)
        elif index.column() < 3:
            number = row.first if index.column() == 1 else row.last
            _paint_text(painter, place, str(number), "label", "text2", right=True)
        else:
            _paint_confidence(painter, place, row)


def _paint_confidence(painter: QPainter, place: QRectF, row: SegmentRow) -> None:
    bar = QRectF(place.left() + 16, place.center().y() - BAR / 2, place.width() - VALUE - 20, BAR)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("line"))
    painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
    painter.setBrush(color(row.role))
    share = min(max(row.confidence, 0.0), 1.0) if row.confidence == row.confidence else 0.0
    painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(bar.width() * share, 2.0), BAR), BAR / 2, BAR / 2)
    painter.restore()
    role = "text" if row.role != "err" else "err"
    _paint_text(painter, place, prob(row.confidence), "label", role, right=True)


def _paint_text(painter: QPainter, place: QRectF, words: str, face: Any, role: str, *, right: bool) -> None:
    painter.setFont(font(face))
    painter.setPen(color(role))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(place.width()))
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _spoken(row: SegmentRow) -> Text:
    return say(
        "kit",
        "{label}: frames {first} to {last}, confidence {confidence}",
        label=row.label,
        first=row.first,
        last=row.last,
        confidence=prob(row.confidence),
    )
