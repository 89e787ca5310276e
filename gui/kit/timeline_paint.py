"""The painting of a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.kit.histogram_layout import decades
from gui.kit.i18n import tr_text
from gui.kit.plot_labels import EndLabel, draw_plated, draw_text, elided, spread
from gui.kit.plot_lines import polylines
from gui.kit.plot_text import AXIS_GAP, paint_line, paint_tick_left, paint_ticks_below, width_of
from gui.kit.theme import color
from gui.kit.ticks import ticks
from gui.kit.timeline_figure import ERROR, TimelineFigure, thinned, worst_by_slot
from gui.kit.timeline_layout import RIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPolygonF

    from core.arrays import FloatArray
    from gui.kit.timeline_figure import TimelineLine
    from gui.kit.timeline_layout import TimelineLayout

    Pieces = tuple[list[QPolygonF], list[QPointF]]

WIDTHS = (2.4, 1.4)  # px of a solid line, and of a dashed one
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 3), (2, 2.5), (8, 3, 2, 3), (1, 3))  # px
KNOB, HALO = 6.0, 12.0
SLOT, MARK = 7.0, 3.2  # px that one mark of findings has, and half its size
TICK_ROOM = 64.0


@final
class LinePaths:
    """The lines of a figure in px, kept for as long as lines and size stay."""

    def __init__(self, figure: TimelineFigure, places: TimelineLayout) -> None:
        self.figure, self.places = figure, places
        self.losses = [_pieces(line, places, places.y) for line in figure.lines]
        self.norm = None if figure.norm is None else _pieces(figure.norm, places, places.norm_y)
        columns = places.x(figure.stops)
        self.stops = _stop_lines(columns, places.track)
        self.marks = worst_by_slot(columns, figure.severity, SLOT)


def paint_ground(painter: QPainter, paths: LinePaths) -> None:
    """All but the marker: axes, lines, their names, the track with its stops and findings."""
    figure, places = paths.figure, paths.places
    _paint_axes(painter, figure, places)
    painter.save()
    painter.setClipRect(places.area.adjusted(-2, -3, 3, 3))
    for line, pieces in zip(figure.lines, paths.losses, strict=True):
        _paint_pieces(painter, line, pieces)
    painter.restore()
    if figure.norm is not None and paths.norm is not None:
        painter.save()
        painter.setClipRect(places.strip.adjusted(-2, -2, 3, 2))
        _paint_pieces(painter, figure.norm, paths.norm)
        painter.restore()
    _paint_names(painter, figure, places)
    _paint_best(painter, figure, places)
    _paint_track(painter, paths)


def paint_marker(painter: QPainter, figure: TimelineFigure, places: TimelineLayout, *, focused: bool) -> None:
    """Where the scrubber stands, if it stands anywhere."""
    if figure.marker is None:
        return
    knob = places.knob(float(figure.stops[figure.marker]))
    painter.setPen(QPen(color("accent"), 1.6))
    painter.drawLine(QPointF(knob.x(), places.area.top() - 4), knob)
    if focused:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent", 0.16))
        painter.drawEllipse(knob, HALO, HALO)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color("accent"))
    painter.drawRoundedRect(QRectF(knob.x() - KNOB, knob.y() - KNOB, 2 * KNOB, 2 * KNOB), 3, 3)
    if figure.marker_words is not None:
        words = tr_text(figure.marker_words)
        wide = width_of(words, "label-strong")
        left = knob.x() + 7 if knob.x() + 7 + wide < places.area.right() + 20 else knob.x() - 7 - wide
        draw_text(painter, QPointF(left, places.area.top() - 9), words, "accent", "label-strong")


def _pieces(line: TimelineLine, places: TimelineLayout, height: Callable[[FloatArray], FloatArray]) -> Pieces:
    """Lines, and the points that stand alone between two gaps."""
    x, y = thinned(places.x(line.x), height(line.y))
    good = np.isfinite(y)
    edge = np.concatenate([[False], good, [False]])
    alone = good & ~edge[:-2] & ~edge[2:]
    dots = [QPointF(*at) for at in zip(x[alone].tolist(), y[alone].tolist(), strict=True)]
    return polylines(x, y), dots


def _stop_lines(columns: FloatArray, track: float) -> list[QLineF]:
    distinct = np.unique(np.round(columns)) if columns.size else columns
    return [QLineF(x + 0.5, track - 4, x + 0.5, track + 4) for x in distinct.tolist()]


def _pen(line: TimelineLine) -> QPen:
    width = WIDTHS[0] if line.dash == 0 else WIDTHS[1]
    pen = QPen(color(line.role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    dash = DASHES[line.dash % len(DASHES)]
    if dash:
        pen.setDashPattern([length / width for length in dash])
    return pen


def _paint_pieces(painter: QPainter, line: TimelineLine, pieces: Pieces) -> None:
    lines, dots = pieces
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(line))
    for piece in lines:
        painter.drawPolyline(piece)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(line.role))
    for dot in dots:
        painter.drawEllipse(dot, 2.2, 2.2)


def _paint_axes(painter: QPainter, figure: TimelineFigure, places: TimelineLayout) -> None:
    area = places.area
    scale, most = places.scale, max(int(area.height() // 24), 1)
    shown = decades(scale.low, scale.high, most + 1) if scale.log else ticks(scale.low, scale.high, most)
    for value, text in shown:
        y = round(float(places.y(value)))
        paint_line(painter, "grid", QPointF(area.left(), y), QPointF(area.right(), y))
        paint_tick_left(painter, text, area.left() - AXIS_GAP, y)
    if not figure.stops.size:
        return
    numbers = ticks(*places.span, max(int(area.width() // TICK_ROOM), 2))
    whole = tuple((value, text) for value, text in numbers if value == round(value))
    paint_ticks_below(painter, whole, [float(places.x(value)) for value, _ in whole], places.track + 6)


def _paint_names(painter: QPainter, figure: TimelineFigure, places: TimelineLayout) -> None:
    """Name and last value of each line beside its end; the norm's in its strip."""
    left = places.area.right() + 10
    named = [line for line in figure.lines if line.y.size]
    wishes = [EndLabel(_end(line, places), line.role, "", "") for line in named]
    rows = spread(wishes, places.area.top(), places.strip.top() - 8)
    for line, row in zip(named, rows, strict=True):
        _paint_name(painter, line, QPointF(left, row))
    if figure.norm is not None and figure.norm.y.size:
        _paint_name(painter, figure.norm, QPointF(left, places.strip.center().y() + 2))


