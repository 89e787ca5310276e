"""The ledger of a batch: its lines, the numbers that are expected instead, the verdict on what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ledger.expected import expected_of
from core.ledger.ledger import Ledger, Line
from core.ledger.reported import verdict_of
from core.ledger.terms import Terms, terms_of, total
from core.losses.bce import LOG_FLOOR
from core.reduction import BATCH_SIZE_AFTER_LENGTHS, NOTHING
from core.rows import has_class_indices
from core.text import Text, say

if TYPE_CHECKING:
    from core.arrays import BoolArray
    from core.assess import Assessment

# How a divisor is written in a formula, by its name in core.reduction.
SYMBOLS = {
    "number of elements": "numel",
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
    # What was seen of a file larger than memory is the loss of all its rows: core.whole knows that.
    is_part = assessed.batch.extent is not None
    verdict = None if assessed.batch.reported is None or is_part else verdict_of(assessed, expected)
    return Ledger(lines, expected, verdict)


def _sums(assessed: Assessment, terms: Terms) -> list[Line]:
    """From the rows' own losses to the sum that is divided."""
    loss = assessed.loss
    kept = None if terms.kept.all() else terms.kept
    count = int(np.count_nonzero(terms.kept))
    smooth = terms.hard is not terms.plain
    first = terms.hard if smooth else terms.plain
    lines = [Line("sum", "Σ ℓ", _summed(assessed, count), total(first, kept), kept)]
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
    lines = [
        *_note("ignored", say("ledger", "rows ignored: they add nothing and are not counted"), ~kept),
        *_note("∞", say("ledger", "rows whose loss is infinite"), kept & np.isinf(terms.weighted)),
        *_note("nan", say("ledger", "rows whose loss is nan: so is every sum with them"),
               kept & np.isnan(terms.weighted)),
    ]  # fmt: skip
    if loss.name == "BCELoss":
        words = say("ledger", "elements at the clamp: −log is cut at {cut}", cut=int(-LOG_FLOOR))
        lines += _note("clamp", words, terms.plain >= -LOG_FLOOR)
    if getattr(loss, "zero_infinity", False):
        words = say("ledger", "sequences of infinite loss: they count as 0 and are still divided by")
        lines += _note("0", words, _silenced(assessed))
    return lines


def _note(symbol: str, title: Text, rows: BoolArray) -> list[Line]:
    return [Line("note", symbol, title, float(np.count_nonzero(rows)), rows)] if rows.any() else []


def _silenced(assessed: Assessment) -> BoolArray:
    from core.losses.ctc import CTCEvaluation

    evaluation = assessed.evaluation
    assert isinstance(evaluation, CTCEvaluation)
    return np.isneginf(evaluation.posterior.log_likelihood)


def _summed(assessed: Assessment, count: int) -> Text:
    family = assessed.loss.family
    if family == "sequence":
        return say("ledger", "the losses of the sequences: {count}", count=count)
    if family == "distribution":
        return say("ledger", "the divergences of the distributions: {count}", count=count)
    if family == "multi-class" and not has_class_indices(assessed.batch):
        return say("ledger", "the cross-entropies of the rows: {count}", count=count)
    if family == "multi-class":
        return say("ledger", "−log p(target) of the targets: {count}", count=count)
    return say("ledger", "the losses of the elements: {count}", count=count)


def _weighed(name: str) -> Text:
    if name in ("CrossEntropyLoss", "NLLLoss"):
        return say("ledger", "each times the weight of its class")
    return say("ledger", "each times its weight and, where the target is positive, pos_weight")


def _weighed_rows(terms: Terms) -> BoolArray:
    """Where a weight changes something."""
    both_nan = np.isnan(terms.weighted) & np.isnan(terms.plain)
    return (terms.weighted != terms.plain) & ~both_nan


def _counted(terms: Terms) -> BoolArray | None:
    return None if terms.kept.all() else terms.kept
