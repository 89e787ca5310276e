"""How long a watched folder of 10,000 dumps takes: run `python tests/benchmarks/bench_watch.py`.

Each step on one thread, as the worker does it. The goals: an idle look and a look that finds one new dump stay well
under the half second between two looks, and a dump costs less than two kilobytes once it was read.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from core.jobs import finish
from core.watch import Index, Sample, Timeline, Track, follow, timeline_of, update

DUMPS, N, C = 10_000, 64, 10
Result = TypeVar("Result")


def write(folder: Path, step: int) -> None:
    rng = np.random.default_rng(step)
    target = rng.integers(0, C, N)
    logits = rng.normal(size=(N, C)).astype(np.float32)
    split = ("train", "val")[step % 2]
    np.savez(
        folder / f"step_{step:06d}.npz", input=logits, target=target, loss="CrossEntropyLoss", step=step, split=split
    )


def peak() -> float:
    """The most memory used so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(name: str, do: Callable[[], Result]) -> Result:
    """Do it, and print how long that took and the most memory so far."""
    started = time.perf_counter()
    result = do()
    print(f"{name:36s} {time.perf_counter() - started:8.3f} s {peak():8.0f} MB")
    return result


def everything(index: Index) -> Index:
    index = finish(update(index, 0.0))
    while index.unread:
        index = finish(update(index, 0.0))
    return index


def drawn(index: Index) -> Timeline:
    timeline = timeline_of(index)
    for series in timeline.series:
        for numbers in (series.value, series.norm, series.accuracy, series.findings):
            assert len(numbers) == len(series.points)
    return timeline


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for step in range(DUMPS):
            write(folder, step)
        before = peak()
        index = timed(f"read {DUMPS} dumps", lambda: everything(Index(folder)))
        print(f"{'memory of a dump':36s} {(peak() - before) * 1024 / DUMPS:8.2f} kB")
        timed("look, nothing new", lambda: everything(index))
        write(folder, DUMPS)
        index = timed("look, one new", lambda: everything(index))
        timed("lines of all", lambda: drawn(index))
        track = Track(Sample("0", by_id=False, split="val"))
        timed("follow a sample through 64 dumps", lambda: finish(follow(track, index.all_ticks)))


if __name__ == "__main__":
    main()
