import contextlib
import io
import json
import zipfile

import numpy as np
import pytest

from core.errors import InputError
from core.files import read
from core.files.contents import MEMORY_LIMIT


@pytest.fixture
def save(tmp_path):
    def save(**arrays):
        path = tmp_path / "batch.npz"
        np.savez(path, **arrays)
        return path

    return save


def one(path):
    (batch,) = read(path)
    return batch


def notes(batch):
    return " ".join(str(note) for note in batch.notes)


X, Y = np.zeros((4, 3), np.float32), np.array([0, 1, 2, 0])


def test_a_batch_from_a_training_loop_opens_with_its_arguments(save):
    batch = one(
        save(
            input=X,
            target=Y,
            loss="cross_entropy",
            weight=np.ones(3, np.float32),
            ignore_index=255,
            reduction="sum",
            label_smoothing=0.1,
            reported=1.25,
            step=1200,
            split="valid",
            ids=np.arange(4),
            dtype="torch.float32",
        )
    )
    assert batch.loss.name == "CrossEntropyLoss"
    assert (batch.loss.ignore_index, batch.loss.reduction, batch.loss.label_smoothing) == (255, "sum", 0.1)
    np.testing.assert_array_equal(batch.loss.weight, np.ones(3))
    assert (batch.reported, batch.step, batch.split) == (1.25, 1200, "valid")
    assert set(batch.extras) == {"ids", "dtype"}
    assert (batch.name, batch.notes) == ("batch", ())


@pytest.mark.parametrize(
    ("named", "loss"),
    [
        ("l1_loss", "L1Loss"),
        ("smooth_l1_loss", "SmoothL1Loss"),
        ("F.mse_loss", "MSELoss"),
        ("torch.nn.functional.nll_loss", "NLLLoss"),
        ("ce", "CrossEntropyLoss"),
        ("Smooth_L1", "SmoothL1Loss"),
        ("BCE_with_logits_loss", "BCEWithLogitsLoss"),
        ("nn.CrossEntropyLoss()", "CrossEntropyLoss"),
        ("binary_cross_entropy", "BCELoss"),
        ("binary_cross_entropy_with_logits", "BCEWithLogitsLoss"),
        ("kl_div", "KLDivLoss"),
        ("ctc_loss", "CTCLoss"),
    ],
)
def test_a_loss_is_known_by_the_names_of_torch(save, named, loss):
    assert one(save(input=X, target=X, loss=named)).loss.name == loss


def test_a_loss_that_is_none_of_the_nine_is_guessed_and_said(save):
    batch = one(save(input=X, target=Y, loss="focal_loss"))
    assert batch.loss.name == "CrossEntropyLoss"
    assert "focal_loss" in notes(batch)


def test_a_number_under_loss_is_the_loss_the_user_saw(save):
    batch = one(save(input=X, target=Y, loss=1.5))
    assert (batch.loss.name, batch.reported) == ("CrossEntropyLoss", 1.5)


P = np.full((4, 2), 0.5)


@pytest.mark.parametrize(
    ("arrays", "loss"),
    [
        ({"input": X, "target": Y}, "CrossEntropyLoss"),
        ({"input": np.log(P), "target": np.array([0, 1, 1, 0])}, "NLLLoss"),
        ({"input": X, "target": Y.astype(np.float32)}, "CrossEntropyLoss"),
        ({"input": np.zeros((2, 3, 5, 5)), "target": np.zeros((2, 5, 5), int)}, "CrossEntropyLoss"),
        ({"input": np.log(P), "target": P}, "KLDivLoss"),
        ({"input": X[:, :2], "target": P}, "CrossEntropyLoss"),
        ({"input": np.array([0.1, 0.9]), "target": np.array([0.0, 1])}, "BCELoss"),
        ({"input": np.array([-2.0, 3]), "target": np.array([0.0, 1])}, "BCEWithLogitsLoss"),
        ({"input": np.array([-2.0, 3]), "target": np.array([-7.0, 1])}, "MSELoss"),
        ({"input": np.zeros((5, 1)), "target": np.zeros(5)}, "MSELoss"),
        ({"log_probs": np.zeros((5, 3)), "targets": np.array([1]), "target_lengths": 1, "input_lengths": 5}, "CTCLoss"),
        ({"input": X}, "CrossEntropyLoss"),
        ({"input": np.array(["a"]), "target": np.array(["b"])}, "MSELoss"),
    ],
)
def test_without_a_name_shapes_and_values_suggest_the_loss_and_a_note_says_so(save, arrays, loss):
    batch = one(save(**arrays))
    assert batch.loss.name == loss
    assert len(batch.notes) == 1


