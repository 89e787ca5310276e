"""What stands between a model's output and the loss, and the chain rule back through it."""

from __future__ import annotations

from typing import Literal

import numpy as np

from core.arrays import FloatArray

Link = Literal["none", "softmax", "log_softmax", "sigmoid", "logit"]


def apply_link(link: Link, z: FloatArray) -> FloatArray:
    """What the loss receives, in z's dtype; softmax and log_softmax run over the last axis.

    sigmoid maps z to p, logit maps p to z. Rounding of the dtype is part of the answer.
    """
    if link == "softmax":
        return np.exp(_log_softmax(z))
    if link == "log_softmax":
        return _log_softmax(z)
    if link == "sigmoid":
        return sigmoid(z)
    if link == "logit":
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.log(z) - np.log1p(-z)
    return z


def pull_back(link: Link, z: FloatArray, grad: FloatArray) -> FloatArray:
    """The gradient with respect to z, from `grad` with respect to `apply_link(link, z)`."""
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        if link == "softmax":
            p = apply_link("softmax", z)
            return p * (grad - np.sum(grad * p, axis=-1, keepdims=True))
        if link == "log_softmax":
            return grad - apply_link("softmax", z) * np.sum(grad, axis=-1, keepdims=True)
        if link == "sigmoid":
            p = sigmoid(z)
            return grad * p * (1 - p)
        if link == "logit":
            return grad / (z * (1 - z))
    return grad


def sigmoid(z: FloatArray) -> FloatArray:
    """1 / (1 + e^-z) without overflow."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def _log_softmax(z: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore", divide="ignore"):
        shifted = z - np.max(z, axis=-1, keepdims=True)
        return shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
