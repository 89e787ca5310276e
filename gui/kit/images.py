"""Arrays as images, in the colours of the theme in force."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QImage

from gui.kit.theme import color, theme

if TYPE_CHECKING:
    import numpy.typing as npt

    from core.arrays import Array


def ink_image(picture: Array, full: float) -> QImage:
    """(H, W) numbers as ink on paper: 0 is paper, `full` is black."""
    ink = np.clip(np.nan_to_num(picture.astype(np.float64)) / (full or 1), 0, 1)
    return paper_image(255 * (1 - ink))


def paper_image(picture: Array) -> QImage:
    """(H, W) greys from 0 to 255; the dark theme dims the paper."""
    grey = np.ascontiguousarray(dimmed(picture))
    return QImage(grey.data, grey.shape[1], grey.shape[0], grey.strides[0], QImage.Format.Format_Grayscale8).copy()


def color_image(picture: Array) -> QImage:
    """(H, W, 3) colours from 0 to 255."""
    return _rgb(picture.astype(np.uint8))


def heat_image(shares: Array, colormap: str) -> QImage:
    """(H, W) shares from 0 to 1 through a colour map of pyqtgraph; nan and what is infinite in the colour of errors."""
    finite = np.isfinite(shares)
    index = (255 * np.clip(np.where(finite, shares, 0), 0, 1)).astype(np.uint8)
    pixels = _table(colormap)[index]
    fault = color("err")
    pixels[~finite] = (fault.red(), fault.green(), fault.blue())
    return _rgb(pixels)


def dimmed(picture: Array) -> npt.NDArray[np.uint8]:
    """Greys as they are in the light theme, 0.86 of them and 10 in the dark one."""
    grey = np.asarray(picture, np.float64)
    return np.clip(0.86 * grey + 10 if theme().dark else grey, 0, 255).astype(np.uint8)


def _rgb(pixels: npt.NDArray[np.uint8]) -> QImage:
    pixels = np.ascontiguousarray(pixels)
    return QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], QImage.Format.Format_RGB888).copy()


@lru_cache(maxsize=8)
def _table(colormap: str) -> npt.NDArray[np.uint8]:
    import pyqtgraph

    found = pyqtgraph.colormap.get(colormap)
    assert found is not None
    return np.asarray(found.getLookupTable(nPts=256))[:, :3].astype(np.uint8)
