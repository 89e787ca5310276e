"""Which loss the arrays suggest, where a file names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.batch import class_axis
from core.text import Text, say

if TYPE_CHECKING:
    from core.arrays import Array

TOLERANCE = 1e-2  # of sums of probabilities; wide enough for float16


def guess_loss(input: Array, target: Array | None, is_ctc: bool) -> tuple[str, Text]:
    """The name of a loss, and the reason as a sentence."""
    if is_ctc:
        return "CTCLoss", say("files", "The file names no loss; its keys are those of CTCLoss.")
    if input.dtype.kind not in "biuf" or (target is not None and target.dtype.kind not in "biuf"):
        return "MSELoss", say("files", "The file names no loss and holds no numbers; MSELoss is assumed.")
    if target is None:
        return _without_target(input)
    if _holds_indices(input, target):
        if are_log_probs(input):
            return "NLLLoss", say("files", "No loss named: class indices and log-probabilities suggest NLLLoss.")
        return "CrossEntropyLoss", say("files", "No loss named: class indices and scores suggest CrossEntropyLoss.")
    if target.shape != input.shape:
        return "MSELoss", say("files", "The file names no loss; MSELoss is assumed.")
    return _same_shape(input, target)


def _without_target(input: Array) -> tuple[str, Text]:
    if input.ndim < 2:
        return "MSELoss", say("files", "The file holds an input alone; MSELoss is assumed.")
    if are_log_probs(input):
        return "NLLLoss", say("files", "The file holds log-probabilities alone; NLLLoss is assumed.")
    return "CrossEntropyLoss", say("files", "The file holds an input alone; CrossEntropyLoss is assumed.")


def _same_shape(input: Array, target: Array) -> tuple[str, Text]:
    if are_probs(target):
        if are_log_probs(input):
            return "KLDivLoss", say("files", "No loss named: log-probabilities and distributions suggest KLDivLoss.")
        return "CrossEntropyLoss", say("files", "No loss named: targets that sum to 1 suggest CrossEntropyLoss.")
    if _in_unit_interval(target):
        if _in_unit_interval(input):
            return "BCELoss", say("files", "No loss named: values and targets in [0, 1] suggest BCELoss.")
        return "BCEWithLogitsLoss", say("files", "No loss named: targets in [0, 1] suggest BCEWithLogitsLoss.")
    return "MSELoss", say("files", "No loss named: real targets of the input's shape suggest MSELoss.")


def _holds_indices(input: Array, target: Array) -> bool:
    fits = target.shape == input.shape[:1] + input.shape[2:] and input.ndim > 1
    if target.dtype.kind in "iu":
        return fits or (input.ndim == 1 and target.ndim == 0)
    # Whole floats against (N, C) are indices saved with the wrong dtype; (N, 1) is a column of predictions.
    whole = target.dtype.kind == "f" and bool(np.all(target == np.floor(target)))
    return fits and whole and input.shape[1] > 1


def are_log_probs(array: Array) -> bool:
    """Whether exp sums to 1 over a class axis of more than one class."""
    if array.ndim == 0 or array.size == 0 or array.shape[class_axis(array)] < 2:
        return False
    wide = array.astype(np.float64, copy=False)
    if not wide.max() <= TOLERANCE:
        return False
    return bool(np.all(np.abs(np.exp(wide).sum(axis=class_axis(array)) - 1) < TOLERANCE))


def are_probs(array: Array) -> bool:
    """Whether values in [0, 1] sum to 1 over a class axis of more than one class."""
    if array.ndim < 2 or array.size == 0 or array.shape[1] < 2 or not _in_unit_interval(array):
        return False
    return bool(np.all(np.abs(array.sum(axis=1, dtype=np.float64) - 1) < TOLERANCE))


def _in_unit_interval(array: Array) -> bool:
    return array.size > 0 and bool(np.all((array >= 0) & (array <= 1)))
