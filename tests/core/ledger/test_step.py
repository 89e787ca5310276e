"""The ledger of one part beside the numbers of its step."""

from __future__ import annotations

import numpy as np
import pytest

import core.losses as L
from core.assess import Assessment, assess
from core.batch import Batch
from core.jobs import finish
from core.ledger import Ledger, StepParts, in_step, ledger_of, part_of

RNG = np.random.default_rng(6)
X, Y = RNG.normal(size=(12, 3)), RNG.integers(0, 3, 12)
LOSS = L.CrossEntropyLoss()
CUTS = (slice(0, 3), slice(3, 12))


def assessed(rows: slice, reported: float | None = None) -> Assessment:
    return finish(assess(LOSS, Batch(f"{rows.start}", LOSS, X[rows], Y[rows], reported=reported)))


def parts(reported: float | None) -> StepParts:
    found = [part_of(assessed(rows)) for rows in CUTS]
    return StepParts(tuple(part for part in found if part is not None), True, reported)


def ledger(reported: float | None = None) -> Ledger:
    found = ledger_of(assessed(CUTS[0], reported))
    assert found is not None
    return found


WHOLE = float(LOSS.evaluate(X, Y).value)
MEAN = float(np.mean([float(LOSS.evaluate(X[rows], Y[rows]).value) for rows in CUTS]))


def test_that_the_loss_of_all_parts_stands_before_what_else_is_expected() -> None:
    before = ledger()
    found = in_step(before, "0", parts(None), 1e-9)
    assert found.lines is before.lines
    assert found.expected[0].value == pytest.approx(WHOLE)
    assert found.expected[1].value == pytest.approx(MEAN)
    assert str(found.expected[0].title) == "the step's 2 parts: Σ terms ÷ Σ divisors"
    assert found.expected[-len(before.expected) :] == before.expected


@pytest.mark.parametrize(("reported", "kind", "place"), [(WHOLE, "proven", 0), (MEAN, "explained", 1)])
def test_that_the_reported_number_of_the_step_is_ticked(reported, kind, place) -> None:
    before = ledger(reported)
    assert before.verdict is not None
    assert before.verdict.kind == "unexplained"
    found = in_step(before, "0", parts(reported), 1e-9).verdict
    assert found is not None
    assert (found.kind, found.expected) == (kind, place)


def test_that_a_part_which_reports_its_own_number_stays_proven() -> None:
    own = ledger().result.value
    found = in_step(ledger(own), "0", parts(own), 1e-9).verdict
    assert found is not None
    assert (found.kind, found.expected) == ("proven", None)


def test_that_the_tick_on_another_number_moves_along() -> None:
    total = ledger().numerator.value
    before = ledger(total)
    assert before.verdict is not None
    assert before.verdict.expected is not None
    found = in_step(before, "0", parts(None), 1e-9)
    assert found.verdict is not None
    assert found.verdict.expected is not None
    assert found.expected[found.verdict.expected].value == pytest.approx(total)


def test_that_a_number_which_is_no_part_of_the_step_keeps_its_ledger() -> None:
    before = ledger()
    assert in_step(before, "elsewhere", parts(None), 1e-9) is before
    other = finish(assess(LOSS, Batch("0", LOSS, X[:4], Y[:4])))
    changed = ledger_of(other)
    assert changed is not None
    assert in_step(changed, "0", parts(None), 1e-9) is changed
