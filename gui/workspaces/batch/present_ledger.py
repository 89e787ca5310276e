"""The ledger of a batch as the window shows it."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from core.ledger import other_text, texts_of
from core.text import say
from gui.kit.ledger_figures import Joint, LedgerFigure, Other, Seal, Term

if TYPE_CHECKING:
    from core.ledger import Ledger, Line, Verdict

_JOINTS: dict[str, Joint] = {"sum": "", "add": "→", "weigh": "→", "divide": "÷", "result": "=", "note": "·"}
_SEALS = {"proven": ("check", "ok"), "explained": ("warn", "warn"), "unexplained": ("error", "err")}


def ledger_figure(ledger: Ledger | None) -> LedgerFigure:
    """One term a line, at the same place; None is a batch that the loss refuses."""
    title = say("batch", "Where the number comes from")
    if ledger is None:
        return LedgerFigure(title, empty=say("batch", "The loss refuses this batch: there is no number to explain."))
    terms = tuple(_term(line, text) for line, text in zip(ledger.lines, texts_of(ledger), strict=True))
    ticked = None if ledger.verdict is None else ledger.verdict.expected
    others = tuple(
        Other(other.title, other_text(other.value), place == ticked) for place, other in enumerate(ledger.expected)
    )
    return LedgerFigure(title, terms, others, None if ledger.verdict is None else _seal(ledger.verdict))


def _term(line: Line, text: str) -> Term:
    role = "accent" if line.operation == "result" else "text"
    return Term(_JOINTS[line.operation], line.symbol, text, line.title, role if isfinite(line.value) else "err")


def _seal(verdict: Verdict) -> Seal:
    icon, role = _SEALS[verdict.kind]
    return Seal(verdict.sentence, icon, role)
