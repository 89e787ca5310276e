"""The three gradients of CTC: what torch returns, for free log-probabilities, and for logits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.ctc.batch import Batch
    from core.ctc.posterior import Posterior

# In all three `upstream` is d(value.sum()) / d(loss of each sample), (N,): 0 silences a sample whatever it holds, and
# nan stands for a loss that has no derivative. Each gives an array of log_probs' shape and dtype, read-only, 0 after a
# sample's last frame.


@np.errstate(over="ignore", invalid="ignore")  # raw logits may overflow, and what lies after the last frame is anything
def of_torch(batch: Batch, posterior: Posterior, upstream: FloatArray) -> FloatArray:
    """exp(log_probs) - occupancy: right for logits if log_softmax stands before, and what torch returns."""
    grad = np.exp(batch.log_probs)
    _scale(grad, upstream)
    _put(grad, posterior, (posterior.probs - posterior.occupancy) * upstream[posterior.owner])
    if posterior.blank_ended.size > 0:
        _forget_last_blank(grad, batch, posterior, upstream)
    if not batch.log_probs.min() > -np.inf:
        # torch's occupancy is exp(log occupancy - log_probs), which is exp(-inf + inf) here.
        grad[batch.log_probs == -np.inf] = np.nan
    return _finished(grad, batch, upstream)


def of_log_probs(batch: Batch, posterior: Posterior, upstream: FloatArray) -> FloatArray:
    """-occupancy: the derivative when each log-probability is free."""
    grad = np.zeros_like(batch.log_probs)
    if np.isnan(upstream).any():
        grad[:, np.isnan(upstream)] = np.nan
    _put(grad, posterior, 0.0 - posterior.occupancy * upstream[posterior.owner])
    return _finished(grad, batch, upstream)


@np.errstate(over="ignore", invalid="ignore")
def of_logits(batch: Batch, posterior: Posterior, upstream: FloatArray) -> FloatArray:
    """The derivative through log_softmax, softmax - occupancy, for rows of any scale."""
    frames = len(posterior.occupancy)
    highest = batch.log_probs.max(axis=2, keepdims=True)
    grad = np.exp(batch.log_probs - highest)
    total = grad.sum(axis=2, keepdims=True, dtype=np.float64)
    used = batch.log_probs.reshape(len(grad), -1)[:frames].take(posterior.columns, axis=1)
    softmax = np.exp(used - highest[:frames, posterior.owner, 0], dtype=np.float64)
    softmax /= total[:frames, posterior.owner, 0]
    grad /= total.astype(grad.dtype)
    _scale(grad, upstream)
    _put(grad, posterior, (softmax - posterior.occupancy) * upstream[posterior.owner])
    return _finished(grad, batch, upstream)


def _forget_last_blank(grad: FloatArray, batch: Batch, posterior: Posterior, upstream: FloatArray) -> None:
    """As torch does: in a sample's last frame a last label that is the blank replaces the last blank, uncounted."""
    n = posterior.blank_ended
    place = (batch.input_lengths[n] - 1, n, batch.blank)
    probs = np.exp(batch.log_probs[place], dtype=np.float64)
    grad[place] = (probs - posterior.last_label) * upstream[n]


def _scale(grad: FloatArray, upstream: FloatArray) -> None:
    if (upstream != 1.0).any():
        grad *= upstream.astype(grad.dtype)[:, None]


def _put(grad: FloatArray, posterior: Posterior, values: FloatArray) -> None:
    grad.reshape(len(grad), -1)[: len(values), posterior.columns] = values


def _finished(grad: FloatArray, batch: Batch, upstream: FloatArray) -> FloatArray:
    if batch.input_lengths.min() < len(grad):
        grad[np.arange(len(grad))[:, None] >= batch.input_lengths] = 0.0
    if not upstream.all():
        grad[:, upstream == 0.0] = 0.0
    grad.flags.writeable = False
    return grad if batch.batched else grad[:, 0]
