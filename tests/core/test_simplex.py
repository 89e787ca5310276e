from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.links import apply_link
from core.losses import CrossEntropyLoss, KLDivLoss, NLLLoss
from core.row_loss import row_loss
from core.simplex import (
    CORNERS,
    FLOOR,
    Slope,
    before_softmax,
    centred_logits,
    descend,
    nearest,
    softmax_step,
    to_barycentric,
    to_plane,
    triangle_grid,
)

P = np.array([0.22, 0.55, 0.23])
coordinates = st.lists(st.floats(-2, 2), min_size=3, max_size=3).map(lambda v: np.array(v) + (1 - sum(v)) / 3)


def test_the_triangle_is_equilateral_with_sides_of_length_1() -> None:
    sides = [np.linalg.norm(CORNERS[a] - CORNERS[b]) for a, b in ((0, 1), (1, 2), (2, 0))]
    np.testing.assert_allclose(sides, 1)


def test_plane_and_barycentric_coordinates_are_inverse() -> None:
    p = np.array([P, [1, 0, 0], [1.3, -0.5, 0.2]])
    np.testing.assert_allclose(to_barycentric(to_plane(p)), p, atol=1e-15)


@given(coordinates)
def test_nearest_is_on_the_simplex_and_no_point_of_it_is_nearer(p: np.ndarray) -> None:
    found = nearest(p, 0.0)
    assert found.sum() == pytest.approx(1)
    assert found.min() >= 0
    inside, _ = triangle_grid(20)
    assert np.linalg.norm(found - p) <= np.linalg.norm(inside - p, axis=-1).min() + 1e-9


def test_nearest_keeps_every_entry_above_the_floor() -> None:
    np.testing.assert_allclose(nearest(np.array([1.2, -0.1, -0.1])), [1 - 2 * FLOOR, FLOOR, FLOOR])


def test_a_point_inside_is_its_own_nearest() -> None:
    np.testing.assert_allclose(nearest(P), P, rtol=1e-12)


def test_centred_logits_have_mean_0_and_give_p_back() -> None:
    z = centred_logits(P)
    assert z.mean() == pytest.approx(0, abs=1e-15)
    np.testing.assert_allclose(apply_link("softmax", z), P, rtol=1e-12)


def test_before_softmax_undoes_the_second_softmax() -> None:
    np.testing.assert_allclose(before_softmax(apply_link("softmax", P)), P, atol=1e-12)


def test_a_second_softmax_reaches_no_further_than_0_576() -> None:
    reached = apply_link("softmax", np.eye(3))
    np.testing.assert_allclose(reached[0], [0.576117, 0.211942, 0.211942], atol=1e-6)
    np.testing.assert_allclose(before_softmax(np.array([0.9, 0.05, 0.05])), [1, 0, 0], atol=3e-6)


def test_a_softmax_step_is_the_derivative_of_softmax() -> None:
    z, dz = centred_logits(P), np.array([0.3, -0.2, 0.1])
    difference = (apply_link("softmax", z + 1e-6 * dz) - apply_link("softmax", z - 1e-6 * dz)) / 2e-6
    np.testing.assert_allclose(softmax_step(P, dz), difference, atol=1e-9)


def test_the_grid_covers_the_triangle_with_probability_vectors() -> None:
    p, xy = triangle_grid(10)
    np.testing.assert_allclose(p.sum(axis=-1), 1)
    np.testing.assert_allclose(xy[10, 0], CORNERS[0])
    np.testing.assert_allclose(to_plane(p[3, 4]), xy[3, 4], atol=1e-5)
    assert not p.flags.writeable


@pytest.mark.parametrize(
    ("loss", "link", "soft"),
    [
        (CrossEntropyLoss(), "none", None),
        (CrossEntropyLoss(), "log_softmax", None),
        (CrossEntropyLoss(), "softmax", None),
        (CrossEntropyLoss(weight=np.array([1.0, 2.0, 0.5]), label_smoothing=0.1), "none", None),
        (CrossEntropyLoss(weight=np.array([1.0, 2.0, 0.5])), "softmax", np.array([0.6, 0.3, 0.1])),
        (NLLLoss(), "log_softmax", None),
        (NLLLoss(), "none", None),
        (NLLLoss(), "softmax", None),
        (KLDivLoss(), "log_softmax", np.array([0.6, 0.3, 0.1])),
        (KLDivLoss(), "softmax", np.array([0.6, 0.3, 0.1])),
    ],
)
def test_the_descent_in_plain_floats_follows_the_losses_own_gradients(loss, link, soft) -> None:
    row = row_loss(loss, link, 0, soft, 3, np.float64)
    z = centred_logits(P)
    mass = tuple(row.weighted.tolist())
    path = descend(tuple(z.tolist()), Slope(mass, loss.name == "CrossEntropyLoss"), link, 0.1, 50)
    for reached in path:
        np.testing.assert_allclose(reached, z, atol=1e-12)
        z = z - 0.1 * row.evaluate(z[None])[1][0]
