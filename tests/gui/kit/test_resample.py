"""Coarse grids brought to fine ones."""

from __future__ import annotations

import numpy as np

from gui.kit.resample import cubic


def test_cubics_are_reproduced() -> None:
    def surface(size: int):
        x, y = np.meshgrid(np.linspace(-1, 1, size), np.linspace(-1, 1, size))
        return x**3 - 2 * y**3 + x * y**2

    np.testing.assert_allclose(cubic(surface(9), 61), surface(61), atol=1e-12)


def test_a_grid_of_the_right_size_is_left_alone() -> None:
    values = np.eye(61)
    assert cubic(values, 61) is values
