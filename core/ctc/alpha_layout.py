"""How somebody else's alpha lies in its array: orientation, padding, and whether it holds logarithms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, final

import numpy as np

from core.errors import InputError
from core.text import Text, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.arrays import Array, BoolArray, FloatArray
    from core.ctc.lattice import Lattice

Domain = Literal["log", "linear", "scaled"]

MOST_FIRST_FRAMES, MOST_FIRST_ROWS = 1, 2  # of padding before alpha begins
LOOKED_AT = 16  # frames that decide
EMPTY = 30.0  # nats below all that can be there: a stand-in for log 0, such as -1e5 or -1e30


@final
@dataclass(frozen=True, slots=True)
class Layout:
    """Where alpha lies.

    Attributes:
        transposed: whether rows come first; first_frame, first_row: where alpha begins.
        last_frames, last_rows: how much padding follows it.
        domain: log: natural logarithms; linear: probabilities; scaled: probabilities, every frame scaled to sum to 1.
    """

    transposed: bool
    first_frame: int
    first_row: int
    last_frames: int
    last_rows: int
    domain: Domain

    @property
    def stated(self) -> Text:
        """What was found, in a sentence."""
        order = say("ctc", "(S, T): rows first") if self.transposed else say("ctc", "(T, S): frames first")
        kind = {
            "log": say("ctc", "natural logarithms"),
            "linear": say("ctc", "probabilities"),
            "scaled": say("ctc", "probabilities, each frame scaled to sum to 1"),
        }[self.domain]
        if not (self.first_frame or self.first_row or self.last_frames or self.last_rows):
            return say("ctc", "Read as {order}; {kind}; no padding.", order=order, kind=kind)
        return say(
            "ctc",
            "Read as {order}; {kind}; padding: {first_frame} frames and {first_row} rows before, {last_frames} frames "
            "and {last_rows} rows after.",
            order=order,
            kind=kind,
            first_frame=self.first_frame,
            first_row=self.first_row,
            last_frames=self.last_frames,
            last_rows=self.last_rows,
        )


def layouts(given: Array, T: int, S: int) -> Iterator[Layout]:
    """All ways in which the array can hold T frames of S rows, the plainest first.

    Raises:
        InputError: there is none.
    """
    found = sorted(_possible(given, T, S), key=_padding)
    if not found:
        raise InputError(
            "alpha",
            say("ctc", "The shape is {shape}; {T} frames of {S} rows do not fit into it.", shape=given.shape, T=T, S=S),
            say(
                "ctc", "Save alpha of this sequence: T = {T} frames, S = 2U + 1 = {S} rows, in either order.", T=T, S=S
            ),
        )
    yield from found


def read_as(layout: Layout, given: Array, T: int, S: int, frames: int | None = None) -> FloatArray:
    """The first `frames` of alpha (frames, S) in logarithms; those of a scaled one are relative to each frame."""
    array = given.T if layout.transposed else given
    wanted = T if frames is None else min(frames, T)
    part = array[layout.first_frame : layout.first_frame + wanted, layout.first_row : layout.first_row + S]
    part = part.astype(np.float64)
    if layout.domain == "log":
        return part
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log(part)


def agreement(yours: FloatArray, ours: FloatArray, layout: Layout, tolerance: float) -> BoolArray:
    """Where the two are the same, as far as a dtype of this relative tolerance can tell."""
    if layout.domain == "scaled":
        yours, ours = _scaled(yours), _scaled(ours)
    finite = ours[np.isfinite(ours)]
    lowest = finite.min() if finite.size else 0.0
    with np.errstate(invalid="ignore"):
        near = np.isfinite(ours) & (np.abs(yours - ours) <= tolerance * (10.0 + np.abs(ours)))
        # Whatever stands for log 0 counts as such, where nothing can be.
        return near | ((yours < lowest - EMPTY) & (ours == -np.inf)) | (np.isnan(yours) & np.isnan(ours))


def tolerance_of(dtype: np.dtype[np.generic], domain: Domain) -> float:
    """Of a forward pass in this dtype, relative to the size of the logarithms."""
    if dtype.kind != "f":
        return 1e-6
    rough = 2e-3 if dtype.itemsize < 4 else 2e-5 if dtype.itemsize == 4 else 1e-8
    return rough if domain == "log" else max(rough, 1e-5)


def _possible(given: Array, T: int, S: int) -> Iterator[Layout]:
    domains = _domains(given)
    for transposed in (False, True):
        rows, columns = given.shape[::-1] if transposed else given.shape
        for first_frame in range(min(rows - T, MOST_FIRST_FRAMES) + 1):
            for first_row in range(min(columns - S, MOST_FIRST_ROWS) + 1):
                rest = (rows - T - first_frame, columns - S - first_row)
                for domain in domains:
                    yield Layout(transposed, first_frame, first_row, *rest, domain)


def _domains(given: Array) -> tuple[Domain, ...]:
    """Logarithms have minus signs; probabilities never."""
    with np.errstate(invalid="ignore"):
        return ("log",) if (given < 0).any() else ("linear", "scaled", "log")


def _padding(layout: Layout) -> tuple[int, bool]:
    sides = (layout.first_frame, layout.first_row, layout.last_frames, layout.last_rows)
    return sum(sides), layout.transposed


def _scaled(logs: FloatArray) -> FloatArray:
    with np.errstate(invalid="ignore"):
        total = np.logaddexp.reduce(logs, axis=1, keepdims=True)
        return logs - np.where(np.isfinite(total), total, 0.0)


def best_layout(given: Array, lattice: Lattice, candidates: list[FloatArray]) -> Layout:
    """The layout in which the first frames agree best with one of `candidates`, each (frames, S)."""
    T, S = lattice.alpha.shape
    best, most = None, -1.0
    for layout in layouts(given, T, S):
        yours = read_as(layout, given, T, S, LOOKED_AT)
        tolerance = tolerance_of(given.dtype, layout.domain)
        for place, candidate in enumerate(candidates):
            same = agreement(yours, candidate, layout, tolerance) & np.isfinite(candidate)
            # What is right goes before a mistake that agrees as well.
            score = float(same.sum()) - 0.25 * (place > 0)
            if score > most:
                best, most = layout, score
    assert best is not None
    return best
