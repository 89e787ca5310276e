import numpy as np
import pytest

from core.ctc import linear, log_space
from core.ctc.plan import make_plan


def both(log_probs, targets, blank=0):
    """The pass in probabilities and the one in log space over the same batch: log_probs (T, N, C), equal lengths."""
    plan = make_plan(np.concatenate(targets).astype(int), np.array(list(map(len, targets))), blank, log_probs.shape[2])
    columns = np.full((len(log_probs), len(plan.columns) + 1), -np.inf)
    columns[:, :-1] = log_probs.reshape(len(log_probs), -1)[:, plan.columns]
    with np.errstate(over="ignore"):
        probs = np.exp(columns)
    return plan, linear.forward_backward(columns, probs, plan), log_space.forward_backward(columns, plan)


def hostile(rng, T, N, C):
    """Emissions that make paths fall far behind and win later."""
    kind = rng.integers(4)
    logits = rng.normal(size=(T, N, C)) * rng.choice([0.3, 2, 8, 30])
    if kind == 1:  # what early frames like late frames punish
        logits += np.linspace(-1, 1, T)[:, None, None] * rng.normal(size=(1, N, C)) * rng.choice([5, 20, 60])
    elif kind == 2:  # stretches in which one class rules
        for first in range(0, T, 25):
            logits[first : first + 25, :, rng.integers(C)] += rng.choice([10, 40, 200])
    log_probs = logits - np.logaddexp.reduce(logits, axis=2, keepdims=True)
    return np.where(rng.random(log_probs.shape) < 0.15, -np.inf, log_probs) if kind == 3 else log_probs


def test_what_is_certified_agrees_with_log_space(rng):
    certified = total = 0
    for _ in range(60):
        T, N, C = int(rng.integers(2, 300)), int(rng.integers(1, 4)), int(rng.integers(2, 8))
        targets = [rng.integers(1, C, rng.integers(0, T // 3 + 1)) for _ in range(N)]
        plan, (fast, fast_occupancy, proven), (slow, slow_occupancy) = both(hostile(rng, T, N, C), targets)
        assert np.isfinite(slow[proven]).all()
        np.testing.assert_allclose(fast[proven], slow[proven], rtol=1e-12, atol=1e-12)
        columns = proven[plan.owner]
        np.testing.assert_allclose(fast_occupancy[:, columns], slow_occupancy[:, columns], atol=1e-10)
        certified, total = certified + proven.sum(), total + N
    assert 0.2 * total < certified < 0.8 * total  # both sides of the certificate were visited


def test_without_the_certificate_wrong_results_would_pass(rng, monkeypatch):
    monkeypatch.setattr(linear, "PRECISION", 2000)
    wrong = 0
    for _ in range(20):
        targets = [rng.integers(1, 5, 20)]
        _, (fast, _, proven), (slow, _) = both(hostile(rng, 200, 1, 5), targets)
        wrong += int(np.sum(proven & ~np.isclose(fast, slow, rtol=1e-9)))
    assert wrong > 0


def test_emissions_of_a_trained_net_are_certified(rng):
    T, N, C, U = 600, 3, 20, 50
    logits = rng.normal(size=(T, N, C))
    targets = rng.integers(1, C, (N, U))
    logits[:, :, 0] += 8.0
    logits[5 + 12 * np.arange(U), np.arange(N)[:, None], targets] += 12.0
    _, (_, _, proven), _ = both(logits - np.logaddexp.reduce(logits, axis=2, keepdims=True), list(targets))
    assert proven.all()


def test_a_long_untrained_sequence_is_certified_though_its_probability_is_no_double(rng):
    logits = rng.normal(size=(1000, 1, 32))
    log_probs = logits - np.logaddexp.reduce(logits, axis=2, keepdims=True)
    _, (fast, _, proven), (slow, _) = both(log_probs, [rng.integers(1, 32, 100)])
    assert proven.all()
    assert np.exp(fast[0]) == 0.0
    assert fast == pytest.approx(slow, rel=1e-13)


def test_raw_logits_are_not_certified_but_do_no_harm_to_their_neighbours(rng):
    log_probs = np.log(np.full((80, 3, 4), 0.25))
    log_probs[:, 1] = 40.0 * rng.random((80, 4))
    plan, (fast, occupancy, proven), (slow, _) = both(log_probs, [[1, 2], [1, 2], [3, 3]])
    assert proven.tolist() == [True, False, True]
    np.testing.assert_allclose(fast[[0, 2]], slow[[0, 2]])
    assert np.isfinite(occupancy[:, plan.owner != 1]).all()


def test_a_nan_or_a_hopeless_sample_does_no_harm_to_its_neighbours():
    log_probs = np.log(np.full((80, 3, 4), 0.25))
    log_probs[3, 0, 1] = np.nan
    log_probs[:, 2] -= 1e4
    _, (fast, _, proven), _ = both(log_probs, [[1, 2], [1, 2], [3]])
    assert proven.tolist() == [False, True, False]
    assert fast[1] == pytest.approx(both(log_probs[:, 1:2], [[1, 2]])[2][0][0])


def test_emissions_near_the_smallest_double_are_raised_and_accounted_for():
    log_probs = np.log(np.full((40, 1, 3), 1 / 3))
    log_probs[7, 0, 1] = -740.0  # as a double it has lost most of its digits
    log_probs[8:, 0, 1] = -np.inf
    log_probs[:7, 0, 1] = -np.inf
    _, (fast, _, proven), (slow, _) = both(log_probs, [[1]])
    assert not proven.any() or fast == pytest.approx(slow, rel=1e-12)
    log_probs[7, 0, 1] = -1.0
    log_probs[12, 0, 1] = -740.0
    _, (fast, occupancy, proven), (slow, expected) = both(log_probs, [[1]])
    assert proven.all()
    assert fast == pytest.approx(slow, rel=1e-12)
    np.testing.assert_allclose(occupancy, expected, atol=1e-12)
