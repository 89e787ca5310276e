"""Columns of numbers over the rows of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from core.arrays import Array, frozen
from core.explain.digits import fixed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.arrays import BoolArray
    from core.text import Text

# A name or number of the row; a class index; a quantity; a share of the whole, in per cent; a remark.
Kind = Literal["id", "class", "number", "share", "flag"]
Role = Literal["plain", "loss", "grad", "target"]


@final
@dataclass(frozen=True, eq=False, slots=True)
class Column:
    """One quantity of every row.

    Attributes:
        key: its name in filters and files.
        values: (count,) by row number: for "class" and "flag" indices into `names`, below 0 for none.
        digits: decimals that are shown; bar: whether its size is drawn, too.
        weight: how much room it wants; rank: the higher, the sooner it gives way in a narrow table.
    """

    key: str
    title: Text
    kind: Kind
    values: Array
    names: tuple[str, ...] = ()
    digits: int = 0
    bar: bool = False
    role: Role = "plain"
    weight: float = 1.0
    rank: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozen(self.values))

    def text(self, row: int) -> str:
        """The value of a row as it is shown; "" for none."""
        value = self.values[row]
        if self.kind in ("class", "flag") or self.names:
            return self._named(int(value))
        if self.kind == "id":
            return str(value)
        number = float(value)
        per_cent = "%" if self.kind == "share" and isfinite(number) else ""
        return f"{fixed(number, self.digits)}{per_cent}"

    def _named(self, index: int) -> str:
        if 0 <= index < len(self.names):
            return self.names[index]
        return "" if self.kind == "flag" else str(index)


@final
@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """The rows of a batch.

    Attributes:
        shape: the rows' own axes; row i is `label(i)` in it, in C order.
        kept: (count,) which rows count: False where the target is ignored.
        columns: by key, in the order in which they are shown.
    """

    count: int
    shape: tuple[int, ...]
    kept: BoolArray
    columns: Mapping[str, Column]

    def label(self, row: int) -> str:
        """How a row is called: its id, or else its index: "104", "3, 12"."""
        if "id" in self.columns:
            return self.columns["id"].text(row)
        if len(self.shape) < 2:
            return str(row)
        return ", ".join(str(int(i)) for i in np.unravel_index(row, self.shape))
