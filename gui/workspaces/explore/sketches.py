"""Where each loss begins when no batch is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import numpy as np

from core import losses
from core.arrays import frozen
from core.text import Text, say
from gui.workspaces.explore.kinds import right_link, tabs_of
from gui.workspaces.explore.state import ExploreState, RowProbe, ScalarProbe

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.arrays import FloatArray
    from core.losses import Loss

TEACHER = frozen(np.array([0.7, 0.2, 0.1]))  # the soft target over three classes
STUDENT = frozen(np.array([0.4, 1.1, -0.6]))  # logits that disagree with it
THREE = ("cat", "dog", "fox")


@final
@dataclass(frozen=True, eq=False, slots=True)
class Preset:
    """A loss and a state of Explore that show one thing.

    Attributes:
        key: unique and lasting: files and lessons name a preset by it.
        teaches: what is to be seen, true of exactly these numbers.
        sketch: whether this is where the loss begins when no batch is open.
    """

    key: str
    title: Text
    teaches: Text
    loss: Loss
    state: ExploreState
    sketch: bool = False


def sketch(name: str) -> Preset:
    """Where the loss called `name` begins when no batch is open."""
    return SKETCHES[name]()


def _sketch(loss: Loss, teaches: Text, state: ExploreState) -> Preset:
    title = say("presets", "{loss}, by hand", loss=loss.name.removesuffix("Loss"))
    return Preset(loss.name, title, teaches, loss, state, sketch=True)


def scalar(loss: Loss, x: float, y: float, pins: tuple[Loss, ...] = ()) -> ExploreState:
    return ExploreState(tab=tabs_of(loss)[0], scalar=ScalarProbe(x, y), pins=pins)


def row(loss: Loss, probe: RowProbe) -> ExploreState:
    return ExploreState(tab=tabs_of(loss)[0], classes=replace(probe, link=right_link(loss)))


def three(z: FloatArray, target: int, soft: FloatArray | None = None) -> RowProbe:
    rival = int(np.argmax(np.where(np.arange(3) == target, -np.inf, z)))
    return RowProbe(frozen(z), THREE, target, soft, focus=target, pair=(min(rival, target), max(rival, target)))


def _l1() -> Preset:
    loss = losses.L1Loss()
    teaches = say("presets", "The slope is 1 on one side and −1 on the other, and PyTorch says 0 at the kink.")
    return _sketch(loss, teaches, scalar(loss, 1.2, 0.5))


def _smooth_l1() -> Preset:
    loss = losses.SmoothL1Loss()
    teaches = say(
        "presets", "A parabola within beta of the target, straight lines outside: drag beta and watch the slope."
    )
    return _sketch(loss, teaches, scalar(loss, 1.2, 0.5))


def _mse() -> Preset:
    loss = losses.MSELoss()
    teaches = say("presets", "Twice as far costs four times as much, and the slope grows with the distance.")
    return _sketch(loss, teaches, scalar(loss, 1.2, 0.5))


def _cross_entropy() -> Preset:
    loss = losses.CrossEntropyLoss()
    teaches = say("presets", "Five logits, their softmax, and the gradient p − q: drag a bar and the others answer.")
    return _sketch(loss, teaches, row(loss, RowProbe()))


def _nll() -> Preset:
    loss = losses.NLLLoss()
    teaches = say(
        "presets", "It takes log-probabilities and picks the target's: with log_softmax before it, it is cross entropy."
    )
    return _sketch(loss, teaches, row(loss, RowProbe()))


def _bce() -> Preset:
    loss = losses.BCELoss()
    teaches = say("presets", "A yes at p = 0.2: the loss is −ln p, and it is steep where p is small.")
    return _sketch(loss, teaches, scalar(loss, 0.2, 1.0))


def _bce_with_logits() -> Preset:
    loss = losses.BCEWithLogitsLoss()
    teaches = say("presets", "A yes at logit −2: the slope is σ(z) − 1 and never passes −1.")
    return _sketch(loss, teaches, scalar(loss, -2.0, 1.0))


def _kl_div() -> Preset:
    loss = losses.KLDivLoss(reduction="batchmean")
    teaches = say("presets", "A distribution as target: the loss is 0 only where the softmax equals it.")
    return _sketch(loss, teaches, row(loss, three(STUDENT, 0, TEACHER)))


def _ctc() -> Preset:
    loss = losses.CTCLoss()
    teaches = say(
        "presets", "Twelve frames spell “cat”: look at what each frame says, and at the share of the paths behind it."
    )
    return _sketch(loss, teaches, ExploreState(tab=tabs_of(loss)[0]))


SKETCHES: dict[str, Callable[[], Preset]] = {
    "L1Loss": _l1,
    "SmoothL1Loss": _smooth_l1,
    "MSELoss": _mse,
    "CrossEntropyLoss": _cross_entropy,
    "NLLLoss": _nll,
    "BCELoss": _bce,
    "BCEWithLogitsLoss": _bce_with_logits,
    "KLDivLoss": _kl_div,
    "CTCLoss": _ctc,
}
