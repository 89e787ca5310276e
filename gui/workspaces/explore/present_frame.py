"""The frame tab in the words and numbers of the screen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.explain.formula import Strip
from core.explain.frame import share, strip
from core.explain.note import Note
from core.text import Text, say
from gui.kit.empty_state import EmptyState
from gui.kit.frame_figures import Choice, EmissionFigure, Fact, FrameBars, Picture, Symbol, SymbolRole
from gui.kit.numbers import fixed, loss4, prob, signed
from gui.kit.ticks import round_step

if TYPE_CHECKING:
    from core.arrays import Array, FloatArray, IntArray
    from core.problem import Problem
    from gui.workspaces.explore.compute_frame import FrameResult, SequenceResult
    from gui.workspaces.explore.state import ExploreState

MOST_BARS = 8
MOST_NUMBERED = 12  # frames with their number along the track
LONGEST_TARGET = 40
PAPER = 127  # a picture brighter than this on the whole is paper
BLANK_NAME, SPACE_NAME = "ε", "␣"


@final
@dataclass(frozen=True, eq=False, slots=True)
class FrameModel:
    """All that the tab shows.

    Attributes:
        emission, bars: None where there is nothing to draw; `empty` then says why.
        choices: the sequences, the largest loss first; chosen: the place of the one shown among them.
        value, gradient_norm: of the sequence's own loss.
    """

    emission: EmissionFigure | None
    bars: FrameBars | None
    facts: tuple[Fact, ...]
    choices: tuple[Choice, ...]
    chosen: int
    empty: EmptyState | None
    strip: Strip | None
    notes: tuple[Note, ...]
    value: float
    gradient_norm: float


def present(_problem: Problem, state: ExploreState, result: FrameResult) -> FrameModel:
    """The result in the words and numbers of the screen."""
    chosen, nothing = result.chosen, float("nan")
    if chosen is None or not chosen.frames:
        value = nothing if chosen is None else chosen.loss
        choices = _choices(result)
        at = 0 if chosen is None else result.order.tolist().index(chosen.sequence)
        return FrameModel(None, None, (), choices, at, _empty(result), None, (), value, nothing)
    frame = min(max(state.frame.frame, 0), chosen.frames - 1)
    shown = _columns(result, chosen, frame)
    return FrameModel(
        emission=_emission(result, chosen, frame),
        bars=_bars(result, chosen, frame, shown),
        facts=_facts(result, chosen),
        choices=_choices(result),
        chosen=result.order.tolist().index(chosen.sequence),
        empty=None,
        strip=_strip(result, chosen, frame, shown),
        notes=_notes(result, chosen),
        value=chosen.loss,
        gradient_norm=chosen.gradient_norm,
    )


def _empty(result: FrameResult) -> EmptyState:
    if result.refusal is not None:
        return EmptyState(result.refusal.problem, result.refusal.remedy)
    return EmptyState(
        say("explore", "There is no frame to show: the sequence has input length 0."),
        say("explore", "Its loss is 0 if its target is empty too, else inf."),
    )


def _name(result: FrameResult, c: int) -> str:
    """A class as it is written; blank and space have signs of their own."""
    evaluation, classes = result.evaluation, result.request.batch.classes
    if evaluation is not None and c == evaluation.batch.blank:
        return BLANK_NAME
    if not 0 <= c < len(classes):
        return str(c)
    return SPACE_NAME if classes[c].isspace() else classes[c]


def _symbol(result: FrameResult, chosen: SequenceResult, c: int) -> Symbol:
    role: SymbolRole = "target" if c in chosen.labels else "other"
    if result.evaluation is not None and c == result.evaluation.batch.blank:
        role = "blank"
    return Symbol(_name(result, c), role)


def _target(result: FrameResult, chosen: SequenceResult) -> str:
    """The target as it is read, cut where it is long."""
    separator = str(result.request.batch.meta.get("decode_separator", ""))
    classes = result.request.batch.classes
    names: list[str] = [classes[c] if 0 <= c < len(classes) else str(c) for c in map(int, chosen.labels)]
    joined = (separator or ("" if all(len(name) == 1 for name in names) else " ")).join(names)
    return joined if len(joined) <= LONGEST_TARGET else joined[: LONGEST_TARGET - 1] + "…"


def _emission(result: FrameResult, chosen: SequenceResult, frame: int) -> EmissionFigure:
    caption = say("explore", "frame {frame} of {frames} · drag the playhead", frame=frame, frames=chosen.frames)
    if result.request.is_toy:
        caption = say(
            "explore",
            "an example made by hand; open a CTC batch to see yours · frame {frame} of {frames}",
            frame=frame,
            frames=chosen.frames,
        )
    step = 1 if chosen.frames <= MOST_NUMBERED else int(max(1, round_step(chosen.frames, MOST_NUMBERED)))
    return EmissionFigure(
        title=say("explore", "emission"),
        caption=caption,
        picture=_picture(chosen.picture, chosen.per_frame),
        symbols=tuple(_symbol(result, chosen, int(c)) for c in chosen.symbols),
        probs=chosen.probs,
        frames=chosen.frames,
        frame=frame,
        labels=tuple(range(0, chosen.frames, step)),
        legend=say("explore", "p"),
        description=_description(result, chosen, frame),
    )


def _picture(pixels: Array | None, per_frame: float) -> Picture | None:
    return None if pixels is None else Picture(pixels, per_frame, bool(np.mean(pixels) > PAPER))


def _description(result: FrameResult, chosen: SequenceResult, frame: int) -> Text:
    best = int(np.argmax(chosen.log_probs[frame]))
    return say(
        "explore",
        "Playhead at frame {frame} of {frames}: {symbol} with p {p}",
        frame=frame,
        frames=chosen.frames,
        symbol=_name(result, best),
        p=prob(float(np.exp(chosen.log_probs[frame, best]))),
    )


def _columns(result: FrameResult, chosen: SequenceResult, frame: int) -> list[int]:
    """The blank and the classes with most probability or posterior in the frame, in the order of the rows above."""
    weight = np.exp(chosen.log_probs[frame].astype(np.float64))
    with np.errstate(invalid="ignore"):
        np.maximum.at(weight, chosen.used, chosen.occupancy[frame])
    weight = np.where(np.isnan(weight), np.inf, weight)
    if result.evaluation is not None:
        weight[result.evaluation.batch.blank] = np.inf
    largest = [int(c) for c in np.argsort(-weight, kind="stable")[:MOST_BARS]]
    rows = {int(c): place for place, c in enumerate(chosen.symbols)}
    return sorted(largest, key=lambda c: rows.get(c, len(rows)))


def _at(chosen: SequenceResult, frame: int, classes: list[int]) -> FloatArray:
    """The posterior of some classes in a frame: 0 for those that the target does not use."""
    occupancy = np.zeros(chosen.log_probs.shape[1])
    occupancy[chosen.used] = chosen.occupancy[frame]
    return occupancy[classes]


def _bars(result: FrameResult, chosen: SequenceResult, frame: int, shown: list[int]) -> FrameBars:
    with np.errstate(over="ignore"):
        probs = np.exp(chosen.log_probs[frame, shown].astype(np.float64)).tolist()
    gradient = chosen.gradient[frame, shown].astype(np.float64).tolist()
    occupancy = _at(chosen, frame, shown)
    hidden = chosen.log_probs.shape[1] - len(shown)
    caption = say("explore", "bars: the model's p · outlined: posterior γ given the target")
    if hidden:
        caption = say(
            "explore",
            "bars: the model's p · outlined: posterior γ given the target · {count} more",
            count=hidden,
        )
    return FrameBars(
        title=say("explore", "frame {frame}", frame=frame),
        caption=caption,
        gradient_title=say("explore", "gradient"),
        gradient_caption=say("explore", "p − γ, what torch returns for this sequence's loss"),
        symbols=tuple(_symbol(result, chosen, c) for c in shown),
        probs=tuple(probs),
        prob_labels=tuple(fixed(p, 2) for p in probs),
        occupancy=tuple(occupancy.tolist()),
        gradient=tuple(gradient),
        gradient_labels=tuple(signed(g, 2) for g in gradient),
        description=_bars_description(result, shown, probs, occupancy, gradient),
    )


def _bars_description(
    result: FrameResult, shown: list[int], probs: list[float], occupancy: FloatArray, gradient: list[float]
) -> Text:
    rows = (
        f"{_name(result, c)}: {prob(p)}, {prob(float(y))}, {signed(g, 3)}"
        for c, p, y, g in zip(shown, probs, occupancy, gradient, strict=True)
    )
    return say("explore", "Probability, posterior and gradient: {rows}", rows="; ".join(rows))


def _facts(result: FrameResult, chosen: SequenceResult) -> tuple[Fact, ...]:
    evaluation = result.evaluation
    assert evaluation is not None
    length, divisor = len(chosen.labels), evaluation.divisor
    finite = math.isfinite(chosen.loss)
    facts = [
        Fact(say("explore", "“{target}”", target=_target(result, chosen)), "target"),
        Fact(say("explore", "loss of the sequence {loss}", loss=loss4(chosen.loss)), "accent" if finite else "err"),
        _room(chosen),
    ]
    if evaluation.value.ndim == 0:
        facts.append(Fact(share(chosen.loss, length, divisor)))
        value = say(
            "explore",
            "value of the batch {value}, divisor {divisor}: {name}",
            value=loss4(float(evaluation.value)),
            divisor=f"{divisor.value:g}",
            name=Text(divisor.name, {}, "core"),
        )
        facts.append(Fact(value, "text2" if math.isfinite(float(evaluation.value)) else "err"))
    return tuple(facts)


def _room(chosen: SequenceResult) -> Fact:
    """How many frames there are, and how many the target needs."""
    values = {"T": chosen.frames, "U": len(chosen.labels), "R": chosen.repeats, "needed": chosen.needed}
    if chosen.frames >= chosen.needed:
        return Fact(say("explore", "T = {T} frames; U = {U} labels and {R} repeats need {needed}", **values))
    return Fact(say("explore", "T = {T} frames, but U = {U} labels and {R} repeats need {needed}", **values), "err")


def _choices(result: FrameResult) -> tuple[Choice, ...]:
    if result.evaluation is None:
        return ()
    losses, truth = result.evaluation.elements.ravel(), result.request.batch.extras.get("truth")
    named = truth is not None and truth.ndim == 1 and truth.size == losses.size
    return tuple(
        Choice(n, say("explore", "{n} · loss {loss} · {truth}", n=n, loss=loss4(float(losses[n])), truth=truth[n]))
        if named and truth is not None
        else Choice(n, say("explore", "{n} · loss {loss}", n=n, loss=loss4(float(losses[n]))))
        for n in result.order.tolist()
    )


def _strip(result: FrameResult, chosen: SequenceResult, frame: int, shown: list[int]) -> Strip:
    """The formula, with the gradient at the symbol where it is steepest in this frame."""
    occupancy = _at(chosen, frame, shown)
    probs = np.exp(chosen.log_probs[frame, shown].astype(np.float64))
    steepest = int(np.argmax(np.abs(np.nan_to_num(probs - occupancy))))
    name = _name(result, shown[steepest])
    return strip(chosen.log_likelihood, name, frame, float(probs[steepest]), float(occupancy[steepest]))


def _notes(result: FrameResult, chosen: SequenceResult) -> tuple[Note, ...]:
    if chosen.frames < chosen.needed:
        return (_infeasible(result, chosen),)
    rows = np.exp(chosen.log_probs.astype(np.float64)).sum(axis=1)
    worst = int(np.argmax(np.abs(np.log(rows))))
    if np.isfinite(rows[worst]) and abs(math.log(rows[worst])) > 1e-3:
        message = say(
            "explore",
            "Σ exp(log_probs) is {total} in frame {frame}, not 1: apply log_softmax over the classes first.",
            total=fixed(float(rows[worst]), 3),
            frame=worst,
        )
        return (Note("warning", say("explore", "Not log-probabilities"), message),)
    return (Note("ok", say("explore", "Feasible"), _room(chosen).text),)


def _infeasible(result: FrameResult, chosen: SequenceResult) -> Note:
    values: dict[str, IntArray | int] = {
        "T": chosen.frames,
        "U": len(chosen.labels),
        "R": chosen.repeats,
        "needed": chosen.needed,
    }
    message = say(
        "explore",
        "{U} labels and {R} repeats need {needed} frames; {T} are given. The loss is inf, the gradient nan.",
        **values,
    )
    if getattr(result.request.loss, "zero_infinity", False):
        message = say(
            "explore",
            "{U} labels and {R} repeats need {needed} frames; {T} are given. zero_infinity makes loss and gradient 0.",
            **values,
        )
    return Note("error", say("explore", "No alignment fits"), message)
