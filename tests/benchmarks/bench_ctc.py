"""CTC value and gradient beside torch's, on log-probabilities in float32, one thread each, alternating.

Run it as a program: `python tests/benchmarks/bench_ctc.py [seconds for each case]`. Without torch it prints our times
alone.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from core.arrays import FloatArray, IntArray
from core.losses.ctc import CTCLoss

Case = tuple[FloatArray, IntArray, IntArray, IntArray]

SHAPES = ((50, 1, 20, 10), (200, 16, 32, 30), (1000, 1, 32, 100), (1000, 16, 32, 100), (2000, 1, 6625, 200))


def trained(T: int, N: int, C: int, S: int, rng: np.random.Generator) -> Case:
    """Emissions of a net that knows its targets: each label in a frame or two, blanks between, about 0.9 certain."""
    targets = rng.integers(1, C, (N, S))
    logits = rng.normal(size=(T, N, C))
    logits[:, :, 0] += np.log(C) + 4.0
    onsets = (np.arange(S) * T) // S + T // (3 * S)
    samples = np.arange(N)[:, None]
    logits[onsets, samples, targets] += np.log(C) + 8.0
    return _case(logits, targets)


def untrained(T: int, N: int, C: int, S: int, rng: np.random.Generator) -> Case:
    return _case(rng.normal(size=(T, N, C)), rng.integers(1, C, (N, S)))


def extreme(T: int, N: int, C: int, S: int, rng: np.random.Generator) -> Case:
    """Log-probabilities down to -1e4, which only log space can follow."""
    return _case(2000.0 * rng.normal(size=(T, N, C)), rng.integers(1, C, (N, S)))


def uniform(T: int, N: int, C: int, S: int, rng: np.random.Generator) -> Case:
    return _case(np.zeros((T, N, C)), rng.integers(1, C, (N, S)))


def with_zeros(T: int, N: int, C: int, S: int, rng: np.random.Generator) -> Case:
    """A third of the probabilities are exactly 0."""
    logits = np.where(rng.random((T, N, C)) < 1 / 3, -np.inf, rng.normal(size=(T, N, C)))
    logits[:, :, 0] = 0.0
    return _case(logits, rng.integers(1, C, (N, S)))


def repeated(T: int, N: int, C: int, S: int, rng: np.random.Generator) -> Case:
    """One label again and again, with a blank forced between each two."""
    return _case(rng.normal(size=(T, N, C)), np.ones((N, S), np.int64))


def tight(T: int, N: int, C: int, S: int, rng: np.random.Generator) -> Case:
    """As few frames as the targets need: one path each."""
    targets = 1 + (np.arange(S) + rng.integers(1, C - 1, (N, 1))) % (C - 1)
    return _case(rng.normal(size=(S, N, C)), targets)


def infeasible(T: int, N: int, C: int, S: int, rng: np.random.Generator) -> Case:
    """One frame fewer than the targets need."""
    log_probs, targets, frames, lengths = tight(T, N, C, S, rng)
    return log_probs, targets, frames - 1, lengths


def tight_extreme(T: int, N: int, C: int, S: int, rng: np.random.Generator) -> Case:
    targets = 1 + (np.arange(S) + rng.integers(1, C - 1, (N, 1))) % (C - 1)
    return _case(2000.0 * rng.normal(size=(S, N, C)), targets)


MAKERS = (trained, untrained, uniform, with_zeros, repeated, tight, infeasible, extreme, tight_extreme)


def _case(logits: FloatArray, targets: IntArray) -> Case:
    logits -= logits.max(axis=2, keepdims=True)
    log_probs = logits - np.log(np.exp(logits).sum(axis=2, keepdims=True))
    T, N, _ = logits.shape
    return log_probs.astype(np.float32), targets, np.full(N, T), np.full(N, targets.shape[1])


def ours(case: Case) -> Callable[[], object]:
    loss = CTCLoss()
    return lambda: loss.evaluate(*case).grad


def theirs(case: Case) -> Callable[[], object] | None:
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    log_probs, *others = (torch.tensor(array) for array in case)
    log_probs.requires_grad_()

    def run() -> object:
        log_probs.grad = None
        torch.nn.functional.ctc_loss(log_probs, *others).backward()
        return log_probs.grad

    return run


def fastest(runs: list[Callable[[], object]], seconds: float) -> list[float]:
    """The shortest time of each, in milliseconds, taken in turns."""
    best = [np.inf] * len(runs)
    end = time.perf_counter() + seconds
    rounds = 0
    while rounds < 5 or time.perf_counter() < end:
        for i, run in enumerate(runs):
            began = time.perf_counter()
            run()
            best[i] = min(best[i], 1e3 * (time.perf_counter() - began))
        rounds += 1
    return best


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    rng = np.random.default_rng(0)
    print(f"{'emissions':13} {'(T, N, C, S)':22} {'ours ms':>9} {'torch ms':>9} {'ratio':>6}")
    for make in MAKERS:
        for shape in SHAPES:
            case = make(*shape, rng)
            beside = theirs(case)
            times = fastest([ours(case), *([beside] if beside else [])], seconds)
            rest = f"{times[1]:9.2f} {times[0] / times[1]:6.2f}" if beside else ""
            print(f"{make.__name__:13} {shape!s:22} {times[0]:9.2f} {rest}")


if __name__ == "__main__":
    main()
