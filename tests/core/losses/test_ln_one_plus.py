"""ln(1 + x) in both its forms: which of them is in use depends on the machine."""

from __future__ import annotations

import numpy as np
import pytest

from core.losses.ln_one_plus import ln_one_plus, with_log, with_log1p

FORMS = (with_log, with_log1p)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sign", [1, -1])
def test_that_it_is_log1p_to_the_last_bits(form, dtype, sign):
    rng = np.random.default_rng(2)
    x = np.concatenate([rng.uniform(0, 1, 20_000), 10.0 ** rng.uniform(-40, 0, 20_000), [0.0]]).astype(dtype)
    x = sign * x[x < 1]
    exact = np.log1p(x.astype(np.longdouble))
    np.testing.assert_allclose(form(x.copy(), 1 + x), exact.astype(dtype), rtol=3 * np.finfo(dtype).eps)


@pytest.mark.parametrize("form", FORMS)
def test_that_minus_1_gives_minus_infinity(form):
    with np.errstate(divide="ignore"):
        assert form(np.array([-1.0]), np.array([0.0])) == -np.inf


def test_that_one_of_them_is_in_use():
    assert ln_one_plus in FORMS
