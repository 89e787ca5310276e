"""The doctor: rules over a batch and the loss in force; findings are data."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

import numpy as np

from core.doctor.case import Case
from core.doctor.finding import RULES, SEVERITIES, Finding, Severity
from core.errors import InputError
from core.problem import evaluate
from core.text import say

if TYPE_CHECKING:
    from core.batch import Batch
    from core.losses import Evaluation, Loss

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")

__all__ = ["RULES", "SEVERITIES", "Finding", "Severity", "diagnose", "examine"]


def diagnose(batch: Batch, loss: Loss) -> tuple[Finding, ...]:
    """All that is found in `batch` under `loss`, errors first; never raises, whatever the arrays hold."""
    try:
        evaluation = evaluate(loss, batch)
    except InputError as refusal:
        return examine(batch, loss, None, refusal)
    return examine(batch, loss, evaluation)


def examine(
    batch: Batch, loss: Loss, evaluation: Evaluation | None, refusal: InputError | None = None
) -> tuple[Finding, ...]:
    """`diagnose` for a caller who has evaluated the loss already: `refusal` is what it raised instead."""
    case = Case(batch, loss, evaluation)
    found: list[Finding] = []
    if case.is_numeric:
        # Overflow and nan are what the rules look for, not something to warn about.
        with np.errstate(all="ignore"):
            looked = (rule.look(case) for rule in RULES.values() if rule.applies_to(loss))
            found = [finding for finding in looked if finding is not None]
    if refusal is not None and not any(finding.explains_refusal for finding in found):
        found.append(_refused(refusal))
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))


def _refused(refusal: InputError) -> Finding:
    return Finding(
        "INPUT",
        "error",
        say("doctor", "The loss refuses this batch"),
        say("doctor", "{field}: {problem}", field=refusal.field, problem=refusal.problem),
        refusal.remedy,
        {"field": refusal.field},
        explains_refusal=True,
    )
