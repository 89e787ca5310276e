"""The lane, by its effects."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from core.jobs import Job, Progress
from gui.runtime.lane import Lane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def lane(qapp: object) -> Iterator[Lane]:
    made = Lane()
    yield made
    made.close()


def answer(value: int) -> Job[int]:
    yield Progress(0.5)
    return value


def endless(stopped: threading.Event) -> Job[int]:
    try:
        while True:
            yield Progress(0.0)
    finally:
        stopped.set()


def broken() -> Job[int]:
    yield Progress(0.0)
    raise ArithmeticError("no answer")


def test_that_a_result_arrives_on_the_gui_thread(lane: Lane, qtbot: QtBot) -> None:
    threads: list[int] = []
    lane.done.connect(lambda _: threads.append(threading.get_ident()))
    with qtbot.waitSignal(lane.done) as done:
        lane.submit(lambda: answer(42))
    assert done.args == [42]
    assert threads == [threading.get_ident()]


def test_that_a_newer_job_stops_the_older_one_and_only_the_newer_answers(lane: Lane, qtbot: QtBot) -> None:
    stopped = threading.Event()
    answers: list[object] = []
    lane.done.connect(answers.append)
    lane.submit(lambda: endless(stopped))
    with qtbot.waitSignal(lane.done):
        lane.submit(lambda: answer(7))
    assert stopped.wait(2)
    assert answers == [7]


def test_that_of_many_jobs_only_the_last_answers(lane: Lane, qtbot: QtBot) -> None:
    answers: list[object] = []
    lane.done.connect(answers.append)
    for number in range(50):
        lane.submit(lambda number=number: answer(number))
    qtbot.waitUntil(lambda: bool(answers))
    qtbot.wait(20)
    assert answers == [49]


def test_that_a_job_that_raises_is_told_and_the_next_one_still_runs(lane: Lane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(lane.failed) as failed:
        lane.submit(broken)
    assert isinstance(failed.args[0], ArithmeticError)
    with qtbot.waitSignal(lane.done) as done:
        lane.submit(lambda: answer(1))
    assert done.args == [1]


def test_that_nothing_arrives_after_cancel(lane: Lane, qtbot: QtBot) -> None:
    stopped = threading.Event()
    answers: list[object] = []
    lane.done.connect(answers.append)
    lane.submit(lambda: endless(stopped))
    lane.cancel()
    assert stopped.wait(2)
    qtbot.wait(20)
    assert answers == []


def test_that_busy_begins_and_ends_with_the_work(lane: Lane, qtbot: QtBot) -> None:
    seen: list[bool] = []
    lane.busy.connect(seen.append)
    with qtbot.waitSignal(lane.done):
        lane.submit(lambda: answer(1))
    assert seen == [True, False]
