"""The chooser of a batch's sequences, sorted by a click on a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from core.text import say
from gui.kit.i18n import tr_text
from gui.kit.numbers import fixed
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from core.arrays import Array
    from gui.workspaces.ctc.compute_sequences import SequencesResult

    Index = QModelIndex | QPersistentModelIndex

ROW = 22
MOST_ROWS = 7
COLUMNS = ("number", "text", "loss", "frames", "labels", "slack")
WIDTHS = {"number": 24, "loss": 52, "frames": 36, "labels": 32, "slack": 38}


@final
class SequencesView(QTableView):
    """Signals: chosen(int): the number of the sequence that was clicked, or of Enter or an arrow key."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self._sequence = -1
        self.setModel(self._rows)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(20)
        for column, name in enumerate(COLUMNS):
            if name in WIDTHS:
                self.setColumnWidth(column, WIDTHS[name])
        header.setSectionResizeMode(COLUMNS.index("text"), QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(True)
        header.setFixedHeight(ROW)
        header.sectionClicked.connect(self._sort)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setFont(font("label"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.clicked.connect(self._choose)

    def show_result(self, result: SequencesResult) -> None:
        """Show the sequences of a batch; the order that was chosen stays."""
        if result is not self._rows.result:
            self._rows.show_result(result)
            self.setFixedHeight(ROW * (1 + min(len(result.losses), MOST_ROWS)) + 2)
            self._mark()

    def show_sequence(self, sequence: int) -> None:
        """Mark the sequence that is shown."""
        if sequence != self._sequence:
            self._sequence = sequence
            self._mark()

    def numbers(self) -> tuple[int, ...]:
        """The sequences from top to bottom."""
        return self._rows.order

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        super().changeEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self._rows.order[index.row()] != self._sequence:
            self.chosen.emit(self._rows.order[index.row()])

    def _sort(self, column: int) -> None:
        self._rows.sort_by(COLUMNS[column])
        self._mark()

    def _mark(self) -> None:
        if self._sequence in self._rows.order:
            index = self._rows.index(self._rows.order.index(self._sequence), 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)


@final
class _Rows(QAbstractTableModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.result: SequencesResult | None = None
        self.order: tuple[int, ...] = ()
        self._key = "loss"

    def show_result(self, result: SequencesResult) -> None:
        self.beginResetModel()
        self.result = result
        self._order()
        self.endResetModel()

    def sort_by(self, key: str) -> None:
        self.beginResetModel()
        self._key = key
        self._order()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # what Qt asks for by role
        if self.result is None or not index.isValid():
            return None
        n, name = self.order[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._written(n, name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.result.texts[n]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(name)
        if role == Qt.ItemDataRole.ForegroundRole:
            bad = {"loss": not np.isfinite(self.result.losses[n]), "slack": bool(self.result.slack[n] < 0)}
            return color("err" if bad.get(name) else "text" if name in ("text", "loss") else "text2")
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # what Qt asks for by role
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(name)
        if role == Qt.ItemDataRole.FontRole:
            return font("label-strong" if name == self._key else "caption")
        heads = {"number": "#", "frames": "T", "labels": "U", "text": tr_text(say("ctc", "target")),
                 "loss": tr_text(say("ctc", "loss")), "slack": tr_text(say("ctc", "slack"))}  # fmt: skip
        if role == Qt.ItemDataRole.ToolTipRole and name == "slack":
            return tr_text(say("ctc", "Frames beyond those that the shortest alignment needs"))
        return heads[name] if role == Qt.ItemDataRole.DisplayRole else None

    def _written(self, n: int, name: str) -> str:
        assert self.result is not None
        result = self.result
        if name == "text":
            return result.texts[n]
        if name == "loss":
            return fixed(float(result.losses[n]), 3)
        number = {"number": n, "frames": result.frames[n], "labels": result.labels[n], "slack": result.slack[n]}[name]
        return str(int(number)).replace("-", "\u2212")

    def _order(self) -> None:
        assert self.result is not None
        result = self.result
        count = len(result.losses)
        # The largest loss first, nan and inf before it; everything else rises.
        worst = np.where(np.isnan(result.losses), -np.inf, -result.losses)
        keys: dict[str, Array] = {"loss": worst, "slack": result.slack, "frames": result.frames,
                                  "labels": result.labels, "number": np.arange(count)}  # fmt: skip
        if self._key == "text":
            self.order = tuple(sorted(range(count), key=lambda n: result.texts[n]))
        else:
            self.order = tuple(np.argsort(keys[self._key], kind="stable").tolist())


def _alignment(name: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if name in ("number", "text") else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
