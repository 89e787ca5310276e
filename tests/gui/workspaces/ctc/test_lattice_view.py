"""The lattice driven by a mouse and keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from core.batch import Batch
from core.files import read
from core.history import History
from core.jobs import finish
from core.losses import CTCLoss
from core.problem import Problem
from gui.edit import Edit
from gui.kit.theme import set_theme
from gui.workspaces.ctc.compute_lattice import compute, request
from gui.workspaces.ctc.lattice_view import LatticeView
from gui.workspaces.ctc.present_lattice import present
from gui.workspaces.ctc.state import CTCState

SAMPLES = Path(__file__).parents[4] / "resources" / "samples"
MODES = ("alpha", "beta", "occupancy", "path", "gradient")
NAMES = sorted(path.stem for path in SAMPLES.glob("*ctc_*.npz"))


class Bench:
    """A view, a history of states, and the loop between them."""

    def __init__(self, batch: Batch | None, size: tuple[int, int], **state: object) -> None:
        self.problem = Problem(batch.loss if batch else CTCLoss(), batch)
        self.history = History(CTCState(**state))
        self._result = None
        self.view = LatticeView()
        self.view.resize(*size)
        self.view.state_edited.connect(self._apply)
        self.view.problem_edited.connect(self._apply_problem)
        self.view.released.connect(self._seal)
        self.view.cancelled.connect(self._cancel)
        self._show()
        self.view.show()
        QApplication.processEvents()

    @property
    def state(self) -> CTCState:
        return self.history.present

    @property
    def lattice(self):
        return self.view.scene.pane.lattice

    @property
    def card(self):
        focus = self.view.scene.cards.widgets.focus
        return None if focus.isHidden() else focus.card

    @property
    def steps(self) -> int:
        return len(self.history.past)

    def show_state(self, **changes: object) -> None:
        self.history = History(replace(self.state, **changes))
        self._show()

    def hover(self, frame: int, row: int) -> None:
        mouse(self.lattice, QEvent.Type.MouseMove, self.lattice.place_of_cell(frame, row), held=False)

    def _apply(self, edit: Edit[CTCState]) -> None:
        after = edit.update(self.state)
        if after is not self.state:
            self.history = self.history.push(after, str(edit.label), edit.merge_key)
        self._show()

    def _apply_problem(self, edit: Edit[Problem]) -> None:
        self.problem = edit.update(self.problem)
        self._show()

    def _seal(self) -> None:
        self.history = self.history.seal()

    def _cancel(self) -> None:
        self.history = self.history.undo()
        self._show()

    def _show(self) -> None:
        asked = request(self.problem, self.state)
        if self._result is None or self._result.request != asked:
            self._result = finish(compute(asked))
        self.view.show_state(self.problem, self.state)
        self.model = present(self.problem, self.state, self._result)
        self.view.draw(self.model)


def mouse(widget: QWidget, kind: QEvent.Type, at: QPointF, *, held: bool = True) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    button = none if kind == QEvent.Type.MouseMove else left
    down = left if held and kind != QEvent.Type.MouseButtonRelease else none
    place = QPointF(widget.mapToGlobal(at.toPoint()))
    QApplication.sendEvent(widget, QMouseEvent(kind, at, place, button, down, Qt.KeyboardModifier.NoModifier))


def drag(widget: QWidget, start: QPointF, *places: QPointF) -> None:
    mouse(widget, QEvent.Type.MouseButtonPress, start)
    for place in places:
        mouse(widget, QEvent.Type.MouseMove, place)
    mouse(widget, QEvent.Type.MouseButtonRelease, places[-1])


@pytest.fixture
def bench(styled, qtbot):
    def make(name: str | Batch | None = None, size: tuple[int, int] = (916, 436), **state: object) -> Bench:
        batch = read(SAMPLES / f"{name}.npz")[0] if isinstance(name, str) else name
        made = Bench(batch, size, **state)
        qtbot.addWidget(made.view)
        return made

    return make


def long_batch(T: int = 2000, U: int = 400, C: int = 30) -> Batch:
    rng = np.random.default_rng(0)
    logits = rng.normal(size=(T, C))
    labels = rng.integers(1, C, U)
    logits[2 :: T // U, :][np.arange(U), labels] += 8
    logits[:, 0] += 3
    log_probs = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return Batch("long", CTCLoss(), log_probs, labels, np.array(T), np.array(U))


def test_a_sideways_drag_over_the_lattice_moves_the_playhead_in_one_step(bench) -> None:
    b = bench()
    at = b.lattice.place_of_cell
    drag(b.lattice, at(2, 5), at(4, 5), at(7, 5))
    assert b.state.frame == 7
    assert b.steps == 1
    assert b.state.pinned == ()


def test_a_press_on_the_emissions_takes_the_playhead_there(bench) -> None:
    b = bench("ctc_captcha_hello88")
    for part in (b.view.scene.pane.emission, b.view.scene.pane.source):
        drag(part, part.place_of(3), part.place_of(9), part.place_of(12))
        assert b.state.frame == 12
    assert b.steps == 2


def test_escape_during_a_drag_brings_the_playhead_back(bench) -> None:
    b = bench(frame=3)
    rows = b.view.scene.pane.emission
    mouse(rows, QEvent.Type.MouseButtonPress, rows.place_of(6))
    mouse(rows, QEvent.Type.MouseMove, rows.place_of(9))
    QTest.keyClick(b.view, Qt.Key.Key_Escape)
    assert b.state.frame == 3
    assert b.steps == 0


def test_hovering_a_cell_opens_its_card_beside_it(bench) -> None:
    b = bench()
    assert b.card is None
    b.hover(5, 3)
    assert b.card.title == "α(5, 3)"
    focus = b.view.scene.cards.widgets.focus.geometry()
    for row, frame in ((3, 5), (3, 4), (2, 4), (1, 4)):
        cell = b.lattice.mapTo(b.view.scene, b.lattice.place_of_cell(frame, row).toPoint())
        assert not focus.contains(cell)
    assert b.view.accessibleName().startswith("Frame 5, row 3, a: log alpha −2.482")


@pytest.mark.parametrize("size", [(916, 436), (916, 600), (1216, 420), (700, 400)])
def test_no_card_stands_over_the_cell_that_it_explains(bench, size) -> None:
    b = bench("ctc_captcha_hello88", size)
    for frame in range(0, 21, 3):
        for row in range(0, 15, 2):
            b.hover(frame, row)
            cell = b.lattice.mapTo(b.view.scene, b.lattice.place_of_cell(frame, row).toPoint())
            assert not b.view.scene.cards.widgets.focus.geometry().contains(cell)


def test_the_card_goes_when_the_mouse_leaves(bench) -> None:
    b = bench()
    b.hover(5, 3)
    QApplication.sendEvent(b.lattice, QEvent(QEvent.Type.Leave))
    assert b.card is None


def test_a_click_pins_a_card_and_a_second_one_lets_it_go(bench) -> None:
    b = bench()
    for _ in range(2):
        at = b.lattice.place_of_cell(5, 3)
        mouse(b.lattice, QEvent.Type.MouseButtonPress, at)
        mouse(b.lattice, QEvent.Type.MouseButtonRelease, at)
        assert b.state.pinned == (((5, 3),) if b.steps == 1 else ())
    assert b.steps == 2


def test_at_most_three_cards_stay_and_escape_takes_the_newest(bench) -> None:
    b = bench()
    for cell in ((1, 1), (3, 1), (5, 3), (9, 5)):
        mouse(b.lattice, QEvent.Type.MouseButtonPress, b.lattice.place_of_cell(*cell))
        mouse(b.lattice, QEvent.Type.MouseButtonRelease, b.lattice.place_of_cell(*cell))
    assert b.state.pinned == ((3, 1), (5, 3), (9, 5))
    assert [card.card.title for card in b.view.scene.cards.widgets.pinned] == ["α(3, 1)", "α(5, 3)", "α(9, 5)"]
    QTest.keyClick(b.view, Qt.Key.Key_Escape)
    assert b.state.pinned == ((3, 1), (5, 3))


def test_the_pin_of_a_card_lets_it_go(bench) -> None:
    b = bench(pinned=((5, 3),))
    (card,) = b.view.scene.cards.widgets.pinned
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(card.width() - 26, 27))
    assert b.state.pinned == ()


def test_arrows_walk_from_cell_to_cell_and_enter_pins(bench) -> None:
    b = bench(frame=5)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(b.view, key)
    assert b.view.scene.cell == (5, 4)
    QTest.keyClick(b.view, Qt.Key.Key_Return)
    assert b.state.pinned == ((5, 4),)


def test_keys_move_the_playhead_and_choose_the_layer(bench) -> None:
    b = bench("ctc_zh_cross_entropy_reduced")
    shift = Qt.KeyboardModifier.ShiftModifier
    none = Qt.KeyboardModifier.NoModifier
    for key, modifiers, frame in (
        (Qt.Key.Key_Period, none, 1),
        (Qt.Key.Key_Period, shift, 11),
        (Qt.Key.Key_Greater, shift, 21),
        (Qt.Key.Key_Comma, none, 20),
        (Qt.Key.Key_End, none, 31),
        (Qt.Key.Key_Home, none, 0),
    ):
        QTest.keyClick(b.view, key, modifiers)
        assert b.state.frame == frame
    for key, mode in zip("12345", MODES, strict=True):
        QTest.keyClick(b.view, key)
        assert b.state.mode == mode


def test_inside_the_step_through_the_players_keys_are_left_to_it(bench) -> None:
    b = bench(step=10)
    QTest.keyClick(b.view, Qt.Key.Key_Period)
    assert b.state.frame == 0


def test_the_card_of_a_value_to_be_guessed_is_not_shown(bench) -> None:
    b = bench(step=30, by_cell=True, predict=True)
    cell = b.model.progressed.focus
    b.hover(*cell)
    assert b.card is None
    b.show_state(guess=-1.0)
    b.hover(*cell)
    assert b.card.frame == cell[0]


def test_keys_switch_path_edges_and_colours(bench) -> None:
    b = bench()
    seen = []
    b.view.look_changed.connect(seen.append)
    for key in "BEA":
        QTest.keyClick(b.view, key)
    assert [(look.path, look.edges, look.absolute) for look in seen] == [
        (False, True, False),
        (False, False, False),
        (False, False, True),
    ]


def test_a_long_sequence_is_a_window_beside_the_whole(bench) -> None:
    b = bench("ctc_speech_arctic", frame=127)
    window = b.view.scene.window_in_view
    assert window.first <= 127 < window.last
    assert b.view.zoom == pytest.approx(201 / window.count)
    assert b.view.axis.first == window.first
    assert b.view.scene.strip.isVisible()


def test_the_window_is_dragged_and_resized(bench) -> None:
    b = bench("ctc_speech_arctic", frame=127)
    strip = b.view.scene.strip
    seen = []
    b.view.axis_changed.connect(seen.append)
    before = b.view.scene.window_in_view
    rect = strip.window_rect()
    pixel = rect.width() / before.count
    drag(strip, rect.center(), rect.center() - QPointF(30 * pixel, 0))
    moved = b.view.scene.window_in_view
    assert (moved.first, moved.count) == (before.first - 30, before.count)
    assert seen[-1].first == moved.first
    rect = strip.window_rect()
    edge = QPointF(rect.right(), rect.center().y())
    drag(strip, edge, edge + QPointF(12 * pixel, 0))
    wider = b.view.scene.window_in_view
    assert (wider.first, wider.count) == (moved.first, moved.count + 12)
    assert b.steps == 0


def test_a_press_beside_the_window_brings_it_there(bench) -> None:
    b = bench("ctc_speech_arctic", frame=127)
    strip = b.view.scene.strip
    at = QPointF(112 + 788 * 40.5 / 201, 20)
    mouse(strip, QEvent.Type.MouseButtonPress, at)
    mouse(strip, QEvent.Type.MouseButtonRelease, at)
    assert abs(b.view.scene.window_in_view.middle - 40.5) <= 1


def test_arrows_move_the_window_when_it_has_the_focus(bench) -> None:
    b = bench("ctc_speech_arctic", frame=127)
    first = b.view.scene.window_in_view.first
    QTest.keyClick(b.view.scene.strip, Qt.Key.Key_Right)
    QTest.keyClick(b.view.scene.strip, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert b.view.scene.window_in_view.first == first - 9


def test_the_wheel_zooms_about_the_mouse(bench) -> None:
    b = bench("ctc_speech_arctic", frame=127)
    before = b.view.scene.window_in_view
    at = b.lattice.place_of(127)
    event = QWheelEvent(
        at,
        QPointF(b.lattice.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(b.lattice, event)
    after = b.view.scene.window_in_view
    assert after.count < before.count
    assert after.first <= 127 < after.last


def test_the_window_follows_the_playhead(bench) -> None:
    b = bench("ctc_long_line_reduced", frame=20)
    QTest.keyClick(b.view, Qt.Key.Key_End)
    assert b.view.scene.window_in_view.last == 165


def test_a_weak_label_is_a_press_away(bench) -> None:
    b = bench("ctc_speech_arctic")
    weakest = b.view.scene.aside.weakest
    QTest.mouseClick(weakest, Qt.MouseButton.LeftButton, pos=weakest.row_rect(0).center().toPoint())
    assert b.state.frame == 127
    assert b.view.scene.cell == (127, 73)


def test_z_shows_numbers_around_a_cell_and_goes_back(bench) -> None:
    b = bench("ctc_zh_cross_entropy_reduced", frame=11)
    QTest.keyClick(b.view, Qt.Key.Key_Z)
    assert b.lattice.layout_in_force.level == "pill"
    assert b.view.scene.window_in_view.first <= 11 < b.view.scene.window_in_view.last
    QTest.keyClick(b.view, Qt.Key.Key_Z)
    assert b.view.zoom == 1


def test_the_card_of_an_infeasible_target_offers_what_would_do(bench) -> None:
    batch = replace(read(SAMPLES / "ctc_captcha_hello88.npz")[0], input_lengths=np.array(8))
    b = bench(batch, (916, 560))
    refusal = b.view.scene.refusal
    assert refusal.isVisible()
    nodes = b.lattice.mapTo(b.view.scene, b.lattice.place_of_cell(7, 7).toPoint())
    assert not refusal.geometry().contains(nodes)
    QTest.mouseClick(refusal.buttons[0], Qt.MouseButton.LeftButton)
    assert b.problem.batch.input_lengths == 21
    assert not refusal.isVisible()


def test_an_infeasible_target_without_more_frames_can_be_silenced(bench) -> None:
    b = bench("bug_ctc_too_short")
    assert np.isinf(b.model.value)
    QTest.mouseClick(b.view.scene.refusal.buttons[2], Qt.MouseButton.LeftButton)
    assert b.problem.loss.zero_infinity
    assert b.model.value == 0.0


def test_no_frame_that_was_not_read_can_be_chosen(bench) -> None:
    batch = replace(read(SAMPLES / "ctc_captcha_hello88.npz")[0], input_lengths=np.array(8))
    b = bench(batch, (916, 560))
    rows = b.view.scene.pane.emission
    drag(rows, rows.place_of(3), rows.place_of(18))
    assert b.state.frame == 7
    assert b.lattice.cell_at(b.lattice.place_of_cell(15, 3)) is None


def test_a_refused_batch_is_a_sentence(bench) -> None:
    bad = Batch("bad", CTCLoss(), np.zeros((4, 3), np.float32), np.array([7]), np.array(4), np.array(1))
    b = bench(bad)
    assert b.view.scene.empty.isVisible()
    assert not b.view.scene.pane.isVisible()


@pytest.mark.parametrize("name", [*NAMES, None])
def test_every_sample_is_drawn_in_every_mode(bench, name) -> None:
    b = bench(name, frame=4)
    for theme in ("light", "dark"):
        set_theme(theme)
        for mode in MODES:
            b.show_state(mode=mode)
            picture = b.view.grab().toImage()
            colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
            assert len(colours) > 8


def test_raw_logits_and_nan_are_drawn(bench) -> None:
    log_probs = np.log(np.full((6, 3), 1 / 3))
    log_probs[2, 1] = np.nan
    b = bench(Batch("nan", CTCLoss(), log_probs, np.array([1, 2]), np.array(6), np.array(2)))
    for mode in MODES:
        b.show_state(mode=mode)
        b.view.grab()
    assert np.isnan(b.model.value)
    b.hover(3, 1)
    assert b.card is not None


def test_an_empty_target_and_a_single_frame_are_drawn(bench) -> None:
    log_probs = np.log(np.full((1, 3), 1 / 3))
    b = bench(Batch("empty", CTCLoss(), log_probs, np.zeros(0, np.int64), np.array(1), np.array(0)))
    for mode in MODES:
        b.show_state(mode=mode)
        b.view.grab()
    assert b.model.value == pytest.approx(np.log(3))


def test_a_long_lattice_is_explored_cell_by_cell(bench) -> None:
    b = bench(long_batch(), (916, 600), frame=1000)
    assert (b.model.frames, b.model.states) == (2000, 801)
    for mode in MODES:
        b.show_state(mode=mode)
        b.view.grab()
    window = b.view.scene.window_in_view
    row = int(b.model.lattice.best_path[window.first + 3])
    b.show_state(mode="alpha")
    b.hover(window.first + 3, row)
    assert b.card.title == f"α({window.first + 3}, {row})"
    b.view.scene.choose_window(window.zoomed(8, 1000))
    b.view.grab()
    assert b.view.scene.window_in_view.count == 64


def test_a_toy_edit_keeps_the_cell_in_focus(bench) -> None:
    from gui.workspaces.ctc.toy_edits import set_share

    b = bench(frame=5)
    b.hover(5, 3)
    before = b.card.sums[-1].value
    b.view.state_edited.emit(set_share(5, 2, 0.9))
    assert b.card.title == "α(5, 3)"
    assert b.card.sums[-1].value != before
