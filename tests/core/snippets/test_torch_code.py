"""A batch as PyTorch code: it compiles, and asserts the number that torch itself was seen to give."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import core.losses as L
from core.batch import Batch
from core.errors import InputError
from core.files import read
from core.problem import evaluate
from core.samples import SAMPLES_DIR, samples
from core.snippets import pytorch_snippet
from core.snippets.literals import tensor
from core.snippets.torch_code import CTC_TOLERANCE, TOLERANCE

GOLDEN = Path(__file__).parents[2] / "golden"
NAMES = {"nan": float("nan"), "inf": float("inf"), "float": float}


def snippet(batch: Batch) -> str:
    try:
        evaluation = evaluate(batch.loss, batch)
    except InputError:
        evaluation = None
    return pytorch_snippet(batch.loss, batch, evaluation)


def asserted(code: str) -> float:
    """The number in `expected = torch.tensor(number, ...)`."""
    ast.parse(code)
    (line,) = [line for line in code.splitlines() if line.startswith("expected = ")]
    return float(line.removeprefix("expected = torch.tensor(").split(",")[0])


def golden_cases() -> list[Any]:
    """What torch was recorded to give: file, case, dtype, reduction, number."""
    found = []
    for path in sorted(GOLDEN.glob("*.json")):
        for index, case in enumerate(json.loads(path.read_text())["cases"]):
            for dtype in ("float32", "float64"):
                for reduction, said in case.get(dtype, {}).items():
                    if reduction != "none" and "error" not in said:
                        values = (path.stem, case, dtype, reduction, float(said["value"]))
                        found.append(pytest.param(*values, id=f"{path.stem}-{index}-{dtype}-{reduction}"))
    return found


@pytest.mark.parametrize(("name", "case", "dtype", "reduction", "said"), golden_cases())
def test_that_the_asserted_number_is_that_of_torch(name, case, dtype: str, reduction: str, said: float) -> None:
    batch = read(SAMPLES_DIR / f"{name}.npz")[0]
    params = {key: value for key, value in case["params"].items() if not key.startswith("use_")}
    for key in ("weight", "pos_weight"):
        if case["params"].get(f"use_{key}"):
            params[key] = getattr(batch, key).astype(dtype)
    loss = L.LOSSES[case["loss"]](**{**params, "reduction": reduction})
    target = batch.target
    if target is not None and target.dtype.kind == "f":
        target = target.astype(dtype)
    code = snippet(replace(batch, loss=loss, input=batch.input.astype(dtype), target=target))
    near = (CTC_TOLERANCE if loss.family == "sequence" else TOLERANCE)[np.dtype(dtype).itemsize]
    assert asserted(code) == pytest.approx(said, rel=near, abs=1e-8, nan_ok=True)


@pytest.mark.parametrize("card", samples(), ids=lambda card: card.file)
def test_that_the_code_of_every_sample_compiles(card) -> None:
    tree = ast.parse(snippet(read(card.path)[0]))
    assert any(isinstance(node, ast.Assert) for node in tree.body) or card.broken


def test_that_a_small_batch_stands_in_the_code_and_needs_no_numpy() -> None:
    code = snippet(Batch("b", L.MSELoss(), np.array([1.0, 2.5]), np.array([0.0, 2.0])))
    assert "numpy" not in code
    assert "input = torch.tensor([1.0, 2.5], dtype=torch.float64)" in code
    assert "loss = nn.MSELoss()" in code
    assert asserted(code) == 0.625


def test_that_only_arguments_that_are_not_the_default_are_written() -> None:
    loss = L.CrossEntropyLoss(weight=np.array([1.0, 2.0]), ignore_index=3, label_smoothing=0.1)
    code = snippet(Batch("b", loss, np.zeros((2, 2)), np.array([0, 3])))
    assert "nn.CrossEntropyLoss(weight=weight, ignore_index=3, label_smoothing=0.1)" in code
    assert "weight = torch.tensor([1.0, 2.0], dtype=torch.float64)" in code


def test_that_a_large_batch_is_read_from_its_file() -> None:
    path = SAMPLES_DIR / "ce_digits_mid.npz"
    code = snippet(read(path)[0])
    assert f"batch = np.load({str(path)!r})" in code
    assert "input = torch.from_numpy(batch['input'])" in code


def test_that_a_changed_batch_is_not_read_from_the_old_file() -> None:
    batch = read(SAMPLES_DIR / "ce_digits_mid.npz")[0]
    changed = batch.input.copy()
    changed[0, 0] += 1
    code = snippet(replace(batch, input=changed))
    assert "# Save the batch as ce_digits_mid_changed.npz first" in code
    assert str(SAMPLES_DIR) not in code
    ast.parse(code)


def test_that_nan_and_inf_are_imported_where_they_stand_in_the_code() -> None:
    code = snippet(Batch("b", L.MSELoss(reduction="sum"), np.array([np.nan, np.inf, -np.inf]), np.zeros(3)))
    assert code.startswith("from math import inf, nan\n")
    assert "equal_nan=True" in code
    assert "import" not in tensor(np.array([1.0]))


def test_that_rows_that_are_not_reduced_are_compared_one_by_one_or_by_their_sum() -> None:
    few = snippet(Batch("b", L.L1Loss(reduction="none"), np.array([1.0, 3.0]), np.zeros(2)))
    many = snippet(Batch("b", L.L1Loss(reduction="none"), np.ones(100), np.zeros(100)))
    assert "expected = torch.tensor([1.0, 3.0], dtype=torch.float64)" in few
    assert "value.double().sum()" in many
    assert asserted(many) == 100


def test_that_ctc_is_called_with_its_lengths() -> None:
    code = snippet(read(SAMPLES_DIR / "ctc_batch_concat.npz")[0])
    assert "value = loss(log_probs, targets, input_lengths, target_lengths)" in code


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("bug_target_one_based.npz", "IndexError: Target 10 is out of bounds."),
        ("bug_bce_logits_input.npz", "RuntimeError: all elements of input should be between 0 and 1"),
    ],
)
def test_that_a_refused_batch_says_what_torch_raises(file: str, words: str) -> None:
    code = snippet(read(SAMPLES_DIR / file)[0])
    assert f"# torch raises {words}" in code
    assert "assert" not in code


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int64", "int32", "uint8", "bool"])
def test_that_a_tensor_in_code_reads_back_as_the_same_numbers(dtype: str) -> None:
    array = (np.random.default_rng(1).normal(size=(3, 4)) * 3).astype(dtype)
    text = tensor(array).removeprefix("torch.tensor(").split(", dtype=")[0].removesuffix(")")
    assert np.array_equal(np.array(eval(text, NAMES), dtype), array)


def test_that_every_line_of_code_is_short() -> None:
    code = snippet(Batch("b", L.MSELoss(), np.linspace(0, 1, 60), np.zeros(60)))
    assert max(map(len, code.splitlines())) <= 110
    ast.parse(code)
