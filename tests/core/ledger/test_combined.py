"""One step in several parts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import core.losses as L
from core.assess import Assessment, assess
from core.batch import Batch
from core.jobs import finish
from core.ledger import Combined, combined, micro_of, rank_of

RNG = np.random.default_rng(6)
X, Y = RNG.normal(size=(12, 3)), RNG.integers(0, 3, 12)
WEIGHTED = L.CrossEntropyLoss(weight=np.array([1.0, 5.0, 2.0]))


def part(rows: slice, loss: Any = WEIGHTED, reported: float | None = None, **places: int) -> Assessment:
    extras = {key: np.array(value) for key, value in places.items()}
    name = "-".join(str(place) for place in places.values()) or str(rows.start)
    return finish(assess(loss, Batch(name, loss, X[rows], Y[rows], extras=extras, reported=reported)))


def step(loss: Any = WEIGHTED, reported: float | None = None) -> Combined:
    """Two ranks of two micro-batches each, of sizes 2, 5, 1 and 4, out of order."""
    places = [(slice(7, 8), 1, 0), (slice(0, 2), 0, 0), (slice(8, 12), 1, 1), (slice(2, 7), 0, 1)]
    found = combined([part(rows, loss, reported, rank=rank, micro=micro) for rows, rank, micro in places])
    assert found is not None
    return found


def numbers(found: Combined) -> dict[str, float]:
    return {str(number.title): number.value for number in found.numbers}


def test_that_the_parts_come_by_rank_and_turn() -> None:
    assert [(part.rank, part.micro) for part in step().parts] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_that_the_first_number_is_the_loss_of_one_batch_of_all_parts() -> None:
    whole = float(WEIGHTED.evaluate(X, Y).value)
    found = step()
    assert found.numbers[0].value == pytest.approx(whole, rel=1e-12)
    assert numbers(found)["mean of the parts' means"] != pytest.approx(whole)


def test_that_a_part_has_its_own_fraction() -> None:
    for piece in step().parts:
        assert piece.value == pytest.approx(piece.numerator / piece.divisor)


def test_that_the_mean_of_means_is_that_of_the_parts() -> None:
    found = step()
    assert numbers(found)["mean of the parts' means"] == pytest.approx(np.mean([part.value for part in found.parts]))


def test_that_ranks_that_each_divide_right_are_a_number_of_their_own() -> None:
    rank0, rank1 = (float(WEIGHTED.evaluate(X[rows], Y[rows]).value) for rows in (slice(0, 7), slice(7, 12)))
    name = "mean over ranks of Σ terms ÷ Σ divisors"
    assert numbers(step())[name] == pytest.approx((rank0 + rank1) / 2)


@pytest.mark.parametrize("place", range(4))
def test_that_what_was_seen_is_ticked(place: int) -> None:
    seen = step().numbers[place].value
    assert step(reported=seen).ticked == place


def test_that_a_number_that_none_gives_is_not_ticked() -> None:
    found = step(reported=123.456)
    assert found.reported == 123.456
    assert found.ticked is None


def test_that_parts_that_each_name_their_own_loss_report_nothing_together() -> None:
    first, second = part(slice(0, 2), reported=1.0), part(slice(2, 4), reported=2.0)
    found = combined([first, second])
    assert found is not None
    assert found.reported is None


def test_that_sums_are_added_and_not_divided() -> None:
    loss = replace(WEIGHTED, reduction="sum")
    assert step(loss).numbers[0].value == pytest.approx(float(loss.evaluate(X, Y).value))


def test_that_equal_parts_without_weights_have_one_mean() -> None:
    loss = L.CrossEntropyLoss()
    found = combined([part(slice(0, 6), loss), part(slice(6, 12), loss)])
    assert found is not None
    assert found.numbers[0].value == pytest.approx(found.numbers[1].value)


def test_that_refused_parts_are_counted_and_left_out() -> None:
    refused = finish(assess(WEIGHTED, Batch("b", WEIGHTED, X, Y + 9)))
    found = combined([part(slice(0, 6)), refused])
    assert found is not None
    assert (len(found.parts), found.refused) == (1, 1)
    assert combined([refused]) is None


def test_that_rank_and_turn_are_read_from_arrays_and_from_meta() -> None:
    batch = Batch("b", WEIGHTED, X, Y, extras={"rank": np.array(3), "micro": np.array([1, 2])}, meta={"micro": 5})
    assert (rank_of(batch), micro_of(batch)) == (3, None)
    assert micro_of(replace(batch, extras={})) == 5
    assert rank_of(replace(batch, extras={}, meta={"rank": "0"})) is None
