"""Dumps as points: parts of a step together, splits apart."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import core.losses as L
from core.batch import Batch
from core.jobs import finish
from core.problem import evaluate
from core.watch import Index, Series, Timeline, Watched, look, timeline_of

Dump = Callable[..., Path]
CaughtUp = Callable[..., Index]
RNG = np.random.default_rng(3)
X, Y = RNG.normal(size=(12, 3)), RNG.integers(0, 3, 12)
W = np.array([1.0, 5.0, 2.0])


@pytest.fixture
def timeline(tmp_path: Path, caught_up: CaughtUp) -> Callable[[], Timeline]:
    return lambda: timeline_of(caught_up(Index(tmp_path)))


def only(found: Timeline) -> Series:
    (series,) = found.series
    return series


def test_that_points_stand_at_their_steps_whatever_the_order_of_writing(dump: Dump, timeline: Any) -> None:
    for number, step in enumerate((30, 10, 20)):
        dump(step, f"{number}.npz")
    found = timeline()
    assert found.by_step
    assert only(found).x.tolist() == [10, 20, 30]


def test_that_without_steps_they_stand_in_the_order_of_time(dump: Dump, timeline: Any) -> None:
    for seconds, name in ((30, "a.npz"), (10, "b.npz"), (20, "c.npz")):
        path = dump(seconds, name)
        with np.load(path) as old:
            kept = {key: old[key] for key in old if key != "step"}
        np.savez(path, **kept)
        os.utime(path, (seconds, seconds))
    found = timeline()
    assert not found.by_step
    assert [point.first.path.name for point in only(found).points] == ["b.npz", "c.npz", "a.npz"]
    assert only(found).x.tolist() == [0, 1, 2]


def test_that_each_split_has_its_own_line(dump: Dump, timeline: Any) -> None:
    dump(10, "a.npz", split="val")
    dump(10, "b.npz", split="train")
    dump(20, "c.npz", split=None)
    found = timeline()
    assert [series.split for series in found.series] == ["", "train", "val"]
    assert found.count == 3


def test_that_the_numbers_are_those_of_the_dump(dump: Dump, timeline: Any) -> None:
    dump(10, input=X, target=Y, weight=W, label_smoothing=0.1, reported=1.5)
    (point,) = only(timeline()).points
    loss = L.CrossEntropyLoss(weight=W, label_smoothing=0.1)
    found = loss.evaluate(X, Y)
    assert point.value == point.mean_of_means == pytest.approx(float(found.value))
    assert point.plain == pytest.approx(float(L.CrossEntropyLoss().evaluate(X, Y).value))
    assert point.accuracy == pytest.approx(np.mean(X.argmax(axis=1) == Y))
    assert point.gradient_norm == pytest.approx(np.linalg.norm(found.grad))
    assert point.reported == 1.5


def test_that_half_of_the_loss_is_counted_from_the_largest_row(dump: Dump, timeline: Any) -> None:
    dump(1, loss="L1Loss", input=np.array([5.0, 1.0, 1.0, 3.0]), target=np.zeros(4))
    assert only(timeline()).points[0].half == 1
    dump(2, loss="L1Loss", input=np.array([4.0, 1.0, 1.0, 3.0]), target=np.zeros(4))
    assert only(timeline()).points[1].half == 2


def test_that_ignored_rows_count_nowhere(dump: Dump, timeline: Any) -> None:
    dump(1, input=np.eye(3), target=np.array([0, 2, -100]))
    (point,) = only(timeline()).points
    assert (point.kept, point.accuracy) == (2, 0.5)


def test_that_a_refused_dump_has_a_point_without_a_loss_and_a_finding(dump: Dump, timeline: Any) -> None:
    dump(1, input=np.eye(3), target=np.array([0, 2, 7]))
    (point,) = only(timeline()).points
    assert np.isnan(point.value)
    assert point.findings[0] >= 1
    assert point.first.refusal is not None


def test_that_an_infinite_loss_is_a_point(dump: Dump, timeline: Any) -> None:
    dump(1, input=np.array([[0.0, -np.inf]]), target=np.array([1]))
    (point,) = only(timeline()).points
    assert point.value == np.inf
    assert point.half == 0


PARTS = ((slice(0, 2), 0, 0), (slice(2, 7), 0, 1), (slice(7, 8), 1, 0), (slice(8, 12), 1, 1))


def test_that_ranks_and_micro_batches_of_a_step_are_one_point(dump: Dump, timeline: Any) -> None:
    for rows, rank, micro in PARTS:
        dump(5, f"{rank}_{micro}.npz", input=X[rows], target=Y[rows], weight=W, rank=rank, micro=micro)
    (point,) = only(timeline()).points
    loss = L.CrossEntropyLoss(weight=W)
    whole = evaluate(loss, Batch("whole", loss, X, Y))
    assert point.value == pytest.approx(float(whole.value), rel=1e-9)
    assert point.gradient_norm == pytest.approx(np.linalg.norm(whole.grad), rel=1e-9)
    assert point.plain == pytest.approx(float(L.CrossEntropyLoss().evaluate(X, Y).value), rel=1e-9)
    assert point.accuracy == pytest.approx(np.mean(X.argmax(axis=1) == Y))
    means = [float(loss.evaluate(X[rows], Y[rows]).value) for rows, _, _ in PARTS]
    assert point.mean_of_means == pytest.approx(np.mean(means))
    assert [(tick.rank, tick.micro) for tick in point.ticks] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_that_sums_are_added_up(dump: Dump, timeline: Any) -> None:
    for rows, rank, micro in PARTS:
        dump(5, f"{rank}_{micro}.npz", input=X[rows], target=Y[rows], reduction="sum", rank=rank, micro=micro)
    (point,) = only(timeline()).points
    whole = L.CrossEntropyLoss(reduction="sum").evaluate(X, Y)
    assert point.value == pytest.approx(float(whole.value))
    assert point.gradient_norm == pytest.approx(np.linalg.norm(whole.grad))


def test_that_dumps_of_a_step_that_do_not_say_their_rank_stay_apart(dump: Dump, timeline: Any) -> None:
    dump(5, "a.npz")
    dump(5, "b.npz")
    assert len(only(timeline()).points) == 2


def test_that_a_refused_rank_leaves_the_others_together(dump: Dump, timeline: Any) -> None:
    dump(5, "a.npz", input=X[:4], target=Y[:4], rank=0)
    dump(5, "b.npz", input=X[4:], target=np.full(8, 9), rank=1)
    (point,) = only(timeline()).points
    assert point.value == pytest.approx(float(L.CrossEntropyLoss().evaluate(X[:4], Y[:4]).value))


def test_that_the_nearest_point_is_found(dump: Dump, timeline: Any) -> None:
    for step in (10, 20, 40):
        dump(step)
    series = only(timeline())
    assert [series.nearest(x) for x in (-5, 10, 14, 16, 29, 31, 99)] == [0, 0, 0, 1, 1, 2, 2]


def test_that_the_newest_is_the_last_written(dump: Dump, timeline: Any) -> None:
    os.utime(dump(10, split="val"), (99, 99))
    dump(20)
    found = timeline()
    newest = found.newest()
    assert newest is not None
    assert (newest[0].split, newest[1]) == ("val", 0)
    assert Timeline((), by_step=True).newest() is None


@pytest.mark.parametrize(("loss", "values"), [("BCELoss", (0.9, 0.2)), ("BCEWithLogitsLoss", (1.0, -1.0))])
def test_that_binary_losses_have_an_accuracy(dump: Dump, timeline: Any, loss: str, values: tuple[float, ...]) -> None:
    dump(1, loss=loss, input=np.array([*values, values[0]]), target=np.array([1.0, 0.0, 0.0]))
    assert only(timeline()).points[0].accuracy == pytest.approx(2 / 3)


def test_that_a_regression_has_none(dump: Dump, timeline: Any) -> None:
    dump(1, loss="MSELoss", input=np.zeros(3), target=np.ones(3))
    assert np.isnan(only(timeline()).points[0].accuracy)


def test_that_a_look_without_news_changes_nothing(tmp_path: Path, dump: Dump) -> None:
    dump(10)
    first = finish(look(Watched(Index(tmp_path)), 0.0))
    assert first.timeline.count == 1
    assert finish(look(first, 1.0)) is first


def test_that_the_lines_stay_while_a_file_is_waited_for(tmp_path: Path, dump: Dump) -> None:
    dump(10)
    first = finish(look(Watched(Index(tmp_path)), 0.0))
    (tmp_path / "half.npz").write_bytes(b"PK")
    second = finish(look(first, 1.0))
    assert second.index.waiting
    assert second.timeline is first.timeline
    dump(20)
    assert finish(look(second, 2.0)).timeline.count == 2
