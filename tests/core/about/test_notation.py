"""Formulas as text and as trees."""

from __future__ import annotations

import pytest

from core.about.notation import formula, plain
from core.explain.formula import Frac, Row, Script, Sym


@pytest.mark.parametrize("source", ["ℓ = −w_y x_y", "q_c = w_c (1 − ε) / C", "z_{t,c}", "e^{−|z|}", "x_y^2"])
def test_that_a_line_survives_the_way_through_its_tree(source: str) -> None:
    assert plain(formula(source)) == source


def test_that_an_index_and_an_exponent_share_one_base() -> None:
    (node,) = formula("x_y^2").items
    assert node == Script(Sym("x"), Row((Sym("y"),)), Row((Sym("2"),)))


def test_that_words_stay_whole() -> None:
    assert formula("softmax(z)").items[0] == Sym("softmax")


def test_that_a_fraction_is_read_out_with_brackets() -> None:
    assert plain(Frac(formula("a"), formula("1 + b"))) == "(a) / (1 + b)"
