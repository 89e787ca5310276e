import json
from pathlib import Path

import numpy as np
import pytest

from core.ctc.paths import collapse, greedy
from core.errors import InputError
from core.losses.ctc import CTCLoss
from core.reduction import BATCH_SIZE_AFTER_LENGTHS

ROOT = Path(__file__).parents[3]
GOLDEN = sorted(ROOT.glob("tests/golden/*ctc_*.json"))
LONG, SHORT = [1, 2, 2, 3], [3]


@pytest.fixture
def rng():
    return np.random.default_rng(9)


def random_log_probs(rng, *shape, scale=1.0):
    logits = scale * rng.normal(size=shape)
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)


def batch(rng, T=9, C=5, scale=1.0):
    """Two samples, a long and a short one."""
    return random_log_probs(rng, T, 2, C, scale=scale), np.array([*LONG, *SHORT]), [T, T - 2], [4, 1]


def slope(value, x, step=1e-5):
    """Central differences of a scalar function of an array."""
    found = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        ahead, behind = x.copy(), x.copy()
        ahead[i] += step
        behind[i] -= step
        found[i] = (value(ahead) - value(behind)) / (2 * step)
    return found


def assert_summary(found, expected, rtol, atol):
    """A gradient against what a golden file keeps of torch's."""
    finite = np.isfinite(found)
    assert list(found.shape) == expected["shape"]
    assert np.isnan(found).sum() == expected["n_nan"]
    np.testing.assert_allclose(found.ravel()[:20], np.array(expected["first20"], dtype=float), rtol=rtol, atol=atol)
    if finite.all():
        assert np.linalg.norm(found.astype(float)) == pytest.approx(float(expected["l2"]), rel=rtol, abs=atol)
        assert np.abs(found).max() == pytest.approx(float(expected["linf"]), rel=rtol, abs=atol)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_the_samples_agree_with_torch(path, dtype):
    golden = json.loads(path.read_text())
    given = np.load(ROOT / "resources" / "samples" / golden["file"])
    # torch's own log space in float32 is good to 1e-4; in either dtype we are held to what it says in float64.
    rtol, atol = (1e-9, 1e-10) if dtype == "float64" else (3e-7, 3e-7)
    for case in golden["cases"]:
        for reduction in ("none", "mean", "sum"):
            loss = CTCLoss(reduction=reduction, **case["params"])
            result = loss.evaluate(
                given["log_probs"].astype(dtype), given["targets"], given["input_lengths"], given["target_lengths"]
            )
            expected = case["float64"][reduction]
            values = expected["per_element"]["first20"] if reduction == "none" else expected["value"]
            np.testing.assert_allclose(np.ravel(result.value), np.array(values, float).ravel(), rtol=rtol, atol=1e-12)
            assert result.value.dtype == result.grad.dtype == dtype
            if reduction != "none":
                assert_summary(result.grad, expected["grad"], rtol, atol)


@pytest.mark.parametrize("path", [p for p in GOLDEN if "extra" in p.read_text()], ids=lambda path: path.stem)
def test_the_samples_decode_and_align_as_their_files_say(path):
    golden = json.loads(path.read_text())
    given = np.load(ROOT / "resources" / "samples" / golden["file"])
    blank = int(given["blank"])
    result = CTCLoss(blank=blank).evaluate(
        *(given[key] for key in ("log_probs", "targets", "input_lengths", "target_lengths"))
    )
    for n, expected in enumerate(golden["extra"]["ctc"]):
        lattice = result.lattice(n)
        log_probs = given["log_probs"].reshape(len(given["log_probs"]), -1, given["log_probs"].shape[-1])
        own = log_probs[: expected["T"], n]
        assert collapse(greedy(own), blank).tolist() == expected["greedy_ids"]
        assert -lattice.log_likelihood == pytest.approx(expected["nll"], rel=1e-9, abs=1e-12)
        assert lattice.best_path.tolist() == expected["viterbi_states"]
        assert lattice.states[lattice.best_path].tolist() == expected["viterbi_labels"]
        assert lattice.best_log_prob == pytest.approx(expected["viterbi_logprob"], rel=1e-9)
        np.testing.assert_allclose(lattice.occupancy.sum(axis=1), 1.0, atol=1e-9)


