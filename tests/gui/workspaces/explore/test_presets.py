"""The presets: each evaluates, and what it says of itself is so."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import losses
from core.element_loss import element_loss, own_space
from core.row_loss import row_loss
from core.simplex import nearest
from gui.workspaces.explore.kinds import SCALAR_FAMILIES, tabs_of
from gui.workspaces.explore.presets import Preset, presets, sketch
from gui.workspaces.explore.state import MAX_PINS

ALL = presets()


def preset(key: str) -> Preset:
    (found,) = [each for each in ALL if each.key == key]
    return found


def of_number(loss: losses.Loss, shown: Preset, x: float | None = None) -> tuple[float, float]:
    probe = shown.state.scalar
    space = own_space(loss) if probe.axis == "input" else probe.axis
    value, slope = element_loss(loss, probe.y, space, np.float64).evaluate(probe.x if x is None else x)
    return float(value), float(slope)


def of_row(shown: Preset, z: np.ndarray | None = None) -> tuple[float, np.ndarray]:
    probe = shown.state.classes
    at = row_loss(shown.loss, probe.link, probe.target, probe.soft, probe.z.size, np.float64)
    value, slope = at.evaluate(np.atleast_2d(probe.z if z is None else z))
    return float(value[0]), slope[0]


@pytest.mark.parametrize("shown", [p for p in ALL if p.loss.family != "sequence"], ids=lambda p: p.key)
def test_that_a_preset_has_a_finite_loss(shown: Preset) -> None:
    value = of_number(shown.loss, shown)[0] if shown.loss.family in SCALAR_FAMILIES else of_row(shown)[0]
    assert math.isfinite(value)


@pytest.mark.parametrize("shown", ALL, ids=lambda p: p.key)
def test_that_a_preset_opens_on_a_tab_of_its_loss_with_room_for_its_pins(shown: Preset) -> None:
    assert shown.state.tab in tabs_of(shown.loss)
    assert len(shown.state.pins) <= MAX_PINS


def test_that_every_loss_begins_with_a_sketch_and_keys_are_unique() -> None:
    assert [p.key for p in ALL if p.sketch] == list(losses.LOSSES)
    assert len({p.key for p in ALL}) == len(ALL)
    assert all(sketch(name).loss.name == name for name in losses.LOSSES)


def test_that_the_outlier_costs_and_pulls_as_told() -> None:
    shown = preset("outlier")
    by_name = {loss.name: of_number(loss, shown) for loss in (shown.loss, *shown.state.pins)}
    assert by_name == {"SmoothL1Loss": (4.5, 1), "L1Loss": (5, 1), "MSELoss": (25, 10)}


def test_that_the_slope_stays_one_right_of_beta_and_shrinks_left_of_it() -> None:
    shown = preset("right-of-beta")
    y = shown.state.scalar.y
    assert of_number(shown.loss, shown)[1] == 1
    assert of_number(shown.loss, shown, y + 0.5)[1] == pytest.approx(0.5)
    assert shown.state.scalar.x - y > shown.loss.beta


def test_that_huber_would_be_twice_the_smooth_l1_shown() -> None:
    shown = preset("huber")
    assert of_number(shown.loss, shown)[0] == 2.0
    assert shown.loss.beta * of_number(shown.loss, shown)[0] == 4.0
    assert shown.loss.beta * (3 - shown.loss.beta / 2) == 4.0
    values = [of_number(losses.SmoothL1Loss(beta=beta), shown)[0] for beta in (0.5, 1.0, 2.0)]
    assert values == sorted(values, reverse=True)


def test_that_confidence_adds_one_to_the_loss_and_the_gradient_stays_below_one() -> None:
    shown = preset("confident-and-wrong")
    z = shown.state.classes.z
    value, slope = of_row(shown)
    surer, _ = of_row(shown, z + np.array([1.0, 0, 0, 0, 0]))
    assert math.exp(-value) < 0.001
    assert surer - value == pytest.approx(1, abs=0.01)
    assert np.abs(slope).max() < 1


def test_that_label_smoothing_has_its_floor_at_0_92() -> None:
    shown = preset("label-smoothing")
    best = np.log([0.02, 0.92, 0.02, 0.02, 0.02])
    value, slope = of_row(shown, best)
    assert value == pytest.approx(0.3897, abs=5e-5)
    np.testing.assert_allclose(slope, 0, atol=1e-12)
    too_sure, descent = of_row(shown)
    assert too_sure > value
    assert descent[shown.state.classes.target] > 0


def test_that_one_point_has_two_slopes() -> None:
    shown = preset("p-and-z")
    value, by_z = of_number(shown.loss, shown)
    p = 1 / (1 + math.exp(-shown.state.scalar.x))
    same, by_p = (float(v) for v in element_loss(shown.loss, 1.0, "probability", np.float64).evaluate(p))
    assert same == pytest.approx(value)
    assert (round(by_z, 2), round(by_p, 1)) == (-0.98, -55.6)


def test_that_nll_of_probabilities_is_minus_the_probability() -> None:
    shown = preset("nll-of-probabilities")
    z = shown.state.classes.z
    p = np.exp(z) / np.exp(z).sum()
    assert of_row(shown)[0] == pytest.approx(-p[shown.state.classes.target])
    assert of_row(sketch("NLLLoss"))[0] > 0


def test_that_swapping_the_arguments_of_kl_changes_it() -> None:
    assert of_row(preset("kl-swapped"))[0] == pytest.approx(0.4041, abs=5e-5)
    assert of_row(sketch("KLDivLoss"))[0] == pytest.approx(0.3765, abs=5e-5)


def test_that_no_logits_bring_softmax_twice_below_its_floor() -> None:
    shown = preset("softmax-twice")
    corners = np.log(nearest(np.eye(3), 1e-300))
    assert min(of_row(shown, z)[0] for z in corners) == pytest.approx(0.5514, abs=5e-5)
    assert of_row(shown)[0] > 0.5514


def test_that_weights_and_smoothing_want_the_wrong_class() -> None:
    shown = preset("weights-and-smoothing")
    probe = shown.state.classes
    value, slope = of_row(shown)
    p = np.exp(probe.z) / np.exp(probe.z).sum()
    np.testing.assert_allclose(slope, 0, atol=1e-12)
    assert probe.names[int(np.argmax(p))] == "fox" != probe.names[probe.target]
    assert round(float(p[2]), 3) == 0.775
    assert all(of_row(shown, probe.z + step)[0] > value for step in 0.1 * np.eye(3))


def test_that_the_sketches_of_the_binary_losses_slope_as_told() -> None:
    bce, logits = sketch("BCELoss"), sketch("BCEWithLogitsLoss")
    assert of_number(bce.loss, bce)[0] == pytest.approx(-math.log(0.2))
    assert of_number(logits.loss, logits)[1] == pytest.approx(1 / (1 + math.exp(2)) - 1)


def test_that_the_sketch_of_kl_is_zero_where_the_softmax_is_the_target() -> None:
    shown = sketch("KLDivLoss")
    assert of_row(shown, np.log(shown.state.classes.soft))[0] == pytest.approx(0, abs=1e-12)
