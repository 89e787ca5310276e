"""Small pictures: true, and of the theme in force."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from core import losses
from core.batch import Batch
from core.files import read
from core.samples import samples
from gui.kit.images import heat_image, ink_image
from gui.kit.theme import color, set_theme
from gui.kit.thumbnails import loss_thumbnail, sample_thumbnail

pytestmark = pytest.mark.usefixtures("styled")

SIZE = QSize(156, 92)


def inked(image: QImage, role: str) -> list[tuple[int, int]]:
    hue = color(role).rgb()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return [(x, y) for x, y in places if image.pixel(x, y) == hue]


@pytest.mark.parametrize("name", losses.LOSSES)
@pytest.mark.parametrize("size", [SIZE, QSize(40, 24)], ids=["card", "selector"])
def test_that_every_loss_has_a_picture_in_both_sizes(name, size) -> None:
    picture = loss_thumbnail(name, size)
    assert picture.deviceIndependentSize().toSize() == size
    image = picture.toImage()
    assert len({image.pixel(x, y) for x in range(size.width()) for y in range(size.height())}) > 3


def test_that_the_lowest_point_of_mse_is_in_the_middle() -> None:
    curve = inked(loss_thumbnail("MSELoss", SIZE).toImage(), "loss")
    lowest = [x for x, y in curve if y == max(y for _, y in curve)]
    assert abs(np.mean(lowest) - SIZE.width() / 2) < 1


def test_that_a_picture_is_drawn_once_a_theme() -> None:
    light = loss_thumbnail("L1Loss", SIZE)
    assert loss_thumbnail("L1Loss", SIZE).cacheKey() == light.cacheKey()
    set_theme("dark")
    assert inked(loss_thumbnail("L1Loss", SIZE).toImage(), "loss")


def test_that_a_picture_has_the_pixels_of_its_screen() -> None:
    assert loss_thumbnail("L1Loss", SIZE, 2.0).size() == 2 * SIZE


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.file)
def test_that_every_sample_has_a_picture(sample) -> None:
    image = sample_thumbnail(read(sample.path)[0], SIZE).toImage()
    assert len({image.pixel(x, y) for x in range(SIZE.width()) for y in range(SIZE.height())}) > 3


@pytest.mark.parametrize(
    "batch",
    [
        Batch("empty", losses.MSELoss(), np.zeros((0, 3)), np.zeros((0, 3))),
        Batch("scalar", losses.MSELoss(), np.float64(1.0), np.float64(2.0)),
        Batch("nan", losses.L1Loss(), np.full(5, np.nan), np.full(5, np.nan)),
        Batch("no target", losses.CrossEntropyLoss(), np.zeros((4, 5))),
        Batch("one class", losses.BCEWithLogitsLoss(), np.ones(6), np.ones(6)),
        Batch("nan scores", losses.BCEWithLogitsLoss(), np.full(6, np.nan), np.ones(6)),
        Batch("other shapes", losses.BCELoss(), np.ones((3, 2)) / 2, np.ones(3)),
        Batch("unbatched", losses.CrossEntropyLoss(), np.zeros(3), np.array(1)),
        Batch("empty rows", losses.CrossEntropyLoss(), np.zeros((0, 3)), np.zeros(0, np.int64)),
        Batch("text", losses.MSELoss(), np.array(["a", "b"]), np.array(["c", "d"])),
    ],
    ids=lambda batch: batch.name,
)
def test_that_a_batch_of_any_kind_is_drawn_without_a_fault(batch) -> None:
    assert not sample_thumbnail(batch, SIZE).isNull()


def test_that_ink_is_black_on_paper_and_the_dark_theme_dims_the_paper() -> None:
    picture = np.array([[0.0, 16.0]])
    image = ink_image(picture, 16)
    assert (image.pixelColor(0, 0).value(), image.pixelColor(1, 0).value()) == (255, 0)
    set_theme("dark")
    image = ink_image(picture, 16)
    assert (image.pixelColor(0, 0).value(), image.pixelColor(1, 0).value()) == (229, 10)


def test_that_what_is_no_number_has_the_colour_of_errors() -> None:
    image = heat_image(np.array([[0.5, np.nan]]), "viridis")
    assert image.pixelColor(1, 0) == color("err")