def test_only_the_argument_that_the_loss_refuses_falls_back_to_its_default(save):
    batch = one(save(input=X, target=X, loss="smooth_l1_loss", beta=-1.0, reduction="sum"))
    assert (batch.loss.beta, batch.loss.reduction) == (1.0, "sum")
    assert "beta" in notes(batch)


@pytest.mark.parametrize("reduction", [np.array(["mean", "sum"]), np.array(3.5), np.array("average")])
def test_a_reduction_that_makes_no_sense_is_left_at_its_default(save, reduction):
    batch = one(save(input=X, target=X, loss="l1_loss", reduction=reduction))
    assert batch.loss.reduction == "mean"
    assert "reduction" in notes(batch)


@pytest.mark.parametrize("use_weight", [True, False])
def test_with_a_meta_the_weight_is_used_only_if_it_asks_for_it(save, use_weight):
    meta = json.dumps({"loss": "CrossEntropyLoss", "params": {"use_weight": use_weight}})
    batch = one(save(input=X, target=Y, weight=np.ones(3, np.float32), meta=meta))
    assert (batch.loss.weight is not None) == use_weight
    assert batch.weight is not None


@pytest.mark.parametrize("meta", ["{", "[1]", "[" * 100_000])
def test_a_meta_that_is_no_json_object_is_left_out_and_said(save, meta):
    batch = one(save(input=X, target=Y, loss="cross_entropy", meta=meta))
    assert dict(batch.meta) == {}
    assert "meta" in notes(batch)


def test_a_batch_that_its_loss_would_refuse_opens(save):
    batch = one(save(input=X, target=np.array([5, 6, 7, 8]), loss="cross_entropy"))
    assert batch.target.tolist() == [5, 6, 7, 8]


def test_fortran_order_big_endian_and_0_d_arrays_keep_their_values(save):
    x = np.asfortranarray(np.arange(6, dtype=">f4").reshape(2, 3))
    batch = one(save(input=x, target=np.float64(2), loss="l1_loss"))
    np.testing.assert_array_equal(batch.input, x)
    assert batch.target.shape == ()


def test_a_compressed_file_gives_the_same_arrays(tmp_path):
    np.savez_compressed(tmp_path / "b.npz", input=X, target=Y)
    np.testing.assert_array_equal(one(tmp_path / "b.npz").input, X)


def test_a_bare_npy_is_an_input_without_target(tmp_path):
    np.save(tmp_path / "logits.npy", X)
    batch = one(tmp_path / "logits.npy")
    np.testing.assert_array_equal(batch.input, X)
    assert batch.target is None


def refused(path):
    with pytest.raises(InputError) as error:
        read(path)
    assert error.value.field == path.name
    assert str(error.value.problem)
    assert str(error.value.remedy)
    return error.value


def test_a_missing_file_a_folder_and_an_unknown_kind_are_refused(tmp_path):
    refused(tmp_path / "none.npz")
    refused(tmp_path)
    (tmp_path / "x.docx").write_bytes(b"")
    assert ".npz" in str(refused(tmp_path / "x.docx").remedy)


@pytest.mark.parametrize("suffix", [".npz", ".npy"])
@pytest.mark.parametrize("content", [b"", b"not an array", b"PK\x03\x04", b"\x93NUMPY", b"\x93NUMPY\x01\x00\xff\xff{"])
def test_bytes_that_are_no_array_are_refused(tmp_path, suffix, content):
    path = tmp_path / f"x{suffix}"
    path.write_bytes(content)
    refused(path)


