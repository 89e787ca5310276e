"""Emissions made by hand, each to show one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from core.ctc.labels import frames_needed, repeats
from core.ctc.spelling import labels_of_text
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence as Many

    from core.arrays import FloatArray, IntArray

Key = Literal["uniform", "peaky", "confused", "needs_blank", "infeasible"]

BLANK, SPIKE = 4.0, 7.0  # logits of a trained model: the blank everywhere, a label for one frame
SOFT_BLANK, SOFT_LABEL, RIVAL = 1.5, 2.5, 2.8  # of one that hesitates


@final
@dataclass(frozen=True, eq=False, slots=True)
class ToyPreset:
    """What a preset is called, and the one thing that it shows."""

    title: Text
    help: Text


PRESETS: Mapping[Key, ToyPreset] = {
    "uniform": ToyPreset(
        say("ctc", "Uniform"),
        say("ctc", "All classes alike in every frame: the loss is T ln C minus the log of the number of alignments."),
    ),
    "peaky": ToyPreset(
        say("ctc", "Peaky"),
        say("ctc", "As trained models speak: each label is one spike, and all other frames are blank."),
    ),
    "confused": ToyPreset(
        say("ctc", "Confused"),
        say("ctc", "Labels last several frames, and in the middle a wrong symbol is likelier than the right one."),
    ),
    "needs_blank": ToyPreset(
        say("ctc", "Needs a blank"),
        say("ctc", "Between two equal letters the model sees no blank, so greedy decoding merges them into one."),
    ),
    "infeasible": ToyPreset(
        say("ctc", "Infeasible"),
        say("ctc", "One frame fewer than labels and forced blanks need: no path fits, and the loss is infinite."),
    ),
}


def toy_preset(key: Key, text: str, frames: int, alphabet: Many[str], blank: int = 0) -> FloatArray:
    """Logits (T, C) of a preset for a target; InputError for a symbol that is not in the alphabet."""
    labels = labels_of_text(text, alphabet)
    logits = np.zeros((frames, len(alphabet)))
    if key == "uniform":
        return logits
    slots = _slots(labels, blank)
    centres = _centres(slots.size, frames)
    if key == "confused":
        _hesitate(logits, slots, blank)
        return logits
    logits[:, blank] = BLANK
    spikes = slots != blank
    logits[centres[spikes], slots[spikes]] = SPIKE
    if key == "needs_blank":
        _run_together(logits, slots, centres, blank)
    return logits


def text_for(key: Key, text: str, alphabet: Many[str]) -> str:
    """A target that shows what the preset is about: the one given, or one with a label of it doubled."""
    labels = labels_of_text(text, alphabet)
    if key != "needs_blank" or repeats(labels).any() or not labels.size:
        return text
    middle = labels.size // 2
    return "".join(alphabet[label] for label in np.insert(labels, middle, labels[middle]).tolist())


def frames_for(key: Key, text: str, frames: int, alphabet: Many[str]) -> int:
    """As many frames as given, or as many as the preset can do with."""
    needed = frames_needed(labels_of_text(text, alphabet))
    if key == "infeasible":
        return max(needed - 1, 1)
    return max(frames, needed, 1)


def _slots(labels: IntArray, blank: int) -> IntArray:
    """The shortest alignment: the labels, and a blank between equal neighbours."""
    forced = np.flatnonzero(repeats(labels))
    return np.insert(labels, forced, blank)


def _centres(count: int, frames: int) -> IntArray:
    """Frames, spread evenly, one for each slot; several slots share one where there are too few."""
    return ((np.arange(count) + 0.5) * frames / max(count, 1)).astype(np.int64)


def _hesitate(logits: FloatArray, slots: IntArray, blank: int) -> None:
    """Every slot lasts as long as the others; a rival takes over the label in the middle."""
    T = len(logits)
    logits[:, blank] = SOFT_BLANK
    if not slots.size:
        return
    slot: IntArray = np.arange(T) * slots.size // T
    logits[np.arange(T), slots[slot]] = SOFT_LABEL
    labels = np.flatnonzero(slots != blank)
    others = np.setdiff1d(np.arange(int(logits.shape[1])), [*slots.tolist(), blank])
    if others.size and labels.size:
        logits[slot == labels[labels.size // 2], others[0]] = RIVAL


def _run_together(logits: FloatArray, slots: IntArray, centres: IntArray, blank: int) -> None:
    """From one of two equal letters to the other the letter holds on."""
    # A blank that the target itself begins or ends with has no letter on one side.
    for place in (np.flatnonzero(slots[1:-1] == blank) + 1).tolist():
        between = slice(int(centres[place - 1]), int(centres[place + 1]) + 1)
        logits[between, slots[place - 1]] = SPIKE
