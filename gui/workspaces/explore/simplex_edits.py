"""What a drag on the simplex does to the state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.arrays import FloatArray, frozen
from core.params import specs, with_param
from core.simplex import before_softmax, centred_logits, nearest
from gui.workspaces.explore.kinds import right_link

if TYPE_CHECKING:
    from core.losses import Loss
    from core.problem import Problem
    from gui.workspaces.explore.state import ExploreState, RowProbe

SNAP = 0.02  # of an edge's length

Update = Callable[["ExploreState"], "ExploreState"]


def point_at(loss: Loss, seen: FloatArray) -> Update:
    """The logits behind `seen` (3,), the probabilities that the loss reads; off the triangle counts as its edge."""

    def update(state: ExploreState) -> ExploreState:
        p = nearest(seen)
        if state.classes.link == "softmax" and loss.name == "CrossEntropyLoss":
            p = before_softmax(p)
        # A loss that takes z itself for log-probabilities needs them normalised, not centred.
        as_given = state.classes.link == "none" and right_link(loss) != "none"
        z = np.log(p) if as_given else centred_logits(p)
        return replace(state, row=None, classes=replace(state.classes, z=frozen(z)))

    return update


def target_at(loss: Loss, q: FloatArray, snap: float = SNAP) -> Update:
    """The target nearest to `q` (3,): a corner, or where the loss takes it a distribution."""

    def update(state: ExploreState) -> ExploreState:
        near = nearest(q, 0.0)
        corner = int(np.argmax(near))
        soft = None
        if takes_distributions(loss) and 1 - near[corner] > snap:
            near = np.where(near < snap / 2, 0.0, near)
            soft = frozen(near / near.sum())
        before = state.classes
        if soft is None and before.soft is None and corner == before.target:
            return state
        return replace(state, row=None, classes=replace(before, target=corner, soft=soft))

    return update


def flow_switched(state: ExploreState) -> ExploreState:
    """The flow on if it was off, and the other way round."""
    return replace(state, flow=not state.flow)


def takes_distributions(loss: Loss) -> bool:
    """Whether a target between the corners means something to this loss."""
    return loss.name != "NLLLoss"


def three_classes(probe: RowProbe) -> tuple[int, int, int]:
    """The target and the two likeliest others, in the order of their numbers; all of them if there are only two."""
    z = np.where(np.isnan(probe.z), -np.inf, probe.z)
    ranked = [int(c) for c in np.argsort(-z, kind="stable") if c != probe.target]
    kept = sorted([probe.target, *ranked][:3]) if 0 <= probe.target < z.size else sorted(ranked[:3])
    a, b, c = (*kept, -1, -1)[:3]
    return a, b, c


def reduced_to_three(state: ExploreState) -> ExploreState:
    """The state with only the classes of `three_classes`, their probabilities renormalised by softmax itself."""
    kept = three_classes(state.classes)
    probe = state.classes
    fresh = float(np.min(probe.z)) if probe.z.size else 0.0
    z = frozen([probe.z[c] if c >= 0 else fresh for c in kept])
    names = tuple(probe.names[c] if 0 <= c < len(probe.names) else _fresh_name(probe, n) for n, c in enumerate(kept))
    target = kept.index(probe.target) if probe.target in kept else 0
    classes = replace(probe, z=z, names=names, target=target, soft=_soft(probe, kept), focus=target, pair=(0, 1))
    return replace(state, row=None, classes=classes)


def weights_of_three(problem: Problem, probe: RowProbe) -> Problem:
    """The problem with the class weights of the classes that stay; the same problem if it has none for them."""
    weight = getattr(problem.loss, "weight", None)
    declared = any(spec.name == "weight" for spec in specs(type(problem.loss)))
    if weight is None or not declared or np.shape(weight) != probe.z.shape:
        return problem
    kept = [weight[c] if c >= 0 else 1.0 for c in three_classes(probe)]
    return replace(problem, loss=with_param(problem.loss, "weight", frozen(kept, weight.dtype)))


def _soft(probe: RowProbe, kept: tuple[int, int, int]) -> FloatArray | None:
    if probe.soft is None:
        return None
    share = np.array([probe.soft[c] if c >= 0 else 0.0 for c in kept])
    return frozen(share / share.sum()) if share.sum() > 0 else None


def _fresh_name(probe: RowProbe, index: int) -> str:
    return next(str(n) for n in range(index, index + 4) if str(n) not in probe.names)
