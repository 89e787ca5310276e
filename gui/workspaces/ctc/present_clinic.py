"""The clinic, ready to show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.ctc.counted import counted
from core.text import say
from gui.kit.notice import Notice
from gui.kit.number_row import NumberRow
from gui.kit.numbers import MINUS, fixed, percent
from gui.kit.scale_mark import ScaleMark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ctc.feasibility import Rule
    from core.ctc.reference_lines import ReferenceLines
    from core.ctc.vitals import Vitals
    from core.explain.note import Note
    from gui.workspaces.ctc.compute_clinic import ClinicResult


@final
@dataclass(frozen=True, eq=False, slots=True)
class ClinicModel:
    """Numbers, the rules about frames with their verdicts, losses to compare with, and what was found."""

    vitals: tuple[NumberRow, ...]
    rules: tuple[NumberRow, ...]
    marks: tuple[ScaleMark, ...]
    notices: tuple[Notice, ...]


def present(result: ClinicResult, batch_notes: tuple[Note, ...] = ()) -> ClinicModel:
    """What was found of a sequence, and of its batch."""
    return ClinicModel(
        vitals=_vitals(result.vitals),
        rules=tuple(_rule(rule) for rule in result.rules),
        marks=() if result.lines is None else _marks(result.lines),
        notices=notices((*batch_notes, *result.notes)),
    )


def notices(notes: Iterable[Note]) -> tuple[Notice, ...]:
    """Findings as the list shows them."""
    return tuple(Notice(note.severity, note.title, note.message) for note in notes)


def _vitals(v: Vitals) -> tuple[NumberRow, ...]:
    short = "err" if v.slack < 0 else ""
    return (
        NumberRow(say("ctc", "frames there, T"), str(v.frames)),
        NumberRow(say("ctc", "frames needed: {U} labels + {R} repeats", U=v.labels, R=v.repeats), str(v.needed), short),
        NumberRow(say("ctc", "frames to spare"), str(v.slack).replace("-", MINUS), short),
        NumberRow(say("ctc", "alignments"), counted(v.alignments), "err" if v.alignments == 0 else ""),
        NumberRow(say("ctc", "best path’s share of P(target)"), _share(v.best_path_share)),
        NumberRow(say("ctc", "blank’s share of the posterior"), _share(v.blank_share)),
        NumberRow(say("ctc", "blank’s mean probability"), _share(v.blank_prob)),
    )


def _share(share: float) -> str:
    return "–" if math.isnan(share) else percent(share)


def _rule(rule: Rule) -> NumberRow:
    verdicts = {
        (True, True): say("ctc", "lets it pass: right"),
        (True, False): say("ctc", "lets it pass: wrong"),
        (False, True): say("ctc", "refuses it: right"),
        (False, False): say("ctc", "refuses it: wrong"),
    }
    name = say("ctc", "{formula}: {verdict}", formula=rule.formula, verdict=verdicts[rule.allows, rule.is_right])
    return NumberRow(name, str(rule.needed), "ok" if rule.is_right else "err", rule.belief)


def _marks(lines: ReferenceLines) -> tuple[ScaleMark, ...]:
    if lines.verdict == "none":
        return ()
    return (
        ScaleMark(say("ctc", "this model"), lines.model, fixed(lines.model, 3), "accent"),
        ScaleMark(say("ctc", "best without the input"), lines.floor, fixed(lines.floor, 3), "warn"),
        ScaleMark(say("ctc", "all classes equal"), lines.uniform, fixed(lines.uniform, 3), "ctl"),
    )
