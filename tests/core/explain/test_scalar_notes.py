"""What is said of one number is true, and said where it is."""

from __future__ import annotations

import numpy as np
import pytest

import core.losses as nn
from core.element_loss import element_loss
from core.explain.scalar_notes import notes
from core.explain.scalar_point import scalar_point


def said(loss, x, y, space="number", dtype=np.float32):
    found = notes(scalar_point(element_loss(loss, y, space, dtype), x))
    return {str(note.title): (note.severity, str(note.message)) for note in found}


def test_inside_the_zone_smooth_l1_is_half_of_mse_and_huber():
    titles = said(nn.SmoothL1Loss(), 1.2, 0.5)
    assert titles["Quadratic zone"][0] == "hint"
    assert "0.2450. MSE, without ½, is 0.4900" in titles["Half of MSE here, not equal"][1]
    assert titles["Same as Huber with δ = β"][0] == "ok"


@pytest.mark.parametrize(
    ("beta", "title"), [(0.5, "Equal to MSE here, for 2β = 1"), (2.0, "MSE ÷ 4.00 here, not equal")]
)
def test_the_share_of_mse_follows_beta(beta, title):
    assert title in said(nn.SmoothL1Loss(beta=beta), 0.6, 0.5)


def test_other_betas_are_not_huber():
    titles = said(nn.SmoothL1Loss(beta=0.5), 3.5, 0.5)
    assert "Same as Huber with δ = β" not in titles
    assert "1.3750 here" in titles["Huber is β times this"][1]  # 0.5 · (3 − 0.25)
    assert "0.25 below L1, which is 3.0000" in titles["L1 less a constant here"][1]


def test_where_the_branches_meet_it_is_a_branch_point_and_no_kink():
    assert set(said(nn.SmoothL1Loss(), 1.5, 0.5)) == {"Branch point", "Same as Huber with δ = β"}


def test_extreme_betas_are_named():
    assert {"Exactly L1", "Kink"} <= set(said(nn.SmoothL1Loss(beta=0), 0.5, 0.5))
    assert "Nothing to learn from" in said(nn.SmoothL1Loss(beta=np.inf), 1.0, 0.5)


def test_l1_has_a_kink_only_at_the_target():
    assert set(said(nn.L1Loss(), 0.5, 0.5)) == {"Kink"}
    assert set(said(nn.L1Loss(), 0.6, 0.5)) == {"One push for every error"}
    assert said(nn.L1Loss(), np.nan, 0.5)["The gradient hides a nan"][0] == "warning"


def test_a_square_that_overflows_is_a_warning_with_its_finite_gradient():
    severity, message = said(nn.MSELoss(), 300.0, 0.0, dtype=np.float16)["The square overflows float16"]
    assert severity == "warning"
    assert "+600" in message
    assert "The square overflows float32" not in said(nn.MSELoss(), 300.0, 0.0)


def test_the_clamp_is_told_with_value_and_gradient():
    assert "loss 100.0, gradient −1.0e12" in said(nn.BCELoss(), 0.0, 1.0, "probability")["Clamped at 100"][1]
    assert "Clamped at 100" not in said(nn.BCELoss(), 0.0, 0.0, "probability")


def test_the_dead_zone_is_told_where_a_gradient_is_missing_and_only_there():
    titles = said(nn.BCELoss(), 17.0, 0.0, "logit")
    assert (
        "From z = 16.64 on the gradient is 0; BCEWithLogitsLoss gives +1.0000"
        in (titles["Dead zone: sigmoid rounds to 1 in float32"][1])
    )
    assert not [title for title in said(nn.BCELoss(), 17.0, 1.0, "logit") if title.startswith("Dead zone")]
    assert not [title for title in said(nn.BCELoss(), 16.0, 0.0, "logit") if title.startswith("Dead zone")]
    assert "The gradient is lost in σ" in said(nn.BCELoss(), -40.0, 1.0, "logit")


def test_the_gradient_over_logits_is_p_minus_y_where_nothing_is_weighted():
    assert "0.731 − 0.000 = +0.731" in said(nn.BCEWithLogitsLoss(), 1.0, 0.0, "logit")["The gradient is p − y"][1]
    weighted = nn.BCEWithLogitsLoss(pos_weight=np.array([3.0]))
    assert "The gradient is p − y" not in said(weighted, 1.0, 1.0, "logit")


def test_a_soft_target_has_its_entropy_as_floor():
    assert "0.6109" in said(nn.BCELoss(), 0.5, 0.3, "probability")["A soft target has a floor"][1]
    assert "A soft target has a floor" not in said(nn.BCELoss(), 0.5, 1.0, "probability")


def test_targets_beyond_1_are_a_warning_under_logits():
    assert said(nn.BCEWithLogitsLoss(), 1.0, 2.0, "logit")["The target is outside [0, 1]"][0] == "warning"


def test_weights_are_told_as_factors_that_stay():
    assert "Positives weigh 3.00" in said(nn.BCEWithLogitsLoss(pos_weight=np.array([3.0])), 1.0, 1.0, "logit")
    assert "The weight does not cancel" in said(nn.BCELoss(weight=np.array([2.0])), 0.5, 1.0, "probability")


def test_what_the_loss_refuses_is_an_error():
    severity, message = said(nn.BCELoss(), 0.5, 1.5, "probability")["The loss refuses these numbers"]
    assert severity == "error"
    assert "1.5" in message


def test_warnings_come_before_hints():
    found = notes(scalar_point(element_loss(nn.MSELoss(), 0.0, "number", np.float16), 300.0))
    assert [note.severity for note in found] == sorted((note.severity for note in found), reverse=True)
