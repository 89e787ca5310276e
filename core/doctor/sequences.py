"""Rules for whether the targets of a CTC batch can be aligned at all."""

from __future__ import annotations

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import say


@rule("T1", "CTCLoss")
def infeasible(case: Case) -> Finding | None:
    """No alignment has fewer frames than labels plus repeats; under zero_infinity rule T3 says so."""
    found = case.sequences
    if found is None:
        return None
    short = np.flatnonzero(found.input_lengths < found.needed)
    if not short.size or getattr(case.loss, "zero_infinity", False):
        return None
    n = int(short[0])
    labels = int(found.target_lengths[n])
    needed = int(found.needed[n])
    frames = int(found.input_lengths[n])
    return Finding(
        "T1",
        "error",
        say("doctor", "Too few frames"),
        say(
            "doctor",
            "{count} of {size} sequences cannot be aligned: sequence {n} needs {needed} frames ({labels} labels and "
            "{repeats} blanks between equal neighbours) and has {frames}. Its loss is infinite, its gradient nan.",
            count=short.size,
            size=found.target_lengths.size,
            n=n,
            needed=needed,
            labels=labels,
            repeats=needed - labels,
            frames=frames,
        ),
        say("doctor", "Subsample less or drop the sequence; zero_infinity=True only hides it."),
        {
            "rows": first(short),
            "count": int(short.size),
            "needed": first(found.needed[short]),
            "frames": first(found.input_lengths[short]),
        },
    )


@rule("T5", "CTCLoss")
def label_outside_vocabulary(case: Case) -> Finding | None:
    """CTCLoss of torch does not check the labels and reads memory that belongs to something else."""
    found = case.sequences
    if found is None:
        return None
    c = case.input.shape[-1]
    # Written so that nan counts as outside.
    bad = found.inside & ~((found.labels >= 0) & (found.labels < c))
    rows = np.flatnonzero(bad.any(axis=1))
    if not rows.size:
        return None
    return Finding(
        "T5",
        "error",
        say("doctor", "Labels outside the vocabulary"),
        say(
            "doctor",
            "{count} labels lie outside 0 … {last}: {labels}, first in sequences {rows}. torch does not check them and "
            "reads foreign memory.",
            count=int(bad.sum()),
            last=c - 1,
            labels=listed(np.unique(found.labels[bad])),
            rows=listed(rows),
        ),
        say("doctor", "Check the vocabulary (did adding the blank shift it by one?) and the target lengths."),
        {"rows": first(rows), "count": int(bad.sum()), "labels": first(np.unique(found.labels[bad]))},
        explains_refusal=True,
    )
