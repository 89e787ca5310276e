"""What is worth knowing about one number under a loss: zones, kinks, clamps, dead gradients, each with its numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from core.explain import binary_notes as binary
from core.explain import regression_notes as regression
from core.explain.note import SEVERITIES, Note
from core.text import say

if TYPE_CHECKING:
    from core.explain.scalar_point import ScalarPoint

Look = Callable[["ScalarPoint"], "Note | None"]

_LOOKS: dict[str, tuple[Look, ...]] = {
    "L1Loss": (regression.kink, regression.one_push, regression.hidden_nan),
    "SmoothL1Loss": (
        regression.extreme_beta,
        regression.zone,
        regression.kink,
        regression.beside_mse,
        regression.beside_l1,
        regression.beside_huber,
    ),
    "MSELoss": (regression.overflow, regression.grows, regression.plain_square),
    "BCELoss": (
        binary.clamp,
        binary.dead_zone,
        binary.difference,
        binary.steep,
        binary.soft_floor,
        binary.stays_weighted,
    ),
    "BCEWithLogitsLoss": (
        binary.infinite_logit,
        binary.target_outside,
        binary.difference,
        binary.steep,
        binary.positive_weight,
        binary.soft_floor,
        binary.stays_weighted,
    ),
}


def notes(point: ScalarPoint) -> tuple[Note, ...]:
    """All notes on a number, errors first."""
    if point.refusal is not None:
        return (Note("error", say("core", "The loss refuses these numbers"), point.refusal.problem),)
    found = [note for look in _LOOKS[point.element.loss.name] if (note := look(point)) is not None]
    return tuple(sorted(found, key=lambda note: SEVERITIES.index(note.severity)))
