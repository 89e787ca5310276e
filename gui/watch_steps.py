"""Watching put together: the folder, the scrubber at the foot of the Batch page, the dump that is open."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from core.text import say
from core.watch import Series, sample_of, step_parts
from gui.kit.timeline_plot import NONE
from gui.watch_folder import FolderWatch
from gui.watch_opener import DumpOpener
from gui.workspaces.batch.present_timeline import card_of, lines_of, with_marker, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from core.batch import Batch
    from core.errors import InputError
    from core.watch import Point, Tick
    from gui.kit.timeline_figure import TimelineFigure
    from gui.session import Session
    from gui.state import AppState
    from gui.workspaces.batch.watch_view import WatchView


@final
class WatchSteps(QObject):
    """Steps through the dumps of a watched place; the newest is followed only from the last one on.

    Signals:
        told(str, Text): a remark, with the kind of a Banner.
        changed(): watching began or ended, or the first dump came.
        step_found(StepParts | None): the parts of the step that is open, None if it is one dump.
    """

    told = Signal(str, object)
    changed = Signal()
    step_found = Signal(object)

    def __init__(self, session: Session, view: WatchView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._folder = FolderWatch(self)
        self._opener = DumpOpener(session, self)
        self._split: str | None = None
        self._live = False
        self._before_drag: int | None = None
        self._base: Batch | None = None
        self._drawn: tuple[object, ...] = ()
        self._figure: TimelineFigure | None = None
        self._point: Point | None = None
        self._connect()

    @property
    def place(self) -> Path | None:
        """What is watched; None if nothing is."""
        return self._folder.place

    @property
    def is_settled(self) -> bool:
        """Whether all that was found at the last look is read and shown."""
        return self._folder.is_settled and self._opener.wanted is None

    @property
    def awaits_first(self) -> bool:
        """Whether a place is watched in which no dump was found yet."""
        watched = self._folder.watched
        return watched is not None and not watched.timeline.count

    def start(self, place: Path) -> None:
        """Watch this place; its newest dump is shown as soon as it is read."""
        self._opener.give_up()
        self._split, self._live, self._base = None, True, self._session.state.problem.base
        self._folder.start(place)
        self._view.show()
        self._draw()
        self.changed.emit()

    def stop(self) -> None:
        """Watch no more; the dump that is open stays."""
        self._opener.give_up()
        self._folder.stop()
        self._view.hide()
        self._drawn = ()
        self._tell_step(None)
        self.changed.emit()

    def close(self) -> None:
        """Stop for good."""
        self._folder.close()
        self._opener.close()

    # Where the marker stands

    def _series(self) -> Series | None:
        """The line whose dumps are stepped through."""
        watched = self._folder.watched
        return None if watched is None else watched.timeline.of(self._split)

    def _marker(self) -> int | None:
        """The dump that is wanted, else the one that is open, among those of the line."""
        series, wanted, batch = self._series(), self._opener.wanted, self._session.state.problem.base
        if series is None:
            return None
        if wanted is not None:
            return series.place_of(wanted.path, wanted.entry)
        if batch is None or batch.path is None:
            return None
        shown = self._opener.shown
        return series.place_of(batch.path, shown[1] if shown is not None and shown[0] is batch else batch.step)

    def _is_last(self, place: int | None) -> bool:
        series = self._series()
        return series is not None and place is not None and place == len(series.points) - 1

    # What happens

    def _take_look(self) -> None:
        watched = self._folder.watched
        assert watched is not None
        if self._series() is None and (newest := watched.timeline.newest()) is not None:
            self._split = newest[0].split
            self.changed.emit()
        if self._live and self._view.isVisible() and not self._is_held():
            self._open_last()
        self._draw()

    def _is_held(self) -> bool:
        """Whether the mouse holds anything, the marker or a number: no dump comes in between."""
        return self._view.plot.is_dragging or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton

    def _show_state(self, state: AppState) -> None:
        """The marker follows what is open, as after undo; the sample is the row that the page speaks of."""
        if self.place is None:
            return
        if state.problem.base is not self._base:
            self._base = state.problem.base
            self._find_split(self._base)
            if not self._opener.is_taking:  # undone, or opened from elsewhere
                self._opener.give_up()
                self._live = self._is_last(self._marker())
        if not state.problem.what_if.is_empty:
            self._live = False  # the next dump would end the trial
        self._follow_row()
        self._draw()

    def _find_split(self, batch: Batch | None) -> None:
        """The line of the dump that is open, if it is one of this place."""
        watched = self._folder.watched
        if watched is None or batch is None or batch.path is None:
            return
        found = [series.split for series in watched.timeline.series if series.place_of(batch.path) is not None]
        if found and self._split not in found:
            self._split = found[0]

    def _follow_row(self) -> None:
        found, row = self._session.assessment, self._session.state.batch.primary
        if found is None or found.rows is None or row is None or row >= found.rows.count:
            return  # a moment later the rows are known; until then the sample stays
        is_own = found.batch.path is not None and self._marker() is not None
        self._folder.follow(sample_of(found.batch, found.rows, row) if is_own else None)

    def _open_last(self) -> None:
        series = self._series()
        if series is not None and not self._is_last(self._marker()):
            self._open(series.points[-1].first)

    def _move(self, place: int) -> None:
        """To a dump; the newest is followed from the last one on."""
        series = self._series()
        if series is None:
            return
        if self._view.plot.is_dragging and self._before_drag is None:
            self._before_drag = self._marker()
        self._live = self._is_last(place)
        self._open(series.points[place].first)
        self._draw()

    def _open(self, tick: Tick) -> None:
        watched = self._folder.watched
        copy = None if watched is None else watched.index.copies.batches.get(tick.entry)
        if tick.is_there or copy is not None:
            self._opener.open(tick, copy)
        elif not self._view.plot.is_dragging:
            words = say("watch", "{file} is gone: only the numbers of that step are left.", file=tick.path.name)
            self.told.emit("info", words)

    def _end_drag(self) -> None:
        self._before_drag = None
        self._session.store.seal()

    def _cancel_drag(self) -> None:
        place, self._before_drag = self._before_drag, None
        if place is not None:
            self._move(place)

    def _ask(self, move: str) -> None:
        series, here = self._series(), self._marker()
        if series is None:
            return
        last = len(series.points) - 1
        here = last if here is None else here
        places = {"first": 0, "previous": max(here - 1, 0), "next": min(here + 1, last), "last": last}
        self._move(places[move])

    def _go_to_line(self, by: int) -> None:
        """The dump of another split that is nearest to this one."""
        watched, series, here = self._folder.watched, self._series(), self._marker()
        if watched is None or series is None:
            return
        lines = watched.timeline.series
        other = lines[(lines.index(series) + by) % len(lines)]
        if other is not series:
            self._split = other.split
            self._move(len(other.points) - 1 if here is None else other.nearest(float(series.x[here])))

    def _choose_live(self, live: bool) -> None:
        self._live = live
        if live:
            self._open_last()
        self._draw()

    def _refuse(self, error: InputError) -> None:
        words = say("watch", "{field}: {problem} {remedy}", field=error.field, problem=error.problem,
                    remedy=error.remedy)  # fmt: skip
        self.told.emit("err", words)
        self._draw()

    def _hover(self, place: int) -> None:
        watched, series = self._folder.watched, self._series()
        if place == NONE or watched is None or series is None:
            self._view.show_card(None)
        else:
            self._view.show_card(card_of(watched.timeline, series, place, self._folder.track))

    def _draw(self) -> None:
        """The lines only if they changed; the sentences tell how old the last dump is."""
        watched, track = self._folder.watched, self._folder.track
        if watched is None:
            return
        asked, marker = (watched.timeline, self._split, track), self._marker()
        if self._figure is None or asked != self._drawn:
            self._drawn = asked
            self._figure = lines_of(watched, self._split, marker, track)
        elif marker != self._figure.marker:
            self._figure = with_marker(self._figure, watched, self._split, marker)
        self._tell_step(marker)
        self._view.show_model(words_of(watched, self._figure, time.time(), live=self._live))

    def _tell_step(self, marker: int | None) -> None:
        series = self._series()
        point = None if series is None or marker is None else series.points[marker]
        if point is not self._point:
            self._point = point
            self.step_found.emit(None if point is None else step_parts(point))

    def _connect(self) -> None:
        self._folder.looked.connect(self._take_look)
        self._folder.failed.connect(self._refuse)
        self._opener.opened.connect(self._draw)
        self._opener.refused.connect(self._refuse)
        self._session.store.changed.connect(self._show_state)
        self._session.assessed.connect(self._follow_row)
        view = self._view
        for signal, slot in (
            (view.moved, self._move),
            (view.ended, self._end_drag),
            (view.cancelled, self._cancel_drag),
            (view.asked, self._ask),
            (view.other_line, self._go_to_line),
            (view.live_chosen, self._choose_live),
            (view.hovered, self._hover),
            (view.stopped, self.stop),
        ):
            signal.connect(slot)
