import numpy as np
import pytest

from core.ctc.alpha_file import read_alpha
from core.errors import InputError

ALPHA = np.array([[-1.0, -2.0, -np.inf], [-3.0, -1.5, -0.5]])


@pytest.mark.parametrize("name", ["a.npy", "a.npz", "a.txt", "a.csv"])
def test_that_arrays_and_text_are_read_alike(tmp_path, name) -> None:
    path = tmp_path / name
    if name.endswith("npy"):
        np.save(path, ALPHA)
    elif name.endswith("npz"):
        np.savez(path, alpha=ALPHA, other=np.zeros(3))
    else:
        np.savetxt(path, ALPHA, delimiter="," if name.endswith("csv") else " ")
    assert read_alpha(path) == pytest.approx(ALPHA)


def test_that_a_lone_array_may_have_any_name(tmp_path) -> None:
    np.savez(tmp_path / "a.npz", forward=ALPHA)
    assert read_alpha(tmp_path / "a.npz") == pytest.approx(ALPHA)


def test_that_several_arrays_without_alpha_are_refused_by_name(tmp_path) -> None:
    np.savez(tmp_path / "a.npz", x=ALPHA, y=ALPHA)
    with pytest.raises(InputError, match="x, y"):
        read_alpha(tmp_path / "a.npz")


@pytest.mark.parametrize(("name", "content"), [("a.txt", b"one two"), ("a.txt", b"1 2\n3"), ("a.npy", b"no array"),
                                               ("a.doc", b""), ("missing.txt", None)])  # fmt: skip
def test_that_what_holds_no_table_is_refused_with_a_remedy(tmp_path, name, content) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_alpha(tmp_path / name)
    assert str(refused.value.remedy)
