"""Scales, zooming, panning, rounding and snapping."""

from __future__ import annotations

import math

import numpy as np
import pytest

from gui.kit.figures import Frame
from gui.kit.plot_frame import panned, round_step, rounded, snapped, zoomed
from gui.kit.plot_scale import FARTHEST, Layout, Scale

FRAME = Frame((-3, 4), (-0.15, 3.6), (-2.3, 2.3))


def test_a_scale_goes_to_pixels_and_back():
    scale = Scale((-3, 4), (64, 812))
    assert scale.from_px(scale.to_px(1.2)) == pytest.approx(1.2)
    assert scale.per_pixel == pytest.approx(7 / 748)


def test_infinities_stay_countable_and_nan_stays_nan():
    scale = Scale((0, 1), (0, 100))
    assert scale.to_px(math.inf) == FARTHEST
    assert math.isnan(scale.to_px(math.nan))
    assert np.isnan(scale.all_to_px(np.array([np.inf, np.nan]))).all()


def test_both_plots_share_their_columns():
    layout = Layout.of(916, 636, FRAME)
    assert (layout.value.left(), layout.value.right()) == (layout.slope.left(), layout.slope.right()) == (64, 812)
    assert layout.plot_at(layout.value.center().y()) == "value"
    assert layout.plot_at(layout.slope.center().y()) == "slope"
    assert layout.plot_at(layout.value.bottom() + 20) is None


def test_zooming_keeps_what_is_under_the_mouse():
    closer = zoomed(FRAME, 1.2, 0.5)
    assert closer.x == (pytest.approx(-0.9), pytest.approx(2.6))
    assert (closer.value, closer.slope) == (FRAME.value, FRAME.slope)


def test_zooming_has_ends():
    frame = FRAME
    for _ in range(200):
        frame = zoomed(frame, 1.0, 0.5)
    assert frame.x[1] - frame.x[0] > 0
    for _ in range(400):
        frame = zoomed(frame, 1.0, 2.0)
    assert frame.x[1] - frame.x[0] < 1e8


def test_panning_moves_the_axis_and_only_the_plot_that_is_held():
    moved = panned(FRAME, 1.0, 0.5, "slope")
    assert moved.x == (-2, 5)
    assert moved.value == FRAME.value
    assert moved.slope == (pytest.approx(-1.8), pytest.approx(2.8))


def test_numbers_are_as_round_as_a_pixel_allows():
    assert rounded(0.850013, 7 / 748) == 0.85
    assert rounded(70.1234, 208 / 748) == 70.1
    assert round_step(7 / 748) == pytest.approx(0.01)
    assert rounded(-1e-9, 0.01) == 0.0


def test_values_catch_within_five_pixels():
    assert snapped(0.53, (0.5, 2.0), 0.01) == 0.5
    assert snapped(0.56, (0.5, 2.0), 0.01) == 0.56
    assert snapped(0.56, (), 0.01) == 0.56
