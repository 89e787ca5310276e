from __future__ import annotations

from core.errors import InputError
from core.text import say


def test_that_an_input_error_says_where_what_and_what_would_mend_it():
    error = InputError("beta", say("core", "{value} is too small.", value=-1), say("core", "Choose 0 or more."))
    assert isinstance(error, ValueError)
    assert str(error) == "beta: -1 is too small. Choose 0 or more."
    assert (error.field, error.problem.values, error.remedy.template) == ("beta", {"value": -1}, "Choose 0 or more.")
