"""Edits of the weights in a problem's loss: by scheme, by hand, by other counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, final

import numpy as np

from core.arrays import Array, frozen
from core.batch import class_count_of
from core.counts import binary_counts_of, counts_of, train_counts_of
from core.errors import InputError
from core.params import with_param
from core.problem import Problem, Weighting
from core.weighting import ClassWeights, Normalisation, Scheme, Vector, effective_share, pos_weights, weights

if TYPE_CHECKING:
    from core.batch import Batch
    from core.losses import Loss

By = Literal["class", "column", "element"]


@final
@dataclass(frozen=True, slots=True)
class Place:
    """Which argument of the loss is edited, and what its entries stand for."""

    field: Literal["weight", "pos_weight"]
    by: By


CLASSES = Place("weight", "class")
COLUMNS = Place("weight", "column")
ELEMENTS = Place("weight", "element")
POSITIVES = Place("pos_weight", "column")
_PLACES: dict[str, tuple[Place, ...]] = {
    "CrossEntropyLoss": (CLASSES,),
    "NLLLoss": (CLASSES,),
    "BCELoss": (COLUMNS, ELEMENTS),
    "BCEWithLogitsLoss": (POSITIVES, COLUMNS, ELEMENTS),
}


def places(loss: Loss) -> tuple[Place, ...]:
    """What can be weighted in a loss, the usual one first; () where nothing can."""
    return _PLACES.get(loss.name, ())


def entries(problem: Problem, place: Place, sketched_classes: int) -> int:
    """How many weights there are to edit; a sketch without a batch has `sketched_classes` classes and one column."""
    if problem.batch is None:
        return sketched_classes if place.by == "class" else 1
    return problem.batch.input.size if place.by == "element" else class_count_of(problem.loss, problem.batch.input)


def values(problem: Problem, place: Place, size: int) -> Vector:
    """(size,) the weights in force; 1 where the loss has none, or has them for another number of entries."""
    given = getattr(problem.loss, place.field)
    if given is None:
        return np.ones(size)
    if place.by == "element" and problem.batch is not None and _broadcasts(given, problem.batch.input.shape):
        return np.broadcast_to(given, problem.batch.input.shape).astype(np.float64).ravel()
    flat = np.asarray(given, dtype=np.float64).reshape(-1)
    return flat if flat.size == size else np.ones(size)


def counts(problem: Problem, place: Place) -> tuple[Vector, Vector] | None:
    """(negatives, positives) of each entry, with no negatives by class; None where nothing was counted."""
    batch, weighting = problem.batch, problem.weighting
    if weighting.source in ("typed", "file") and weighting.counts:
        given = np.asarray(weighting.counts, dtype=np.float64)
        return (np.zeros_like(given), given) if place.by == "class" else None
    if batch is None or place.by == "element":
        return None
    try:
        return _counted(problem.loss, batch, weighting.source, place)
    except InputError:
        return None


def shares(problem: Problem, place: Place, size: int) -> Vector | None:
    """(size,) the share of the weighted total that each entry holds; None where nothing was counted."""
    found = counts(problem, place)
    if found is None:
        return None
    negatives, positives = found
    held = values(problem, place, size)
    if len(positives) != size:
        return None
    if place is POSITIVES:
        return held * positives / np.maximum(held * positives + negatives, np.finfo(float).tiny)
    return effective_share(held, positives if place.by == "class" else positives + negatives)


def with_scheme(problem: Problem, place: Place, size: int, **choice: Any) -> Problem:
    """The problem with `scheme`, `beta` or `normalise` chosen anew, and the weights that follow.

    Raises:
        InputError: the scheme needs counts, and there are none.
    """
    weighting = replace(problem.weighting, **choice)
    chosen = replace(problem, weighting=weighting)
    if weighting.scheme == "custom":
        return chosen
    if weighting.scheme == "uniform":
        return replace(chosen, loss=with_param(problem.loss, place.field, None))
    made = made_weights(chosen, place, size)
    return replace(chosen, loss=_with_values(chosen, place, made.values))


def made_weights(problem: Problem, place: Place, size: int) -> ClassWeights:
    """What the scheme of the problem gives for its counts; equal counts where nothing was counted."""
    w = problem.weighting
    negatives, positives = counts(problem, place) or (np.ones(size), np.ones(size))
    scheme: Scheme = w.scheme  # type: ignore[assignment]
    normalise: Normalisation = w.normalise  # type: ignore[assignment]
    if place is POSITIVES:
        return pos_weights(scheme, negatives, positives, w.beta)
    by_class = positives if place.by == "class" else positives + negatives
    return weights(scheme, by_class, w.beta, normalise)


def with_value(problem: Problem, place: Place, size: int, index: int, value: float) -> Problem:
    """One weight changed by hand: the scheme is then "custom"."""
    edited = values(problem, place, size).copy()
    edited[index] = value
    weighting = replace(problem.weighting, scheme="custom")
    return replace(problem, weighting=weighting, loss=_with_values(problem, place, edited))


def with_counts(problem: Problem, place: Place, size: int, source: str, given: Vector | None = None) -> Problem:
    """Counts from another source ("batch", "train_counts", "file", "typed"), and the weights that follow."""
    kept = () if given is None else tuple(float(n) for n in given)
    weighting: Weighting = replace(problem.weighting, source=source, counts=kept)
    return with_scheme(replace(problem, weighting=weighting), place, size)


def sources(problem: Problem, place: Place) -> tuple[str, ...]:
    """Where counts can be taken from here."""
    if problem.batch is None:
        return ("typed", "file") if place.by == "class" else ()
    found = ["batch"]
    if place.by == "class":
        if train_counts_of(problem.batch) is not None:
            found.append("train_counts")
        found += ["file", "typed"]
    return tuple(found)


def _counted(loss: Loss, batch: Batch, source: str, place: Place) -> tuple[Vector, Vector]:
    if place.by == "column":
        return binary_counts_of(batch)
    recorded = train_counts_of(batch) if source == "train_counts" else None
    found = counts_of(batch, loss) if recorded is None else recorded
    return np.zeros_like(found), found


def _with_values(problem: Problem, place: Place, given: Vector) -> Loss:
    """The loss with these weights, in the dtype of the batch, for NLLLoss and CrossEntropyLoss take no other."""
    batch = problem.batch
    dtype = batch.input.dtype if batch is not None and batch.input.dtype.kind == "f" else np.dtype(np.float64)
    shaped = given.reshape(batch.input.shape) if batch is not None and place.by == "element" else given
    return with_param(problem.loss, place.field, frozen(shaped, dtype))


def _broadcasts(array: Array, shape: tuple[int, ...]) -> bool:
    try:
        return np.broadcast_shapes(array.shape, shape) == shape
    except ValueError:
        return False
