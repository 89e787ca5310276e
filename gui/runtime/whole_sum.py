"""The loss of all rows of a file larger than memory, summed on a worker while the first rows are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, final

from PySide6.QtCore import QObject, Signal

from core.whole import whole_of
from gui.runtime.pane import Pane

if TYPE_CHECKING:
    from pathlib import Path

    from core.batch import Batch
    from core.jobs import Job
    from core.losses import Loss
    from core.whole import Whole


@final
class WholeSum(QObject):
    """Signals:
    changed(): it came further, or is known.
    failed(Exception): the file could not be read to its end.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pane = Pane(self)
        self._fraction: float | None = None
        self._wanted: tuple[Loss, Path | None] | None = None
        self._given_up: tuple[Loss, Path | None] | None = None
        self._pane.computed.connect(self._end)
        self._pane.progressed.connect(self._advance)
        self._pane.failed.connect(self._fail)

    @property
    def whole(self) -> Whole | None:
        """What was asked for last; None until it is known."""
        return None if self._pane.outcome is None else self._pane.outcome.result

    @property
    def fraction(self) -> float | None:
        """How far it is; None if nothing is being summed."""
        return self._fraction

    def ask(self, loss: Loss, base: Batch | None) -> None:
        """Sum all rows of the file of `base` under `loss`, unless that is known or was given up."""
        if base is None or base.extent is None:
            self._fraction = self._wanted = self._given_up = None
            self._pane.cancel()
            return
        self._wanted = (loss, base.path)
        if self._wanted != self._given_up:
            self._pane.ask(self._wanted, _summed, quick=False)

    def give_up(self) -> None:
        """Stop what is being summed; the same is not begun again."""
        if self._fraction is not None:
            self._given_up, self._fraction = self._wanted, None
            self._pane.cancel()
            self.changed.emit()

    def close(self) -> None:
        """Stop for good."""
        self._pane.close()

    def _advance(self, fraction: float) -> None:
        before, self._fraction = self._fraction, fraction
        if before is None or round(100 * before) != round(100 * fraction):
            self.changed.emit()

    def _end(self) -> None:
        self._fraction = None
        self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._fraction = None
        self.failed.emit(error)


def _summed(asked: tuple[Loss, Path]) -> Job[Any]:
    return whole_of(*asked)
