"""States worth starting from: pictures that each teach one thing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core import losses
from core.arrays import frozen
from core.links import apply_link
from core.text import say
from gui.workspaces.explore.sketches import SKETCHES, STUDENT, TEACHER, Preset, row, scalar, sketch, three
from gui.workspaces.explore.state import ExploreState, RowProbe, ScalarProbe

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Preset", "presets", "sketch"]


def presets() -> tuple[Preset, ...]:
    """All of them, the nine sketches first."""
    return (*(sketch(name) for name in SKETCHES), *(make() for make in _SHOWN))


def _outlier() -> Preset:
    loss = losses.SmoothL1Loss()
    return Preset(
        "outlier",
        say("presets", "An outlier at 5"),
        say(
            "presets",
            "5 away from the target, MSE costs 25 and pulls with 10; SmoothL1 costs 4.5, L1 5, and both pull with 1.",
        ),
        loss,
        scalar(loss, 5.0, 0.0, (losses.L1Loss(), losses.MSELoss())),
    )


def _right_of_beta() -> Preset:
    loss = losses.SmoothL1Loss()
    return Preset(
        "right-of-beta",
        say("presets", "Just right of beta"),
        say("presets", "From beta on the slope stays 1. Drag the point across: it shrinks in step with the distance."),
        loss,
        scalar(loss, 1.55, 0.5),
    )


def _huber() -> Preset:
    loss = losses.SmoothL1Loss(beta=2.0)
    return Preset(
        "huber",
        say("presets", "SmoothL1 against Huber"),
        say(
            "presets",
            "Huber is beta times SmoothL1: here 2.0 against 4.0. A larger beta bends less and lowers the whole curve.",
        ),
        loss,
        scalar(loss, 3.0, 0.0, (losses.SmoothL1Loss(beta=0.5), losses.L1Loss())),
    )


def _confident() -> Preset:
    loss = losses.CrossEntropyLoss()
    probe = RowProbe(frozen(np.array([7.0, 1.0, 0.0, -1.0, -2.0])), target=2, focus=2, pair=(0, 2))
    return Preset(
        "confident-and-wrong",
        say("presets", "Confident and wrong"),
        say(
            "presets",
            "p(fox) is below 0.001: each logit more of confidence adds 1 to the loss, the gradient stays below 1.",
        ),
        loss,
        row(loss, probe),
    )


def _smoothing() -> Preset:
    loss = losses.CrossEntropyLoss(label_smoothing=0.1)
    probe = RowProbe(frozen(np.array([-2.0, 8.0, -2.0, -2.0, -2.0])))
    return Preset(
        "label-smoothing",
        say("presets", "Label smoothing 0.1"),
        say("presets", "The loss cannot fall below 0.3897, and being surer than 0.92 costs more again: drag dog down."),
        loss,
        row(loss, probe),
    )


def _p_and_z() -> Preset:
    loss = losses.BCELoss()
    state = ExploreState(scalar=ScalarProbe(-4.0, 1.0, "logit"), pins=(losses.BCEWithLogitsLoss(),))
    return Preset(
        "p-and-z",
        say("presets", "p against z"),
        say("presets", "One point in two coordinates: its slope is −0.98 by z and −55.6 by p. Switch the axis."),
        loss,
        state,
    )


def _nll_of_probabilities() -> Preset:
    loss = losses.NLLLoss()
    state = replace(row(loss, RowProbe()), classes=RowProbe(link="softmax"))
    return Preset(
        "nll-of-probabilities",
        say("presets", "NLL given probabilities"),
        say(
            "presets",
            "Softmax without its logarithm: the loss is −p(dog), negative, and looks better than any right one.",
        ),
        loss,
        state,
    )


def _swapped() -> Preset:
    loss = losses.KLDivLoss(reduction="batchmean")
    student = apply_link("softmax", STUDENT)
    return Preset(
        "kl-swapped",
        say("presets", "KL with swapped arguments"),
        say(
            "presets", "KL has a direction: the same two distributions give 0.4041 here and 0.3765 the right way round."
        ),
        loss,
        row(loss, three(np.log(TEACHER), 1, frozen(student))),
    )


def _softmax_twice() -> Preset:
    loss = losses.CrossEntropyLoss()
    probe = replace(three(np.array([4.0, 0.0, -1.0]), 0), link="softmax")
    return Preset(
        "softmax-twice",
        say("presets", "Softmax twice"),
        say(
            "presets",
            "Probabilities passed as logits: only the inner triangle is within reach, and no loss falls below 0.5514.",
        ),
        loss,
        ExploreState(tab="simplex", classes=probe),
    )


def _weights_and_smoothing() -> Preset:
    weight = np.array([1.0, 1.0, 100.0])
    loss = losses.CrossEntropyLoss(weight=frozen(weight), label_smoothing=0.1)
    q = weight * (0.9 * np.eye(3)[0] + 0.1 / 3)
    return Preset(
        "weights-and-smoothing",
        say("presets", "Weights and smoothing"),
        say(
            "presets",
            "The lowest loss for a cat is at p(fox) = 0.775: smoothing 0.1 and a weight of 100 want the wrong class.",
        ),
        loss,
        ExploreState(tab="simplex", classes=three(np.log(q / q.sum()), 0)),
    )


_SHOWN: tuple[Callable[[], Preset], ...] = (
    _outlier,
    _right_of_beta,
    _huber,
    _confident,
    _softmax_twice,
    _smoothing,
    _weights_and_smoothing,
    _nll_of_probabilities,
    _p_and_z,
    _swapped,
)
