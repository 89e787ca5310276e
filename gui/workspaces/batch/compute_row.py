"""The numbers of one row of a batch, and what the loss makes of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.batch import class_axis
from core.element_loss import element_loss, own_space
from core.errors import InputError
from core.links import apply_link
from core.rows import ClassRow, ElementRow, row_values

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray
    from core.assess import Assessment

MOST = 12  # numbers of a row that are shown side by side
POINTS = 241  # of a curve
LEAST_LOGIT = 6.0  # to either side
MARGIN = 0.4  # of the residual, beyond prediction and target


@final
@dataclass(frozen=True, eq=False, slots=True)
class RowNumbers:
    """One row: k of its numbers, all of them where they are few.

    Attributes:
        indices: (k,) their places in the row; rest: how many are not among them.
        values, grads: (k,); probs: (k,) the model's probabilities, nan where the loss has none.
        shares: (k,) what the target asks for of each, nan for a target that is no probability.
        target: a class index or a number; None where the target is a distribution.
        grad_sum: of the gradients of the whole row, nan where they need not sum to anything.
        curve: the loss of the only number over what it could be; None for rows of several numbers.
    """

    indices: tuple[int, ...]
    rest: int
    values: FloatArray
    probs: FloatArray
    shares: FloatArray
    grads: FloatArray
    target: float | None
    whole: bool
    grad_sum: float
    curve: RowCurve | None = None


@final
@dataclass(frozen=True, eq=False, slots=True)
class RowCurve:
    """(POINTS,) numbers and the losses that they would have; `loss` and `slope` are those of the number there is."""

    x: FloatArray
    y: FloatArray
    loss: float
    slope: float


def numbers_of(assessed: Assessment, row: int) -> RowNumbers | None:
    """The row's numbers under the loss in force; None for sequences and for a batch that the loss refuses."""
    if assessed.evaluation is None or assessed.rows is None or row >= assessed.rows.count:
        return None
    found = row_values(assessed.loss, assessed.batch, row)
    if isinstance(found, ClassRow):
        return _of_classes(assessed, found, row)
    return _of_element(assessed, found, row) if isinstance(found, ElementRow) else None


def _of_classes(assessed: Assessment, row: ClassRow, number: int) -> RowNumbers:
    loss, values = assessed.loss, row.values.astype(np.float64)
    with np.errstate(all="ignore"):
        probs = apply_link("softmax", values) if loss.name == "CrossEntropyLoss" else np.exp(values)
    if isinstance(row.target, int):
        shares = np.zeros(values.size)
        if 0 <= row.target < values.size:
            shares[row.target] = 1.0
    else:
        given = row.target.astype(np.float64)
        with np.errstate(over="ignore"):
            shares = np.exp(given) if getattr(loss, "log_target", False) else given
    grads = _class_grads(assessed, number, values.size)
    shown = _shown(probs, shares)
    return RowNumbers(
        indices=tuple(shown),
        rest=values.size - len(shown),
        values=frozen(values[shown]),
        probs=frozen(probs[shown]),
        shares=frozen(shares[shown]),
        grads=frozen(grads[shown]),
        target=float(row.target) if isinstance(row.target, int) else None,
        whole=True,
        grad_sum=float(grads.sum()) if loss.name == "CrossEntropyLoss" else float("nan"),
    )


def _of_element(assessed: Assessment, row: ElementRow, number: int) -> RowNumbers:
    assert assessed.evaluation is not None
    name, value = assessed.loss.name, np.array([row.x])
    prob = {"BCELoss": value, "BCEWithLogitsLoss": apply_link("sigmoid", value)}.get(name, np.array([np.nan]))
    grad = assessed.evaluation.grad
    fits = grad.size == (0 if assessed.rows is None else assessed.rows.count)
    share = row.y if assessed.loss.family == "binary" else float("nan")
    return RowNumbers(
        indices=(0,),
        rest=0,
        values=value,
        probs=prob,
        shares=np.array([share]),
        # Under broadcasting one number of the input is in many rows: its gradient is none of this row's.
        grads=np.array([float(grad.flat[number]) if fits else np.nan]),
        target=row.y,
        whole=False,
        grad_sum=float("nan"),
        curve=_curve(assessed, row, number),
    )


def _curve(assessed: Assessment, row: ElementRow, number: int) -> RowCurve | None:
    """None where there is nothing to draw: numbers that are not finite, or a target that the loss refuses."""
    assert assessed.rows is not None
    if not (np.isfinite(row.x) and np.isfinite(row.y)):
        return None
    loss = assessed.loss
    term = element_loss(loss, row.y, own_space(loss), np.float64, assessed.rows.label(number), assessed.rows.shape)
    x = np.linspace(*_around(loss.name, row, getattr(loss, "beta", None)), POINTS)
    try:
        with np.errstate(all="ignore"):
            y, _ = term.evaluate(x)
            (own,), (slope,) = term.evaluate([row.x])
    except InputError:
        return None
    return RowCurve(frozen(x), frozen(y), float(own), float(slope))


def _around(name: str, row: ElementRow, beta: float | None) -> tuple[float, float]:
    """What is shown of the axis: all probabilities, logits to both sides of 0, numbers around prediction and target."""
    if name == "BCELoss":
        return 0.0, 1.0
    if name == "BCEWithLogitsLoss":
        far = max(LEAST_LOGIT, 1.25 * abs(row.x))
        return -far, far
    far = MARGIN * max(abs(row.x - row.y), 2 * (beta or 0.0), np.spacing(abs(row.y)) * 1e6) or 1.0
    return min(row.x, row.y) - far, max(row.x, row.y) + far


def _class_grads(assessed: Assessment, row: int, classes: int) -> FloatArray:
    """(C,) of the row; nan under broadcasting, where one number of the input is in many rows."""
    assert assessed.evaluation is not None
    assert assessed.rows is not None
    grad: Array = assessed.evaluation.grad
    if grad.size != assessed.rows.count * classes:
        return np.full(classes, np.nan)
    axis = class_axis(grad)
    place = assessed.rows.label(row)
    found = grad[(*place[:axis], slice(None), *place[axis:])] if grad.ndim > 1 else grad
    return found.astype(np.float64)


def _shown(probs: FloatArray, shares: FloatArray) -> list[int]:
    """What is asked for first, then what the model thinks likeliest; in the order of the classes."""
    if probs.size <= MOST:
        return list(range(probs.size))
    keys = np.where(np.nan_to_num(shares) > 0, 2.0, 0.0) + np.nan_to_num(probs)
    return sorted(np.argsort(-keys, kind="stable")[:MOST].tolist())
