"""Which class is taken for which, ready to be drawn; and the rows of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.explain.digits import fixed
from core.text import say
from gui.kit.confusion_matrix_figure import ConfusionMatrixFigure

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, IntArray
    from core.pictures.confusion import Confusion
    from gui.workspaces.batch.compute_sheet import Sheet

OTHERS = "…"


def confusion_matrix_figure(
    sheet: Sheet, found: Confusion, primary: int | None, selection: IntArray
) -> ConfusionMatrixFigure:
    """`selection`: ascending row numbers."""
    given = sheet.assessed.batch.classes
    named = given if len(given) == sheet.group_count else ()
    classes = [*map(int, found.classes), *([-1] if found.others else [])]
    accuracy = fixed(100 * sheet.accuracy, 1)
    caption = say("batch", "{accuracy}% right", accuracy=accuracy)
    if found.others:
        caption = say("batch", "{accuracy}% right · the {count} most frequent of {all} classes", accuracy=accuracy,
                      count=found.classes.size, all=sheet.group_count)  # fmt: skip
    first = int(selection[0]) if selection.size else None
    return ConfusionMatrixFigure(
        title=say("batch", "target against prediction"),
        caption=caption,
        names=tuple(_name(named, index) for index in classes),
        classes=tuple(classes),
        counts=found.counts,
        shares=found.shares,
        chosen=_whole(sheet, found, _cell(sheet, found, first), selection),
        primary=_cell(sheet, found, primary),
    )


def rows_of_cell(sheet: Sheet, found: Confusion, row: int, column: int) -> IntArray:
    """The rows that a cell counts, which stands at these places."""
    columns, count = sheet.table.columns, sheet.group_count
    target = _belongs(columns["target"].values, found, row, count)
    return np.flatnonzero(target & _belongs(columns["predicted"].values, found, column, count) & sheet.table.kept)


def _belongs(values: Array, found: Confusion, place: int, count: int) -> BoolArray:
    """Beyond the classes that are told apart: those left over, and no index that names none."""
    if place < found.classes.size:
        return np.asarray(values == found.classes[place])
    return np.asarray(~np.isin(values, found.classes) & (values >= 0) & (values < count))


def _name(names: tuple[str, ...], index: int) -> str:
    """Empty where a class is called by its index."""
    if index < 0:
        return OTHERS
    return names[index] if names and names[index] != str(index) else ""


def _cell(sheet: Sheet, found: Confusion, row: int | None) -> tuple[int, int] | None:
    """Where a row is counted; None if it is not, or not told apart."""
    table = sheet.table
    if row is None or not 0 <= row < table.count or not table.kept[row]:
        return None
    indices = [int(table.columns[key].values[row]) for key in ("target", "predicted")]
    places = [np.flatnonzero(found.classes == index) for index in indices]
    return (int(places[0][0]), int(places[1][0])) if all(place.size for place in places) else None


def _whole(sheet: Sheet, found: Confusion, cell: tuple[int, int] | None, selection: IntArray) -> tuple[int, int] | None:
    """The cell if the selection is all of its rows and no others."""
    if cell is None or int(found.counts[cell]) != selection.size:
        return None
    return cell if np.array_equal(rows_of_cell(sheet, found, *cell), selection) else None
