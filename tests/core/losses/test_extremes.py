"""The least and the greatest number of an array."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.losses.extremes import highest, lowest


@pytest.mark.parametrize("shape", [(), (1,), (7,), (3, 5), (2, 3, 4)])
def test_that_they_are_those_of_min_and_max(shape):
    array = np.random.default_rng(1).standard_normal(shape)
    for given in (array, np.asfortranarray(array)):
        assert (lowest(given), highest(given)) == (array.min(), array.max())


@pytest.mark.parametrize("at", [0, 3, 99])
def test_that_nan_is_both(at):
    array = np.arange(100.0)
    array[[50, 60]] = np.inf, -np.inf
    array[at] = np.nan
    assert math.isnan(lowest(array))
    assert math.isnan(highest(array))


def test_that_no_number_at_all_is_above_and_below_every_number():
    assert (lowest(np.empty((0, 3))), highest(np.empty((0, 3)))) == (math.inf, -math.inf)
