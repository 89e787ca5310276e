"""Small true pictures: of a loss by its own curve, of a batch by its own numbers."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from gui.kit.batch_pictures import paint_batch
from gui.kit.loss_pictures import paint_loss
from gui.kit.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.batch import Batch


def loss_thumbnail(name: str, size: QSize, ratio: float = 1.0) -> QPixmap:
    """The curve of the loss called `name`, in the theme in force; `ratio` is that of the device."""
    return _loss(name, size.width(), size.height(), ratio, theme().name)


def sample_thumbnail(batch: Batch, size: QSize, ratio: float = 1.0) -> QPixmap:
    """What a batch holds: its pictures, or its numbers as points, bars or cells."""
    return painted(size, ratio, lambda painter, rect: paint_batch(painter, rect, batch))


@lru_cache(maxsize=256)
def _loss(name: str, width: int, height: int, ratio: float, _theme: str) -> QPixmap:
    return painted(QSize(width, height), ratio, lambda painter, rect: paint_loss(painter, rect, name))


def painted(size: QSize, ratio: float, paint: Callable[[QPainter, QRectF], None]) -> QPixmap:
    """A transparent pixmap of `size` with what `paint` draws into it."""
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, QRectF(0, 0, size.width(), size.height()))
    return pixmap
