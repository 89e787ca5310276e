import numpy as np
import pytest

from core.batch import Batch
from core.ctc.sequence import sequence_of, sequences_of, toy_sequence
from core.errors import InputError
from core.files import read
from core.losses import CTCLoss
from core.samples import SAMPLES_DIR, samples

CTC_FILES = [sample.file for sample in samples() if sample.loss == "CTCLoss"]


def batch_of(**changes):
    given = {
        "name": "two",
        "loss": CTCLoss(),
        "input": np.log(np.full((6, 2, 3), 1 / 3)),
        "target": np.array([[1, 2], [1, 0]]),
        "input_lengths": np.array([6, 4]),
        "target_lengths": np.array([2, 1]),
        "classes": ("-", "a", "b"),
    }
    return Batch(**(given | changes))


@pytest.mark.parametrize("file", CTC_FILES)
def test_every_sequence_of_the_samples_is_read(file):
    (batch,) = read(SAMPLES_DIR / file)
    for n in range(sequences_of(batch.loss, batch)):
        sequence = sequence_of(batch.loss, batch, n)
        assert sequence.log_probs.dtype == np.float64
        assert len(sequence.log_probs) + len(sequence.unread) == len(batch.input)
        assert len(sequence.names) == batch.input.shape[-1]
        if file != "ctc_speech_arctic.npz":  # the truth is words, the target phones
            assert sequence.title == sequence.text


def test_a_sequence_has_its_own_frames_labels_and_part_of_the_picture():
    image = np.arange(2 * 4 * 12).reshape(2, 4, 12).astype(np.uint8)
    batch = batch_of(extras={"image": image, "truth": np.array(["ab", "a!"]), "frame_seconds": np.array([0.02, 0.01])})
    sequence = sequence_of(batch.loss, batch, 1)
    assert sequences_of(batch.loss, batch) == 2
    assert sequence.log_probs.shape == (4, 3)
    assert sequence.unread.shape == (2, 3)
    assert sequence.labels.tolist() == [1]
    assert (sequence.title, sequence.text, sequence.index) == ("a!", "a", 1)
    assert sequence.frame_seconds == 0.01
    assert sequence.picture.tolist() == image[1, :, :8].tolist()
    assert sequence.unread_picture.tolist() == image[1, :, 8:].tolist()


@pytest.mark.parametrize("told", [0.0, -1.0, np.nan, np.array([0.1, 0.2, 0.3]), np.array("slow")])
def test_a_length_of_a_frame_that_cannot_be_is_not_told(told):
    batch = batch_of(extras={"frame_seconds": np.asarray(told)})
    assert sequence_of(batch.loss, batch, 0).frame_seconds is None


def test_names_are_numbers_where_the_file_has_another_count_of_them():
    assert sequence_of(CTCLoss(), batch_of(classes=("a",)), 0).names == ("0", "1", "2")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"target": np.array([[1, 7], [1, 0]])}, "targets"),
        ({"target": None}, "target"),
        ({"input_lengths": None}, "input_lengths"),
        ({"input_lengths": np.array([6, 9])}, "input_lengths"),
    ],
)
def test_what_the_loss_refuses_is_refused_with_the_field(changes, field):
    with pytest.raises(InputError) as refused:
        sequence_of(CTCLoss(), batch_of(**changes), 0)
    assert refused.value.field == field


@pytest.mark.parametrize("n", [-1, 2])
def test_there_is_no_sequence_beyond_the_batch(n):
    with pytest.raises(InputError, match=r"no sequence .* in a batch of 2"):
        sequence_of(CTCLoss(), batch_of(), n)


def test_a_toy_is_the_softmax_of_its_logits_and_refuses_foreign_symbols():
    toy = toy_sequence("ba", ("ε", "a", "b"), np.zeros((4, 3)))
    assert toy.labels.tolist() == [2, 1]
    np.testing.assert_allclose(toy.log_probs, -np.log(3))
    assert (toy.text, toy.title, toy.picture) == ("ba", "ba", None)
    with pytest.raises(InputError, match="“x” is not a symbol"):
        toy_sequence("bax", ("ε", "a", "b"), np.zeros((4, 3)))
