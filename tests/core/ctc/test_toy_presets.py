import numpy as np
import pytest

from core.ctc.decode import greedy_text
from core.ctc.labels import frames_needed
from core.ctc.lattice import lattice_of
from core.ctc.sequence import toy_sequence
from core.ctc.toy_presets import PRESETS, frames_for, text_for, toy_preset
from core.errors import InputError

ALPHABET = ("ε", "c", "a", "t", "o", "g")


def made(key, text="cat", frames=12, alphabet=ALPHABET, blank=0):
    text = text_for(key, text, alphabet)
    frames = frames_for(key, text, frames, alphabet)
    sequence = toy_sequence(text, alphabet, toy_preset(key, text, frames, alphabet, blank), blank)
    return sequence, lattice_of(sequence.log_probs, sequence.labels, blank)


@pytest.mark.parametrize("key", PRESETS)
@pytest.mark.parametrize("text", ["", "c", "cat", "cattac", "gggg"])
@pytest.mark.parametrize("frames", [1, 7, 60])
def test_every_preset_has_logits_for_every_target(key, text, frames):
    sequence, lattice = made(key, text, frames)
    assert sequence.log_probs.shape[1] == len(ALPHABET)
    needs = frames_needed(sequence.labels)
    assert np.isfinite(lattice.log_likelihood) == (key != "infeasible" or needs <= 1)


def test_uniform_has_no_preference():
    sequence, _ = made("uniform")
    assert np.ptp(sequence.log_probs) == 0


@pytest.mark.parametrize("text", ["cat", "caat", "ggg", "coco"])
def test_peaky_reads_as_its_target_with_one_frame_a_label(text):
    sequence, lattice = made("peaky", text, 24)
    assert greedy_text(sequence) == text
    assert (lattice.best_path % 2).sum() == len(text)


def test_confused_reads_wrongly_in_the_middle():
    assert greedy_text(made("confused")[0]) == "cot"


def test_needs_a_blank_doubles_a_letter_and_greedy_merges_it():
    sequence, lattice = made("needs_blank")
    assert sequence.text == "caat"
    assert greedy_text(sequence) == "cat"
    assert np.isfinite(lattice.log_likelihood)
    assert made("needs_blank", "attc")[0].text == "attc"


def test_infeasible_is_one_frame_short():
    sequence, lattice = made("infeasible", "caat")
    assert len(sequence.log_probs) == frames_needed(sequence.labels) - 1 == 4
    assert lattice.log_likelihood == -np.inf


def test_the_blank_may_be_any_class():
    sequence, _ = made("peaky", alphabet=("c", "a", "t", "ε"), blank=3)
    assert greedy_text(sequence) == "cat"


def test_a_foreign_symbol_is_refused():
    with pytest.raises(InputError):
        toy_preset("peaky", "cax", 12, ALPHABET)
