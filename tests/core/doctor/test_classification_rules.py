import numpy as np
import pytest

from core.batch import Batch
from core.doctor import diagnose
from core.losses import CrossEntropyLoss, NLLLoss

LOGITS = np.random.default_rng(0).normal(size=(6, 4)) * 2
PROBS = np.exp(LOGITS) / np.exp(LOGITS).sum(1, keepdims=True)
LABELS = np.array([0, 1, 2, 3, 0, 1])


def finding(rule, loss, x, t):
    found = diagnose(Batch("b", loss, np.asarray(x), np.asarray(t)), loss)
    return next((f for f in found if f.rule == rule), None)


def test_c1_names_the_band_that_the_loss_is_confined_to():
    found = finding("C1", CrossEntropyLoss(), PROBS, LABELS)
    assert found.severity == "warning"
    assert found.evidence["ceiling"] == pytest.approx(np.log(np.e + 3))
    assert found.evidence["floor"] == pytest.approx(np.log(np.e + 3) - 1)


def test_c1_finds_probabilities_of_pixels():
    assert finding("C1", CrossEntropyLoss(), PROBS.T.reshape(1, 4, 2, 3), LABELS.reshape(1, 2, 3)) is not None


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_c1_finds_probabilities_of_low_precision(dtype):
    assert finding("C1", CrossEntropyLoss(), PROBS.astype(dtype), LABELS) is not None


@pytest.mark.parametrize(
    "x",
    [LOGITS, np.log(PROBS), PROBS * 1.01, np.full((6, 4), 0.25), np.ones((6, 1)), PROBS - 0.01],
    ids=["logits", "log-probabilities", "sum 1.01", "constant", "one class", "negative"],
)
def test_c1_is_silent_on_what_is_no_softmax_output(x):
    assert finding("C1", CrossEntropyLoss(), x, LABELS % x.shape[1]) is None


def test_c3_calls_probabilities_an_error_with_a_floor_of_minus_1():
    found = finding("C3", NLLLoss(), PROBS, LABELS)
    assert found.severity == "error"
    assert "-1" in str(found.message)


def test_c3_tells_logits_from_probabilities():
    found = finding("C3", NLLLoss(), LOGITS, LABELS)
    assert found.severity == "error"
    assert "logits" in str(found.message)


def test_c3_only_warns_of_log_probabilities_that_do_not_sum_to_1():
    x = np.log(PROBS)
    x[4] -= 0.1
    found = finding("C3", NLLLoss(), x, LABELS)
    assert (found.severity, found.evidence["rows"]) == ("warning", [4])


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_c3_is_silent_on_log_softmax_and_on_ignored_rows(dtype):
    x = np.log(PROBS).astype(dtype)
    assert finding("C3", NLLLoss(), x, LABELS) is None
    x[2] = 7
    assert finding("C3", NLLLoss(ignore_index=2), x, LABELS) is None


def test_c3_is_silent_on_a_probability_of_0():
    assert finding("C3", NLLLoss(), np.array([[0, -np.inf]]), np.array([0])) is None


@pytest.mark.parametrize("loss", [CrossEntropyLoss(), NLLLoss()])
def test_c4_names_labels_and_rows(loss):
    found = finding("C4", loss, np.log(PROBS), [0, 7, 2, -3, 0, 1])
    assert found.severity == "error"
    assert (found.evidence["rows"], found.evidence["labels"]) == ([1, 3], [-3, 7])


@pytest.mark.parametrize(
    ("labels", "words"),
    [([1, 2, 3, 4, 4, 1], "subtract 1"), ([0, 1, 255, 2, 3, 0], "ignore_index=255"), ([0, 1, -1, 2, 3, 0], "-1")],
)
def test_c4_advises_by_the_labels_it_finds(labels, words):
    assert words in str(finding("C4", CrossEntropyLoss(), LOGITS, labels).fix)


def test_c4_is_silent_on_labels_inside_and_on_the_ignored_one():
    assert finding("C4", CrossEntropyLoss(), LOGITS, LABELS) is None
    assert finding("C4", CrossEntropyLoss(ignore_index=255), LOGITS, [0, 1, 255, 2, 3, 0]) is None


def test_c5_fires_only_if_every_target_is_ignored():
    assert finding("C5", CrossEntropyLoss(), LOGITS, np.full(6, -100)).severity == "warning"
    assert finding("C5", CrossEntropyLoss(), LOGITS, [-100, -100, 0, -100, -100, -100]) is None


def test_c14_fires_on_one_class_and_not_on_two():
    assert finding("C14", CrossEntropyLoss(), LOGITS[:, :1], np.zeros(6, int)).severity == "error"
    assert finding("C14", CrossEntropyLoss(), LOGITS[:, :2], np.zeros(6, int)) is None


def test_c16_explains_the_refusal_of_an_integer_one_hot_target():
    one_hot = np.eye(4, dtype=np.int64)[LABELS]
    loss = CrossEntropyLoss()
    found = diagnose(Batch("b", loss, LOGITS, one_hot), loss)
    assert [f.rule for f in found] == ["C16"]
    assert finding("C16", loss, LOGITS, one_hot.astype(float)) is None
