"""Notes on a row: each is true, and only said where it is."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core.explain.row_notes import notes
from core.explain.row_point import row_point
from core.losses import CrossEntropyLoss, KLDivLoss, NLLLoss
from core.row_loss import row_loss

Z = np.array([2.1, 1.4, -0.6, 0.3, -1.5])
NAMES = ("cat", "dog", "fox", "owl", "bee")
SOFT = np.array([0.2, 0.5, 0.1, 0.15, 0.05])


def notes_of(loss, link="none", soft=None, z=Z, target=1) -> dict[str, str]:
    row = row_loss(loss, link, target, soft, z.size, np.float32)
    point = row_point(row, NAMES[: z.size], z)
    return {str(note.title): str(note.message) for note in notes(point, loss.reduction)}


def test_the_default_row_has_the_three_notes_of_the_picture() -> None:
    found = notes_of(CrossEntropyLoss(label_smoothing=0.1))
    assert found == {
        "Prediction is wrong": "argmax is cat (p = 0.569); target dog has p = 0.283.",
        "Smoothing lifts the floor": "With ε = 0.10 the loss cannot go below 0.3897, even for a perfect p = q.",
        "Gradient sums to 0": "Adding a constant to all logits changes nothing.",
    }


def test_a_right_prediction_is_not_called_wrong() -> None:
    assert "Prediction is wrong" not in notes_of(CrossEntropyLoss(), target=0)


def test_softmax_twice_names_the_floor_and_both_gradients() -> None:
    found = notes_of(CrossEntropyLoss(), "softmax", z=Z[:3])["Softmax twice"]
    assert "0.551" in found
    right = row_point(row_loss(CrossEntropyLoss(), "none", 1, None, 3, np.float32), NAMES, Z[:3])
    assert f"{np.linalg.norm(right.gradient):.4f}" in found


def test_nll_given_probabilities_is_negative_and_bounded_by_minus_one() -> None:
    found = notes_of(NLLLoss(), "softmax")["Probabilities instead of log-probabilities"]
    assert "−0.2827" in found
    assert "−1.0000" in found


def test_raw_scores_in_place_of_log_probabilities_are_noticed() -> None:
    assert "2.663" in notes_of(NLLLoss(), "none")["Not log-probabilities"]


def test_log_probabilities_as_given_are_left_in_peace() -> None:
    log_p = Z - np.log(np.sum(np.exp(Z)))
    assert "Not log-probabilities" not in notes_of(NLLLoss(), "none", z=log_p)


def test_entropy_plus_divergence_is_cross_entropy_in_numbers() -> None:
    for loss, link in ((KLDivLoss(), "log_softmax"), (CrossEntropyLoss(), "none")):
        line = notes_of(loss, link, SOFT)["Cross-entropy is entropy plus divergence"]
        entropy, divergence, crossed = (float(number) for number in re.findall(r"\d\.\d{4}", line))
        assert entropy + divergence == pytest.approx(crossed, abs=1.1e-4)


def test_the_divergence_the_other_way_round_is_another_number() -> None:
    p = np.exp(Z) / np.exp(Z).sum()
    expected = float(np.sum(p * np.log(p / SOFT)))
    assert f"{expected:.4f}" in notes_of(KLDivLoss(), "log_softmax", SOFT)["The target comes first"]


def test_a_weight_in_a_mean_over_one_row_cancels() -> None:
    weight = np.array([1, 2.5, 1, 1, 1])
    title = "In a mean over one row the weight cancels"
    assert "2.50 times 1.2633" in notes_of(CrossEntropyLoss(weight=weight))[title]
    assert title not in notes_of(CrossEntropyLoss(weight=weight, reduction="sum"))
    assert title not in notes_of(CrossEntropyLoss(weight=weight), soft=SOFT)
    mean = CrossEntropyLoss(weight=weight).evaluate(Z[None], np.array([1])).value
    assert float(mean) == pytest.approx(1.2633, abs=5e-5)


def test_an_optimum_on_another_class_is_named() -> None:
    found = notes_of(CrossEntropyLoss(weight=np.array([1, 1, 100.0]), label_smoothing=0.1), z=Z[:3], target=0)
    assert "p(fox) = 0.775" in found["The optimum is another class"]


def test_weights_that_do_not_fit_are_named() -> None:
    found = notes_of(CrossEntropyLoss(weight=np.ones(3)))["Class weights left out"]
    assert "3 weights" in found


def test_a_masked_target_has_infinite_loss_for_a_stated_reason() -> None:
    z = np.array([2.1, -np.inf, 0.0])
    assert "−log 0 is inf" in notes_of(CrossEntropyLoss(), z=z)["The loss is inf"]


def test_an_infinite_logit_makes_nan_for_a_stated_reason() -> None:
    z = np.array([np.inf, 1.0, 0.0])
    assert notes_of(CrossEntropyLoss(), z=z)["The loss is nan"] == "A logit is not finite."


def test_log_target_of_a_zero_makes_nan_for_a_stated_reason() -> None:
    soft = np.array([0.5, 0.5, 0, 0, 0])
    assert "−inf" in notes_of(KLDivLoss(log_target=True), "log_softmax", soft)["The loss is nan"]


def test_an_ignored_row_has_only_that_note() -> None:
    assert list(notes_of(CrossEntropyLoss(ignore_index=1))) == ["The row is ignored"]


def test_a_refused_row_has_only_the_refusal() -> None:
    assert list(notes_of(CrossEntropyLoss(), target=9)) == ["The loss refuses this row"]


def test_the_gradient_of_a_loss_without_softmax_does_not_sum_to_zero() -> None:
    assert "Gradient sums to 0" not in notes_of(NLLLoss(), "none")
