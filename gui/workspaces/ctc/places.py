"""Where in a sequence something stands: a frame that was typed, symbols of the target, weak segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import InputError
from core.text import say
from gui.workspaces.ctc.class_names import written
from gui.workspaces.ctc.segments_model import GOOD

if TYPE_CHECKING:
    from core.ctc.segments import Segment
    from core.ctc.sequence import Sequence


def frame_of(text: str, frames: int) -> int:
    """The frame of this number; InputError for what is none, or beyond the last."""
    try:
        frame = int(text)
    except ValueError as error:
        raise InputError(
            "frame", say("ctc", "“{text}” is no whole number.", text=text), say("ctc", "Type the number of a frame.")
        ) from error
    if not 0 <= frame < frames:
        raise InputError(
            "frame",
            say("ctc", "There is no frame {frame}.", frame=frame),
            say("ctc", "They run from 0 to {last}.", last=frames - 1),
        )
    return frame


def segment_of(text: str, sequence: Sequence, segments: tuple[Segment, ...], frame: int) -> Segment:
    """The first segment after `frame`, else the first of all, at which the target goes on with these symbols."""
    wanted = text.strip()
    names = [written(sequence, one.cls) for one in segments]
    joined = [sequence.separator.join(names[place:]) for place in range(len(names))]
    found = [one for one, rest in zip(segments, joined, strict=True) if wanted and rest.startswith(wanted)]
    if not found:
        raise InputError(
            "symbol",
            say("ctc", "“{text}” is not in the target.", text=wanted),
            say("ctc", "The target is “{target}”.", target=sequence.text),
        )
    return next((one for one in found if one.start > frame), found[0])


def weak_segment(segments: tuple[Segment, ...], frame: int, direction: int) -> Segment | None:
    """The next segment of low confidence after a frame, or before it; around the end; None if there is none."""
    weak = [one for one in segments if not one.confidence > GOOD]
    if not weak:
        return None
    if direction > 0:
        return next((one for one in weak if one.start > frame), weak[0])
    return next((one for one in reversed(weak) if one.start < frame), weak[-1])
