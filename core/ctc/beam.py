"""Prefix beam search: the label sequences whose paths together are likeliest."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, final

import numpy as np

from core.jobs import Job, Progress

if TYPE_CHECKING:
    from core.arrays import FloatArray

WIDTH = 16
CLASSES = 40  # tried in a frame; the others together hold next to nothing of a trained model's probability
FRAMES_A_YIELD = 8


@final
@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Labels, and the log-probability of all paths found that collapse to them."""

    labels: tuple[int, ...]
    log_prob: float


@final
@dataclass(eq=False, slots=True)
class _Prefixes:
    """A tree of label sequences: each is the number of its parent and one label more; 0 is the empty one."""

    parents: list[int] = field(default_factory=lambda: [-1])
    last: list[int] = field(default_factory=lambda: [-1])
    children: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])

    def longer(self, prefix: int, label: int) -> int:
        """The number of `prefix` with one label more."""
        found = self.children.setdefault((prefix, label), len(self.parents))
        if found == len(self.parents):
            self.parents.append(prefix)
            self.last.append(label)
        return found

    def labels(self, prefix: int) -> tuple[int, ...]:
        """The whole sequence."""
        found: list[int] = []
        while prefix > 0:
            found.append(self.last[prefix])
            prefix = self.parents[prefix]
        return tuple(reversed(found))


# For each prefix the mass of its paths that end in the blank, and of those that end in its last label. The mass is
# relative to the best of the frame before, whose logarithm is kept aside: nothing vanishes that could still win.
Beam = dict[int, tuple[float, float]]


def prefix_beam(
    log_probs: FloatArray, blank: int, width: int = WIDTH, classes: int = CLASSES
) -> Job[tuple[Hypothesis, ...]]:
    """The best `width` label sequences, likeliest first (Graves 2012; Hannun 2014, arXiv:1408.2873).

    Exact as long as neither `width` prefixes nor `classes` of a frame have to be dropped.
    """
    tree = _Prefixes()
    beam: Beam = {0: (1.0, 0.0)}
    scale = 0.0
    T = len(log_probs)
    for t, row in enumerate(log_probs):
        top = float(row.max())
        if not math.isfinite(top):  # no distribution: nothing can be read on
            return ()
        beam, factor = _kept(_extended(beam, tree, np.exp(row - top), blank, classes), width)
        scale += top + math.log(factor)
        if t % FRAMES_A_YIELD == 0:
            yield Progress(t / T)
    found = [Hypothesis(tree.labels(prefix), scale + math.log(sum(mass))) for prefix, mass in beam.items()]
    return tuple(found)


def _extended(beam: Beam, tree: _Prefixes, probs: FloatArray, blank: int, classes: int) -> Beam:
    """Every prefix one frame on."""
    grown: dict[int, list[float]] = {}
    p_blank = float(probs[blank])
    likely = [label for label in _likeliest(probs, classes) if label != blank]
    pairs = [(label, float(probs[label])) for label in likely]
    for prefix, (ends_blank, ends_label) in beam.items():
        own, last = grown.setdefault(prefix, [0.0, 0.0]), tree.last[prefix]
        own[0] += (ends_blank + ends_label) * p_blank
        if last >= 0:
            own[1] += ends_label * float(probs[last])
        for label, p in pairs:
            # A label that repeats the last one needs a blank between.
            mass = (ends_blank if label == last else ends_blank + ends_label) * p
            if mass > 0:
                grown.setdefault(tree.longer(prefix, label), [0.0, 0.0])[1] += mass
    return {prefix: (mass[0], mass[1]) for prefix, mass in grown.items()}


def _likeliest(probs: FloatArray, classes: int) -> list[int]:
    if classes >= probs.size:
        return list(range(probs.size))
    found: list[int] = np.argpartition(-probs, classes)[:classes].tolist()
    return found


def _kept(beam: Beam, width: int) -> tuple[Beam, float]:
    """The heaviest prefixes, relative to the first, heaviest first; equal ones in the order they came."""
    heaviest = sorted(beam.items(), key=lambda item: -sum(item[1]))[:width]
    factor = sum(heaviest[0][1])  # never 0: every prefix can go on with the frame's best class
    kept = {prefix: (mass[0] / factor, mass[1] / factor) for prefix, mass in heaviest if sum(mass) > 0}
    return kept, factor
