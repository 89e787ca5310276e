"""A batch drawn small: its images, or its numbers as points, bars or cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from core.batch import class_axis
from core.links import apply_link
from core.simplex import CORNERS, HEIGHT, to_plane
from gui.kit.color_tables import image_of
from gui.kit.images import color_image, heat_image, ink_image, paper_image
from gui.kit.theme import color, theme

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray
    from core.batch import Batch

POINTS = 240  # at most so many points are drawn
BINS = 16
ROWS = 24  # rows of a table of scores
STRIPS = 3  # lines of text, one above the other
SYMBOLS = 9  # rows of emissions
MONTAGE_ROWS = 3
GAP = 4


def paint_batch(painter: QPainter, rect: QRectF, batch: Batch) -> None:
    """Draw what `batch` holds into `rect`, whatever its loss makes of it; nothing if it holds no numbers."""
    if batch.input.size == 0 or any(a is not None and a.dtype.kind not in "biuf" for a in (batch.input, batch.target)):
        return
    with np.errstate(all="ignore"):
        if batch.loss.family == "sequence":
            _sequence(painter, rect, batch)
        elif not _pictures(painter, rect, batch):
            _numbers(painter, rect.adjusted(8, 8, -8, -8), batch)


def _numbers(painter: QPainter, rect: QRectF, batch: Batch) -> None:
    if batch.target is None or batch.input.ndim == 0:
        _table(painter, rect, np.atleast_2d(batch.input))
    elif batch.loss.family == "regression":
        _scatter(painter, rect, batch.target.ravel(), batch.input.ravel())
    elif batch.loss.family == "binary":
        _histogram(painter, rect, batch.input.ravel(), batch.target.ravel())
    elif batch.class_count == 3 and batch.input.ndim == 2:
        _triangle(painter, rect, batch)
    else:
        _table(painter, rect, batch.input.reshape(len(batch.input), -1))


def _pictures(painter: QPainter, rect: QRectF, batch: Batch) -> bool:
    """The images that come with the rows; False if there are none."""
    samples, image = batch.extras.get("samples"), batch.extras.get("image")
    if samples is not None and samples.ndim == 3:
        _montage(painter, rect, samples)
    elif batch.input.ndim == 4 and batch.input.shape[1] == 1:
        _montage(painter, rect, batch.input[:, 0])
    elif image is not None and image.ndim == 3 and image.shape[-1] == 3:
        _cover(painter, rect, image)
    else:
        return False
    return True


def _montage(painter: QPainter, rect: QRectF, samples: Array) -> None:
    side = (rect.height() - GAP * (MONTAGE_ROWS + 1)) / MONTAGE_ROWS
    columns = int((rect.width() - GAP) // (side + GAP))
    gap = (rect.width() - columns * side) / (columns + 1)
    full = float(np.nanmax(samples))
    for i, picture in enumerate(samples[: columns * MONTAGE_ROWS]):
        row, column = divmod(i, columns)
        left, top = gap + column * (side + gap), GAP + row * (side + GAP)
        painter.drawImage(QRectF(rect.left() + left, rect.top() + top, side, side), ink_image(picture, full))


def _cover(painter: QPainter, rect: QRectF, image: Array) -> None:
    """The middle of `image`, as large as it must be to fill `rect`."""
    height, width = image.shape[:2]
    scale = max(rect.width() / width, rect.height() / height)
    w, h = rect.width() / scale, rect.height() / scale
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(rect, color_image(image), QRectF((width - w) / 2, (height - h) / 2, w, h))


def _sequence(painter: QPainter, rect: QRectF, batch: Batch) -> None:
    image = batch.extras.get("image")
    if image is not None and image.ndim == 3:
        _lines(painter, rect, image[:STRIPS])
        return
    frames = _frames(batch)
    if image is None:
        _emissions(painter, rect, batch, frames)
        return
    strip = QRectF(rect.left(), rect.top(), rect.width(), round(0.42 * rect.height()))
    place, shown = _line(painter, strip, image)
    below = QRectF(place.left(), strip.bottom() + 3, place.width(), rect.bottom() - strip.bottom() - 3)
    _emissions(painter, below, batch, frames[: max(2, round(shown * len(frames)))])


def _frames(batch: Batch) -> FloatArray:
    """(T, C) the first sequence."""
    return batch.input[:, 0] if batch.input.ndim == 3 else np.atleast_2d(batch.input)


def _lines(painter: QPainter, rect: QRectF, images: Array) -> None:
    height = (rect.height() - 3 * (len(images) - 1)) / len(images)
    for i, image in enumerate(images):
        _line(painter, QRectF(rect.left(), rect.top() + i * (height + 3), rect.width(), height), image)


def _line(painter: QPainter, rect: QRectF, image: Array) -> tuple[QRectF, float]:
    """A line of text or a spectrogram as high as `rect`: where it was drawn, and what share of its width is seen."""
    is_paper = bool(np.mean(image) > 127)
    height, width = image.shape
    natural = rect.height() / height * width if is_paper else rect.width()
    shown = min(1.0, rect.width() / natural)
    place = QRectF(0, 0, min(natural, rect.width()), rect.height())
    place.moveCenter(rect.center())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    drawn = paper_image(image) if is_paper else heat_image(image / 255.0, "magma")
    painter.drawImage(place, drawn, QRectF(0, 0, shown * width, height))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    return place, shown


def _emissions(painter: QPainter, rect: QRectF, batch: Batch, frames: FloatArray) -> None:
    """Frames over the blank and the target's symbols in their order, then the classes with most probability."""
    p = apply_link("softmax", frames.astype(np.float64))
    labels = [] if batch.target is None else [int(c) for c in batch.target.ravel() if 0 <= c < p.shape[1]]
    blank = int(getattr(batch.loss, "blank", 0)) % p.shape[1]
    likely = np.argsort(-p.max(axis=0))[:SYMBOLS]
    rows = list(dict.fromkeys([blank, *labels, *likely.tolist()]))[:SYMBOLS]
    painter.drawImage(rect, image_of(p[:, rows].T, "probability", 0, 1))


