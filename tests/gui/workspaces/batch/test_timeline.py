"""What the foot of the Batch page shows of a watched folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.jobs import finish
from core.watch import Index, Sample, Track, Watched, follow, look
from gui.kit.timeline_figure import ERROR
from gui.workspaces.batch.present_timeline import card_of, lines_of, words_of

X, Y = np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([0, 0])
Dump = Callable[..., None]


@pytest.fixture
def dump(tmp_path: Path) -> Dump:
    def write(step: int, split: str = "val", **arrays: Any) -> None:
        path = tmp_path / f"{split}_{step}_{arrays.get('rank', 0)}.npz"
        kept = {"input": X, "target": Y, "loss": "CrossEntropyLoss", "step": step, "split": split, **arrays}
        np.savez(path, **kept)
        os.utime(path, (step, step))

    return write


def watched(folder: Path) -> Watched:
    return finish(look(Watched(Index(folder)), 0.0))


def followed(found: Watched, sample: Sample) -> Track:
    return finish(follow(Track(sample), found.index.all_ticks))


def test_that_the_line_that_is_stepped_through_is_solid_and_on_top(tmp_path: Path, dump: Dump) -> None:
    for step in (1, 2):
        dump(step)
        dump(step, "train")
    figure = lines_of(watched(tmp_path), "val", 1, None)
    assert [(str(line.name), line.dash, line.role) for line in figure.lines] == [
        ("train", 1, "text2"),
        ("val", 0, "loss"),
    ]
    assert figure.stops.tolist() == [1.0, 2.0]
    assert str(figure.marker_words) == "step 2"
    assert "step 2, dump 2 of 2, loss" in str(figure.name)


def test_that_the_gradient_has_a_line_of_its_own(tmp_path: Path, dump: Dump) -> None:
    dump(1)
    figure = lines_of(watched(tmp_path), "val", 0, None)
    assert figure.norm is not None
    assert figure.norm.role == "grad"
    assert figure.norm.y[0] > 0


def test_that_a_followed_sample_has_a_dotted_line(tmp_path: Path, dump: Dump) -> None:
    dump(1, ids=np.array(["a", "b"]))
    dump(2, ids=np.array(["b", "a"]))
    found = watched(tmp_path)
    figure = lines_of(found, "val", 0, followed(found, Sample("a", True, "val")))
    sample = figure.lines[0]
    assert (str(sample.name), sample.role) == ("id a", "ink")
    assert sample.y == pytest.approx([np.log1p(np.exp(-2)), np.log1p(np.exp(1))])
    row = lines_of(found, "val", 0, followed(found, Sample("1", False, "val"))).lines[0]
    assert str(row.name) == "row 1"


def test_that_a_sample_of_another_split_has_no_line(tmp_path: Path, dump: Dump) -> None:
    dump(1)
    dump(1, "train")
    found = watched(tmp_path)
    figure = lines_of(found, "val", 0, followed(found, Sample("0", False, "train")))
    assert [str(line.name) for line in figure.lines] == ["train", "val"]


def test_that_errors_and_losses_that_are_no_numbers_are_marked(tmp_path: Path, dump: Dump) -> None:
    dump(1, loss="MSELoss", input=np.zeros(50), target=np.zeros(50) + np.linspace(0, 1, 50))
    dump(2, target=np.array([0, 7]))
    dump(3, input=np.full((2, 2), np.nan))
    figure = lines_of(watched(tmp_path), "val", 0, None)
    assert figure.severity[0] != ERROR
    assert figure.severity[1:].tolist() == [ERROR, ERROR]


def test_that_the_lowest_loss_is_named(tmp_path: Path, dump: Dump) -> None:
    for step, scale in ((1, 0.5), (2, -1.0), (3, 2.0)):
        dump(step, input=X * scale)
    best = lines_of(watched(tmp_path), "val", 0, None).best
    assert best is not None
    assert best.x == 1.0
    assert str(best.words) == "lowest 0.644 at step 1"


def test_that_without_dumps_there_is_an_empty_line(tmp_path: Path) -> None:
    found = watched(tmp_path)
    figure = lines_of(found, None, None, None)
    assert figure.stops.size == 0
    assert str(words_of(found, figure, 0.0, live=True).status) == f"Waiting for the first dump in {tmp_path.name}."


def rows(found: Watched, place: int, track: Track | None = None) -> dict[str, str]:
    series = found.timeline.series[0]
    return {str(row.name): row.texts[0] for row in card_of(found.timeline, series, place, track).rows}


def test_that_the_card_tells_the_numbers_of_a_dump(tmp_path: Path, dump: Dump) -> None:
    dump(5, reported=0.72, ids=np.array(["a", "b"]), weight=np.array([2.0, 1.0]))
    found = watched(tmp_path)
    told = rows(found, 0, followed(found, Sample("b", True, "val")))
    assert told["loss"] == "0.7201"
    assert "without weights and smoothing" not in told  # the weights cancel in rows of one class
    assert told["reported"] == "0.7200"
    assert told["accuracy"] == "50.0%"
    assert told["rows that make half the loss"] == "1 / 2"
    assert told["id b"] == "1.3133 · p 0.269"
    card = card_of(found.timeline, found.timeline.series[0], 0, None)
    assert (card.title, str(card.heads[0])) == ("val_5_0.npz", "step 5")


def test_that_the_card_tells_the_mean_of_means_of_several_ranks(tmp_path: Path, dump: Dump) -> None:
    dump(5, rank=0)
    dump(5, rank=1, input=X[:1], target=Y[:1])
    found = watched(tmp_path)
    told = rows(found, 0)
    assert str(lines_of(found, "val", 0, None).marker_words) == "step 5, the first of 2 parts"
    assert told["loss"] == "0.5224"
    assert told["mean of the 2 parts' losses"] == "0.4235"


def test_that_the_card_tells_what_weights_and_smoothing_add(tmp_path: Path, dump: Dump) -> None:
    dump(5, target=np.array([0, 1]), label_smoothing=0.2)
    told = rows(watched(tmp_path), 0)
    assert told["without weights and smoothing"] == "0.2201"
    assert told["loss"] != told["without weights and smoothing"]


def test_that_the_card_tells_that_a_file_is_gone(tmp_path: Path, dump: Dump) -> None:
    dump(5)
    found = watched(tmp_path)
    next(tmp_path.iterdir()).unlink()
    assert "The file is gone: its numbers stay." in rows(finish(look(found, 1.0)), 0)
