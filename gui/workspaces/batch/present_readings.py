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
    other = pinned_row if pinned_row is not None and pinned_row != row and pinned_row < table.count else None
    found = [_reading(column, row, other) for column in columns]
    if before is not None and before.size == table.count and "loss" in table.columns:
        found.insert(1, NumberRow(say("batch", "it added in A"), fixed(float(before[row]), 4)))
    if other is not None:
        found.append(NumberRow(say("batch", "in brackets: less row"), table.label(other)))
    return tuple(found)


def _reading(column: Column, row: int, other: int | None) -> NumberRow:
    value = column.text(row)
    if other is not None:
        difference = float(column.values[row]) - float(column.values[other])
        value = f"{value} ({signed(difference, column.digits)})"
    return NumberRow(column.title, value, ROLES.get(column.key, ""))
