"""From a request to its result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.jobs import Job, Progress
from gui.runtime.pane import Outcome, Pane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def pane(qapp: object) -> Iterator[Pane]:
    made = Pane()
    yield made
    made.close()


class Counted:
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, request: int) -> Job[int]:
        self.calls += 1
        yield Progress(0.5)
        if request < 0:
            raise ArithmeticError("negative")
        return request * 2


def answers_of(pane: Pane) -> list[int]:
    answers: list[int] = []
    pane.computed.connect(lambda outcome: answers.append(outcome.result))
    return answers


def test_that_a_quick_request_is_answered_before_ask_returns(pane: Pane) -> None:
    answers = answers_of(pane)
    pane.ask(21, Counted(), quick=True)
    assert answers == [42]


def test_that_an_unchanged_request_is_answered_again_without_computing(pane: Pane) -> None:
    answers, compute = answers_of(pane), Counted()
    pane.ask(1, compute, quick=True)
    pane.ask(1, compute, quick=True)
    assert (answers, compute.calls) == ([2, 2], 1)


def test_that_a_slow_request_is_answered_later_and_an_older_one_never(pane: Pane, qtbot: QtBot) -> None:
    answers, compute = answers_of(pane), Counted()
    pane.ask(1, compute, quick=False)
    pane.ask(2, compute, quick=False)
    assert answers == []
    qtbot.waitUntil(lambda: answers == [4])


def test_that_a_quick_request_drops_the_slow_one_before_it(pane: Pane, qtbot: QtBot) -> None:
    answers, compute = answers_of(pane), Counted()
    pane.ask(1, compute, quick=False)
    pane.ask(5, compute, quick=True)
    qtbot.wait(30)
    assert answers == [10]


def test_that_a_failed_request_is_told_and_may_be_asked_again(pane: Pane, qtbot: QtBot) -> None:
    failures: list[Exception] = []
    pane.failed.connect(failures.append)
    pane.ask(-1, Counted(), quick=True)
    pane.ask(-1, Counted(), quick=True)
    assert [str(failure) for failure in failures] == ["negative", "negative"]


def test_that_primed_results_are_not_computed(pane: Pane) -> None:
    answers, compute = answers_of(pane), Counted()
    pane.prime(3, 99, 0.0)
    pane.ask(3, compute, quick=False)
    assert (answers, compute.calls) == ([99], 0)
    assert isinstance(pane.outcome, Outcome)
