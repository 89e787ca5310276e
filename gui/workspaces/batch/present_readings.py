"""What the table says of one row, one under another; beside a pinned row, and beside what A gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.explain.digits import fixed, signed
from core.text import say
from gui.kit.number_row import NumberRow

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.table.table import Column, Table

SHOWN = ("loss", "weight", "T", "U", "slack", "share", "grad", "rank")
ROLES = {"loss": "loss", "grad": "grad"}


def readings(table: Table, row: int, pinned_row: int | None, before: FloatArray | None) -> tuple[NumberRow, ...]:
    """`before`: (count,) what each row gave in A, None if nothing is pinned or the rows are others."""
    columns = [table.columns[key] for key in SHOWN if key in table.columns]
    found = [_reading(column, row, pinned_row) for column in columns]
    if before is not None and before.size == table.count and "loss" in table.columns:
        found.insert(1, NumberRow(say("batch", "it added in A"), fixed(float(before[row]), 4)))
    return tuple(found)


def _reading(column: Column, row: int, pinned_row: int | None) -> NumberRow:
    role = ROLES.get(column.key, "")
    if pinned_row is None or pinned_row == row or pinned_row >= column.values.size:
        return NumberRow(column.title, column.text(row), role)
    difference = float(column.values[row]) - float(column.values[pinned_row])
    name = say("batch", "{column} ({difference} to the pinned row)", column=column.title,
               difference=signed(difference, column.digits))  # fmt: skip
    return NumberRow(name, column.text(row), role)
