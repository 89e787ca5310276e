"""Files larger than memory: the same loss in blocks as at once, and why some are refused."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from core.assess import assess
from core.errors import InputError
from core.files import blocks, contents, read
from core.jobs import finish
from core.ledger import ledger_of
from core.losses import CrossEntropyLoss, MSELoss
from core.problem import evaluate
from core.whole import whole_of

if TYPE_CHECKING:
    from pathlib import Path

RNG = np.random.default_rng(3)
ROWS, C = 1000, 4
INPUT = RNG.normal(size=(ROWS, C)).astype(np.float32)
TARGET = RNG.integers(0, C, ROWS)
WEIGHT = np.array([0.5, 1, 2, 4], np.float32)


@pytest.fixture
def small_memory(monkeypatch):
    monkeypatch.setattr(contents, "MEMORY_LIMIT", 4096)
    monkeypatch.setattr(blocks, "BLOCK", 24 * 150)  # 150 rows of 16 + 8 bytes


def save(path: Path, **arrays) -> Path:
    np.savez(path, **{"input": INPUT, "target": TARGET, "loss": "cross_entropy", **arrays})
    return path


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read(path)
    assert caught.value.field == path.name
    return str(caught.value.problem)


@pytest.mark.usefixtures("small_memory")
def test_that_the_first_block_is_what_is_read(tmp_path) -> None:
    (batch,) = read(save(tmp_path / "a.npz"))
    assert batch.extent is not None
    assert (batch.extent.last, batch.extent.rows, batch.extent.count) == (150, ROWS, 7)
    np.testing.assert_array_equal(batch.input, INPUT[:150])
    assert str(batch.notes[0]).endswith("read in 7 blocks; shown are rows 0 to 149 of 1,000.")


@pytest.mark.usefixtures("small_memory")
@pytest.mark.parametrize("write", [np.savez, np.savez_compressed])
def test_that_blocks_follow_each_other_and_hold_every_row(tmp_path, write) -> None:
    ids = np.arange(ROWS)
    write(tmp_path / "a.npz", input=INPUT, target=TARGET, ids=ids, weight=WEIGHT, loss="cross_entropy")
    found = list(blocks.blocks_of(tmp_path / "a.npz"))
    extents = [batch.extent for batch in found]
    assert all(one.last == next_one.first for one, next_one in pairwise(extents))
    np.testing.assert_array_equal(np.concatenate([batch.input for batch in found]), INPUT)
    np.testing.assert_array_equal(np.concatenate([batch.target for batch in found]), TARGET)
    np.testing.assert_array_equal(np.concatenate([batch.extras["ids"] for batch in found]), ids)
    assert all(batch.weight is not None and batch.weight.tolist() == WEIGHT.tolist() for batch in found)


@pytest.mark.parametrize(
    "loss",
    [
        CrossEntropyLoss(),
        CrossEntropyLoss(weight=WEIGHT),
        CrossEntropyLoss(reduction="sum"),
        CrossEntropyLoss(ignore_index=2, label_smoothing=0.1),
    ],
)
def test_that_the_whole_is_the_loss_of_one_batch(tmp_path, monkeypatch, loss) -> None:
    path = save(tmp_path / "a.npz")
    expected = float(evaluate(loss, read(path)[0]).value)
    monkeypatch.setattr(contents, "MEMORY_LIMIT", 4096)
    monkeypatch.setattr(blocks, "BLOCK", 24 * 150)
    whole = finish(whole_of(loss, path))
    assert whole.value == pytest.approx(expected, rel=1e-6)
    assert (whole.rows, whole.blocks) == (ROWS, 7)


@pytest.mark.usefixtures("small_memory")
def test_that_a_block_without_any_row_that_counts_adds_nothing(tmp_path) -> None:
    target = TARGET.copy()
    target[150:300] = -100
    whole = finish(whole_of(CrossEntropyLoss(), save(tmp_path / "a.npz", target=target)))
    kept = target >= 0
    logs = INPUT - np.log(np.exp(INPUT).sum(1, keepdims=True))
    assert whole.divisor == kept.sum()
    assert whole.value == pytest.approx(-logs[kept, target[kept]].mean(), rel=1e-6)


@pytest.mark.usefixtures("small_memory")
def test_that_what_only_a_later_block_holds_is_found_with_its_rows(tmp_path) -> None:
    target = TARGET.copy()
    target[730] = 255
    whole = finish(whole_of(CrossEntropyLoss(), save(tmp_path / "a.npz", target=target)))
    assert whole.value is None
    assert "refuses rows 600 to 749" in str(whole.sentence)
    (label,) = [finding for finding in whole.findings if finding.rule == "C4"]
    assert str(label.message).startswith("Rows 600 to 749, counted from the first of them: 1 targets lie outside")
    assert "130" in str(label.message)
    assert label.evidence["rows"] == ()


@pytest.mark.usefixtures("small_memory")
def test_that_safetensors_in_bfloat16_are_read_in_blocks(tmp_path) -> None:
    bits = (INPUT.view(np.uint32) >> 16).astype(np.uint16)
    header = {
        "input": {"dtype": "BF16", "shape": [ROWS, C], "data_offsets": [0, bits.nbytes]},
        "target": {"dtype": "I64", "shape": [ROWS], "data_offsets": [bits.nbytes, bits.nbytes + TARGET.nbytes]},
        "__metadata__": {"loss": "cross_entropy"},
    }
    words = json.dumps(header).encode()
    path = tmp_path / "a.safetensors"
    path.write_bytes(len(words).to_bytes(8, "little") + words + bits.tobytes() + TARGET.astype("<i8").tobytes())
    found = list(blocks.blocks_of(path))
    assert len(found) == 5  # 225 rows of 8 + 8 bytes
    widened = (bits.astype(np.uint32) << 16).view(np.float32)
    np.testing.assert_array_equal(np.concatenate([batch.input for batch in found]), widened)
    assert {batch.loss.name for batch in found} == {"CrossEntropyLoss"}


@pytest.mark.usefixtures("small_memory")
def test_that_a_bare_array_is_read_in_blocks(tmp_path) -> None:
    np.save(tmp_path / "a.npy", INPUT)
    (batch,) = read(tmp_path / "a.npy")
    assert batch.extent is not None
    assert batch.extent.rows == ROWS


@pytest.mark.usefixtures("small_memory")
def test_that_a_file_cut_short_is_refused_where_it_ends(tmp_path) -> None:
    np.save(tmp_path / "a.npy", INPUT)
    whole = (tmp_path / "a.npy").read_bytes()
    (tmp_path / "a.npy").write_bytes(whole[:-100])
    with pytest.raises(InputError, match="ends inside an array"):
        finish(whole_of(MSELoss(), tmp_path / "a.npy"))


@pytest.mark.usefixtures("small_memory")
@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"input": np.asfortranarray(INPUT)}, "column after column"),
        ({"log_probs": INPUT}, "Sequences are not read in blocks"),
        ({"meta": np.array("x" * 4000)}, "no entry for each row"),
    ],
)
def test_that_what_cannot_be_cut_is_refused_with_the_reason(tmp_path, arrays, words) -> None:
    assert words in refused(save(tmp_path / "a.npz", **arrays))


@pytest.mark.usefixtures("small_memory")
def test_that_a_file_without_input_is_refused(tmp_path) -> None:
    np.savez(tmp_path / "a.npz", x=INPUT)
    assert "no array named input" in refused(tmp_path / "a.npz")


@pytest.mark.parametrize(("factor", "words"), [(1, "it is this number"), (1.1, "that is another number")])
def test_that_the_reported_loss_is_held_against_all_rows_not_the_first(tmp_path, monkeypatch, factor, words) -> None:
    loss = CrossEntropyLoss()
    seen = factor * float(evaluate(loss, read(save(tmp_path / "a.npz"))[0]).value)
    path = save(tmp_path / "a.npz", reported=seen)
    monkeypatch.setattr(contents, "MEMORY_LIMIT", 4096)
    monkeypatch.setattr(blocks, "BLOCK", 24 * 150)
    assert str(finish(whole_of(loss, path)).sentence).endswith(f"{words}.")
    ledger = ledger_of(finish(assess(loss, read(path)[0])))
    assert ledger is not None
    assert ledger.verdict is None


@pytest.mark.usefixtures("small_memory")
def test_that_a_file_without_rows_is_refused(tmp_path) -> None:
    np.savez(tmp_path / "a.npz", input=np.zeros((0, 4)), samples=np.zeros((1000, 2)))
    assert "no rows" in refused(tmp_path / "a.npz")


@pytest.mark.usefixtures("small_memory")
def test_that_what_cannot_be_read_beside_the_input_is_left_out_and_named(tmp_path) -> None:
    path = save(tmp_path / "a.npz", notes=np.array([{}], dtype=object))
    (batch,) = read(path)
    assert "'notes' was left out" in " ".join(map(str, batch.notes))
    assert "Python objects" in refused(save(tmp_path / "b.npz", target=np.array([{}] * ROWS, dtype=object)))
