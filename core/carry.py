"""Switching the loss: what the new one can use is kept, and the rest is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from core.errors import InputError
from core.losses import LOSSES
from core.params import Spec, specs, with_param

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.losses import Loss

# `weight` is per class here, per element for the binary losses: one name, two meanings.
CLASS_WEIGHTED = frozenset({"CrossEntropyLoss", "NLLLoss"})


@dataclass(frozen=True, eq=False, slots=True)
class Carried:
    """The new loss, and the names of the old one's settings that it cannot use."""

    loss: Loss
    dropped: tuple[str, ...]


def carry(old: Loss, name: str) -> Carried:
    """The loss called `name` with every setting of `old` that means the same there."""
    kind = LOSSES[name]
    known = {spec.name for spec in specs(kind)}
    loss = cast("Callable[[], Loss]", kind)()
    dropped: list[str] = []
    for spec in specs(type(old)):
        value = getattr(old, spec.name)
        if _is_default(spec, value):
            continue
        if spec.name not in known or not _same_meaning(spec, old.name, name):
            dropped.append(spec.name)
            continue
        try:
            loss = with_param(loss, spec.name, value)
        except InputError:
            dropped.append(spec.name)
    return Carried(loss, tuple(dropped))


def _is_default(spec: Spec, value: object) -> bool:
    return value is spec.default if spec.kind == "array" else value == spec.default


def _same_meaning(spec: Spec, old: str, new: str) -> bool:
    return spec.name != "weight" or (old in CLASS_WEIGHTED) == (new in CLASS_WEIGHTED)
