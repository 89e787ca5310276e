"""All handles of a plot: where they stand, which is nearest, and in which order Tab reaches them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtWidgets import QWidget

from gui.kit.plot_handles import AREA, HandleWidget
from gui.kit.plot_scale import kept_inside

if TYPE_CHECKING:
    from gui.kit.figures import Handle
    from gui.kit.plot_scale import Layout

FLAG_BELOW = 11.0
AT_ONE_PLACE = 3.0  # px: of two handles so near to each other the one in focus is taken


@final
class HandleSet(QObject):
    """The handle widgets of one plot.

    Signals:
        nudged(str, float): an arrow key on a handle, in pixels; let_go(): the key was released.
        entered(str): Enter on a handle.
    """

    nudged = Signal(str, float)
    let_go = Signal()
    entered = Signal(str)

    def __init__(self, plot: QWidget) -> None:
        super().__init__(plot)
        self._plot = plot
        self._widgets: dict[str, HandleWidget] = {}
        self._order: tuple[str, ...] = ()

    @property
    def widgets(self) -> tuple[HandleWidget, ...]:
        """Those in use, left to right: the order of Tab."""
        return tuple(self._widgets[key] for key in self._order)

    def of(self, key: str) -> HandleWidget:
        """The widget of a handle."""
        return self._widgets[key]

    def show_handles(self, handles: tuple[Handle, ...], layout: Layout) -> None:
        """Put every handle at its place; those that are not among them disappear."""
        wanted = {handle.key: handle for handle in handles}
        for key, handle in wanted.items():
            if key not in self._widgets:
                self._widgets[key] = self._made(handle)
            self._widgets[key].show_handle(handle, _place_of(handle, layout))
        for key, widget in self._widgets.items():
            if widget.isHidden() == (key in wanted):
                widget.setVisible(key in wanted)
        self._order_for_tab(tuple(sorted(wanted, key=lambda key: (wanted[key].x, key))))

    def nearest(self, at: QPointF) -> HandleWidget | None:
        """The nearest handle whose 44 px reach to `at`."""
        far = {widget: _distance(widget.middle, at) for widget in self.widgets}
        near = [widget for widget in self.widgets if far[widget] <= AREA / 2]
        closest = min((far[widget] for widget in near), default=0.0)
        at_hand = [widget for widget in near if far[widget] <= closest + AT_ONE_PLACE]
        return max(at_hand, key=lambda widget: (widget.hasFocus(), -far[widget]), default=None)

    def set_hot(self, hot: HandleWidget | None) -> None:
        """Light up one handle, or none."""
        for widget in self.widgets:
            widget.set_hot(widget is hot)

    def _made(self, handle: Handle) -> HandleWidget:
        made = HandleWidget(handle, self._plot)
        made.nudged.connect(self.nudged)
        made.let_go.connect(self.let_go)
        made.entered.connect(self.entered)
        return made

    def _order_for_tab(self, order: tuple[str, ...]) -> None:
        if order == self._order:
            return
        self._order = order
        for before, after in pairwise(order):
            QWidget.setTabOrder(self._widgets[before], self._widgets[after])


def _place_of(handle: Handle, layout: Layout) -> QPointF:
    """The middle of a handle, kept in view: what lies beyond stands at the edge."""
    plot = layout.value
    x = layout.column(handle.x)
    if handle.y is None:
        return QPointF(x, plot.bottom() + FLAG_BELOW)
    return QPointF(x, kept_inside(layout.value_y.to_px(handle.y), plot))


def _distance(a: QPointF, b: QPointF) -> float:
    return ((a.x() - b.x()) ** 2 + (a.y() - b.y()) ** 2) ** 0.5
