"""A finding, and the table of the rules that give them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.doctor.case import Case
    from core.losses import Loss
    from core.text import Text

Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@final
@dataclass(frozen=True, eq=False, slots=True)
class Finding:
    """What one rule found.

    Attributes:
        rule: its id in the list of rules; "INPUT" for a refusal that no rule explains.
        title: a few words; message: what was found, with numbers; fix: what would mend it.
        evidence: plain numbers, words and lists; `rows` are the first row numbers, as core.rows counts them.
        explains_refusal: whether it says why the loss refuses the batch.
    """

    rule: str
    severity: Severity
    title: Text
    message: Text
    fix: Text
    evidence: Mapping[str, object] = field(default_factory=dict[str, object])
    explains_refusal: bool = False


Look = Callable[["Case"], Finding | None]


@final
@dataclass(frozen=True, slots=True)
class Rule:
    """A function that looks at a case, for the losses of these names; for every loss if there are none."""

    id: str
    losses: tuple[str, ...]
    look: Look

    def applies_to(self, loss: Loss) -> bool:
        """Whether the rule has anything to say about this kind of loss."""
        return not self.losses or loss.name in self.losses


RULES: dict[str, Rule] = {}


def rule(id: str, *losses: str) -> Callable[[Look], Look]:
    """Register a rule; it stays silent (None) where a fact it needs is missing."""

    def register(look: Look) -> Look:
        if id in RULES:
            raise ValueError(f"two rules are called {id}")
        RULES[id] = Rule(id, losses, look)
        return look

    return register
