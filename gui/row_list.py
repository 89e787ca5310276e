"""The left pane of Explore when a batch is open: what it comes to, and its rows by loss."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.label import label
from gui.kit.numbers import loss4
from gui.kit.row_delegate import ROW, ROW_NUMBER, RowDelegate
from gui.kit.style_sheet import restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from gui.row_model import RowListModel

WIDTH = 236
LEAST, MOST = 200, 420
PADDING = 16


@final
class RowList(QFrame):
    """Shows a RowListModel; arrows move through the rows, Enter or a click loads one.

    Signals:
        row_chosen(int): the number of the row that is to be loaded.
    """

    row_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePane")
        self.setMinimumWidth(LEAST)
        self.setMaximumWidth(MOST)
        self.resize(WIDTH, self.height())
        self._model: RowListModel | None = None
        self._loaded: int | None = None
        self._title = label("body-strong", wrap=True)
        self._size = label("caption", "text3", wrap=True)
        self._value = label("matrix", "accent")
        self._reduction = label("caption", "text3")
        self._divisor = label("label", "text2", wrap=True)
        self._reported = label("label", "text2", wrap=True)
        self._sort_key = label("caption", "text3", wrap=True)
        self._empty = label("body", "text2", wrap=True)
        self._rows = _Rows(self)
        self._list = RowView(self._rows)
        self._delegate = RowDelegate(self)
        self._list.setItemDelegate(self._delegate)
        self._list.chosen.connect(self.row_chosen)
        self._fill()

    @property
    def table(self) -> QTableView:
        """The list itself, for the focus and for tests."""
        return self._list

    def show_model(self, model: RowListModel) -> None:
        """Show a batch; under other parameters of the loss the same batch stays where it was scrolled to."""
        before = self._model
        if model is before:
            return
        same = before is not None and (before.title, before.count) == (model.title, model.count)
        scrolled = self._list.verticalScrollBar().value() if same else 0
        current = self._list.current_row() if same else None
        self._model = model
        self._delegate.show_model(model)
        self._rows.show_model(model)
        self._say()
        self._go_to(current)
        self._list.verticalScrollBar().setValue(scrolled)

    def show_row(self, row: int | None) -> None:
        """Mark the row that is loaded, and bring it into view."""
        if row == self._loaded:
            return
        self._loaded = row
        self._delegate.show_loaded(row)
        self._go_to(row)
        self._list.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say()

    def _go_to(self, row: int | None) -> None:
        place = None if row is None or self._model is None else self._model.place(row)
        if place is not None:
            index = self._rows.index(place, 0)
            self._list.setCurrentIndex(index)
            self._list.scrollTo(index)

    def _say(self) -> None:
        model = self._model
        if model is None:
            return
        self._title.setText(model.title)
        self._size.setText(tr_text(model.size))
        self._value.setText(model.value)
        finite = model.value.lstrip("−")[:1].isdigit()
        self._value.setProperty("role", "accent" if finite else "err")
        restyle(self._value)
        self._reduction.setText(model.reduction)
        words = say("rows", "÷ {divisor} · {name}", divisor=model.divisor, name=model.divisor_name)
        self._divisor.setText(tr_text(words) if model.divisor else "")
        self._divisor.setVisible(bool(model.divisor))
        self._reported.setText(tr_text(model.reported) if model.reported else "")
        self._reported.setVisible(model.reported is not None)
        self._sort_key.setText(tr_text(model.sort_key))
        self._empty.setText(tr_text(model.empty) if model.empty else "")
        for part, seen in ((self._empty, model.empty is not None), (self._list, model.empty is None)):
            part.setVisible(seen)
        self._sort_key.setVisible(model.empty is None)
        self._list.setAccessibleName(tr_text(say("rows", "Rows of {title}", title=model.title)))
        self._list.setAccessibleDescription(self._sort_key.text())

    def _fill(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(PADDING, 14, PADDING, 10)
        head.setSpacing(2)
        for part in (self._title, self._size):
            head.addWidget(part)
        head.addSpacing(8)
        for part in (self._value, self._reduction, self._divisor, self._reported):
            head.addWidget(part)
        line = QFrame()
        line.setObjectName("hairline")
        key = QVBoxLayout()
        key.setContentsMargins(PADDING, 8, PADDING, 4)
        key.addWidget(self._sort_key)
        key.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line)
        column.addLayout(key)
        column.addWidget(self._list, stretch=1)
        column.addStretch()


@final
class RowView(QTableView):
    """Signals: chosen(int): Enter on a row, or a click."""

    chosen = Signal(int)

    def __init__(self, model: QAbstractTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.clicked.connect(self._choose)

    def current_row(self) -> int | None:
        """The number of the row under the keyboard."""
        index = self.currentIndex()
        return index.data(ROW_NUMBER) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.model().rowCount() - 1
            self.setCurrentIndex(self.model().index(0 if event.key() == Qt.Key.Key_Home else last, 0))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(ROW_NUMBER))


@final
class _Rows(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._model: RowListModel | None = None

    def show_model(self, model: RowListModel) -> None:
        self.beginResetModel()
        self._model = model
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if self._model is None or parent.isValid() else self._model.count

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else 1

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # what Qt asks for by role
        if self._model is None or not index.isValid():
            return None
        row = int(self._model.order[index.row()])
        if role == ROW_NUMBER:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return _spoken(self._model, row)
        return None


def _spoken(model: RowListModel, row: int) -> str:
    """The row in words, as a screen reader says it and the tooltip shows it."""
    loss = loss4(float(model.losses[row]))
    names = [_class_name(model, each[row]) for each in (model.target, model.predicted) if each is not None]
    if len(names) == 2:
        words = say(
            "rows",
            "Row {row}: target {target}, predicted {predicted}, loss {loss}",
            row=model.label(row),
            target=names[0],
            predicted=names[1],
            loss=loss,
        )
    elif names:
        words = say("rows", "Row {row}: target {target}, loss {loss}", row=model.label(row), target=names[0], loss=loss)
    else:
        words = say("rows", "Row {row}: loss {loss}", row=model.label(row), loss=loss)
    return tr_text(words)


def _class_name(model: RowListModel, number: int) -> str:
    return model.classes[number] if 0 <= number < len(model.classes) else str(int(number))
