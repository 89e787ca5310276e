"""The cards: one for each loss, complete."""

from __future__ import annotations

import numpy as np
import pytest

from core import losses
from core.about import ABOUT
from core.about.notation import plain
from core.params import with_param

CASES = {
    "regression": (np.array([1.0, 2.0]), np.array([0.0, 0.0])),
    "binary": (np.array([0.2, 0.7]), np.array([0.0, 1.0])),
    "multi-class": (np.log([[0.2, 0.8]]), np.array([1])),
    "distribution": (np.log([[0.2, 0.8]]), np.array([[0.5, 0.5]])),
}


def test_that_every_loss_has_a_card() -> None:
    assert list(ABOUT) == list(losses.LOSSES)


@pytest.mark.parametrize("name", ABOUT)
def test_that_no_part_of_a_card_is_empty(name: str) -> None:
    card = ABOUT[name]
    parts = (card.definition, card.gradient, card.shapes, card.domain, card.when, card.traps, card.sources)
    assert all(parts)
    assert len(card.traps) >= 3


@pytest.mark.parametrize("name", ABOUT)
def test_that_a_card_names_a_doi_or_archive_and_pytorchs_page(name: str) -> None:
    addresses = [source.address for source in ABOUT[name].sources]
    assert addresses[-1] == f"docs.pytorch.org/docs/stable/generated/torch.nn.{name}.html"
    assert any(address.startswith(("doi:10.", "arXiv:")) for address in addresses)


@pytest.mark.parametrize("name", [name for name in ABOUT if name != "CTCLoss"])
def test_that_the_divisor_is_called_as_core_calls_it(name: str) -> None:
    loss = with_param(losses.LOSSES[name](), "reduction", "mean")
    if name in ("CrossEntropyLoss", "NLLLoss"):
        loss = with_param(loss, "weight", np.array([1.0, 2.0]))
    assert ABOUT[name].divisor_name == loss.evaluate(*CASES[loss.family]).divisor.name


def test_that_ctc_divides_by_the_batch_after_the_lengths() -> None:
    result = losses.CTCLoss().evaluate(np.log([[0.6, 0.4]] * 2), np.array([1]), 2, 1)
    assert ABOUT["CTCLoss"].divisor_name == result.divisor.name


@pytest.mark.parametrize("name", ABOUT)
def test_that_every_sentence_fills_its_places(name: str) -> None:
    card = ABOUT[name]
    conditions = [line.condition for line in (*card.definition, *card.gradient) if line.condition]
    for text in (card.summary, card.symbols, card.assumes, card.divisor, *card.traps, *card.when, *conditions):
        assert "{" not in str(text)
        assert "  " not in str(text)


@pytest.mark.parametrize("name", ABOUT)
def test_that_braces_of_a_formula_are_balanced(name: str) -> None:
    for line in (*ABOUT[name].definition, *ABOUT[name].gradient):
        text = plain(line.formula)
        assert text.count("{") == text.count("}")
        assert text.count("(") == text.count(")")
