"""Forms: rows of editors made from declarations. Only these rows block signals, while showing a value."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.params import specs
from gui.kit.field import Field, field_of
from gui.kit.field_row import FieldRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import DataclassInstance


@final
class FieldForm(QWidget):
    """Rows under one another, each for one Field.

    Signals:
        edited(str, object, str): name, value and merge key; "" where the edit is an undo step of its own.
        released(): a drag or a run of key presses ended; cancelled(): Esc during a drag.
        reset(str): the label of this name was double-clicked.
    """

    edited = Signal(str, object, str)
    released = Signal()
    cancelled = Signal()
    reset = Signal(str)

    def __init__(self, fields: Iterable[Field] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, FieldRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.show_fields(fields)

    def show_fields(self, fields: Iterable[Field]) -> None:
        """Have exactly these rows, in this order; a row whose declaration did not change keeps what is typed in it."""
        wanted = {field.name: field for field in fields}
        for name in [name for name, row in self._rows.items() if wanted.get(name) != row.field]:
            self._drop(name)
        for field in wanted.values():
            if field.name not in self._rows:
                self._rows[field.name] = self._make(field)
        self._arrange(list(wanted))

    def names(self) -> tuple[str, ...]:
        """The rows' names from top to bottom."""
        return tuple(self._rows)

    def row(self, name: str) -> FieldRow:
        """The row of a name; KeyError if there is none."""
        return self._rows[name]

    def show_value(self, name: str, value: object) -> None:
        """Show one value from the state."""
        self._rows[name].show_value(value)

    def refuse(self, name: str, message: str) -> bool:
        """Say at the field why its last edit was not taken; False if no row has that name."""
        row = self._rows.get(name)
        if row:
            row.refuse(message)
        return row is not None

    def _make(self, field: Field) -> FieldRow:
        row = FieldRow(field, self)
        row.edited.connect(self.edited)
        row.released.connect(self.released)
        row.cancelled.connect(self.cancelled)
        row.reset.connect(self.reset)
        return row

    def _drop(self, name: str) -> None:
        row = self._rows.pop(name)
        row.hide()
        self._column.removeWidget(row)
        row.deleteLater()

    def _arrange(self, names: list[str]) -> None:
        if list(self._rows) == names and self._column.count() == len(names):
            return
        self._rows = {name: self._rows[name] for name in names}
        for index, row in enumerate(self._rows.values()):
            self._column.removeWidget(row)
            self._column.insertWidget(index, row)
            row.show()
        in_order = list(self._rows.values())
        for before, after in pairwise(in_order):
            QWidget.setTabOrder(before, after)


@final
class ParamForm(QWidget):
    """The scalar parameters of a dataclass, with rows of other things before and after them.

    Signals: as FieldForm's; `reset` asks for the default of the Field, which the listener sets.
    """

    edited = Signal(str, object, str)
    released = Signal()
    cancelled = Signal()
    reset = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: tuple[Field, ...] = ()
        self._after: tuple[Field, ...] = ()
        self._own: tuple[Field, ...] = ()
        self.fields = FieldForm(parent=self)
        self.fields.edited.connect(self.edited)
        self.fields.released.connect(self.released)
        self.fields.cancelled.connect(self.cancelled)
        self.fields.reset.connect(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fields)

    def show_values(self, owner: DataclassInstance) -> None:
        """Show the parameters of `owner`; the rows are made anew only when its class is another."""
        self._own = tuple(field_of(spec) for spec in specs(type(owner)) if spec.kind != "array")
        self.fields.show_fields(self._all())
        for field in self._own:
            self.fields.show_value(field.name, getattr(owner, field.name))

    def show_extra(self, before: Iterable[Field] = (), after: Iterable[Field] = ()) -> None:
        """Rows that are no parameters of the owner, above and below those that are."""
        self._before, self._after = tuple(before), tuple(after)
        self.fields.show_fields(self._all())

    def show_value(self, name: str, value: object) -> None:
        """Show the value of one row, of whichever kind."""
        self.fields.show_value(name, value)

    def refuse(self, name: str, message: str) -> bool:
        """Say at the field why its last edit was not taken; False if no row has that name."""
        return self.fields.refuse(name, message)

    def _all(self) -> tuple[Field, ...]:
        return (*self._before, *self._own, *self._after)
