"""Pictures of widgets: PNG at any scale, SVG, clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


def image_of(widget: QWidget, scale: float = 1.0) -> QImage:
    """The widget as it would be painted on a screen with `scale` pixels a point."""
    size = QSize(round(widget.width() * scale), round(widget.height() * scale))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(widget.palette().window().color())
    painter = QPainter(image)
    widget.render(painter, QPoint())
    painter.end()
    return image


def save(widget: QWidget, path: Path, scale: float = 1.0) -> bool:
    """Write the widget as .svg or as a picture of pixels; False if the file cannot be written."""
    if path.suffix.lower() == ".svg":
        return _save_svg(widget, path)
    return image_of(widget, scale).save(str(path))


def _save_svg(widget: QWidget, path: Path) -> bool:
    generator = QSvgGenerator()
    generator.setFileName(str(path))
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setResolution(96)
    generator.setTitle(widget.windowTitle())
    painter = QPainter()
    if not painter.begin(generator):
        return False
    widget.render(painter, QPoint())
    return painter.end()
