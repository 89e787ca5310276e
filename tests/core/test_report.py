import io
import json

import numpy as np
import pytest

from core.batch import Batch
from core.files import blocks, contents
from core.losses import CrossEntropyLoss, L1Loss
from core.report import check, report
from core.samples import SAMPLES_DIR


def run(*paths, as_json=True, fail_on="error"):
    out = io.StringIO()
    code = check(paths, as_json, fail_on, out)
    return code, out.getvalue().splitlines()


def strict(line):
    def refuse(word):
        raise AssertionError(f"{word} is not JSON")

    return json.loads(line, parse_constant=refuse)


def test_check_prints_one_object_a_file_with_the_fixed_keys():
    file = SAMPLES_DIR / "bug_probs_to_cross_entropy.npz"
    code, lines = run(file, SAMPLES_DIR / "wine_kldiv.npz")
    first, second = map(strict, lines)
    assert code == 0
    assert list(first) == ["file", "loss", "value", "findings"]
    assert (first["file"], first["loss"]) == (str(file), "CrossEntropyLoss")
    assert first["value"] == pytest.approx(1.7, abs=0.5)
    assert list(first["findings"][0]) == ["rule", "severity", "title", "message", "fix", "evidence"]
    assert first["findings"][0]["rule"] == "C1"
    assert second["findings"] == []


@pytest.mark.parametrize(
    ("name", "fail_on", "code"),
    [
        ("wine_kldiv", "hint", 0),
        ("bug_probs_to_cross_entropy", "error", 0),
        ("bug_probs_to_cross_entropy", "warning", 1),
        ("bug_nan_inf_logits", "error", 1),
        ("bug_bce_logits_input", "error", 1),
    ],
)
def test_the_exit_code_follows_the_worst_finding(name, fail_on, code):
    assert run(SAMPLES_DIR / f"{name}.npz", fail_on=fail_on)[0] == code


def test_a_batch_that_the_loss_refuses_has_null_as_value():
    code, (line,) = run(SAMPLES_DIR / "bug_target_one_based.npz")
    assert code == 1
    assert strict(line)["value"] is None


@pytest.mark.parametrize(("name", "value"), [("bug_all_ignored", "nan"), ("bug_ctc_too_short", "inf")])
def test_a_value_that_is_not_finite_is_a_word(name, value):
    _, (line,) = run(SAMPLES_DIR / f"{name}.npz")
    assert strict(line)["value"] == value


def test_an_unreadable_file_gives_2_and_the_others_are_still_checked(tmp_path):
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"no zip")
    code, lines = run(bad, SAMPLES_DIR / "bug_nan_inf_logits.npz")
    assert code == 2
    assert strict(lines[0]).keys() == {"file", "error"}
    assert strict(lines[1])["loss"] == "CrossEntropyLoss"


def test_the_text_names_value_divisor_findings_and_fixes():
    x = np.array([[0.2, 0.8], [0.9, 0.1]], np.float32)
    found = report(Batch("probs", CrossEntropyLoss(), x, np.array([1, 1]), reported=0.5))
    text = str(found)
    assert str(found.evaluation.value) in text
    assert "divisor: 2" in text
    assert "reported: 0.5" in text
    assert "warning C1" in text
    assert "Fix: " in text


def test_the_text_of_a_refused_batch_says_that_there_is_no_value():
    text = str(report(Batch("b", L1Loss(), np.zeros(3), np.zeros(2))))
    assert "no value" in text
    assert "error INPUT" in text


def test_an_unreduced_loss_lists_its_values():
    found = report(Batch("b", L1Loss(reduction="none"), np.array([1.0, np.nan]), np.zeros(2)))
    assert strict(found.as_json())["value"] == [1.0, "nan"]
    assert "2 values" in str(found)


def test_a_terminal_without_unicode_gets_escapes():
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    check([SAMPLES_DIR / "bug_nan_inf_logits.npz"], as_json=False, fail_on="error", out=out)
    out.flush()
    assert b"G1" in out.buffer.getvalue()


def test_that_a_file_larger_than_memory_gives_the_value_of_all_its_rows(tmp_path, monkeypatch):
    target = np.zeros(1000, np.int64)
    target[-1] = 255
    np.savez(tmp_path / "a.npz", input=np.zeros(1000), target=np.full(1000, 2.0), loss="l1_loss")
    np.savez(tmp_path / "b.npz", input=np.zeros((1000, 2)), target=target, loss="cross_entropy")
    monkeypatch.setattr(contents, "MEMORY_LIMIT", 4096)
    monkeypatch.setattr(blocks, "BLOCK", 16 * 300)
    code, lines = run(tmp_path / "a.npz", as_json=False)
    assert code == 0
    assert "  All 1,000 rows, in 4 blocks: 2 = 2000 ÷ 1000." in lines
    code, (line,) = run(tmp_path / "b.npz")
    told = strict(line)
    assert (code, told["value"]) == (1, None)
    assert "C4" in {finding["rule"] for finding in told["findings"]}
