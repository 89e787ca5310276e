"""Draws a ledger: title and verdict, the terms with the signs between them, the other numbers below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPen

from gui.kit.formula_layout import face_font
from gui.kit.i18n import tr_text
from gui.kit.icons import paint_icon
from gui.kit.ledger_layout import JOINT, MARGIN, OTHERS_BASELINE, PADDING, TERM_HEIGHT, TICK, TOP, VALUE_GAP
from gui.kit.plot_text import width_of
from gui.kit.theme import color, font

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from gui.kit.ledger_figures import LedgerFigure, Seal, Term
    from gui.kit.ledger_layout import LedgerLayout, PlacedOther, PlacedTerm

TITLE_BASELINE = 21.0
FIRST_LINE, SECOND_LINE = 19.0, 35.0  # baselines within a term
ICON = 14.0


def paint_head(painter: QPainter, figure: LedgerFigure, width: float) -> None:
    """The title at the left, the verdict at the right."""
    painter.setFont(font("section"))
    painter.setPen(color("text"))
    title = tr_text(figure.title)
    painter.drawText(QPointF(MARGIN, TITLE_BASELINE), title)
    if figure.seal is not None:
        left = MARGIN + width_of(title, "section") + MARGIN
        _paint_seal(painter, figure.seal, left, width - MARGIN)


def paint_empty(painter: QPainter, words: str, width: float) -> None:
    """Why there are no terms."""
    painter.setFont(font("body"))
    painter.setPen(color("text3"))
    room = QRectF(MARGIN, TOP, width - 2 * MARGIN, TERM_HEIGHT)
    shown = QFontMetricsF(font("body")).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


def paint_terms(
    painter: QPainter, figure: LedgerFigure, places: LedgerLayout, hovered: int | None, focused: int | None
) -> None:
    """Each term in its place, `hovered` and `focused` by their place in the figure."""
    for place in places.terms:
        term = figure.terms[place.index]
        _paint_ground(painter, place, place.index == hovered, place.index == focused)
        _paint_joint(painter, term, place)
        _paint_term(painter, term, place)
    if places.dots[0] is not None:
        _paint_dots(painter, places.dots[0], TOP + FIRST_LINE)


def paint_others(painter: QPainter, lead: str, places: LedgerLayout) -> None:
    """The other numbers, after the words `lead`."""
    if places.others:
        painter.setFont(font("label"))
        painter.setPen(color("text3"))
        painter.drawText(QPointF(MARGIN, OTHERS_BASELINE), lead)
    for place in places.others:
        _paint_other(painter, place)
    if places.dots[1] is not None:
        _paint_dots(painter, places.dots[1], OTHERS_BASELINE)


def _paint_seal(painter: QPainter, seal: Seal, left: float, right: float) -> None:
    metrics = QFontMetricsF(font("label-strong"))
    words = metrics.elidedText(tr_text(seal.sentence), Qt.TextElideMode.ElideRight, max(right - left - ICON - 6, 0))
    x = right - metrics.horizontalAdvance(words)
    paint_icon(painter, seal.icon, QRectF(x - ICON - 6, TITLE_BASELINE - 11.5, ICON, ICON), seal.role)
    painter.setFont(font("label-strong"))
    painter.setPen(color(seal.role))
    painter.drawText(QPointF(x, TITLE_BASELINE), words)


def _paint_ground(painter: QPainter, place: PlacedTerm, hovered: bool, focused: bool) -> None:
    if hovered or focused:
        painter.setPen(QPen(color("accent"), 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(color("hover") if hovered else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.rect.adjusted(1, 1, -1, -1), 5, 5)


def _paint_joint(painter: QPainter, term: Term, place: PlacedTerm) -> None:
    if term.joint:
        painter.setFont(face_font("upright", 0))
        painter.setPen(color("text3"))
        room = QRectF(place.rect.left() - JOINT - 6, TOP, JOINT, FIRST_LINE + 8)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, term.joint)


def _paint_term(painter: QPainter, term: Term, place: PlacedTerm) -> None:
    x, base = place.rect.left() + PADDING, TOP + FIRST_LINE
    for run in place.symbol.runs:
        painter.setFont(face_font(run.face, run.level))
        painter.setPen(color("text2"))
        painter.drawText(QPointF(x + run.x, base + run.y), run.text)
    painter.setFont(face_font("number", 0))
    painter.setPen(color(term.role))
    painter.drawText(QPointF(x + place.symbol.width + VALUE_GAP, base), term.value)
    painter.setFont(font("tick"))
    painter.setPen(color("text3"))
    metrics = QFontMetricsF(font("tick"))
    room = place.rect.width() - 2 * PADDING + 1
    painter.drawText(
        QPointF(x, TOP + SECOND_LINE), metrics.elidedText(tr_text(term.caption), Qt.TextElideMode.ElideRight, room)
    )


def _paint_other(painter: QPainter, place: PlacedOther) -> None:
    ticked = place.other.ticked
    if ticked:
        paint_icon(painter, "check", QRectF(place.x - TICK - 4, OTHERS_BASELINE - 11.5, TICK, TICK), "warn")
    painter.setFont(font("label"))
    painter.setPen(color("warn" if ticked else "text3"))
    painter.drawText(QPointF(place.x, OTHERS_BASELINE), place.words)
    painter.setFont(font("label-strong"))
    painter.setPen(color("warn" if ticked else "text2"))
    painter.drawText(QPointF(place.x + place.width - width_of(place.other.value, "label-strong"), OTHERS_BASELINE),
                     place.other.value)  # fmt: skip


def _paint_dots(painter: QPainter, x: float, baseline: float) -> None:
    painter.setFont(font("label"))
    painter.setPen(color("text3"))
    painter.drawText(QPointF(x, baseline), "…")
