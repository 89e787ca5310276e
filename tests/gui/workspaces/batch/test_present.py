"""What the page says: bar, histogram, readings, findings; and what an unchanged page keeps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.assess import assess
from core.files import read
from core.jobs import finish
from core.problem import Problem
from core.samples import SAMPLES_DIR
from core.text import say
from core.what_if import AS_IT_CAME, WhatIf
from gui.workspaces.batch import compute_pinned, compute_sheet, compute_view, desk_model
from gui.workspaces.batch.compute_sheet import Sheet
from gui.workspaces.batch.compute_view import View, ViewRequest
from gui.workspaces.batch.findings import next_finding, rows_of
from gui.workspaces.batch.present_bar import bar_figure, refusal_of
from gui.workspaces.batch.present_histogram import histogram_figure, written
from gui.workspaces.batch.present_readings import readings
from gui.workspaces.batch.state import BatchState

NOTHING = say("batch", "nothing")


def sample(name: str) -> Sheet:
    batch = read(SAMPLES_DIR / f"{name}.npz")[0]
    return finish(compute_sheet.compute(finish(assess(batch.loss, batch))))


def view_of(sheet: Sheet) -> View:
    return finish(compute_view.compute(ViewRequest(sheet, "loss", True, "")))


@pytest.fixture(scope="module")
def digits():
    return sample("ce_digits_mid")


def bar(sheet, what_if=AS_IT_CAME, gave=None, **fields):
    return bar_figure(replace(BatchState(), **fields), sheet, what_if, gave)


def test_that_the_bar_says_how_large_the_batch_is_and_how_right_the_model(digits) -> None:
    assert str(bar(digits).summary) == "N = 286 · C = 10 · accuracy 74.8%"
    assert str(bar(sample("ctc_batch_padded")).summary) == "N = 4 sequences"
    assert str(bar(sample("reg_diabetes")).summary) == "N = 442"


def test_that_a_refused_batch_has_no_row_picture_and_says_why_it_has_no_number() -> None:
    sheet = sample("bug_bce_logits_input")
    assert bar(sheet, tab="row").tab == "samples"
    assert str(refusal_of(sheet.assessed)).startswith("BCELoss refuses this batch. input: ")


@pytest.mark.parametrize(
    ("what_if", "words"),
    [
        (WhatIf(inputs={3: 1.0}, targets={2: 0.0}), "2 changed"),
        (WhatIf(dropped=frozenset({1})), "1 left out"),
        (WhatIf(inputs={3: 1.0}, ignored=frozenset({1, 2})), "1 changed, 2 left out"),
    ],
)
def test_that_a_trial_is_counted(digits, what_if, words) -> None:
    assert str(bar(digits, what_if).trial) == words
    assert bar(digits).trial is None


def test_that_a_and_b_are_told_with_their_difference(digits) -> None:
    problem = Problem(replace(digits.assessed.loss, label_smoothing=0.1), digits.assessed.batch)
    pinned = finish(compute_pinned.compute(problem))
    a, b = pinned.value, float(digits.assessed.evaluation.value)
    shown = bar(digits, gave=pinned, pinned=problem)
    assert str(shown.compared) == f"A {a:.4f} ({b - a:+.4f})".replace("-", "−")
    assert f"now: {b:.4f}" in str(shown.comparison)


def test_that_a_pinned_problem_that_is_still_computed_has_a_chip(digits) -> None:
    problem = Problem(digits.assessed.loss, digits.assessed.batch)
    assert str(bar(digits, pinned=problem).compared) == "A …"


@pytest.mark.parametrize(("threshold", "words"), [(3.0, "ℓ ≥ 3.00"), (0.00125, "ℓ ≥ 0.0013")])
def test_that_a_small_threshold_is_told_from_zero(threshold, words) -> None:
    assert str(written(threshold)) == words


def test_that_the_histogram_tells_the_unweighted_loss_where_there_are_weights(digits) -> None:
    figure = histogram_figure(view_of(digits), 3.0, 104, NOTHING)
    assert figure is not None
    assert figure.primary == pytest.approx(12.520, abs=1e-3)
    assert str(figure.axis) == "11 bins (Freedman–Diaconis) · loss ℓ (log scale)"
    weighted = histogram_figure(view_of(sample("wine_nll")), None, None, NOTHING)
    assert weighted is not None
    assert ("unweighted" in str(weighted.axis)) == ("weight" in sample("wine_nll").table.columns)


def test_that_readings_tell_the_difference_to_the_pinned_row(digits) -> None:
    loss = digits.table.columns["loss"].values
    found = readings(digits.table, 104, 69, None)
    assert found[0].value == f"12.520 (+{loss[104] - loss[69]:.3f})"
    assert (str(found[-1].name), found[-1].value) == ("in brackets: less row", "69")
    assert readings(digits.table, 104, 104, None)[0].value == "12.520"


def test_that_readings_tell_what_a_gave_only_where_its_rows_are_the_same(digits) -> None:
    before = np.full(digits.table.count, 0.25)
    assert "0.2500" in [row.value for row in readings(digits.table, 3, None, before)]
    assert "0.2500" not in [row.value for row in readings(digits.table, 3, None, before[:-1])]


def test_that_findings_that_name_rows_are_gone_through_round_and_round() -> None:
    found = sample("bug_target_one_based").assessed.findings
    named = [finding for finding in found if rows_of(finding, 10**6).size]
    assert next_finding(found, 10**6, None, 1) is named[0]
    assert next_finding(found, 10**6, None, -1) is named[-1]
    assert next_finding(found, 10**6, named[-1], 1) is named[0]
    assert next_finding((), 5, None, 1) is None


def test_that_rows_beyond_the_table_are_not_gone_to() -> None:
    finding = sample("bug_target_one_based").assessed.findings[0]
    assert (rows_of(finding, 3) < 3).all()


def test_that_an_unchanged_list_stays_the_same_object(digits) -> None:
    view, problem = view_of(digits), Problem(digits.assessed.loss, digits.assessed.batch)
    state = BatchState(threshold=1.0)
    first = desk_model.present(problem, state, view, None, None)
    moved = desk_model.present(problem, replace(state, primary=3), view, None, first)
    assert moved.table.order is first.table.order
    assert moved.ledger is first.ledger
    other = desk_model.present(problem, replace(state, threshold=2.0), view, None, moved)
    assert other.table.order.size < moved.table.order.size


def test_that_the_share_of_a_selection_is_told(digits) -> None:
    view, problem = view_of(digits), Problem(digits.assessed.loss, digits.assessed.batch)
    few = BatchState(selection=np.array([21, 69, 104]))
    assert str(desk_model.present(problem, few, view, None, None).selected) == "3 selected, 10% of the loss"
    all_rows = BatchState(selection=np.arange(286))
    assert str(desk_model.present(problem, all_rows, view, None, None).selected) == "all rows selected"
