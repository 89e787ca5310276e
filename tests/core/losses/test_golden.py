"""Every result that torch 2.13.0 computed for the sample batches, but CTC's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import core.losses as L
from core.errors import InputError

ROOT = Path(__file__).parents[3]
GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.json"))


def collected() -> list[Any]:
    found = []
    for path in GOLDEN:
        for index, case in enumerate(json.loads(path.read_text())["cases"]):
            if case["loss"] != "CTCLoss":
                for dtype in sorted(case.keys() & {"float16", "float32", "float64"}):
                    found.append(pytest.param(path.stem, case, dtype, id=f"{path.stem}-{index}-{dtype}"))
    return found


def number(said: Any) -> Any:
    """JSON has no nan and inf: they stand there as strings."""
    return np.array(said, dtype=np.float64)


def evaluate(name: str, case: dict[str, Any], reduction: str, dtype: str) -> L.Evaluation:
    with np.load(ROOT / "resources" / "samples" / f"{name}.npz", allow_pickle=False) as batch:
        arrays = {
            key: batch[key].astype(dtype) if batch[key].dtype.kind == "f" else batch[key]
            for key in ("input", "target", "weight", "pos_weight")
            if key in batch
        }
    params = {key: value for key, value in case["params"].items() if not key.startswith("use_")}
    params |= {key: arrays[key] for key in ("weight", "pos_weight") if case["params"].get(f"use_{key}")}
    return L.LOSSES[case["loss"]](reduction=reduction, **params).evaluate(arrays["input"], arrays["target"])


TOLERANCE = {"float16": 2e-3, "float32": 2e-6, "float64": 1e-9}


def assert_close(found: Any, said: Any, dtype: str, scale: float = 0.0) -> None:
    tolerance = TOLERANCE[dtype]
    np.testing.assert_allclose(np.asarray(found, np.float64), number(said), rtol=tolerance, atol=tolerance * scale)


def magnitude(array: np.ndarray) -> float:
    finite = np.abs(array[np.isfinite(array)].astype(np.float64))
    return float(finite.max()) if finite.size else 0.0


def assert_gradient(grad: np.ndarray, said: dict[str, Any], dtype: str) -> None:
    wide, scale = grad.astype(np.float64), magnitude(grad)
    assert list(grad.shape) == said["shape"]
    assert np.isnan(wide).sum() == said["n_nan"]
    assert np.isinf(wide).sum() == said["n_inf"]
    assert_close(wide.ravel()[:20], said["first20"], dtype, scale)
    assert_close(np.sqrt((wide**2).sum()), said["l2"], dtype)
    assert_close(np.abs(wide).max(), said["linf"], dtype)
    assert_close(wide.sum(), said["sum"], dtype, scale * np.sqrt(grad.size))


@pytest.mark.parametrize(("name", "case", "dtype"), collected())
def test_that_value_and_gradient_are_those_of_torch(name, case, dtype):
    for reduction, said in case[dtype].items():
        if "error" in said:
            with pytest.raises(InputError):
                evaluate(name, case, reduction, dtype)
            continue
        result = evaluate(name, case, reduction, dtype)
        assert result.value.dtype == said["dtype"]
        if reduction == "none":
            stats, elements = said["per_element"], result.value
            assert list(elements.shape) == stats["shape"]
            assert np.isnan(elements).sum() == stats["n_nan"]
            assert np.isposinf(elements).sum() == stats["n_posinf"]
            assert np.isneginf(elements).sum() == stats["n_neginf"]
            assert_close(elements.ravel()[:20], stats["first20"], dtype, magnitude(elements))
        else:
            terms = np.abs(result.elements[np.isfinite(result.elements)].astype(np.float64)).sum()
            assert_close(
                result.value, said["value"], dtype, terms / result.divisor.value if result.divisor.value else 0
            )
            assert_gradient(result.grad, said["grad"], dtype)


def test_that_no_golden_case_is_left_out():
    """52 cases in two dtypes, and one of them in float16 as well."""
    assert len(collected()) == 105
    assert {case.values[1]["loss"] for case in collected()} == set(L.LOSSES) - {"CTCLoss"}
