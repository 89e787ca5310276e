"""The triangle of all probability vectors over three classes, and gradient descent of the logits behind them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, final

import numpy as np

from core.arrays import Array, FloatArray, frozen

if TYPE_CHECKING:
    from core.links import Link

HEIGHT = math.sqrt(3) / 2
# Where p = 1 for class 0 (top), 1 (left) and 2 (right): a triangle with sides of length 1.
CORNERS = frozen([[0.5, HEIGHT], [0.0, 0.0], [1.0, 0.0]])
FLOOR = 1e-6  # log p stays finite for a point that is dragged onto an edge

Triple = tuple[float, float, float]


def to_plane(p: FloatArray) -> FloatArray:
    """(..., 3) probabilities to (..., 2) points of the plane."""
    return p @ CORNERS


def to_barycentric(xy: FloatArray) -> FloatArray:
    """(..., 2) points to (..., 3) numbers that sum to 1, some negative outside the triangle."""
    top = xy[..., 1] / HEIGHT
    right = xy[..., 0] - top / 2
    return np.stack([top, 1 - top - right, right], axis=-1)


def nearest(p: FloatArray, floor: float = FLOOR) -> FloatArray:
    """The probability vector nearest to `p` (sum 1) with every entry at least `floor`.

    Distances on the triangle are those between vectors up to a factor, so this is the point under a pointer that has
    left the triangle. Algorithm: Duchi et al. 2008, doi:10.1145/1390156.1390191.
    """
    room = 1 - p.shape[-1] * floor
    shifted = p - floor
    descending = -np.sort(-shifted, axis=-1)
    excess = np.cumsum(descending, axis=-1) - room
    ranks: FloatArray = np.arange(1.0, p.shape[-1] + 1)
    above: Array = np.greater(ranks * descending, excess)
    kept = np.add.reduce(above, axis=-1, dtype=np.intp, keepdims=True)
    threshold = np.take_along_axis(excess, kept - 1, axis=-1) / kept
    return np.maximum(shifted - threshold, 0) + floor


def centred_logits(p: FloatArray) -> FloatArray:
    """The logits with mean 0 whose softmax is `p`."""
    with np.errstate(divide="ignore"):
        log_p = np.log(p)
    return log_p - np.mean(log_p, axis=-1, keepdims=True)


def before_softmax(p: FloatArray) -> FloatArray:
    """The probability vector whose softmax is nearest to `p`: what stood before a second softmax.

    softmax(v) = p leaves v free by a constant only, and a sum of 1 fixes that.
    """
    v = centred_logits(p)
    return nearest(v + 1 / p.shape[-1])


def softmax_step(p: FloatArray, dz: FloatArray) -> FloatArray:
    """How far softmax moves to first order when its logits move by `dz`: (diag p − p pᵀ) dz."""
    return p * (dz - np.sum(p * dz, axis=-1, keepdims=True))


@lru_cache(maxsize=4)
def triangle_grid(steps: int) -> tuple[FloatArray, FloatArray]:
    """A square of `steps` + 1 points a side, folded so that its half below the diagonal is the triangle.

    Returns:
        p: (steps + 1, steps + 1, 3); entry [i, j] has j / steps of class 2 and i / steps of class 0. Every point is
            moved inside the triangle, so the half above the diagonal repeats the edge.
        xy: (steps + 1, steps + 1, 2) where the points lie on the plane, not moved.
    """
    share = np.linspace(0, 1, steps + 1)
    right, top = np.meshgrid(share, share)
    free = np.stack([top, 1 - top - right, right], axis=-1)
    return frozen(nearest(free)), frozen(to_plane(free))


@final
@dataclass(frozen=True, slots=True)
class Slope:
    """The gradient of a loss of one row with respect to what it receives, x.

    ∂ℓ/∂x = (Σ mass) · softmax(x) − mass if the loss normalises x itself (CrossEntropyLoss), else −mass.
    """

    mass: Triple
    normalises: bool

    @property
    def total(self) -> float:
        """Σ mass: how many times softmax(x) counts."""
        return self.mass[0] + self.mass[1] + self.mass[2]


def descend(z: Triple, slope: Slope, link: Link, rate: float, steps: int) -> FloatArray:
    """(steps + 1, 3) logits on the way down, from `z` on.

    Plain floats, for 400 steps of three numbers must fit into a frame; a test holds it to the losses' own gradients.
    """
    path = [z]
    for _ in range(steps):
        z = _less(z, _gradient(z, slope, link), rate)
        path.append(z)
    return np.array(path)


def _gradient(z: Triple, slope: Slope, link: Link) -> Triple:
    if link == "none":
        return _at_input(z, slope)
    p = _softmax(z)
    if link == "log_softmax":
        # softmax(log p) = p, and a gradient whose entries sum to 0 passes log_softmax unchanged.
        m, s = slope.mass, slope.total
        return s * p[0] - m[0], s * p[1] - m[1], s * p[2] - m[2]
    at_input = _at_input(p, slope)
    mean = p[0] * at_input[0] + p[1] * at_input[1] + p[2] * at_input[2]
    return p[0] * (at_input[0] - mean), p[1] * (at_input[1] - mean), p[2] * (at_input[2] - mean)


def _at_input(x: Triple, slope: Slope) -> Triple:
    m = slope.mass
    if not slope.normalises:
        return -m[0], -m[1], -m[2]
    p = _softmax(x)
    s = slope.total
    return s * p[0] - m[0], s * p[1] - m[1], s * p[2] - m[2]


def _softmax(z: Triple) -> Triple:
    top = max(z)
    a, b, c = math.exp(z[0] - top), math.exp(z[1] - top), math.exp(z[2] - top)
    total = a + b + c
    return a / total, b / total, c / total


def _less(z: Triple, g: Triple, rate: float) -> Triple:
    return z[0] - rate * g[0], z[1] - rate * g[1], z[2] - rate * g[2]
