"""Rules for weight and pos_weight of BCELoss and BCEWithLogitsLoss."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.errors import InputError
from core.problem import evaluate
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

FAR = 10.0  # between pos_weight and the ratio of negatives to positives
DIFFERS = 0.01  # the share by which a scale has to differ from 1


def _pos_weight(case: Case) -> npt.NDArray[np.float64] | None:
    given = getattr(case.loss, "pos_weight", None)
    return None if given is None else np.asarray(given, np.float64)


@rule("B7", "BCEWithLogitsLoss")
def pos_weight_axis(case: Case) -> Finding | None:
    """A vector goes along the last axis, whatever it was meant for."""
    weight, shape = _pos_weight(case), case.input.shape
    if weight is None or weight.ndim != 1 or weight.size < 2 or len(shape) < 2 or (weight == weight[0]).all():
        return None
    square = len(shape) == 2 and weight.size == shape[0] == shape[1]
    dense = len(shape) > 2 and weight.size == shape[-1] == shape[1]
    if not (square or dense):
        return None
    return Finding(
        "B7",
        "warning",
        say("doctor", "pos_weight goes along the last axis"),
        say(
            "doctor",
            "pos_weight has {size} numbers, and two axes of the input {shape} have that size: it is applied along the "
            "last one.",
            size=weight.size,
            shape=shape,
        ),
        say("doctor", "Shape it for the axis that is meant: (C, 1, 1) for the classes of images, (N, 1) for samples."),
        {"size": int(weight.size), "shape": list(shape)},
    )


@rule("B8", "BCEWithLogitsLoss")
def pos_weight_enlarges(case: Case) -> Finding | None:
    """It may broadcast to the input, never beyond it."""
    weight = _pos_weight(case)
    if weight is None:
        return None
    try:
        shape = np.broadcast_shapes(weight.shape, case.input.shape)
    except ValueError:
        shape = None
    if shape == case.input.shape:
        return None
    return Finding(
        "B8",
        "error",
        say("doctor", "pos_weight does not fit"),
        say(
            "doctor",
            "pos_weight of shape {weight} does not broadcast to the input's {shape}.",
            weight=weight.shape,
            shape=case.input.shape,
        ),
        say("doctor", "Give it one number for each class, shaped for the class axis: (C,), or (C, 1, 1) for images."),
        {"weight": list(weight.shape), "shape": list(case.input.shape)},
        explains_refusal=True,
    )


@rule("B9", "BCEWithLogitsLoss")
def pos_weight_value(case: Case) -> Finding | None:
    """N/0 of a column without positives is infinite, and inf times 0 is nan."""
    weight = _pos_weight(case)
    if weight is None:
        return None
    bad = ~(np.isfinite(weight) & (weight > 0))
    if not bad.any():
        return None
    return Finding(
        "B9",
        "warning",
        say("doctor", "pos_weight that cannot be used"),
        say(
            "doctor",
            "{count} of {size} numbers of pos_weight are not positive and finite ({values}): infinite ones give nan on "
            "every negative, 0 forgets the positives.",
            count=int(bad.sum()),
            size=weight.size,
            values=", ".join(f"{w:g}" for w in weight[bad][:5]),
        ),
        say("doctor", "Count with at least one positive: negatives / max(positives, 1), and clamp it."),
        {"count": int(bad.sum())},
    )


@rule("B10", "BCEWithLogitsLoss")
def pos_weight_against_ratio(case: Case) -> Finding | None:
    """What pos_weight does to the best logit, beside what the counts ask for."""
    weight, (_, t) = _pos_weight(case), case.pair
    if weight is None or not t.size or not np.isin(t, (0, 1)).all():
        return None
    columns = t.reshape(case.input.shape)
    last = case.input.shape[-1] if case.input.ndim > 1 else 1
    if weight.size not in (1, last) or weight.ndim > 1:
        return None
    columns = columns.reshape(-1, weight.size)
    positives = columns.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (len(columns) - positives) / positives
        off = weight.reshape(-1) / ratio
    usable = np.isfinite(off) & (weight.reshape(-1) > 0)
    against = (ratio > 1) & (weight.reshape(-1) < 1)
    far = np.flatnonzero(usable & ((off > FAR) | (off < 1 / FAR) | against))
    if not far.size:
        return None
    k = int(far[0])
    value = float(weight.reshape(-1)[k])
    return Finding(
        "B10",
        "hint",
        say("doctor", "pos_weight far from the counts"),
        say(
            "doctor",
            "Column {column} has {ratio:.3g} negatives for each positive and pos_weight {weight:g}: the best logit "
            "moves by {shift:.3g}, like a threshold of {threshold:.3g} without it.",
            column=k,
            ratio=float(ratio[k]),
            weight=value,
            shift=float(np.log(value)),
            threshold=1 / (1 + value),
        ),
        say("doctor", "To even the classes out use negatives / positives; any other number is another threshold."),
        {"columns": first(far), "ratio": float(ratio[k]), "weight": value},
    )


@rule("B11", "BCELoss", "BCEWithLogitsLoss")
def mean_not_normalised(case: Case) -> Finding | None:
    """Unlike the weights of CrossEntropyLoss these are not divided away."""
    if case.evaluation is None or case.loss.reduction != "mean" or not case.is_weighted or not np.isfinite(case.value):
        return None
    plain = {name: None for name in ("weight", "pos_weight") if hasattr(case.loss, name)}
    try:
        value = float(evaluate(replace(case.loss, **plain), case.batch).value)  # type: ignore[type-var]
    except InputError:
        return None
    if not value > 0 or abs(case.value / value - 1) <= DIFFERS:
        return None
    return Finding(
        "B11",
        "hint",
        say("doctor", "Weights change the scale"),
        say(
            "doctor",
            "The mean divides by the number of elements, not by the weights: {value:.4g} instead of {plain:.4g}, a "
            "factor of {factor:.3g}.",
            value=case.value,
            plain=value,
            factor=case.value / value,
        ),
        say("doctor", "Rescale the learning rate, or compare losses without weights."),
        {"plain": value, "factor": case.value / value},
    )


@rule("B12", "BCELoss", "BCEWithLogitsLoss")
def weight_axis(case: Case) -> Finding | None:
    """As many samples as columns: a vector is taken for the columns."""
    given, shape = getattr(case.loss, "weight", None), case.input.shape
    if given is None or np.ndim(given) != 1 or len(shape) != 2 or not np.size(given) == shape[0] == shape[1]:
        return None
    if shape[0] < 2 or (np.asarray(given) == np.asarray(given)[0]).all():
        return None
    return Finding(
        "B12",
        "warning",
        say("doctor", "weight goes along the last axis"),
        say(
            "doctor",
            "weight has {size} numbers for an input of {shape}: they are applied to the columns, first {values}, not "
            "to the samples.",
            size=np.size(given),
            shape=shape,
            values=listed(np.asarray(given)) if np.asarray(given).dtype.kind in "iu" else f"{np.asarray(given)[0]:g}",
        ),
        say("doctor", "For one weight a sample pass weight[:, None]."),
        {"size": int(np.size(given)), "shape": list(shape)},
    )
