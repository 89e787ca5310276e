"""Levels of a surface and its shades."""

from __future__ import annotations

import numpy as np
import pytest

from gui.kit.isolines import is_bold, levels, relief

AXIS = np.linspace(-4, 5, 61)


def test_a_wide_positive_range_has_the_levels_of_the_picture() -> None:
    assert levels(0.4, 8.6) == (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
    assert [level for level in levels(0.4, 8.6) if is_bold(level, levels(0.4, 8.6))] == [0.5, 1, 2, 4, 8]


@pytest.mark.parametrize(("low", "high"), [(-5.0, 4.0), (10.43, 10.47), (7.0, 38.0), (0.0, 1e-3), (0.0, 1e6)])
def test_any_range_has_some_levels_but_not_many(low: float, high: float) -> None:
    found = levels(low, high)
    assert 4 <= len(found) <= 20
    assert all(low < level < high for level in found)


def test_a_flat_surface_has_none() -> None:
    assert levels(2.0, 2.0) == ()


def test_lines_lie_on_their_level() -> None:
    x, y = np.meshgrid(AXIS, AXIS)
    made = relief(AXIS, AXIS, np.hypot(x, y))
    assert made is not None
    for level, pieces in made.lines:
        for piece in pieces:
            np.testing.assert_allclose(np.hypot(*piece.T), level, atol=0.05)


def test_shades_rise_with_the_value_and_end_at_the_clip() -> None:
    x, y = np.meshgrid(AXIS, AXIS)
    made = relief(AXIS, AXIS, x + y)
    assert made is not None
    assert np.all(np.diff(made.shade.astype(int), axis=1) >= 0)
    assert made.shade[(x + y) >= made.clip].min() == 255
    assert made.shade[0, 0] == 0


def test_a_hole_is_left_out_and_nothing_but_holes_is_no_surface() -> None:
    x, y = np.meshgrid(AXIS, AXIS)
    holed = np.where(x > 2, np.inf, np.hypot(x, y))
    assert relief(AXIS, AXIS, holed) is not None
    assert relief(AXIS, AXIS, np.full_like(x, np.nan)) is None
