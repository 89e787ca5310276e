"""The table of a batch's rows: sorted by a click on a heading, with a primary row, a selection and a pin."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from gui.kit.i18n import tr_text
from gui.kit.plot_text import width_of
from gui.kit.sample_table_delegate import EDGE, PICTURE, ROW, SampleTableDelegate
from gui.kit.sample_table_figure import LABEL
from gui.kit.sample_table_model import SampleTableModel
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from core.arrays import BoolArray, IntArray
    from core.table.table import Column
    from gui.kit.sample_table_figure import SampleTableFigure

HEADER = 27
UNIT = 72.0  # px that a column of weight 1 wants at least
PAGE_KEYS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
}


@final
class SampleTable(QTableView):
    """Rows are told by their numbers in the batch.

    Signals:
        primary_chosen(int): by click or arrow key.
        selection_chosen(IntArray): by Ctrl or Shift with a click, by Space, Ctrl+A, Shift with an arrow.
        row_opened(int): a double click, or Enter.
        pin_chosen(int): P.
        sort_chosen(str): the key of a column whose heading was clicked.
        copy_requested(): Ctrl+C.
        hovered(int): the row under the mouse, -1 for none.
    """

    primary_chosen = Signal(int)
    selection_chosen = Signal(object)
    row_opened = Signal(int)
    pin_chosen = Signal(int)
    sort_chosen = Signal(str)
    copy_requested = Signal()
    hovered = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = SampleTableModel(self)
        self._delegate = SampleTableDelegate(self._rows)
        self.setModel(self._rows)
        self.setItemDelegate(self._delegate)
        self._set_up_header()
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setDefaultSectionSize(ROW)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("samples")

    def show_figure(self, figure: SampleTableFigure) -> None:
        """Show rows; the primary one is brought into view when it changes."""
        before = self._rows.figure
        self._delegate.show_figure(figure)
        self._rows.show_figure(figure, self._fitting(figure))
        self._lay_out_columns()
        moved = before is None or before.primary != figure.primary or before.order is not figure.order
        place = figure.place_of(figure.primary) if moved else None
        if place is not None:
            self.setCurrentIndex(self._rows.index(place, 0))
        self.setAccessibleName(tr_text(figure.caption))
        self._rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._rows.columnCount() - 1)
        self.viewport().update()

    def mark(self, rows: BoolArray | None) -> None:
        """Lift (count,) rows a little, those that something under the mouse is about; None lifts none."""
        self._delegate.marked = rows
        self.viewport().update()

    def row_rect(self, row: int) -> QRect:
        """Where a listed row stands in the viewport."""
        assert self._rows.figure is not None
        place = self._rows.figure.place_of(row)
        assert place is not None
        first, last = self._rows.index(place, 0), self._rows.index(place, self._rows.columnCount() - 1)
        return self.visualRect(first).united(self.visualRect(last))

    def shown_keys(self) -> tuple[str, ...]:
        """The columns that there is room for, left to right."""
        return tuple(self._rows.key_of(section) for section in range(self._rows.columnCount()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        figure = self._rows.figure
        if figure is not None and not figure.order.size and figure.empty is not None:
            painter = QPainter(self.viewport())
            painter.setFont(font("body"))
            painter.setPen(color("text2"))
            area = self.viewport().rect().adjusted(24, 16, -24, -16)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, tr_text(figure.empty))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._rows.figure is not None:
            self._rows.show_figure(self._rows.figure, self._fitting(self._rows.figure))
            self._lay_out_columns()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        row = self._rows.row_of(index)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._toggle(row)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._extend(index.row())
        else:
            self.primary_chosen.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.row_opened.emit(self._rows.row_of(index))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self.hovered.emit(self._rows.row_of(index) if index.isValid() else -1)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        figure, key = self._rows.figure, Qt.Key(event.key())
        if figure is None or not figure.order.size:
            event.ignore()
            return
        place = figure.place_of(figure.primary)
        target = self._place_by_key(key, place)
        if target is not None:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._extend(target)
            self.primary_chosen.emit(int(figure.order[target]))
        elif not self._act(event, figure.primary if place is not None else None):
            event.ignore()  # Qt would search for what is typed; letters are keys of the page

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._rows.figure is not None:
            self.show_figure(self._rows.figure)
        elif event.type() == QEvent.Type.PaletteChange:
            self.viewport().setBackgroundRole(QPalette.ColorRole.Base)
            self.viewport().update()
        super().changeEvent(event)

    def _place_by_key(self, key: Qt.Key, place: int | None) -> int | None:
        """Where a key leads; None for a key that leads nowhere."""
        assert self._rows.figure is not None
        last = self._rows.figure.order.size - 1
        page = max(self.viewport().height() // ROW - 1, 1)
        steps = {**PAGE_KEYS, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        if key == Qt.Key.Key_Home:
            return 0
        if key == Qt.Key.Key_End:
            return last
        if key not in steps:
            return None
        return 0 if place is None else min(max(place + steps[key], 0), last)

    def _act(self, event: QKeyEvent, primary: int | None) -> bool:
        """What a key does that moves nothing."""
        assert self._rows.figure is not None
        key, control = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and key == Qt.Key.Key_C:
            self.copy_requested.emit()
        elif control and key == Qt.Key.Key_A:
            self.selection_chosen.emit(np.sort(self._rows.figure.order))
        elif primary is None or event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            return False
        elif key == Qt.Key.Key_Space:
            self._toggle(primary)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.row_opened.emit(primary)
        elif key == Qt.Key.Key_P:
            self.pin_chosen.emit(primary)
        else:
            return False
        return True

    def _toggle(self, row: int) -> None:
        assert self._rows.figure is not None
        selection: IntArray = self._rows.figure.selection
        held = self._rows.figure.is_selected(row)
        with_row = np.insert(selection, np.searchsorted(selection, row), row)
        self.selection_chosen.emit(selection[selection != row] if held else with_row)

    def _extend(self, place: int) -> None:
        """Select from the primary row to this place of the list."""
        figure = self._rows.figure
        assert figure is not None
        start = figure.place_of(figure.primary)
        low, high = sorted((place if start is None else start, place))
        chosen = np.zeros(figure.table.count, dtype=bool)
        chosen[figure.selection] = chosen[figure.order[low : high + 1]] = True
        self.selection_chosen.emit(np.flatnonzero(chosen))

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.setHighlightSections(False)
        header.setFixedHeight(HEADER)
        header.setMinimumSectionSize(20)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setFont(font("label"))
        header.sectionClicked.connect(self._sort)

    def _sort(self, section: int) -> None:
        key = self._rows.key_of(section)
        self.sort_chosen.emit("id" if key == LABEL else key)

    def _name_width(self, figure: SampleTableFigure) -> float:
        """The room of the rows' names: of the last row, and of the first ones listed."""
        table = figure.table
        some = [*figure.order[:20].tolist(), table.count - 1] if table.count else []
        widest = max((width_of(table.label(row), "label") for row in some), default=20.0)
        return EDGE + min(max(widest, 24.0), 150.0) + (PICTURE + 14 if figure.pictures is not None else 12)

    def _fitting(self, figure: SampleTableFigure) -> tuple[Column, ...]:
        """The columns that there is room for: those of the highest rank give way first."""
        columns = list(figure.columns)
        room = self.viewport().width() - self._name_width(figure)
        while len(columns) > 1 and sum(column.weight for column in columns) * UNIT > room:
            columns.remove(max(columns, key=lambda column: (column.rank, columns.index(column))))
        return tuple(columns)

    def _lay_out_columns(self) -> None:
        figure, columns = self._rows.figure, self._rows.columns
        if figure is None:
            return
        first = round(self._name_width(figure))
        self.setColumnWidth(0, first)
        room, total = self.viewport().width() - first, sum(column.weight for column in columns)
        left = 0.0
        for section, column in enumerate(columns, 1):
            right = left + column.weight / total * room
            self.setColumnWidth(section, round(right) - round(left))
            left = right
