"""Numbers to pixels: the colour maps of the theme in force as tables, and arrays as images."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor, QImage

from gui.kit.theme import theme

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray

Quantity = Literal["loss", "probability", "log", "gradient"]
SIZE = 256
# CET-CBL2 ends in light yellow, which would outshine everything on a dark surface.
DARK_LOSS_RANGE = (0.04, 0.50)
PROBABILITY_POWER = 0.8


def color_table(quantity: Quantity) -> Array:
    """(256,) pixels 0xffRRGGBB from the least value to the largest."""
    chosen = theme()
    maps = {"loss": chosen.loss_map, "log": chosen.log_map, "gradient": chosen.gradient_map}
    name = maps.get(quantity, chosen.probability_map)
    start, stop = DARK_LOSS_RANGE if quantity == "loss" and chosen.dark else (0.0, 1.0)
    return _table(name, start, stop, PROBABILITY_POWER if quantity == "probability" else 1.0)


def image_of(values: FloatArray, quantity: Quantity, low: float, high: float) -> QImage:
    """(rows, columns) values as pixels, row 0 on top; what is no number gets the colour of the surface."""
    with np.errstate(invalid="ignore", over="ignore"):
        share = np.clip((values - low) * ((SIZE - 1) / (high - low)), 0, SIZE - 1)
    unknown = np.isnan(share)
    pixels = color_table(quantity)[np.where(unknown, 0, share).astype(np.uint8)]
    pixels[unknown] = QColor(theme().surface).rgb()
    return pixel_image(pixels)


def pixel_image(pixels: Array) -> QImage:
    """(rows, columns) uint32 0xffRRGGBB as an image that owns its memory."""
    whole = np.ascontiguousarray(pixels, np.uint32)
    rows, columns = whole.shape
    return QImage(whole.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


@cache
def _table(name: str, start: float, stop: float, power: float) -> Array:
    found = pg.colormap.get(name)
    assert found is not None
    wide = np.asarray(found.map(start + (stop - start) * np.linspace(0, 1, SIZE) ** power)).astype(np.uint32)
    return (255 << 24) | (wide[:, 0] << 16) | (wide[:, 1] << 8) | wide[:, 2]
