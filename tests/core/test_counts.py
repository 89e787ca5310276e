import numpy as np
import pytest

from core.batch import Batch
from core.counts import binary_counts_of, counts_of, parse_counts, read_counts, train_counts_of
from core.errors import InputError
from core.losses import BCEWithLogitsLoss, CrossEntropyLoss, MSELoss


def test_ignored_targets_and_labels_outside_are_not_counted():
    batch = Batch("b", CrossEntropyLoss(ignore_index=255), np.zeros((6, 3)), np.array([0, 2, 2, 255, 9, -4]))
    np.testing.assert_array_equal(counts_of(batch), [1, 0, 2])


def test_the_loss_in_force_says_which_targets_are_kept():
    batch = Batch("b", CrossEntropyLoss(), np.zeros((3, 3)), np.array([0, 2, 2]))
    np.testing.assert_array_equal(counts_of(batch, CrossEntropyLoss(ignore_index=2)), [1, 0, 0])


def test_counts_of_probability_targets_are_the_sums_of_their_columns():
    t = np.array([[0.5, 0.5, 0], [0, 0.25, 0.75]])
    np.testing.assert_array_equal(counts_of(Batch("b", CrossEntropyLoss(), np.zeros((2, 3)), t)), [0.5, 0.75, 0.75])


def test_pixels_count_like_rows():
    t = np.array([[[0, 1], [1, 1]]])
    np.testing.assert_array_equal(counts_of(Batch("b", CrossEntropyLoss(), np.zeros((1, 2, 2, 2)), t)), [1, 3])


def test_binary_counts_are_negatives_and_positives_of_each_column():
    t = np.array([[1.0, 0], [0.25, 0], [0, 0]])
    negatives, positives = binary_counts_of(Batch("b", BCEWithLogitsLoss(), np.zeros((3, 2)), t))
    np.testing.assert_array_equal(negatives, [1.75, 3])
    np.testing.assert_array_equal(positives, [1.25, 0])


def test_targets_that_are_no_classes_have_no_counts():
    with pytest.raises(InputError):
        counts_of(Batch("b", MSELoss(), np.zeros((3, 1)), np.zeros(3)))
    with pytest.raises(InputError):
        counts_of(Batch("b", CrossEntropyLoss(), np.zeros((3, 2))))


def test_train_counts_are_taken_if_there_is_one_a_class():
    x, t = np.zeros((2, 3)), np.array([0, 1])
    full = Batch("b", CrossEntropyLoss(), x, t, extras={"train_counts": np.array([5, 6, 7])})
    np.testing.assert_array_equal(train_counts_of(full), [5, 6, 7])
    assert train_counts_of(Batch("b", CrossEntropyLoss(), x, t, extras={"train_counts": np.array([5])})) is None
    assert train_counts_of(Batch("b", CrossEntropyLoss(), x, t)) is None


@pytest.mark.parametrize("text", ["87, 65, 51", "87 65 51", "87，65、51", " 87;65\n51 "])
def test_typed_counts_take_spaces_and_any_comma(text):
    np.testing.assert_array_equal(parse_counts(text, 3), [87, 65, 51])


@pytest.mark.parametrize("text", ["", "1, 2", "1, 2, x", "1, 2, -3", "1, 2, inf"])
def test_typed_counts_that_do_not_fit_are_refused(text):
    with pytest.raises(InputError) as error:
        parse_counts(text, 3)
    assert error.value.field == "counts"


def test_a_text_file_holds_a_label_a_line_as_number_or_name(tmp_path):
    file = tmp_path / "labels.txt"
    file.write_text("0\n2\n\ncat\n-100\n")
    np.testing.assert_array_equal(read_counts(file, 3, ("dog", "cat", "cow")), [1, 1, 1])


def test_npy_and_npz_files_of_labels_are_counted(tmp_path):
    labels = np.array([0, 1, 1, -100])
    np.save(tmp_path / "y.npy", labels)
    np.savez(tmp_path / "y.npz", other=np.zeros(2), y=labels)
    np.testing.assert_array_equal(read_counts(tmp_path / "y.npy", 2), [1, 2])
    np.testing.assert_array_equal(read_counts(tmp_path / "y.npz", 2), [1, 2])


@pytest.mark.parametrize("content", ["0\n3\n", "0\nmouse\n"])
def test_labels_that_no_class_has_are_refused_with_the_file_named(tmp_path, content):
    file = tmp_path / "labels.txt"
    file.write_text(content)
    with pytest.raises(InputError) as error:
        read_counts(file, 3)
    assert error.value.field == "labels.txt"


def test_a_file_of_reals_holds_no_labels(tmp_path):
    np.save(tmp_path / "y.npy", np.zeros(3))
    with pytest.raises(InputError, match="whole numbers"):
        read_counts(tmp_path / "y.npy", 2)
