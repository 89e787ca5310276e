"""What a loss gives where its formula is written out by hand, or is given what another loss is made for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from core.batch import class_axis
from core.errors import InputError
from core.links import apply_link, sigmoid
from core.losses import BCELoss, CrossEntropyLoss, NLLLoss
from core.problem import evaluate
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.arrays import Array
    from core.batch import Batch
    from core.losses import Loss

SLACK = {2: 2e-3, 4: 1e-5, 8: 1e-9}


def naive_values(loss: Loss, batch: Batch) -> Iterator[tuple[Text, float, float]]:
    """Each with its name, and how far off a number may be that is to be the same."""
    slack = SLACK.get(batch.input.dtype.itemsize, 1e-5)
    for title, other, input in _formulas(loss, batch.input):
        value = value_of(other, replace(batch, input=input))
        if value is not None:
            yield title, value, slack


def value_of(loss: Loss, batch: Batch) -> float | None:
    """The one number; None where the loss refuses the batch or keeps every row."""
    try:
        value = evaluate(loss, batch).value
    except InputError:
        return None
    return float(value) if value.ndim == 0 else None


def in_dtype(batch: Batch, dtype: Any) -> Batch:
    """The batch with its floating-point arrays in another dtype; what is too large for it becomes infinite."""
    target = batch.target
    with np.errstate(over="ignore"):
        if target is not None and target.dtype.kind == "f":
            target = target.astype(dtype)
        return replace(batch, input=batch.input.astype(dtype), target=target)


def _formulas(loss: Loss, x: Array) -> Iterator[tuple[Text, Loss, Array]]:
    if x.dtype.kind != "f" or not x.ndim:
        return
    if isinstance(loss, CrossEntropyLoss):
        yield say("ledger", "with softmax applied before it"), loss, _softmax(x)
        if not loss.label_smoothing:
            nll = NLLLoss(loss.weight, loss.ignore_index, loss.reduction)
            yield say("ledger", "log(exp(x) / Σ exp(x)) written out"), nll, _log_of_softmax(x)
    elif loss.name == "BCEWithLogitsLoss" and getattr(loss, "pos_weight", None) is None:
        bce = BCELoss(getattr(loss, "weight", None), loss.reduction)
        yield say("ledger", "sigmoid, then BCELoss"), bce, sigmoid(x).astype(x.dtype)
        yield say("ledger", "with sigmoid applied before it"), loss, sigmoid(x).astype(x.dtype)


def _softmax(x: Array) -> Array:
    axis = class_axis(x)
    return np.moveaxis(apply_link("softmax", np.moveaxis(x, axis, -1)), -1, axis)


def _log_of_softmax(x: Array) -> Array:
    """In the dtype of x and without taking off the maximum, so that it overflows as it does by hand."""
    with np.errstate(all="ignore"):
        e = np.exp(x)
        return np.log(e / e.sum(axis=class_axis(x), keepdims=True))
