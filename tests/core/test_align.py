import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.align import align
from core.ctc.decode import runs
from core.samples import SAMPLES_DIR
from main import main

ROOT = Path(__file__).parents[2]
GOLDEN = sorted((ROOT / "tests" / "golden").glob("ctc_*.json"))


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(file, output):
    err = io.StringIO()
    return align(Path(file), output, err), err.getvalue()


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_align_writes_the_golden_best_path_of_every_sample(path, tmp_path):
    output = tmp_path / "segments.csv"
    assert run(SAMPLES_DIR / f"{path.stem}.npz", output) == (0, "")
    expected = []
    for n, said in enumerate(json.loads(path.read_text())["extra"]["ctc"]):
        spoken = [run for run in runs(said["viterbi_states"]) if run.cls % 2 == 1]
        expected += [(n, said["viterbi_labels"][run.start], run.start, run.end) for run in spoken]
    rows = rows_of(output)
    assert [tuple(int(row[key]) for key in ("sequence", "class", "start", "end")) for row in rows] == expected
    assert all(0 < float(row["confidence"]) <= 1 for row in rows)


def test_the_spoken_sentence_aligns_by_the_command_without_qt(tmp_path):
    output = tmp_path / "segments.json"
    script = (
        "import sys, main\n"
        f"code = main.main(['align', {str(SAMPLES_DIR / 'ctc_speech_arctic.npz')!r}, '--output', {str(output)!r}])\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'pyqtgraph', 'gui'))]\n"
        "sys.exit(code)\n"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
    rows = json.loads(output.read_text())
    assert len(rows) == 48
    assert (rows[0]["label"], rows[0]["class"], rows[0]["start"], rows[0]["end"]) == ("æ", 66, 23, 24)


def test_the_suffix_of_the_output_chooses_the_form_in_any_case(tmp_path):
    file = SAMPLES_DIR / "ctc_balloon_reduced.npz"
    assert main(["align", str(file), "--output", str(tmp_path / "a.TextGrid")]) == 0
    assert main(["align", str(file), "--output", str(tmp_path / "a.JSON")]) == 0
    assert (tmp_path / "a.TextGrid").read_text().startswith('File type = "ooTextFile"')
    assert len(json.loads((tmp_path / "a.JSON").read_text())) == 7


def test_a_file_that_tells_the_length_of_a_frame_gives_seconds(tmp_path):
    with np.load(SAMPLES_DIR / "ctc_balloon_reduced.npz") as given:
        np.savez(tmp_path / "timed.npz", **given, frame_seconds=np.array(0.02))
    assert run(tmp_path / "timed.npz", tmp_path / "a.TextGrid")[0] == 0
    assert "xmax = 0.3\n" in (tmp_path / "a.TextGrid").read_text()


@pytest.mark.parametrize(
    ("file", "output", "words"),
    [
        ("wine_nll.npz", "a.csv", "no sequences to align"),
        ("missing.npz", "a.csv", "no such file"),
        ("ctc_balloon_reduced.npz", "a.xlsx", "'.xlsx'"),
        ("ctc_balloon_reduced.npz", "nowhere/a.csv", "cannot be written"),
    ],
)
def test_what_cannot_be_aligned_or_written_exits_2_with_a_sentence(file, output, words, tmp_path):
    code, said = run(SAMPLES_DIR / file, tmp_path / output)
    assert code == 2
    assert words in said
    assert said.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_batch_that_the_loss_refuses_exits_2(tmp_path):
    x = np.log(np.full((4, 3), 1 / 3))
    np.savez(tmp_path / "bad.npz", log_probs=x, targets=[1, 9], input_lengths=4, target_lengths=2)
    code, said = run(tmp_path / "bad.npz", tmp_path / "a.csv")
    assert code == 2
    assert "label 9" in said


def test_a_sequence_without_an_alignment_is_named_and_the_others_are_written(tmp_path):
    x = np.log(np.full((4, 3, 3), 1 / 3))
    x[0, 2, 0] = np.nan
    lengths = {"input_lengths": [2, 4, 4], "target_lengths": [2, 2, 2]}
    np.savez(tmp_path / "short.npz", log_probs=x, targets=[[1, 1], [1, 2], [1, 2]], **lengths)
    code, said = run(tmp_path / "short.npz", tmp_path / "a.csv")
    assert code == 1
    assert "sequence 0: It has no alignment: 3 frames needed, 2 given." in said
    assert "sequence 2: It has no alignment: there are nan or inf" in said
    assert {row["sequence"] for row in rows_of(tmp_path / "a.csv")} == {"1"}


def test_paths_of_probability_zero_are_no_alignment(tmp_path):
    x = np.log(np.full((4, 3), 1 / 3))
    x[:, 1] = -np.inf
    np.savez(tmp_path / "zero.npz", log_probs=x, targets=[1], input_lengths=4, target_lengths=1)
    code, said = run(tmp_path / "zero.npz", tmp_path / "a.csv")
    assert code == 1
    assert "probability 0" in said
