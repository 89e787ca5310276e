"""The nine losses, named and parameterised as in torch.nn, found by file."""

from __future__ import annotations

import importlib
import pkgutil
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.losses.base import Evaluation, Loss

if TYPE_CHECKING:
    from collections.abc import Mapping

ORDER = (
    "L1Loss",
    "SmoothL1Loss",
    "MSELoss",
    "CrossEntropyLoss",
    "NLLLoss",
    "BCELoss",
    "BCEWithLogitsLoss",
    "KLDivLoss",
    "CTCLoss",
)


def _discover() -> dict[str, type[Loss]]:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    found = {loss.__name__: loss for loss in Loss.__subclasses__()}
    known = [name for name in ORDER if name in found]
    return {name: found[name] for name in (*known, *sorted(found.keys() - set(known)))}


LOSSES: Mapping[str, type[Loss]] = MappingProxyType(_discover())
globals().update(LOSSES)

if TYPE_CHECKING:
    from core.losses.bce import BCELoss
    from core.losses.bce_with_logits import BCEWithLogitsLoss
    from core.losses.cross_entropy import CrossEntropyLoss
    from core.losses.ctc import CTCLoss
    from core.losses.kl_div import KLDivLoss
    from core.losses.l1 import L1Loss
    from core.losses.mse import MSELoss
    from core.losses.nll import NLLLoss
    from core.losses.smooth_l1 import SmoothL1Loss

__all__ = [
    "LOSSES",
    "BCELoss",
    "BCEWithLogitsLoss",
    "CTCLoss",
    "CrossEntropyLoss",
    "Evaluation",
    "KLDivLoss",
    "L1Loss",
    "Loss",
    "MSELoss",
    "NLLLoss",
    "SmoothL1Loss",
]
