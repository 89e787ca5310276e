"""Somebody else's alpha, and somebody else's loss, held against the lattice shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.ctc.compare import Comparison, compare, explain_loss
from core.errors import InputError
from core.explain.digits import fixed
from core.jobs import Job, Progress
from core.text import Text, say
from gui.workspaces.ctc.compute_lattice import LatticeResult
from gui.workspaces.ctc.state import GivenAlpha

if TYPE_CHECKING:
    from core.ctc.lattice import Lattice

AGREES = 1e-4  # relative: what float32 leaves of a loss


@final
@dataclass(frozen=True, slots=True)
class CompareRequest:
    """A lattice, and what it is compared with."""

    result: LatticeResult
    given: GivenAlpha | None
    loss: float | None


@final
@dataclass(frozen=True, eq=False, slots=True)
class CompareResult:
    """What was found.

    Attributes:
        comparison: None without an alpha, and where `refusal` says why the array cannot be the one of this sequence.
        loss: what is to say of the loss given.
    """

    request: CompareRequest
    comparison: Comparison | None
    loss: Text | None
    refusal: InputError | None = None


def compute(asked: CompareRequest) -> Job[CompareResult]:
    """Read the array as it agrees best, then look for the mistake."""
    yield Progress(0.0)
    sequence, lattice = asked.result.sequence, asked.result.lattice
    assert sequence is not None
    assert lattice is not None
    loss = None if asked.loss is None else _loss(lattice, asked.loss)
    if asked.given is None:
        return CompareResult(asked, None, loss)
    try:
        found = yield from compare(sequence, lattice, asked.given.array)
    except InputError as refusal:
        return CompareResult(asked, None, loss, refusal)
    return CompareResult(asked, found, loss)


def _loss(lattice: Lattice, loss: float) -> Text:
    known = explain_loss(lattice, loss)
    if known is not None:
        return known
    exact = 0.0 - lattice.log_likelihood
    values = {"yours": fixed(loss), "ours": fixed(exact)}
    if loss == exact or abs(loss - exact) <= AGREES * max(abs(exact), 1.0):
        return say("ctc", "Yours {yours}, exact {ours}: they agree.", **values)
    return say("ctc", "Yours {yours}, exact {ours}: no forgotten end explains it.", **values)
