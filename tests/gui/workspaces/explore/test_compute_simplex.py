from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.losses import CrossEntropyLoss, KLDivLoss, NLLLoss
from core.problem import Problem
from core.simplex import HEIGHT, centred_logits, softmax_step, to_barycentric
from gui.workspaces.explore.compute_simplex import GRID, LEVELS, SimplexResult, compute, request
from gui.workspaces.explore.present_simplex import present
from gui.workspaces.explore.state import ExploreState, RowProbe

P = np.array([0.22, 0.55, 0.23])
SIDE = 556  # px of an edge in the window


def probe(**changes) -> RowProbe:
    return replace(RowProbe(z=centred_logits(P), names=("cat", "dog", "fox"), target=0), **changes)


def result(loss, classes: RowProbe | None = None, **changes) -> SimplexResult:
    return compute(request(Problem(loss), ExploreState(classes=classes or probe(), **changes)))


def test_the_point_has_the_loss_and_gradient_of_torch() -> None:
    point = result(CrossEntropyLoss()).point
    assert point is not None
    assert point.row.value == pytest.approx(-np.log(0.22), rel=1e-6)
    np.testing.assert_allclose(point.row.gradient, P - [1, 0, 0], atol=1e-6)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_isolines_lie_where_the_loss_has_their_value(dtype) -> None:
    field = result(CrossEntropyLoss(), dtype=dtype).field
    assert field is not None
    assert [line.level for line in field.picture.isolines] == [level for level in LEVELS if level > 0]
    for isoline in field.picture.isolines:
        p = to_barycentric(np.concatenate(isoline.lines))[:, 0]
        assert np.abs(p - np.exp(-isoline.level)).max() * HEIGHT * SIDE < 0.3


def test_the_heat_is_the_loss_at_the_grids_points() -> None:
    field = result(CrossEntropyLoss(weight=np.array([2.0, 1.0, 1.0], np.float32))).field
    assert field is not None
    share = 24 / GRID
    assert field.picture.heat[24, 30] == pytest.approx(-2 * np.log(share), rel=1e-5)


def test_the_field_is_kept_while_only_the_point_moves() -> None:
    loss = CrossEntropyLoss()
    assert result(loss).field is result(loss, probe(z=np.zeros(3))).field
    assert result(loss).field is not result(loss, probe(target=1)).field


def test_softmax_twice_cannot_go_below_0_5514() -> None:
    found = result(CrossEntropyLoss(), probe(link="softmax"))
    assert found.field is not None
    assert found.field.floor == pytest.approx(np.log(1 + 2 / np.e), rel=1e-6)
    assert found.field.picture.reach is not None
    corners = to_barycentric(found.field.picture.reach)
    np.testing.assert_allclose(corners[0], [0.576117, 0.211942, 0.211942], atol=1e-6)
    assert corners[:, 0].max() == pytest.approx(0.576117, abs=1e-6)


def test_smoothing_moves_target_and_optimum_and_lifts_the_floor_to_the_entropy() -> None:
    field = result(CrossEntropyLoss(label_smoothing=0.1)).field
    assert field is not None
    q = np.array([0.9 + 0.1 / 3, 0.1 / 3, 0.1 / 3])
    np.testing.assert_allclose(field.target, q)
    np.testing.assert_allclose(field.best, q)
    assert field.floor == pytest.approx(-np.sum(q * np.log(q)))


def test_weights_pull_the_optimum_away_from_the_smoothed_target() -> None:
    weight = np.array([1, 1, 3], np.float32)
    field = result(CrossEntropyLoss(weight=weight, label_smoothing=0.1)).field
    assert field is not None
    q = weight * field.target
    np.testing.assert_allclose(field.best, q / q.sum())
    heat = field.picture.heat[np.add.outer(np.arange(GRID + 1), np.arange(GRID + 1)) <= GRID]
    assert field.floor is not None
    assert field.floor - 1e-6 <= heat.min() <= field.floor + 1e-3


