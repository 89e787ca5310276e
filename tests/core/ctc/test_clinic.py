import numpy as np
import pytest

from core.batch import Batch
from core.ctc.clinic import examine
from core.ctc.clinic_lines import compared, silenced
from core.ctc.lattice import lattice_of
from core.ctc.reference_lines import lines_of_one, reference_lines, verdict
from core.ctc.sequence import sequence_of, toy_sequence
from core.ctc.vitals import log_sums_of, vitals
from core.files import read
from core.jobs import finish
from core.losses import CTCLoss
from core.samples import SAMPLES_DIR, samples

ALPHABET = ("ε", "a", "b", "l", "o")


def toy(text, T, rng=None, blank=0):
    logits = np.zeros((T, 5)) if rng is None else rng.normal(size=(T, 5))
    return toy_sequence(text, ALPHABET, logits, blank)


def notes_of(sequence, loss=None, lines=None):
    lattice = lattice_of(sequence.log_probs, sequence.labels, sequence.blank)
    return examine(sequence, lattice, loss or CTCLoss(blank=sequence.blank), None, lines)


def found(notes, title):
    (note,) = [note for note in notes if title in str(note.title)]
    return note


def titles(notes):
    return [str(note.title) for note in notes]


def sample(name, n=0):
    (batch,) = read(SAMPLES_DIR / f"{name}.npz")
    return batch, sequence_of(batch.loss, batch, n)


def test_the_vitals_of_a_toy_are_those_counted_by_hand():
    sequence = toy("allo", 8)
    lattice = lattice_of(sequence.log_probs, sequence.labels, 0)
    measured = vitals(sequence, lattice)
    assert (measured.frames, measured.labels, measured.repeats, measured.needed, measured.slack) == (8, 4, 1, 5, 3)
    assert measured.repeat_places == (2,)
    assert measured.alignments == 165
    assert measured.loss == pytest.approx(measured.uniform) == pytest.approx(8 * np.log(5) - np.log(165))
    assert measured.blank_prob == pytest.approx(0.2)
    assert measured.blank_share == pytest.approx(lattice.occupancy[:, ::2].sum() / 8)
    assert measured.best_path_share == pytest.approx(1 / 165)


def test_log_sums_are_exact_over_many_frames_and_any_scale(rng):
    x = rng.normal(size=(300, 5000)) * 400
    np.testing.assert_allclose(log_sums_of(x), np.logaddexp.reduce(x, axis=1), rtol=1e-12)
    assert log_sums_of(np.full((1, 3), -np.inf)).tolist() == [-np.inf]


def test_a_target_that_fits_is_said_with_its_numbers(rng):
    notes = notes_of(toy("allo", 12, rng))
    feasible = found(notes, "Feasible")
    assert feasible.severity == "ok"
    assert "4 labels and 1 blanks between equal neighbours need 5 frames; 12 are given, 7 to spare" in str(
        feasible.message
    )
    assert "1–2 (l)" in str(found(notes, "Equal neighbours: 1").message)
    assert "6,435 alignments" in str(found(notes, "Room to move").message)


def test_the_worst_comes_first():
    order = [note.severity for note in notes_of(toy("ll", 2))]
    assert order[0] == "error"
    assert order == sorted(order, key=["error", "warning", "hint", "ok"].index)


def test_a_target_that_does_not_fit_is_an_error_whatever_zero_infinity_says():
    sequence = toy("ll", 2)
    plain = found(notes_of(sequence), "Infeasible")
    assert "need 3 frames; 2 are given" in str(plain.message)
    assert "nan" in str(plain.message)
    silent = found(notes_of(sequence, CTCLoss(zero_infinity=True)), "zero_infinity")
    assert "the mean still counts it" in str(silent.message)
    assert {plain.severity, silent.severity} == {"error"}


def test_frames_after_the_input_length_are_pointed_at_where_the_target_does_not_fit():
    x = np.log(np.full((9, 3), 1 / 3))
    batch = Batch(
        "short",
        CTCLoss(),
        x,
        np.array([1, 1]),
        input_lengths=np.array(2),
        target_lengths=np.array(2),
        classes=("-", "a", "b"),
    )
    assert "input_lengths says 2" in str(found(notes_of(sequence_of(batch.loss, batch, 0)), "9 frames are in").message)


def test_the_rules_that_are_wrong_about_this_sequence_are_named():
    assert "T ≥ 2U + 1; T − 2 ≥ U would refuse it" in str(found(notes_of(toy("abo", 4)), "common rule").message)
    assert "T ≥ U would let it pass" in str(found(notes_of(toy("ll", 2)), "common rule").message)
    assert not any("common rule" in title for title in titles(notes_of(toy("abo", 12))))


def test_a_tight_target_is_a_warning_with_the_number_of_alignments():
    assert "One alignment only" in str(found(notes_of(toy("abo", 3)), "Tight").message)
    notes = notes_of(toy("aboaboaboabo", 13))
    assert "25 alignments" in str(found(notes, "Tight").message)


def test_a_blank_in_the_target_is_an_error():
    sequence = toy("aεb", 8)
    message = str(found(notes_of(sequence), "The blank is in the target").message)
    assert "Labels 1 are class 0" in message


def test_an_empty_target_is_explained():
    assert "log p(blank)" in str(found(notes_of(toy("", 4)), "Empty target").message)


