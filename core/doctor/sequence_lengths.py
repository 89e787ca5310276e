"""Rules for the shapes, lengths and targets of a CTC batch."""

from __future__ import annotations

import math

import numpy as np

from core.doctor.case import Case, first, listed
from core.doctor.finding import Finding, rule
from core.text import say

TIGHT = 0.1  # the share of the frames that must be free
PADS = (-100, -1)  # labels that fill targets up
LONG = 1000  # frames from which float32 leaves few digits of a gradient


@rule("T2", "CTCLoss")
def tight(case: Case) -> Finding | None:
    """Few free frames leave few alignments."""
    found = case.sequences
    if found is None:
        return None
    slack = found.input_lengths - found.needed
    where = np.flatnonzero((slack >= 0) & (slack <= TIGHT * found.input_lengths) & (found.target_lengths > 0))
    if not where.size:
        return None
    n = int(where[np.argmin(slack[where])])
    frames, labels, repeats = (
        int(found.input_lengths[n]),
        int(found.target_lengths[n]),
        int(found.needed[n] - found.target_lengths[n]),
    )
    return Finding(
        "T2",
        "warning",
        say("doctor", "Hardly any frame to spare"),
        say(
            "doctor",
            "{count} of {size} sequences have almost as many labels as frames: sequence {n} needs {needed} of its "
            "{frames} frames, which leaves {alignments} alignments.",
            count=where.size,
            size=found.target_lengths.size,
            n=n,
            needed=labels + repeats,
            frames=frames,
            alignments=math.comb(frames + labels - repeats, 2 * labels),
        ),
        say("doctor", "Subsample less: a model needs room to place its labels."),
        {"rows": first(where), "count": int(where.size), "slack": first(slack[where])},
    )


@rule("T3", "CTCLoss")
def silenced(case: Case) -> Finding | None:
    """A loss of 0 that was infinite still counts in the mean."""
    found = case.sequences
    if found is None or not getattr(case.loss, "zero_infinity", False):
        return None
    short = np.flatnonzero(found.input_lengths < found.needed)
    if not short.size:
        return None
    return Finding(
        "T3",
        "warning",
        say("doctor", "zero_infinity silences sequences"),
        say(
            "doctor",
            "{count} of {size} sequences cannot be aligned, first {rows}: each counts as 0 and is still divided by in "
            "the mean, so that the loss looks smaller than it is.",
            count=short.size,
            size=found.target_lengths.size,
            rows=listed(short),
        ),
        say("doctor", "Leave such sequences out before the loss, or subsample less."),
        {"rows": first(short), "count": int(short.size)},
    )


@rule("T4", "CTCLoss")
def blank_in_target(case: Case) -> Finding | None:
    """A blank as a label stands beside the blanks between labels: paths are counted twice."""
    found, blank = case.sequences, getattr(case.loss, "blank", 0)
    if found is None:
        return None
    bad = found.inside & (found.labels == blank)
    rows = np.flatnonzero(bad.any(axis=1))
    if not rows.size:
        return None
    return Finding(
        "T4",
        "error",
        say("doctor", "The blank is in the targets"),
        say(
            "doctor",
            "{count} labels are {blank}, the blank, first in sequences {rows}: paths are counted twice, the loss can "
            "be negative, and no decoder can spell such a target.",
            count=int(bad.sum()),
            blank=blank,
            rows=listed(rows),
        ),
        say("doctor", "Shift the labels by one if the vocabulary has no class for the blank, or name another blank."),
        {"rows": first(rows), "count": int(bad.sum())},
    )


@rule("T8", "CTCLoss")
def batch_first(case: Case) -> Finding | None:
    """The frames stand first."""
    x, lengths = case.input, case.batch.input_lengths
    if x.ndim != 3 or lengths is None or lengths.ndim != 1 or lengths.size != x.shape[0] or lengths.size < 2:
        return None
    ambiguous = x.shape[0] == x.shape[1]
    if ambiguous or (lengths.size and int(lengths.max()) > x.shape[1]):
        return None
    return Finding(
        "T8",
        "error",
        say("doctor", "The batch stands first"),
        say(
            "doctor",
            "log_probs has the shape {shape} and there are {count} input_lengths, up to {most}: it looks like (N, T, "
            "C), and CTCLoss reads (T, N, C).",
            shape=x.shape,
            count=lengths.size,
            most=int(lengths.max()),
        ),
        say("doctor", "Pass log_probs.transpose(0, 1)."),
        {"shape": list(x.shape), "lengths": int(lengths.size)},
        explains_refusal=True,
    )


@rule("T9", "CTCLoss")
def lengths_beyond(case: Case) -> Finding | None:
    """Lengths have to lie within the arrays they measure."""
    x, y = case.input, case.target
    frames, labels = case.batch.input_lengths, case.batch.target_lengths
    if x.ndim not in (2, 3) or y is None or frames is None or labels is None:
        return None
    if frames.dtype.kind not in "iu" or labels.dtype.kind not in "iu" or not frames.size or not labels.size:
        return None
    long_frames = np.flatnonzero(frames.ravel() > x.shape[0])
    width = y.shape[1] if y.ndim == 2 else y.size
    long_labels = np.flatnonzero(labels.ravel() > width)
    if long_frames.size and frames.size == x.shape[1 if x.ndim == 3 else 0]:
        return _beyond("input_lengths", long_frames, int(frames.max()), x.shape[0])
    if long_frames.size and x.ndim == 2:
        return _beyond("input_lengths", long_frames, int(frames.max()), x.shape[0])
    if long_labels.size:
        return _beyond("target_lengths", long_labels, int(labels.max()), width)
    if y.ndim == 1 and labels.size > 1 and int(labels.sum()) != y.size:
        return Finding(
            "T9",
            "error",
            say("doctor", "Lengths that do not add up"),
            say(
                "doctor",
                "The joined targets hold {size} labels, target_lengths add up to {total}.",
                size=y.size,
                total=int(labels.sum()),
            ),
            say("doctor", "Join only the labels inside the lengths, or pass targets padded to (N, S)."),
            {"labels": int(y.size), "total": int(labels.sum())},
            explains_refusal=True,
        )
    return None


