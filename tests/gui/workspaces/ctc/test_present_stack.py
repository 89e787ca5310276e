"""The frames in view as figures: their numbers are those of the lattice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.ctc.recurrence import edge_shares
from core.ctc.steps import steps
from core.files import read
from core.jobs import finish
from core.losses import CTCLoss
from core.problem import Problem
from gui.kit.lattice_figures import COMPLETE, FROM_START, TO_END, UNTOLD
from gui.workspaces.ctc.compute_lattice import compute, request
from gui.workspaces.ctc.present_lattice import LatticeModel, present
from gui.workspaces.ctc.present_refusal import refusal, remedies
from gui.workspaces.ctc.present_stack import stack
from gui.workspaces.ctc.present_view import Look, view_of, whole_view
from gui.workspaces.ctc.state import CTCState, Toy

SAMPLES = Path(__file__).parents[4] / "resources" / "samples"


def model_of(name: str | None = None, **state: object) -> LatticeModel:
    batch = None if name is None else read(SAMPLES / f"{name}.npz")[0]
    return model_for(Problem(batch.loss if batch else CTCLoss(), batch), **state)


def model_for(problem: Problem, **state: object) -> LatticeModel:
    ctc = CTCState(**state)
    return present(problem, ctc, finish(compute(request(problem, ctc))))


def whole(model: LatticeModel, look: Look | None = None):
    return stack(model, whole_view(model), look or Look())


@pytest.mark.parametrize(("mode", "layer"), [("alpha", "alpha"), ("beta", "beta")])
def test_nodes_carry_the_log_masses_of_the_lattice(mode, layer) -> None:
    model = model_of(mode=mode)
    texts = whole(model).lattice.texts
    values = getattr(model.lattice, layer)
    for t, s in ((0, 0), (5, 3), (11, 6)):
        shown = texts[t][s].replace("−", "-")
        assert shown == ("" if np.isinf(values[t, s]) else f"{values[t, s]:.1f}")


def test_the_largest_of_each_frame_has_the_last_colour() -> None:
    shares = whole(model_of("ctc_captcha_hello88")).lattice.shares
    assert np.all(np.nanmax(shares, axis=1) == 1.0)
    assert np.nanmin(shares) == 0.0


def test_by_value_the_order_of_colours_is_that_of_the_log_masses() -> None:
    model = model_of()
    shares = whole(model, Look(absolute=True)).lattice.shares
    reached = ~np.isnan(shares)
    np.testing.assert_array_equal(np.argsort(shares[reached]), np.argsort(model.lattice.alpha[reached]))


def test_unreachable_cells_have_no_colour() -> None:
    model = model_of()
    np.testing.assert_array_equal(np.isnan(whole(model).lattice.shares), np.isneginf(model.lattice.alpha))


def test_the_posterior_sizes_its_discs_by_the_root() -> None:
    model = model_of("ctc_zh_cross_entropy_reduced", mode="occupancy")
    np.testing.assert_allclose(whole(model).lattice.sizes ** 2, model.lattice.occupancy, atol=1e-12)


def test_edges_are_the_legal_moves_with_their_shares() -> None:
    model = model_of("ctc_captcha_hello88")
    shares = edge_shares(model.lattice)
    edges = whole(model).lattice.edges
    np.testing.assert_allclose(edges.share, shares[edges.frame, edges.row, edges.step])
    assert edges.share.sum() == pytest.approx(model.frames - 1)
    assert not np.any((edges.step == 2) & ~model.lattice.skip[edges.row])


def test_the_edges_of_a_window_are_those_of_the_whole() -> None:
    model = model_of("ctc_long_line_reduced")
    view = view_of(model, 90, 110)
    edges = stack(model, view, Look()).lattice.edges
    shares = edge_shares(model.lattice)
    np.testing.assert_allclose(edges.share, shares[edges.frame, edges.row, edges.step])
    assert edges.frame.min() == 91
    assert edges.row.min() - 2 <= view.top + 2
    assert (edges.row - edges.step).min() >= view.top


def test_a_window_holds_the_best_path_and_the_row_that_is_kept() -> None:
    model = model_of("ctc_speech_arctic")
    view = view_of(model, 110, 136)
    path = model.lattice.best_path[110:136]
    assert view.top <= path.min()
    assert path.max() < view.bottom
    kept = view_of(model, 110, 136, keep=5)
    assert kept.top == 5
    assert kept.bottom - kept.top == view.bottom - view.top


def test_emissions_show_blank_then_symbols_by_the_frame_of_their_peak() -> None:
    figure = whole(model_of("ctc_captcha_hello88")).emission
    assert [row.name for row in figure.rows] == ["ε", "h", "e", "l", "I", "o", "O", "8"]
    assert figure.values.shape == (8, 21)


def test_no_more_than_eleven_classes_have_a_row() -> None:
    model = model_of("ctc_balloon_full")
    assert len(whole(model).emission.rows) <= 11


@pytest.mark.parametrize(("truth", "total"), [("logits", "0"), ("log_probs", "−1"), ("torch", "0")])
def test_each_gradient_says_what_its_frames_sum_to(truth, total) -> None:
    model = model_of("ctc_captcha_hello88", mode="gradient", truth=truth, frame=10)
    figure = whole(model).emission
    assert set(figure.sums) == {total}
    assert figure.sum == total


def test_the_gradient_is_probability_less_posterior() -> None:
    model = model_of("ctc_captcha_hello88", mode="gradient", frame=10)
    figure = whole(model).emission
    row = [label.name for label in figure.rows].index("l")
    assert figure.texts[row][10] == "−0.60"
    occupancy = model.lattice.occupancy[10, model.lattice.states == model.sequence.names.index("l")].sum()
    p = np.exp(model.sequence.log_probs[10, model.sequence.names.index("l")])
    assert figure.values[row, 10] == pytest.approx(p - occupancy)


def test_frames_ahead_of_the_playhead_are_faint_once_it_has_moved() -> None:
    assert whole(model_of()).lattice.faded is None
    forward = whole(model_of(frame=7)).lattice.faded
    backward = whole(model_of(frame=7, mode="beta")).lattice.faded
    assert forward[:, 0].tolist() == [t > 7 for t in range(12)]
    assert backward[:, 0].tolist() == [t < 7 for t in range(12)]
    assert whole(model_of(frame=7, mode="occupancy")).lattice.faded is None


def test_the_step_through_shows_only_what_is_computed() -> None:
    plain = model_of()
    plan = steps(plain.lattice, by_cell=True)
    k = plan.first("forward", 5)
    model = model_of(step=k, by_cell=True)
    figure = whole(model).lattice
    told = plan.revealed(k).alpha
    assert np.array_equal(figure.faded, ~told)
    assert all(bool(figure.texts[t][s]) == told[t, s] for t in range(12) for s in range(7))
    reached = np.isfinite(plain.lattice.alpha)
    assert np.array_equal(figure.shares == UNTOLD, ~told & reached)
    assert np.all(figure.path == -1)


def test_a_value_to_be_guessed_is_a_question_mark() -> None:
    k = steps(model_of().lattice, by_cell=True).first("forward", 5)
    asked = model_of(step=k, by_cell=True, predict=True)
    t, s = asked.progressed.focus
    assert whole(asked).lattice.texts[t][s] == "?"
    assert whole(asked).lattice.shares[t, s] == UNTOLD
    assert whole(model_of(step=k, by_cell=True, predict=True, guess=-3.0)).lattice.texts[t][s] != "?"


def test_the_layer_follows_the_phase_of_the_step_through() -> None:
    plan = steps(model_of().lattice, by_cell=False)
    for phase, mode in (("forward", "alpha"), ("backward", "beta"), ("occupancy", "occupancy"), ("collapse", "path")):
        assert model_of(step=plan.first(phase, 3)).mode == mode


def test_a_path_edited_by_hand_is_drawn_until_it_leaves_the_lattice() -> None:
    model = model_of(path=(0, 1, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0))
    figure = whole(model).lattice
    assert figure.given.tolist() == [0, 1, 1] + [-1] * 9
    assert figure.stop == 3


def test_where_no_path_fits_cells_say_how_they_are_reached() -> None:
    model = model_of("bug_ctc_too_short")
    figure = whole(model).lattice
    assert figure.scale == "reach"
    assert not np.any(figure.shares == COMPLETE)
    assert figure.shares[7, 11] == FROM_START
    assert figure.shares[0, 14] == TO_END


def test_the_refusal_counts_the_frames_and_marks_the_forced_blanks() -> None:
    figure = refusal(model_of("bug_ctc_too_short"))
    assert str(figure.verdict) == "9 frames needed, 8 given"
    assert [(frame.name, frame.forced, frame.missing) for frame in figure.needed][3] == ("ε", True, False)
    assert [frame.missing for frame in figure.needed] == [False] * 8 + [True]


def test_frames_that_were_not_read_are_shown_and_can_be_read() -> None:
    batch = replace(read(SAMPLES / "ctc_captcha_hello88.npz")[0], input_lengths=np.array(8))
    problem = Problem(batch.loss, batch)
    figure = whole(model_for(problem))
    assert (figure.last, figure.read) == (21, 8)
    assert figure.emission.unread.shape == (len(figure.emission.rows), 13)
    first = remedies(model_for(problem))[0]
    assert str(first[0].button) == "Set input_lengths = 21"
    assert model_for(first[1].problem.update(problem)).fits


def test_the_toy_without_room_is_given_frames() -> None:
    toy = Toy("aab", ("ε", "a", "b"), np.zeros((2, 3)))
    model = model_of(toy=toy)
    action = remedies(model)[0][1]
    assert model_of(toy=action.state.update(CTCState(toy=toy)).toy).fits


def test_an_alignment_of_probability_zero_is_told_apart_from_too_few_frames() -> None:
    logits = np.zeros((5, 3))
    logits[:, 1] = -np.inf
    with np.errstate(invalid="ignore"):
        model = model_of(toy=Toy("ab", ("ε", "a", "b"), logits))
    assert "probability of 0" in str(refusal(model).sentence)
    assert refusal(model).needed == ()
