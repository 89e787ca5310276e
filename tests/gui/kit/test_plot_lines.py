"""Curves keep their shape with few points."""

from __future__ import annotations

import numpy as np

from gui.kit.plot_lines import TOLERANCE, polylines


def vertices(polygon):
    return np.array([(point.x(), point.y()) for point in polygon])


def gap(x, y, polygon):
    kept = vertices(polygon)
    return float(np.max(np.abs(np.interp(x, kept[:, 0], kept[:, 1]) - y)))


def test_a_straight_line_is_two_points():
    x = np.linspace(0, 700, 1000)
    assert len(polylines(x, 0.3 * x)[0]) == 2


def test_a_parabola_is_kept_within_the_tolerance_by_a_tenth_of_its_points():
    x = np.linspace(0, 700, 1000)
    y = (x - 300) ** 2 / 800
    (polygon,) = polylines(x, y)
    assert len(polygon) < 150
    assert gap(x, y, polygon) < 2 * TOLERANCE


def test_a_corner_stays_where_it_is_even_between_neighbouring_floats():
    x = np.sort(np.concatenate([np.linspace(0, 700, 1001), [333.3, np.nextafter(333.3, 0), np.nextafter(333.3, 999)]]))
    y = np.abs(x - 333.3)
    (polygon,) = polylines(x, y)
    assert len(polygon) <= 5
    assert gap(x, y, polygon) < TOLERANCE


def test_nan_cuts_a_curve_into_pieces():
    x = np.arange(10.0)
    y = x.copy()
    y[[0, 4]] = np.nan
    first, second = polylines(x, y)
    assert vertices(first)[[0, -1], 0].tolist() == [1, 3]
    assert vertices(second)[[0, -1], 0].tolist() == [5, 9]


def test_nothing_but_nan_is_no_piece():
    assert polylines(np.arange(3.0), np.full(3, np.nan)) == []
