"""The ledger of a batch as the window shows it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

import core.losses as L
from core.assess import assess
from core.batch import Batch
from core.jobs import finish
from core.ledger import Ledger, ledger_of
from gui.workspaces.batch.present_ledger import ledger_figure

X, Y = np.random.default_rng(3).normal(size=(9, 2)), np.arange(9) % 2
BATCH = Batch("b", L.CrossEntropyLoss(weight=np.array([1.0, 4.0])), X, Y)


def ledger(batch: Batch) -> Ledger:
    found = ledger_of(finish(assess(batch.loss, batch)))
    assert found is not None
    return found


def test_that_there_is_a_term_for_each_line_at_its_place() -> None:
    found = ledger(replace(BATCH, target=np.where(np.arange(9) == 4, -100, Y)))
    figure = ledger_figure(found)
    assert [term.symbol for term in figure.terms] == [line.symbol for line in found.lines]
    assert [term.joint for term in figure.terms] == ["", "→", "÷", "=", "·"]


def test_that_what_was_seen_is_ticked_among_the_others() -> None:
    seen = float(L.CrossEntropyLoss().evaluate(X, Y).value)
    figure = ledger_figure(ledger(replace(BATCH, reported=seen)))
    (ticked,) = [other for other in figure.others if other.ticked]
    assert str(ticked.title) == "without weights"
    assert figure.seal is not None
    assert (figure.seal.icon, figure.seal.role) == ("warn", "warn")


def test_that_a_proven_number_and_an_unexplained_one_have_seals_of_their_own() -> None:
    value = ledger(BATCH).result.value
    roles = []
    for seen in (value, value * 1.5):
        seal = ledger_figure(ledger(replace(BATCH, reported=seen))).seal
        assert seal is not None
        roles.append(seal.role)
    assert roles == ["ok", "err"]


def test_that_a_batch_that_says_nothing_has_no_seal() -> None:
    assert ledger_figure(ledger(BATCH)).seal is None


def test_that_a_refused_batch_has_no_terms_but_a_reason() -> None:
    figure = ledger_figure(ledger_of(finish(assess(BATCH.loss, replace(BATCH, target=Y + 5)))))
    assert figure.terms == ()
    assert figure.empty is not None


def test_that_numbers_that_are_none_are_shown_as_errors() -> None:
    figure = ledger_figure(ledger(replace(BATCH, input=np.full((9, 2), np.nan))))
    assert {term.role for term in figure.terms if term.value == "nan"} == {"err"}


def test_that_large_sums_keep_their_digits() -> None:
    batch = Batch("b", L.MSELoss(), np.full((6, 1), 900.5), np.zeros((6, 1)))
    figure = ledger_figure(ledger(batch))
    assert figure.terms[0].value == "4865401.5"
