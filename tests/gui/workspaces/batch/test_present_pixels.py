"""Pictures of the losses of a dense batch."""

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
from core.table.table import Table
from gui.workspaces.batch import compute_sheet
from gui.workspaces.batch.present_pixels import has_pixels, pixel_map_figure

NO_ROWS = np.zeros(0, np.int64)
SPAN = (0.0, 1.0)


def table_of(batch: Batch, **params: object) -> Table:
    return finish(compute_sheet.compute(finish(assess(replace(batch.loss, **params), batch)))).table


def sample(name: str) -> Table:
    return table_of(read(SAMPLES_DIR / f"{name}.npz")[0])


@pytest.fixture
def dense() -> Table:
    """Two samples of 3 by 4 pixels and two classes; the first pixel of the second is ignored."""
    target = np.zeros((2, 3, 4), np.int64)
    target[1, 0, 0] = -100
    return table_of(Batch("w", L.CrossEntropyLoss(), np.random.default_rng(0).normal(size=(2, 2, 3, 4)), target))


def test_that_only_rows_in_a_plane_are_pixels(dense: Table) -> None:
    assert has_pixels(dense)
    assert has_pixels(sample("ce_dense_flower"))
    assert has_pixels(sample("mse_digits_pca"))
    assert not has_pixels(sample("ce_digits_mid"))
    assert not has_pixels(sample("bcewl_digit_attributes"))


def test_that_a_pixel_is_the_row_of_its_place(dense: Table) -> None:
    figure = pixel_map_figure(dense, SPAN, 1, 12 + 6, np.array([3, 13, 20]))
    row = figure.row((2, 3))
    assert dense.label(row) == "1, 2, 3"
    assert figure.values[2, 3] == dense.columns["loss"].values[row]
    assert figure.primary == (1, 2)
    assert np.argwhere(figure.chosen).tolist() == [[0, 1], [2, 0]]


def test_that_the_primary_pixel_of_another_picture_is_not_marked(dense: Table) -> None:
    assert pixel_map_figure(dense, SPAN, 1, 3, NO_ROWS).primary is None


def test_that_the_picture_of_the_primary_pixel_is_shown_unless_another_is_chosen(dense: Table) -> None:
    assert pixel_map_figure(dense, SPAN, None, 12 + 6, NO_ROWS).sample == 1
    assert pixel_map_figure(dense, SPAN, None, None, NO_ROWS).sample == 0
    assert pixel_map_figure(dense, SPAN, 0, 12 + 6, NO_ROWS).sample == 0


def test_that_a_sample_beyond_the_last_is_the_last(dense: Table) -> None:
    figure = pixel_map_figure(dense, SPAN, 9, None, NO_ROWS)
    assert (figure.sample, figure.samples) == (1, 2)


def test_that_ignored_pixels_are_counted_and_described_as_such(dense: Table) -> None:
    figure = pixel_map_figure(dense, SPAN, 1, None, NO_ROWS)
    assert np.argwhere(figure.ignored).tolist() == [[0, 0]]
    assert str(figure.caption) == "hatched, ignored: 1"
    assert str(figure.describe(12)) == "pixel (0, 0): ignored"
    assert pixel_map_figure(dense, SPAN, 0, None, NO_ROWS).caption is None


def test_that_a_pixel_is_described_by_target_prediction_and_loss(dense: Table) -> None:
    said, columns = str(pixel_map_figure(dense, SPAN, 0, None, NO_ROWS).describe(5)), dense.columns
    assert said.startswith(f"pixel (1, 1): target 0, predicted {columns['predicted'].text(5)}, ")
    assert said.endswith(f"loss {columns['loss'].text(5)}")


def test_that_channels_are_pictures_of_their_own() -> None:
    table = table_of(Batch("w", L.BCEWithLogitsLoss(), np.full((2, 3, 4, 5), np.inf), np.zeros((2, 3, 4, 5))))
    figure = pixel_map_figure(table, SPAN, 4, None, NO_ROWS)
    assert figure.samples == 6
    assert str(figure.title) == "loss per pixel of input[1, 1]"
    assert str(figure.caption).startswith("pixels that are not finite: 20")


def test_that_what_the_loss_was_computed_from_stands_beside_it() -> None:
    batch = read(SAMPLES_DIR / "ce_dense_flower.npz")[0]
    picture, target, predicted = pixel_map_figure(table_of(batch), SPAN, 0, None, NO_ROWS, batch.extras).companions
    assert [str(one.title) for one in (picture, target, predicted)] == ["picture", "target", "predicted"]
    np.testing.assert_array_equal(picture.values, batch.extras["image"])
    np.testing.assert_array_equal(predicted.values, batch.input[0].argmax(0))
    kept = batch.target[0] != 255
    np.testing.assert_array_equal(target.values[kept], batch.target[0][kept])
    assert {one.coloring for one in (target, predicted)} == {"class"}


def test_that_numbers_are_on_one_scale() -> None:
    x, y = np.array([[[[0.0, 10.0], [4.0, np.inf]]]]), np.array([[[[5.0, 20.0], [0.0, 1.0]]]])
    target, predicted = pixel_map_figure(table_of(Batch("w", L.MSELoss(), x, y)), SPAN, 0, None, NO_ROWS).companions
    np.testing.assert_allclose(target.values, y[0, 0] / 20)
    np.testing.assert_allclose(predicted.values, x[0, 0] / 20)


def test_that_a_picture_of_other_pixels_is_not_shown(dense: Table) -> None:
    extras = {"image": np.zeros((5, 5)), "samples": np.zeros((2, 3, 4))}
    companions = pixel_map_figure(dense, SPAN, 0, None, NO_ROWS, extras).companions
    assert [str(one.title) for one in companions] == ["picture", "target", "predicted"]
    assert companions[0].values.shape == (3, 4, 3)
    assert not pixel_map_figure(dense, SPAN, 0, None, NO_ROWS, {"image": np.zeros((5, 5))}).companions[2:]


def test_that_the_scale_is_of_factors_unless_a_loss_is_negative(dense: Table) -> None:
    figure = pixel_map_figure(dense, (0.0, 2.0), 0, None, NO_ROWS)
    assert (figure.logarithmic, figure.low) == (True, 2e-4)
    figure = pixel_map_figure(dense, (-1.0, 2.0), 0, None, NO_ROWS)
    assert (figure.logarithmic, figure.low) == (False, -1.0)
