import numpy as np
import pytest

from core.batch import Batch
from core.losses import CrossEntropyLoss, CTCLoss, KLDivLoss, L1Loss, MSELoss, NLLLoss
from core.problem import evaluate
from core.rows import ClassRow, ElementRow, SequenceRow, row_values, rows_of


def rows(loss, x, t, *lengths):
    batch = Batch("b", loss, np.asarray(x), np.asarray(t), *lengths)
    return batch, rows_of(loss, batch, evaluate(loss, batch))


def test_a_row_of_cross_entropy_is_a_target_position():
    x = np.random.default_rng(0).normal(size=(2, 3, 4, 5))
    t = np.random.default_rng(1).integers(0, 3, (2, 4, 5))
    batch, found = rows(CrossEntropyLoss(), x, t)
    assert found.count == 40
    assert found.label(27) == (1, 1, 2)
    row = row_values(batch.loss, batch, 27)
    assert isinstance(row, ClassRow)
    np.testing.assert_array_equal(row.values, x[1, :, 1, 2])
    assert row.target == t[1, 1, 2]


def test_the_only_row_of_an_unbatched_sample_has_an_empty_label():
    batch, found = rows(NLLLoss(), np.log([0.2, 0.8]), 1)
    assert (found.count, found.label(0)) == (1, ())
    assert row_values(batch.loss, batch, 0).target == 1


def test_a_row_with_a_distribution_as_target_gives_it_whole():
    x = np.zeros((2, 3))
    t = np.array([[1.0, 0, 0], [0.2, 0.3, 0.5]])
    batch, found = rows(CrossEntropyLoss(), x, t)
    assert found.count == 2
    np.testing.assert_array_equal(row_values(batch.loss, batch, 1).target, t[1])


def test_the_loss_of_a_kl_row_is_the_sum_over_its_classes():
    x = np.log([[0.5, 0.5], [0.9, 0.1]])
    t = np.array([[0.5, 0.5], [0.1, 0.9]])
    _, found = rows(KLDivLoss(reduction="batchmean"), x, t)
    np.testing.assert_allclose(found.loss, [0, 0.8 * np.log(9)], atol=1e-15)


def test_a_distribution_without_batch_axis_is_one_row():
    batch, found = rows(KLDivLoss(), np.log([0.5, 0.5]), np.array([0.5, 0.5]))
    assert found.count == 1
    assert row_values(batch.loss, batch, 0).values.shape == (2,)


def test_a_row_of_an_elementwise_loss_is_an_element_with_its_column():
    x, t = np.arange(6.0).reshape(2, 3), np.zeros((2, 3))
    batch, found = rows(MSELoss(), x, t)
    assert found.count == 6
    assert row_values(batch.loss, batch, 5) == ElementRow(5.0, 0.0, 2)
    assert list(found.order) == [5, 4, 3, 2, 1, 0]


def test_rows_of_a_broadcast_loss_are_the_pairs_it_compares():
    x, t = np.array([[1.0], [2.0]]), np.array([10.0, 20.0, 30.0])
    with np.errstate(all="raise"):
        batch, found = rows(L1Loss(), x, t)
    assert found.count == 6
    assert row_values(batch.loss, batch, 4) == ElementRow(2.0, 20.0, 1)


def test_a_row_of_ctc_is_a_sequence():
    log_probs = np.log(np.full((4, 2, 3), 1 / 3))
    batch, found = rows(CTCLoss(), log_probs, [[1, 1], [2, 0]], np.array([4, 4]), np.array([2, 1]))
    assert found.count == 2
    assert row_values(batch.loss, batch, 1) == SequenceRow(1)


def test_order_puts_nan_first_and_ignored_rows_last():
    x = np.array([[0.0, 0], [0, 5], [np.nan, 0], [np.nan, 0], [0, 1]])
    t = np.array([0, 0, -100, 0, 0])
    _, found = rows(CrossEntropyLoss(), x, t)
    assert list(found.order) == [3, 1, 4, 0, 2]
    assert list(found.kept) == [True, True, False, True, True]


def test_rows_with_equal_loss_keep_their_order():
    _, found = rows(L1Loss(), np.ones(5), np.zeros(5))
    assert list(found.order) == [0, 1, 2, 3, 4]


def test_a_row_past_the_end_is_an_index_error():
    batch, _ = rows(L1Loss(), np.ones(5), np.zeros(5))
    with pytest.raises(IndexError):
        row_values(batch.loss, batch, 5)
