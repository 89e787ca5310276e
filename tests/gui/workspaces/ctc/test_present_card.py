"""The card of a cell: the recurrence with the numbers of the lattice."""

from __future__ import annotations

import numpy as np

from core.jobs import finish
from core.losses import CTCLoss
from core.problem import Problem
from gui.workspaces.ctc.compute_lattice import compute, request
from gui.workspaces.ctc.present_card import card, number
from gui.workspaces.ctc.present_lattice import present
from gui.workspaces.ctc.state import CTCState, Toy

PROBLEM = Problem(CTCLoss())


def model_of(**state: object):
    ctc = CTCState(**state)
    return present(PROBLEM, ctc, finish(compute(request(PROBLEM, ctc))))


def test_a_letter_has_three_ways_in() -> None:
    model = model_of()
    made = card(model, 5, 3)
    alpha = model.lattice.alpha
    assert [line.value for line in made.moves] == [number(float(alpha[4, row])) for row in (3, 2, 1)]
    assert [line.place for line in made.moves] == ["s=3 a", "s=2 ε", "s=1 c"]
    assert made.sums[-1].value == number(float(alpha[5, 3]))
    assert made.sources == (3, 2, 1)
    assert made.refused is None
    shares = [float(line.share.removesuffix("%")) for line in made.moves]
    assert abs(sum(shares) - 100) < 0.2


def test_the_sum_and_the_emission_make_the_result() -> None:
    made = card(model_of(), 5, 3)
    values = [float(line.value.replace("−", "-")) for line in made.sums]
    assert abs(values[0] + values[1] - values[2]) < 2e-3


def test_a_blank_refuses_the_skip_and_says_why() -> None:
    made = card(model_of(), 7, 4)
    skip = made.moves[2]
    assert skip.refused
    assert "leave out the label" in str(skip.reason)
    assert made.refused == 2
    assert made.sources == (4, 3)


def test_a_repeat_refuses_the_skip_and_says_why() -> None:
    model = model_of(toy=Toy("aa", ("ε", "a"), np.zeros((5, 2))))
    assert "merge" in str(card(model, 3, 3).moves[2].reason)


def test_beta_looks_at_the_frame_after() -> None:
    made = card(model_of(mode="beta"), 5, 3)
    assert made.source_step == 1
    assert made.title == "β(5, 3)"
    assert made.sources == (3, 4, 5)


def test_the_posterior_of_the_frame_sums_to_one() -> None:
    checks = [str(text) for text in card(model_of(mode="occupancy"), 5, 3).checks]
    assert checks[0] == "γ = exp(α + β − log P) = 0.910"
    assert checks[1] == "= exp(−2.482 − 1.568 + 3.956)"
    assert checks[2] == "Σ γ over frame 5 = 1.000000"


def test_the_first_frame_starts_and_the_last_one_ends() -> None:
    assert [str(line.name) for line in card(model_of(), 0, 1).moves] == ["start"]
    assert [str(line.name) for line in card(model_of(mode="beta"), 11, 6).moves] == ["end"]
    assert card(model_of(), 0, 5).moves[0].reason is not None
