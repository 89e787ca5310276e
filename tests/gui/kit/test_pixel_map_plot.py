"""A picture of losses whose pixels can be chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt

from core.text import Text, say
from gui.kit.pixel_map_figure import Companion, PixelMapFigure
from gui.kit.pixel_map_plot import PixelMapPlot
from gui.kit.theme import color, theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor
    from pytestqt.qtbot import QtBot

TITLE = say("kit", "pixels")
NONE = np.zeros((3, 4), dtype=bool)
IGNORED = NONE.copy()
IGNORED[1, 1] = True


def described(row: int) -> Text:
    return say("kit", "row {row}", row=row)


FIGURE = PixelMapFigure(
    title=TITLE,
    caption=None,
    unit=TITLE,
    sample=1,
    samples=3,
    first=12,
    values=np.array([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, np.nan, 11.0]]),
    low=0.0,
    high=11.0,
    ignored=IGNORED,
    chosen=NONE,
    primary=None,
    describe=described,
)


@pytest.fixture
def plot(styled, qtbot: QtBot) -> PixelMapPlot:
    widget = PixelMapPlot()
    widget.resize(600, 240)
    qtbot.addWidget(widget)
    widget.show()
    widget.show_figure(FIGURE)
    return widget


def at(plot: PixelMapPlot, h: int, w: int) -> QPointF:
    return plot.places().box((h, w), (h, w)).center()


def seen(plot: PixelMapPlot, point: QPointF) -> QColor:
    return plot.grab().toImage().pixelColor(point.toPoint())


def test_that_a_click_chooses_the_row_of_the_pixel(plot: PixelMapPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.row_chosen) as chosen, qtbot.assertNotEmitted(plot.rows_chosen):
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=at(plot, 2, 3).toPoint())
    assert chosen.args == [12 + 11]


def test_that_a_rectangle_selects_the_rows_that_count(
    plot: PixelMapPlot, mouse: Callable[..., None], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(plot.rows_chosen) as chosen, qtbot.assertNotEmitted(plot.row_chosen):
        mouse(plot, "press", at(plot, 2, 2))
        mouse(plot, "move", at(plot, 1, 1))
        mouse(plot, "release", at(plot, 1, 1))
    assert chosen.args is not None
    assert chosen.args[0].tolist() == [12 + 6, 12 + 9, 12 + 10]


def test_that_a_drag_beyond_the_picture_ends_at_its_edge(
    plot: PixelMapPlot, mouse: Callable[..., None], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(plot.rows_chosen) as chosen:
        mouse(plot, "press", at(plot, 2, 2))
        mouse(plot, "move", QPointF(590, 235))
        mouse(plot, "release", QPointF(590, 235))
    assert chosen.args is not None
    assert chosen.args[0].tolist() == [12 + 10, 12 + 11]


def test_that_escape_gives_up_a_drag(plot: PixelMapPlot, mouse: Callable[..., None], qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(plot.rows_chosen), qtbot.assertNotEmitted(plot.row_chosen):
        mouse(plot, "press", at(plot, 0, 0))
        mouse(plot, "move", at(plot, 2, 2))
        qtbot.keyClick(plot, Qt.Key.Key_Escape)
        mouse(plot, "release", at(plot, 2, 2))


def test_that_arrows_go_from_pixel_to_pixel_and_enter_chooses(plot: PixelMapPlot, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(plot, key)
    assert plot.accessibleDescription() == "row 17"
    with qtbot.waitSignal(plot.row_chosen) as chosen:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args == [17]


def test_that_shift_and_arrows_select_a_rectangle(plot: PixelMapPlot, qtbot: QtBot) -> None:
    qtbot.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(plot, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(plot.rows_chosen) as chosen:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert chosen.args is not None
    assert chosen.args[0].tolist() == [12, 13, 16]


def test_that_page_keys_and_buttons_turn_to_other_pictures(plot: PixelMapPlot, qtbot: QtBot) -> None:
    told: list[int] = []
    plot.sample_chosen.connect(told.append)
    qtbot.keyClick(plot, Qt.Key.Key_PageUp)
    qtbot.mouseClick(plot.chooser.on, Qt.MouseButton.LeftButton)
    assert told == [0, 2]
    plot.show_figure(replace(FIGURE, sample=2))
    qtbot.keyClick(plot, Qt.Key.Key_PageDown)
    assert told == [0, 2]
    assert not plot.chooser.on.isEnabled()


def test_that_the_number_of_a_picture_can_be_typed(plot: PixelMapPlot, qtbot: QtBot) -> None:
    number = plot.chooser.number
    assert number.text() == "2"
    number.selectAll()
    qtbot.keyClicks(number, "99")
    with qtbot.waitSignal(plot.sample_chosen) as chosen:
        qtbot.keyClick(number, Qt.Key.Key_Return)
    assert chosen.args == [2]


def test_that_one_picture_leaves_nothing_to_turn_to(plot: PixelMapPlot) -> None:
    plot.show_figure(replace(FIGURE, sample=0, samples=1))
    assert not plot.chooser.isVisible()


def test_that_the_pixel_under_the_mouse_is_told_and_taken_back(plot: PixelMapPlot, mouse: Callable[..., None]) -> None:
    told: list[str] = []
    plot.hinted.connect(told.append)
    mouse(plot, "move", at(plot, 0, 3), Qt.MouseButton.NoButton)
    plot.leaveEvent(QEvent(QEvent.Type.Leave))
    assert told == ["row 15 · click chooses it, a drag selects", ""]


def test_that_pixels_are_squares_of_one_colour_each(plot: PixelMapPlot) -> None:
    box = plot.places().box((0, 3), (0, 3))
    assert box.width() == box.height() > 20
    inner = box.adjusted(3, 3, -3, -3)
    assert seen(plot, inner.topLeft()) == seen(plot, inner.bottomRight())
    assert seen(plot, box.center()) != seen(plot, at(plot, 0, 0))


def test_that_what_is_not_finite_has_the_colour_of_errors(plot: PixelMapPlot) -> None:
    assert seen(plot, at(plot, 2, 2)).rgb() == color("err").rgb()


def test_that_ignored_pixels_are_hatched(plot: PixelMapPlot) -> None:
    box = plot.places().box((1, 1), (1, 1)).adjusted(3, 3, -3, -3)
    image = plot.grab().toImage()
    row = [image.pixelColor(x, round(box.center().y())).rgb() for x in range(round(box.left()), round(box.right()))]
    assert len(set(row)) > 1
    assert color("surface2").rgb() in row


def test_that_a_selection_is_outlined_and_the_primary_pixel_ringed(plot: PixelMapPlot) -> None:
    chosen = NONE.copy()
    chosen[0, 1:3] = True
    corner = plot.places().box((0, 1), (0, 2)).topLeft()
    plot.show_figure(replace(FIGURE, chosen=chosen))
    left, between = (
        QPointF(corner.x(), at(plot, 0, 1).y()),
        QPointF(at(plot, 0, 2).x() - plot.places().side / 2, at(plot, 0, 1).y()),
    )
    assert seen(plot, left).rgb() == color("accent").rgb()
    assert seen(plot, between).rgb() != color("accent").rgb()
    plain = seen(plot, plot.places().box((2, 0), (2, 0)).topLeft())
    plot.show_figure(replace(FIGURE, primary=(2, 0)))
    assert seen(plot, plot.places().box((2, 0), (2, 0)).topLeft()) != plain


def test_that_a_selection_of_tiny_pixels_is_tinted(plot: PixelMapPlot) -> None:
    large, none = np.zeros((300, 300)), np.zeros((300, 300), dtype=bool)
    figure = replace(FIGURE, values=large, ignored=none, chosen=none)
    plot.show_figure(figure)
    plain = seen(plot, at(plot, 150, 150))
    plot.show_figure(replace(figure, chosen=~none))
    assert seen(plot, at(plot, 150, 150)) != plain


COMPANIONS = (
    Companion(TITLE, np.array([[0, 1, 0, -100], [1, -100, 0, 0], [0, 0, 0, 40]]), "class"),
    Companion(TITLE, np.linspace(0, 1, 12).reshape(3, 4), "share"),
    Companion(TITLE, np.full((3, 4, 3), (10, 200, 30), np.uint8), "rgb"),
)


def test_that_pictures_beside_the_losses_show_the_same_pixels(plot: PixelMapPlot, qtbot: QtBot) -> None:
    plot.resize(916, 216)
    plot.show_figure(replace(FIGURE, companions=COMPANIONS))
    places = plot.places()
    boxes = places.boxes((0, 1), (0, 1))
    assert len({box.top() for box in boxes}) == 1
    assert places.areas[-1].right() < plot.width() - 60
    colors = [seen(plot, box.center()).name() for box in boxes]
    assert colors[0] == theme().classes[1].lower()
    assert colors[2] == "#0ac81e"
    with qtbot.waitSignal(plot.row_chosen) as chosen:
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=boxes[1].center().toPoint())
    assert chosen.args == [13]


def test_that_a_drag_in_a_picture_beside_the_losses_selects_there(
    plot: PixelMapPlot, mouse: Callable[..., None], qtbot: QtBot
) -> None:
    plot.resize(916, 216)
    plot.show_figure(replace(FIGURE, companions=COMPANIONS))
    first, last = (plot.places().boxes(pixel, pixel)[0].center() for pixel in ((0, 0), (0, 3)))
    with qtbot.waitSignal(plot.rows_chosen) as chosen:
        mouse(plot, "press", first)
        mouse(plot, "move", last)
        mouse(plot, "release", last)
    assert chosen.args[0].tolist() == [12, 13, 14, 15]


def test_that_a_class_beyond_the_palette_and_an_ignored_one_have_colours_of_their_own(plot: PixelMapPlot) -> None:
    plot.resize(916, 216)
    plot.show_figure(replace(FIGURE, companions=COMPANIONS[:1]))
    assert seen(plot, plot.places().boxes((2, 3), (2, 3))[0].center()).rgb() == color("ctl").rgb()
    assert seen(plot, plot.places().boxes((1, 1), (1, 1))[0].center()).rgb() == color("surface2").rgb()


def test_that_factors_have_equal_steps_of_colour(plot: PixelMapPlot) -> None:
    values = np.geomspace(1e-4, 1, 12).reshape(3, 4)
    plot.show_figure(replace(FIGURE, values=values, low=1e-4, high=1.0, ignored=NONE, logarithmic=True))
    logarithmic = seen(plot, at(plot, 1, 1))
    plot.show_figure(replace(FIGURE, values=np.log(values), low=np.log(1e-4), high=0.0, ignored=NONE))
    assert seen(plot, at(plot, 1, 1)) == logarithmic
