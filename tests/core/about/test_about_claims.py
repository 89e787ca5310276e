"""Every number that a card states, computed again by core."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize, minimize_scalar

from core import losses
from core.about import ABOUT, About
from core.links import apply_link, pull_back, sigmoid
from core.text import Text

Claims = dict[str, Callable[[], float]]
OUTLIER = np.array([0.0, 0.0, 1.0, 1.0, 100.0])
HALF, SURE = np.array([0.5, 0.5]), np.array([0.9, 0.1])
LN_HALF = np.log([[0.5, 0.5]])


def loss_of(loss: Any, input: Any, target: Any) -> float:
    return float(loss.evaluate(np.asarray(input), np.asarray(target)).value)


def grad_of(loss: Any, input: Any, target: Any) -> Any:
    return loss.evaluate(np.asarray(input), np.asarray(target)).grad


def best_constant(loss: Any) -> float:
    def at(c: float) -> float:
        return loss_of(loss, np.full(5, c), OUTLIER)

    found = minimize_scalar(at, bounds=(-1, 101), method="bounded", options={"xatol": 1e-9})
    return float(found.x)


def outlier_share(loss: Any) -> float:
    grad = np.abs(grad_of(loss, [1.0, 1.0, 100.0], [0.0, 0.0, 0.0]))
    return 100 * grad[-1] / grad.sum()


def smoothing_floor(classes: int) -> float:
    q = np.full(classes, 0.1 / classes)
    q[0] += 0.9
    return loss_of(losses.CrossEntropyLoss(label_smoothing=0.1), np.log(q)[None], np.array([0]))


def wrong_optimum(c: int) -> float:
    loss: Any = losses.CrossEntropyLoss(weight=np.array([1.0, 1.0, 100.0]), label_smoothing=0.1, reduction="sum")

    def at(z: Any) -> tuple[float, Any]:
        result = loss.evaluate(z[None], np.array([0]))
        return float(result.value), result.grad[0]

    z = minimize(at, np.zeros(3), jac=True, tol=1e-12).x
    return float(apply_link("softmax", z)[c])


def softmax_twice_floor(classes: int) -> float:
    return loss_of(losses.CrossEntropyLoss(), np.eye(classes)[:1], np.array([0]))


def chain(what: str) -> float:
    z = np.array([17.0], np.float32)
    result = losses.BCELoss().evaluate(apply_link("sigmoid", z), np.zeros(1, np.float32))
    return float(result.value) if what == "loss" else float(pull_back("sigmoid", z, result.grad)[0])


def rounds_to_one(dtype: Any) -> float:
    """The least z whose sigmoid is 1: computed in float32 or wider and rounded, as torch does."""
    wide = np.float32 if np.dtype(dtype).itemsize < 4 else dtype
    low, high = 1.0, 64.0
    while np.nextafter(dtype(low), dtype(high)) < dtype(high):
        middle = dtype((low + high) / 2)
        low, high = (low, middle) if dtype(sigmoid(np.asarray(middle, wide))) == 1 else (middle, high)
        low, high = float(low), float(high)
    return high


def squared_on_sigmoid_is_weaker() -> float:
    z = np.array([-10.0])
    squared = pull_back("sigmoid", z, grad_of(losses.MSELoss(), sigmoid(z), [1.0]))
    return float(grad_of(losses.BCEWithLogitsLoss(), z, [1.0])[0] / squared[0])


def precision(threshold: float) -> float:
    scores, yes = np.array([0.9, 0.8, 0.7, 0.6]), np.array([False, True, True, False])
    return float(np.mean(yes[scores > threshold]))


def ctc(log_probs: Any, targets: Any, **settings: Any) -> Any:
    log_probs = np.asarray(log_probs, np.float64)
    return losses.CTCLoss(**settings).evaluate(log_probs, np.asarray(targets), len(log_probs), len(targets))


def least_frames_of_hello88() -> float:
    targets = np.array([1, 2, 3, 3, 4, 5, 5])
    finite = [T for T in range(1, 20) if np.isfinite(ctc(np.full((T, 6), -math.log(6)), targets).value)]
    return float(min(finite))


def blank_share() -> float:
    result = ctc(np.full((50, 28), -math.log(28)), np.arange(1, 6), reduction="sum")
    return float(np.mean(1 / 28 - result.grad_logits.reshape(50, 28)[:, 0]))


def silenced_mean() -> float:
    """One text that cannot fit beside one of loss 6 with 3 labels: 4 frames of one class each, e^-6 in all."""
    log_probs = np.full((3, 2, 4), -math.inf)
    log_probs[np.arange(3), :, [1, 2, 3]] = -2.0
    targets = np.array([[1, 1, 2], [1, 2, 3]])
    loss = losses.CTCLoss(zero_infinity=True)
    return float(loss.evaluate(log_probs, targets, np.array([3, 3]), np.array([3, 3])).value)


BROADCAST = np.arange(4.0)
NLL_PAIR = (np.array([[-1.0, 0.0], [0.0, -2.5]]), np.array([0, 1]))
RARE = np.array([1.0, 4.0])
PROBS = np.array([[0.88, 0.12], [0.51, 0.49]])
T_AND_Q = (np.log(SURE)[None], HALF[None])

WEIGHTED: Claims = {
    "weighted": lambda: loss_of(losses.NLLLoss(weight=RARE), *NLL_PAIR),
    "plain": lambda: float(np.mean(losses.NLLLoss(weight=RARE).evaluate(*NLL_PAIR).elements)),
}
CANCELS: Claims = {"value": lambda: loss_of(losses.NLLLoss(weight=np.array([10.0, 1.0])), LN_HALF, [0])}
UNNORMALISED: Claims = {
    "value": lambda: loss_of(losses.BCELoss(weight=np.array([1.0, 3.0])), [0.5, 0.5], [1.0, 0.0]),
    "weighted": lambda: (
        loss_of(losses.BCELoss(weight=np.array([1.0, 3.0]), reduction="sum"), [0.5, 0.5], [1.0, 0.0]) / 4
    ),
}

CLAIMS: dict[tuple[str, str], Claims] = {
    ("L1Loss", "broadcast to (4, 4)"): {"value": lambda: loss_of(losses.L1Loss(), BROADCAST[:, None], BROADCAST)},
    ("L1Loss", "A nan in the input"): {"grad": lambda: grad_of(losses.L1Loss(), [math.nan], [0.0])[0]},
    ("L1Loss", "the median; MSELoss"): {
        "median": lambda: best_constant(losses.L1Loss()),
        "mean": lambda: best_constant(losses.MSELoss()),
    },
    ("SmoothL1Loss", "Less sensitive"): {
        "small": lambda: best_constant(losses.SmoothL1Loss()),
        "large": lambda: best_constant(losses.SmoothL1Loss(beta=50)),
        "mse": lambda: best_constant(losses.MSELoss()),
    },
    ("SmoothL1Loss", "It is not Huber"): {
        "smooth": lambda: loss_of(losses.SmoothL1Loss(beta=2), 3.0, 0.0),
        "huber": lambda: 2 * (3 - 0.5 * 2),
    },
    ("SmoothL1Loss", "The textbook"): {
        "textbook": lambda: 3 - 0.5,
        "right": lambda: loss_of(losses.SmoothL1Loss(beta=2), 3.0, 0.0),
    },
    ("MSELoss", "Not for classification"): {"times": squared_on_sigmoid_is_weaker},
    ("MSELoss", "without root"): {
        "mse": lambda: loss_of(losses.MSELoss(), [3.0, 4.0], [0.0, 0.0]),
        "rmse": lambda: math.sqrt(loss_of(losses.MSELoss(), [3.0, 4.0], [0.0, 0.0])),
    },
    ("MSELoss", "One outlier rules"): {
        "mse": lambda: outlier_share(losses.MSELoss()),
        "smooth": lambda: outlier_share(losses.SmoothL1Loss()),
    },
    ("MSELoss", "broadcast to (4, 4)"): {"value": lambda: loss_of(losses.MSELoss(), BROADCAST[:, None], BROADCAST)},
    ("MSELoss", "In float16"): {
        "limit": lambda: next(
            d
            for d in range(1, 999)
            if np.isinf(loss_of(losses.MSELoss(), np.array([d], np.float16), np.zeros(1, np.float16)))
        ),
        "grad": lambda: grad_of(losses.MSELoss(), np.array([256], np.float16), np.zeros(1, np.float16))[0],
    },
    ("CrossEntropyLoss", "softmax first"): {
        "three": lambda: softmax_twice_floor(3),
        "ten": lambda: softmax_twice_floor(10),
    },
    ("CrossEntropyLoss", "losses 1 and 2.5"): WEIGHTED,
    ("CrossEntropyLoss", "one-hot as probabilities"): {
        "index": lambda: loss_of(losses.CrossEntropyLoss(weight=RARE), np.zeros((2, 2)), [0, 1]),
        "soft": lambda: loss_of(losses.CrossEntropyLoss(weight=RARE), np.zeros((2, 2)), np.eye(2)),
    },
    ("CrossEntropyLoss", "its weight cancels"): CANCELS,
    ("CrossEntropyLoss", "puts a floor"): {
        "ten": lambda: smoothing_floor(10),
        "thousand": lambda: smoothing_floor(1000),
    },
    ("CrossEntropyLoss", "want the wrong class"): {
        "p0": lambda: wrong_optimum(0),
        "p1": lambda: wrong_optimum(1),
        "p2": lambda: wrong_optimum(2),
    },
    ("CrossEntropyLoss", "one row of four classes"): {
        "value": lambda: loss_of(losses.CrossEntropyLoss(), [0.2, -1.0, 3.0, 0.1], [0.0, 1.0, 1.0, 0.0])
    },
    ("NLLLoss", "not probabilities"): {
        "wrong": lambda: loss_of(losses.NLLLoss(), PROBS, [1, 0]),
        "right": lambda: loss_of(losses.NLLLoss(), np.log(PROBS), [1, 0]),
    },
    ("NLLLoss", "losses 1 and 2.5"): WEIGHTED,
    ("NLLLoss", "its weight cancels"): CANCELS,
    ("NLLLoss", "every target is ignore_index"): {
        "value": lambda: loss_of(losses.NLLLoss(), LN_HALF, [-100]),
        "grad": lambda: float(np.max(np.abs(grad_of(losses.NLLLoss(), LN_HALF, [-100])))),
    },
    ("BCELoss", "two-class cross entropy"): {
        "value": lambda: loss_of(losses.BCELoss(), sigmoid(np.array([1.3])), [0.3])
    },
    ("BCELoss", "is clamped to"): {
        "value": lambda: loss_of(losses.BCELoss(), [0.0], [1.0]),
        "grad": lambda: grad_of(losses.BCELoss(), [0.0], [1.0])[0],
    },
    ("BCELoss", "it dies at z = 17"): {"value": lambda: chain("loss"), "grad": lambda: chain("grad")},
    ("BCELoss", "soft target"): {"value": lambda: loss_of(losses.BCELoss(), [0.3], [0.3])},
    ("BCELoss", "Weights do not normalise"): UNNORMALISED,
    ("BCEWithLogitsLoss", "multiplies the odds"): {"shift": lambda: math.log(9), "threshold": lambda: 1 / (1 + 9)},
    ("BCEWithLogitsLoss", "no sigmoid rounds to 1"): {
        "value": lambda: loss_of(losses.BCEWithLogitsLoss(), np.float32([17]), np.float32([0])),
        "grad": lambda: grad_of(losses.BCEWithLogitsLoss(), np.float32([17]), np.float32([0]))[0],
        "chain": lambda: chain("loss"),
        "chain_grad": lambda: chain("grad"),
    },
    ("BCEWithLogitsLoss", "rounds to 1 from z"): {
        "f16": lambda: rounds_to_one(np.float16),
        "f32": lambda: rounds_to_one(np.float32),
        "f64": lambda: rounds_to_one(np.float64),
    },
    ("BCEWithLogitsLoss", "pos_weight is not weight"): {
        "weight": lambda: loss_of(losses.BCEWithLogitsLoss(weight=np.array([3.0])), [1.0], [0.5]),
        "pos_weight": lambda: loss_of(losses.BCEWithLogitsLoss(pos_weight=np.array([3.0])), [1.0], [0.5]),
    },
    ("BCEWithLogitsLoss", "raises recall"): {"before": lambda: precision(0.65), "after": lambda: precision(0.85)},
    ("BCEWithLogitsLoss", "Targets are not checked"): {
        "value": lambda: loss_of(losses.BCEWithLogitsLoss(), [50.0], [2.0])
    },
    ("BCEWithLogitsLoss", "Weights do not normalise"): UNNORMALISED,
    ("KLDivLoss", "it has a direction"): {
        "forward": lambda: loss_of(losses.KLDivLoss(reduction="batchmean"), *T_AND_Q),
        "backward": lambda: loss_of(losses.KLDivLoss(reduction="batchmean"), np.log(HALF)[None], SURE[None]),
    },
    ("KLDivLoss", "given the probabilities"): {
        "value": lambda: loss_of(losses.KLDivLoss(reduction="sum"), [0.5, 0.3, 0.2], [0.5, 0.3, 0.2])
    },
    ("KLDivLoss", "C times too small"): {
        "mean": lambda: loss_of(losses.KLDivLoss(), *T_AND_Q),
        "batchmean": lambda: loss_of(losses.KLDivLoss(reduction="batchmean"), *T_AND_Q),
    },
    ("KLDivLoss", "Cross entropy is entropy and KL"): {
        "cross": lambda: loss_of(losses.CrossEntropyLoss(), *T_AND_Q),
        "entropy": lambda: loss_of(losses.CrossEntropyLoss(), np.log(HALF)[None], HALF[None]),
        "kl": lambda: loss_of(losses.KLDivLoss(reduction="sum"), *T_AND_Q),
    },
    ("CTCLoss", "T ≥ U + R"): {"frames": least_frames_of_hello88},
    ("CTCLoss", "5 frames of 3 zeros"): {"value": lambda: float(ctc(np.zeros((5, 3)), [1, 2], reduction="sum").value)},
    ("CTCLoss", "Many paths count"): {"all": lambda: math.exp(-ctc(np.log([[0.6, 0.4]] * 2), [1]).value)},
    ("CTCLoss", "the blank wins"): {"share": blank_share},
    ("CTCLoss", "silences a text"): {"value": silenced_mean, "right": lambda: 6 / 3},
}


def sentences(card: About) -> list[Text]:
    parts = (card.summary, card.symbols, card.assumes, card.divisor)
    return [*parts, *card.shapes, *card.domain, *card.when, *card.traps]


def sentence(name: str, fragment: str) -> Text:
    (found,) = [text for text in sentences(ABOUT[name]) if text.values and fragment in text.template]
    return found


def written_like(shown: str, value: float) -> str:
    """`value` with as many decimals as `shown` has."""
    if "e" in shown:
        return f"{value:.0e}".replace("-1e", "−1e")
    digits = len(shown.partition(".")[2])
    return f"{value:,.{digits}f}".replace("-", "−").replace("−0", "0" if float(value) == 0 else "−0")


@pytest.mark.parametrize(("name", "fragment"), CLAIMS, ids=[f"{name}: {part}" for name, part in CLAIMS])
def test_that_a_card_states_what_core_computes(name: str, fragment: str) -> None:
    shown: Mapping[str, Any] = sentence(name, fragment).values
    computed = {key: written_like(shown[key], claim()) for key, claim in CLAIMS[name, fragment].items()}
    assert computed == dict(shown)


def test_that_no_stated_number_goes_unchecked() -> None:
    stated = {(name, text.template) for name, card in ABOUT.items() for text in sentences(card) if text.values}
    checked = {(name, sentence(name, fragment).template) for name, fragment in CLAIMS}
    assert stated == checked


def test_that_huber_is_beta_times_smooth_l1() -> None:
    d = np.linspace(-5, 5, 101)
    for beta in (0.25, 1.0, 2.0):
        huber = np.where(np.abs(d) < beta, 0.5 * d * d, beta * (np.abs(d) - 0.5 * beta))
        smooth = losses.SmoothL1Loss(beta=beta, reduction="none").evaluate(d, np.zeros_like(d)).value
        np.testing.assert_allclose(beta * smooth, huber, rtol=1e-12)


def test_that_softmax_twice_has_the_stated_floor() -> None:
    for classes in (2, 3, 10, 1000):
        assert softmax_twice_floor(classes) == pytest.approx(math.log(1 + (classes - 1) / math.e))


def test_that_bce_is_the_cross_entropy_of_a_zero_and_the_logit() -> None:
    two_classes = loss_of(losses.CrossEntropyLoss(), [[0.0, 1.3]], [[0.7, 0.3]])
    assert two_classes == pytest.approx(loss_of(losses.BCEWithLogitsLoss(), [1.3], [0.3]), abs=1e-12)


def test_that_two_labels_are_not_two_classes() -> None:
    z, t = [[0.2, 1.3]], [[0.0, 1.0]]
    assert loss_of(losses.BCEWithLogitsLoss(), z, t) != pytest.approx(
        loss_of(losses.CrossEntropyLoss(), z, [1]), abs=0.05
    )


def test_that_the_best_constant_of_smooth_l1_is_its_clipped_mean() -> None:
    best = best_constant(losses.SmoothL1Loss())
    assert np.sum(np.clip(OUTLIER - best, -1, 1)) == pytest.approx(0, abs=1e-5)


def test_that_weight_on_positives_is_pos_weight_for_hard_labels() -> None:
    z, t = np.array([-1.0, 0.5, 2.0]), np.array([1.0, 0.0, 1.0])
    by_weight = loss_of(losses.BCEWithLogitsLoss(weight=np.where(t == 1, 3.0, 1.0)), z, t)
    assert by_weight == pytest.approx(loss_of(losses.BCEWithLogitsLoss(pos_weight=np.array([3.0])), z, t))
