"""How long a million rows of ten classes take, and how much memory: run `python tests/benchmarks/bench_batch.py`.

Each step on one thread, as the worker does it. The goals are seconds from the file to the table, less than four times
the file's arrays of memory.
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

from core.assess import assess
from core.files import read
from core.jobs import finish
from core.ledger import ledger_of
from core.pictures.confusion import confusion
from core.pictures.contribution import contribution
from core.pictures.histogram import histogram
from core.pictures.scatter import scatter
from core.table.build import table_of
from core.table.filter import mask_of
from core.table.order import sorted_rows

N, C = 1_000_000, 10
Result = TypeVar("Result")


def write(path: Path) -> int:
    """A batch with some confident mistakes; the bytes of its arrays."""
    rng = np.random.default_rng(0)
    target = rng.integers(0, C, N)
    logits = rng.normal(size=(N, C)).astype(np.float32)
    logits[np.arange(N), target] += 2
    np.savez(path, input=logits, target=target, loss="CrossEntropyLoss")
    return logits.nbytes + target.nbytes


def peak() -> float:
    """The most memory used so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(name: str, do: Callable[[], Result]) -> Result:
    """Do it, and print how long that took and the most memory so far."""
    started = time.perf_counter()
    result = do()
    print(f"{name:28s} {time.perf_counter() - started:8.2f} s {peak():8.0f} MB")
    return result


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "batch.npz"
        if os.fork() == 0:  # what writing takes is not part of the measurement
            write(path)
            os._exit(0)
        os.wait()
        size = path.stat().st_size / 2**20
        before = peak()
        print(f"arrays of {size:.0f} MB; {before:.0f} MB before they are read")
        batch = timed("read", lambda: read(path)[0])
        assessed = timed("evaluate and examine", lambda: finish(assess(batch.loss, batch)))
        table = timed("table", lambda: finish(table_of(assessed)))
        timed("ledger", lambda: ledger_of(assessed))
        columns = {key: column.values for key, column in table.columns.items()}
        timed("sort", lambda: sorted_rows(table, "loss", descending=True))
        timed("filter", lambda: mask_of(table, "loss > 2 and target == 3"))
        timed("histogram", lambda: histogram(columns["loss"], table.kept))
        timed("contribution", lambda: contribution(columns["loss"], table.kept))
        timed("confusion", lambda: confusion(columns["target"], columns["predicted"], table.kept, C))
        timed("scatter", lambda: scatter(columns["loss"], columns["grad"], table.kept))
        print(f"{(peak() - before) / size:.1f} times the arrays")


if __name__ == "__main__":
    main()
