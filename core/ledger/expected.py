"""What people expect the number to be, and compute by hand."""

from __future__ import annotations

from dataclasses import replace
from math import isclose, isnan
from typing import TYPE_CHECKING

import numpy as np

from core.batch import class_axis
from core.ledger.ledger import Expected
from core.ledger.terms import Terms, replace_params, total
from core.problem import evaluate
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.arrays import FloatArray
    from core.assess import Assessment

CLOSE = {2: 1e-3, 4: 1e-6, 8: 1e-9}  # relative, by the bytes of the loss's dtype: nearer than this is the same number


def expected_of(assessed: Assessment, terms: Terms) -> tuple[Expected, ...]:
    """Those that differ from what comes out; () where every row is kept in the result."""
    assert assessed.evaluation is not None
    if assessed.evaluation.value.ndim:
        return ()
    value = float(assessed.evaluation.value)
    close = CLOSE.get(assessed.evaluation.value.dtype.itemsize, 1e-6)
    seen: list[Expected] = []
    for title, number in _candidates(assessed, terms):
        known = [value, *(other.value for other in seen)]
        if not any(_same(number, other, close) for other in known):
            seen.append(Expected(title, number))
    return tuple(seen)


def _candidates(assessed: Assessment, terms: Terms) -> Iterator[tuple[Text, float]]:
    family, kept = assessed.loss.family, terms.kept
    count, n_kept = terms.weighted.size, int(np.count_nonzero(kept))
    if family == "sequence":
        yield from _of_sequences(terms)
    elif family == "distribution":
        yield from _of_distributions(assessed, terms)
    else:
        yield say("ledger", "plain mean of the “none” vector"), _ratio(total(terms.weighted), count)
        if n_kept != count:
            yield say("ledger", "mean over the rows kept"), _ratio(total(terms.weighted, kept), n_kept)
    paired = _paired(assessed)
    if paired is not None:
        yield say("ledger", "pair by pair: target.view_as(input)"), paired
    if terms.has_weights:
        yield say("ledger", "without weights"), _ratio(total(terms.plain, kept), n_kept)
        weights = _weights_of(assessed, terms)
        if weights is not None:
            yield say("ledger", "Σ w ℓ ÷ Σ w"), _ratio(total(terms.weighted, kept), total(weights, kept))
    if terms.hard is not terms.plain:
        yield say("ledger", "without label smoothing"), _unsmoothed(terms)
    if terms.samples != count and family in ("regression", "binary", "multi-class"):
        yield say("ledger", "sum ÷ N, the batch size"), _ratio(total(terms.weighted, kept), terms.samples)
    yield say("ledger", "sum"), total(terms.weighted, kept)


def _of_sequences(terms: Terms) -> Iterator[tuple[Text, float]]:
    assert terms.lengths is not None
    count = terms.weighted.size
    yield say("ledger", "mean of the losses, not ÷ length"), _ratio(total(terms.weighted), count)
    yield say("ledger", "mean of each loss ÷ its length"), _ratio(total(terms.weighted / terms.lengths), count)
    yield say("ledger", "Σ ℓ ÷ Σ U, a mean per label"), _ratio(total(terms.weighted), total(terms.lengths))


def _of_distributions(assessed: Assessment, terms: Terms) -> Iterator[tuple[Text, float]]:
    whole = total(terms.weighted)
    yield say("ledger", "batchmean: sum ÷ N"), _ratio(whole, terms.samples)
    yield say("ledger", "mean over all elements"), _ratio(whole, terms.elements)
    input = assessed.batch.input
    if input.ndim > 2:
        rows = input.size // input.shape[class_axis(input)]
        yield say("ledger", "sum ÷ every position"), _ratio(whole, rows)


def _weights_of(assessed: Assessment, terms: Terms) -> FloatArray | None:
    """(rows,) the weights by which people divide where torch does not, or the other way round."""
    if terms.weights is not None:
        return terms.weights
    weight, rows = getattr(assessed.loss, "weight", None), assessed.rows
    if weight is None or rows is None or assessed.loss.family != "binary":
        return None
    return np.broadcast_to(np.asarray(weight, np.float64), rows.shape).ravel()


def _paired(assessed: Assessment) -> float | None:
    """The mean over pairs, where the shapes differ and torch compares every number with every other."""
    batch, loss = assessed.batch, assessed.loss
    if batch.target is None or batch.target.shape == batch.input.shape or batch.target.size != batch.input.size:
        return None
    if loss.family != "regression":
        return None
    paired = replace(batch, target=batch.target.reshape(batch.input.shape))
    return float(evaluate(replace_params(loss, reduction="mean"), paired).value)


def _unsmoothed(terms: Terms) -> float:
    kept = terms.kept
    if terms.weights is None:
        return _ratio(total(terms.hard, kept), int(np.count_nonzero(kept)))
    return _ratio(total(terms.hard * terms.weights, kept), total(terms.weights, kept))


def _ratio(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else float("nan")


def _same(a: float, b: float, close: float) -> bool:
    return isclose(a, b, rel_tol=close, abs_tol=1e-12) or (isnan(a) and isnan(b))
