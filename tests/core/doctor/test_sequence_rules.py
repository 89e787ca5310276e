import numpy as np
import pytest

from core.batch import Batch
from core.doctor import diagnose
from core.losses import CTCLoss


def findings(frames, targets, input_lengths, target_lengths, classes=4):
    size = np.size(input_lengths)
    shape = (frames, classes) if np.ndim(input_lengths) == 0 else (frames, size, classes)
    x = np.full(shape, -np.log(classes))
    loss = CTCLoss()
    lengths = np.asarray(input_lengths), np.asarray(target_lengths)
    return {f.rule: f for f in diagnose(Batch("b", loss, x, np.asarray(targets), *lengths), loss)}


@pytest.mark.parametrize("frames", [3, 4])
def test_t1_wants_a_frame_for_each_label_and_each_repeat(frames):
    found = findings(frames, [1, 1, 2], frames, 3).get("T1")
    assert (found is not None) == (frames == 3)
    if found:
        assert (found.severity, found.evidence["needed"], found.evidence["frames"]) == ("error", [4], [3])


def test_t1_names_the_sequences_of_a_padded_batch_and_does_not_count_padding():
    targets = [[1, 2, 0, 0], [1, 1, 1, 2]]
    assert findings(5, targets, [2, 5], [2, 4])["T1"].evidence["rows"] == [1]
    assert "T1" not in findings(6, targets, [2, 6], [2, 4])


def test_t1_reads_concatenated_targets_by_their_lengths():
    found = findings(3, [1, 2, 2, 2, 3], [3, 2, 2], [2, 2, 1])
    assert found["T1"].evidence["rows"] == [1]  # 2 | 2 is a repeat within sequence 1 only


def test_t5_names_labels_and_sequences_and_explains_the_refusal():
    found = findings(6, [[1, 2], [4, -1]], [6, 6], [2, 2])
    assert list(found) == ["T5", "T17"]
    assert (found["T5"].evidence["rows"], found["T5"].evidence["labels"]) == ([1], [-1, 4])


def test_t5_does_not_look_into_padding():
    assert "T5" not in findings(6, [[1, 2], [3, -1]], [6, 6], [2, 1])


def test_rules_of_sequences_are_silent_where_lengths_contradict_the_arrays():
    assert list(findings(6, [1, 2, 9], [6, 6], [2, 2])) == ["T9"]
    assert list(findings(6, [[1, 2]], [6, 6], [2, 2])) == ["INPUT"]
    assert list(findings(6, [1, 9], 6, -1)) == ["INPUT"]
