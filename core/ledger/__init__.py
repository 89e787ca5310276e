"""Where the number comes from: one line an operation, what people expect instead, and whether it is what they saw."""

from core.ledger.build import ledger_of
from core.ledger.ledger import Expected, Ledger, Line, Verdict

__all__ = ["Expected", "Ledger", "Line", "Verdict", "ledger_of"]
