"""What is drawn and said beside the curves."""

from __future__ import annotations

import numpy as np
import pytest

import core.losses as nn
from core.problem import Problem
from gui.workspaces.explore.compute_curve import compute, request
from gui.workspaces.explore.present_curve import present, read_out
from gui.workspaces.explore.state import ExploreState, RowProbe, ScalarProbe


def model_of(loss, state=None):
    state = state or ExploreState()
    problem = Problem(loss)
    return present(problem, state, compute(request(problem, state)))


PINNED = ExploreState(pins=(nn.L1Loss(), nn.MSELoss()))


def test_the_table_compares_all_losses_at_the_probe():
    table = model_of(nn.SmoothL1Loss(), PINNED).table
    assert [(row.name, row.role, row.loss_text, row.slope_text) for row in table] == [
        ("SmoothL1", "loss", "0.2450", "+0.7000"),
        ("L1", "p1", "0.7000", "+1.0000"),
        ("MSE", "p2", "0.4900", "+1.4000"),
    ]


def test_the_path_is_a_sentence():
    assert str(model_of(nn.SmoothL1Loss()).path) == "Step 0.5: x 1.20 → 0.85, loss 0.245 → 0.061."
    assert str(model_of(nn.CrossEntropyLoss()).path).startswith("Step 0.5 of all scores: loss 1.263 → ")


def test_smooth_l1_has_a_zone_two_branch_points_and_no_kink():
    figure = model_of(nn.SmoothL1Loss()).figure
    assert (figure.zone.low, figure.zone.high) == (-0.5, 1.5)
    words = {handle.key: str(handle.title) for handle in figure.handles}
    assert words["beta+"] == "Branch point at y + β = 1.50"
    assert words["beta-"] == "Branch point at y − β = −0.50"
    assert [str(aside.text) for aside in figure.value.asides] == ["linear, slope −1", "linear, slope +1"]
    assert figure.slope.dots == ()


def test_the_kink_of_l1_has_two_open_ends_and_the_value_that_torch_returns():
    figure = model_of(nn.L1Loss()).figure
    dots = {(dot.y, dot.closed): dot.note for dot in figure.slope.dots}
    assert set(dots) == {(-1.0, False), (1.0, False), (0.0, True)}
    assert str(dots[0.0, True]) == "PyTorch returns 0 here"
    assert figure.value.dots == ()
    assert np.isnan(figure.slope.lines[0].y[figure.slope.lines[0].x == 0.5]).all()


def test_the_clamp_of_bce_is_marked_at_both_edges():
    figure = model_of(nn.BCELoss(), ExploreState(scalar=ScalarProbe(0.2, 1.0))).figure
    (value,), (slope,) = figure.value.edges, figure.slope.edges
    assert (value.x, value.up, str(value.text)) == (0.0, True, "100.0 at p = 0: log clamped")
    assert (slope.x, slope.up, str(slope.text)) == (0.0, False, "−1.0e12 at p = 0")


def test_the_jump_of_bce_over_logits_is_an_open_and_a_closed_dot():
    figure = model_of(nn.BCELoss(), ExploreState(scalar=ScalarProbe(18.0, 0.0, "logit"))).figure
    assert [(round(dot.y, 1), dot.closed) for dot in figure.value.dots] == [(15.9, False), (100.0, True)]
    assert [(round(dot.y, 1), dot.closed) for dot in figure.slope.dots] == [(1.0, False), (0.0, True)]


def test_an_infinite_loss_is_a_triangle_and_a_badge_that_says_inf():
    figure = model_of(nn.MSELoss(), ExploreState(scalar=ScalarProbe(300, 0), dtype="float16")).figure
    assert figure.value.badge == "inf"
    assert figure.tangent is None
    assert [(round(mark.x), mark.text, mark.role) for mark in figure.value.edges] == [
        (-256, "inf", "err"),
        (256, "inf", "err"),
    ]


def test_the_target_of_a_hard_label_stands_at_the_end_of_the_logit_axis():
    for y, end in ((0.0, -np.inf), (1.0, np.inf)):
        figure = model_of(nn.BCEWithLogitsLoss(), ExploreState(scalar=ScalarProbe(1.0, y))).figure
        (target,) = (handle for handle in figure.handles if handle.key == "target")
        assert (target.x, target.endless) == (end, True)


def test_two_losses_of_one_kind_are_told_apart():
    names = [row.name for row in model_of(nn.SmoothL1Loss(), ExploreState(pins=(nn.SmoothL1Loss(beta=0.3),))).table]
    assert names == ["SmoothL1", "SmoothL1 beta 0.30"]


def test_a_loss_behind_a_sigmoid_says_so():
    state = ExploreState(scalar=ScalarProbe(0.5, 1.0, "logit"), pins=(nn.MSELoss(), nn.BCEWithLogitsLoss()))
    assert [row.name for row in model_of(nn.BCELoss(), state).table] == ["BCE ∘ σ", "MSE ∘ σ", "BCEWithLogits"]


def test_the_read_out_gives_core_s_numbers_and_the_difference_quotient():
    read = read_out(model_of(nn.SmoothL1Loss(), PINNED), 3.0)
    rows = {str(row.name): row.texts for row in read.rows}
    assert read.x == pytest.approx(3.0, abs=0.01)
    assert float(rows["SmoothL1"][0]) == pytest.approx(read.x - 1, abs=1e-4)
    assert rows["SmoothL1"][1] == rows["L1"][1] == "+1.0000"
    assert rows["finite difference"] == ("", "+1.0000")
    assert [str(row.name) for row in read.rows][-2:] == ["MSE", "L1"]


@pytest.mark.parametrize("loss", [nn.CrossEntropyLoss(), nn.NLLLoss(), nn.KLDivLoss()])
def test_a_class_curve_names_its_class(loss):
    link = "none" if loss.name == "CrossEntropyLoss" else "log_softmax"
    model = model_of(loss, ExploreState(classes=RowProbe(link=link, focus=2)))
    assert str(model.figure.x_title) == "score of class fox, the others fixed"
    assert [handle.key for handle in model.figure.handles] == ["probe"]
    assert str(model.figure.handles[0].label) == "z(fox) = −0.60"
    assert model.strip.plain
    assert model.gradient_norm > abs(model.table[0].slope)


def test_a_refused_target_is_a_notice_with_its_note():
    model = model_of(nn.BCELoss(), ExploreState(scalar=ScalarProbe(0.5, 1.5)))
    assert "1.5" in str(model.figure.notice)
    assert model.figure.handles == ()
    assert model.notes[0].severity == "error"
    assert model.table == ()
    assert read_out(model, 0.5) is None


def test_the_description_has_names_and_numbers():
    assert str(model_of(nn.SmoothL1Loss()).figure.description) == (
        "SmoothL1 along input x (prediction): at 1.20 the loss is 0.2450, the gradient +0.7000."
    )
