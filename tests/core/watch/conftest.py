"""A run of training that is written as dumps."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from core.jobs import finish
from core.watch import Index, update

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.arrays import Array

N, C = 24, 3


def batch(step: int, seed: int = 0) -> dict[str, Array]:
    """Logits that grow with the step, mostly towards the target."""
    rng = np.random.default_rng(seed)
    target = rng.integers(0, C, N)
    logits = rng.normal(size=(N, C))
    logits[np.arange(N), target] += step / 10
    return {"input": logits.astype(np.float32), "target": target}


@pytest.fixture
def dump(tmp_path: Path) -> Callable[..., Path]:
    """Write a dump of a step into the folder, its time of modification as many seconds as the step."""

    def write(step: int, name: str = "", **arrays: Any) -> Path:
        path = tmp_path / (name or f"step_{step:06d}.npz")
        kept = {"loss": "CrossEntropyLoss", "step": step, "split": "train", **batch(step), **arrays}
        np.savez(path, **{key: value for key, value in kept.items() if value is not None})
        os.utime(path, (step, step))
        return path

    return write


@pytest.fixture
def caught_up() -> Callable[..., Index]:
    """Bring an index up to date, whatever it takes."""

    def run(index: Index, now: float = 0.0, **limits: int) -> Index:
        index = finish(update(index, now, **limits))
        while index.unread:
            index = finish(update(index, now, **limits))
        return index

    return run
