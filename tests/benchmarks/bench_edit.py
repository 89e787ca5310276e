"""How long an edit takes to reach all editors and pictures: run `python tests/benchmarks/bench_edit.py`.

Offscreen, 1280x800. Each step is one edit of a drag: state, request, core, figure, inspector, strip and status bar, and
all that changed painted. The goal is 16 ms, one frame at 60 Hz.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from PySide6.QtWidgets import QApplication

from core.text import say
from gui.app_edits import on_explore, set_param
from gui.edit import Edit
from gui.frame.strip_edits import strip_edit
from gui.kit.theme import prepare
from gui.runtime.settings import Settings
from gui.window import Window
from gui.workspaces.explore import row_edits
from gui.workspaces.explore.presets import sketch

STEPS = 60


def measure(window: Window, name: str, edits: list[Edit]) -> None:
    """Apply the edits one after another and print the quartiles of their times."""
    times = []
    for edit in edits:
        started = time.perf_counter()
        window.session.apply(edit)
        QApplication.processEvents()
        times.append(time.perf_counter() - started)
    least, median, most = np.percentile(1000 * np.array(times), [5, 50, 95])
    print(f"{name:38s} {least:8.1f} {median:8.1f} {most:8.1f}")


def main() -> None:
    app = QApplication(sys.argv[:1])
    prepare(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        window = Window(Settings(Path(folder) / "settings.ini"))
        window.show()
        print(f"{'ms':38s} {'5 %':>8s} {'median':>8s} {'95 %':>8s}")
        for name in ("L1Loss", "SmoothL1Loss", "MSELoss", "BCELoss", "BCEWithLogitsLoss"):
            window.open_preset(sketch(name))
            window.grab()
            edits = [strip_edit("x", 0.2 + 0.6 * k / STEPS, "drag") for k in range(STEPS)]
            measure(window, f"{name}: drag the prediction", edits)
        window.open_preset(sketch("SmoothL1Loss"))
        measure(window, "SmoothL1Loss: drag beta", [set_param("beta", 1 + k / STEPS, "drag") for k in range(STEPS)])
        for name in ("CrossEntropyLoss", "KLDivLoss"):
            window.open_preset(sketch(name))
            window.grab()
            label = say("bench", "Drag a logit")
            edits = [on_explore(Edit(label, row_edits.set_logit(0, 3 * k / STEPS), "drag")) for k in range(STEPS)]
            measure(window, f"{name}: drag a logit", edits)
        window.close()


if __name__ == "__main__":
    main()
