"""What the inspector shows of a state: pure functions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import core.losses as L
from core.assess import assess
from core.errors import InputError
from core.files import read
from core.jobs import finish
from core.problem import Problem, Weighting
from core.reweighting import CLASSES, ELEMENTS, POSITIVES
from core.samples import SAMPLES_DIR
from gui.app_edits import open_batch
from gui.frame import fields
from gui.frame.notices import notices
from gui.frame.rows import row_list_model
from gui.frame.strip_edits import strip_edit
from gui.frame.weights import weight_model
from gui.state import AppState
from gui.workspaces.explore.presets import sketch


def sketched(name: str) -> AppState:
    preset = sketch(name)
    return AppState(Problem(preset.loss), preset.state)


def assessed(file: str):
    batch = read(SAMPLES_DIR / file)[0]
    return finish(assess(batch.loss, batch))


def test_that_a_regression_loss_has_fields_for_prediction_target_and_dtype() -> None:
    state = sketched("SmoothL1Loss")
    assert fields.before(state) == ()
    assert [field.name for field in fields.after(state)] == ["x", "y", "dtype"]
    assert fields.values(state) == {"x": 1.2, "y": 0.5, "dtype": "float32"}


def test_that_a_class_loss_offers_its_classes_by_number_and_name() -> None:
    (target,) = fields.before(sketched("CrossEntropyLoss"))
    assert target.labels[1] == "1 · dog"
    assert fields.values(sketched("CrossEntropyLoss"))["target"] == "1"


def test_that_a_binary_target_is_kept_in_the_unit_interval_where_torch_checks_it() -> None:
    domain = {field.name: field.interval for field in fields.after(sketched("BCELoss"))}
    assert 1.5 not in domain["y"]
    assert 1.5 not in domain["x"]
    domain = {field.name: field.interval for field in fields.after(sketched("BCEWithLogitsLoss"))}
    assert 1.5 in domain["y"]
    assert -8.0 in domain["x"]


@pytest.mark.parametrize(("handle", "value"), [("x", 2.5), ("y", -1.0), ("beta", 0.25)])
def test_that_a_number_of_the_strip_edits_what_it_names(handle: str, value: float) -> None:
    state = strip_edit(handle, value, "").update(sketched("SmoothL1Loss"))
    read_back = {"x": state.explore.scalar.x, "y": state.explore.scalar.y, "beta": state.problem.loss.beta}  # type: ignore[attr-defined]
    assert read_back[handle] == value


def test_that_an_impossible_parameter_is_refused_with_its_name() -> None:
    with pytest.raises(InputError) as refusal:
        strip_edit("beta", -1.0, "").update(sketched("SmoothL1Loss"))
    assert refusal.value.field == "beta"


def test_that_opening_a_batch_puts_its_worst_row_into_the_probe() -> None:
    found = assessed("ce_digits_mid.npz")
    state = open_batch(found).update(sketched("L1Loss"))
    assert state.explore.row == 104
    assert state.explore.classes.target == 8
    assert state.problem.weighting == Weighting(source="train_counts")


def test_that_the_rows_say_value_divisor_and_classes() -> None:
    found = assessed("ce_digits_mid.npz")
    model = row_list_model(found, 104)
    assert (model.value, model.divisor) == ("0.9817", "286")
    assert model.target is not None
    assert model.predicted is not None
    assert (model.target[104], model.predicted[104]) == (8, 0)
    assert model.pictures is not None


def test_that_a_refused_batch_lists_no_rows_but_the_reason() -> None:
    model = row_list_model(assessed("bug_target_one_based.npz"), None)
    assert model.count == 0
    assert "refuses" in str(model.empty)
    assert "sketch" in str(model.empty)


def test_that_findings_come_before_notes_with_their_rows() -> None:
    shown = notices(assessed("bug_target_one_based.npz"), ())
    assert shown[0].severity == "error"
    assert shown[0].rows


def test_that_the_weight_model_counts_the_training_set_and_shares_add_up() -> None:
    found = assessed("ce_digits_mid.npz")
    problem = open_batch(found).update(sketched("L1Loss")).problem
    model = weight_model(problem, CLASSES, ())
    assert model.names == tuple(str(c) for c in range(10))
    assert model.counts is not None
    assert model.counts[0] == 87
    assert model.shares.sum() == pytest.approx(1)


def test_that_pos_weight_has_no_scale_to_normalise() -> None:
    problem = open_batch(assessed("bcewl_digit_attributes.npz")).update(sketched("L1Loss")).problem
    assert weight_model(problem, POSITIVES, ()).normalise is None
    assert weight_model(problem, POSITIVES, ()).names == ("even", "prime", "has loop", "at least 5")
    assert len(weight_model(problem, ELEMENTS, ()).names) == 640


def test_that_a_class_without_samples_is_said() -> None:
    counts = (5.0, 0.0, 3.0)
    weighting = Weighting("balanced", source="typed", counts=counts)
    problem = replace(Problem(L.CrossEntropyLoss(weight=np.ones(3))), weighting=weighting)
    assert weight_model(problem, CLASSES, ("a", "b", "c")).note is not None
