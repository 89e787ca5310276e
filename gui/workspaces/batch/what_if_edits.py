"""What would be if: rows left out, numbers of a row changed. The batch itself stays as it came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from core.batch import size_of
from core.errors import InputError
from core.row_places import RowPlaces, row_places, samples_of
from core.rows import has_class_indices
from core.text import say
from core.what_if import AS_IT_CAME, WhatIf
from gui.edit import Edit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.arrays import IntArray
    from core.problem import Problem


Change = Callable[[WhatIf, RowPlaces], WhatIf]


def set_input(row: int, index: int, value: float, merge_key: str | None = None) -> Edit[Problem]:
    """Another number at `index` of the row's input: a class, or 0 for the only number."""

    def change(what_if: WhatIf, places: RowPlaces) -> WhatIf:
        return replace(what_if, inputs=_with(what_if.inputs, int(places.input[index]), value))

    return Edit(say("batch", "Change row {row}", row=row), lambda problem: _changed(problem, row, change), merge_key)


def set_target(row: int, value: float, merge_key: str | None = None) -> Edit[Problem]:
    """Another target of the row: a class index, or the number that the element should be."""

    def change(what_if: WhatIf, places: RowPlaces) -> WhatIf:
        return replace(what_if, targets=_with(what_if.targets, int(places.target[0]), value))

    label = say("batch", "Change the target of row {row}", row=row)
    return Edit(label, lambda problem: _changed(problem, row, change), merge_key)


def revert_row(row: int) -> Edit[Problem]:
    """The row's numbers as they came."""

    def change(what_if: WhatIf, places: RowPlaces) -> WhatIf:
        inputs, targets = set(places.input.tolist()), set(places.target.tolist())
        return replace(
            what_if,
            inputs={place: value for place, value in what_if.inputs.items() if place not in inputs},
            targets={place: value for place, value in what_if.targets.items() if place not in targets},
        )

    return Edit(say("batch", "Revert row {row}", row=row), lambda problem: _changed(problem, row, change))


def drop_rows(rows: IntArray) -> Edit[Problem]:
    """Leave rows out: targets of a dense batch are ignored, else the whole samples that they belong to go."""

    def update(problem: Problem) -> Problem:
        base = problem.base
        if base is None or not rows.size:
            return problem
        what_if = problem.what_if
        samples, places = samples_of(problem, rows)
        if (inner := _targets_of_a_sample(problem)) > 1:
            ignored = what_if.ignored | frozenset((samples * inner + places).tolist())
            return replace(problem, what_if=replace(what_if, ignored=ignored))
        _check_weight(problem)
        dropped = what_if.dropped | frozenset(samples.tolist())
        if len(dropped) >= size_of(base.loss, base.input):
            raise InputError(
                "rows",
                say("batch", "No sample would be left."),
                say("batch", "Leave at least one row out of the selection."),
            )
        return replace(problem, what_if=replace(what_if, dropped=dropped))

    return Edit(say("batch", "Leave out {count} rows", count=rows.size), update)


def restore() -> Edit[Problem]:
    """The batch as it came."""

    def update(problem: Problem) -> Problem:
        return problem if problem.what_if.is_empty else replace(problem, what_if=AS_IT_CAME)

    return Edit(say("batch", "The batch as it came"), update)


def is_changed(problem: Problem, row: int) -> bool:
    """Whether a number of the row is not what came."""
    if problem.what_if.is_empty:
        return False
    places = row_places(problem, row)
    if places is None:
        return False
    what_if = problem.what_if
    return any(p in what_if.inputs for p in places.input.tolist()) or any(
        p in what_if.targets for p in places.target.tolist()
    )


def _changed(problem: Problem, row: int, change: Change) -> Problem:
    return replace(problem, what_if=change(problem.what_if, _places(problem, row)))


def _places(problem: Problem, row: int) -> RowPlaces:
    places = row_places(problem, row)
    if places is None:
        raise InputError(
            "row",
            say("batch", "A sequence has no numbers of its own to change here."),
            say("batch", "Open it in the CTC workspace."),
        )
    return places


def _targets_of_a_sample(problem: Problem) -> int:
    """How many targets a sample has that can be ignored one by one."""
    base = problem.base
    if base is None or base.target is None or not hasattr(problem.loss, "ignore_index"):
        return 1
    return prod(base.target.shape[1:]) if has_class_indices(base) else 1


def _check_weight(problem: Problem) -> None:
    """A weight for each sample would no longer fit the samples that are left."""
    batch, weight = problem.batch, getattr(problem.loss, "weight", None)
    if problem.loss.family != "binary" or weight is None or batch is None:
        return
    shape = np.shape(weight)
    if len(shape) == batch.input.ndim and shape[0] not in (0, 1):
        raise InputError(
            "weight",
            say("batch", "It has a value for each of {count} samples, so none can be left out.", count=shape[0]),
            say("batch", "Choose uniform weights first."),
        )


def _with(values: Mapping[int, float], place: int, value: float) -> Mapping[int, float]:
    return {**values, place: value}