def test_an_input_of_python_objects_is_refused_and_never_unpickled(tmp_path, save):
    refused(save(input=np.array([{}, None], dtype=object), target=Y))
    np.save(tmp_path / "x.npy", np.array([{}], dtype=object))
    assert "objects" in str(refused(tmp_path / "x.npy").problem)


def test_python_objects_beside_the_batch_are_left_out_and_named(save):
    batch = one(save(input=X, target=Y, loss="cross_entropy", paths=np.array([["a"], None], dtype=object)))
    assert "paths" not in batch.extras
    assert "paths" in notes(batch)


def test_raw_bytes_as_of_bfloat16_are_refused_with_the_way_out(save):
    assert "float32" in str(refused(save(input=np.zeros(3, "V2"), target=Y)).remedy)


def test_a_file_without_input_is_refused_and_its_keys_are_named(save):
    assert "logits" in str(refused(save(logits=X, target=Y)).problem)


def test_an_empty_archive_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "e.npz", "w"):
        pass
    refused(tmp_path / "e.npz")


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(tmp_path, share):
    np.savez(tmp_path / "b.npz", input=np.zeros((200, 30)), target=np.zeros(200, int))
    np.save(tmp_path / "b.npy", np.zeros((200, 30)))
    for path in (tmp_path / "b.npz", tmp_path / "b.npy"):
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])
        refused(path)


def npy(shape, payload=b""):
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(stream, {"descr": "<f8", "fortran_order": False, "shape": shape})
    return stream.getvalue() + payload


@pytest.mark.parametrize("shape", [(2**40,), (-1,), (2**62, 2**62), (3,)])
def test_a_header_that_promises_more_than_the_file_holds_takes_no_memory(tmp_path, shape):
    (tmp_path / "b.npy").write_bytes(npy(shape))
    refused(tmp_path / "b.npy")
    with zipfile.ZipFile(tmp_path / "b.npz", "w") as archive:
        archive.writestr("input.npy", npy(shape))
    refused(tmp_path / "b.npz")


def archive_that_claims(path, size):
    """A member of a few bytes whose directory entry claims `size`."""
    raw = npy((size // 8 - 16,))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("input.npy", raw)
    content = path.read_bytes()
    path.write_bytes(content.replace(len(raw).to_bytes(4, "little"), size.to_bytes(4, "little")))


def test_a_member_that_claims_more_than_its_bytes_can_hold_is_refused(tmp_path):
    archive_that_claims(tmp_path / "b.npz", 2**31)
    assert "claims" in str(refused(tmp_path / "b.npz").problem)


def test_a_row_beyond_the_limit_is_refused_before_any_is_read(tmp_path):
    raw = npy((1, MEMORY_LIMIT // 8))
    with zipfile.ZipFile(tmp_path / "b.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("input.npy", raw)
        for info in archive.infolist():
            info.file_size = len(raw) + MEMORY_LIMIT
    assert "A single row of it" in str(refused(tmp_path / "b.npz").problem)


def test_damaged_bytes_give_a_batch_or_a_sentence_never_another_error(tmp_path):
    rng = np.random.default_rng(0)
    path = tmp_path / "b.npz"
    np.savez_compressed(path, input=X, target=Y, loss="cross_entropy", meta="{}", weight=np.ones(3))
    whole = np.frombuffer(path.read_bytes(), np.uint8)
    np.save(tmp_path / "b.npy", X)
    bare = np.frombuffer((tmp_path / "b.npy").read_bytes(), np.uint8)
    opened = 0
    for turn in range(600):
        file, content = (path, whole) if turn % 2 else (tmp_path / "b.npy", bare)
        damaged = content.copy()
        damaged[rng.integers(0, damaged.size, rng.integers(1, 6))] = rng.integers(0, 256)
        file.write_bytes(damaged.tobytes())
        with contextlib.suppress(InputError):
            opened += len(read(file))
    assert 0 < opened < 600
