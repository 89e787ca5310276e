"""Value and gradient of the eight elementwise and class losses beside torch's forward and backward.

Run it as a program: `python tests/benchmarks/bench_losses.py [rounds]`. One thread each, ours and torch's alternating;
the least time of all rounds counts. Without torch it prints our times alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 after the number of threads

import core.losses as L  # noqa: E402

try:
    import torch
except ImportError:
    torch = None

CALLS = 40  # in a row for one measurement
ELEMENTWISE = ("L1Loss", "SmoothL1Loss", "MSELoss", "KLDivLoss", "BCELoss", "BCEWithLogitsLoss")
GOALS = {  # torch's time times this: 2,000 points in float32 and float64, and 100 points
    **dict.fromkeys(("L1Loss", "SmoothL1Loss", "MSELoss", "KLDivLoss"), (0.10, 0.40, 0.08)),
    **dict.fromkeys(("BCELoss", "BCEWithLogitsLoss"), (0.25, 0.40, 0.20)),
}


class Case(NamedTuple):
    name: str
    title: str
    input: np.ndarray
    target: np.ndarray
    params: dict[str, Any]
    goal: float


def elementwise_cases(rng: np.random.Generator) -> list[Case]:
    cases = []
    for n, dtype, which in ((2000, "float32", 0), (2000, "float64", 1), (100, "float32", 2), (100, "float64", 2)):
        for name in ELEMENTWISE:
            input, target = rng.uniform(0.01, 0.99, (2, n)).astype(dtype)
            input = input if name == "BCELoss" else (8 * input - 4).astype(dtype)
            cases.append(Case(name, f"{n} {dtype}", input, target, {}, GOALS[name][which]))
    return cases


def class_cases(rng: np.random.Generator) -> list[Case]:
    N, C = 64, 10
    logits = rng.standard_normal((N, C)).astype("float32")
    log_p = (logits - np.log(np.exp(logits).sum(1, keepdims=True))).astype("float32")
    labels, weight = rng.integers(0, C, N), rng.uniform(0.5, 2, C).astype("float32")
    options = {"weight": weight, "ignore_index": 2, "label_smoothing": 0.1}
    return [
        Case("NLLLoss", "(64, 10)", log_p, labels, {}, 0.06),
        Case("CrossEntropyLoss", "(64, 10)", logits, labels, {}, 0.40),
        Case("CrossEntropyLoss", "(64, 10) all options", logits, labels, options, 0.30),
    ]


def our_call(case: Case) -> Callable[[], Any]:
    loss = L.LOSSES[case.name](**case.params)
    return lambda: loss.evaluate(case.input, case.target)  # type: ignore[attr-defined]


def torch_call(case: Case) -> Callable[[], Any]:
    params = {k: torch.tensor(v) if isinstance(v, np.ndarray) else v for k, v in case.params.items()}
    loss, target = getattr(torch.nn, case.name)(**params), torch.tensor(case.target)
    input = torch.tensor(case.input, requires_grad=True)

    def call() -> None:
        input.grad = None
        loss(input, target).backward()

    return call


def microseconds(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    for _ in range(CALLS):
        call()
    return (time.perf_counter() - start) / CALLS * 1e6


def compare(case: Case, rounds: int) -> tuple[float, float | None]:
    calls = [our_call(case)] + ([torch_call(case)] if torch else [])
    best = [float("inf")] * len(calls)
    for _ in range(rounds):
        best = [min(least, microseconds(call)) for least, call in zip(best, calls, strict=True)]
    return best[0], best[1] if torch else None


def largest_error(case: Case) -> float:
    """Of the float32 mean, relative to what float64 makes of the same numbers."""
    exact = L.LOSSES[case.name]().evaluate(case.input.astype("f8"), case.target.astype("f8"))  # type: ignore[attr-defined]
    return abs(float(our_call(case)().value) / float(exact.value) - 1)


def seconds_to_import(*modules: str) -> list[float]:
    """Of whole processes, alternating, with the bytecode of the first run at hand."""
    best = [float("inf")] * len(modules)
    with tempfile.TemporaryDirectory() as cache:
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        for _ in range(12):
            for index, module in enumerate(modules):
                start = time.perf_counter()
                command = [sys.executable, "-c", f"import {module}"]
                subprocess.run(command, check=True, cwd=ROOT, env=kept | {"PYTHONPYCACHEPREFIX": cache})
                best[index] = min(best[index], time.perf_counter() - start)
    return best


def main(rounds: int) -> None:
    if torch:
        torch.set_num_threads(1)
        warnings.filterwarnings("ignore", message="reduction: 'mean' divides")
    rng = np.random.default_rng(0)
    cases = [*elementwise_cases(rng), *class_cases(rng)]
    print(f"{'':40}{'ours µs':>9}{'torch µs':>10}{'ratio':>8}{'goal':>7}")
    for case in cases:
        ours, theirs = compare(case, rounds)
        beside = f"{theirs:10.1f}{ours / theirs:8.3f}{case.goal:7.2f}" if theirs else ""
        print(f"{case.name:18}{case.title:22}{ours:9.1f}{beside}")
    errors = [largest_error(case) for case in cases if case.title == "2000 float32"]
    print(f"largest relative error of a float32 mean: {max(errors):.1e} (goal 2e-07)")
    numpy, losses = seconds_to_import("numpy", "core.losses")
    print(f"import core.losses / import numpy: {losses:.3f} s / {numpy:.3f} s = {losses / numpy:.2f} (goal 1.30)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
