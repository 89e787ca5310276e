"""The loss, the batch it is applied to, and how its class weights came about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, final

from core.errors import InputError
from core.text import say
from core.what_if import AS_IT_CAME, WhatIf, applied

if TYPE_CHECKING:
    from core.arrays import Array
    from core.batch import Batch
    from core.losses import Evaluation, Loss


@final
@dataclass(frozen=True, slots=True)
class Weighting:
    """How the weights in the loss were made; the weights themselves stand in the loss.

    Attributes:
        scheme: uniform, inverse, balanced, sqrt_inverse, effective or custom.
        beta: of the effective number of samples.
        normalise: one of core.weighting's normalisations.
        source: where the counts came from: batch, train_counts, file or typed.
        counts: samples of each class, () while there are none.
    """

    scheme: str = "uniform"
    beta: float = 0.999
    normalise: str = "as defined"
    source: str = "batch"
    counts: tuple[float, ...] = ()


@final
@dataclass(frozen=True, eq=False, slots=True)
class Problem:
    """What all workspaces look at.

    Attributes:
        base: the batch as it came; what_if: what is changed in it for a trial.
    """

    loss: Loss
    base: Batch | None = None
    weighting: Weighting = field(default_factory=Weighting)
    what_if: WhatIf = AS_IT_CAME

    @property
    def batch(self) -> Batch | None:
        """The batch with what is changed in it."""
        if self.base is None:
            return None
        return applied(self.base, self.what_if, getattr(self.loss, "ignore_index", None))


def evaluate(loss: Loss, batch: Batch) -> Evaluation:
    """One pass of `loss`, which need not be the batch's own; InputError where it refuses the batch."""
    return loss.evaluate(*arguments(loss, batch))


def arguments(loss: Loss, batch: Batch) -> tuple[Array, ...]:
    """What `loss.evaluate` takes, from the batch; InputError where the batch lacks any of it."""
    _check_numbers("input", batch.input)
    if batch.target is None:
        raise InputError(
            "target",
            say("core", "The batch has an input but no target."),
            say("core", "Save the target beside the input: np.savez(file, input=..., target=...)."),
        )
    _check_numbers("target", batch.target)
    if loss.family != "sequence":
        return batch.input, batch.target
    if batch.input_lengths is None or batch.target_lengths is None:
        raise InputError(
            "input_lengths" if batch.input_lengths is None else "target_lengths",
            say("core", "CTCLoss needs input_lengths and target_lengths, and the batch lacks them."),
            say("core", "Save both beside log_probs and targets, or choose another loss."),
        )
    return batch.input, batch.target, batch.input_lengths, batch.target_lengths


def _check_numbers(field: str, array: Array) -> None:
    if array.dtype.kind in "USOMm":
        raise InputError(
            field,
            say("core", "{dtype} values are not numbers.", dtype=array.dtype),
            say("core", "Save {field} as an array of numbers.", field=field),
        )
