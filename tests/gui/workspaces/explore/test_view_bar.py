"""The bar over Explore's pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import core.losses as L
from core.problem import Problem
from gui.workspaces.explore.presets import sketch
from gui.workspaces.explore.view_bar import ViewBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from gui.edit import Edit
    from gui.workspaces.explore.state import ExploreState


class Bench:
    """A bar on a state that follows its edits."""

    def __init__(self, bar: ViewBar, name: str) -> None:
        self.bar = bar
        preset = sketch(name)
        self.problem, self.state = Problem(preset.loss), preset.state
        bar.state_edited.connect(self._apply)
        bar.show_state(self.problem, self.state)

    def _apply(self, edit: Edit[ExploreState]) -> None:
        self.state = edit.update(self.state)
        self.bar.show_state(self.problem, self.state)


@pytest.fixture
def bar(styled: QApplication, qtbot: QtBot) -> ViewBar:
    made = ViewBar()
    made.resize(916, 40)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(box, index: int) -> None:
    box.setFocus()
    box.setCurrentIndex(index)
    box.activated.emit(index)


def test_that_the_tabs_are_those_of_the_loss(bar: ViewBar) -> None:
    Bench(bar, "SmoothL1Loss")
    assert bar.tabs.keys() == ("curve", "surface")
    Bench(bar, "KLDivLoss")
    assert bar.tabs.keys() == ("bars", "curve", "simplex")


def test_that_a_click_on_a_tab_changes_the_view(bar: ViewBar) -> None:
    bench = Bench(bar, "CrossEntropyLoss")
    place = bar.tabs.segment_rect(2).center().toPoint()
    QTest.mouseClick(bar.tabs, Qt.MouseButton.LeftButton, pos=place)
    assert bench.state.tab == "simplex"
    assert bar.options.currentWidget() is bar.simplex


def test_that_the_axis_is_chosen_for_binary_losses_only(bar: ViewBar) -> None:
    bench = Bench(bar, "BCEWithLogitsLoss")
    assert bar.curve.axis.isVisible()
    assert bar.curve.axis.key() == "logit"
    bar.curve.axis.chosen.emit("probability")
    assert bench.state.scalar.axis == "probability"
    assert 0 < bench.state.scalar.x < 1
    Bench(bar, "MSELoss")
    assert not bar.curve.axis.isVisible()


def test_that_a_pin_becomes_a_chip_whose_cross_takes_it_away(bar: ViewBar) -> None:
    bench = Bench(bar, "MSELoss")
    QTest.mouseClick(bar.curve.pin, Qt.MouseButton.LeftButton)
    assert [loss.name for loss in bench.state.pins] == ["MSELoss"]
    chip = bar.curve.chips.children()[-1]
    chip.closed.emit()  # type: ignore[attr-defined]
    assert bench.state.pins == ()


def test_that_classes_slice_and_link_are_chosen(bar: ViewBar) -> None:
    bench = Bench(bar, "CrossEntropyLoss")
    choose(bar.bars.classes, bar.bars.classes.findData(7))
    assert bench.state.classes.z.size == 7
    choose(bar.bars.second, 4)
    assert bench.state.classes.pair == (0, 4)
    choose(bar.bars.link, bar.bars.link.findData("softmax"))
    assert bench.state.classes.link == "softmax"


def test_that_a_slice_over_one_class_twice_is_not_taken(bar: ViewBar) -> None:
    bench = Bench(bar, "CrossEntropyLoss")
    pair = bench.state.classes.pair
    choose(bar.bars.second, pair[0])
    assert bench.state.classes.pair == pair


def test_that_flow_and_reverse_are_switched_on_the_simplex(bar: ViewBar) -> None:
    bench = Bench(bar, "KLDivLoss")
    bench.state = replace(bench.state, tab="simplex")
    bar.show_state(bench.problem, bench.state)
    QTest.mouseClick(bar.simplex.flow, Qt.MouseButton.LeftButton)
    QTest.mouseClick(bar.simplex.reverse, Qt.MouseButton.LeftButton)
    assert (bench.state.flow, bench.state.classes.reverse) == (True, True)


def test_that_only_sketches_have_a_number_of_classes_to_choose(bar: ViewBar) -> None:
    from core.files import read
    from core.samples import SAMPLES_DIR

    batch = read(SAMPLES_DIR / "wine_nll.npz")[0]
    bar.show_state(Problem(L.NLLLoss(), batch), sketch("NLLLoss").state)
    assert not bar.bars.classes.isVisible()
    assert not bar.bars.randomize.isVisible()