def _beyond(name: str, rows: np.ndarray[tuple[int, ...], np.dtype[np.intp]], most: int, there: int) -> Finding:
    return Finding(
        "T9",
        "error",
        say("doctor", "Lengths beyond the array"),
        say(
            "doctor",
            "{name} reach {most}, but the array has {there}: sequences {rows}.",
            name=name,
            most=most,
            there=there,
            rows=listed(rows),
        ),
        say("doctor", "Count lengths in frames after the model's subsampling, and in labels without padding."),
        {"rows": first(rows), "most": most, "there": there},
        explains_refusal=True,
    )


@rule("T14", "CTCLoss")
def empty_target(case: Case) -> Finding | None:
    """Only the path of blanks is left."""
    found = case.sequences
    if found is None:
        return None
    rows = np.flatnonzero(found.target_lengths == 0)
    if not rows.size:
        return None
    return Finding(
        "T14",
        "hint",
        say("doctor", "Empty targets"),
        say(
            "doctor",
            "{count} targets are empty, sequences {rows}: their loss is that of all blanks, and the mean divides it "
            "by 1.",
            count=rows.size,
            rows=listed(rows),
        ),
        say("doctor", "Leave them out unless silence is to be learned."),
        {"rows": first(rows), "count": int(rows.size)},
    )


@rule("T16", "CTCLoss")
def long_in_float32(case: Case) -> Finding | None:
    """CTC is computed in the dtype of log_probs, and errors grow with the frames."""
    lengths = case.batch.input_lengths
    if case.input.dtype != np.float32 or lengths is None or not lengths.size or lengths.dtype.kind not in "iu":
        return None
    rows = np.flatnonzero(lengths.ravel() > LONG)
    if not rows.size:
        return None
    return Finding(
        "T16",
        "warning",
        say("doctor", "Long sequences in float32"),
        say(
            "doctor",
            "{count} sequences have more than {long} frames, up to {most}, in float32: torch's gradient is then off by "
            "about 2e-3 at 1,000 frames and 2e-2 at 5,000.",
            count=rows.size,
            long=LONG,
            most=int(lengths.max()),
        ),
        say("doctor", "Compute the loss in float64: log_probs.double()."),
        {"rows": first(rows), "count": int(rows.size)},
    )


@rule("T17", "CTCLoss")
def padding_inside(case: Case) -> Finding | None:
    """A label that only fills up stands within target_lengths."""
    found = case.sequences
    if found is None:
        return None
    bad = found.inside & np.isin(found.labels, PADS)
    rows = np.flatnonzero(bad.any(axis=1))
    if not rows.size:
        return None
    return Finding(
        "T17",
        "warning",
        say("doctor", "Padding inside the targets"),
        say(
            "doctor",
            "{count} labels within target_lengths are {pads}, which usually fill targets up: sequences {rows}.",
            count=int(bad.sum()),
            pads=listed(np.unique(found.labels[bad])),
            rows=listed(rows),
        ),
        say("doctor", "Count target_lengths without padding: (targets >= 0).sum(1)."),
        {"rows": first(rows), "count": int(bad.sum())},
    )


@rule("T18", "CTCLoss")
def repeats_need_blanks(case: Case) -> Finding | None:
    """Between equal labels a blank must stand, or they merge."""
    found = case.sequences
    if found is None:
        return None
    repeats = found.needed - found.target_lengths
    rows = np.flatnonzero(repeats)
    if not rows.size:
        return None
    return Finding(
        "T18",
        "hint",
        say("doctor", "Equal neighbours"),
        say(
            "doctor",
            "{count} of {size} targets have equal labels side by side, sequence {n} has {most} such pairs: each needs "
            "a frame of its own for the blank between.",
            count=rows.size,
            size=repeats.size,
            n=int(np.argmax(repeats)),
            most=int(repeats.max()),
        ),
        say("doctor", "Nothing needs mending; count them in the frames that are needed: labels + repeats."),
        {"rows": first(rows), "count": int(rows.size)},
    )


@rule("T19", "CTCLoss")
def half(case: Case) -> Finding | None:
    """There is no CTC of 16 bits on the CPU."""
    if case.input.dtype.kind != "f" or case.input.dtype.itemsize >= 4:
        return None
    return Finding(
        "T19",
        "error",
        say("doctor", "CTC in 16 bits"),
        say("doctor", "log_probs are {dtype}; torch has CTC in float32 and float64 only.", dtype=case.input.dtype),
        say("doctor", "Convert them: log_probs.float()."),
        {"dtype": str(case.input.dtype)},
        explains_refusal=True,
    )
