"""The lines that save a batch from a training loop; they need NumPy alone."""

from __future__ import annotations

_HEAD = '''\
import os
import numpy as np

def dump(path, **arrays):
    """Save what is not None; the file is whole or not there."""
    kept = {}
    for key, value in arrays.items():
        if hasattr(value, "detach"):
            value = value.detach().cpu()
            if value.is_floating_point():
                value = value.float()
            value = value.numpy()
        if value is not None:
            kept[key] = value
    with open(f"{path}.part", "wb") as file:
        np.savez(file, **kept)
    os.replace(f"{path}.part", path)
'''

_CALL = """
dump(
    f"step_{step:06d}.npz",
    loss="@LOSS@",
@ARGUMENTS@
    reported=float(loss),
    step=step,
    split="train",
    ids=None,  # names of the samples, if they have any
)
"""

_WEIGHT = "weight=None,  # that of the loss, if it has one"

# By the family of the loss: the name of a loss of it, and the arguments that its batches have.
_FAMILIES = {
    "regression": ("mse_loss", ("input=prediction", "target=y")),
    "binary": (
        "binary_cross_entropy_with_logits",
        ("input=logits", "target=y", _WEIGHT, "pos_weight=None,  # that of the loss, if it has one"),
    ),
    "multi-class": ("cross_entropy", ("input=logits", "target=y", _WEIGHT)),
    "distribution": ("kl_div", ("input=log_probs", "target=target", 'reduction="batchmean"')),
    "sequence": (
        "ctc_loss",
        (
            "log_probs=log_probs",
            "targets=targets",
            "input_lengths=input_lengths",
            "target_lengths=target_lengths",
            "blank=0",
        ),
    ),
}


def dump_snippet(family: str) -> str:
    """For a family of core.losses: regression, binary, multi-class, distribution, sequence.

    What is None (no weight, no ids) is left out of the file; bfloat16 becomes float32.
    """
    loss, arguments = _FAMILIES[family]
    lines = "\n".join(f"    {argument}" if "#" in argument else f"    {argument}," for argument in arguments)
    return _HEAD + _CALL.replace("@LOSS@", loss).replace("@ARGUMENTS@", lines)
