import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from core.ctc.decode import runs
from core.ctc.lattice import lattice_of
from core.ctc.segments import segments, words
from core.ctc.sequence import sequence_of
from core.files import read
from core.samples import SAMPLES_DIR

GOLDEN = sorted((Path(__file__).parents[2] / "golden").glob("ctc_*.json"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_the_segments_are_the_label_runs_of_the_golden_best_path(path):
    (batch,) = read(SAMPLES_DIR / f"{path.stem}.npz")
    for n, said in enumerate(json.loads(path.read_text())["extra"]["ctc"]):
        sequence = sequence_of(batch.loss, batch, n)
        spoken = segments(lattice_of(sequence.log_probs, sequence.labels, sequence.blank), sequence.names)
        classes = np.array(said["viterbi_labels"])
        expected = [run for run in runs(said["viterbi_states"]) if run.cls % 2 == 1]
        assert [(one.start, one.end) for one in spoken] == [(run.start, run.end) for run in expected]
        for one in spoken:
            assert set(classes[one.start : one.end]) == {one.cls}
            probs = np.exp(sequence.log_probs[one.start : one.end, one.cls])
            assert one.confidence == pytest.approx(probs.mean())
            assert one.least == probs.min()
            assert one.label == sequence.names[one.cls]
        assert [one.cls for one in spoken] == sequence.labels.tolist()


def test_equal_neighbours_are_two_segments(rng, random_log_probs):
    spoken = segments(lattice_of(random_log_probs(rng, 8, 3), [1, 1, 2], 0), ("-", "l", "o"))
    assert [one.label for one in spoken] == ["l", "l", "o"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spoken))
    assert spoken[0].end < spoken[1].start


def test_a_target_that_does_not_fit_has_no_segments():
    assert segments(lattice_of(np.zeros((2, 2)), [1, 1], 0), ("-", "l")) == ()
    assert segments(lattice_of(np.zeros((2, 2)), [], 0), ("-", "l")) == ()


def spoken_as(*names):
    log_probs = np.full((len(names), len(names) + 1), -9.0)
    log_probs[np.arange(len(names)), np.arange(len(names)) + 1] = np.log(np.linspace(0.2, 0.9, len(names)))
    return segments(lattice_of(log_probs, np.arange(len(names)) + 1, 0), ("-", *names))


@pytest.mark.parametrize(
    ("names", "merged"),
    [
        (("a", "b", " ", "c"), [("ab", 0, 2), ("c", 3, 4)]),
        (("|", "a", "|", "|", "b"), [("a", 1, 2), ("b", 4, 5)]),
        (("oʊ", "n", "<wb>", "ɪ"), [("oʊn", 0, 2), ("ɪ", 3, 4)]),
        (("▁on", "ly", "▁me"), [("only", 0, 2), ("me", 2, 3)]),
        (("▁", "o", "n", "▁", "m"), [("on", 1, 3), ("m", 4, 5)]),
        (("交", "叉"), [("交叉", 0, 2)]),
        (("|",), []),
    ],
)
def test_words_end_where_a_separator_stands_or_a_piece_begins(names, merged):
    assert [(word.label, word.start, word.end) for word in words(spoken_as(*names))] == merged


def test_a_word_is_as_sure_as_its_frames_on_average():
    (word,) = words(spoken_as("a", "b", "c"))
    assert word.confidence == pytest.approx((0.2 + 0.55 + 0.9) / 3)
    assert word.least == pytest.approx(0.2)
    assert (word.first, word.last) == (0, 2)


def test_the_words_of_the_spoken_sentence_are_as_many_as_its_boundaries_part():
    (batch,) = read(SAMPLES_DIR / "ctc_speech_arctic.npz")
    sequence = sequence_of(batch.loss, batch, 0)
    merged = words(segments(lattice_of(sequence.log_probs, sequence.labels, sequence.blank), sequence.names))
    assert len(merged) == len(sequence.title.split()) == 11
    assert merged[0].label == "ænd"
