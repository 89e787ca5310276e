"""The painting of the loss of every pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from gui.kit.color_tables import SIZE, color_table, pixel_image
from gui.kit.i18n import tr_text
from gui.kit.numbers import loss4
from gui.kit.plot_text import INDENT, paint_tick_left, paint_ticks_below, width_of
from gui.kit.theme import color, font, theme
from gui.kit.ticks import Ticks, ticks

if TYPE_CHECKING:
    from core.arrays import Array, BoolArray
    from core.text import Text
    from gui.kit.pixel_map_figure import Companion, PixelMapFigure
    from gui.kit.pixel_map_layout import PixelMapLayout

OUTLINED = 3.0  # px of a pixel from which a selection is outlined; smaller ones are tinted
RAMP = 12.0  # px of the colour scale across
GAP = 16.0  # px between picture and scale


def paint_pixel_map(painter: QPainter, figure: PixelMapFigure, places: PixelMapLayout) -> None:
    """Title, pictures, ignored pixels hatched, axes, scale, the selection, the primary pixel."""
    _paint_title(painter, figure)
    for companion, area in zip(figure.companions, places.companions, strict=True):
        _paint_picture(painter, area, _companion_pixels(companion, figure.ignored), companion.title)
    _paint_picture(painter, places.area, _pixels(figure), figure.unit)
    if figure.ignored.any():
        painter.drawImage(places.area, _hatch(figure.ignored, places))
    _paint_axes(painter, places)
    _paint_scale(painter, figure, places)
    if figure.chosen.any():
        _paint_chosen(painter, figure.chosen, places)
    if figure.primary is not None:
        for box in places.boxes(figure.primary, figure.primary):
            for role, wide, by in (("surface", 1.5, 2.0), ("ink", 2.0, 0.5)):
                _paint_box(painter, box.adjusted(-by, -by, by, by), role, wide)


def paint_boxes(painter: QPainter, boxes: list[QRectF], *, filled: bool) -> None:
    """What is being selected, or where the keys are, in every picture."""
    for box in boxes:
        if filled:
            painter.fillRect(box, color("accent", 0.2))
        _paint_box(painter, box, "accent", 2.0)


def _paint_picture(painter: QPainter, area: QRectF, pixels: Array, title: Text) -> None:
    painter.drawImage(area, pixel_image(pixels))
    _paint_box(painter, area.adjusted(-0.5, -0.5, 0.5, 0.5), "line2", 1.0)
    painter.setFont(font("caption"))
    painter.setPen(color("text2"))
    painter.drawText(QPointF(area.left(), area.top() - 5), tr_text(title))


def _paint_box(painter: QPainter, box: QRectF, role: str, wide: float) -> None:
    painter.setPen(QPen(color(role), wide))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _paint_title(painter: QPainter, figure: PixelMapFigure) -> None:
    words = tr_text(figure.title)
    painter.setFont(font("section"))
    painter.setPen(color("text"))
    painter.drawText(QPointF(INDENT, 24), words)
    if figure.caption is not None:
        painter.setFont(font("caption"))
        painter.setPen(color("text3"))
        painter.drawText(QPointF(INDENT + width_of(words, "section") + 8, 24), tr_text(figure.caption))


def _pixels(figure: PixelMapFigure) -> Array:
    """(H, W) 0xffRRGGBB; what is not finite in the colour of errors, what is ignored in that of the ground."""
    finite = np.isfinite(figure.values)
    values, low, high = np.where(finite, figure.values, figure.low), figure.low, figure.high
    if figure.logarithmic:
        values, low, high = np.log(np.maximum(values, low)), np.log(low), np.log(high)
    share = (values - low) / ((high - low) or 1.0)
    pixels = color_table("loss")[np.clip(share * (SIZE - 1), 0, SIZE - 1).astype(np.uint8)]
    pixels[~finite] = color("err").rgb()
    pixels[figure.ignored] = color("surface2").rgb()
    return pixels


def _companion_pixels(companion: Companion, ignored: BoolArray) -> Array:
    """(H, W) 0xffRRGGBB; what is ignored has no class that counts, but is part of a picture or a prediction."""
    values = companion.values
    if companion.coloring == "rgb":
        wide = values.astype(np.uint32)
        return (255 << 24) | (wide[..., 0] << 16) | (wide[..., 1] << 8) | wide[..., 2]
    if companion.coloring == "share":
        return color_table("probability")[(np.clip(np.nan_to_num(values), 0, 1) * (SIZE - 1)).astype(np.uint8)]
    hues = theme().classes
    colors = np.array([*(QColor(hue).rgb() for hue in hues), color("ctl").rgb()], np.uint32)
    known = (values >= 0) & (values < len(hues))
    pixels = colors[np.where(known, values, len(hues)).astype(np.intp)]
    pixels[ignored & (values < 0)] = color("surface2").rgb()
    return pixels


def _hatch(ignored: BoolArray, places: PixelMapLayout) -> QImage:
    """Stripes in the size of the picture on screen, kept only where pixels are ignored."""
    stripes = QImage(places.area.size().toSize(), QImage.Format.Format_ARGB32_Premultiplied)
    stripes.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stripes)
    painter.fillRect(stripes.rect(), QBrush(color("ctl"), Qt.BrushStyle.BDiagPattern))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(QRectF(stripes.rect()), _mask(ignored))
    painter.end()
    return stripes


def _mask(pixels: BoolArray) -> QImage:
    """Opaque where a pixel is meant."""
    rows, columns = pixels.shape
    alpha = np.ascontiguousarray(np.where(pixels, 0xFFFFFFFF, 0).astype(np.uint32))
    return QImage(alpha.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied).copy()


def _paint_axes(painter: QPainter, places: PixelMapLayout) -> None:
    """At the first picture: the others have the same."""
    area = places.areas[0]
    for value, text in _whole(places.rows, area.height() / 24):
        paint_tick_left(painter, text, area.left() - 8, area.top() + (value + 0.5) * places.side)
    below = _whole(places.columns, area.width() / 40)
    paint_ticks_below(
        painter, below, [area.left() + (value + 0.5) * places.side for value, _ in below], area.bottom() + 3
    )
    painter.setFont(font("caption"))
    painter.setPen(color("text3"))
    painter.drawText(QPointF(INDENT, area.bottom() + 16), "h")
    painter.drawText(QPointF(area.right() + 6, area.bottom() + 16), "w")


def _whole(count: int, most: float) -> Ticks:
    return tuple((value, text) for value, text in ticks(0, max(count - 1, 1), max(int(most), 1))
                 if value == int(value) < count)  # fmt: skip


def _paint_scale(painter: QPainter, figure: PixelMapFigure, places: PixelMapLayout) -> None:
    """The largest loss on top; what is above it has the colour of the largest."""
    area = places.area
    bar = QRectF(area.right() + GAP, area.top(), RAMP, max(area.height(), 20))
    painter.drawImage(bar, pixel_image(color_table("loss")[::-1, None]))
    _paint_box(painter, bar, "line2", 1.0)
    painter.setFont(font("tick"))
    painter.setPen(color("text2"))
    below = "≤ " if figure.logarithmic else ""
    for text, y in ((loss4(figure.high), bar.top() + 5), (below + loss4(figure.low), bar.bottom() - 3)):
        painter.drawText(QPointF(bar.right() + 6, y + 3), text)


def _paint_chosen(painter: QPainter, chosen: BoolArray, places: PixelMapLayout) -> None:
    """The outline of all that is selected."""
    if places.side < OUTLINED:
        tint = _mask(chosen)
        with_hue = QPainter(tint)
        with_hue.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        with_hue.fillRect(tint.rect(), color("accent", 0.6))
        with_hue.end()
        painter.drawImage(places.area, tint)
        return
    framed = np.pad(chosen, 1)
    down, along = np.nonzero(framed[1:, 1:-1] != framed[:-1, 1:-1])
    lines = [_line(places, (h, w), (h, w + 1)) for h, w in zip(down.tolist(), along.tolist(), strict=True)]
    down, along = np.nonzero(framed[1:-1, 1:] != framed[1:-1, :-1])
    lines += [_line(places, (h, w), (h + 1, w)) for h, w in zip(down.tolist(), along.tolist(), strict=True)]
    for role, wide in (("surface", 4.0), ("accent", 2.0)):
        painter.setPen(QPen(color(role), wide))
        painter.drawLines(lines)


def _line(places: PixelMapLayout, start: tuple[int, int], end: tuple[int, int]) -> QLineF:
    corner, side = places.area.topLeft(), places.side
    return QLineF(corner.x() + start[1] * side, corner.y() + start[0] * side,
                  corner.x() + end[1] * side, corner.y() + end[0] * side)  # fmt: skip
