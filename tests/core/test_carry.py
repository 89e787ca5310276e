"""Switching the loss."""

from __future__ import annotations

import numpy as np

import core.losses as L
from core.carry import carry


def test_that_weights_and_ignore_index_go_from_cross_entropy_to_nll() -> None:
    old = L.CrossEntropyLoss(weight=np.array([1.0, 2.0]), ignore_index=255, reduction="sum", label_smoothing=0.1)
    carried = carry(old, "NLLLoss")
    new = carried.loss
    assert isinstance(new, L.NLLLoss)
    assert new.weight is old.weight
    assert (new.ignore_index, new.reduction) == (255, "sum")
    assert carried.dropped == ("label_smoothing",)


def test_that_class_weights_are_not_taken_for_element_weights() -> None:
    carried = carry(L.CrossEntropyLoss(weight=np.array([1.0, 2.0])), "BCELoss")
    assert carried.loss.weight is None  # type: ignore[attr-defined]
    assert carried.dropped == ("weight",)


def test_that_batchmean_is_dropped_where_there_is_none() -> None:
    carried = carry(L.KLDivLoss(reduction="batchmean"), "MSELoss")
    assert carried.loss.reduction == "mean"
    assert carried.dropped == ("reduction",)


def test_that_defaults_are_dropped_in_silence() -> None:
    assert carry(L.SmoothL1Loss(), "CTCLoss").dropped == ()
