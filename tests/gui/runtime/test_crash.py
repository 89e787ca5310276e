"""Reports of bugs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

import core.losses as L
from core.problem import Problem
from gui.runtime.crash import plain, write_report
from gui.state import AppState

if TYPE_CHECKING:
    from pathlib import Path


def test_that_a_report_holds_traceback_and_state_but_no_array_values(tmp_path: Path) -> None:
    state = AppState(Problem(L.CrossEntropyLoss(weight=np.array([1.5, 2.5]))))
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / 0
    report = json.loads(write_report(caught.value, state, tmp_path).read_text(encoding="utf-8"))
    assert "division by zero" in report["error"]
    assert "test_crash.py" in report["error"]
    loss = report["state"]["problem"]["loss"]
    assert loss["type"] == "CrossEntropyLoss"
    assert loss["weight"] == "float64 (2,)"


def test_that_anything_can_be_written_plainly() -> None:
    assert plain({"a": 1}) == "{'a': 1}"
    assert plain((1, None, "x", [True])) == [1, None, "x", [True]]
