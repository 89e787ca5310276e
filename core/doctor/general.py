"""Rules for every loss: non-finite numbers, empty batches, shapes that broadcast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.batch import class_axis
from core.doctor.case import Case, first
from core.doctor.finding import Finding, rule
from core.doctor.sequence_arrays import outside_lengths
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array, BoolArray

LOG_SPACE = ("NLLLoss", "KLDivLoss", "CTCLoss")


@rule("G1")
def non_finite(case: Case) -> Finding | None:
    """Any nan or infinity outside ignored rows and padding; log 0 = -inf is a log-probability like any other."""
    bad = {"input": _bad_input(case)}
    if case.target is not None and case.target.dtype.kind == "f" and case.loss.name != "CTCLoss":
        bad["target"] = _bad_target(case, case.target)
    for name, mask in bad.items():
        where = np.flatnonzero(mask)
        if where.size:
            return _non_finite(case, name, where)
    return None


def _non_finite(case: Case, name: str, where: npt.NDArray[np.intp]) -> Finding:
    array = case.input if name == "input" or case.target is None else case.target
    values = array.ravel()[where]
    nan, up, down = np.isnan(values).sum(), (values == np.inf).sum(), (values == -np.inf).sum()
    place = tuple(int(i) for i in np.unravel_index(int(where[0]), array.shape))
    return Finding(
        "G1",
        "error",
        say("doctor", "Numbers that are not finite"),
        say(
            "doctor",
            "{count} non-finite values in {name} ({nan} nan, {up} +inf, {down} -inf); the first stands at {place}.",
            count=where.size,
            name=name,
            nan=nan,
            up=up,
            down=down,
            place=place,
        ),
        say("doctor", "Find the layer that produces them, or mask these entries before the loss."),
        {
            "rows": first(np.unique(_row_numbers(case, array, where))),
            "array": name,
            "first": list(place),
            "counts": {"nan": int(nan), "+inf": int(up), "-inf": int(down)},
        },
        # BCELoss asks for values in [0, 1], and nan lies nowhere.
        explains_refusal=case.loss.name == "BCELoss",
    )


def _row_numbers(case: Case, array: Array, where: npt.NDArray[np.intp]) -> npt.NDArray[Any]:
    """Elements' numbers as those of the rows they belong to."""
    if case.loss.family == "sequence":
        return np.unravel_index(where, array.shape)[1] if array.ndim == 3 else np.zeros_like(where)
    if case.loss.family in ("regression", "binary") or array.ndim == 0 or array.shape != case.input.shape:
        return where
    axis = class_axis(array)
    after = int(np.prod(array.shape[axis + 1 :]))
    return where // (array.shape[axis] * after) * after + where % after


def _bad_input(case: Case) -> BoolArray:
    x = case.input
    if x.dtype.kind != "f":
        return np.zeros(x.shape, dtype=bool)
    bad = ~np.isfinite(x)
    if not bad.any():
        return bad
    if case.loss.name in LOG_SPACE:
        bad &= x != -np.inf
    if case.loss.family == "sequence":
        return bad & ~outside_lengths(case.batch)
    if case.loss.family != "multi-class" or not case.class_count:
        return bad
    rows = np.moveaxis(bad, class_axis(x), -1)
    flat = rows.reshape(-1, case.class_count)
    flat = flat & case.kept[:, None]
    if case.loss.name == "CrossEntropyLoss":
        flat &= ~_harmless_masks(case, np.moveaxis(x, class_axis(x), -1).reshape(flat.shape))
    return np.moveaxis(flat.reshape(rows.shape), -1, class_axis(x))


def _harmless_masks(case: Case, rows: Array) -> BoolArray:
    """Logits of -inf that only take a class out of the softmax: neither the target's nor smoothed nor the whole row."""
    target = case.indices
    if target is None or target.size != len(rows) or getattr(case.loss, "label_smoothing", 0) > 0:
        return np.zeros(rows.shape, dtype=bool)
    masked = rows == -np.inf
    is_target = target.reshape(-1, 1) == np.arange(case.class_count)
    return masked & ~is_target & ~masked.all(axis=1, keepdims=True)


