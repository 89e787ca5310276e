"""How long the largest lattice takes, 2,000 frames by 801 rows: run `python tests/benchmarks/bench_lattice.py`.

Offscreen, 1280x800: from the request to each part of the result on one thread, then hovers, zooms and moves of the
playhead with all that changed painted. The goals are one second for all layers and 16 ms for each of the others.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtWidgets import QApplication

from core.files import read
from core.problem import Problem
from gui.kit.theme import prepare
from gui.runtime.settings import Settings
from gui.window import Window
from gui.workspaces.ctc import compute_lattice
from gui.workspaces.ctc.player_edits import go_to_frame
from gui.workspaces.ctc.state import CTCState

T, C, U = 2000, 64, 400
REPEATS = 60


def long_batch(path: Path) -> None:
    """Emissions of a net that knows its target, as float32."""
    rng = np.random.default_rng(0)
    target = rng.integers(1, C, U)
    logits = rng.normal(size=(T, 1, C))
    logits[:, :, 0] += np.log(C) + 4.0
    logits[(np.arange(U) * T) // U + 1, 0, target] += np.log(C) + 8.0
    log_probs = logits - np.logaddexp.reduce(logits, axis=2, keepdims=True)
    np.savez(path, input=log_probs.astype(np.float32), target=target[None], input_lengths=np.array([T]),
             target_lengths=np.array([U]), loss="CTCLoss")  # fmt: skip


def measure_result(path: Path) -> None:
    """The seconds between the places where the job can be stopped."""
    batch = read(path)[0]
    asked = compute_lattice.request(Problem(batch.loss, batch), CTCState())
    started = last = time.perf_counter()
    names = iter(("begun", "emissions", "alpha, beta, occupancy, best path", "overviews"))
    for _ in compute_lattice.compute(asked):
        now = time.perf_counter()
        print(f"{next(names):38s} {1000 * (now - last):8.1f}")
        last = now
    print(f"{'gradients, segments':38s} {1000 * (time.perf_counter() - last):8.1f}")
    print(f"{'all':38s} {1000 * (time.perf_counter() - started):8.1f}")


def measure(name: str, do: Callable[[int], object]) -> None:
    """Quartiles of the times of something that is painted after each turn."""
    times = []
    for k in range(REPEATS):
        started = time.perf_counter()
        do(k)
        QApplication.processEvents()
        times.append(time.perf_counter() - started)
    least, median, most = np.percentile(1000 * np.array(times), [5, 50, 95])
    print(f"{name:38s} {least:8.1f} {median:8.1f} {most:8.1f}")


def settle(window: Window) -> None:
    while not window.is_idle:
        QApplication.processEvents()
        time.sleep(0.001)
    QApplication.processEvents()


def main() -> None:
    app = QApplication(sys.argv[:1])
    prepare(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.npz"
        long_batch(path)
        measure_result(path)
        window = Window(Settings(Path(folder) / "settings.ini"))
        window.show()
        started = time.perf_counter()
        window.open_file(path)
        settle(window)
        print(f"{'from the file to the whole page':38s} {1000 * (time.perf_counter() - started):8.1f}")
        scene = window.ctc.lattice.scene
        print(f"{'ms':38s} {'5 %':>8s} {'median':>8s} {'95 %':>8s}")
        path_rows = window.ctc.model.lattice.best_path
        shown = scene.window_in_view
        first, count, row = shown.first, shown.count, int(path_rows[shown.first])
        measure("hover", lambda k: scene.focus_cell((first + k % count, row + k % 5)))
        measure("zoom", lambda k: scene.choose_window(shown.zoomed(0.85 ** (k % 4), first + 5.0)))
        measure("slide", lambda k: scene.choose_window(shown.moved(7 * k)))
        measure("playhead", lambda k: window.ctc.state_edited.emit(go_to_frame(30 + k, T, "drag")))
        window.close()
    print(f"{'largest memory, MB':38s} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f}")


if __name__ == "__main__":
    main()
