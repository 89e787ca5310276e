import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from core.ctc.decode import collapsed, edit_distance, greedy_text, runs
from core.ctc.paths import collapse, greedy
from core.ctc.sequence import sequence_of
from core.files import read
from core.samples import SAMPLES_DIR

GOLDEN = sorted((Path(__file__).parents[2] / "golden").glob("ctc_*.json"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_every_sample_decodes_as_its_golden_file_says(path):
    (batch,) = read(SAMPLES_DIR / f"{path.stem}.npz")
    for n, said in enumerate(json.loads(path.read_text())["extra"]["ctc"]):
        sequence = sequence_of(batch.loss, batch, n)
        found = collapse(greedy(sequence.log_probs), sequence.blank)
        assert found.tolist() == said["greedy_ids"]
        assert greedy_text(sequence) == said["greedy_text"]
        assert edit_distance(found, sequence.labels) == said["edit_distance"]


def plain_distance(a, b):
    @cache
    def d(i, j):
        if i == 0 or j == 0:
            return i + j
        return min(d(i - 1, j) + 1, d(i, j - 1) + 1, d(i - 1, j - 1) + (a[i - 1] != b[j - 1]))

    return d(len(a), len(b))


def test_the_edit_distance_is_that_of_the_plain_recursion(rng):
    for _ in range(200):
        a, b = (rng.integers(0, 3, rng.integers(0, 8)).tolist() for _ in range(2))
        assert edit_distance(a, b) == plain_distance(a, b)


def test_runs_cover_every_frame_and_collapse_to_what_the_path_spells(rng):
    for _ in range(50):
        path = rng.integers(0, 3, rng.integers(0, 12))
        merged = runs(path)
        assert np.repeat([run.cls for run in merged], [run.end - run.start for run in merged]).tolist() == path.tolist()
        assert [run.cls for run in collapsed(path, 0)] == collapse(path, 0).tolist()
