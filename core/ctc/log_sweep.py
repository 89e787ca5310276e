"""The recursion of the lattice in log space for whole batches; `lattice.forward` is its specification."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import as_strided

if TYPE_CHECKING:
    from core.arrays import FloatArray
    from core.ctc.plan import Plan

WIDE = 160  # cells from which on many short calls cost less than two slow ones
LOWEST = np.finfo(np.float64).min
# exp of less is denormal, which is slow to compute, and nothing beside the largest term, which is exp of 0.
SMALLEST = -700.0


def sweep(emission: FloatArray, plan: Plan) -> FloatArray:
    """Log-mass (T, 2M - 1) that arrives in each cell, its own emission left out; an emission of +inf makes nan."""
    arriving = np.empty(emission.shape)
    mass = np.full(len(plan.cells) + 2, -np.inf)
    mass[2:][plan.segments] = 0.0
    if len(plan.cells) < WIDE:
        _by_pairs(arriving, mass, emission)
    else:
        _by_triples(arriving, mass, emission)
    return arriving


def _by_pairs(arriving: FloatArray, mass: FloatArray, emission: FloatArray) -> None:
    cells, label_before, blank, label = mass[2:], mass[1:-1:2], mass[2::2], mass[3::2]
    rows = zip(arriving, arriving[:, ::2], arriving[:, 1::2], arriving[:, :-1:2], emission, strict=True)
    logaddexp, add = np.logaddexp, np.add  # looked up once: they are short
    for row, in_blank, in_label, before_label, emitted in rows:
        logaddexp(blank, label_before, in_blank)
        logaddexp(label, before_label, in_label)
        add(row, emitted, cells)


def _by_triples(arriving: FloatArray, mass: FloatArray, emission: FloatArray) -> None:
    """The same with logaddexp taken apart: numpy has exp and log in vectors, but not that."""
    size = arriving.shape[1]
    cells, (step,) = mass[2:], mass.strides
    origins = as_strided(mass, (3, size), (step, step))
    allowed = np.zeros((3, size))
    allowed[0, ::2] = -np.inf  # only labels are skipped to
    terms, top, finite_top = np.empty((3, size)), np.empty(size), np.empty(size)
    skip, advance, stay = terms
    for row, emitted in zip(arriving, emission, strict=True):
        np.add(origins, allowed, terms)
        np.maximum(advance, stay, out=top)
        np.maximum(top, skip, out=top)
        np.maximum(top, LOWEST, out=finite_top)
        np.subtract(terms, finite_top, terms)
        np.maximum(terms, SMALLEST, out=terms)
        np.exp(terms, terms)
        np.add(advance, stay, row)
        np.add(row, skip, row)
        np.log(row, row)
        np.add(row, top, row)  # -inf where no term has any mass
        np.add(row, emitted, cells)
