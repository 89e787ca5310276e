import numpy as np
import pytest

from core.batch import Batch
from core.errors import InputError
from core.losses import CrossEntropyLoss, CTCLoss, L1Loss
from core.problem import evaluate


def test_a_batch_is_read_only_and_leaves_the_callers_arrays_writeable():
    x = np.zeros((2, 3))
    batch = Batch("b", CrossEntropyLoss(), x, np.array([0, 1]), extras={"ids": np.array([7, 8])})
    assert not batch.input.flags.writeable
    assert not batch.extras["ids"].flags.writeable
    assert x.flags.writeable


def test_a_read_only_array_is_shared_not_copied():
    x = np.zeros((2, 3))
    x.flags.writeable = False
    assert Batch("b", CrossEntropyLoss(), x).input is x


@pytest.mark.parametrize(
    ("loss", "shape", "size", "class_count"),
    [
        (CrossEntropyLoss(), (4, 3), 4, 3),
        (CrossEntropyLoss(), (3,), 1, 3),
        (CrossEntropyLoss(), (2, 5, 7, 7), 2, 5),
        (L1Loss(), (6,), 6, 1),
        (L1Loss(), (6, 2), 6, 2),
        (L1Loss(), (), 1, 1),
        (CTCLoss(), (9, 4, 5), 4, 5),
        (CTCLoss(), (9, 5), 1, 5),
    ],
)
def test_size_and_class_count_follow_the_axes_of_the_loss(loss, shape, size, class_count):
    batch = Batch("b", loss, np.zeros(shape))
    assert (batch.size, batch.class_count) == (size, class_count)


def test_evaluate_hands_ctc_its_four_arguments():
    log_probs = np.log(np.full((4, 2, 3), 1 / 3))
    lengths = np.array([4, 4])
    batch = Batch("b", CTCLoss(), log_probs, np.array([[1], [2]]), lengths, np.array([1, 1]))
    direct = batch.loss.evaluate(log_probs, batch.target, lengths, batch.target_lengths)
    assert evaluate(batch.loss, batch).value == direct.value


@pytest.mark.parametrize(
    ("batch", "field"),
    [
        (Batch("b", L1Loss(), np.zeros(3)), "target"),
        (Batch("b", L1Loss(), np.array(["a", "b"]), np.zeros(2)), "input"),
        (Batch("b", CTCLoss(), np.zeros((4, 3)), np.array([1])), "input_lengths"),
    ],
)
def test_evaluate_refuses_a_batch_that_lacks_what_the_loss_needs(batch, field):
    with pytest.raises(InputError) as error:
        evaluate(batch.loss, batch)
    assert error.value.field == field
