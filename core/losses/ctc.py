"""CTCLoss."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, final

import numpy as np

from core.arrays import frozen
from core.ctc import gradients
from core.ctc.batch import read_batch
from core.ctc.lattice import Lattice, lattice_of
from core.ctc.posterior import posterior_of
from core.errors import InputError
from core.losses.base import Evaluation, Loss
from core.params import Interval, param
from core.reduction import BATCH_SIZE_AFTER_LENGTHS, REDUCTIONS, counted, divisor_of, reduced
from core.text import say

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import FloatArray
    from core.ctc.batch import Batch
    from core.ctc.posterior import Posterior


@final
@dataclass(frozen=True, eq=False)
class CTCEvaluation(Evaluation):
    """An evaluation that also has the true derivatives, and the lattice of every sample.

    `grad` is what torch gives to a leaf log_probs: exp(log_probs) - occupancy, nan where torch makes nan.
    """

    batch: Batch
    posterior: Posterior
    upstream: FloatArray  # d(value.sum()) / d(loss of each sample), (N,)
    _lattices: dict[int, Lattice] = field(default_factory=dict[int, Lattice], init=False, repr=False)

    @cached_property
    def grad_log_probs(self) -> FloatArray:
        """The true derivative for log-probabilities that are free: -occupancy."""
        return gradients.of_log_probs(self.batch, self.posterior, self.upstream)

    @cached_property
    def grad_logits(self) -> FloatArray:
        """The derivative for the logits before log_softmax: softmax - occupancy."""
        return gradients.of_logits(self.batch, self.posterior, self.upstream)

    def lattice(self, n: int = 0) -> Lattice:
        """The lattice of sample n, over its own frames."""
        N = len(self.batch.input_lengths)
        if not 0 <= n < N:
            raise InputError(
                "n",
                say("core", "There is no sample {n} in a batch of {N}.", n=n, N=N),
                say("core", "Count the samples from 0."),
            )
        if n not in self._lattices:
            frames = int(self.batch.input_lengths[n])
            own = self.batch.log_probs[:frames, n]
            self._lattices[n] = lattice_of(own, self.batch.labels_of(n), self.batch.blank)
        return self._lattices[n]


@final
@dataclass(frozen=True, eq=False)
class CTCLoss(Loss):
    """How unlikely a label sequence is, over all its alignments with the frames.

    Value: -log of the sum, over all paths that collapse to the target (merge repeats, then drop blanks), of the
    product of their frames' probabilities. Gradient for the logits: softmax - occupancy, where occupancy is the share
    of those paths that emit the class in the frame.

    Shapes: log_probs (T, N, C) or (T, C); targets (N, S) padded, or joined (sum of target_lengths,); lengths (N,).
    The mean divides each loss by its target length first (at least 1).

    Domain: rows of log_probs are log-probabilities; nothing checks that. T >= U + R frames are needed for U labels
    with R adjacent repeats; with fewer the loss is inf.

    Source: Graves et al. 2006, doi:10.1145/1143844.1143891; https://docs.pytorch.org/docs/2.13/generated/torch.nn.CTCLoss.html
    """

    family: ClassVar[str] = "sequence"
    blank: int = param(0, "integer", say("core", "The class that stands for no label."), interval=Interval(0, math.inf))
    reduction: str = param("mean", "choice", say("core", "How the terms become one number."), choices=REDUCTIONS)
    zero_infinity: bool = param(False, "switch", say("core", "Count an infinite loss, and its gradient, as 0."))

    @np.errstate(over="ignore", invalid="ignore")  # inf and nan are results here, not accidents
    def evaluate(
        self,
        log_probs: npt.ArrayLike,
        targets: npt.ArrayLike,
        input_lengths: npt.ArrayLike,
        target_lengths: npt.ArrayLike,
    ) -> CTCEvaluation:
        batch = read_batch(log_probs, targets, input_lengths, target_lengths, int(self.blank))
        posterior = posterior_of(batch)
        losses = 0.0 - posterior.log_likelihood
        N = len(losses)
        divisor = divisor_of(self.reduction, counted(N, BATCH_SIZE_AFTER_LENGTHS), N)
        lengths = np.maximum(batch.target_lengths, 1) if self.reduction == "mean" else np.ones(N)
        upstream = 1.0 / (lengths * divisor.value)
        if not np.isfinite(losses).all():
            infinite = losses == np.inf
            upstream[np.isnan(losses) | infinite] = np.nan  # there is no derivative
            if self.zero_infinity:
                losses[infinite] = upstream[infinite] = 0.0
        dtype = batch.log_probs.dtype
        elements = frozen(losses.reshape((N,) if batch.batched else ()), dtype)
        value = elements
        if self.reduction != "none":
            value = reduced(losses / lengths, self.reduction, divisor).astype(dtype)
        grad = gradients.of_torch(batch, posterior, upstream)
        return CTCEvaluation(value, grad, elements, divisor, batch, posterior, upstream)
