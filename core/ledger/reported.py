"""Whether the loss that the user saw is this one, and if not, which calculation gives it."""

from __future__ import annotations

from math import floor, isfinite, isnan, log10
from typing import TYPE_CHECKING

import numpy as np

from core.explain.digits import significant
from core.ledger.ledger import Expected, Verdict
from core.ledger.naive import in_dtype, naive_values, value_of
from core.ledger.terms import replace_params
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.assess import Assessment
    from core.batch import Batch
    from core.losses import Loss

TOLERANCE = {2: 2e-3, 4: 1e-5, 8: 1e-9}  # relative, by the bytes of the input's dtype
MOST_DIGITS = 6  # of a number that may have been rounded for printing
LARGEST = 5_000_000  # numbers in an input beyond which no other calculation is tried
_TRIED: dict[str, tuple[object, ...]] = {
    "zero_infinity": (True, False),
    "ignore_index": (-100, -1, 255, 0),
    "label_smoothing": (0.0, 0.1, 0.2),
    "log_target": (True, False),
}


def verdict_of(assessed: Assessment, expected: tuple[Expected, ...]) -> Verdict:
    """Of a batch with `reported`; a nan equals a nan."""
    reported = assessed.batch.reported
    assert reported is not None
    assert assessed.evaluation is not None
    value = assessed.evaluation.value
    tolerance = tolerance_of(assessed.batch)
    if value.ndim == 0 and matches(reported, float(value), tolerance):
        words = say("ledger", "reported {reported}: it is this number", reported=_written(reported))
        return Verdict("proven", reported, words)
    for place, other in enumerate(expected):
        if matches(reported, other.value, tolerance):
            return Verdict("explained", reported, _named(reported, other.title), place)
    tried = [(other.title, other.value) for other in expected]
    if assessed.batch.input.size <= LARGEST:
        for title, number, slack in _others(assessed):
            if matches(reported, number, max(tolerance, slack)):
                return Verdict("explained", reported, _named(reported, title))
            tried.append((title, number))
    return Verdict("unexplained", reported, _unexplained(reported, tried))


def tolerance_of(batch: Batch) -> float:
    """How far, relative to it, a number computed in the batch's dtype may be off."""
    return TOLERANCE.get(batch.input.dtype.itemsize, 1e-5)


def matches(reported: float, value: float, tolerance: float) -> bool:
    """Equal, or equal at the digits that a rounded number has."""
    if isnan(reported) or isnan(value):
        return isnan(reported) and isnan(value)
    if not isfinite(reported) or not isfinite(value):
        return reported == value
    if abs(reported - value) <= tolerance * max(abs(value), 1e-12):
        return True
    digits = _significant(reported)
    return digits is not None and float(f"{value:.{digits}g}") == reported


def _significant(number: float) -> int | None:
    """How many digits a number was rounded to; None if it does not look rounded, or to so few that all would match."""
    if number == 0:
        return None
    for digits in range(3, MOST_DIGITS + 1):
        if float(f"{number:.{digits}g}") == number:
            decimals = digits - 1 - floor(log10(abs(number)))
            return digits if decimals > 0 else None
    return None


def _others(assessed: Assessment) -> Iterator[tuple[Text, float, float]]:
    """Other arguments of the same loss, other dtypes, other formulas, each with how far it may be off."""
    for title, changed in _changes(assessed):
        value = value_of(changed, assessed.batch)
        if value is not None:
            yield title, value, 0.0
    yield from naive_values(assessed.loss, assessed.batch)
    if assessed.loss.family != "sequence":
        yield from _in_other_dtypes(assessed)
    whole = value_of(replace_params(assessed.loss, reduction="sum"), assessed.batch)
    if whole is not None:
        yield say("ledger", "minus the sum"), -whole, 0.0


def _changes(assessed: Assessment) -> Iterator[tuple[Text, Loss]]:
    """The loss with one argument changed, or with those of CTC that go together."""
    loss, batch = assessed.loss, assessed.batch
    for name in ("weight", "pos_weight"):
        held = getattr(batch, name)
        if hasattr(loss, name) and held is not None and getattr(loss, name) is None:
            yield say("ledger", "with the file's {name}", name=name), replace_params(loss, **{name: held})
    for name, values in _TRIED.items():
        present = getattr(loss, name, None)
        for value in values:
            if present is not None and value != present:
                title = say("ledger", "with {name}={value}", name=name, value=value)
                yield title, replace_params(loss, **{name: value})
    if hasattr(loss, "zero_infinity"):
        for reduction in ("sum", "mean"):
            title = say("ledger", "with zero_infinity and reduction {reduction}", reduction=reduction)
            yield title, replace_params(loss, zero_infinity=True, reduction=reduction)


def _in_other_dtypes(assessed: Assessment) -> Iterator[tuple[Text, float, float]]:
    batch = assessed.batch
    for dtype, slack in ((np.float32, 1e-5), (np.float16, 2e-3)):
        if batch.input.dtype.kind == "f" and batch.input.dtype.itemsize > np.dtype(dtype).itemsize:
            value = value_of(assessed.loss, in_dtype(batch, dtype))
            if value is not None:
                yield say("ledger", "computed in {dtype}", dtype=np.dtype(dtype).name), value, slack


def _unexplained(reported: float, tried: list[tuple[Text, float]]) -> Text:
    """With the nearest number, where there is one."""
    near = [(abs(number - reported), place) for place, (_, number) in enumerate(tried) if isfinite(number - reported)]
    if not near:
        return say("ledger", "reported {reported}: no reduction, weighting or dtype that was tried gives it",
                   reported=_written(reported))  # fmt: skip
    title, number = tried[min(near)[1]]
    return say("ledger", "reported {reported}: nothing that was tried gives it; nearest is {title}, {value}",
               reported=_written(reported), title=title, value=_written(number))  # fmt: skip


def _named(reported: float, title: Text) -> Text:
    return say("ledger", "reported {reported}: that is {title}", reported=_written(reported), title=title)


def _written(value: float) -> str:
    return significant(value, 7)
