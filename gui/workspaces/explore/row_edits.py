"""What a user does to the row of class scores: pure functions from Explore's state to Explore's state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import FloatArray, frozen
from core.errors import InputError
from core.text import say
from gui.workspaces.explore.state import ExploreState, Link, RowProbe

if TYPE_CHECKING:
    import numpy.typing as npt

FEWEST, MOST = 2, 10
SPREAD = 1.6  # standard deviation of random logits
Update = Callable[[ExploreState], ExploreState]


def set_logit(index: int, value: float) -> Update:
    """Move one bar and select it; -inf masks a class out, nan is refused."""
    if np.isnan(value):
        raise InputError("logits", say("explore", "nan is no logit."), say("explore", "Type a number."))

    def update(row: RowProbe) -> RowProbe:
        return replace(row, z=_changed(row.z, {index: value}), focus=index)

    return _on_row(update)


def set_logits(values: dict[int, float]) -> Update:
    """Move several bars at once: the disc of the slice."""
    return _on_row(lambda row: replace(row, z=_changed(row.z, values)))


def add_to_logit(index: int, step: float) -> Update:
    """Move one bar by a step, and select it."""
    return _on_row(lambda row: replace(row, z=_changed(row.z, {index: _stepped(row.z[index], step)}), focus=index))


def add_to_logits(steps: dict[int, float]) -> Update:
    """Move several bars by steps."""

    def update(row: RowProbe) -> RowProbe:
        return replace(row, z=_changed(row.z, {c: _stepped(row.z[c], step) for c, step in steps.items()}))

    return _on_row(update)


def select(index: int) -> Update:
    """Choose the class that keys move."""
    return _on_row(lambda row: row if row.focus == index else replace(row, focus=index))


def set_target(index: int) -> Update:
    """Make a class the target, with all of the probability; the slice then shows it and its strongest rival."""

    def update(row: RowProbe) -> RowProbe:
        if not 0 <= index < row.z.size:
            return replace(row, target=index, soft=None)
        return replace(row, target=index, soft=None, focus=index, pair=_pair_with(row, index))

    return _on_row(update)


def set_soft(soft: npt.ArrayLike | None) -> Update:
    """A distribution as target, or None for the class index alone."""

    def update(row: RowProbe) -> RowProbe:
        if soft is None:
            return replace(row, soft=None)
        given = frozen(soft, np.float64)
        return replace(row, soft=given, target=int(np.argmax(given)))

    return _on_row(update)


def set_share(index: int, share: float, smoothing: float = 0.0) -> Update:
    """Give one class this share of the smoothed target; the others keep their proportions."""

    def update(row: RowProbe) -> RowProbe:
        count = row.z.size
        wanted = (share - smoothing / count) / max(1 - smoothing, 1e-9)
        soft = _renormalised(_distribution(row), index, float(np.clip(wanted, 0, 1)))
        return replace(row, soft=soft, target=int(np.argmax(soft)), focus=index)

    return _on_row(update)


def set_class_count(count: int) -> Update:
    """Keep the first classes, or add new ones at logit 0."""
    if not FEWEST <= count <= MOST:
        raise InputError(
            "classes",
            say("explore", "{count} is outside [{low}, {high}].", count=count, low=FEWEST, high=MOST),
            say("explore", "Choose a number of classes inside."),
        )
    return _on_row(lambda row: _resized(row, count))


def set_pair(first: int, second: int) -> Update:
    """The two classes of the slice, which must differ."""
    if first == second:
        raise InputError(
            "pair",
            say("explore", "A slice needs two different classes."),
            say("explore", "Choose another class for one of the axes."),
        )
    return _on_row(lambda row: replace(row, pair=(first, second)))


def set_link(link: Link) -> Update:
    """What is applied to the scores before the loss sees them."""
    return _on_row(lambda row: replace(row, link=link))


def randomize(seed: int) -> Update:
    """New logits from a seed; names, target and link stay."""

    def update(row: RowProbe) -> RowProbe:
        drawn = np.random.default_rng(seed).normal(0.0, SPREAD, row.z.size)
        return replace(row, z=frozen(np.round(drawn, 2)))

    return _on_row(update)


def uniform() -> Update:
    """All logits 0: every class equally probable."""
    return _on_row(lambda row: replace(row, z=frozen(np.zeros(row.z.size))))


def _on_row(change: Callable[[RowProbe], RowProbe]) -> Update:
    """An edit of the probe alone; once its numbers change it is no longer the row of the batch."""

    def update(state: ExploreState) -> ExploreState:
        row = change(state.classes)
        if row is state.classes:
            return state
        same = row.z is state.classes.z and row.soft is state.classes.soft and row.target == state.classes.target
        return replace(state, classes=row, row=state.row if same else None)

    return update


def _changed(z: FloatArray, values: dict[int, float]) -> FloatArray:
    """Z with some entries new; an index that went away in the meantime is left out."""
    new = np.array(z, np.float64)
    for index, value in values.items():
        if 0 <= index < new.size:
            new[index] = value
    return frozen(new)


def _stepped(value: float, step: float) -> float:
    """Value + step without the dust of binary fractions; infinities stay."""
    return round(float(value) + step, 10)


def _pair_with(row: RowProbe, target: int) -> tuple[int, int]:
    if target in row.pair:
        return row.pair
    others = np.where(np.arange(row.z.size) == target, -np.inf, row.z)
    rival = int(np.argmax(others))
    return (min(rival, target), max(rival, target))


def _distribution(row: RowProbe) -> FloatArray:
    if row.soft is not None:
        return row.soft
    return (np.arange(row.z.size) == row.target).astype(np.float64)


def _renormalised(q: FloatArray, index: int, share: float) -> FloatArray:
    """Q with q[index] = share and the others scaled to fill 1; equal ones where they were all 0."""
    others = np.delete(q, index)
    rest = others / others.sum() if others.sum() > 0 else np.full(others.size, 1 / max(others.size, 1))
    return frozen(np.insert(rest * (1 - share), index, share))


def _resized(row: RowProbe, count: int) -> RowProbe:
    kept = min(count, row.z.size)
    z = np.concatenate([row.z[:count], np.zeros(count - kept)])
    names = row.names[:count] + tuple(str(c) for c in range(len(row.names[:count]), count))
    last = count - 1
    pair = row.pair if max(row.pair) < count else (0, 1)
    soft = None if row.soft is None else _resized_soft(row.soft, count)
    target = min(row.target, last) if soft is None else int(np.argmax(soft))
    return replace(row, z=frozen(z), names=names, target=target, soft=soft, focus=min(row.focus, last), pair=pair)


def _resized_soft(soft: FloatArray, count: int) -> FloatArray:
    kept = np.concatenate([soft[:count], np.zeros(max(0, count - soft.size))])
    total = kept.sum()
    return frozen(kept / total if total > 0 else np.full(count, 1 / count))
