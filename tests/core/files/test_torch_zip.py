"""Files of torch.save 2.13, among them some that would run code if they were loaded as pickles are."""

import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from core.files import read
from core.files.contents import UNREADABLE
from core.files.torch_zip import read_pt

FILES = Path(__file__).parent / "torch_files"
EXPECTED = np.loadtxt(FILES / "expected.txt", delimiter=",", dtype=np.float32)
LABELS = [0, 1, 2, 0, 1, 2]


def batch(name):
    (found,) = read(FILES / name)
    return found


def test_that_a_dict_of_tensors_numbers_and_words_is_a_batch() -> None:
    found = batch("batch.pt")
    assert (found.input == EXPECTED).all()
    assert (found.input.dtype, found.target.dtype) == (np.float32, np.int64)
    assert found.target.tolist() == LABELS
    assert (found.loss.name, found.step, found.notes) == ("CrossEntropyLoss", 7, ())
    assert found.weight.tolist() == [1, 2, 3]


def test_that_strides_and_offsets_are_followed() -> None:
    assert (batch("strided.pt").input == EXPECTED.T).all()
    assert (batch("slice.pt").input == EXPECTED[2:5]).all()
    assert batch("slice.pt").target.tolist() == LABELS[2:5]


def test_that_bfloat16_is_widened() -> None:
    found = batch("bfloat16.pt").input
    assert found.dtype == np.float32
    assert np.abs(found - EXPECTED).max() <= np.abs(EXPECTED).max() * 2**-8


def test_that_a_bare_parameter_is_the_input() -> None:
    assert (batch("parameter.pth").input == EXPECTED).all()
    assert batch("parameter.pth").target is None


@pytest.mark.parametrize(("name", "reason"), [("runs_code.pt", "posix.system"), ("module.pt", "NEWOBJ"),
                                              ("legacy.pt", "no zip archive")])  # fmt: skip
def test_that_what_is_no_tensor_is_refused_with_a_remedy(name, reason) -> None:
    with pytest.raises(InputError, match=reason) as refused:
        batch(name)
    assert "torch.save" in str(refused.value.remedy)


def rewritten(path, name, change):
    """The same archive with one member changed."""
    with zipfile.ZipFile(FILES / name) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename.endswith("data.pkl") else data)
    return path


def calling(module, name, *arguments):
    """A pickle that calls a function by name, as an attacker would write it."""
    out = io.BytesIO()
    out.write(b"\x80\x02" + f"c{module}\n{name}\n".encode())
    out.write(pickle.dumps(arguments, 2)[2:-1] + b"R.")
    return out.getvalue()


@pytest.mark.parametrize(("module", "name"), [("os", "system"), ("builtins", "eval"), ("builtins", "getattr"),
                                              ("torch", "load"), ("numpy", "load"), ("collections", "deque"),
                                              ("torch.storage", "_load_from_bytes")])  # fmt: skip
def test_that_no_function_but_those_of_tensors_is_called(tmp_path, module, name) -> None:
    witness = tmp_path / "ran"
    evil = calling(module, name, f"open({str(witness)!r}, 'w')")
    with pytest.raises(InputError, match=f"{module}.{name}"):
        read(rewritten(tmp_path / "a.pt", "batch.pt", lambda _: evil))
    assert not witness.exists()


def test_that_a_tensor_that_reaches_out_of_its_storage_is_refused(tmp_path) -> None:
    longer = rewritten(
        tmp_path / "a.pt", "batch.pt", lambda data: data.replace(b"K\x06K\x03\x86", b"K\x60K\x03\x86", 1)
    )
    with pytest.raises(InputError, match="reaches out"):
        read(longer)


def test_that_damage_is_told_and_never_raises_anything_else(tmp_path) -> None:
    rng = np.random.default_rng(0)
    survived = 0
    for _ in range(400):

        def change(data):
            damaged = bytearray(data)
            for place in rng.integers(0, len(data), 3):
                damaged[place] = rng.integers(256)
            return bytes(damaged)

        path = rewritten(tmp_path / "a.pt", "batch.pt", change)
        try:
            read_pt(path)
            survived += 1
        except (InputError, *UNREADABLE):
            pass
    assert survived < 400


def test_that_a_file_cut_short_is_refused(tmp_path) -> None:
    whole = (FILES / "batch.pt").read_bytes()
    (tmp_path / "a.pt").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError):
        read(tmp_path / "a.pt")