def _end(line: TimelineLine, places: TimelineLayout) -> float:
    finite = line.y[np.isfinite(line.y)]
    wish = float(places.y(float(finite[-1]))) if finite.size else places.area.bottom()
    return min(max(wish, places.area.top()), places.area.bottom())


def _paint_name(painter: QPainter, line: TimelineLine, at: QPointF) -> None:
    """A piece of the line itself first, for the dash tells which it is without its hue."""
    painter.setPen(_pen(line))
    painter.drawLine(at, QPointF(at.x() + 16, at.y()))
    face = "label-strong" if line.dash == 0 else "label"
    number = f" {line.number}"
    room = RIGHT - 16 - 22 - width_of(number, face)
    draw_text(painter, QPointF(at.x() + 22, at.y()), elided(tr_text(line.name), face, room) + number, line.role, face)


def _paint_best(painter: QPainter, figure: TimelineFigure, places: TimelineLayout) -> None:
    best = figure.best
    if best is None:
        return
    at = QPointF(float(places.x(best.x)), min(float(places.y(best.y)), places.area.bottom()))
    words = tr_text(best.words)
    wide = width_of(words, "label")
    middle = min(max(at.x(), places.area.left() + wide / 2 + 4), places.area.right() - wide / 2 - 4)
    above = at.y() - 20 if at.y() - 28 > places.area.top() else at.y() + 14
    painter.setPen(QPen(color("ok"), 1))
    painter.drawLine(QPointF(at.x(), above + (7 if above < at.y() else -7)), at)
    painter.setBrush(color("surface"))
    painter.setPen(QPen(color("ok"), 1.8))
    painter.drawEllipse(at, 3.6, 3.6)
    draw_plated(painter, QPointF(middle, above), words, "ok", "label", "middle")


def _paint_track(painter: QPainter, paths: LinePaths) -> None:
    places = paths.places
    track = places.track
    paint_line(painter, "line2", QPointF(places.area.left(), track), QPointF(places.area.right(), track))
    painter.setPen(QPen(color("axis"), 1))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawLines(paths.stops)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for x, severity in zip(*(part.tolist() for part in paths.marks), strict=True):
        _paint_mark(painter, QPointF(x, track - 10), severity)


def _paint_mark(painter: QPainter, at: QPointF, severity: int) -> None:
    """An error is a filled diamond, a warning an open triangle."""
    if severity == ERROR:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("err"))
        painter.drawPolygon(
            [at + QPointF(0, -MARK), at + QPointF(MARK, 0), at + QPointF(0, MARK), at - QPointF(MARK, 0)]
        )
        return
    painter.setPen(QPen(color("warn"), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon([at + QPointF(0, -MARK), at + QPointF(MARK, MARK - 0.6), at + QPointF(-MARK, MARK - 0.6)])
