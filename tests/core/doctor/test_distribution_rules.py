import numpy as np
import pytest

from core.batch import Batch
from core.doctor import diagnose
from core.losses import KLDivLoss

LOGITS = np.random.default_rng(0).normal(size=(6, 4)) * 2
PROBS = np.exp(LOGITS) / np.exp(LOGITS).sum(1, keepdims=True)


def k1(x, t=None):
    x = np.asarray(x)
    loss = KLDivLoss(reduction="batchmean")
    batch = Batch("b", loss, x, np.full(x.shape, 0.25) if t is None else t)
    return next((f for f in diagnose(batch, loss) if f.rule == "K1"), None)


@pytest.mark.parametrize(("x", "word"), [(PROBS, "probabilities"), (LOGITS, "logits"), (np.log(PROBS) - 1, "exp of")])
def test_k1_says_what_the_input_looks_like(x, word):
    found = k1(x)
    assert found.severity == "warning"
    assert word in str(found.message)
    assert found.evidence["rows"] == list(range(6))


def test_k1_finds_one_distribution_without_batch_axis():
    assert k1(PROBS[0]) is not None
    assert k1(np.log(PROBS[0])) is None


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_k1_is_silent_on_log_softmax(dtype):
    assert k1(np.log(PROBS).astype(dtype)) is None


def test_k1_is_silent_on_log_probabilities_with_the_classes_last():
    assert k1(np.log(PROBS).reshape(2, 3, 4)) is None
    assert k1(LOGITS.reshape(2, 3, 4)) is not None


@pytest.mark.parametrize("x", [np.array([0.5]), np.zeros((3, 2)), np.array([[0, -np.inf]])])
def test_k1_is_silent_where_nothing_can_be_told(x):
    assert k1(x) is None
