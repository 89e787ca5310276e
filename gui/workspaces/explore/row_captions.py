"""The titles of the three rows of bars: they say which formula holds for this loss, link and target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.text import Text, say

if TYPE_CHECKING:
    from core.explain.row_point import RowPoint


def logits_title(point: RowPoint) -> tuple[Text, Text]:
    """Title and caption of the scores."""
    if point.takes_as_given:
        return say("explore", "input"), say("explore", "x, as the loss receives it · drag a bar")
    return say("explore", "logits"), say("explore", "z · drag a bar")


def probability_title(point: RowPoint, has_optima: bool) -> tuple[Text, Text]:
    """Title and caption of the probabilities."""
    if point.takes_as_given:
        title = say("explore", "exp(input)")
        return title, say("explore", "read as p · dashes: target q")
    title = say("explore", "softmax")
    if point.reads_probabilities and point.row.loss.name == "CrossEntropyLoss":
        return title, say("explore", "p · dashes: target q · outlined: softmax(p)")
    return title, _with_optima(point) if has_optima else _without_optima(point)


def _without_optima(point: RowPoint) -> Text:
    if point.row.is_ignored:
        return say("explore", "p · the target is ignored")
    if point.row.soft is not None and not point.row.smoothing:
        return say("explore", "p · dashes: target q, drag them")
    if point.row.smoothing:
        return say("explore", "p · dashes: smoothed target q")
    return say("explore", "p · dashes: target q")


def _with_optima(point: RowPoint) -> Text:
    if point.row.smoothing:
        return say("explore", "p · dashes: smoothed target q · dots: optimum")
    return say("explore", "p · dashes: target q · dots: optimum")


def gradient_caption(point: RowPoint) -> Text:
    """∂ℓ/∂z = the formula in force."""
    return say("explore", "∂ℓ/∂z = {formula}", formula=_gradient_formula(point))


def _gradient_formula(point: RowPoint) -> str:
    row = point.row
    q = "q" if row.weight is None else "w q"
    if point.refusal is not None:
        return "–"
    if row.is_ignored:
        return "0"
    if point.takes_as_given:
        return f"−{q}"
    if point.reads_probabilities:
        if row.loss.name == "CrossEntropyLoss":
            inner = "softmax(p) − q" if row.weight is None else "(Σ w q) softmax(p) − w q"
            return f"p (g − Σ p g), g = {inner}"
        return f"p (Σ p {q} − {q})"
    if row.weight is None:
        return "p − q" if abs(float(row.distribution.sum()) - 1) < 1e-6 else "(Σ q) p − q"
    return "w[y] (p − q)" if row.soft is None and not row.smoothing else "(Σ w q) p − w q"
