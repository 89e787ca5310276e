"""What the bars say about themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.losses import CrossEntropyLoss, KLDivLoss, NLLLoss
from core.problem import Problem
from gui.kit.row_figures import REST
from gui.workspaces.explore.compute_bars import compute, request
from gui.workspaces.explore.present_bars import BarsModel, present
from gui.workspaces.explore.state import ExploreState, RowProbe

SOFT = np.array([0.2, 0.5, 0.1, 0.2, 0.0])
WEIGHT = np.array([1.0, 2.5, 1.0, 1.0, 100.0])


def model_of(loss, **changes: object) -> BarsModel:
    state = ExploreState(tab="bars", classes=replace(RowProbe(), **changes))
    problem = Problem(loss)
    return present(problem, state, compute(request(problem, state)))


@pytest.mark.parametrize(
    ("loss", "changes", "formula"),
    [
        (CrossEntropyLoss(label_smoothing=0.1), {}, "p − q"),
        (CrossEntropyLoss(), {"soft": 2 * SOFT}, "(Σ q) p − q"),
        (CrossEntropyLoss(weight=WEIGHT), {}, "w[y] (p − q)"),
        (CrossEntropyLoss(weight=WEIGHT, label_smoothing=0.1), {}, "(Σ w q) p − w q"),
        (CrossEntropyLoss(), {"link": "softmax"}, "p (g − Σ p g), g = softmax(p) − q"),
        (NLLLoss(), {"link": "log_softmax"}, "p − q"),
        (NLLLoss(), {"link": "softmax"}, "p (Σ p q − q)"),
        (NLLLoss(weight=WEIGHT), {"link": "none"}, "−w q"),
        (KLDivLoss(), {"link": "log_softmax", "soft": SOFT}, "p − q"),
        (CrossEntropyLoss(ignore_index=1), {}, "0"),
    ],
)
def test_the_formula_over_the_gradient_gives_the_bars_under_it(loss, changes, formula) -> None:
    bars = model_of(loss, **changes).bars
    assert str(bars.gradient.caption) == f"∂ℓ/∂z = {formula}"
    p = np.exp(bars.logits.values) / np.exp(bars.logits.values).sum()
    q = np.zeros(5) if bars.probabilities.marks is None else bars.probabilities.marks
    w = np.ones(5) if getattr(loss, "weight", None) is None else WEIGHT
    g = np.exp(p) / np.exp(p).sum() - q
    expected = {
        "p − q": p - q,
        "(Σ q) p − q": q.sum() * p - q,
        "w[y] (p − q)": w[1] * (p - q),
        "(Σ w q) p − w q": (w * q).sum() * p - w * q,
        "p (g − Σ p g), g = softmax(p) − q": p * (g - p @ g),
        "p (Σ p q − q)": p * (p @ q - q),
        "−w q": -w * q,
        "0": 0 * p,
    }[formula]
    np.testing.assert_allclose(bars.gradient.values, expected, rtol=2e-5, atol=1e-6)


def test_weights_show_where_the_optimum_is() -> None:
    panel = model_of(CrossEntropyLoss(weight=WEIGHT, label_smoothing=0.1)).bars.probabilities
    assert panel.optima is not None
    assert "optimum" in str(panel.caption)
    assert panel.optima[4] == pytest.approx(2 / 4.36, rel=1e-6)


def test_equal_weights_move_no_optimum() -> None:
    assert model_of(CrossEntropyLoss(weight=np.full(5, 3.0))).bars.probabilities.optima is None


def test_only_distributions_can_be_dragged() -> None:
    assert model_of(KLDivLoss(), link="log_softmax").bars.movable_target
    assert model_of(CrossEntropyLoss(), soft=SOFT).bars.movable_target
    assert not model_of(CrossEntropyLoss()).bars.movable_target
    assert not model_of(NLLLoss(), soft=SOFT).bars.movable_target


@pytest.mark.parametrize("count", [2, 5, 10, 60])
def test_up_to_sixty_classes_have_a_column_each(count: int) -> None:
    z = np.random.default_rng(count).normal(0, 2, count)
    bars = model_of(CrossEntropyLoss(), z=z, names=tuple(map(str, range(count)))).bars
    assert [column.index for column in bars.columns] == list(range(count))


def test_of_a_thousand_classes_the_likely_ones_are_shown_and_the_rest_in_sum() -> None:
    z = np.random.default_rng(0).normal(0, 2, 1000)
    model = model_of(CrossEntropyLoss(), z=z, names=tuple(map(str, range(1000))), target=17, focus=700, pair=(3, 5))
    shown = [column.index for column in model.bars.columns]
    assert {17, 700, 3, 5, int(np.argmax(z))} <= set(shown)
    assert shown[-1] == REST
    assert str(model.bars.columns[-1].name) == f"other {1000 - len(shown) + 1}"
    assert len(shown) < 32
    assert model.bars.probabilities.values.sum() == pytest.approx(1, abs=1e-5)
    assert model.bars.gradient.values.sum() == pytest.approx(0, abs=1e-5)


def test_axes_grow_with_what_they_show() -> None:
    bars = model_of(CrossEntropyLoss(weight=WEIGHT), z=np.array([7.3, 0, 0, 0, -9]), target=4).bars
    assert (bars.logits.low, bars.logits.high) == (-10, 8)
    assert (bars.gradient.low, bars.gradient.high) == (-100, 100)


def test_the_table_has_a_row_for_each_column_and_marks_the_target() -> None:
    table = model_of(CrossEntropyLoss(label_smoothing=0.1)).table
    assert [(row.name, row.p, row.q, row.gradient, row.is_target) for row in table][:2] == [
        ("cat", "0.569", "0.020", "+0.549", False),
        ("dog", "0.283", "0.920", "−0.637", True),
    ]


def test_the_axis_of_the_target_is_named_as_such() -> None:
    figure = model_of(CrossEntropyLoss()).slice
    assert figure is not None
    assert (str(figure.x.text), figure.x.is_target) == ("z₀ · cat", False)
    assert (str(figure.y.text), figure.y.is_target) == ("z₁ · dog (target)", True)


def test_the_long_arrow_points_down_the_gradient() -> None:
    model = model_of(CrossEntropyLoss(label_smoothing=0.1))
    assert model.slice is not None
    assert model.slice.step is not None
    way = np.subtract(model.slice.step, model.slice.probe)
    gradient = model.bars.gradient.values[:2]
    assert np.dot(way, -gradient) == pytest.approx(np.linalg.norm(way) * np.linalg.norm(gradient))
