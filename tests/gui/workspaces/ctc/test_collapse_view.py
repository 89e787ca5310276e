"""The collapse strip driven by a mouse and keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.ctc.paths import collapse
from core.files import read
from core.jobs import finish
from core.losses.ctc import CTCLoss
from core.problem import Problem
from gui.kit.collapse_strip import PATH_Y
from gui.workspaces.ctc import compute_collapse, compute_lattice, present_collapse
from gui.workspaces.ctc.collapse_view import CollapseView
from gui.workspaces.ctc.state import CTCState
from gui.workspaces.ctc.toy_edits import set_frames, set_target

SAMPLES = Path(__file__).parents[4] / "resources" / "samples"


class Bench:
    """The view, and the state that it edits."""

    def __init__(self, name: str = "", state: CTCState | None = None) -> None:
        batch = read(SAMPLES / f"{name}.npz")[0] if name else None
        self.problem = Problem(batch.loss if batch else CTCLoss(), batch)
        self.view = CollapseView()
        self.view.resize(916, self.view.sizeHint().height())
        self.view.state_edited.connect(self._apply)
        self.keys: list[str | None] = []
        self._show(state or CTCState())
        self.view.show()

    def _apply(self, edit) -> None:
        self.keys.append(edit.merge_key)
        self._show(edit.update(self.state))

    def _show(self, state: CTCState) -> None:
        self.state = state
        result = finish(compute_lattice.compute(compute_lattice.request(self.problem, state)))
        self.sequence = result.sequence
        self.collapse = compute_collapse.compute(result.sequence, result.lattice, state.path)
        self.model = present_collapse.present(result.sequence, self.collapse)
        self.view.draw(result.sequence, self.collapse, self.model)

    def click(self, frame: int, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        place = self.view.strip.cell(frame).center().toPoint()
        QTest.mouseClick(self.view.strip, Qt.MouseButton.LeftButton, modifiers, place)

    def press(self, key) -> None:
        QTest.keyClick(self.view.strip, key)


@pytest.fixture
def bench(styled, qtbot):
    def make(name: str = "", state: CTCState | None = None) -> Bench:
        made = Bench(name, state)
        qtbot.addWidget(made.view)
        return made

    return make


def test_the_best_path_is_shown_until_one_is_made(bench) -> None:
    b = bench()
    assert not b.collapse.is_edited
    assert str(b.model.figure.row_names[1]) == "best path"
    assert "".join(b.model.figure.path) == "εcccaaεεttεε"
    assert [(g.name, g.start, g.end) for g in b.model.figure.groups if g.role != "blank"] == [
        ("c", 1, 4), ("a", 4, 6), ("t", 8, 10)]  # fmt: skip
    assert collapse(b.collapse.path, 0).tolist() == [1, 2, 3]


def test_the_share_of_the_best_path_is_that_of_its_product(bench) -> None:
    b = bench()
    probs = np.exp(b.sequence.log_probs[np.arange(12), b.collapse.path])
    assert b.collapse.log_prob == pytest.approx(np.log(probs).sum())
    assert b.view.path.text() == "log P = −6.836, 5.6% of P(target)"


def test_a_click_goes_through_the_symbols_and_comes_back(bench) -> None:
    b = bench()
    b.click(5)
    assert b.state.path is not None
    assert b.state.path[5] == 3
    b.click(5, Qt.KeyboardModifier.ShiftModifier)
    assert b.state.path == tuple(b.collapse.best.tolist())
    assert b.keys[0] != b.keys[1]


def test_an_illegal_move_is_marked_with_its_reason(bench) -> None:
    b = bench()
    b.click(5)
    b.press(Qt.Key.Key_Down)
    b.view.strip.setFocus()
    QTest.keyClicks(b.view.strip, "o")
    assert b.state.path[5] == 4
    assert b.model.figure.stop == 5
    assert b.model.figure.path_roles[5] == "err"
    assert b.view.path.text() == "“o” is not in the target; “t” comes next."
    assert b.collapse.share == 0


def test_typing_writes_and_steps_on(bench) -> None:
    b = bench()
    b.press(Qt.Key.Key_Home)
    QTest.keyClicks(b.view.strip, "ccaattt")
    b.press(Qt.Key.Key_Delete)
    assert b.view.strip.caret == 7
    assert "".join(b.model.figure.path[:8]) == "ccaattt" + "ε"


def test_backspace_writes_the_blank_and_steps_back(bench) -> None:
    b = bench()
    b.press(Qt.Key.Key_End)
    b.press(Qt.Key.Key_Left)
    b.press(Qt.Key.Key_Left)
    assert b.view.strip.caret == 9
    b.press(Qt.Key.Key_Backspace)
    assert b.state.path[9] == 0
    assert b.view.strip.caret == 8


def test_a_foreign_key_changes_nothing_and_says_so(bench, qtbot) -> None:
    b = bench()
    with qtbot.waitSignal(b.view.hinted) as hinted:
        QTest.keyClicks(b.view.strip, "z")
    assert "“z”" in hinted.args[0]
    assert b.state.path is None


def test_both_buttons_start_from_their_path(bench) -> None:
    b = bench("ctc_captcha_hello88")
    assert not b.view.best.isEnabled()
    QTest.mouseClick(b.view.greedy, Qt.MouseButton.LeftButton)
    assert b.state.path == tuple(b.collapse.greedy.tolist())
    assert str(b.model.path) == "“l” comes before “o” and cannot be left out."
    QTest.mouseClick(b.view.best, Qt.MouseButton.LeftButton)
    assert b.state.path is None


def test_greedy_stands_out_where_it_leaves_the_best_path(bench) -> None:
    b = bench("ctc_captcha_hello88")
    differing = [t for t, role in enumerate(b.model.figure.greedy_roles) if role == "err"]
    assert differing == np.flatnonzero(b.collapse.greedy != b.collapse.best).tolist()
    assert differing
    assert b.view.verdict.text() == "one “l” is missing: edit distance 1"
    assert b.view.verdict.property("role") == "err"


def test_phones_are_typed_by_their_first_letter(bench) -> None:
    b = bench("ctc_speech_arctic")
    b.press(Qt.Key.Key_Home)
    first = next(name for name in b.sequence.names if len(name) > 1 and name.isalpha())
    QTest.keyClicks(b.view.strip, first[0])
    assert b.sequence.names[b.state.path[0]].startswith(first[0])


def test_an_infeasible_target_shows_the_greedy_path_and_where_it_stops(bench) -> None:
    b = bench(state=set_frames(3).update(set_target("committee").update(CTCState())))
    assert b.collapse.best is None
    assert b.model.figure.stop is not None
    assert b.collapse.share == 0


def test_a_path_for_other_frames_is_not_used(bench) -> None:
    b = bench(state=CTCState(path=(0, 1)))
    assert not b.collapse.is_edited


def test_a_click_beside_the_path_does_nothing(bench) -> None:
    b = bench()
    at = b.view.strip.cell(3).center().toPoint()
    at.setY(round(PATH_Y) - 15)
    QTest.mouseClick(b.view.strip, Qt.MouseButton.LeftButton, pos=at)
    assert b.state.path is None
