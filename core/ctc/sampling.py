"""Alignments drawn from the posterior: each as often as it is likely, given the target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.arrays import FloatArray, IntArray
    from core.ctc.lattice import Lattice


def sample_paths(lattice: Lattice, rng: np.random.Generator, count: int) -> IntArray:
    """Rows of `count` alignments, (count, T), drawn from the last frame backwards; (0, T) where there is none."""
    T, S = lattice.alpha.shape
    if not np.isfinite(lattice.log_likelihood) or T == 0:
        return np.zeros((0, T), dtype=np.int64)
    paths = np.empty((count, T), dtype=np.int64)
    last = lattice.alpha[-1, -2:][::-1]  # of an empty target one row only
    paths[:, -1] = S - 1 - _drawn(np.tile(last, (count, 1)), rng)
    steps = np.arange(3)
    skip = np.pad(lattice.skip, (0, 1))
    for t in range(T - 2, -1, -1):
        now = paths[:, t + 1]
        origins = now[:, None] - steps
        logs = np.where(origins >= 0, lattice.alpha[t, np.maximum(origins, 0)], -np.inf)
        logs[:, 2] = np.where(skip[now], logs[:, 2], -np.inf)
        paths[:, t] = now - _drawn(logs, rng)
    return paths


def log_probs_of(lattice: Lattice, paths: IntArray) -> FloatArray:
    """(count,) the log-probability of each path; less log_likelihood, its share of the posterior in logs."""
    T = paths.shape[1]
    return lattice.emission[np.arange(T), paths].sum(axis=1)


def _drawn(logs: FloatArray, rng: np.random.Generator) -> IntArray:
    """One place of each row, as often as exp says; rows need no normalisation."""
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    edges = np.cumsum(weights, axis=1)
    thresholds = rng.random(len(logs)) * edges[:, -1]
    return np.minimum((edges <= thresholds[:, None]).sum(axis=1), logs.shape[1] - 1)
