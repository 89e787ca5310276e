"""About each loss, offline: definition, gradient, shapes, when to use it, traps, source."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from core.about.binary import BCE, BCE_WITH_LOGITS
from core.about.card import About, Line, Source
from core.about.distribution import KL_DIV
from core.about.multi_class import CROSS_ENTROPY, NLL
from core.about.regression import L1, MSE, SMOOTH_L1
from core.about.sequence import CTC

if TYPE_CHECKING:
    from collections.abc import Mapping

ABOUT: Mapping[str, About] = MappingProxyType(
    {card.name: card for card in (L1, SMOOTH_L1, MSE, CROSS_ENTROPY, NLL, BCE, BCE_WITH_LOGITS, KL_DIV, CTC)}
)

__all__ = ["ABOUT", "About", "Line", "Source"]