@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
@pytest.mark.parametrize("scale", [0.5, 4.0])
def test_true_gradients_are_those_of_finite_differences(reduction, scale, rng):
    log_probs, *target = batch(rng, scale=scale)
    loss = CTCLoss(reduction=reduction)
    result = loss.evaluate(log_probs, *target)
    expected = slope(lambda x: loss.evaluate(x, *target).value.sum(), log_probs)
    np.testing.assert_allclose(result.grad_log_probs, expected, atol=2e-8)

    def of_logits(z):
        return loss.evaluate(z - np.logaddexp.reduce(z, axis=2, keepdims=True), *target).value.sum()

    np.testing.assert_allclose(result.grad_logits, slope(of_logits, log_probs), atol=2e-8)
    assert np.abs(expected).max() > 0.01
    assert not np.allclose(1.01 * result.grad_logits, slope(of_logits, log_probs), atol=2e-8)


def test_torchs_gradient_is_that_of_the_logits_where_rows_are_normalised(rng):
    log_probs, *target = batch(rng)
    result = CTCLoss().evaluate(log_probs, *target)
    np.testing.assert_allclose(result.grad, result.grad_logits, atol=1e-15)
    raw = CTCLoss(reduction="sum").evaluate(log_probs + 1.0, *target)
    live = np.arange(9)[:, None] < np.array([9, 7])
    np.testing.assert_allclose(raw.grad.sum(axis=2)[live], np.e - 1.0)
    np.testing.assert_allclose(raw.grad_logits.sum(axis=2), 0.0, atol=1e-14)
    np.testing.assert_allclose(raw.grad_log_probs.sum(axis=2)[live], -1.0)


def test_rows_of_raw_logits_are_taken_as_they_are(rng):
    log_probs, *target = batch(rng)
    at_rest = CTCLoss(reduction="none").evaluate(log_probs, *target).value
    raised = CTCLoss(reduction="none").evaluate(log_probs + 30.0, *target).value
    np.testing.assert_allclose(raised, at_rest - 30.0 * np.array([9, 7]))


def test_frames_after_a_sample_have_no_gradient(rng):
    log_probs, *target = batch(rng)
    log_probs[7:, 1] = np.nan
    result = CTCLoss().evaluate(log_probs, *target)
    for grad in (result.grad, result.grad_log_probs, result.grad_logits):
        assert not grad[7:, 1].any()
        assert np.isfinite(grad).all()


def test_the_mean_divides_each_loss_by_its_length_and_then_by_the_batch(rng):
    log_probs, _, lengths, _ = batch(rng)
    result = CTCLoss().evaluate(log_probs, [1, 2, 3], lengths, [3, 0])
    assert result.value == pytest.approx((result.elements[0] / 3 + result.elements[1]) / 2)
    assert result.divisor.value == 2.0
    assert result.divisor.name == BATCH_SIZE_AFTER_LENGTHS
    assert result.value.shape == ()


def test_an_empty_target_is_all_blanks(rng):
    log_probs = random_log_probs(rng, 7, 4)
    result = CTCLoss(blank=2, reduction="sum").evaluate(log_probs, [], 7, 0)
    assert result.value == pytest.approx(-log_probs[:, 2].sum(), rel=1e-14)
    np.testing.assert_allclose(result.grad_log_probs[:, 2], -1.0)


def test_a_sample_that_does_not_fit_is_infinite_and_has_no_derivative(rng):
    log_probs, target, _, _ = batch(rng)
    result = CTCLoss(reduction="none").evaluate(log_probs, target, [4, 9], [4, 1])
    assert result.value[0] == np.inf
    assert np.isfinite(result.value[1])
    for grad in (result.grad, result.grad_log_probs, result.grad_logits):
        assert np.isnan(grad[:4, 0]).all()
        assert not grad[4:, 0].any()
        assert np.isfinite(grad[:, 1]).all()
    assert not result.lattice(0).occupancy.any()


def test_zero_infinity_silences_a_sample_which_still_counts(rng):
    log_probs, target, _, _ = batch(rng)
    log_probs[1, 0, 4] = np.nan  # a class that no label uses
    result = CTCLoss(zero_infinity=True).evaluate(log_probs, target, [4, 9], [4, 1])
    assert result.elements[0] == 0.0
    assert result.value == pytest.approx(result.elements[1] / 2)
    for grad in (result.grad, result.grad_log_probs, result.grad_logits):
        assert not grad[:, 0].any()
    assert result.lattice(0).log_likelihood == -np.inf


