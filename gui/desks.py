"""The workspaces of the window by their names, and which of them is in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from gui.batch_desk import BatchDesk
    from gui.ctc_desk import CtcDesk
    from gui.explorer import Explorer

    Desk = Explorer | BatchDesk | CtcDesk


@final
class Desks:
    """Explore, Batch and CTC."""

    def __init__(self, explorer: Explorer, batch: BatchDesk, ctc: CtcDesk) -> None:
        self._desks: dict[str, Desk] = {"explore": explorer, "batch": batch, "ctc": ctc}
        self.front: Desk = explorer

    def __iter__(self) -> Iterator[Desk]:
        return iter(self._desks.values())

    def __getitem__(self, name: str) -> Desk:
        return self._desks[name]

    @property
    def are_idle(self) -> bool:
        """Whether all that was asked of them has been drawn."""
        return all(desk.is_idle for desk in self)

    def name_of(self, page: QWidget | None) -> str:
        """The name of a workspace; "" for any other page."""
        return next((name for name, desk in self._desks.items() if desk is page), "")

    def bring(self, page: QWidget) -> None:
        """The page that is shown now; one that is no workspace leaves the last in its place."""
        name = self.name_of(page)
        if name:
            self.front = self._desks[name]

    def close(self) -> None:
        """Stop what they compute, for good."""
        for desk in self:
            desk.close()
