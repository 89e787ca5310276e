import numpy as np
import pytest

from core.ctc.batch import read_batch
from core.errors import InputError

LOG_PROBS = np.log(np.full((6, 2, 5), 0.2))


def read(log_probs=LOG_PROBS, targets=((1, 2), (3, 4)), input_lengths=(6, 6), target_lengths=(2, 2), blank=0):
    return read_batch(log_probs, targets, input_lengths, target_lengths, blank)


def test_padded_and_joined_targets_are_the_same_batch():
    padded = read(targets=np.array([[1, -100, 77], [3, 4, -1]]), target_lengths=[1, 2])
    joined = read(targets=[1, 3, 4], target_lengths=(1, 2))
    assert padded.labels.tolist() == joined.labels.tolist() == [1, 3, 4]
    assert padded.labels_of(0).tolist() == [1]
    assert padded.labels_of(1).tolist() == [3, 4]


def test_an_unbatched_sample_takes_scalars_lists_and_arrays_as_lengths():
    one = LOG_PROBS[:, 0]
    for T, U in [(6, 2), ([6], [2]), (np.array(6), np.array(2)), (np.int32(6), (2,))]:
        batch = read(one, [1, 2], T, U)
        assert batch.log_probs.shape == (6, 1, 5)
        assert not batch.batched
        assert batch.input_lengths.tolist() == [6]
    assert read(one, [[1, 2]], 6, 1).labels.tolist() == [1]


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int16, np.int32, np.int64, np.float32, np.float64])
def test_labels_of_any_dtype_that_holds_whole_numbers_are_taken(dtype):
    assert read(targets=np.array([[1, 2], [3, 4]], dtype)).labels.tolist() == [1, 2, 3, 4]


def test_a_batch_keeps_no_array_that_the_caller_may_change():
    targets, lengths = np.array([1, 2, 3, 4]), np.array([6, 6])
    batch = read(targets=targets, input_lengths=lengths)
    targets[:], lengths[:] = 0, 0
    assert batch.labels.tolist() == [1, 2, 3, 4]
    assert batch.input_lengths.tolist() == [6, 6]


def test_targets_may_all_be_empty():
    assert read(targets=np.zeros((2, 0), dtype=int), target_lengths=[0, 0]).labels.size == 0
    assert read(targets=[], target_lengths=[0, 0]).labels.size == 0


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("log_probs", {"log_probs": LOG_PROBS.astype(np.float16)}, "log_probs.float()"),
        ("log_probs", {"log_probs": np.zeros((6, 2, 5), dtype=int)}, "int64"),
        ("log_probs", {"log_probs": LOG_PROBS[0, 0]}, "(5,)"),
        ("log_probs", {"log_probs": LOG_PROBS[None]}, "(1, 6, 2, 5)"),
        ("log_probs", {"log_probs": LOG_PROBS[:0]}, "at least one frame"),
        ("blank", {"blank": 5}, "5 is not one of the 5 classes"),
        ("input_lengths", {"input_lengths": [7, 6]}, "only 6 are there"),
        ("input_lengths", {"input_lengths": [-1, 6]}, "length -1"),
        ("input_lengths", {"input_lengths": [6.0, 6.0]}, "float64"),
        ("input_lengths", {"input_lengths": [True, True]}, "bool"),
        ("input_lengths", {"input_lengths": 6}, "There are 1 for a batch of 2"),
        ("input_lengths", {"input_lengths": [[6], [6, 6]]}, "different lengths"),
        ("target_lengths", {"target_lengths": [3, 2]}, "only 2 are there"),
        ("target_lengths", {"target_lengths": [2, 2, 2]}, "There are 3 for a batch of 2"),
        ("targets", {"targets": [1, 2, 3]}, "add up to 4"),
        ("targets", {"targets": [1, 2, 3, 4, 1]}, "no padding"),
        ("targets", {"targets": [[1, 2]]}, "1 rows for a batch of 2"),
        ("targets", {"targets": [[[1, 2], [3, 4]]]}, "(1, 2, 2)"),
        ("targets", {"targets": 1}, "()"),
        ("targets", {"targets": [[1, 2], [3]]}, "different lengths"),
        ("targets", {"targets": [[1, 2], [3, 5]]}, "Sample 1 has the label 5"),
        ("targets", {"targets": [[1, -1], [3, 4]]}, "Sample 0 has the label -1"),
        ("targets", {"targets": [[1, 2], [3, 1.5]]}, "1.5 is not a whole number"),
        ("targets", {"targets": [[1, 2], [3, np.nan]]}, "nan is not a whole number"),
        ("targets", {"targets": [["a", "b"], ["c", "d"]]}, "vocabulary"),
    ],
)
def test_what_is_refused_says_the_field_what_was_given_and_the_remedy(field, given, says):
    with pytest.raises(InputError) as caught:
        read(**given)
    assert caught.value.field == field
    assert says in str(caught.value)
    assert str(caught.value.remedy)