def test_raw_logits_are_told_from_probabilities():
    batch, sequence = sample("bug_ctc_raw_logits")
    note = found(notes_of(sequence, batch.loss), "do not sum to one")
    assert note.severity == "error"
    assert "31 of 31 frames; frame 1 sums to e^26.07" in str(note.message)
    probs = np.full((4, 1, 5), 0.2)
    other = Batch("p", CTCLoss(), probs, np.array([[1]]), input_lengths=np.array([4]), target_lengths=np.array([1]))
    assert "Probabilities, not" in " ".join(titles(notes_of(sequence_of(other.loss, other, 0))))


def test_nan_and_exact_zeros_are_counted():
    toy_frames = toy("ab", 4).log_probs.copy()
    toy_frames[1, 4] = -np.inf
    toy_frames[2, 3] = np.nan
    batch = Batch(
        "holes", CTCLoss(), toy_frames, np.array([1, 2]), input_lengths=np.array(4), target_lengths=np.array(2)
    )
    notes = notes_of(sequence_of(batch.loss, batch, 0))
    assert "1 frames, the first is 2. The target does not use" in str(found(notes, "nan or inf").message)
    assert "1 log-probabilities are −inf" in str(found(notes, "Exact zeros").message)


def test_a_wrong_blank_is_named_with_the_right_one():
    batch, sequence = sample("bug_ctc_wrong_blank")
    note = found(notes_of(sequence, batch.loss), "blank = 121")
    assert note.severity == "warning"
    assert "Try blank = 0." in str(note.message)


@pytest.mark.parametrize("file", [one.file for one in samples() if one.loss == "CTCLoss" and not one.broken])
def test_sound_samples_have_no_errors_and_no_wrong_blank(file):
    (batch,) = read(SAMPLES_DIR / file)
    lines = finish(reference_lines(batch.loss, batch))
    notes = notes_of(sequence_of(batch.loss, batch, 0), batch.loss, lines)
    assert not [note for note in notes if note.severity == "error"]
    assert not any("looks wrong" in title for title in titles(notes))
    assert "The input is used" in titles(notes)


def test_only_blanks_are_a_warning():
    logits = np.zeros((20, 5))
    logits[:, 0] = 5.0
    sequence = toy_sequence("ab", ALPHABET, logits)
    note = found(notes_of(sequence), "Only blanks")
    assert note.severity == "warning"
    assert "97.4 % of the probability and 89.9 % of the posterior; it wins 100.0 %" in str(note.message)


def test_the_label_that_is_doubted_most_is_named_with_its_rival():
    batch, sequence = sample("ctc_speech_arctic")
    message = str(found(notes_of(sequence, batch.loss), "Doubted: “ɝ”, label 36").message)
    assert "p = 0.0095" in message
    assert "frame 127. There the emissions say “ɑ” with p = 0.61" in message


def test_a_label_where_the_emissions_say_blank_is_not_told_the_blanks_spelling():
    batch, sequence = sample("ctc_noisy_misread_reduced")
    message = str(found(notes_of(sequence, batch.loss), "Doubted: “i”, label 4").message)
    assert "There the emissions say blank with p = 0.9." in message


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (3.44, "blind"),
        (3.39, "blind"),
        (3.38, "learning"),
        (1.8, "learning"),
        (1.7, "reading"),
        (13.2, "blind"),
        (13.5, "worse"),
        (np.inf, "none"),
        (-1.0, "none"),
    ],
)
def test_the_verdict_beside_the_models_that_learned_nothing(model, said):
    assert verdict(model, floor=3.45, uniform=13.1) == said


@pytest.mark.parametrize(
    ("scale", "title", "severity"),
    [(-8.0, "Worse than equal chances", "warning"), (0.7, "Learning: wait", "hint"), (8.0, "The input is used", "ok")],
)
def test_a_loss_is_placed_among_the_lines(scale, title, severity):
    alphabet = ("ε", "a", "b", "o")
    peaks = np.zeros((12, 4))
    peaks[np.arange(12), [0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0]] = 3.0
    sequence = toy_sequence("abo", alphabet, scale * peaks)
    lines = finish(lines_of_one(sequence, lattice_of(sequence.log_probs, sequence.labels, 0)))
    (note,) = compared(lines)
    assert (str(note.title), note.severity) == (title, severity)


def test_a_batch_in_which_nothing_fits_has_no_lines():
    lines = finish(reference_lines(CTCLoss(), batch_of([[1, 1]], [2], [2])))
    assert (lines.verdict, lines.sequences, lines.floor) == ("none", 0, np.inf)
    assert list(compared(lines)) == []


def test_a_model_that_says_the_same_in_every_frame_is_found_out():
    sequence = toy("abo", 12)
    lattice = lattice_of(sequence.log_probs, sequence.labels, 0)
    lines = finish(lines_of_one(sequence, lattice))
    assert lines.model == pytest.approx(lines.uniform)
    (note,) = compared(lines)
    assert (note.severity, str(note.title)) == ("warning", "The output does not depend on the input")


def batch_of(targets, frames, counts):
    x = np.log(np.full((6, len(targets), 4), 0.25))
    return Batch(
        "some",
        CTCLoss(),
        x,
        np.array(targets),
        input_lengths=np.array(frames),
        target_lengths=np.array(counts),
    )


def test_what_zero_infinity_silences_is_counted():
    batch = batch_of([[1, 1], [1, 2], [2, 2]], [2, 2, 2], [2, 2, 2])
    (loud,) = silenced(CTCLoss(), batch)
    (silent,) = silenced(CTCLoss(zero_infinity=True), batch)
    assert (loud.severity, silent.severity) == ("error", "warning")
    assert str(silent.title) == "zero_infinity silences 2 of 3 sequences"
    assert "frames: 0, 2." in str(silent.message)
    assert silenced(CTCLoss(), batch_of([[1, 2]], [6], [2])) == ()
