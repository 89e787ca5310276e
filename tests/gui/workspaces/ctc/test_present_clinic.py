"""The clinic's numbers as they are written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.files import read
from core.jobs import finish
from core.losses.ctc import CTCLoss
from core.problem import Problem
from gui.workspaces.ctc import compute_clinic, compute_lattice
from gui.workspaces.ctc.present_clinic import present
from gui.workspaces.ctc.state import CTCState
from gui.workspaces.ctc.toy_edits import set_target

SAMPLES = Path(__file__).parents[4] / "resources" / "samples"


def clinic(name: str = "", state: CTCState | None = None):
    batch = read(SAMPLES / f"{name}.npz")[0] if name else None
    problem = Problem(batch.loss, batch) if batch else Problem(CTCLoss())
    result = finish(compute_lattice.compute(compute_lattice.request(problem, state or CTCState())))
    lines = finish(compute_clinic.compute_lines(compute_clinic.lines_request(result)))
    found = finish(compute_clinic.compute(compute_clinic.ClinicRequest(result, lines.lines)))
    return present(found, lines.notes)


def numbers(model) -> dict[str, str]:
    return {str(row.name): row.value for row in model.vitals}


def test_what_is_there_stands_beside_what_is_needed() -> None:
    found = numbers(clinic("ctc_balloon_reduced"))
    assert found["frames there, T"] == "15"
    assert found["frames needed: 7 labels + 2 repeats"] == "9"
    assert found["frames to spare"] == "6"
    assert found["alignments"] == "38,760"


def test_a_target_that_does_not_fit_is_in_the_colour_of_errors() -> None:
    model = clinic(state=set_target("committees of cats").update(CTCState()))
    roles = {str(row.name).split(":")[0]: row.role for row in model.vitals}
    assert roles["frames needed"] == roles["frames to spare"] == roles["alignments"] == "err"
    assert model.notices[0].severity == "error"
    assert model.marks == ()


def test_rules_in_circulation_stand_beside_the_right_one() -> None:
    rows = {str(row.name): row for row in clinic("bug_ctc_too_short").rules}
    assert rows["T ≥ U + R: refuses it: right"].value == "9"
    assert rows["T ≥ U: lets it pass: wrong"].role == "err"
    assert rows["T ≥ U: lets it pass: wrong"].tip is not None


def test_the_model_is_marked_beside_two_that_learned_nothing() -> None:
    marks = clinic("ctc_speech_arctic").marks
    assert [str(mark.name) for mark in marks] == ["this model", "best without the input", "all classes equal"]
    assert marks[0].value < marks[1].value < marks[2].value


@pytest.mark.parametrize(("zero_infinity", "claim"), [(False, "1 of 4"), (True, "silences 1 of 4")])
def test_sequences_that_do_not_fit_are_counted_over_the_batch(zero_infinity, claim) -> None:
    batch = read(SAMPLES / "ctc_batch_padded.npz")[0]
    short = replace(batch, input_lengths=np.array([3, 56, 31, 54]))
    problem = Problem(replace(batch.loss, zero_infinity=zero_infinity), short)
    result = finish(compute_lattice.compute(compute_lattice.request(problem, CTCState(sequence=1))))
    found = finish(compute_clinic.compute_lines(compute_clinic.lines_request(result)))
    assert [claim in str(note.title) for note in found.notes] == [True]


def test_a_batch_of_one_is_told_once_that_it_does_not_fit() -> None:
    errors = [notice for notice in clinic("bug_ctc_too_short").notices if notice.severity == "error"]
    assert len(errors) == 1
