import numpy as np
import pytest

from core.ctc import log_sweep
from core.ctc.labels import extend, may_skip
from core.ctc.lattice import forward
from core.ctc.log_sweep import sweep
from core.ctc.plan import emissions, make_plan


def swept(log_probs, targets):
    """What arrives in each state of the first sample, and what `forward` says of it; log_probs (T, N, C)."""
    plan = make_plan(np.concatenate(targets).astype(int), np.array(list(map(len, targets))), 0, log_probs.shape[2])
    columns = np.full((len(log_probs), len(plan.columns) + 1), -np.inf)
    columns[:, :-1] = log_probs.reshape(len(log_probs), -1)[:, plan.columns]
    arriving = sweep(np.concatenate(list(emissions(columns, plan))), plan)
    states = extend(targets[0], 0)
    own = np.flatnonzero(plan.used)[: len(states)]
    return arriving[:, own], forward(log_probs[:, 0, states], may_skip(states))


@pytest.mark.parametrize("wide", [0, 10**6])
def test_both_forms_follow_the_plain_recursion(rng, monkeypatch, wide):
    monkeypatch.setattr(log_sweep, "WIDE", wide)
    targets = [np.array([1, 1, 2, 3, 3, 3, 1]), np.array([2]), np.array([], int)]
    for scale in (1.0, 2000.0):
        log_probs = scale * rng.normal(size=(30, 3, 4))
        log_probs[rng.random(log_probs.shape) < 0.1] = -np.inf
        found, expected = swept(log_probs, targets)
        np.testing.assert_allclose(found, expected, rtol=1e-13, atol=1e-13)
        assert np.isneginf(expected).any()
