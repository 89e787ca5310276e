"""From a row that is named somewhere to the workspace in which it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject

from gui.app_edits import choose_row, on_ctc
from gui.workspaces.ctc.side_edits import choose_sequence

if TYPE_CHECKING:
    from gui.window import Window


@final
class Routes(QObject):
    """Follows links of the diagnosis, and rows that are opened from the table of the batch."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        window.inspector.diagnosis.row_chosen.connect(self._choose_row)
        window.inspector.diagnosis.rows_chosen.connect(self._choose_rows)
        window.batch.row_opened.connect(self._open_row)

    @property
    def _is_batch(self) -> bool:
        return self._window.desk is self._window.batch

    def _choose_row(self, row: int) -> None:
        """In the workspace in front."""
        if self._is_batch:
            self._window.batch.go_to(row)
        else:
            self._window.session.apply(choose_row(row))

    def _choose_rows(self, rows: tuple[int, ...]) -> None:
        """Where more than one can be shown."""
        if self._is_batch:
            self._window.batch.go_to(*rows)

    def _open_row(self, row: int) -> None:
        """Where it can be touched."""
        if self._window.session.state.problem.loss.family == "sequence":
            self._window.session.apply(on_ctc(choose_sequence(row)))
            self._window.show_ctc()
        else:
            self._window.session.apply(choose_row(row))
            if self._window.session.state.explore.row == row:
                self._window.show_explorer()
