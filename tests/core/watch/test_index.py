"""What is read of a folder, when, and how often."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.errors import InputError
from core.files import contents
from core.jobs import finish
from core.watch import Index, scan, update
from core.watch.index import PATIENCE, SETTLE
from core.watch.scan import entry_of
from core.watch.tick import read_tick

if TYPE_CHECKING:
    from pathlib import Path

Dump = Callable[..., Path]
CaughtUp = Callable[..., Index]


def test_that_an_empty_or_missing_folder_has_no_dumps(tmp_path: Path) -> None:
    assert finish(update(Index(tmp_path), 0.0)).all_ticks == ()
    assert scan(tmp_path / "not there yet") == ()


def test_that_each_dump_is_a_tick(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    for step in (10, 20, 30):
        dump(step)
    index = caught_up(Index(tmp_path))
    assert {tick.step for tick in index.all_ticks} == {10, 20, 30}
    assert index.reads == 3


def test_that_nothing_is_read_twice(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    dump(10)
    first = caught_up(Index(tmp_path))
    assert caught_up(first) is first
    dump(20)
    assert caught_up(first).reads == 2


def test_that_2000_dumps_are_indexed_by_reading_each_once(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    content = dump(0).read_bytes()
    for number in range(1, 2000):
        (tmp_path / f"d{number}.npz").write_bytes(content)
    index = caught_up(Index(tmp_path))
    assert (len(index.all_ticks), index.reads) == (2000, 2000)
    dump(1, "newest.npz")
    assert caught_up(index).reads == 2001


def test_that_the_newest_are_read_first(tmp_path: Path, dump: Dump) -> None:
    for step in (10, 40, 20, 30):
        dump(step)
    index = finish(update(Index(tmp_path), 0.0, at_once=2))
    assert {tick.step for tick in index.all_ticks} == {30, 40}
    assert index.unread == 2


def test_that_a_half_written_file_is_waited_for(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    path = dump(10)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    index = caught_up(Index(tmp_path))
    assert index.all_ticks == ()
    assert index.unreadable == {}
    assert list(index.waiting) == [path.name]
    path.write_bytes(whole)
    index = caught_up(index, PATIENCE / 2)
    assert [tick.step for tick in index.all_ticks] == [10]
    assert index.waiting == {}


def test_that_a_file_is_waited_for_as_long_as_it_grows(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    path = dump(10)
    whole = path.read_bytes()
    index = Index(tmp_path)
    for number in range(1, 8):
        path.write_bytes(whole[: number * len(whole) // 9])
        index = caught_up(index, number * 0.9 * PATIENCE)
        assert index.unreadable == {}
    assert index.all_ticks == ()


def test_that_a_file_that_stays_unreadable_is_listed_with_its_reason_and_left_alone(
    tmp_path: Path, caught_up: CaughtUp
) -> None:
    (tmp_path / "broken.npz").write_bytes(b"PK\x03\x04 and no more")
    index = caught_up(Index(tmp_path), 0.0)
    assert caught_up(index, PATIENCE - 1) is index
    index = caught_up(index, PATIENCE)
    assert "cannot be read" in str(index.unreadable["broken.npz"].reason)
    assert index.reads == 2
    assert caught_up(index, 10 * PATIENCE) is index


def test_that_an_unreadable_file_written_anew_is_a_dump(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    (tmp_path / "a.npz").write_bytes(b"no zip")
    index = caught_up(caught_up(Index(tmp_path), 0.0), PATIENCE)
    dump(10, "a.npz")
    index = caught_up(index, PATIENCE)
    assert index.unreadable == {}
    assert len(index.ticks) == 1


@pytest.mark.parametrize(
    "name",
    [
        "step_1.npz.part",
        "step_1.part.npz",
        "a.tmp.npz",
        ".hidden.npz",
        "~a.npz",
        "tmpab12cd_9.npz",
        "x.npy",
        "x.csv",
        "x.pt",
    ],
)
def test_that_temporary_names_and_other_kinds_are_no_dumps(tmp_path: Path, dump: Dump, name: str) -> None:
    dump(1).rename(tmp_path / name)
    assert scan(tmp_path) == ()


def test_that_a_folder_of_the_name_of_a_dump_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.npz").mkdir()
    assert scan(tmp_path) == ()


def test_that_a_file_that_is_rewritten_gives_a_tick_each_time(dump: Dump, caught_up: CaughtUp) -> None:
    place = dump(10, "latest.npz")
    index = caught_up(Index(place))
    dump(20, "latest.npz")
    index = caught_up(index)
    assert [(tick.step, tick.is_there) for tick in index.all_ticks] == [(10, False), (20, True)]


def test_that_a_step_that_is_dumped_again_replaces_its_tick(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    path = dump(10)
    index = caught_up(Index(tmp_path))
    before = index.all_ticks[0].value
    dump(10, input=np.zeros((24, 3), np.float32))
    os.utime(path, (11, 11))
    (tick,) = caught_up(index).all_ticks
    assert tick.value == pytest.approx(np.log(3))
    assert tick.value != before


def test_that_a_deleted_dump_leaves_its_numbers(tmp_path: Path, dump: Dump, caught_up: CaughtUp) -> None:
    path = dump(10)
    index = caught_up(Index(tmp_path))
    path.unlink()
    (tick,) = caught_up(index).all_ticks
    assert tick.step == 10
    assert not tick.is_there


def test_that_a_file_replaced_by_one_of_its_size_and_time_is_read(
    tmp_path: Path, dump: Dump, caught_up: CaughtUp
) -> None:
    dump(10)
    index = caught_up(Index(tmp_path))
    other = dump(70, "other.npz")
    os.utime(other, (10, 10))
    before = next(iter(index.ticks.values())).entry
    other.replace(tmp_path / before.name)
    after = caught_up(index).ticks[before.name]
    assert (after.entry.size, after.entry.modified) == (before.size, before.modified)
    assert after.step == 70


def test_that_a_folder_that_may_not_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)  # root may list anything, so no folder is closed to the tests
    with pytest.raises(InputError, match="cannot be listed: Permission denied"):
        scan(tmp_path)


def test_that_a_table_is_read_only_when_it_has_lain_still(tmp_path: Path, caught_up: CaughtUp) -> None:
    place = tmp_path / "batch.csv"
    place.write_text("a,b,target\n0.1,0.9,1\n0.8,0.2,0\n")
    index = caught_up(Index(place), 0.0)
    assert (index.all_ticks, index.reads) == ((), 0)
    with place.open("a") as file:
        file.write("0.3,0.7,1\n")
    index = caught_up(index, 1.5 * SETTLE)
    assert (index.all_ticks, index.reads) == ((), 0)
    (tick,) = caught_up(index, 3 * SETTLE).all_ticks
    assert tick.kept == 3


def test_that_a_table_that_stays_unreadable_has_its_time(tmp_path: Path, caught_up: CaughtUp) -> None:
    place = tmp_path / "batch.csv"
    place.write_text("")
    index = Index(place)
    for now in (0.0, SETTLE, PATIENCE - 0.1):
        index = caught_up(index, now)
        assert index.unreadable == {}
    assert "batch.csv" in caught_up(index, PATIENCE).unreadable


def test_that_a_file_that_changes_while_it_is_read_is_read_again(
    tmp_path: Path, dump: Dump, caught_up: CaughtUp
) -> None:
    dump(10, "a.npz")
    under_way = update(Index(tmp_path), 0.0)
    for _ in range(2):
        next(under_way)  # listed, then read
    dump(20, "a.npz")
    index = finish(under_way)
    assert index.all_ticks == ()
    assert [tick.step for tick in caught_up(index).all_ticks] == [20]


def test_that_a_file_leaves_copies_of_what_it_held_and_a_folder_none(
    tmp_path: Path, dump: Dump, caught_up: CaughtUp
) -> None:
    place = dump(10, "a.npz")
    index = caught_up(Index(place))
    dump(20, "a.npz")
    index = caught_up(index)
    assert [index.copies.batches[tick.entry].step for tick in index.all_ticks] == [10, 20]
    assert caught_up(Index(tmp_path)).copies.batches == {}


def test_that_the_oldest_copies_go_where_there_is_no_room(
    dump: Dump, caught_up: CaughtUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.watch.copies.MOST_BYTES", 1200)  # an input has 288 bytes, a target 192
    place = dump(10, "a.npz")
    index = caught_up(Index(place))
    for step in (20, 30):
        dump(step, "a.npz")
        index = caught_up(index)
    assert [batch.step for batch in index.copies.batches.values()] == [20, 30]


def test_that_a_dump_larger_than_memory_is_no_tick(tmp_path: Path, dump: Dump, monkeypatch: pytest.MonkeyPatch) -> None:
    path = dump(10)
    monkeypatch.setattr(contents, "MEMORY_LIMIT", 64)
    with pytest.raises(InputError, match="read as a whole"):
        finish(read_tick(path, entry_of(path)))
