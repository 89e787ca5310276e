"""The descent as curves over its steps, and what happens at one of them in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from core.text import Text, say
from gui.kit.numbers import fixed, percent
from gui.kit.step_figure import StepFigure, StepLine

if TYPE_CHECKING:
    from core.arrays import BoolArray, FloatArray
    from gui.workspaces.ctc.compute_learning import Learned


@final
@dataclass(frozen=True, eq=False, slots=True)
class LearningModel:
    """Attributes: step, steps: the one shown, of how many; `logits`: of that step, to be kept."""

    step: int
    steps: int
    figure: StepFigure
    sentence: Text
    reason: Text
    logits: FloatArray


def present(learned: Learned, step: int) -> LearningModel:
    """The step, or the last one if there are fewer."""
    descent, toy = learned.descent, learned.toy
    k = min(max(step, 0), learned.steps)
    frames = len(toy.logits)
    top = float(np.nanmax(np.where(np.isfinite(descent.losses), descent.losses, np.nan), initial=1e-9))
    loss = float(descent.losses[k])
    blank, spikes = float(descent.blank[k]), int(descent.spikes[k])
    lines = (
        StepLine(say("ctc", "loss, of its largest"), "loss", np.clip(descent.losses / top, 0.0, 1.0), fixed(loss, 3)),
        StepLine(say("ctc", "probability of the blank"), "axis", descent.blank, percent(blank, 0)),
        StepLine(say("ctc", "frames with a label"), "target", descent.spikes / frames, f"{spikes}/{frames}"),
    )
    sentence = say(
        "ctc",
        "Step {step} of {steps}: the blank has {blank} of the probability; a label wins {spikes} of {frames} frames.",
        step=k,
        steps=learned.steps,
        blank=percent(blank, 0),
        spikes=spikes,
        frames=frames,
    )
    if not np.isfinite(loss):
        sentence = say("ctc", "No alignment fits, so there is no gradient to follow.")
    return LearningModel(k, learned.steps, StepFigure(k, lines), sentence, _reason(learned, k), descent.logits[k])


def _reason(learned: Learned, k: int) -> Text:
    """Which way the gradient pushes, as means over the frames: the posterior share against the probability."""
    descent, toy = learned.descent, learned.toy
    probs, shares = descent.probs[k].mean(axis=0), descent.occupancy[k].mean(axis=0)
    wanted = _labels(learned)
    if not wanted.any() or not np.isfinite(descent.losses[k]):
        return say("ctc", "The gradient of the logits is probability − share of the alignments.")
    return say(
        "ctc",
        "Mean over the frames: the blank has {share} of the alignments and {prob} of the probability, gradient {pull}; "
        "a label of the target has {label_share} and {label_prob}, gradient {label_pull}. Descent goes the other way.",
        share=percent(float(shares[toy.blank])),
        prob=percent(float(probs[toy.blank])),
        pull=fixed(float(probs[toy.blank] - shares[toy.blank]), 3),
        label_share=percent(float(shares[wanted].mean())),
        label_prob=percent(float(probs[wanted].mean())),
        label_pull=fixed(float((probs - shares)[wanted].mean()), 3),
    )


def _labels(learned: Learned) -> BoolArray:
    """(C,) the classes of the target."""
    toy = learned.toy
    return np.array([symbol in toy.text and c != toy.blank for c, symbol in enumerate(toy.alphabet)])
