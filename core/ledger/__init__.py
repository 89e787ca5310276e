"""Where the number comes from: one line an operation, what people expect instead, and whether it is what they saw."""

from core.ledger.build import ledger_of
from core.ledger.ledger import Expected, Ledger, Line, Verdict
from core.ledger.written import head_strip, other_text, texts_of

__all__ = ["Expected", "Ledger", "Line", "Verdict", "head_strip", "ledger_of", "other_text", "texts_of"]
