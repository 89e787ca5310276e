"""The lines that save a batch are run as they are, with arrays that behave as torch's tensors do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.batch import Batch
from core.files import read
from core.losses import LOSSES
from core.problem import evaluate
from core.snippets import dump_snippet

README = Path(__file__).parents[3] / "README.md"
RNG = np.random.default_rng(4)
FAMILIES = sorted({loss.family for loss in LOSSES.values()})


class Tensor:
    """As much of a tensor as the lines use. One that needs a gradient, or is bfloat16, does not become an array."""

    def __init__(self, array: np.ndarray, attached: bool = True, bfloat16: bool = False) -> None:
        self.array, self.attached, self.bfloat16 = array, attached, bfloat16

    def detach(self) -> Tensor:
        return Tensor(self.array, False, self.bfloat16)

    def cpu(self) -> Tensor:
        return self

    def float(self) -> Tensor:
        return Tensor(self.array.astype(np.float32), self.attached)

    def is_floating_point(self) -> bool:
        return self.array.dtype.kind == "f"

    def numpy(self) -> np.ndarray:
        assert not self.attached
        assert not self.bfloat16
        return self.array

    def __float__(self) -> float:
        return float(self.array)


def scores(*shape: int) -> Tensor:
    return Tensor(RNG.normal(size=shape), bfloat16=True)


def log_softmax(x: np.ndarray) -> np.ndarray:
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))


def names() -> dict[str, Any]:
    labels = Tensor(RNG.integers(0, 3, 5), False)
    return {"step": 30, "loss": Tensor(np.array(1.25)), "logits": scores(5, 3), "y": labels}


NAMES: dict[str, dict[str, Any]] = {
    "regression": {"prediction": scores(5), "y": scores(5)},
    "binary": {"y": Tensor(RNG.integers(0, 2, (5, 3)).astype(np.float32), False)},
    "multi-class": {},
    "distribution": {
        "log_probs": Tensor(log_softmax(RNG.normal(size=(5, 3)))),
        "target": Tensor(RNG.dirichlet(np.ones(3), 5)),
    },
    "sequence": {
        "log_probs": Tensor(log_softmax(RNG.normal(size=(9, 2, 4)))),
        "targets": Tensor(np.array([[1, 2], [3, 0]]), False),
        "input_lengths": Tensor(np.array([9, 8]), False),
        "target_lengths": Tensor(np.array([2, 1]), False),
    },
}


def dumped(code: str, family: str, folder: Path, monkeypatch: pytest.MonkeyPatch, **more: Any) -> Batch:
    monkeypatch.chdir(folder)
    exec(code, {**names(), **NAMES[family], **more})
    (file,) = folder.iterdir()
    return read(file)[0]


@pytest.mark.parametrize("family", FAMILIES)
def test_that_what_is_dumped_is_read_as_the_loss_it_was_made_for(family, tmp_path, monkeypatch) -> None:
    batch = dumped(dump_snippet(family), family, tmp_path, monkeypatch)
    assert batch.loss.family == family
    assert not batch.notes
    assert (batch.step, batch.split, batch.reported) == (30, "train", 1.25)
    assert np.isfinite(evaluate(batch.loss, batch).value)


@pytest.mark.parametrize("family", FAMILIES)
def test_that_absent_keys_are_left_out_and_the_file_is_whole(family, tmp_path, monkeypatch) -> None:
    batch = dumped(dump_snippet(family), family, tmp_path, monkeypatch)
    assert batch.weight is None
    assert "ids" not in batch.extras
    assert [path.name for path in tmp_path.iterdir()] == ["step_000030.npz"]


def test_that_a_weight_and_ids_are_kept(tmp_path, monkeypatch) -> None:
    weight = Tensor(np.array([1.0, 2.0, 4.0], np.float32), False)
    code = dump_snippet("multi-class").replace("weight=None", "weight=w").replace("ids=None", "ids=ids")
    batch = dumped(code, "multi-class", tmp_path, monkeypatch, w=weight, ids=["a", "b", "c", "d", "e"])
    assert batch.weight is not None
    assert batch.weight.tolist() == [1, 2, 4]
    assert batch.extras["ids"].tolist() == ["a", "b", "c", "d", "e"]


def test_that_kl_keeps_the_reduction_that_is_the_divergence(tmp_path, monkeypatch) -> None:
    batch = dumped(dump_snippet("distribution"), "distribution", tmp_path, monkeypatch)
    assert batch.loss.reduction == "batchmean"


def test_that_a_dump_that_fails_leaves_the_old_file_alone(tmp_path, monkeypatch) -> None:
    old = tmp_path / "step_000030.npz"
    old.write_bytes(b"old")
    with pytest.raises(AttributeError):
        dumped(dump_snippet("multi-class"), "multi-class", tmp_path, monkeypatch, np=None, y=NoTensor())
    assert old.read_bytes() == b"old"


class NoTensor:
    def detach(self) -> None:
        raise AttributeError("gone")


def test_that_the_readme_saves_the_same_batch(tmp_path, monkeypatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    both = []
    for number, text in enumerate((code, dump_snippet("multi-class"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        both.append(dumped(text, "multi-class", folder, monkeypatch))
    short, full = both
    assert short.loss.name == full.loss.name
    assert short.reported == full.reported
    assert short.input.dtype == full.input.dtype
    assert short.input.shape == full.input.shape


def test_that_a_family_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        dump_snippet("quantum")