def _table(painter: QPainter, rect: QRectF, scores: Array) -> None:
    """Rows of numbers as cells of colour, those that are no numbers in the colour of errors."""
    cells = scores[:ROWS, :ROWS].astype(np.float64)
    finite = cells[np.isfinite(cells)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    painter.drawImage(rect, heat_image((cells - low) / ((high - low) or 1), theme().log_map))


def _scatter(painter: QPainter, rect: QRectF, x: Array, y: Array) -> None:
    """Prediction over target with the line on which they agree."""
    x, y = _pairs(x, y)
    step = max(1, x.size // POINTS)
    x, y = x[::step], y[::step]
    if x.size == 0:
        return
    low, high = min(float(x.min()), float(y.min())), max(float(x.max()), float(y.max()))
    span = (high - low) or 1
    painter.setPen(color("line2"))
    painter.drawLine(rect.bottomLeft(), rect.topRight())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("loss", 0.7))
    for across, down in zip((x - low) / span, 1 - (y - low) / span, strict=True):
        painter.drawEllipse(QPointF(rect.left() + across * rect.width(), rect.top() + down * rect.height()), 1.8, 1.8)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _pairs(x: Array, y: Array) -> tuple[FloatArray, FloatArray]:
    """The pairs of finite numbers, as many as both have."""
    n = min(x.size, y.size)
    x, y = x[:n].astype(np.float64), y[:n].astype(np.float64)
    finite = np.isfinite(x) & np.isfinite(y)
    return x[finite], y[finite]


def _histogram(painter: QPainter, rect: QRectF, scores: Array, target: Array) -> None:
    """Scores of yes upwards, of no downwards, on the root of their number so that the rare class is seen."""
    scores, target = _pairs(scores, target)
    if scores.size == 0:
        return
    yes = target > 0.5
    edges = np.linspace(scores.min(), np.nextafter(scores.max() + 1e-9, np.inf), BINS + 1)
    up, down = (np.sqrt(np.histogram(scores[of], edges)[0]) for of in (yes, ~yes))
    share = (float(up.max()) or 1) / ((float(up.max()) + float(down.max())) or 1)
    middle = rect.top() + min(max(share, 0.25), 0.75) * rect.height()
    slot = rect.width() / BINS
    painter.setPen(Qt.PenStyle.NoPen)
    for i in range(BINS):
        above = (middle - rect.top()) * up[i] / (up.max() or 1)
        under = (rect.bottom() - middle) * down[i] / (down.max() or 1)
        left = rect.left() + i * slot
        painter.setBrush(color("target"))
        painter.drawRect(QRectF(left, middle - above, slot - 1, above))
        painter.setBrush(color("ctl"))
        painter.drawRect(QRectF(left, middle + 1, slot - 1, under))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _triangle(painter: QPainter, rect: QRectF, batch: Batch) -> None:
    """Predictions over three classes as points of the simplex, in the colours of their targets."""
    side = min(rect.width(), rect.height() / HEIGHT)
    place = QRectF(rect.center().x() - side / 2, rect.top(), side, side * HEIGHT)
    corners = [QPointF(place.left() + x * side, place.bottom() - y * side) for x, y in CORNERS]
    painter.setPen(color("line2"))
    painter.drawPolygon(corners)
    p = _probabilities(batch.input[:POINTS].astype(np.float64))
    xy = to_plane(p)
    assert batch.target is not None
    target = batch.target[:POINTS]
    classes = np.argmax(target, axis=class_axis(batch.input)) if target.ndim == 2 else target
    hues = theme().classes
    painter.setPen(Qt.PenStyle.NoPen)
    for (x, y), c in zip(xy, classes, strict=True):
        if np.isfinite(x) and np.isfinite(y):
            painter.setBrush(QColor(hues[int(c) % len(hues)]))
            painter.drawEllipse(QPointF(place.left() + x * side, place.bottom() - y * side), 2.0, 2.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _probabilities(rows: FloatArray) -> FloatArray:
    """Rows that already are probabilities stay; others pass a softmax, which log-probabilities take as they should."""
    sums = rows.sum(axis=-1, keepdims=True)
    already = bool(np.all(rows >= 0)) and np.allclose(sums, 1, atol=1e-3)
    return rows if already else apply_link("softmax", rows)
