"""What the keys of a file mean: arrays in, a batch out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from core.batch import Batch
from core.errors import InputError
from core.files.contents import Contents
from core.files.guess import guess_loss
from core.files.recommended import PARAMETERS, loss_class, recommended
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.arrays import Array
    from core.losses import Loss

ARGUMENTS = ("input", "target", "log_probs", "targets", "input_lengths", "target_lengths", "weight", "pos_weight")
ABOUT = ("loss", "meta", "classes", "charset", "reported", "step", "split")


def batch_of(file: Path, contents: Contents) -> Batch:
    """A batch of the arrays that a reader found; InputError only where there is no input at all."""
    arrays = contents.arrays
    meta, notes = _meta(arrays)
    loss, remarks = _loss(file, arrays, meta)
    input, target = _arguments(file, arrays, loss.family == "sequence")
    return Batch(
        name=file.stem,
        path=file,
        loss=loss,
        input=input,
        target=target,
        input_lengths=arrays.get("input_lengths"),
        target_lengths=arrays.get("target_lengths"),
        classes=_names(arrays.get("charset" if loss.family == "sequence" else "classes", arrays.get("classes"))),
        weight=arrays.get("weight"),
        pos_weight=arrays.get("pos_weight"),
        extras={k: v for k, v in arrays.items() if k not in (*ARGUMENTS, *ABOUT, *PARAMETERS)},
        meta=meta or {},
        reported=_reported(arrays),
        step=_whole(arrays.get("step")),
        split=_word(arrays.get("split")),
        notes=(*contents.notes, *notes, *remarks),
    )


def _loss(file: Path, arrays: Mapping[str, Array], meta: dict[str, Any] | None) -> tuple[Loss, tuple[Text, ...]]:
    named = _word(arrays.get("loss")) or str((meta or {}).get("loss") or "")
    found = loss_class(named)
    if found is not None:
        return recommended(found, arrays, meta)
    is_ctc = "log_probs" in arrays and ("targets" in arrays or "target_lengths" in arrays)
    name, reason = guess_loss(*_arguments(file, arrays, is_ctc), is_ctc)
    guessed = loss_class(name)
    assert guessed is not None
    if named:
        reason = say("files", "{named!r} is none of the nine losses; {name} is used.", named=named, name=name)
    loss, remarks = recommended(guessed, arrays, meta)
    return loss, (reason, *remarks)


def _arguments(file: Path, arrays: Mapping[str, Array], is_ctc: bool) -> tuple[Array, Array | None]:
    first, second = ("log_probs", "input") if is_ctc else ("input", "log_probs")
    input = arrays.get(first, arrays.get(second))
    if input is None:
        raise InputError(
            file.name,
            say("files", "It has no array named input (CTC: log_probs), only: {keys}.", keys=_listed(arrays)),
            say("files", "Save the batch as np.savez(file, input=..., target=...)."),
        )
    first, second = ("targets", "target") if is_ctc else ("target", "targets")
    return input, arrays.get(first, arrays.get(second))


def _listed(arrays: Mapping[str, Array]) -> str:
    return ", ".join(list(arrays)[:12]) or "-"


def _meta(arrays: Mapping[str, Array]) -> tuple[dict[str, Any] | None, tuple[Text, ...]]:
    if "meta" not in arrays:
        return None, ()
    try:
        meta: object = json.loads(str(arrays["meta"]))
    except (ValueError, RecursionError):
        meta = None
    if not isinstance(meta, dict):
        return None, (say("files", "'meta' is not a JSON object and was left out."),)
    return cast("dict[str, Any]", meta), ()


def _names(array: Array | None) -> tuple[str, ...]:
    return () if array is None else tuple(str(name) for name in array.ravel().tolist())


def _reported(arrays: Mapping[str, Array]) -> float | None:
    """The loss the user saw; a number under `loss` is taken for it, since a name stands there otherwise."""
    for key in ("reported", "loss"):
        array = arrays.get(key)
        if array is not None and array.size == 1 and array.dtype.kind in "iuf":
            return float(array.item())
    return None


def _whole(array: Array | None) -> int | None:
    if array is None or array.size != 1 or array.dtype.kind not in "iu":
        return None
    return int(array.item())


def _word(array: Array | None) -> str | None:
    if array is None or array.size != 1 or array.dtype.kind not in "US":
        return None
    word = array.item()
    return word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word)
