"""The toy editor driven by keys and a mouse, before a history of states."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from core.jobs import finish
from core.links import apply_link
from gui.kit.field_row import why
from gui.workspaces.ctc import compute_lattice
from gui.workspaces.ctc.toy_edits import toy_of
from gui.workspaces.ctc.toy_model import share_bars
from gui.workspaces.ctc.toy_view import ToyView


class Bench:
    def __init__(self, keeper) -> None:
        self.view = ToyView()
        self.view.resize(300, 420)
        self.keeper = keeper(self._show, frame=4)
        self.view.state_edited.connect(self._edit)
        self.view.released.connect(self.keeper.seal)
        self.view.cancelled.connect(self.keeper.undo)
        self.keeper.show()
        self.view.show()

    @property
    def toy(self):
        return toy_of(self.keeper.state)

    @property
    def probs(self) -> np.ndarray:
        return apply_link("softmax", self.toy.logits)

    def _edit(self, edit) -> None:
        before = len(self.keeper.refused)
        self.keeper.edit(edit)
        for error in self.keeper.refused[before:]:
            assert self.view.refuse(error.field, why(error.problem, error.remedy))

    def _show(self, problem, state) -> None:
        self.view.show_state(state)
        result = finish(compute_lattice.compute(compute_lattice.request(problem, state)))
        self.view.show_bars(share_bars(result.sequence, result.lattice, state.frame))


@pytest.fixture
def bench(styled, qtbot, keeper) -> Bench:
    made = Bench(keeper)
    qtbot.addWidget(made.view)
    return made


def test_a_target_is_live_at_each_key_and_one_step_of_undo(bench) -> None:
    line = bench.view.target.line
    line.selectAll()
    seen: list[str] = []
    bench.view.state_edited.connect(lambda _: seen.append(bench.toy.text))
    QTest.keyClicks(line, "dog")
    assert seen == ["d", "do", "dog"]
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert bench.keeper.steps == 1
    assert bench.toy.alphabet[-1] == "d"


def test_a_space_being_typed_is_not_taken_away(bench) -> None:
    line = bench.view.target.line
    line.end(False)
    line.setFocus()
    QTest.keyClicks(line, " at")
    assert line.text() == "cat at"
    assert bench.toy.text == "cat at"


def test_a_pasted_target_that_does_not_fit_is_taken(bench) -> None:
    QGuiApplication.clipboard().setText("an alignment\nthat cannot be")
    line = bench.view.target.line
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bench.toy.text == "an alignment that cannot be"
    assert len(bench.toy.logits) == 12
    assert not bench.keeper.refused


def test_a_target_of_hundreds_of_symbols_is_refused_at_its_field(bench) -> None:
    QGuiApplication.clipboard().setText("ab" * 300)
    line = bench.view.target.line
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bench.toy.text == "cat"
    assert line.property("refused") == "true"
    assert len(line.text()) == 600


def test_an_alphabet_without_a_symbol_of_the_target_is_refused_at_its_field(bench) -> None:
    line = bench.view.alphabet.line
    line.selectAll()
    QTest.keyClicks(line, "ca")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.property("refused") == "true"
    assert line.text() == "ca"
    QTest.keyClicks(line, "tz")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.property("refused") == "false"
    assert bench.toy.alphabet == ("ε", "c", "a", "t", "z")


def test_a_drag_of_the_frames_is_one_step_and_loses_nothing(bench, mouse) -> None:
    slider = bench.view.frames.slider
    before = bench.toy.logits
    middle = slider.height() / 2
    mouse(slider, "press", QPointF(slider.width() * 0.5, middle))
    assert len(bench.toy.logits) > 12
    mouse(slider, "move", QPointF(0, middle))
    assert len(bench.toy.logits) == 1
    mouse(slider, "move", QPointF(slider.width() * 0.35, middle))
    assert bench.toy.logits[:12] == pytest.approx(before)
    mouse(slider, "release", QPointF(slider.width() * 0.35, middle))
    assert bench.keeper.steps == 1


def test_a_bar_is_dragged_and_the_others_give_way(bench, mouse) -> None:
    bars = bench.view.bars
    before = bench.probs[4]
    cap = bars.cap(4)
    mouse(bars, "press", cap)
    mouse(bars, "move", cap - QPointF(0, 20))
    mouse(bars, "move", cap - QPointF(0, 40))
    mouse(bars, "release", cap - QPointF(0, 40))
    after = bench.probs[4]
    assert bench.keeper.steps == 1
    assert after[4] > before[4] + 0.3
    others = [0, 1, 2, 3, 5]
    assert after[others] / after[others].sum() == pytest.approx(before[others] / before[others].sum())


def test_escape_gives_a_bar_back(bench, mouse) -> None:
    bars = bench.view.bars
    before = bench.probs
    mouse(bars, "press", bars.cap(2))
    mouse(bars, "move", bars.cap(2) - QPointF(0, 30))
    QTest.keyClick(bars, Qt.Key.Key_Escape)
    assert bench.probs == pytest.approx(before)
    assert bench.keeper.steps == 0
