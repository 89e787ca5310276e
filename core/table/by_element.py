"""Rows of single elements: L1, SmoothL1, MSE, BCE and BCEWithLogits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.links import sigmoid
from core.table.common import number, row_norms, shared_columns, unweighted
from core.table.table import Column
from core.text import say

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray
    from core.assess import Assessment

SURE = 0.9
INPUTS = {"BCELoss": ("p", 4), "BCEWithLogitsLoss": ("z", 3)}


def element_columns(assessed: Assessment) -> list[Column]:
    """Input, target, residual or probability, loss, weight, share, gradient, rank, remark."""
    batch, loss, rows, evaluation = assessed.batch, assessed.loss, assessed.rows, assessed.evaluation
    assert rows is not None
    assert evaluation is not None
    assert batch.target is not None
    shape = rows.shape
    x = np.broadcast_to(batch.input, shape).ravel()
    y = np.broadcast_to(batch.target, shape).ravel()
    name, digits = INPUTS.get(loss.name, ("x", 3))
    columns = [
        number("input", say("table", "input {name}", name=name), x, digits),
        number("target", say("table", "target y"), y, 3, role="target"),
    ]
    if loss.family == "binary":
        p = x if loss.name == "BCELoss" else sigmoid(x.astype(np.float64))
        if loss.name == "BCEWithLogitsLoss":
            columns.append(number("p", say("table", "σ(z)"), p.astype(np.float32), 4, rank=4))
    else:
        p = None
        columns.append(
            number("residual", say("table", "residual x − y"), x.astype(np.float64) - y, 3, rank=4, weight=1.2)
        )
    plain = np.broadcast_to(unweighted(loss, batch, evaluation.elements), shape).ravel()
    columns.append(number("loss", say("table", "loss"), plain, 4, bar=True, role="loss", weight=1.35))
    weights = _weights(assessed, y)
    if weights is not None:
        columns.append(number("weight", say("table", "weight"), weights, 2, rank=5, weight=0.9))
    grads = row_norms(evaluation.grad, None) if evaluation.grad.size == rows.count else None
    columns += shared_columns(assessed, rows.loss, grads)
    if p is not None:
        columns.append(_flags(p, y))
    return columns


def _weights(assessed: Assessment, y: Array) -> FloatArray | None:
    """(rows,) what multiplies each term: `weight`, and `pos_weight` where the target is positive."""
    loss, rows = assessed.loss, assessed.rows
    assert rows is not None
    weight, positive = getattr(loss, "weight", None), getattr(loss, "pos_weight", None)
    if weight is None and positive is None:
        return None
    made = np.ones(rows.count, np.float32)
    if weight is not None:
        made = made * np.broadcast_to(np.asarray(weight, np.float32), rows.shape).ravel()
    if positive is not None:
        factor = np.broadcast_to(np.asarray(positive, np.float32), rows.shape).ravel()
        made = made * (1 + (factor - 1) * y)
    return made.astype(np.float32)


def _flags(p: Array, y: Array) -> Column:
    """The model is sure of the other answer."""
    with np.errstate(invalid="ignore"):
        doubted = ((p > SURE) & (y == 0)) | ((p < 1 - SURE) & (y == 1))
    codes = np.where(doubted, 0, -1).astype(np.int8)
    return Column("flag", say("table", "remark"), "flag", codes, ("label?",), rank=7, weight=1.1)