def test_cross_entropy_is_entropy_plus_divergence() -> None:
    soft = np.array([0.6, 0.3, 0.1])
    point = result(CrossEntropyLoss(), probe(soft=soft), dtype="float64").point
    assert point is not None
    assert point.entropy + point.divergence == pytest.approx(point.row.value)
    kl = result(KLDivLoss(), probe(soft=soft, link="log_softmax"), dtype="float64").point
    assert kl is not None
    assert kl.row.value == pytest.approx(point.divergence)


def test_reverse_isolines_are_of_kl_with_the_roles_exchanged() -> None:
    soft = np.array([0.6, 0.3, 0.1])
    field = result(KLDivLoss(), probe(soft=soft, link="log_softmax", reverse=True)).field
    assert field is not None
    middle = next(line for line in field.picture.reverse if line.level == 0.25)
    p = to_barycentric(np.concatenate(middle.lines))
    p = p[p.min(axis=1) > 0.05]
    np.testing.assert_allclose(np.sum(p * np.log(p / soft), axis=1), 0.25, atol=2e-3)


def test_reverse_kl_of_a_hard_target_is_nowhere_finite_inside() -> None:
    asked = probe(link="log_softmax", reverse=True)
    found = result(KLDivLoss(), asked)
    assert found.field is not None
    assert found.field.picture.reverse == ()
    said = present(Problem(KLDivLoss()), ExploreState(classes=asked), found)
    assert said.figure is not None
    assert any("infinite" in str(note) for note in said.figure.notes)


def test_the_arrow_is_one_small_step_of_the_logits() -> None:
    point = result(CrossEntropyLoss(), rate=0.5).point
    assert point is not None
    np.testing.assert_allclose(point.step, softmax_step(P, -0.5 * (P - [1, 0, 0])), atol=1e-6)


def test_the_flow_has_400_steps_and_ends_lower() -> None:
    point = result(CrossEntropyLoss(), flow=True).point
    assert point is not None
    assert point.path is not None
    assert point.path.shape == (401, 3)
    np.testing.assert_allclose(point.path[0], P, atol=1e-6)
    assert np.all(np.diff(point.path[:, 0]) > 0)
    assert result(CrossEntropyLoss()).point.path is None


def test_probabilities_given_to_nll_make_a_map_below_zero() -> None:
    found = result(NLLLoss(), probe(link="softmax"))
    assert found.point is not None
    assert found.field is not None
    assert found.point.row.value == pytest.approx(-0.22, rel=1e-6)
    assert (found.field.picture.low, found.field.picture.high) == pytest.approx((-1, 0), abs=1e-5)


@pytest.mark.parametrize("count", [2, 5])
def test_another_number_of_classes_is_told_with_a_remedy(count) -> None:
    state = ExploreState(classes=RowProbe(z=np.arange(count) * 1.0, names=tuple("abcde"[:count]), target=1))
    problem = Problem(CrossEntropyLoss())
    model = present(problem, state, compute(request(problem, state)))
    assert model.figure is None
    assert model.empty is not None
    assert str(count) in str(model.empty.sentence)
    assert model.empty.button is not None


def test_a_target_that_the_loss_refuses_is_told() -> None:
    problem, state = Problem(CrossEntropyLoss()), ExploreState(classes=probe(target=7))
    model = present(problem, state, compute(request(problem, state)))
    assert model.figure is None
    assert model.empty is not None
    assert "7" in str(model.empty.sentence)


def test_the_bars_have_the_numbers_of_the_picture() -> None:
    problem, state = Problem(CrossEntropyLoss()), ExploreState(classes=probe())
    column = present(problem, state, compute(request(problem, state))).column
    assert column is not None
    assert [chart.labels for chart in column.charts] == [
        ("−0.32", "0.60", "−0.28"),
        ("0.22", "0.55", "0.23"),
        ("−0.780", "+0.550", "+0.230"),
    ]
    assert column.split is None
