"""What is worth knowing about one row of class scores: mistakes, floors, identities, each with its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.explain.digits import fixed
from core.explain.note import SEVERITIES, Note
from core.losses.cross_entropy import CrossEntropyLoss
from core.losses.kl_div import KLDivLoss
from core.row_floor import entropy, floor_of, optimum
from core.row_loss import row_loss
from core.text import say

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.explain.row_point import RowPoint

NORMALISED = 1e-3  # |log Σ e^x| below this: log-probabilities
Look = Callable[["RowPoint", str], Note | None]


def notes(point: RowPoint, reduction: str) -> tuple[Note, ...]:
    """All notes on a row, errors first; `reduction` is that of the loss in force."""
    if point.refusal is not None:
        title = say("core", "The loss refuses this row")
        return (Note("error", title, point.refusal.problem),)
    if point.row.is_ignored:
        return (_ignored(point),)
    found = [note for look in _LOOKS if (note := look(point, reduction)) is not None]
    return tuple(sorted(found, key=lambda note: SEVERITIES.index(note.severity)))


def _ignored(point: RowPoint) -> Note:
    message = say("core", "Its target is ignore_index, {index}: no loss, no gradient.", index=point.row.target)
    return Note("hint", say("core", "The row is ignored"), message)


def _unfit_weights(point: RowPoint, _reduction: str) -> Note | None:
    given = point.row.unfit_weights
    if not given:
        return None
    message = say(
        "core",
        "The loss has {given} weights, the row {classes} classes; it is shown without weights.",
        given=given,
        classes=point.row.classes,
    )
    return Note("warning", say("core", "Class weights left out"), message)


def _softmax_twice(point: RowPoint, _reduction: str) -> Note | None:
    if point.row.loss.name != "CrossEntropyLoss" or not point.reads_probabilities:
        return None
    _, logits_gradient = replace(point.row, link="none").evaluate(point.z[None])
    here, there = _norm(point.gradient), _norm(logits_gradient)
    floor = floor_of(point.row)
    if floor is None:
        message = say("core", "Gradient norm {here}; on the logits it would be {there}.", here=here, there=there)
    else:
        message = say(
            "core",
            "The loss cannot go below {floor}. Gradient norm {here}; on the logits it would be {there}.",
            floor=fixed(floor, 3),
            here=here,
            there=there,
        )
    return Note("warning", say("core", "Softmax twice"), message)


def _norm(gradient: FloatArray) -> str:
    return fixed(float(np.linalg.norm(gradient.astype(np.float64))), 4)


def _probabilities(point: RowPoint, _reduction: str) -> Note | None:
    """Probabilities where log-probabilities belong."""
    if point.row.loss.name == "CrossEntropyLoss" or not point.reads_probabilities:
        return None
    title = say("core", "Probabilities instead of log-probabilities")
    floor = floor_of(point.row)
    values = {"loss": point.row.loss.name, "value": fixed(point.value), "floor": fixed(floor or 0.0)}
    if floor is not None and point.value < 0:
        text = say("core", "{loss} expects log_softmax: the loss is negative, {value}, with floor {floor}.", **values)
    else:
        text = say("core", "{loss} expects log_softmax: {value} is not the loss that is meant.", **values)
    return Note("warning", title, text)


def _unnormalised(point: RowPoint, _reduction: str) -> Note | None:
    if not point.takes_as_given:
        return None
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        excess = float(np.log(np.sum(np.exp(point.z.astype(np.float64)))))
    if abs(excess) <= NORMALISED:
        return None
    message = say(
        "core",
        "log Σ exp(input) is {excess}, not 0: these are no log-probabilities, and the loss has no lower bound.",
        excess=fixed(excess, 3),
    )
    return Note("warning", say("core", "Not log-probabilities"), message)


def _no_number(point: RowPoint, _reduction: str) -> Note | None:
    """Why the loss is nan or inf."""
    if np.isfinite(point.value):
        return None
    title = say("core", "The loss is {value}", value=fixed(point.value))
    q = point.row.weighted
    if getattr(point.row.loss, "log_target", False) and np.any(q == 0):
        message = say("core", "A class has target probability 0, whose logarithm is −inf: exp(−inf) · (−inf) is nan.")
    elif not np.all(np.isfinite(point.z)) and not np.any(np.isneginf(point.z[q != 0])):
        message = say("core", "A logit is not finite.")
    elif np.any(np.isneginf(point.log_p[q != 0])):
        message = say("core", "A class that the target needs has probability 0: −log 0 is inf.")
    else:
        return Note("error", title, say("core", "The numbers run past what {dtype} holds.", dtype=point.z.dtype))
    return Note("error", title, message)


def _wrong(point: RowPoint, _reduction: str) -> Note | None:
    if np.isnan(point.p).any():
        return None
    predicted, wanted = int(np.argmax(point.p)), int(np.argmax(point.row.distribution))
    if point.p[predicted] == point.p[wanted]:
        return None
    values = {"predicted": point.name(predicted), "target": point.name(wanted)}
    scores = {"p": fixed(float(point.p[predicted]), 3), "q": fixed(float(point.p[wanted]), 3)}
    message = say("core", "argmax is {predicted} (p = {p}); target {target} has p = {q}.", **values, **scores)
    if point.takes_as_given:
        message = say("core", "argmax is {predicted} (exp(input) = {p}); target {target} has {q}.", **values, **scores)
    return Note("warning", say("core", "Prediction is wrong"), message)


def _floor(point: RowPoint, _reduction: str) -> Note | None:
    floor = floor_of(point.row)
    if point.row.loss.name != "CrossEntropyLoss" or point.row.link != "none" or not floor:
        return None
    values = {"epsilon": fixed(point.row.smoothing, 2), "floor": fixed(floor)}
    if point.row.smoothing == 0:
        message = say("core", "The target is spread: the loss cannot go below {floor}, its entropy.", **values)
        if point.row.weight is not None:
            message = say(
                "core", "The target is spread: the loss cannot go below {floor} under these weights.", **values
            )
        return Note("hint", say("core", "A soft target has a floor"), message)
    message = say("core", "With ε = {epsilon} the loss cannot go below {floor}, even for a perfect p = q.", **values)
    if point.row.weight is not None:
        message = say("core", "With ε = {epsilon} and these weights the loss cannot go below {floor}.", **values)
    return Note("hint", say("core", "Smoothing lifts the floor"), message)


def _other_optimum(point: RowPoint, _reduction: str) -> Note | None:
    """The weights may outvote the target (rule C10)."""
    best = optimum(point.row)
    if point.row.weight is None or not np.all(np.isfinite(best)) or np.any(best < 0):
        return None
    wanted, reached = int(np.argmax(point.row.distribution)), int(np.argmax(best))
    if best[reached] == best[wanted]:
        return None
    message = say(
        "core",
        "Under these weights this row's loss is least at p({reached}) = {p}; target {target} gets {q}.",
        reached=point.name(reached),
        p=fixed(float(best[reached]), 3),
        target=point.name(wanted),
        q=fixed(float(best[wanted]), 3),
    )
    return Note("warning", say("core", "The optimum is another class"), message)


def _weight_cancels(point: RowPoint, reduction: str) -> Note | None:
    row = point.row
    if row.weight is None or row.soft is not None or row.smoothing or reduction != "mean":
        return None
    weight = float(row.weight[row.target])
    if weight in (0.0, 1.0):
        return None
    message = say(
        "core",
        "The term here is w = {weight} times {plain}; a mean over this row alone divides by w again.",
        weight=fixed(weight, 2),
        plain=fixed(point.value / weight),
    )
    return Note("hint", say("core", "In a mean over one row the weight cancels"), message)


def _sums_to_zero(point: RowPoint, _reduction: str) -> Note | None:
    gradient = point.gradient.astype(np.float64)
    rounding = 8 * float(np.finfo(point.gradient.dtype).eps) * float(np.sum(np.abs(gradient)))
    if point.takes_as_given or not abs(float(gradient.sum())) <= rounding:
        return None
    message = say("core", "Adding a constant to all logits changes nothing.")
    return Note("ok", say("core", "Gradient sums to 0"), message)


def _direction(point: RowPoint, _reduction: str) -> Note | None:
    """KL is not symmetric, and the target comes first in it."""
    t = point.row.distribution
    if point.row.loss.name != "KLDivLoss" or point.row.link != "log_softmax" or not np.isfinite(point.value):
        return None
    if abs(t.sum() - 1) > NORMALISED:
        return None
    with np.errstate(divide="ignore"):
        turned = _kl(np.log(t), point.p.astype(np.float64))
    message = say(
        "core",
        "KL(target ‖ prediction) = {forward}; the other way round it would be {backward}.",
        forward=fixed(point.value),
        backward=fixed(turned),
    )
    return Note("hint", say("core", "The target comes first"), message)


def _kl(log_q: FloatArray, target: FloatArray) -> float:
    terms, _ = row_loss(KLDivLoss(), "none", 0, target, target.size, np.float64).evaluate(log_q[None])
    return float(terms[0])


def _decomposition(point: RowPoint, _reduction: str) -> Note | None:
    """H(q) + KL(q ‖ p) = CE(q, p), for spread targets that sum to 1."""
    q = point.row.distribution
    plain = point.row.weight is None and point.row.smoothing == 0 and abs(q.sum() - 1) <= NORMALISED
    scores = point.row.link == ("none" if point.row.loss.name == "CrossEntropyLoss" else "log_softmax")
    if point.row.loss.name == "NLLLoss" or not (plain and scores) or np.count_nonzero(q) < 2:
        return None
    kl = row_loss(KLDivLoss(), "log_softmax", 0, q, q.size, np.float64)
    ce = row_loss(CrossEntropyLoss(), "none", 0, q, q.size, np.float64)
    divergence, crossed = (float(row.evaluate(point.z[None])[0][0]) for row in (kl, ce))
    message = say(
        "core",
        "H(q) + KL(q ‖ p) = {entropy} + {divergence} = {crossed} = cross-entropy.",
        entropy=fixed(entropy(q)),
        divergence=fixed(divergence),
        crossed=fixed(crossed),
    )
    return Note("hint", say("core", "Cross-entropy is entropy plus divergence"), message)


_LOOKS: tuple[Look, ...] = (
    _no_number,
    _unfit_weights,
    _softmax_twice,
    _probabilities,
    _unnormalised,
    _wrong,
    _other_optimum,
    _floor,
    _weight_cancels,
    _direction,
    _decomposition,
    _sums_to_zero,
)
