"""The numbers of a ledger as text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import core.losses as L
from core.assess import assess
from core.batch import Batch
from core.explain.digits import fixed, read
from core.files import read as read_file
from core.jobs import finish
from core.ledger import Ledger, head_strip, ledger_of, texts_of
from core.samples import SAMPLES_DIR, samples

SOUND = [card.file for card in samples() if not card.broken]


def ledger(batch: Batch, **params: Any) -> Ledger:
    loss = replace(batch.loss, **params)  # type: ignore[type-var]
    found = ledger_of(finish(assess(loss, batch)))
    assert found is not None
    return found


@pytest.mark.parametrize("file", SOUND)
def test_that_dividing_the_printed_numbers_gives_the_printed_result(file: str) -> None:
    found = ledger(read_file(SAMPLES_DIR / file)[0])
    texts = dict(zip((line.operation for line in found.lines), texts_of(found), strict=True))
    above = next(texts[name] for name in ("weigh", "add", "sum") if name in texts)
    assert fixed(read(above) / read(texts["divide"])) == texts["result"]


def test_that_the_head_shows_the_weighted_mean_as_a_fraction() -> None:
    x = np.log([[0.9, 0.1], [0.2, 0.8]])
    strip = head_strip(ledger(Batch("b", L.NLLLoss(weight=np.array([1.0, 10.0])), x, np.array([1, 0]))))
    assert strip.plain.startswith("ℓ = (Σ w ℓ)/(Σ w[y]) = (24.6353)/(11) = 2.2396")
    assert "sum of w[y]" in strip.plain


def test_that_a_sum_has_no_fraction_in_its_head() -> None:
    strip = head_strip(ledger(Batch("b", L.L1Loss(), np.array([1.0, 2.0]), np.zeros(2)), reduction="sum"))
    assert strip.plain.startswith("ℓ = Σ ℓ = 3.0000")
    assert "nothing is divided" in strip.plain


def test_that_the_rows_of_none_are_summed_and_said_to_be() -> None:
    found = ledger(Batch("b", L.L1Loss(), np.array([1.0, 2.0]), np.zeros(2)), reduction="none")
    assert texts_of(found) == ("3", "3.0000")
    assert "none: 2 numbers" in head_strip(found).plain


def test_that_nan_has_a_head_too() -> None:
    strip = head_strip(ledger(read_file(SAMPLES_DIR / "bug_all_ignored.npz")[0]))
    assert "(0)/(0) = nan" in strip.plain


def test_that_a_large_sum_is_written_in_full() -> None:
    found = ledger(read_file(SAMPLES_DIR / "bug_mse_broadcast.npz")[0])
    assert texts_of(found)[:2] == ("35740245", "3600")
