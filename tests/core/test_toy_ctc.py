from __future__ import annotations

import numpy as np
import pytest

from core.problem import evaluate
from core.toy_ctc import CLASSES, TARGET, log_probs, toy_batch


def paths(probs: np.ndarray, target: tuple[int, ...]) -> float:
    """The probability of a target by walking every path that can still read as it, one frame at a time."""

    def walk(t: int, read: int, last: int) -> float:
        if t == len(probs):
            return float(read == len(target))
        total = probs[t, 0] * walk(t + 1, read, 0)
        if last:
            total += probs[t, last] * walk(t + 1, read, last)
        if read < len(target) and target[read] != last:
            total += probs[t, target[read]] * walk(t + 1, read + 1, target[read])
        return total

    return walk(0, 0, 0)


def test_every_frame_is_a_distribution() -> None:
    np.testing.assert_allclose(np.exp(log_probs()).sum(axis=1), 1, rtol=1e-6)


def test_the_loss_is_that_of_all_5005_paths() -> None:
    batch = toy_batch()
    expected = -np.log(paths(np.exp(log_probs().astype(np.float64)), TARGET))
    assert evaluate(batch.loss, batch).elements == pytest.approx(expected, rel=1e-6)


def test_the_toy_reads_cat() -> None:
    assert "".join(CLASSES[c] for c in TARGET) == "cat"
    best = log_probs().argmax(axis=1)
    kept = [c for c, before in zip(best, [-1, *best[:-1]], strict=True) if c != before and c != 0]
    assert tuple(kept) == TARGET
