"""The CTC page driven by real events: toy, playhead, step-through, collapse strip, segments, batches."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from core.files import read
from core.links import apply_link
from core.problem import Problem
from gui.ctc_desk import CtcDesk
from gui.workspaces.ctc.toy_edits import toy_of

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


class Bench:
    """The page, the history of states behind it, and what it tells the rest of the window."""

    def __init__(self, keeper, qtbot, name: str = "", **fields) -> None:
        batch = read(SAMPLES / f"{name}.npz")[0] if name else None
        self.desk = CtcDesk()
        qtbot.addWidget(self.desk, before_close_func=CtcDesk.close)
        self.qtbot = qtbot
        self.keeper = keeper(self.desk.show_state, Problem(batch.loss, batch) if batch else None, **fields)
        self.keeper.refuse = self.desk.refuse
        self.shown: list = []
        self.desk.computed.connect(lambda shown, _: self.shown.append(shown))
        self.desk.state_edited.connect(self.keeper.edit)
        self.desk.problem_edited.connect(self.keeper.edit_problem)
        self.desk.released.connect(self.keeper.seal)
        self.desk.cancelled.connect(self.keeper.undo)
        self.desk.resize(1216, 676)
        self.desk.show()
        self.keeper.show()
        self.settle()

    @property
    def state(self):
        return self.keeper.state

    @property
    def probs(self) -> np.ndarray:
        return apply_link("softmax", toy_of(self.state).logits)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.desk.is_idle, timeout=20_000)

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self.desk.lattice, key, modifiers)

    def click(self, widget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.fixture
def bench(styled, qtbot, keeper):
    return lambda name="", **fields: Bench(keeper, qtbot, name, **fields)


def test_the_toy_is_shown_with_its_loss(bench) -> None:
    b = bench()
    assert b.shown[-1].value == pytest.approx(3.9562989, abs=1e-6)  # by torch 2.13
    assert b.desk.side.toy.isVisible()
    assert b.desk.bar.title.text() == "Hand-made: “cat”"


def test_typing_a_target_is_live(bench) -> None:
    b = bench()
    line = b.desk.side.toy.target.line
    line.selectAll()
    QTest.keyClicks(line, "cot")
    assert b.desk.model.sequence.text == "cot"
    assert b.desk.model.lattice.states.size == 7
    assert len(b.shown) >= 4


def test_a_pasted_target_that_does_not_fit_is_shown_as_such(bench) -> None:
    b = bench()
    QGuiApplication.clipboard().setText("a long sentence for twelve frames")
    line = b.desk.side.toy.target.line
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    b.settle()
    assert toy_of(b.state).text == "a long sentence for twelve frames"
    assert b.shown[-1].value == np.inf
    assert not b.keeper.refused
    assert any(item.accessibleName().startswith("error") for item in b.desk.side.clinic.diagnosis.items())
    assert not b.desk.side.segments.table.isVisible()
    assert b.desk.lattice.scene.refusal.isVisible()


def test_a_drag_of_a_bar_changes_the_loss_at_each_move_in_one_step(bench, mouse) -> None:
    b = bench(frame=5)
    bars = b.desk.side.toy.bars
    values = [b.shown[-1].value]
    at = bars.cap(2)
    mouse(bars, "press", at)
    for height in (15, 30):
        mouse(bars, "move", at - QPointF(0, height))
        values.append(b.shown[-1].value)
    mouse(bars, "release", at - QPointF(0, 30))
    assert values[0] > values[1] > values[2]
    assert b.keeper.steps == 1


def test_a_stroke_of_the_brush_raises_one_symbol_in_the_frames_it_crosses(bench, mouse) -> None:
    b = bench()
    rows = b.desk.lattice.scene.pane.emission
    before = b.probs
    mouse(rows, "press", rows.place_of_cell(3, "o"))
    mouse(rows, "move", rows.place_of_cell(6, "o"))
    mouse(rows, "release", rows.place_of_cell(6, "o"))
    raised = b.probs[:, 4] > before[:, 4] + 0.1
    assert np.flatnonzero(raised).tolist() == [3, 4, 5, 6]
    assert b.keeper.steps == 1
    assert b.probs.sum(axis=1) == pytest.approx(1)
    mouse(rows, "press", rows.place_of_cell(3, "o"), Qt.MouseButton.RightButton)
    mouse(rows, "release", rows.place_of_cell(3, "o"), Qt.MouseButton.RightButton)
    assert b.probs[3, 4] < 0.65 * (before[3, 4] + 0.35 * (1 - before[3, 4])) + 1e-9


def test_escape_takes_a_stroke_back(bench, mouse) -> None:
    b = bench()
    rows = b.desk.lattice.scene.pane.emission
    before = b.probs
    mouse(rows, "press", rows.place_of_cell(3, "g"))
    mouse(rows, "move", rows.place_of_cell(8, "g"))
    QTest.keyClick(rows, Qt.Key.Key_Escape)
    assert b.probs == pytest.approx(before)
    assert b.keeper.steps == 0


def test_the_emissions_of_a_batch_are_not_painted(bench, mouse) -> None:
    b = bench("ctc_captcha_hello88")
    rows = b.desk.lattice.scene.pane.emission
    mouse(rows, "press", rows.place_of_cell(3, "h"))
    mouse(rows, "release", rows.place_of_cell(3, "h"))
    assert b.state.toy is None
    assert b.state.frame == 3


def test_the_playhead_of_the_player_stands_over_the_frames_of_the_lattice(bench) -> None:
    for name in ("", "ctc_speech_arctic"):
        b = bench(name, frame=11)
        knob = b.desk.player.player.playhead().x() + b.desk.player.player.mapTo(b.desk, QPointF(0, 0)).x()
        lattice = b.desk.lattice
        assert knob == pytest.approx(lattice.axis.x(11.5) + lattice.mapTo(b.desk, QPointF(0, 0)).x())


def test_escape_on_a_playhead_that_did_not_move_undoes_nothing(bench, mouse) -> None:
    b = bench()
    b.click(b.desk.player.player.buttons["next"])
    player = b.desk.player.player
    mouse(player, "press", player.playhead())
    QTest.keyClick(player, Qt.Key.Key_Escape)
    assert (b.state.frame, b.keeper.steps) == (1, 1)
    mouse(player, "press", player.playhead())
    mouse(player, "move", player.place_of(6))
    QTest.keyClick(player, Qt.Key.Key_Escape)
    assert (b.state.frame, b.keeper.steps) == (1, 1)


def test_a_drag_during_the_step_through_goes_through_its_steps(bench, mouse) -> None:
    b = bench(step=3)
    player = b.desk.player.player
    mouse(player, "press", player.place_of(8))
    assert b.desk.model.player.place_of(b.state.step) == ("alpha", 8)
    mouse(player, "release", player.place_of(8))
    assert b.state.frame == 8


def test_the_step_through_goes_to_its_end_and_back(bench) -> None:
    b = bench()
    b.click(b.desk.bar.steps)
    assert b.state.step == 0
    count = b.desk.model.player.count
    phases = [b.desk.model.player.phase]
    for step in range(1, count):
        b.press(Qt.Key.Key_F10)
        assert b.state.step == step
        if b.desk.model.player.phase != phases[-1]:
            phases.append(b.desk.model.player.phase)
    assert phases == ["initialise", "forward", "terminate", "backward", "occupancy", "gradient", "collapse"]
    assert b.state.mode == "path"
    b.press(Qt.Key.Key_F10)
    assert b.state.step == count - 1
    b.press(Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier, times=count + 3)
    assert (b.state.step, b.state.mode, b.state.frame) == (0, "alpha", 0)


def test_cell_by_cell_stays_at_its_place(bench) -> None:
    b = bench()
    b.press(Qt.Key.Key_F10, times=6)
    before = b.desk.model.player
    b.desk.player.by.chosen.emit("cell")
    assert b.state.by_cell
    after = b.desk.model.player
    assert (after.phase, after.place_of(after.step)) == (before.phase, before.place_of(before.step))
    assert after.count > before.count


def test_a_prediction_hides_the_value_until_a_number_is_committed(bench) -> None:
    b = bench(step=14, by_cell=True)
    b.press(Qt.Key.Key_Question)
    assert b.state.predict
    truth = b.desk.model.player.plan.at(14).result
    assert b.desk.player.guess.isVisible()
    assert f"{truth:.3f}".lstrip("-") not in b.desk.player.sentence.text()
    b.press(Qt.Key.Key_F10)
    assert b.state.step == 14
    QTest.keyClicks(b.desk.player.guess, f"{truth + 0.04:.3f}")
    QTest.keyClick(b.desk.player.guess, Qt.Key.Key_Return)
    assert b.state.guess == pytest.approx(truth + 0.04, abs=1e-3)
    assert b.desk.player.verdict.property("role") == "ok"
    assert f"{truth:.3f}".lstrip("-") in b.desk.player.sentence.text()
    b.press(Qt.Key.Key_F10)
    assert (b.state.step, b.state.guess) == (15, None)


def test_a_guess_far_off_is_told_the_truth(bench) -> None:
    b = bench(step=14, by_cell=True, predict=True)
    QTest.keyClicks(b.desk.player.guess, "7")
    QTest.keyClick(b.desk.player.guess, Qt.Key.Key_Return)
    truth = b.desk.model.player.plan.at(14).result
    assert b.desk.player.verdict.text() == f"7.000: no, it is {truth:.3f}".replace("-", "−")
    assert b.desk.player.verdict.property("role") == "err"


def test_space_plays_to_the_last_frame(bench) -> None:
    b = bench(frame=8)
    b.desk.player.player.set_speed(200)
    b.press(Qt.Key.Key_Space)
    b.qtbot.waitUntil(lambda: b.state.frame == 11, timeout=5000)
    b.qtbot.waitUntil(lambda: not b.desk.player.player.is_playing, timeout=1000)
    assert b.keeper.steps == 1


def test_the_path_in_the_collapse_strip_is_drawn_on_the_lattice(bench) -> None:
    b = bench()
    strip = b.desk.collapse.strip
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.cell(3).center().toPoint())
    assert b.state.path is not None
    assert b.state.path[3] == 2
    assert b.desk.lattice._model.given is not None
    assert b.desk.lattice._model.stop == b.desk.model.collapse_model.figure.stop


def test_number_keys_choose_what_is_drawn(bench) -> None:
    b = bench()
    for key, mode in ((Qt.Key.Key_5, "gradient"), (Qt.Key.Key_3, "occupancy"), (Qt.Key.Key_1, "alpha")):
        QTest.keyClick(b.desk.player, key)
        assert b.state.mode == mode
        assert b.desk.bar.modes.key() == mode


def test_the_three_gradients_sum_to_0_minus_1_and_0(bench) -> None:
    b = bench("ctc_captcha_hello88", frame=10)
    sums = {truth: b.desk.model.side.gradient_sums[truth][10] for truth in ("logits", "log_probs", "torch")}
    assert list(sums.values()) == pytest.approx([0, -1, 0], abs=1e-5)
    b.desk.side.truth.choice.chosen.emit("log_probs")
    assert (b.state.truth, b.state.mode) == ("log_probs", "gradient")


@pytest.mark.parametrize("ending", ["csv", "json", "TextGrid"])
def test_segments_are_exported_as_they_are_shown(bench, tmp_path, ending) -> None:
    b = bench("ctc_captcha_hello88")
    path = tmp_path / f"out.{ending}"
    b.desk.side.segments.export_requested.emit(str(path))
    text = path.read_text(encoding="utf-8")
    rows = b.desk.side.segments.rows()
    if ending == "TextGrid":
        assert text.startswith('File type = "ooTextFile"')
        return
    found = list(csv.DictReader(text.splitlines())) if ending == "csv" else json.loads(text)
    assert [row["label"] for row in found] == list("hello88")
    assert [(int(row["start"]), int(row["end"]) - 1) for row in found] == [(row.first, row.last) for row in rows]


def test_an_export_to_nowhere_is_told(bench, tmp_path) -> None:
    b = bench()
    b.desk.side.segments.export_requested.emit(str(tmp_path / "missing" / "out.csv"))
    assert b.desk.banner.isVisible()
    assert "cannot be written" in b.desk.banner.words.text()


def test_a_click_on_a_segment_brings_the_playhead_there(bench) -> None:
    b = bench("ctc_speech_arctic")
    table = b.desk.side.segments.table
    table.chosen.emit(36)
    row = b.desk.side.segments.rows()[36]
    assert b.state.frame == row.first
    axis = b.desk.lattice.axis
    assert axis.first <= row.first < axis.last


def test_words_are_merged_from_phones(bench) -> None:
    b = bench("ctc_speech_arctic")
    unit = b.desk.side.segments.unit
    at = unit.segment_rect(1).center().toPoint()
    QTest.mouseClick(unit, Qt.MouseButton.LeftButton, pos=at)
    assert [row.label for row in b.desk.side.segments.rows()][:2] == ["ænd", "ju"]


def test_a_sequence_of_the_batch_is_chosen_by_its_loss(bench) -> None:
    b = bench("ctc_batch_padded")
    chooser = b.desk.side.sequences
    assert chooser.isVisible()
    assert chooser.numbers() == (1, 2, 0, 3)
    at = chooser.visualRect(chooser.model().index(3, 1)).center()
    QTest.mouseClick(chooser.viewport(), Qt.MouseButton.LeftButton, pos=at)
    b.settle()
    assert b.state.sequence == 3
    assert b.desk.model.sequence.index == 3
    chooser.horizontalHeader().sectionClicked.emit(5)
    slack = [chooser.model().index(row, 5).data() for row in range(4)]
    assert [int(text) for text in slack] == sorted(int(text) for text in slack)


def test_the_blank_of_the_toy_moves_its_symbol_and_not_the_loss(bench) -> None:
    b = bench()
    before = b.shown[-1].value
    number = b.desk.side.form.fields.row("blank").number
    number.selectAll()
    QTest.keyClicks(number, "5")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert toy_of(b.state).blank == 5
    assert b.shown[-1].value == pytest.approx(before)
    number.selectAll()
    QTest.keyClicks(number, "9")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert b.keeper.refused[-1].field == "blank"
    assert b.desk.side.form.fields.row("blank").reason()


def test_a_wrong_blank_of_a_batch_is_named(bench) -> None:
    b = bench("bug_ctc_wrong_blank")
    names = [item.accessibleName() for item in b.desk.side.clinic.diagnosis.items()]
    assert any("blank" in name and not name.startswith("ok") for name in names)


def test_a_batch_too_short_shows_what_it_needs(bench) -> None:
    b = bench("bug_ctc_too_short")
    assert b.shown[-1].value == np.inf
    assert b.desk.side.clinic.vitals.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", sorted(path.stem for path in SAMPLES.glob("*ctc_*.npz")))
def test_every_ctc_sample_opens(bench, name, theme) -> None:
    from gui.kit.theme import set_theme

    set_theme(theme)
    b = bench(name)
    assert b.desk.model is not None
    assert not b.desk.banner.isVisible()
    assert b.desk.width() == 1216


def test_that_the_card_of_a_long_lattice_stands_beside_it_down_to_the_last_line(bench) -> None:
    b = bench("ctc_speech_arctic")
    scene, desk = b.desk.lattice.scene, b.desk
    card = scene.cards.widgets.focus
    assert card.isVisible()
    assert scene.aside.geometry().contains(card.geometry())
    assert desk.collapse.geometry().top() < scene.aside.geometry().bottom() < desk.collapse.geometry().bottom()
    b.press(Qt.Key.Key_Right, times=3)
    assert card.isVisible()
    assert scene.aside.geometry().contains(card.geometry())
    for button in desk.player.findChildren(QAbstractButton):
        if button.isVisible():
            left = button.mapTo(desk.picture_area, QPoint(0, 0)).x()
            assert left > scene.aside.geometry().right() or button.y() > desk.player.height()
    b.click(desk.bar.steps)
    assert scene.aside.geometry().bottom() > desk.player.geometry().bottom()
