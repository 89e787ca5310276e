from __future__ import annotations

import pytest

from core.jobs import Progress, finish


def counting(steps: int, closed: list[str]):
    try:
        for step in range(steps):
            yield Progress(step / steps)
        return steps
    finally:
        closed.append("closed")


def test_that_finish_gives_what_the_job_returns():
    assert finish(counting(5, [])) == 5


def test_that_a_job_stopped_between_yields_still_cleans_up():
    closed: list[str] = []
    job = counting(5, closed)
    assert next(job) == Progress(0)
    job.close()
    assert closed == ["closed"]


def test_that_an_error_in_a_job_is_not_swallowed():
    def failing():
        yield Progress(0.5)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        finish(failing())
