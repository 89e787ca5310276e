"""The one error that a user can correct."""

from __future__ import annotations

from core.text import Text


class InputError(ValueError):
    """Raised for input that a user can mend; shown at the field, never as a crash.

    Attributes:
        field: the argument, parameter or file at fault.
        problem: what was given and what is expected.
        remedy: what would mend it.
    """

    def __init__(self, field: str, problem: Text, remedy: Text) -> None:
        super().__init__(f"{field}: {problem} {remedy}")
        self.field = field
        self.problem = problem
        self.remedy = remedy
