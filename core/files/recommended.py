"""The loss that a file recommends: its class by torch's names, its constructor arguments by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from core.errors import InputError
from core.losses import LOSSES
from core.params import specs
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.arrays import Array
    from core.losses import Loss

FUNCTIONAL = {
    "l1_loss": "L1Loss",
    "smooth_l1_loss": "SmoothL1Loss",
    "mse_loss": "MSELoss",
    "cross_entropy": "CrossEntropyLoss",
    "nll_loss": "NLLLoss",
    "binary_cross_entropy": "BCELoss",
    "binary_cross_entropy_with_logits": "BCEWithLogitsLoss",
    "kl_div": "KLDivLoss",
    "ctc_loss": "CTCLoss",
}
# What people write, in lower case and without underscores and "loss".
SHORT = {
    "l1": "L1Loss",
    "mae": "L1Loss",
    "smoothl1": "SmoothL1Loss",
    "mse": "MSELoss",
    "l2": "MSELoss",
    "crossentropy": "CrossEntropyLoss",
    "ce": "CrossEntropyLoss",
    "nll": "NLLLoss",
    "bce": "BCELoss",
    "bcewithlogits": "BCEWithLogitsLoss",
    "kldiv": "KLDivLoss",
    "kl": "KLDivLoss",
    "ctc": "CTCLoss",
}
WEIGHTS = ("weight", "pos_weight")
PARAMETERS = frozenset(spec.name for loss in LOSSES.values() for spec in specs(loss)) - set(WEIGHTS)


def loss_class(named: str) -> type[Loss] | None:
    """The class of "CrossEntropyLoss", "F.cross_entropy", "nn.CrossEntropyLoss()", "ce"; None if there is none."""
    word = named.split("(")[0].strip().rsplit(".", 1)[-1]
    return LOSSES.get(FUNCTIONAL.get(word, word)) or LOSSES.get(SHORT.get(_bare(word), ""))


def _bare(word: str) -> str:
    return word.lower().replace("_", "").removesuffix("loss")


def recommended(
    loss: type[Loss], arrays: Mapping[str, Array], meta: dict[str, Any] | None
) -> tuple[Loss, tuple[Text, ...]]:
    """The loss with the file's arguments; what it refuses is left at its default and said."""
    arguments = _scalars(loss, arrays, meta) | _weights(loss, arrays, meta)
    remarks: list[Text] = []
    while True:
        try:
            return loss(**arguments), tuple(remarks)
        except InputError as error:
            if error.field not in arguments:
                raise
            del arguments[error.field]
            remarks.append(
                say("files", "{field}: {problem} The default is used.", field=error.field, problem=error.problem)
            )


def _scalars(loss: type[Loss], arrays: Mapping[str, Array], meta: dict[str, Any] | None) -> dict[str, Any]:
    params = _params(meta or {})
    names = [spec.name for spec in specs(loss) if spec.name not in WEIGHTS]
    recorded = {name: params[name] for name in names if name in params}
    return recorded | {name: _scalar(arrays[name]) for name in names if name in arrays}


def _scalar(array: Array) -> Any:
    """A Python value, since NumPy's True is not True; many values become words that the loss refuses."""
    if array.size != 1:
        return f"array of shape {array.shape}"
    value: Any = array.item()
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _weights(loss: type[Loss], arrays: Mapping[str, Array], meta: dict[str, Any] | None) -> dict[str, Array]:
    taken = {spec.name for spec in specs(loss)} & set(WEIGHTS) & arrays.keys()
    return {name: arrays[name] for name in taken if meta is None or _asks_for(name, meta)}


def _asks_for(name: str, meta: dict[str, Any]) -> bool:
    return any(place.get(f"use_{name}") is True for place in (meta, _params(meta)))


def _params(meta: dict[str, Any]) -> dict[str, Any]:
    params = meta.get("params")
    return cast("dict[str, Any]", params) if isinstance(params, dict) else {}
