"""What is under the mouse on the Batch page, shown on its other parts: transient, no part of the state."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject

from gui.workspaces.batch.bins import rows_between

if TYPE_CHECKING:
    from gui.batch_parts import DeskParts
    from gui.workspaces.batch.desk_model import DeskModel


@final
class Hover(QObject):
    """A row of the table stands in its bin, a bin lifts its rows."""

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._model: DeskModel | None = None
        parts.table.hovered.connect(self._show_row)
        parts.histogram.bin_hovered.connect(self._show_bin)

    def follow(self, model: DeskModel | None) -> None:
        """What is shown is another: nothing of it is under the mouse yet."""
        if self._model is None or model is None or self._model.view is not model.view:
            self._parts.table.mark(None)
            self._parts.histogram.mark(float("nan"))
        self._model = model

    def _show_row(self, row: int) -> None:
        loss = None if self._model is None else self._model.sheet.table.columns.get("loss")
        known = loss is not None and 0 <= row < loss.values.size
        self._parts.histogram.mark(float(loss.values[row]) if loss is not None and known else float("nan"))

    def _show_bin(self, low: float, high: float) -> None:
        inside = self._model is not None and low == low
        self._parts.table.mark(rows_between(self._model.view, low, high) if self._model and inside else None)
