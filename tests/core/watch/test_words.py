"""What is said of a watched folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.watch import Index, remarks, rising_loss, status, timeline_of

if TYPE_CHECKING:
    from pathlib import Path

Dump = Callable[..., Path]
CaughtUp = Callable[..., Index]


def logits(right: int, wrong_by: float, rows: int = 10) -> np.ndarray:
    """Two classes, target 0: so many rows right, and the others wrong by so many logits."""
    made = np.zeros((rows, 2))
    made[:right, 0] = 2.0
    made[right:, 1] = wrong_by
    return made


def overfit(dump: Dump, **arrays: object) -> None:
    target = np.zeros(10, np.int64)
    dump(100, split="val", input=logits(7, 1.0), target=target, **arrays)
    dump(900, split="val", input=logits(8, 30.0), target=target, **arrays)


def test_that_an_empty_folder_is_waited_for(tmp_path: Path) -> None:
    assert str(status(Index(tmp_path), 0.0)) == f"Waiting for the first dump in {tmp_path.name}."


def test_that_the_files_are_counted_and_the_last_is_dated(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    for step in (10, 20):
        dump(step)
    index = caught_up(Index(tmp_path))
    assert str(status(index, 32.9)) == "2 files, last 12 s ago"
    assert str(status(index, 20 + 3 * 60)) == "2 files, last 3 min ago"
    assert str(status(index, 20 + 7 * 3600)) == "2 files, last 7 h ago"
    assert str(status(index, 10)) == "2 files, last 0 s ago"


def test_that_a_file_that_is_rewritten_has_dumps(dump: Dump, caught_up: CaughtUp) -> None:
    index = caught_up(Index(dump(10, "a.npz")))
    dump(20, "a.npz")
    assert str(status(caught_up(index), 21)) == "2 dumps, last 1 s ago"


def test_that_a_loss_that_rises_with_accuracy_is_explained(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    overfit(dump)
    first, second = rising_loss(timeline_of(caught_up(Index(tmp_path))))
    assert str(first) == "val since step 100: loss 0.4828 → 6.102, yet accuracy 70.0% → 80.0%."
    assert str(second) == "Half of it lies in 2 of 10 rows."


def test_that_weights_are_told_not_to_be_the_reason(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    overfit(dump, weight=np.array([2.0, 1.0]), label_smoothing=0.1)
    said = [str(text) for text in rising_loss(timeline_of(caught_up(Index(tmp_path))))]
    assert said[-1] == "So it did without weights and label smoothing, 0.4828 to 6.102, half of it in 2 of 10 rows."


def test_that_smoothing_is_told_to_be_the_reason(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    target = np.zeros(10, np.int64)
    dump(100, split="val", input=logits(9, 1.0), target=target, label_smoothing=0.2)
    sure = np.zeros((10, 2))
    sure[:, 0] = 30.0
    dump(900, split="val", input=sure, target=target, label_smoothing=0.2)
    said = [str(text) for text in rising_loss(timeline_of(caught_up(Index(tmp_path))))]
    assert said[-1].startswith("Without weights and label smoothing it did not rise: 0.2456, then 9.348e")


def test_that_training_and_falling_accuracy_are_passed_over(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    target = np.zeros(10, np.int64)
    for step, right, wrong_by in ((100, 7, 1.0), (900, 8, 30.0)):
        dump(step, f"t{step}.npz", split="train", input=logits(right, wrong_by), target=target)
    for step, right, wrong_by in ((100, 7, 1.0), (900, 6, 30.0)):
        dump(step, f"v{step}.npz", split="val", input=logits(right, wrong_by), target=target)
    assert rising_loss(timeline_of(caught_up(Index(tmp_path)))) == ()


def test_that_a_loss_that_is_nan_is_no_rise(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    dump(1, split="val", input=np.full((2, 2), np.nan), target=np.zeros(2, np.int64))
    dump(2, split="val")
    assert rising_loss(timeline_of(caught_up(Index(tmp_path)))) == ()


def test_that_missing_steps_and_unreadable_files_are_named(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    dump(1)
    np.savez(tmp_path / "x.npz", input=np.zeros((2, 2)), target=np.zeros(2, np.int64))
    (tmp_path / "broken.npz").write_bytes(b"no zip")
    index = caught_up(caught_up(Index(tmp_path)), 60.0)
    said = [str(text) for text in remarks(index, timeline_of(index))]
    assert said[0] == "Dumps without the key step: 1. All stand in the order of time."
    assert said[1].startswith("broken.npz was left out. The file cannot be read")
