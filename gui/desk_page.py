"""What the pages of the workspaces do alike: say what failed, show what is under way, let their keys come first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from core.errors import InputError
from core.text import say

if TYPE_CHECKING:
    from gui.kit.banner import Banner
    from gui.kit.busy_line import BusyLine

STALE = 0.4  # opacity of a picture whose successor is being computed


class DeskPage(QWidget):
    """The page of a workspace; `picture_area` is saved as a picture, and dimmed while it is not true any more.

    Signals:
        released(), cancelled(): the end of a drag; Esc during one.
        hinted(str): what the object under the mouse does.
        computed(Shown, float): what the rest of the window shows, and the seconds that it took.
    """

    released = Signal()
    cancelled = Signal()
    hinted = Signal(str)
    computed = Signal(object, float)

    def __init__(
        self, picture_area: QWidget, banner: Banner, busy_line: BusyLine, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.picture_area, self.banner, self.busy_line = picture_area, banner, busy_line
        self._busy: set[QObject] = set()

    @property
    def is_idle(self) -> bool:
        """Whether all that was asked for has been drawn."""
        return not self._busy

    def tell(self, error: InputError) -> None:
        """Say why something was refused, where no field can say it."""
        self.banner.tell("err", say("window", "{field}: {problem} {remedy}", field=error.field,
                                    problem=error.problem, remedy=error.remedy))  # fmt: skip

    def takes_key(self, event: QKeyEvent) -> bool:  # noqa: ARG002 a page without keys of its own
        """Whether a key means something on this page, so that the window's shortcuts have to wait."""
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.takes_key(event):
            event.accept()  # comes back as a key press, before the window's shortcuts
            return True
        return super().event(event)

    # For the pages themselves

    def fail(self, error: Exception) -> None:
        """What was asked for last could not be computed: what is shown is not it."""
        self.dim(True)
        if isinstance(error, InputError):
            self.tell(error)
        else:
            self.banner.tell("err", say("window", "This picture could not be computed: {error}", error=repr(error)))

    def set_busy(self, busy: bool) -> None:
        """A worker began or ended; connected to its signal."""
        worker = self.sender()
        (self._busy.add if busy else self._busy.discard)(worker)
        self.busy_line.show_busy(self.shows_busy(self._busy))

    def shows_busy(self, busy: set[QObject]) -> bool:
        """Whether the line under the bar moves while these workers have anything to do."""
        return bool(busy)

    def dim(self, stale: bool) -> None:
        """Whether the picture is one whose successor failed."""
        effect, picture = None, self.picture_area
        if stale:
            effect = QGraphicsOpacityEffect(picture)
            effect.setOpacity(STALE)
        if stale or picture.graphicsEffect() is not None:
            picture.setGraphicsEffect(effect)  # type: ignore[arg-type] None takes the effect away
