"""Labels at the ends of curves do not lie on each other."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from gui.kit.plot_labels import APART, EndLabel, spread

rows = st.lists(st.floats(0, 300), min_size=1, max_size=4)


@settings(deadline=None, derandomize=True)
@given(rows)
def test_labels_keep_their_distance_and_order_inside_the_plot(wishes):
    labels = [EndLabel(y, "loss", "name", "1.0") for y in wishes]
    placed = spread(labels, 5, 285)
    order = sorted(range(len(wishes)), key=lambda i: wishes[i])
    for before, after in pairwise(order):
        assert placed[after] - placed[before] >= 2 * APART - 1e-9
    assert min(placed) >= 5 - 1e-9
    assert max(placed) <= 285 + APART


def test_a_label_alone_stands_where_its_curve_ends():
    assert spread([EndLabel(120.0, "loss", "L1", "")], 0, 300) == [120.0]
