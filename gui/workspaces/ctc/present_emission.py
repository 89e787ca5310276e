"""What the model saw and said in the frames in view: the picture, and a row for each class that matters there."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from core.text import Text, say
from gui.kit.frame_figures import Picture
from gui.kit.lattice_figures import EmissionFigure, RowLabel, SourceFigure
from gui.kit.numbers import MINUS
from gui.workspaces.ctc.class_names import role, written

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray, FloatArray
    from core.ctc.sequence import Sequence
    from gui.workspaces.ctc.compute_lattice import Gradients
    from gui.workspaces.ctc.state import Truth

MOST_ROWS = 11
LEAST_PEAK = 0.005  # a class that never gets more than this has no row, unless the target asks for it
LEAST_WRITTEN = {"probability": 0.08, "gradient": 0.05}
PAPER = 127  # a picture brighter than this on the whole is paper


def classes_in_view(sequence: Sequence, first: int, last: int, wanted: list[int], most: int = MOST_ROWS) -> list[int]:
    """Blank, the classes of `wanted` (the target's, in view) and others; ordered by the frame of their peak."""
    frames = sequence.log_probs[first:last]
    if not frames.size:
        return [sequence.blank, *wanted][:most]
    peaks = np.nan_to_num(frames.max(axis=0), nan=np.inf, posinf=np.inf, neginf=-np.inf)
    labels = [c for c in dict.fromkeys(wanted) if c != sequence.blank]
    labels = sorted(labels, key=lambda c: -peaks[c])[: most - 1]
    peaks[[sequence.blank, *labels]] = -np.inf
    room = most - 1 - len(labels)
    likely: list[int] = np.argsort(-peaks, kind="stable")[:room].tolist() if room else []
    others = [c for c in likely if peaks[c] > np.log(LEAST_PEAK)]
    when = np.nan_to_num(frames, nan=np.inf).argmax(axis=0)
    return [sequence.blank, *sorted([*labels, *others], key=lambda c: int(when[c]))]


def emission(sequence: Sequence, first: int, last: int, classes: list[int], unread: int) -> EmissionFigure:
    """Probabilities of some classes; `unread` frames after the last one read are shown too."""
    values = _probs(sequence.log_probs[first:last, classes])
    return EmissionFigure(
        title=say("ctc", "emission"),
        caption=None,
        first=first,
        scale="probability",
        rows=_labels(sequence, classes),
        values=values,
        texts=_texts(values, "probability"),
        unread=_probs(sequence.unread[:unread, classes]) if unread else None,
    )


def gradient(
    sequence: Sequence,
    gradients: Gradients,
    truth: Truth,
    first: int,
    last: int,
    classes: list[int],
    playhead: int,
    known: BoolArray | None = None,
) -> EmissionFigure:
    """The gradient of the sequence's loss for some classes, and what it sums to over all of them.

    `known`: (T,) the frames in which the step-through has it, None for all.
    """
    whole = gradients.of(truth)[first:last]
    if known is not None:
        whole = np.where(known[first:last, None], whole, 0)
    values = whole[:, classes].T.astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        sums = whole.sum(axis=1, dtype=np.float64)
    here = sums[playhead - first] if first <= playhead < last else sums[0] if sums.size else np.nan
    return EmissionFigure(
        title=say("ctc", "gradient"),
        caption=truth_caption(truth),
        first=first,
        scale="gradient",
        rows=_labels(sequence, classes),
        values=values,
        texts=_texts(values, "gradient"),
        sum=_sum_text(float(here)),
        sums=tuple(
            _sum_text(float(total)) if known is None or known[first + i] else "" for i, total in enumerate(sums)
        ),
    )


def truth_caption(truth: Truth) -> Text:
    """Which derivative is shown."""
    return {
        "logits": say("ctc", "p − γ, by the logits"),
        "log_probs": say("ctc", "−γ, by log p"),
        "torch": say("ctc", "p − γ, from torch"),
    }[truth]


def source(sequence: Sequence, unread: int) -> SourceFigure | None:
    """The picture that came with the batch."""
    picture = picture_of(sequence)
    if picture is None:
        return None
    rest = None
    if unread and sequence.unread_picture is not None and sequence.unread_picture.size:
        whole = _picture(sequence.unread_picture, len(sequence.unread))
        rest = replace(whole, pixels=whole.pixels[:, : round(unread * whole.per_frame)], is_paper=picture.is_paper)
    return SourceFigure(say("ctc", "source"), source_caption(sequence), picture, rest)


def source_caption(sequence: Sequence) -> Text:
    """How long, or how large, the picture is; what stands in its place where there is none."""
    frames = len(sequence.log_probs)
    if sequence.frame_seconds is not None:
        return say("ctc", "{frames} × {ms} ms", frames=frames, ms=f"{1000 * sequence.frame_seconds:g}")
    if sequence.picture is None:
        return say("ctc", "{frames} frames", frames=frames)
    height, width = sequence.picture.shape[:2]
    return say("ctc", "{width}×{height} px", width=width, height=height)


@lru_cache(maxsize=1)
def picture_of(sequence: Sequence) -> Picture | None:
    """The picture alone; the same one for the same sequence."""
    return None if sequence.picture is None else _picture(sequence.picture, len(sequence.log_probs))


def _picture(pixels: Array, frames: int) -> Picture:
    grey = pixels.mean(axis=2) if pixels.ndim == 3 else pixels
    if pixels.dtype != np.uint8:
        low, high = float(np.min(grey)), float(np.max(grey))
        grey = (grey - low) * (255 / ((high - low) or 1))
    return Picture(grey.astype(np.uint8, copy=False), grey.shape[1] / max(frames, 1), bool(np.mean(grey) > PAPER))


@np.errstate(over="ignore", invalid="ignore")
def _probs(log_probs: FloatArray) -> FloatArray:
    return np.exp(log_probs.T.astype(np.float64))


def _labels(sequence: Sequence, classes: list[int]) -> tuple[RowLabel, ...]:
    return tuple(RowLabel(written(sequence, c), role(sequence, c)) for c in classes)


def _texts(values: FloatArray, scale: str) -> tuple[tuple[str, ...], ...]:
    least = LEAST_WRITTEN[scale]
    sign = "+" if scale == "gradient" else ""
    return tuple(
        tuple("" if abs(value) < least else f"{value:{sign}.2f}".replace("-", MINUS) for value in row)
        for row in values.tolist()
    )


def _sum_text(total: float) -> str:
    """What a frame's gradient sums to, as far as rounding lets it be told."""
    if not np.isfinite(total):
        return f"{total}".replace("-", MINUS)
    nearest = round(total)
    if abs(total - nearest) < 5e-5:
        return f"{nearest}".replace("-", MINUS)
    return f"{total:.2f}".replace("-", MINUS)
