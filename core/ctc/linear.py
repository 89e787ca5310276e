"""Forward and backward in probabilities: fast, and proven exact sample by sample, or not claimed.

Sums of probabilities have no exponentials of differences in them, so they are faster and closer than log space, until
they leave the range of a double. Three things see to that:

- After every block of frames each sample is scaled, by a power of two, so that its largest cell is near 2^TOP.
- Before that a floor is added to every state. It is more than underflow can have taken within the block, so what is
  computed is never less than the truth, and a path that falls behind and wins later is carried on.
- What all floors together do is bounded: each is followed, to the end of the lattice, by at most the largest mass that
  comes from there. Where that is less than 2^PRECISION of a sample's whole mass, the sample is certified.

Nothing here supposes that the rows of log_probs are normalised, but emissions above 1 are never certified.
"""

from __future__ import annotations

import math
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from core.ctc.plan import emissions, stretches

if TYPE_CHECKING:
    from core.arrays import BoolArray, FloatArray, IntArray
    from core.ctc.plan import Plan

BLOCK = 16  # frames
SHORT = 64  # a batch of no more frames is one block
# A cell has three predecessors and emissions are below 1.1: by so many powers of two a cell can grow in a frame.
GROWTH = math.log2(3 * 1.1)
HIGHEST = 0.09  # log 1.1, rounded down

# From here on powers of two. The product of two sums is below 2^(2 * (TOP + SHORT * GROWTH)) < 2^1023: none overflows.
TOP = 400
# Underflow takes at most 2^-1022 in a frame, which is 2^(-1022 + SHORT * GROWTH + 6) at most by the end of a block. The
# floor is far higher, for arithmetic on the smallest doubles is slow.
FLOOR = -700
# An emission raised to RAISED adds 2^(TOP + SHORT * GROWTH - 1008) in a frame at most, and by the end of a block this:
FLOOR_IF_RAISED = -380
PRECISION = -43

RAISED = -699.0  # e^-699 < 2^-1008: log-probabilities below it are near the smallest double


@np.errstate(divide="ignore", invalid="ignore")  # what has no path at all has shares of 0 / 0, and is not certified
def forward_backward(log_probs: FloatArray, probs: FloatArray, plan: Plan) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Log-likelihoods (N,), occupancies of the plan's columns (T, K), and for which samples they are proven, (N,).

    `log_probs` are those of the plan's columns, (T, K + 1), the last one empty; `probs` are their exponentials.
    """
    T, N = len(probs), len(plan.column_starts)
    block = T if T <= SHORT else BLOCK
    tame = _is_tame(log_probs, plan, block)
    if not tame.any():
        return np.empty(N), np.empty((T, len(plan.columns))), tame
    probs, floor = _raised(log_probs, probs)
    if not tame.all():
        probs = np.where(np.append(tame[plan.owner], True), probs, 0.0)
    arriving, exponent = _sweep(probs, plan, block, floor)
    occupancy = _mass(arriving, plan)
    occupancy *= probs[:, :-1]
    # Every frame holds the whole mass of a sample; dividing by its own sum also takes away its scale.
    sums = np.add.reduceat(occupancy, plan.column_starts, axis=1)
    occupancy /= sums[:, plan.owner]
    log_likelihood = (np.log2(sums[-1]) + exponent[:N] - TOP) * math.log(2.0)
    # In as many cells as there are, as many times as there are blocks, in both directions.
    floors = 2 * math.ceil(T / block) * plan.half
    harm = floors * 2.0 ** (floor + TOP + block * GROWTH)
    return log_likelihood, occupancy, tame & (sums.min(axis=0) >= harm * 2.0**-PRECISION)


def _is_tame(log_probs: FloatArray, plan: Plan, block: int) -> BoolArray:
    """Whether the bounds above hold for a sample: no emission too high, no block too unlikely, and no nan."""
    likeliest = np.maximum.reduceat(log_probs[:, :-1], plan.column_starts, axis=1)
    falls = np.add.reduceat(likeliest, np.arange(0, len(likeliest), block))
    return (likeliest.max(axis=0) <= HIGHEST) & (falls.min(axis=0) >= (FLOOR - TOP) * math.log(2.0))


def _raised(log_probs: FloatArray, probs: FloatArray) -> tuple[FloatArray, int]:
    """The emissions, none of them near underflow unless it is exactly 0, and a floor that covers what was added."""
    if log_probs[:, :-1].min() >= RAISED:
        return probs, FLOOR
    deep = (log_probs < RAISED) & (log_probs > -np.inf)
    if not deep.any():
        return probs, FLOOR
    return np.where(deep, math.exp(RAISED), probs), FLOOR_IF_RAISED


def _sweep(probs: FloatArray, plan: Plan, block: int, floor: int) -> tuple[FloatArray, IntArray]:
    """Sums (T, 2M - 1) that arrive in each cell before its emission, and the exponent of two of the last block, (2N,).

    The specification is `lattice.forward`, here for all samples and for both directions at once.
    """
    arriving = np.empty((len(probs), len(plan.cells)))
    mass = np.zeros(len(plan.cells) + 2)
    stay, advance, skip = mass[2:], mass[1:-1], mass[1:-2:2]
    exponent = np.full(len(plan.segments), -TOP)
    stay[plan.segments] = 2.0**TOP
    add, multiply = np.add, np.multiply  # looked up once: they are short
    rows = zip(arriving, arriving[:, 1::2], strict=True)
    emitted = chain.from_iterable(emissions(probs, plan))
    for first in range(0, len(probs), block):
        if first:
            stay += plan.used * 2.0**floor
            exponent -= _scale(stay, plan)
        for (row, labels), emission in zip(islice(rows, block), emitted, strict=False):
            add(stay, advance, row)
            add(labels, skip, labels)
            multiply(row, emission, stay)
    return arriving, exponent


def _scale(mass: FloatArray, plan: Plan) -> IntArray:
    """Bring the largest cell of each segment near 2^TOP; by how many powers of two."""
    exponent = np.frexp(np.maximum.reduceat(mass, plan.segments))[1]
    shift = np.minimum(TOP - exponent, 2 * TOP)
    np.multiply(mass, np.ldexp(1.0, shift)[plan.segment], mass)
    return shift


def _mass(arriving: FloatArray, plan: Plan) -> FloatArray:
    """The mass (T, K) of the paths through each column, its emission left out."""
    # The mirror image of the second half is the backward sum of each cell.
    forward, backward = arriving[:, : plan.half], arriving[::-1, ::-1][:, : plan.half]
    mass = np.empty((len(arriving), len(plan.columns)))
    for some in stretches(len(arriving), plan.half):
        cells = forward[some] * backward[some]
        np.add.reduceat(cells.take(plan.grouped, axis=1), plan.groups, axis=1, out=mass[some])
    return mass
