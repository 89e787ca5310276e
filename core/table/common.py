"""Columns that the tables of all losses share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import Array, FloatArray, IntArray
from core.errors import InputError
from core.problem import evaluate
from core.table.table import Column
from core.text import say
from core.what_if import IDS

if TYPE_CHECKING:
    from core.assess import Assessment
    from core.batch import Batch
    from core.losses import Loss
    from core.text import Text


def id_column(batch: Batch, shape: tuple[int, ...], count: int) -> Column | None:
    """The ids that came with the batch, one a row or one a sample; None where it has none."""
    ids = batch.extras.get(IDS)
    if ids is None or ids.ndim != 1 or not shape or len(ids) != shape[0]:
        return None
    if len(shape) == 1:
        return Column("id", say("table", "id"), "id", ids, weight=0.9)
    inner = count // shape[0]
    owner = np.repeat(ids.astype(str), inner)
    place = np.tile(np.arange(inner).astype(str), shape[0])
    return Column("id", say("table", "id"), "id", np.char.add(np.char.add(owner, ":"), place), weight=1.1)


def number(key: str, title: Text, values: Array, digits: int, **look: object) -> Column:
    """A quantity; `look` as the attributes of Column."""
    return replace(Column(key, title, "number", values, digits=digits), **look)  # type: ignore[arg-type]


def shared_columns(assessed: Assessment, terms: FloatArray, grads: FloatArray | None) -> list[Column]:
    """What a row is of the whole: its share of the weighted total, its gradient, its rank by loss."""
    assert assessed.rows is not None
    made = [Column("share", say("table", "share of total"), "share", _shares(terms), digits=2, bar=True, role="loss",
                   weight=1.35, rank=2)]  # fmt: skip
    if grads is not None:
        made.append(number("grad", say("table", "|∂ℓ/∂x|"), grads, 4, bar=True, role="grad", weight=1.35, rank=3))
    rank: IntArray = np.empty(terms.size, np.int32)
    rank[assessed.rows.order] = np.arange(1, terms.size + 1, dtype=np.int32)
    made.append(number("rank", say("table", "rank"), rank, 0, weight=0.7, rank=8))
    return made


def unweighted(loss: Loss, batch: Batch, elements: Array) -> Array:
    """The unreduced loss without its weights; `elements` where it has none."""
    weights = {name: None for name in ("weight", "pos_weight") if getattr(loss, name, None) is not None}
    if not weights:
        return elements
    try:
        plain = replace(loss, **weights, reduction="none")  # type: ignore[type-var] losses are dataclasses
        return evaluate(plain, batch).elements
    except InputError:
        return elements


def row_norms(grad: Array, axis: int | None) -> FloatArray:
    """(rows,) l2 norms along the class axis; without one the magnitudes."""
    with np.errstate(over="ignore", invalid="ignore"):
        if axis is None:
            return np.abs(grad).ravel().astype(np.float32)
        wide = grad if grad.dtype.itemsize >= 4 else grad.astype(np.float32)
        moved = np.moveaxis(wide, axis, -1)
        return np.sqrt(np.einsum("...c,...c->...", moved, moved)).ravel().astype(np.float32)


def _shares(terms: FloatArray) -> FloatArray:
    """Per cent of the sum over the finite terms."""
    finite = np.isfinite(terms)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.empty(terms.shape, np.float32)
        np.divide(terms, terms.sum(where=finite) / 100.0, out=shares, casting="same_kind")
    np.copyto(shares, terms, where=~finite, casting="same_kind")
    return shares
