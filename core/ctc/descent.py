"""Gradient descent on the logits of one sequence: how blanks come first, and spikes after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import frozen
from core.ctc.labels import as_labels
from core.ctc.lattice import lattice_of
from core.jobs import Job, Progress
from core.links import apply_link

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import FloatArray
    from core.ctc.lattice import Lattice

STEPS, RATE = 60, 1.0


@final
@dataclass(frozen=True, eq=False, slots=True)
class Descent:
    """The states of a descent, the start and one after each step: K = steps + 1 of them, fewer if it cannot go on.

    Attributes:
        logits: (K, T, C); probs: (K, T, C) their softmax.
        occupancy: (K, T, C) the posterior share of each class in each frame: where the gradient pulls probs to.
        losses: (K,); blank: (K,) the mean probability of the blank; spikes: (K,) frames in which a label wins.
    """

    logits: FloatArray
    probs: FloatArray
    occupancy: FloatArray
    losses: FloatArray
    blank: FloatArray
    spikes: FloatArray


def descend(
    logits: FloatArray, labels: npt.ArrayLike, blank: int, steps: int = STEPS, rate: float = RATE
) -> Job[Descent]:
    """Walk `rate` times the gradient, probs - occupancy, at each step; without an alignment there is no step."""
    target = as_labels(labels)
    z = np.asarray(logits, dtype=np.float64)
    states: list[tuple[FloatArray, FloatArray, FloatArray, float]] = []
    for k in range(steps + 1):
        log_probs = apply_link("log_softmax", z)
        lattice = lattice_of(log_probs, target, blank)
        probs, occupancy = np.exp(log_probs), class_occupancy(lattice, z.shape[1])
        states.append((z, probs, occupancy, 0.0 - lattice.log_likelihood))
        if not np.isfinite(lattice.log_likelihood):
            break
        z = z - rate * (probs - occupancy)
        yield Progress(k / max(steps, 1))
    all_logits, all_probs, all_occupancy, losses = zip(*states, strict=True)
    kept = np.stack(all_probs)
    return Descent(
        logits=frozen(np.stack(all_logits)),
        probs=frozen(kept),
        occupancy=frozen(np.stack(all_occupancy)),
        losses=frozen(np.array(losses)),
        blank=frozen(kept[:, :, blank].mean(axis=1)),
        spikes=frozen((kept.argmax(axis=2) != blank).sum(axis=1).astype(np.float64)),
    )


def class_occupancy(lattice: Lattice, C: int) -> FloatArray:
    """(T, C) the share of the posterior that each class has in each frame; rows of one class are added."""
    shares = np.zeros((len(lattice.occupancy), C))
    np.add.at(shares.T, lattice.states, lattice.occupancy.T)
    return shares
