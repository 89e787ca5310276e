"""Lines over the steps of a training, and the scrubber under them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from core.text import say
from gui.kit.picture import image_of
from gui.kit.theme import color, set_theme
from gui.kit.timeline_figure import (
    ERROR,
    QUIET,
    WARNING,
    Scale,
    TimelineFigure,
    TimelineLine,
    scale_of,
    thinned,
    worst_by_slot,
)
from gui.kit.timeline_layout import layout_of, nearest_stop
from gui.kit.timeline_plot import MANY, NONE, TimelinePlot

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from core.arrays import FloatArray

NAME = say("timeline", "test")
STEPS = np.array([0.0, 10.0, 20.0, 40.0])


def line(y: Any, x: Any = STEPS, role: str = "loss", dash: int = 0) -> TimelineLine:
    return TimelineLine(NAME, "1.5", role, dash, np.asarray(x, float), np.asarray(y, float))


def figure(marker: int | None = 1, y: Any = (4.0, 2.0, 1.5, 1.0), severity: Any = (0, 0, 0, 0)) -> TimelineFigure:
    stops: FloatArray = STEPS
    return TimelineFigure(NAME, (line(y),), None, stops, np.asarray(severity), marker, NAME, None)


@pytest.fixture
def plot(styled: object, qtbot: QtBot) -> TimelinePlot:
    widget = TimelinePlot()
    widget.resize(700, 136)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_figure(figure())
    return widget


@pytest.mark.parametrize(
    ("key", "stop"),
    [
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 3),
        (Qt.Key.Key_PageDown, 3),
        (Qt.Key.Key_PageUp, 0),
    ],
)
def test_that_keys_go_from_stop_to_stop(plot: TimelinePlot, qtbot: QtBot, key: Qt.Key, stop: int) -> None:
    with qtbot.waitSignal(plot.moved) as moved:
        qtbot.keyClick(plot, key)
    assert moved.args == [stop]


def test_that_shift_goes_far_and_no_further_than_the_end(plot: TimelinePlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.moved) as moved:
        qtbot.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert moved.args == [3]


def test_that_up_and_down_ask_for_another_line_and_space_plays(plot: TimelinePlot, qtbot: QtBot) -> None:
    for key, by in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
        with qtbot.waitSignal(plot.other_line) as asked:
            qtbot.keyClick(plot, key)
        assert asked.args == [by]
    with qtbot.waitSignal(plot.toggled):
        qtbot.keyClick(plot, Qt.Key.Key_Space)


def test_that_a_drag_goes_to_the_nearest_stops(plot: TimelinePlot, mouse: Callable[..., None]) -> None:
    told: list[object] = []
    plot.moved.connect(told.append)
    plot.ended.connect(lambda: told.append("ended"))
    mouse(plot, "press", plot.place_of(2) + QPointF(3, 0))
    mouse(plot, "move", plot.place_of(3) - QPointF(20, 30))
    mouse(plot, "release", plot.place_of(3))
    assert told == [2, 3, "ended"]


def test_that_a_press_where_the_marker_stands_moves_nothing(plot: TimelinePlot, mouse: Callable[..., None]) -> None:
    told: list[int] = []
    plot.moved.connect(told.append)
    mouse(plot, "press", plot.place_of(1))
    assert told == []


def test_that_escape_gives_up_a_drag(plot: TimelinePlot, mouse: Callable[..., None], qtbot: QtBot) -> None:
    mouse(plot, "press", plot.place_of(2))
    with qtbot.waitSignal(plot.cancelled):
        qtbot.keyClick(plot, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(plot.moved):
        mouse(plot, "move", plot.place_of(3))


def test_that_the_stop_under_the_mouse_is_told_once(plot: TimelinePlot, mouse: Callable[..., None]) -> None:
    told: list[int] = []
    plot.hovered.connect(told.append)
    for at in (plot.place_of(2), plot.place_of(2) + QPointF(1, -40), QPointF(2, 10)):
        mouse(plot, "move", at)
    assert told == [2, NONE]


def test_that_nothing_can_be_gone_to_where_there_are_no_dumps(
    plot: TimelinePlot, mouse: Callable[..., None], qtbot: QtBot
) -> None:
    plot.show_figure(TimelineFigure(NAME, (), None, np.empty(0), np.empty(0, int), None, None, None))
    with qtbot.assertNotEmitted(plot.moved):
        mouse(plot, "press", QPointF(300, 60))
        qtbot.keyClick(plot, Qt.Key.Key_Home)


def hues(plot: TimelinePlot, drawn: TimelineFigure, at: QPointF, around: int = 3) -> set[str]:
    """The colours that stand around a place."""
    plot.show_figure(drawn)
    image = image_of(plot)
    x, y = round(at.x()), round(at.y())
    reach = range(-around, around + 1)
    return {image.pixelColor(x + dx, y + dy).name() for dx in reach for dy in reach}


def test_that_the_marker_stands_on_its_stop(plot: TimelinePlot) -> None:
    for marker, other in ((1, 2), (2, 1)):
        assert color("accent").name() in hues(plot, figure(marker), plot.place_of(marker))
        assert color("accent").name() not in hues(plot, figure(marker), plot.place_of(other))


def test_that_findings_are_marked_over_their_stops(plot: TimelinePlot) -> None:
    at = plot.place_of(3) - QPointF(0, 10)
    err, warn = color("err").name(), color("warn").name()
    assert err in hues(plot, figure(severity=(0, 0, 0, ERROR)), at)
    assert warn in hues(plot, figure(severity=(0, 0, 0, WARNING)), at)
    assert not {err, warn} & hues(plot, figure(), at)


def test_that_a_line_goes_through_its_points(plot: TimelinePlot) -> None:
    drawn = figure(marker=None, y=(4.0, 2.0, 1.0, 1.0))
    plot.show_figure(drawn)
    places = plot.places()
    at = QPointF(float(places.x(30.0)), float(places.y(1.0)))
    assert color("loss").name() in hues(plot, drawn, at)
    assert color("loss").name() not in hues(plot, drawn, at - QPointF(0, 20))


def test_that_a_point_between_two_gaps_is_painted(plot: TimelinePlot) -> None:
    drawn = figure(marker=None, y=(np.nan, np.nan, 2.0, np.nan))
    plot.show_figure(drawn)
    places = plot.places()
    assert color("loss").name() in hues(plot, drawn, QPointF(float(places.x(20.0)), float(places.y(2.0))))


def test_that_among_many_dumps_the_marker_moves_over_the_kept_lines(plot: TimelinePlot) -> None:
    stops = np.arange(2.0 * MANY)
    many = TimelineFigure(
        NAME, (line(np.ones(stops.size), stops),), None, stops, np.zeros(stops.size, int), 0, NAME, None
    )
    middle = MANY
    accent = color("accent").name()
    assert accent in hues(plot, many, plot.places().knob(0.0))
    moved = replace(many, marker=middle)
    plot.show_figure(moved)
    assert accent in hues(plot, moved, plot.place_of(middle))
    assert accent not in hues(plot, moved, plot.place_of(0))
    set_theme("dark")
    assert color("accent").name() in hues(plot, moved, plot.place_of(middle))
    assert color("loss").name() in hues(plot, moved, QPointF(float(plot.places().x(20.0)), float(plot.places().y(1.0))))


def test_that_10000_points_become_two_a_column_with_the_extremes() -> None:
    x = np.linspace(0, 500, 10_000)
    y = np.sin(x)
    y[1234], y[7777] = 9.0, -9.0
    thin_x, thin_y = thinned(x, y)
    assert thin_x.size <= 2 * 501
    assert (thin_y.min(), thin_y.max()) == (-9.0, 9.0)
    assert (np.diff(thin_x) >= 0).all()


def test_that_a_few_points_stay_as_they_are() -> None:
    x, y = np.array([0.0, 5.0, 5.2]), np.array([1.0, np.nan, 3.0])
    assert thinned(x, y)[0] is x


def test_that_a_gap_among_many_points_stays_a_gap() -> None:
    x, y = np.arange(0, 100, 0.1), np.ones(1000)
    y[(x >= 50) & (x < 60)] = np.nan
    thin_x, thin_y = thinned(x, y)
    assert np.isnan(thin_y[(thin_x > 51) & (thin_x < 59)]).all()


def test_that_of_close_findings_the_worst_is_marked() -> None:
    x, severity = worst_by_slot(
        np.array([0.0, 1.0, 2.0, 20.0, 30.0]), np.array([WARNING, ERROR, QUIET, WARNING, QUIET]), 7
    )
    assert (x.tolist(), severity.tolist()) == ([1.0, 20.0], [ERROR, WARNING])
    assert worst_by_slot(np.array([1.0]), np.array([QUIET]), 7)[0].size == 0


def test_that_the_scale_begins_at_zero_and_holds_every_number() -> None:
    assert scale_of((line([4, 2, 1, 3]),)) == Scale(0.0, 4.0, log=False)
    assert scale_of((line([-1, 2, 1, 3]),)) == Scale(-1.0, 3.0, log=False)
    assert scale_of((line([0, 0, 0, 0]),)) == Scale(0.0, 1.0, log=False)
    assert scale_of((line([np.nan, np.inf, np.nan, 2.0]),)) == Scale(0.0, 2.0, log=False)
    assert scale_of(()) == Scale(0.0, 1.0, log=False)


def test_that_numbers_of_several_sizes_get_a_logarithmic_scale() -> None:
    scale = scale_of((line([0.1, 0.1, 0.2, 8.0]),))
    assert scale == Scale(0.1, 8.0, log=True)
    assert scale.share(0.1) == 0
    assert scale.share(8.0) == 1
    assert scale.share(0.0) == 0
    assert scale.share(np.sqrt(0.8)) == pytest.approx(0.5)


def test_that_one_spike_does_not_flatten_the_rest() -> None:
    y = np.ones(100)
    y[3] = 1e6
    assert scale_of((line(y, np.arange(100)),)).high == 25.0


def test_that_the_nearest_of_stops_at_one_step_is_the_last() -> None:
    drawn = TimelineFigure(
        NAME, (line([1, 1, 1], [0, 5, 5]),), None, np.array([0.0, 5.0, 5.0]), np.zeros(3, int), 0, None, None
    )
    places = layout_of(drawn, 700, 136)
    assert nearest_stop(drawn, places, 1e5) == 2
    assert nearest_stop(drawn, places, -1e5) == 0
    assert nearest_stop(drawn, places, places.knob(4.0).x()) == 2


def test_that_a_single_dump_stands_in_the_middle() -> None:
    drawn = TimelineFigure(NAME, (line([1], [7]),), None, np.array([7.0]), np.zeros(1, int), 0, None, None)
    places = layout_of(drawn, 700, 136)
    assert places.knob(7.0).x() == pytest.approx(places.area.center().x())
    assert places.step(places.knob(7.0).x()) == pytest.approx(7.0)
