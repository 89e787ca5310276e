"""The ledger of a batch: its lines, the numbers that are expected instead, the verdict on what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ledger.expected import expected_of
from core.ledger.ledger import Ledger, Line
from core.ledger.reported import verdict_of
from core.ledger.terms import Terms, terms_of, total
from core.reduction import BATCH_SIZE_AFTER_LENGTHS, NOTHING
from core.text import Text, say

if TYPE_CHECKING:
    from core.arrays import BoolArray
    from core.assess import Assessment

# How a divisor is written in a formula, by its name in core.reduction.
SYMBOLS = {
    "number of elements": "number of elements",
    "batch size": "N",
    "number of rows": "N",
    "number of rows kept (not ignored)": "N kept",
    "sum of w[y] over the kept rows": "Σ w[y]",
    BATCH_SIZE_AFTER_LENGTHS: "N",
}


def ledger_of(assessed: Assessment) -> Ledger | None:
    """None for a batch that the loss refuses: there is no number to explain."""
    if assessed.evaluation is None or assessed.rows is None:
        return None
    terms = terms_of(assessed)
    expected = expected_of(assessed, terms)
    lines = (*_sums(assessed, terms), *_division(assessed, terms), *_notes(assessed, terms))
    verdict = None if assessed.batch.reported is None else verdict_of(assessed, expected)
    return Ledger(lines, expected, verdict)


def _sums(assessed: Assessment, terms: Terms) -> list[Line]:
    """From the rows' own losses to the sum that is divided."""
    loss = assessed.loss
    kept = None if terms.kept.all() else terms.kept
    count = int(np.count_nonzero(terms.kept))
    smooth = terms.hard is not terms.plain
    first = terms.hard if smooth else terms.plain
    lines = [Line("sum", "Σ ℓ", _summed(loss.family, count), total(first, kept), kept)]
    if smooth:
        epsilon = float(getattr(loss, "label_smoothing", 0.0))
        title = say("ledger", "with label smoothing ε = {epsilon}: (1 − ε) Σ ℓ plus ε/C of the loss of every class",
                    epsilon=f"{epsilon:g}")  # fmt: skip
        lines.append(Line("add", "Σ ℓ smoothed", title, total(terms.plain, kept), kept))
    if terms.has_weights:
        lines.append(Line("weigh", "Σ w ℓ", _weighed(loss.name), total(terms.weighted, kept), _weighed_rows(terms)))
    if terms.lengths is not None and loss.reduction == "mean":
        each = terms.weighted / terms.lengths
        title = say("ledger", "each loss ÷ its target length first")
        lines.append(Line("weigh", "Σ ℓ ÷ U", title, total(each)))
    return lines


def _division(assessed: Assessment, terms: Terms) -> list[Line]:
    """What is divided by, and what comes out."""
    evaluation, reduction = assessed.evaluation, assessed.loss.reduction
    assert evaluation is not None
    lines: list[Line] = []
    if evaluation.divisor.name != NOTHING:
        name = evaluation.divisor.name
        symbol = SYMBOLS.get(name, name)
        lines.append(Line("divide", symbol, Text(name, {}, "core"), evaluation.divisor.value, _counted(terms)))
    if evaluation.value.ndim:
        title = say("ledger", "reduction none: {count} numbers, their sum is shown", count=evaluation.value.size)
        return [*lines, Line("result", "Σ", title, total(terms.weighted))]
    return [*lines, Line("result", reduction, say("ledger", "what PyTorch returns"), float(evaluation.value))]


def _notes(assessed: Assessment, terms: Terms) -> list[Line]:
    """Rows that explain the number."""
    loss, kept = assessed.loss, terms.kept
    found = [
        (~kept, "ignored", say("ledger", "rows are ignored: they add nothing and are not counted")),
        (kept & np.isinf(terms.weighted), "∞", say("ledger", "rows are infinite")),
        (kept & np.isnan(terms.weighted), "nan", say("ledger", "rows are nan: so is every sum with them")),
    ]
    if loss.name == "BCELoss":
        found.append((terms.plain >= 100.0, "100", say("ledger", "elements stand at the clamp: −log is cut at 100")))
    if getattr(loss, "zero_infinity", False):
        silenced = _silenced(assessed)
        found.append((silenced, "0", say("ledger", "sequences are infinite, counted as 0 and still divided by")))
    return [
        Line("note", symbol, title, float(np.count_nonzero(rows)), rows) for rows, symbol, title in found if rows.any()
    ]


def _silenced(assessed: Assessment) -> BoolArray:
    from core.losses.ctc import CTCEvaluation

    evaluation = assessed.evaluation
    assert isinstance(evaluation, CTCEvaluation)
    return np.isneginf(evaluation.posterior.log_likelihood)


def _summed(family: str, count: int) -> Text:
    one, many = {
        "sequence": (say("ledger", "the loss of 1 sequence"), "the losses of {count} sequences"),
        "distribution": (say("ledger", "the divergence of 1 distribution"), "the divergences of {count} distributions"),
        "multi-class": (say("ledger", "−log p(target) of 1 target"), "−log p(target) of {count} targets"),
    }.get(family, (say("ledger", "the loss of 1 element"), "the losses of {count} elements"))
    return one if count == 1 else say("ledger", many, count=count)


def _weighed(name: str) -> Text:
    if name in ("CrossEntropyLoss", "NLLLoss"):
        return say("ledger", "each times the weight of its class")
    return say("ledger", "each times its weight and, where the target is positive, pos_weight")


def _weighed_rows(terms: Terms) -> BoolArray:
    """Where a weight changes something."""
    with np.errstate(invalid="ignore"):
        return terms.weighted != terms.plain


def _counted(terms: Terms) -> BoolArray | None:
    return None if terms.kept.all() else terms.kept
