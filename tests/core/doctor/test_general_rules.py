import numpy as np
import pytest

from core.batch import Batch
from core.doctor import diagnose
from core.losses import BCELoss, CrossEntropyLoss, CTCLoss, KLDivLoss, L1Loss, MSELoss, NLLLoss

NAN, INF = np.nan, np.inf


def finding(rule, loss, x, t, *lengths):
    found = diagnose(Batch("b", loss, np.asarray(x), np.asarray(t), *lengths), loss)
    return next((f for f in found if f.rule == rule), None)


def test_g1_counts_the_kinds_and_names_the_first_place():
    x = np.zeros((3, 2))
    x[1] = NAN, INF
    x[2, 0] = -INF
    found = finding("G1", MSELoss(), x, np.zeros((3, 2)))
    assert found.severity == "error"
    assert found.evidence["counts"] == {"nan": 1, "+inf": 1, "-inf": 1}
    assert (found.evidence["first"], found.evidence["rows"]) == ([1, 0], [2, 3, 4])
    assert "(1, 0)" in str(found.message)


def test_g1_looks_at_a_floating_target_too():
    assert finding("G1", MSELoss(), np.zeros(2), [0, NAN]).evidence["array"] == "target"


def test_g1_is_silent_on_finite_numbers():
    assert finding("G1", MSELoss(), np.zeros(2), np.full(2, 1e308)) is None


def test_g1_does_not_look_into_ignored_rows():
    x = [[0, 0.5], [NAN, NAN]]
    assert finding("G1", CrossEntropyLoss(), x, [0, -100]) is None
    assert finding("G1", CrossEntropyLoss(), x, [-100, 0]).evidence["rows"] == [1]


def test_g1_names_the_pixel_as_row():
    x = np.zeros((2, 3, 2, 2))
    x[1, 2, 0, 1] = NAN
    assert finding("G1", CrossEntropyLoss(), x, np.zeros((2, 2, 2), int)).evidence["rows"] == [5]


@pytest.mark.parametrize("loss", [NLLLoss(), KLDivLoss()])
def test_g1_takes_log_0_for_a_log_probability(loss):
    x = np.array([[0, -INF], [-INF, 0]])
    t = np.array([0, 1]) if loss.name == "NLLLoss" else np.exp(x)
    assert finding("G1", loss, x, t) is None
    assert finding("G1", loss, -x, t) is not None


def test_g1_takes_log_0_in_a_log_target():
    x = np.log([[0.5, 0.5]])
    t = np.array([[0, -INF]])
    assert finding("G1", KLDivLoss(log_target=True), x, t) is None
    assert finding("G1", KLDivLoss(), x, t).evidence["array"] == "target"


def test_g1_lets_a_masked_class_pass_where_it_does_no_harm():
    x = np.array([[0.0, 1, -INF]])
    assert finding("G1", CrossEntropyLoss(), x, [0]) is None
    assert finding("G1", CrossEntropyLoss(), x, [2]) is not None
    assert finding("G1", CrossEntropyLoss(label_smoothing=0.1), x, [0]) is not None
    assert finding("G1", CrossEntropyLoss(), np.full((1, 3), -INF), [0]) is not None


def test_g1_does_not_look_past_the_input_length():
    x = np.log(np.full((4, 2, 3), 1 / 3))
    x[3, 1] = NAN
    arguments = CTCLoss(), x, np.array([[1], [2]])
    assert finding("G1", *arguments, np.array([4, 3]), np.array([1, 1])) is None
    assert finding("G1", *arguments, np.array([4, 4]), np.array([1, 1])).evidence["rows"] == [1]


def test_g1_explains_why_bce_refuses_nan():
    loss = BCELoss()
    found = diagnose(Batch("b", loss, np.array([NAN, 0.5]), np.zeros(2)), loss)
    assert [f.rule for f in found] == ["G1"]


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_g4_says_that_the_mean_of_nothing_is_nan_and_lets_the_sum_pass(reduction):
    found = finding("G4", L1Loss(reduction=reduction), np.zeros((0, 3)), np.zeros((0, 3)))
    assert (found is not None) == (reduction == "mean")


def test_g4_is_silent_on_one_element():
    assert finding("G4", L1Loss(), np.zeros(1), np.zeros(1)) is None


def test_g5_names_both_shapes_and_the_result():
    found = finding("G5", MSELoss(), np.zeros((4, 1)), np.zeros(4))
    assert found.severity == "warning"
    assert found.evidence == {"input": [4, 1], "target": [4], "result": [4, 4]}
    assert "16 pairs" in str(found.message)


def test_g5_speaks_of_kl_which_torch_does_not():
    assert finding("G5", KLDivLoss(), np.log(np.full((4, 2), 0.5)), np.full(2, 0.5)) is not None


@pytest.mark.parametrize("t", [np.zeros((4, 1)), np.zeros(3)])
def test_g5_is_silent_on_equal_shapes_and_on_shapes_that_do_not_go_together(t):
    assert finding("G5", MSELoss(), np.zeros((4, 1)) if t.ndim == 2 else np.zeros((4, 2)), t) is None