def _bad_target(case: Case, target: Array) -> BoolArray:
    bad = ~np.isfinite(target)
    if getattr(case.loss, "log_target", False):
        bad &= target != -np.inf
    return bad


@rule("G2")
def masked_after_the_loss(case: Case) -> Finding | None:
    """A mask after the loss takes nan out of the value, but 0 times nan stays in the gradient."""
    mask, t = case.batch.extras.get("mask"), case.target
    if mask is None or mask.dtype.kind not in "biuf" or case.loss.family == "sequence":
        return None
    bad = [
        ~np.isfinite(array) & (mask == 0)
        for array in (case.input, t)
        if array is not None and array.dtype.kind == "f" and array.shape == mask.shape
    ]
    where = np.flatnonzero(np.logical_or.reduce(bad)) if bad else np.empty(0, np.intp)
    if not where.size:
        return None
    return Finding(
        "G2",
        "warning",
        say("doctor", "Masked numbers that are not finite"),
        say(
            "doctor",
            "{count} elements that the mask leaves out are nan or inf: masked after the loss they are gone from the "
            "value, but 0 times nan is nan in the gradient.",
            count=where.size,
        ),
        say("doctor", "Select before the loss: input[mask], target[mask], or torch.where."),
        {"rows": first(where), "count": int(where.size)},
    )


@rule("G3")
def nan_without_gradient(case: Case) -> Finding | None:
    """The value is lost, the step is not: so it is if no row counts."""
    evaluation = case.evaluation
    if evaluation is None or evaluation.value.ndim or not np.isnan(evaluation.value) or not evaluation.grad.size:
        return None
    if evaluation.grad.any():  # a nan is not 0
        return None
    return Finding(
        "G3",
        "hint",
        say("doctor", "Nan, but no gradient"),
        say(
            "doctor",
            "The loss is nan and all {count} gradients are 0: this batch moves no parameter, but every sum or mean of "
            "losses that it enters turns nan.",
            count=evaluation.grad.size,
        ),
        say("doctor", "Skip the batch, or divide the sum of the terms by max(count, 1)."),
        {"gradients": int(evaluation.grad.size)},
    )


@rule("G4")
def empty(case: Case) -> Finding | None:
    """CTCLoss refuses an empty batch, so that the mean of nothing does not come about there."""
    reduction = case.loss.reduction
    if case.input.size or reduction not in ("mean", "batchmean") or case.loss.family == "sequence":
        return None
    return Finding(
        "G4",
        "warning",
        say("doctor", "Empty batch"),
        say(
            "doctor", "The input of shape {shape} has no elements: the mean of nothing is nan.", shape=case.input.shape
        ),
        say("doctor", "Skip empty batches, or use reduction='sum'."),
        {"shape": list(case.input.shape)},
    )


@rule("G5", "L1Loss", "MSELoss", "SmoothL1Loss", "KLDivLoss")
def broadcast(case: Case) -> Finding | None:
    """Two shapes that differ and yet combine: torch compares every prediction with every target."""
    x, t = case.input, case.target
    if t is None or x.shape == t.shape:
        return None
    try:
        shape = np.broadcast_shapes(x.shape, t.shape)
    except ValueError:
        return None
    return Finding(
        "G5",
        "warning",
        say("doctor", "Input and target broadcast"),
        say(
            "doctor",
            "Input {x} against target {t} is compared as {shape}: {pairs} pairs instead of {elements}, and the best "
            "constant answer to all of them is the mean.",
            x=x.shape,
            t=t.shape,
            shape=shape,
            pairs=int(np.prod(shape)),
            elements=x.size,
        ),
        say("doctor", "Give both the same shape: target.view_as(input), or input.squeeze(-1).")
        if x.size == t.size
        else say("doctor", "Give both the same shape; expand one on purpose if repeating it is meant."),
        {"input": list(x.shape), "target": list(t.shape), "result": list(shape)},
    )