def test_zero_infinity_does_not_hide_a_nan(rng):
    log_probs, *target = batch(rng)
    log_probs[3, 0, 0] = np.nan
    result = CTCLoss(zero_infinity=True, reduction="none").evaluate(log_probs, *target)
    assert np.isnan(result.value).tolist() == [True, False]
    assert np.isnan(result.grad[:, 0]).all()
    assert np.isfinite(result.grad[:, 1]).all()


def test_torch_makes_nan_of_the_gradient_at_a_zero_probability_and_the_true_ones_are_finite(rng):
    log_probs, *target = batch(rng)
    log_probs[2, :, 1] = -np.inf
    result = CTCLoss().evaluate(log_probs, *target)
    assert np.isfinite(result.value)
    assert np.argwhere(np.isnan(result.grad)).tolist() == [[2, 0, 1], [2, 1, 1]]
    assert result.grad_log_probs[2, 0, 1] == 0.0
    assert np.isfinite(result.grad_logits).all()


def test_a_last_label_that_is_the_blank_hides_the_last_blank_from_torchs_gradient():
    log_probs = np.log(np.full((4, 2), 0.5))
    result = CTCLoss(reduction="sum").evaluate(log_probs, [1, 0], 4, 2)
    # torch 2.13, the row of the last frame; the last label holds 5/9 of the paths there
    lattice = result.lattice()
    assert result.grad[3, 0] == pytest.approx(0.5 - lattice.occupancy[3, 3])
    assert result.grad_logits[3, 0] == pytest.approx(0.5 - lattice.occupancy[3, 3:].sum())


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_padded_joined_and_unbatched_agree(dtype, rng):
    log_probs, joined, lengths, counts = batch(rng)
    log_probs = log_probs.astype(dtype)
    padded = np.array([LONG, [*SHORT, 0, -7, 99]])
    loss = CTCLoss(reduction="none")
    one, other = (loss.evaluate(log_probs, target, lengths, counts) for target in (joined, padded))
    np.testing.assert_array_equal(one.grad, other.grad)
    for n, target in enumerate((LONG, SHORT)):
        alone = loss.evaluate(log_probs[:, n], target, lengths[n], counts[n])
        assert alone.value.shape == alone.elements.shape == ()
        assert alone.value.dtype == alone.grad.dtype == dtype
        assert alone.value == pytest.approx(one.value[n], rel=1e-6)
        np.testing.assert_allclose(alone.grad, one.grad[:, n], atol=1e-6)


def test_float32_is_as_close_as_float32_can_be(rng):
    log_probs = random_log_probs(rng, 1000, 1, 20).astype(np.float32)
    target = (rng.integers(1, 20, (1, 80)), [1000], [80])
    loss = CTCLoss(reduction="sum")
    narrow, wide = loss.evaluate(log_probs, *target), loss.evaluate(log_probs.astype(np.float64), *target)
    assert narrow.value == pytest.approx(wide.value, rel=1e-7)
    np.testing.assert_allclose(narrow.grad, wide.grad, atol=2e-7)


def test_no_argument_is_changed_and_no_result_can_be(rng):
    log_probs, target, _, _ = batch(rng)
    arguments = [log_probs, target, np.array([9, 7]), np.array([4, 1])]
    before = [array.copy() for array in arguments]
    for array in arguments:
        array.flags.writeable = False
    result = CTCLoss().evaluate(*arguments)
    for array, copy in zip(arguments, before, strict=True):
        np.testing.assert_array_equal(array, copy)
    grads = [result.grad, result.grad_log_probs, result.grad_logits]
    assert not any(array.flags.writeable for array in [*grads, result.elements])


def test_a_lattice_is_made_once_and_only_for_a_sample_that_is_there(rng):
    result = CTCLoss().evaluate(*batch(rng))
    assert result.lattice(1) is result.lattice(1)
    assert result.lattice(1).alpha.shape == (7, 3)
    with pytest.raises(InputError, match="no sample 2 in a batch of 2"):
        result.lattice(2)


def test_any_memory_layout_is_taken(rng):
    log_probs, *target = batch(rng)
    strange = np.asfortranarray(log_probs).astype(">f8")
    np.testing.assert_array_equal(
        CTCLoss().evaluate(strange, *target).grad, CTCLoss().evaluate(log_probs, *target).grad
    )
