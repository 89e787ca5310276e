"""The findings of a batch that name rows, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.doctor import Finding


def rows_of(finding: Finding, count: int) -> IntArray:
    """The row numbers that a finding names, those that a table of `count` rows has."""
    named = finding.evidence.get("rows", ())
    found = np.asarray(cast("list[int]", named) if isinstance(named, list | tuple) else [], np.int64).ravel()
    return found[(found >= 0) & (found < count)]


def next_finding(findings: tuple[Finding, ...], count: int, last: Finding | None, step: int) -> Finding | None:
    """The one after `last`, round and round; None if none names a row."""
    named = [finding for finding in findings if rows_of(finding, count).size]
    if not named:
        return None
    place = next((at for at, finding in enumerate(named) if finding is last), None)
    if place is None:
        return named[0 if step > 0 else -1]
    return named[(place + step) % len(named)]
