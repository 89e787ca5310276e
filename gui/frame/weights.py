"""What the weight editor shows of a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core import reweighting
from core.reweighting import ELEMENTS, POSITIVES, Place
from core.text import Text, say
from gui.kit.weight_model import WeightModel

if TYPE_CHECKING:
    from core.problem import Problem

SOURCES = {
    "batch": say("inspector", "Counts of this batch"),
    "train_counts": say("inspector", "Counts of the training set (train_counts in the file)"),
    "file": say("inspector", "Counts of a file of labels"),
    "typed": say("inspector", "Typed counts"),
}
NO_COUNTS = say("inspector", "Nothing was counted: every class counts alike")


def weight_model(problem: Problem, place: Place, names: tuple[str, ...]) -> WeightModel:
    """The weights of `place`, for classes of these names where the batch names none."""
    size = reweighting.entries(problem, place, len(names))
    counted = reweighting.counts(problem, place)
    shares = reweighting.shares(problem, place, size)
    held = reweighting.values(problem, place, size)
    weighting = problem.weighting
    note = None
    if weighting.scheme not in ("uniform", "custom") and counted is not None:
        note = reweighting.made_weights(problem, place, size).note
    return WeightModel(
        title=_title(place),
        names=_names(problem, place, names, size),
        values=held,
        shares=held / held.sum() if shares is None and held.sum() else np.zeros(size) if shares is None else shares,
        scheme=weighting.scheme,  # type: ignore[arg-type]
        beta=weighting.beta,
        normalise=None if place is POSITIVES else weighting.normalise,  # type: ignore[arg-type]
        counts=None if counted is None else counted[1],
        source=NO_COUNTS if counted is None else SOURCES[weighting.source],
        note=note,
    )


def place_labels(places: tuple[Place, ...]) -> list[tuple[str, Text]]:
    """(key, words) for the choice between what can be weighted."""
    words = {
        ("weight", "class"): say("inspector", "weight"),
        ("pos_weight", "column"): say("inspector", "pos_weight"),
        ("weight", "column"): say("inspector", "by column"),
        ("weight", "element"): say("inspector", "by element"),
    }
    return [(f"{place.field}-{place.by}", words[place.field, place.by]) for place in places]


def _title(place: Place) -> Text:
    if place is POSITIVES:
        return say("inspector", "Positive weights")
    if place is ELEMENTS:
        return say("inspector", "Element weights")
    return say("inspector", "Class weights") if place.by == "class" else say("inspector", "Column weights")


def _names(problem: Problem, place: Place, names: tuple[str, ...], size: int) -> tuple[str, ...]:
    batch = problem.batch
    if batch is None and place.by == "class":
        return names
    if batch is not None and place.by != "element" and len(batch.classes) == size:
        return batch.classes
    return tuple(str(index) for index in range(size))
