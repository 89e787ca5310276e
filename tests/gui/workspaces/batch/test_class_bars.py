"""The classes of a batch beside each other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import core.losses as L
from core.assess import assess
from core.batch import Batch
from core.files import read
from core.jobs import finish
from core.samples import SAMPLES_DIR
from gui.kit.class_bars_figure import ClassBarsFigure
from gui.workspaces.batch import compute_sheet
from gui.workspaces.batch.compute_plots import PlotRequest, count_shares, has_shares
from gui.workspaces.batch.compute_sheet import Sheet
from gui.workspaces.batch.present_class_bars import MOST, class_bars_figure

NO_ROWS = np.zeros(0, np.int64)


def sheet_of(batch: Batch, **params: object) -> Sheet:
    return finish(compute_sheet.compute(finish(assess(replace(batch.loss, **params), batch))))


def sample(name: str, **params: object) -> Sheet:
    return sheet_of(read(SAMPLES_DIR / f"{name}.npz")[0], **params)


def bars_of(sheet: Sheet, selection=NO_ROWS) -> ClassBarsFigure:
    return class_bars_figure(sheet, finish(count_shares(PlotRequest(sheet, "samples"))).found, selection)


def test_that_shares_of_loss_and_gradient_add_up_to_the_whole() -> None:
    figure = bars_of(sample("ce_digits_mid"))
    assert figure.weighted.sum() == pytest.approx(1)
    assert figure.gradient.sum() == pytest.approx(1)
    assert figure.plain is None


def test_that_weights_have_bars_beside_those_without() -> None:
    figure = bars_of(sample("ce_digits_mid", weight=np.array([0.1] * 8 + [5.0, 1.0], np.float32)))
    assert figure.plain is not None
    assert figure.weighted[8] > figure.plain[8]


def test_that_a_class_is_chosen_only_while_all_of_its_rows_are_selected() -> None:
    sheet = sample("ce_digits_mid")
    assert sheet.groups is not None
    rows = np.flatnonzero(sheet.groups == 8)
    assert bars_of(sheet, rows).chosen == {8}
    assert bars_of(sheet, rows[1:]).chosen == frozenset()


def test_that_of_many_classes_those_that_add_most_are_shown_in_their_order() -> None:
    rng = np.random.default_rng(0)
    target = np.repeat(np.arange(40), 3)
    input = rng.normal(size=(120, 40))
    input[target >= 35, 0] += 30  # so that the last five classes add most
    figure = bars_of(sheet_of(Batch("w", L.CrossEntropyLoss(), input, target)))
    assert figure.classes.size == MOST
    assert (np.diff(figure.classes) > 0).all()
    assert set(range(35, 40)) <= set(figure.classes.tolist())
    assert str(figure.caption).startswith("20 of 40 classes")


def test_that_only_rows_of_classes_have_bars() -> None:
    assert has_shares(sample("bce_breast_cancer"))
    assert not has_shares(sample("reg_diabetes"))
    assert not has_shares(sample("bug_bce_logits_input"))
