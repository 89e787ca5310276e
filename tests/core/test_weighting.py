import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.weighting import NORMALISATIONS, SCHEMES, effective_share, pos_weights, weights

COUNTS = [90, 9, 1]


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("uniform", [1, 1, 1]),
        ("balanced", [100 / 270, 100 / 27, 100 / 3]),  # as sklearn.utils.class_weight gives it
        ("inverse", [1 / 90, 1 / 9, 1]),
        ("sqrt_inverse", [1 / np.sqrt(90), 1 / 3, 1]),
        ("effective", [0.1 / (1 - 0.9**90), 0.1 / (1 - 0.9**9), 1]),
    ],
)
def test_a_scheme_gives_its_formula(scheme, expected):
    np.testing.assert_allclose(weights(scheme, COUNTS, beta=0.9).values, expected)


def test_balanced_weights_give_every_class_the_same_share():
    np.testing.assert_allclose(effective_share(weights("balanced", COUNTS).values, COUNTS), 1 / 3)


def test_effective_weights_go_from_uniform_to_inverse_with_beta():
    np.testing.assert_array_equal(weights("effective", COUNTS, beta=0).values, [1, 1, 1])
    np.testing.assert_allclose(weights("effective", COUNTS, beta=1).values, weights("inverse", COUNTS).values)


def test_effective_weights_keep_their_digits_for_beta_next_to_1():
    beta = 1 - 2.0**-52
    np.testing.assert_allclose(weights("effective", COUNTS, beta=beta).values, [1 / 90, 1 / 9, 1], rtol=1e-13)


def test_mean_1_and_sum_c_agree_where_every_class_has_a_sample():
    mean = weights("inverse", COUNTS, normalise="mean 1").values
    assert mean.mean() == pytest.approx(1)
    np.testing.assert_allclose(weights("inverse", COUNTS, normalise="sum C").values, mean)


def test_a_class_without_samples_counts_as_one_and_is_named():
    found = weights("balanced", [6, 0, 2])
    np.testing.assert_allclose(found.values, [8 / 18, 8 / 3, 8 / 6])
    assert found.empty == (1,)
    assert "class 1" in str(found.note)


def test_an_empty_class_is_left_out_of_mean_1_and_counted_in_sum_c():
    assert weights("inverse", [4, 0, 2], normalise="mean 1").values[[0, 2]].mean() == pytest.approx(1)
    assert weights("inverse", [4, 0, 2], normalise="sum C").values.sum() == pytest.approx(3)


def test_there_is_no_note_where_every_class_has_a_sample():
    assert weights("balanced", COUNTS).note is None


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    st.sampled_from(SCHEMES),
    st.lists(st.one_of(st.just(0.0), st.floats(0, 1e12)), min_size=1, max_size=6),
    st.floats(0, 1),
    st.sampled_from(NORMALISATIONS),
)
def test_weights_are_finite_and_positive_for_any_counts(scheme, counts, beta, normalise):
    values = weights(scheme, counts, beta, normalise).values
    assert np.isfinite(values).all()
    assert (values > 0).all()


def test_custom_weights_are_the_ones_given():
    np.testing.assert_array_equal(weights("custom", COUNTS, custom=[3, 2, 1]).values, [3, 2, 1])


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: weights("effective", COUNTS, beta=1.5), "beta"),
        (lambda: weights("balanced", [1, -2]), "counts"),
        (lambda: weights("balanced", []), "counts"),
        (lambda: weights("balanced", [1, np.nan]), "counts"),
        (lambda: weights("custom", COUNTS, custom=[1, 2]), "weight"),
    ],
)
def test_input_that_has_no_weights_is_refused_at_its_field(call, field):
    with pytest.raises(InputError) as error:
        call()
    assert error.value.field == field


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("uniform", 1),
        ("balanced", 9),
        ("inverse", 9),
        ("sqrt_inverse", 3),
        ("effective", (1 - 0.9**90) / (1 - 0.9**10)),
    ],
)
def test_pos_weight_is_the_weight_of_positives_over_that_of_negatives(scheme, expected):
    np.testing.assert_allclose(pos_weights(scheme, [90], [10], beta=0.9).values, expected)


def test_a_column_without_positives_gets_a_finite_pos_weight_and_is_named():
    found = pos_weights("balanced", [90, 50], [0, 50])
    np.testing.assert_allclose(found.values, [90, 1])
    assert found.empty == (0,)
    assert "Column 0" in str(found.note)


def test_shares_sum_to_1_or_are_zero():
    assert effective_share([1, 2], [3, 4]).sum() == pytest.approx(1)
    np.testing.assert_array_equal(effective_share([1, 2], [0, 0]), [0, 0])
