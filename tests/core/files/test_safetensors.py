import json

import numpy as np
import pytest

from core.errors import InputError
from core.files import read

LOGITS = np.random.default_rng(0).normal(size=(6, 3)).astype(np.float32)
LABELS = np.array([0, 1, 2, 0, 1, 2])


def written(path, arrays, metadata=None, change=None):
    """By the format: a length, a JSON header, the bytes of all tensors."""
    header, data = {}, b""
    for name, (dtype, array) in arrays.items():
        raw = np.ascontiguousarray(array).tobytes()
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    if metadata:
        header["__metadata__"] = metadata
    if change:
        change(header)
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)
    return path


USUAL = {"input": ("F32", LOGITS), "target": ("I64", LABELS)}


def test_that_tensors_and_metadata_are_a_batch(tmp_path) -> None:
    told = {"loss": "CrossEntropyLoss", "step": "7", "reported": "1.25", "reduction": "sum"}
    (batch,) = read(written(tmp_path / "a.safetensors", USUAL, told))
    assert (batch.input == LOGITS).all()
    assert batch.target.tolist() == LABELS.tolist()
    assert (batch.loss.name, batch.loss.reduction, batch.step, batch.reported) == ("CrossEntropyLoss", "sum", 7, 1.25)


def test_that_bfloat16_is_widened(tmp_path) -> None:
    halves = (LOGITS.view(np.uint32) >> 16).astype(np.uint16)
    (batch,) = read(written(tmp_path / "a.safetensors", {"input": ("BF16", halves)}))
    assert batch.input.dtype == np.float32
    assert np.abs(batch.input - LOGITS).max() < 0.02


def test_that_a_dtype_that_numpy_lacks_is_left_out_and_said(tmp_path) -> None:
    extra = USUAL | {"scales": ("F8_E4M3", np.zeros(4, np.uint8))}
    (batch,) = read(written(tmp_path / "a.safetensors", extra))
    assert "'scales' was left out" in " ".join(map(str, batch.notes))


def shifted(header):
    header["target"]["data_offsets"] = [0, 48]


def longer(header):
    header["target"]["data_offsets"][1] += 8


def misshapen(header):
    header["input"]["shape"] = [6, 4]


def without_offsets(header):
    del header["input"]["data_offsets"]


@pytest.mark.parametrize("change", [shifted, longer, misshapen, without_offsets])
def test_that_a_header_that_contradicts_the_bytes_is_refused(tmp_path, change) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(written(tmp_path / "a.safetensors", USUAL, change=change))


@pytest.mark.parametrize("content", [b"", b"\xff" * 8, b"\x02\0\0\0\0\0\0\0[]", b"\x08\0\0\0\0\0\0\0not json"])
def test_that_what_is_no_such_file_is_refused(tmp_path, content) -> None:
    (tmp_path / "a.safetensors").write_bytes(content)
    with pytest.raises(InputError):
        read(tmp_path / "a.safetensors")


def test_that_a_file_cut_short_is_refused(tmp_path) -> None:
    path = written(tmp_path / "a.safetensors", USUAL)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(InputError, match="cannot be read"):
        read(path)
