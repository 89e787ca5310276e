import numpy as np
import pytest

from core.files import read
from core.samples import SAMPLES_DIR, samples


def test_that_catalogue_and_folder_name_the_same_files():
    assert sorted(sample.file for sample in samples()) == sorted(path.name for path in SAMPLES_DIR.glob("*.npz"))


def test_titles_are_short_and_different():
    titles = [str(sample.title) for sample in samples()]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 32


def test_that_files_named_bug_are_the_broken_ones():
    assert all(sample.broken == sample.file.startswith("bug_") for sample in samples())


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.file)
def test_that_a_sample_opens_with_the_loss_of_the_catalogue(sample):
    (batch,) = read(sample.path)
    assert batch.loss.name == sample.loss
    assert batch.loss.family == sample.family
    assert batch.notes == ()
    assert not batch.input.flags.writeable


def test_the_keys_of_a_sample_become_fields():
    (batch,) = read(SAMPLES_DIR / "ce_digits_mid.npz")
    assert batch.classes == tuple("0123456789")
    assert batch.weight is not None
    assert batch.loss.weight is None  # its meta does not ask for it
    assert {"train_counts", "samples", "mislabeled", "history"} <= batch.extras.keys()
    assert batch.meta["loss"] == "CrossEntropyLoss"


def test_a_weight_is_used_where_the_meta_asks_for_it():
    (batch,) = read(SAMPLES_DIR / "bug_zero_weight_only_class.npz")
    np.testing.assert_array_equal(batch.loss.weight, batch.weight)


def test_a_ctc_sample_names_its_labels_and_blank():
    (batch,) = read(SAMPLES_DIR / "ctc_speech_arctic.npz")
    assert len(batch.classes) == batch.class_count == 191
    assert batch.loss.blank == 190
    assert (batch.size, batch.input_lengths.shape) == (1, ())
