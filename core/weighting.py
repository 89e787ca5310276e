"""Class weights by the usual schemes, from the counts of the classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

import numpy as np
import numpy.typing as npt

from core.arrays import BoolArray, frozen
from core.errors import InputError
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence

Scheme = Literal["uniform", "balanced", "inverse", "sqrt_inverse", "effective", "custom"]
SCHEMES: tuple[Scheme, ...] = ("uniform", "balanced", "inverse", "sqrt_inverse", "effective", "custom")
Normalisation = Literal["as defined", "mean 1", "sum C"]
NORMALISATIONS: tuple[Normalisation, ...] = ("as defined", "mean 1", "sum C")

NO_SAMPLE = 1e-9  # counts of soft targets are real; below this a class has none, and 1/count stays finite
Vector = npt.NDArray[np.float64]


@final
@dataclass(frozen=True, eq=False, slots=True)
class ClassWeights:
    """Weights (C,), which classes have no sample, and what was done about them.

    Attributes:
        note: None if every class has a sample.
    """

    values: Vector
    empty: tuple[int, ...] = ()
    note: Text | None = None


def weights(
    scheme: Scheme,
    counts: npt.ArrayLike,
    beta: float = 0.999,
    normalise: Normalisation = "as defined",
    custom: Sequence[float] | None = None,
) -> ClassWeights:
    """The `weight` of CrossEntropyLoss and NLLLoss for classes with `counts` (C,) of n samples in all.

    uniform 1, balanced n/(C n_c), inverse 1/n_c, sqrt_inverse 1/sqrt(n_c), custom as given, and effective
    (1 - beta)/(1 - beta**n_c): Cui et al. 2019, https://doi.org/10.1109/CVPR.2019.00949.
    "mean 1" averages over the classes that have samples, "sum C" adds up all of them: without empty classes they agree.
    """
    given = _checked(counts)
    # A class without samples counts as one sample: the formulas are infinite at 0, and a weight of 0 would make the
    # weighted mean 0/0 in a batch that holds nothing but this class.
    present = given > NO_SAMPLE
    used = np.where(present, given, 1.0)
    values = _normalised(_by_scheme(scheme, used, given.sum(), beta, custom), present, normalise)
    empty = tuple(int(c) for c in np.flatnonzero(~present))
    return ClassWeights(frozen(values), empty, _note(empty) if scheme not in ("uniform", "custom") else None)


def pos_weights(
    scheme: Scheme,
    negatives: npt.ArrayLike,
    positives: npt.ArrayLike,
    beta: float = 0.999,
    custom: Sequence[float] | None = None,
) -> ClassWeights:
    """The `pos_weight` of BCEWithLogitsLoss, one a column: the weight of the positives ÷ that of the negatives.

    uniform 1, balanced and inverse neg/pos, sqrt_inverse sqrt(neg/pos), effective
    (1 - beta**neg)/(1 - beta**pos). A column that lacks one side counts as one sample of it. Nothing is normalised,
    for a ratio has no scale.
    """
    neg, pos = _checked(negatives), _checked(positives)
    if custom is not None and scheme == "custom":
        return ClassWeights(frozen(_custom(custom, pos.size)))
    one_sided = tuple(int(c) for c in np.flatnonzero((neg <= NO_SAMPLE) | (pos <= NO_SAMPLE)))
    n, p = np.where(neg > NO_SAMPLE, neg, 1.0), np.where(pos > NO_SAMPLE, pos, 1.0)
    # The total cancels in the ratio, so that balanced and inverse are the same.
    ratio = _by_scheme(scheme, p, 1.0, beta, None) / _by_scheme(scheme, n, 1.0, beta, None)
    return ClassWeights(frozen(ratio), one_sided, _one_sided_note(one_sided) if scheme != "uniform" else None)


def effective_share(weights: npt.ArrayLike, counts: npt.ArrayLike) -> Vector:
    """(C,) w_c n_c ÷ their sum: the part of the weighted mean that each class holds; zeros if the sum is 0."""
    parts = np.asarray(weights, dtype=np.float64) * np.asarray(counts, dtype=np.float64)
    total = parts.sum()
    return frozen(parts / total if total else np.zeros_like(parts))


def _by_scheme(scheme: Scheme, n: Vector, total: float, beta: float, custom: Sequence[float] | None) -> Vector:
    match scheme:
        case "uniform":
            return np.ones_like(n)
        case "balanced":
            return (total or n.sum()) / (n.size * n)
        case "inverse":
            return 1 / n
        case "sqrt_inverse":
            return 1 / np.sqrt(n)
        case "effective":
            return _effective(n, beta)
        case "custom":
            return np.ones_like(n) if custom is None else _custom(custom, n.size)


def _effective(n: Vector, beta: float) -> Vector:
    if not 0 <= beta <= 1:
        raise InputError(
            "beta",
            say("core", "{beta} is outside [0, 1].", beta=beta),
            say("core", "Choose a value inside, near 1: (n - 1)/n for n samples."),
        )
    if beta == 1:  # the limit
        return 1 / n
    if beta == 0:
        return np.ones_like(n)
    # 1 - beta**n cancels for beta near 1, expm1 does not.
    return (1 - beta) / -np.expm1(n * np.log(beta))


def _normalised(values: Vector, present: BoolArray, normalise: Normalisation) -> Vector:
    if normalise == "as defined":
        return values
    among = values[present] if normalise == "mean 1" and present.any() else values
    mean = among.mean()
    return values / mean if mean > 0 else values


def _checked(counts: npt.ArrayLike) -> Vector:
    given = np.atleast_1d(np.asarray(counts, dtype=np.float64))
    if given.ndim != 1 or not given.size or not np.isfinite(given).all() or (given < 0).any():
        raise InputError(
            "counts",
            say("core", "Counts are numbers of samples, one a class, none below 0."),
            say("core", "Type one count a class, such as 87, 65, 51."),
        )
    return given


def _custom(custom: Sequence[float], size: int) -> Vector:
    values = np.asarray(custom, dtype=np.float64)
    if values.shape != (size,):
        raise InputError(
            "weight",
            say("core", "{got} weights for {expected} classes.", got=values.size, expected=size),
            say("core", "Give one weight a class."),
        )
    return values


def _note(empty: tuple[int, ...]) -> Text | None:
    if not empty:
        return None
    return say(
        "core",
        "No sample of class {classes}: weighted as though there were one.",
        classes=", ".join(str(c) for c in empty),
    )


def _one_sided_note(columns: tuple[int, ...]) -> Text | None:
    if not columns:
        return None
    return say(
        "core",
        "Column {columns} has no positive or no negative sample: weighted as though there were one.",
        columns=", ".join(str(c) for c in columns),
    )
