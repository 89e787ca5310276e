"""Where the number comes from: one line an operation, what people expect instead, and whether it is what they saw."""

from core.ledger.build import ledger_of
from core.ledger.combined import Combined, Part, combined, in_order, micro_of, numbers_of, part_of, rank_of
from core.ledger.ledger import Expected, Ledger, Line, Verdict
from core.ledger.step import StepParts, in_step
from core.ledger.written import head_strip, other_text, texts_of

__all__ = [
    "Combined",
    "Expected",
    "Ledger",
    "Line",
    "Part",
    "StepParts",
    "Verdict",
    "combined",
    "head_strip",
    "in_order",
    "in_step",
    "ledger_of",
    "micro_of",
    "numbers_of",
    "other_text",
    "part_of",
    "rank_of",
    "texts_of",
]
