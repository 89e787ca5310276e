import numpy as np
import pytest

from core.batch import Batch
from core.doctor import diagnose
from core.losses import BCELoss, BCEWithLogitsLoss

P = np.array([0.1, 0.9, 0.5])
T = np.array([0.0, 1, 1])


def finding(rule, loss, x, t):
    found = diagnose(Batch("b", loss, np.asarray(x), np.asarray(t)), loss)
    return next((f for f in found if f.rule == rule), None)


def test_b1_counts_the_inputs_outside_and_explains_the_refusal():
    loss = BCELoss()
    found = diagnose(Batch("b", loss, np.array([-3.0, 0.5, 4]), T), loss)
    assert [(f.rule, f.severity) for f in found] == [("B1", "error")]
    assert found[0].evidence["rows"] == [0, 2]


def test_b1_takes_the_ends_of_the_interval():
    assert finding("B1", BCELoss(), [0.0, 1, 0.5], T) is None


def test_b1_leaves_the_logits_of_the_other_loss_alone():
    assert finding("B1", BCEWithLogitsLoss(), [-3.0, 0.5, 4], T) is None


@pytest.mark.parametrize(("loss", "severity"), [(BCELoss(), "error"), (BCEWithLogitsLoss(), "warning")])
def test_b3_is_an_error_where_torch_refuses_and_a_warning_where_it_does_not(loss, severity):
    found = finding("B3", loss, P, [0.0, 2, 1])
    assert (found.severity, found.evidence["rows"]) == (severity, [1])


@pytest.mark.parametrize(
    ("t", "words"), [([0.0, 255, 17], "255"), ([-1.0, 1, 1], "(target + 1) / 2"), ([0.0, 3, 1], "[0, 3]")]
)
def test_b3_advises_by_the_values_it_finds(t, words):
    assert words in str(finding("B3", BCEWithLogitsLoss(), P, t).fix)


def test_b3_is_silent_on_soft_targets_inside():
    assert finding("B3", BCEWithLogitsLoss(), P, [0.0, 1, 0.3]) is None


@pytest.mark.parametrize("loss", [BCELoss(), BCEWithLogitsLoss()])
def test_b14_explains_the_refusal_of_an_integer_target(loss):
    found = diagnose(Batch("b", loss, P, T.astype(np.int64)), loss)
    assert [f.rule for f in found] == ["B14"]
    assert finding("B14", loss, P, T) is None
