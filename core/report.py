"""A file's value and findings as text or JSON, without a display: the command `check`."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, final

import numpy as np

from core.doctor import SEVERITIES, Finding, Severity, examine
from core.errors import InputError
from core.files import read
from core.jobs import finish
from core.problem import evaluate
from core.strict_json import strict
from core.whole import whole_of

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from core.batch import Batch
    from core.losses import Evaluation
    from core.whole import Whole

MARKS: Mapping[Severity, str] = {"error": "✕", "warning": "▲", "hint": "◆"}


@final
@dataclass(frozen=True, eq=False, slots=True)
class Report:
    """What can be said of a batch: `evaluation` is None where its loss refuses it, and a finding says why.

    `whole` is of all rows of a file larger than memory, of which `batch` holds the first.
    """

    batch: Batch
    evaluation: Evaluation | None
    findings: tuple[Finding, ...]
    whole: Whole | None = None

    def __str__(self) -> str:
        return "\n".join((*self._head(), *self._findings()))

    def fails(self, fail_on: Severity) -> bool:
        """Whether there is a finding of this severity or a worse one, or no value at all."""
        bad = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        lacks_value = self.evaluation is None or (self.whole is not None and self.whole.value is None)
        return lacks_value or any(finding.severity in bad for finding in self.findings)

    def as_json(self) -> str:
        """One line of strict JSON; non-finite numbers are the words "nan", "inf" and "-inf"."""
        value = None if self.evaluation is None else self.evaluation.value.tolist()
        return _json(
            {
                "file": str(self.batch.path or self.batch.name),
                "loss": self.batch.loss.name,
                "value": value if self.whole is None else self.whole.value,
                "findings": [_as_object(finding) for finding in self.findings],
            }
        )

    def _head(self) -> Iterable[str]:
        loss = self.batch.loss
        yield str(self.batch.path or self.batch.name)
        if self.evaluation is None:
            yield f"  {loss.name}: no value"
        else:
            yield f"  {loss.name}, reduction={loss.reduction}: {_value(self.evaluation.value)}"
            yield f"  divisor: {self.evaluation.divisor.value:g}, {self.evaluation.divisor.name}"
        if self.whole is not None:
            yield f"  {self.whole.sentence}"
        if self.batch.reported is not None:
            yield f"  reported: {self.batch.reported:g}"
        for note in self.batch.notes:
            yield f"  note: {note}"

    def _findings(self) -> Iterable[str]:
        if not self.findings:
            yield "  no findings"
        for finding in self.findings:
            yield f"  {MARKS[finding.severity]} {finding.severity} {finding.rule}: {finding.title}"
            yield f"      {finding.message}"
            yield f"      Fix: {finding.fix}"


def report(batch: Batch) -> Report:
    """Evaluate a batch under its own loss and examine it."""
    try:
        evaluation = evaluate(batch.loss, batch)
    except InputError as refusal:
        return Report(batch, None, examine(batch, batch.loss, None, refusal))
    return Report(batch, evaluation, examine(batch, batch.loss, evaluation))


def report_on_file(path: str | os.PathLike[str]) -> Iterator[Report]:
    """Of each batch in it; of a file larger than memory, all its rows. InputError if it cannot be read."""
    for batch in read(path):
        found = report(batch)
        if batch.extent is not None:
            whole = finish(whole_of(batch.loss, Path(path)))
            found = replace(found, findings=(*found.findings, *whole.findings), whole=whole)
        yield found


def check(paths: Iterable[str | os.PathLike[str]], as_json: bool, fail_on: Severity, out: TextIO) -> int:
    """Report on every file; 0 if all is well, 1 if something is found, 2 if a file cannot be read."""
    code = 0
    for path in paths:
        try:
            reports = list(report_on_file(path))
        except InputError as error:
            sentence = f"{error.problem} {error.remedy}"
            print_escaped(_json({"file": str(Path(path)), "error": sentence}) if as_json else f"{error}", out)
            code = 2
            continue
        for found in reports:
            print_escaped(found.as_json() if as_json else f"{found}\n", out)
            code = max(code, int(found.fails(fail_on)))
    return code


def _value(value: np.ndarray) -> str:  # type: ignore[type-arg]
    return str(value[()]) if value.ndim == 0 else f"{value.size} values of shape {value.shape}"


def _as_object(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "title": str(finding.title),
        "message": str(finding.message),
        "fix": str(finding.fix),
        "evidence": finding.evidence,
    }


def _json(value: object) -> str:
    return json.dumps(strict(value), allow_nan=False)


def print_escaped(line: str, out: TextIO) -> None:
    """Write a line, with escapes for what the terminal's encoding lacks."""
    encoding = getattr(out, "encoding", None) or "utf-8"
    out.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
