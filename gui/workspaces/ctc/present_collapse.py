"""The collapse strip and the words under it, ready to draw."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, final

import numpy as np

from core.text import Text, say
from gui.kit.collapse_figures import CollapseFigure, Group
from gui.kit.numbers import fixed, percent
from gui.workspaces.ctc.class_names import SPACE, written

if TYPE_CHECKING:
    from core.arrays import BoolArray, IntArray
    from core.ctc.sequence import Sequence
    from gui.workspaces.ctc.compute_collapse import CollapseResult


@final
@dataclass(frozen=True, eq=False, slots=True)
class CollapseModel:
    """The strip, and one line of words.

    Attributes:
        read: what greedy spells; target: what it should; verdict: how they differ, in the hue of `verdict_role`.
        path: what the path in the strip comes to; `path_role`: err where it is no alignment.
    """

    figure: CollapseFigure
    read: str
    target: str
    verdict: Text
    verdict_role: str
    path: Text
    path_role: str
    can_start_from_best: bool
    can_start_from_greedy: bool


def present(sequence: Sequence, result: CollapseResult) -> CollapseModel:
    """A path, with greedy's above it."""
    best = result.best
    stop = result.followed.stop
    differs = np.zeros(len(result.greedy), dtype=np.bool_) if best is None else result.greedy != best
    figure = CollapseFigure(
        greedy=_names(sequence, result.greedy),
        greedy_roles=_roles(result.greedy, sequence.blank, differs),
        path=_names(sequence, result.path),
        path_roles=_roles(result.path, sequence.blank, _from(stop, len(result.path))),
        groups=_groups(sequence, result),
        stop=stop,
        reason=result.followed.reason,
        row_names=(
            say("ctc", "greedy"),
            _path_name(result),
            say("ctc", "repeats merged"),
            say("ctc", "blanks dropped"),
        ),
        is_edited=result.is_edited,
        name=say(
            "ctc",
            "Path of {count} frames; it spells {text}",
            count=len(result.path),
            text=_text(sequence, result.spelled),
        ),
    )
    return CollapseModel(
        figure=figure,
        read=_text(sequence, result.read),
        target=_text(sequence, sequence.labels),
        verdict=_verdict(sequence, result),
        verdict_role="ok" if result.distance == 0 else "err",
        path=_path_words(result),
        path_role="text2" if stop is None else "err",
        can_start_from_best=result.is_edited and best is not None,
        can_start_from_greedy=not np.array_equal(result.path, result.greedy),
    )


def _names(sequence: Sequence, classes: IntArray) -> tuple[str, ...]:
    return tuple(written(sequence, int(cls)) for cls in classes)


def _roles(classes: IntArray, blank: int, wrong: BoolArray) -> tuple[str, ...]:
    plain = np.where(classes == blank, "blank", "accent")
    return tuple(str(role) for role in np.where(wrong, "err", plain))


def _from(stop: int | None, frames: int) -> BoolArray:
    """Where the frame is that cannot be met; nothing for an alignment, or for a path that only ends too early."""
    return np.arange(frames) == (-1 if stop is None else stop)


def _groups(sequence: Sequence, result: CollapseResult) -> tuple[Group, ...]:
    stop = result.followed.stop
    end = len(result.path) if stop is None else stop

    def role(cls: int, start: int) -> str:
        if cls == sequence.blank:
            return "blank"
        return "target" if start < end else "err"

    return tuple(Group(written(sequence, run.cls), run.start, run.end, role(run.cls, run.start)) for run in result.runs)


def _text(sequence: Sequence, labels: IntArray) -> str:
    """What labels spell, with the signs for their classes; a space stays one."""
    names = (written(sequence, int(label)).replace(SPACE, " ") for label in labels)
    return sequence.separator.join(names) or "∅"


def _path_name(result: CollapseResult) -> Text:
    if result.is_edited:
        return say("ctc", "your path")
    return say("ctc", "the same path") if result.best is None else say("ctc", "best path")


def _path_words(result: CollapseResult) -> Text:
    if result.followed.reason is not None:
        return result.followed.reason
    log_prob, share = fixed(result.log_prob, 3), percent(result.share)
    return say("ctc", "log P = {log_prob}, {share} of P(target)", log_prob=log_prob, share=share)


def _verdict(sequence: Sequence, result: CollapseResult) -> Text:
    if result.distance == 0:
        return say("ctc", "match: edit distance 0")
    if result.distance == 1:
        return _one_edit(sequence, result.read.tolist(), sequence.labels.tolist())
    return say(
        "ctc", "edit distance {distance} over {count} symbols", distance=result.distance, count=len(sequence.labels)
    )


def _one_edit(sequence: Sequence, read: list[int], target: list[int]) -> Text:
    """The one insertion, deletion or substitution between two label sequences."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(read, target, strict=False)))
    if len(read) < len(target):
        return say("ctc", "one “{symbol}” is missing: edit distance 1", symbol=written(sequence, target[same]))
    if len(read) > len(target):
        return say("ctc", "one “{symbol}” too many: edit distance 1", symbol=written(sequence, read[same]))
    return say(
        "ctc",
        "“{symbol}” is read as “{other}”: edit distance 1",
        symbol=written(sequence, target[same]),
        other=written(sequence, read[same]),
    )
