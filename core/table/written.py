"""The present view of a table as text: for files and for the clipboard."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.arrays import IntArray
    from core.table.table import Column, Table


def as_csv(table: Table, rows: IntArray, separator: str = ",") -> str:
    """All columns of these rows in this order, numbers in full; the first line names them, rows are named first."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    columns = list(table.columns.values())
    numbered = [] if "id" in table.columns else [[table.label(int(row)) for row in rows]]
    writer.writerow([*(["row"] if numbered else []), *(column.key for column in columns)])
    writer.writerows(zip(*numbered, *(_cells(column, rows) for column in columns), strict=True))
    return out.getvalue()


def _cells(column: Column, rows: IntArray) -> Sequence[object]:
    if column.names:
        return [column.text(int(row)) for row in rows]
    picked = column.values[rows]
    # The shortest text that reads back as the same number of the column's dtype.
    return [str(value) for value in picked] if picked.dtype.kind == "f" else np.asarray(picked).tolist()
