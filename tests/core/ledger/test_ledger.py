"""The ledger: from the rows' own losses to the one number."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import core.losses as L
from core.assess import assess
from core.batch import Batch
from core.explain.digits import fixed
from core.files import read
from core.jobs import finish
from core.ledger import Ledger, ledger_of
from core.ledger.reported import matches
from core.samples import SAMPLES_DIR, samples

GOLDEN = Path(__file__).parents[2] / "golden"
RNG = np.random.default_rng(8)


def ledger(batch: Batch, loss: Any = None) -> Ledger:
    found = ledger_of(finish(assess(loss or batch.loss, batch)))
    assert found is not None
    return found


def reached(found: Ledger) -> float:
    """The last sum ÷ the divisor, as a reader would compute it from the lines."""
    sums = [line.value for line in found.lines if line.operation in ("sum", "weigh", "add")]
    divisors = [line.value for line in found.lines if line.operation == "divide"]
    divisor = divisors[0] if divisors else 1.0
    return sums[-1] / divisor if divisor else math.nan


def golden_cases() -> list[Any]:
    found = []
    for path in sorted(GOLDEN.glob("*.json")):
        for index, case in enumerate(json.loads(path.read_text())["cases"]):
            for dtype in ("float32", "float64"):
                for reduction, said in case.get(dtype, {}).items():
                    if reduction != "none" and "error" not in said:
                        values = (path.stem, case, dtype, reduction, float(said["value"]))
                        found.append(pytest.param(*values, id=f"{path.stem}-{index}-{dtype}-{reduction}"))
    return found


def case_of(name: str, case: Any, dtype: str, reduction: str) -> Batch:
    batch = read(SAMPLES_DIR / f"{name}.npz")[0]
    params = {key: value for key, value in case["params"].items() if not key.startswith("use_")}
    for key in ("weight", "pos_weight"):
        held = getattr(batch, key)
        if case["params"].get(f"use_{key}") and held is not None:
            params[key] = held.astype(dtype)
    loss = L.LOSSES[case["loss"]](**{**params, "reduction": reduction})
    target = batch.target
    if target is not None and target.dtype.kind == "f":
        target = target.astype(dtype)
    return replace(batch, loss=loss, input=batch.input.astype(dtype), target=target)


DIVISORS = {
    "CrossEntropyLoss": {"number of rows kept (not ignored)", "sum of w[y] over the kept rows", "number of rows"},
    "NLLLoss": {"number of rows kept (not ignored)", "sum of w[y] over the kept rows"},
    "KLDivLoss": {"number of elements", "batch size"},
    "CTCLoss": {"batch size, after each loss ÷ its target length"},
}


def printed(value: float, loss: str, dtype: str, reduction: str) -> str:
    """Four decimals, as the window prints them; of float32 what torch itself has right.

    torch sums thousands of float32 one after another, and walks CTC's lattice in float32: its last digits are noise.
    """
    if dtype == "float64" or (reduction != "sum" and loss != "CTCLoss"):
        return fixed(value, 4)
    return f"{value:.4g}" if loss == "CTCLoss" else f"{value:.6g}"


@pytest.mark.parametrize(("name", "case", "dtype", "reduction", "said"), golden_cases())
def test_that_the_lines_lead_to_torchs_number_at_every_printed_digit(name, case, dtype, reduction, said) -> None:
    found = ledger(case_of(name, case, dtype, reduction))
    assert printed(found.result.value, case["loss"], dtype, reduction) == printed(said, case["loss"], dtype, reduction)
    divisors = [line for line in found.lines if line.operation == "divide"]
    if reduction == "sum":
        assert not divisors
    else:
        assert str(divisors[0].title) in DIVISORS.get(case["loss"], {"number of elements"})
    line = reached(found)
    if math.isfinite(line):
        in_log_space = dtype == "float32" and case["loss"] == "CTCLoss"
        assert line == pytest.approx(said, rel=1e-4 if in_log_space else 2e-6)
    else:
        assert not math.isfinite(said)


def test_that_no_golden_mean_is_left_out() -> None:
    assert {case.values[0] for case in golden_cases()} >= {
        card.path.stem
        for card in samples()
        if card.file not in ("bug_bce_logits_input.npz", "bug_target_one_based.npz")
    }


def test_that_the_weighted_mean_divides_by_the_weights_and_says_so() -> None:
    x, y = np.log([[0.9, 0.1], [0.2, 0.8]]), np.array([1, 0])
    found = ledger(Batch("b", L.NLLLoss(weight=np.array([1.0, 10.0])), x, y))
    by_name = {line.symbol: line for line in found.lines}
    assert by_name["Σ w[y]"].value == 11.0
    assert str(by_name["Σ w[y]"].title) == "sum of w[y] over the kept rows"
    expected = {str(other.title): other.value for other in found.expected}
    plain = -np.log([0.1, 0.2])
    assert found.result.value == pytest.approx((10 * plain[0] + plain[1]) / 11)
    assert expected["without weights"] == pytest.approx(plain.mean())
    assert expected["plain mean of the “none” vector"] == pytest.approx((10 * plain[0] + plain[1]) / 2)


def test_that_a_weight_over_one_class_cancels_and_no_other_mean_is_named() -> None:
    x = RNG.normal(size=(4, 3))
    found = ledger(Batch("b", L.CrossEntropyLoss(weight=np.array([7.0, 1.0, 1.0])), x, np.zeros(4, np.int64)))
    assert "without weights" not in {str(other.title) for other in found.expected}


def test_that_label_smoothing_is_a_line_of_its_own() -> None:
    x, y = RNG.normal(size=(5, 3)), RNG.integers(0, 3, 5)
    loss = L.CrossEntropyLoss(label_smoothing=0.1)
    found = ledger(Batch("b", loss, x, y))
    assert [line.operation for line in found.lines] == ["sum", "add", "divide", "result"]
    hard = L.CrossEntropyLoss().evaluate(x, y).value
    expected = {str(other.title): other.value for other in found.expected}
    assert expected["without label smoothing"] == pytest.approx(float(hard))


def test_that_ignored_rows_are_a_note_that_selects_them() -> None:
    y = np.array([0, -100, 1, -100])
    found = ledger(Batch("b", L.CrossEntropyLoss(), RNG.normal(size=(4, 2)), y))
    note = next(line for line in found.lines if line.operation == "note")
    assert note.rows is not None
    assert np.flatnonzero(note.rows).tolist() == [1, 3]
    assert note.value == 2


def test_that_kl_mean_and_batchmean_name_each_other() -> None:
    x = np.log(RNG.dirichlet(np.ones(4), 6))
    target = RNG.dirichlet(np.ones(4), 6)
    mean = ledger(Batch("b", L.KLDivLoss(), x, target))
    assert any("batchmean" in str(other.title) for other in mean.expected)
    batchmean = ledger(Batch("b", L.KLDivLoss(reduction="batchmean"), x, target))
    assert any(other.value == pytest.approx(mean.result.value) for other in batchmean.expected)


def test_that_ctc_divides_each_loss_by_its_length_first() -> None:
    found = ledger(read(SAMPLES_DIR / "ctc_batch_padded.npz")[0])
    assert [line.symbol for line in found.lines] == ["Σ ℓ", "Σ ℓ ÷ U", "N", "mean"]
    assert any("per label" in str(other.title) for other in found.expected)


def test_that_silenced_sequences_are_counted() -> None:
    batch = read(SAMPLES_DIR / "bug_ctc_too_short.npz")[0]
    found = ledger(batch, L.CTCLoss(blank=batch.loss.blank, zero_infinity=True))  # type: ignore[attr-defined]
    assert any(line.symbol == "0" and line.value == 1 for line in found.lines)


def test_that_pairs_that_were_broadcast_name_the_loss_that_was_meant() -> None:
    batch = read(SAMPLES_DIR / "bug_mse_broadcast.npz")[0]
    assert batch.target is not None
    meant = L.MSELoss().evaluate(batch.input, batch.target.reshape(batch.input.shape)).value
    found = ledger(batch)
    assert any(other.value == pytest.approx(float(meant)) and "pair" in str(other.title) for other in found.expected)


def verdict(batch: Batch, reported: float, loss: Any = None):
    found = ledger(replace(batch, reported=reported), loss).verdict
    assert found is not None
    return found


WEIGHTED = Batch("b", L.CrossEntropyLoss(weight=np.array([1.0, 4.0])), RNG.normal(size=(9, 2)), np.arange(9) % 2)


def test_that_what_was_seen_is_proven_at_the_digits_it_has() -> None:
    value = ledger(WEIGHTED).result.value
    assert verdict(WEIGHTED, value).kind == "proven"
    assert verdict(WEIGHTED, float(f"{value:.4g}")).kind == "proven"
    assert verdict(WEIGHTED, value * 1.01).kind == "unexplained"


def test_that_a_nan_equals_a_nan_and_inf_an_inf() -> None:
    nan = Batch("b", L.MSELoss(), np.array([np.nan, 1.0]), np.zeros(2))
    assert verdict(nan, math.nan).kind == "proven"
    assert verdict(nan, 1.0).kind == "unexplained"
    assert verdict(replace(nan, input=np.array([np.inf, 1.0])), math.inf).kind == "proven"


def test_that_a_loss_seen_without_weights_is_named() -> None:
    x, y = WEIGHTED.input, WEIGHTED.target
    seen = float(L.CrossEntropyLoss().evaluate(x, y).value)  # type: ignore[arg-type]
    found = verdict(WEIGHTED, seen)
    assert found.kind == "explained"
    assert found.expected is not None
    assert "without weights" in str(found.sentence)


def test_that_a_weight_of_the_file_that_the_loss_lacks_is_named() -> None:
    weight = np.array([1.0, 9.0])
    batch = replace(WEIGHTED, loss=L.CrossEntropyLoss(), weight=weight)
    seen = float(L.CrossEntropyLoss(weight=weight).evaluate(batch.input, batch.target).value)  # type: ignore[arg-type]
    assert "the file's weight" in str(verdict(batch, seen).sentence)


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (L.CrossEntropyLoss(label_smoothing=0.1), "label_smoothing=0.1"),
        (L.CrossEntropyLoss(reduction="sum"), "sum"),
        (L.CrossEntropyLoss(ignore_index=0), "ignore_index=0"),
    ],
)
def test_that_another_argument_is_named(seen: Any, said: str) -> None:
    batch = replace(WEIGHTED, loss=L.CrossEntropyLoss())
    assert said in str(verdict(batch, float(seen.evaluate(batch.input, batch.target).value)).sentence)


def test_that_float16_is_named() -> None:
    # 300 squared is beyond the largest float16: the mean that was seen is inf, and this one is not.
    x = np.array([300.0, 1.0], np.float32)
    found = verdict(Batch("b", L.MSELoss(), x, np.zeros_like(x)), math.inf)
    assert found.kind == "explained"
    assert "float16" in str(found.sentence)


def test_that_silenced_infinities_are_named() -> None:
    batch = read(SAMPLES_DIR / "bug_ctc_too_short.npz")[0]
    assert "zero_infinity=True" in str(verdict(batch, 0.0).sentence)


def test_that_few_digits_prove_nothing() -> None:
    assert not matches(2.0, 1.96, 1e-9)
    assert matches(2.209, 2.20904, 1e-9)
    assert not matches(2.209, 2.2096, 1e-9)
    assert not matches(100.0, 100.4, 1e-9)


PRECISE = Batch("b", L.CrossEntropyLoss(), RNG.normal(size=(40, 6)) * 3, RNG.integers(0, 6, 40))


def value(loss: Any, x: Any, y: Any) -> float:
    return float(loss.evaluate(x, y).value)


def test_that_a_float64_batch_seen_in_float32_says_so() -> None:
    seen = value(PRECISE.loss, PRECISE.input.astype(np.float32), PRECISE.target)
    assert "float32" in str(verdict(PRECISE, seen * (1 + 2e-7)).sentence)


def test_that_softmax_applied_twice_is_named() -> None:
    p = np.exp(PRECISE.input) / np.exp(PRECISE.input).sum(axis=1, keepdims=True)
    assert "softmax applied before" in str(verdict(PRECISE, value(PRECISE.loss, p, PRECISE.target)).sentence)


def test_that_a_softmax_written_out_by_hand_is_named_where_it_overflows() -> None:
    x = PRECISE.input.astype(np.float32) + np.float32(100)
    assert "written out" in str(verdict(replace(PRECISE, input=x), math.nan).sentence)


def test_that_a_sigmoid_before_bce_is_named_where_it_saturates() -> None:
    x, t = np.array([40.0, -1.0], np.float32), np.array([0.0, 1.0], np.float32)
    seen = value(L.BCELoss(), 1 / (1 + np.exp(-x)), t)
    assert "BCELoss" in str(verdict(Batch("b", L.BCEWithLogitsLoss(), x, t), seen).sentence)


def test_that_probability_targets_are_divided_by_their_number_and_labels_by_weights() -> None:
    weight = np.array([1.0, 4.0, 2.0])
    x, y = RNG.normal(size=(5, 3)), np.array([0, 1, 1, 2, 1])
    soft = ledger(Batch("b", L.CrossEntropyLoss(weight=weight), x, np.eye(3)[y]))
    hard = ledger(Batch("b", L.CrossEntropyLoss(weight=weight), x, y))
    assert str(next(line for line in soft.lines if line.operation == "divide").title) == "number of rows"
    expected = {str(other.title): other.value for other in soft.expected}
    assert expected["Σ w ℓ ÷ Σ w"] == pytest.approx(hard.result.value)


def test_that_a_float16_mean_is_not_told_from_itself() -> None:
    found = ledger(replace(PRECISE, input=PRECISE.input.astype(np.float16)))
    assert [str(other.title) for other in found.expected] == ["sum"]


def test_that_a_weight_line_selects_the_rows_that_it_changes() -> None:
    found = ledger(WEIGHTED)
    weigh = next(line for line in found.lines if line.operation == "weigh")
    assert weigh.rows is not None
    assert weigh.rows.tolist() == (WEIGHTED.target == 1).tolist()


def test_that_what_nothing_gives_comes_with_the_nearest_number() -> None:
    seen = value(L.CrossEntropyLoss(), WEIGHTED.input, WEIGHTED.target) * 1.0004
    found = verdict(WEIGHTED, seen)
    assert found.kind == "unexplained"
    assert "nearest is without weights" in str(found.sentence)


def test_that_a_nan_that_nothing_gives_has_no_nearest_number() -> None:
    assert "nearest" not in str(verdict(WEIGHTED, math.nan).sentence)
