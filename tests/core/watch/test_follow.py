"""One sample through the steps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import core.losses as L
from core.jobs import finish
from core.watch import Index, Sample, Track, follow, timeline_of

if TYPE_CHECKING:
    from pathlib import Path

Dump = Callable[..., Path]
CaughtUp = Callable[..., Index]
X = np.array([[2.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
Y = np.array([0, 0, 1])
OWN = -np.log(np.exp(X[np.arange(3), Y]) / np.exp(X).sum(axis=1))


def track_of(index: Index, sample: Sample) -> Track:
    return finish(follow(Track(sample), index.all_ticks))


def test_that_a_sample_is_found_by_its_id_wherever_it_stands(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    dump(10, input=X, target=Y, ids=np.array(["a", "b", "c"]))
    dump(20, input=X[[1, 2]], target=Y[[1, 2]], ids=np.array(["b", "c"]))
    dump(30, input=X[[0, 2]], target=Y[[0, 2]], ids=np.array(["a", "c"]))
    index = caught_up(Index(tmp_path))
    losses, probabilities = track_of(index, Sample("b", True, "train")).along(timeline_of(index).series[0])
    assert losses == pytest.approx([OWN[1], OWN[1], np.nan], nan_ok=True)
    assert probabilities == pytest.approx(np.exp(-losses), nan_ok=True)


def test_that_without_ids_it_is_the_row_of_that_number(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    dump(10, input=X, target=Y)
    dump(20, input=X[:2], target=Y[:2])
    index = caught_up(Index(tmp_path))
    losses, _ = track_of(index, Sample("2", False, "train")).along(timeline_of(index).series[0])
    assert losses == pytest.approx([OWN[2], np.nan], nan_ok=True)


def test_that_other_splits_are_not_read(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    dump(10)
    dump(20, split="val")
    index = caught_up(Index(tmp_path))
    track = track_of(index, Sample("0", False, "val"))
    train, val = timeline_of(index).series
    assert len(track.readings) == 1
    assert np.isnan(track.along(train)[0]).all()
    assert np.isfinite(track.along(val)[0]).all()


def test_that_only_new_dumps_are_read(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    for step in range(5):
        dump(step)
    index = caught_up(Index(tmp_path))
    track = finish(follow(Track(Sample("0", False, "train")), index.all_ticks, at_once=3))
    assert (len(track.readings), track.unread) == (3, 2)
    track = finish(follow(track, index.all_ticks, at_once=3))
    assert (len(track.readings), track.unread) == (5, 0)
    assert finish(follow(track, index.all_ticks)) is track


def test_that_the_rank_that_has_the_sample_speaks(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    dump(1, "0.npz", input=X[:1], target=Y[:1], ids=np.array(["a"]), rank=0)
    dump(1, "1.npz", input=X[1:], target=Y[1:], ids=np.array(["b", "c"]), rank=1)
    index = caught_up(Index(tmp_path))
    losses, _ = track_of(index, Sample("c", True, "train")).along(timeline_of(index).series[0])
    assert losses == pytest.approx([OWN[2]])


def test_that_a_deleted_dump_keeps_what_was_read_of_it(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    path = dump(1, input=X, target=Y)
    index = caught_up(Index(tmp_path))
    track = track_of(index, Sample("0", False, "train"))
    path.unlink()
    index = caught_up(index)
    track = finish(follow(track, index.all_ticks))
    assert track.along(timeline_of(index).series[0])[0] == pytest.approx([OWN[0]])


CASES: list[tuple[dict[str, Any], float]] = [
    ({"loss": "BCELoss", "input": np.array([0.75, 0.5]), "target": np.array([0.0, 1.0])}, 0.25),
    ({"loss": "BCEWithLogitsLoss", "input": np.array([np.log(3.0), 0.5]), "target": np.array([1.0, 1.0])}, 0.75),
    ({"loss": "NLLLoss", "input": np.log([[0.2, 0.8]]), "target": np.array([1])}, 0.8),
    ({"loss": "MSELoss", "input": np.array([1.0, 2.0]), "target": np.zeros(2)}, np.nan),
]


@pytest.mark.parametrize(("arrays", "expected"), CASES, ids=[case["loss"] for case, _ in CASES])
def test_that_the_probability_of_the_target_is_that_of_the_loss(
    tmp_path: Path, dump: Dump, caught_up: CaughtUp, arrays: dict[str, Any], expected: float
) -> None:
    dump(1, **arrays)
    index = caught_up(Index(tmp_path))
    _, probabilities = track_of(index, Sample("0", False, "train")).along(timeline_of(index).series[0])
    assert probabilities == pytest.approx([expected], nan_ok=True)


def test_that_a_ctc_sample_has_the_probability_of_its_target(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    log_probs = np.log(np.full((4, 1, 3), 1 / 3))
    lengths = {"input_lengths": np.array([4]), "target_lengths": np.array([2])}
    dump(1, loss="CTCLoss", input=None, target=None, log_probs=log_probs, targets=np.array([[1, 2]]), **lengths)
    index = caught_up(Index(tmp_path))
    losses, probabilities = track_of(index, Sample("0", False, "train")).along(timeline_of(index).series[0])
    whole = L.CTCLoss(reduction="sum").evaluate(log_probs, np.array([[1, 2]]), np.array([4]), np.array([2]))
    assert losses == pytest.approx([float(whole.value)])
    assert probabilities == pytest.approx([np.exp(-float(whole.value))])
