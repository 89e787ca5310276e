"""What is taken along from the Batch page: rows as text, the batch as code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, final

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from core.jobs import Job, Progress
from core.snippets import dump_snippet, pytorch_snippet
from core.table.written import as_csv
from core.text import say
from gui.runtime.pane import Outcome, Pane

if TYPE_CHECKING:
    from core.arrays import IntArray
    from core.assess import Assessment
    from core.table.table import Table
    from gui.workspaces.batch.desk_model import DeskModel

LIVE = 2000  # rows that are written between two frames of the screen


@final
@dataclass(frozen=True, eq=False, slots=True)
class _Rows:
    """Rows to write: into a file, or with tabs for the clipboard, where spreadsheets take them."""

    table: Table
    rows: IntArray
    path: Path | None


@final
class Takeaway(QObject):
    """Writes on a worker where there is much to write.

    Signals:
        told(str, Text): what is on the clipboard or in a file now, or why it is not, with the kind of a Banner.
    """

    told = Signal(str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pane = Pane(self)
        self._busy = False
        self._pane.computed.connect(self._receive)
        self._pane.failed.connect(self._fail)
        self._pane.busy.connect(self._set_busy)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being written."""
        return not self._busy

    def copy(self, model: DeskModel) -> None:
        """What is selected of the rows that are listed, or all of these, onto the clipboard."""
        order, selection = model.table.order, model.table.selection
        picked = order[np.isin(order, selection)] if selection.size else order
        self._ask(_Rows(model.sheet.table, picked if picked.size else order, None))

    def write(self, model: DeskModel, path: Path) -> None:
        """The rows that are listed, as CSV."""
        self._ask(_Rows(model.sheet.table, model.table.order, path))

    def copy_code(self, assessed: Assessment) -> None:
        """The call of the loss as PyTorch code that checks itself, onto the clipboard."""
        self._pane.forget()
        self._pane.ask(assessed, _code, quick=False)

    def copy_dump(self, family: str) -> None:
        """The lines that save such a batch from a training loop, onto the clipboard."""
        QGuiApplication.clipboard().setText(dump_snippet(family))
        self.told.emit("ok", say("batch", "Lines for your training loop are on the clipboard; they need NumPy alone."))

    def close(self) -> None:
        """Stop writing, for good."""
        self._pane.close()

    def _ask(self, asked: _Rows) -> None:
        self._pane.ask(asked, _written, quick=asked.rows.size <= LIVE)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy

    def _fail(self, error: Exception) -> None:
        if isinstance(error, OSError):
            place = str(error.filename)
            self.told.emit("err", say("batch", "{file} could not be written. Choose another place.", file=place))
        else:
            self.told.emit("err", say("batch", "This could not be written: {error}", error=repr(error)))

    def _receive(self, outcome: Outcome) -> None:
        asked, text = outcome.request, outcome.result
        if not isinstance(asked, _Rows):
            QGuiApplication.clipboard().setText(text)
            self.told.emit("ok", say("batch", "PyTorch code that checks itself is on the clipboard."))
        elif asked.path is None:
            QGuiApplication.clipboard().setText(text)
            self.told.emit("ok", say("batch", "{count} rows are on the clipboard.", count=asked.rows.size))
        else:
            words = say("batch", "{count} rows are in {file}.", count=asked.rows.size, file=str(asked.path))
            self.told.emit("ok", words)


def _written(asked: _Rows) -> Job[str]:
    yield Progress(0.0)
    text = as_csv(asked.table, asked.rows, "\t" if asked.path is None else ",")
    if asked.path is not None:
        asked.path.write_text(text, encoding="utf-8")
    return text


def _code(assessed: Assessment) -> Job[str]:
    yield Progress(0.0)
    return pytorch_snippet(assessed.loss, assessed.batch, assessed.evaluation)
