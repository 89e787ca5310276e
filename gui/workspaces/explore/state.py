"""What Explore computes from: one number, one row, one frame, and what is compared with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from core.arrays import FloatArray, frozen
from core.losses import Loss

Tab = Literal["curve", "surface", "bars", "simplex", "frame"]
# What the horizontal axis of a binary loss shows: what the loss receives, or the same point as p or z.
Axis = Literal["input", "probability", "logit"]
# What stands between the row's logits and the loss: nothing, softmax, or log_softmax.
Link = Literal["none", "softmax", "log_softmax"]
DType = Literal["float16", "float32", "float64"]

MAX_PINS = 3
MAX_TRAIL = 50


@dataclass(frozen=True, slots=True)
class ScalarProbe:
    """One prediction and its target.

    Attributes:
        x: where the probe stands on the axis drawn (`axis` says whether that is the loss's input, p or z).
    """

    x: float = 1.2
    y: float = 0.5
    axis: Axis = "input"
    trail: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class RowProbe:
    """One row of class scores and its target.

    Attributes:
        z: (C,) the bars that are dragged.
        target: class index; `soft`: (C,) a target distribution instead, or None.
        link: what is applied to z before the loss sees it.
        focus: the class whose bar the curve sweeps; `pair`: the two classes of the slice.
        reverse: whether the simplex also draws KL the other way round.
    """

    z: FloatArray = field(default_factory=lambda: frozen(np.array([2.1, 1.4, -0.6, 0.3, -1.5])))
    names: tuple[str, ...] = ("cat", "dog", "fox", "owl", "bee")
    target: int = 1
    soft: FloatArray | None = None
    link: Link = "none"
    focus: int = 1
    pair: tuple[int, int] = (0, 1)
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class FrameProbe:
    """Which sequence and which frame of a CTC batch is looked at."""

    sequence: int = 0
    frame: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class ExploreState:
    """Everything that Explore's pictures depend on, beside the problem.

    Attributes:
        row: the batch row that was loaded into the probe, or None.
        pins: other losses drawn beside the present one, at the same target.
        rate: the step size of descent.
        dtype: the arithmetic in which the probe is evaluated.
    """

    tab: Tab = "curve"
    scalar: ScalarProbe = field(default_factory=ScalarProbe)
    classes: RowProbe = field(default_factory=RowProbe)
    frame: FrameProbe = field(default_factory=FrameProbe)
    row: int | None = None
    pins: tuple[Loss, ...] = ()
    rate: float = 0.5
    flow: bool = False
    dtype: DType = "float32"
