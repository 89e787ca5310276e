"""Oracles for CTC: every path of a small lattice, one by one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pytest

from core.ctc.labels import extend, may_skip


@dataclass(frozen=True, eq=False)
class EveryPath:
    """All alignments of a target, as rows of states, and the log-probability of each."""

    paths: np.ndarray
    log_probs: np.ndarray
    states: np.ndarray

    @property
    def log_likelihood(self):
        return np.logaddexp.reduce(self.log_probs) if len(self.log_probs) else -np.inf

    def occupancy(self):
        """The share of the paths in each cell, (T, S)."""
        shares = np.exp(self.log_probs - self.log_likelihood)
        on = self.paths[:, :, None] == np.arange(len(self.states))
        return np.einsum("p,pts->ts", shares, on)


def every_path(log_probs, labels, blank):
    """Walk all legal sequences of states; the rules are written out here once more, from the definition."""
    states, skip = extend(labels, blank), may_skip(extend(labels, blank))
    T, S = len(log_probs), len(states)
    paths = [
        path
        for path in itertools.combinations_with_replacement(range(S), T)
        if path[0] <= 1
        and path[-1] >= S - 2
        and all(b - a <= 1 or (b - a == 2 and skip[b]) for a, b in itertools.pairwise(path))
    ]
    rows = np.array(paths, dtype=int).reshape(len(paths), T)
    return EveryPath(rows, log_probs[np.arange(T), states[rows]].sum(axis=1), states)


def random_log_probs(rng, *shape, scale=1.0):
    logits = scale * rng.normal(size=shape)
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)


@pytest.fixture
def rng():
    return np.random.default_rng(20)


@pytest.fixture(name="every_path")
def _every_path():
    return every_path


@pytest.fixture(name="random_log_probs")
def _random_log_probs():
    return random_log_probs
