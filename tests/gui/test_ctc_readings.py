"""What is read beside the lattice, driven by real events: decoding, alignments drawn, another alpha, the descent."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.ctc.alpha_bugs import usual_bugs
from core.files import read
from core.problem import Problem
from gui.ctc_desk import CtcDesk
from gui.workspaces.ctc.side_edits import choose_sequence
from gui.workspaces.ctc.state import GivenAlpha
from gui.workspaces.ctc.toy_edits import toy_of

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


@pytest.fixture
def bench(styled, qtbot, keeper):
    class Bench:
        def __init__(self, name: str = "", **fields) -> None:
            batch = read(SAMPLES / f"{name}.npz")[0] if name else None
            self.desk = CtcDesk()
            qtbot.addWidget(self.desk, before_close_func=CtcDesk.close)
            self.keeper = keeper(self.desk.show_state, Problem(batch.loss, batch) if batch else None, **fields)
            self.keeper.refuse = self.desk.refuse
            self.desk.state_edited.connect(self.keeper.edit)
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
        def figure(self):
            return self.desk.lattice.scene.pane.lattice._stack.lattice

        def settle(self) -> None:
            qtbot.waitUntil(lambda: self.desk.is_idle, timeout=20_000)

        def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
            QTest.keyClick(self.desk.lattice, key, modifiers)

        def alpha_of(self, key: str) -> np.ndarray:
            """What a usual mistake makes of the sequence shown."""
            model = self.desk.model
            bug = next(one for one in usual_bugs(model.sequence, model.lattice) if one.key == key)
            return bug.alpha(len(model.lattice.alpha))

    return Bench


def shown(table) -> list[tuple[str, str]]:
    return [(name.text(), value.text()) for name, value in table._labels if not name.isHidden()]


def test_greedy_and_beam_stand_beside_the_target_with_their_edits(bench) -> None:
    b = bench("ctc_noisy_misread_reduced")
    rows = shown(b.desk.side.decode.rows)
    assert [name.split(":")[0] for name, _ in rows[:3]] == ["target", "greedy", "beam 1"]
    assert "·" not in rows[0][1]
    edits = int(rows[1][1].split("·")[1])
    assert edits == b.desk.model.collapse.distance > 0
    masses = [float(value.split("·")[0].replace("\N{MINUS SIGN}", "-")) for _, value in rows[2:]]
    assert masses == sorted(masses, reverse=True)


def test_a_toy_that_was_changed_is_decoded_again(bench) -> None:
    b = bench()
    line = b.desk.side.toy.target.line
    line.selectAll()
    QTest.keyClicks(line, "cot")
    b.settle()
    rows = shown(b.desk.side.decode.rows)
    assert rows[0][0] == "target: “cot”"
    assert rows[1] == ("greedy: “cat”", rows[1][1])
    assert rows[1][1].endswith("· 1")


def test_p_draws_one_alignment_more_and_shift_p_takes_them_away(bench) -> None:
    b = bench()
    assert b.figure.drawn is None
    b.press(Qt.Key.Key_P)
    b.press(Qt.Key.Key_P)
    assert b.figure.drawn.shape == (2, 12)
    first = b.figure.drawn[0].tolist()
    b.press(Qt.Key.Key_P)
    assert b.figure.drawn[0].tolist() == first
    assert b.desk.side.decode.drawn.text().startswith("3 drawn")
    b.press(Qt.Key.Key_P, Qt.KeyboardModifier.ShiftModifier)
    assert b.figure.drawn is None
    assert not b.desk.side.decode.clear.isEnabled()


def test_an_alignment_drawn_spells_the_target(bench) -> None:
    b = bench()
    QTest.mouseClick(b.desk.side.decode.draw_one, Qt.MouseButton.LeftButton)
    steps = np.diff(b.figure.drawn[0])
    assert b.figure.drawn[0][0] in (0, 1)
    assert b.figure.drawn[0][-1] in (5, 6)
    assert set(steps.tolist()) <= {0, 1, 2}


def test_the_page_takes_its_keys_before_the_window_does(bench) -> None:
    b = bench()
    press = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, "p")
    press.ignore()
    QApplication.sendEvent(b.desk.lattice, press)
    assert press.isAccepted()
    question = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier, "?")
    question.ignore()
    QApplication.sendEvent(b.desk.lattice, question)
    assert not question.isAccepted()  # the key map, outside the step-through


def test_an_alpha_that_skips_over_equal_labels_is_named_and_its_first_cell_explained(bench, tmp_path) -> None:
    b = bench("ctc_balloon_reduced")
    wrong = b.alpha_of("skip_equal")
    np.save(tmp_path / "mine.npy", wrong.T)
    b.desk.side.compare.section.fold(False)
    b.desk.side.compare.open_file(str(tmp_path / "mine.npy"))
    b.settle()
    compare = b.desk.side.compare
    assert "Skips over the blank between equal labels" in compare.summary.text()
    assert "(S, T)" in compare.layout_read.text()
    QTest.mouseClick(compare.go, Qt.MouseButton.LeftButton)
    differs = ~np.isclose(wrong, b.desk.model.lattice.alpha, atol=1e-6) & np.isfinite(wrong)
    assert b.desk.lattice.scene.cell == tuple(np.argwhere(differs)[0].tolist())
    assert b.figure.differs is not None
    QTest.mouseClick(compare.close_given, Qt.MouseButton.LeftButton)
    b.settle()
    assert b.figure.differs is None
    assert b.keeper.steps == 2


def test_an_alpha_can_be_dropped_on_the_section(bench, tmp_path) -> None:
    b = bench()
    np.savetxt(tmp_path / "mine.txt", b.desk.model.lattice.alpha)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "mine.txt"))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(b.desk.side.compare, QDragEnterEvent(QPoint(20, 20), copy, data, left, none))
    QApplication.sendEvent(b.desk.side.compare, QDropEvent(QPointF(20, 20), copy, data, left, none))
    b.settle()
    assert b.state.given.name == "mine.txt"
    assert b.desk.side.compare.summary.text().startswith("Every cell agrees.")


def test_an_alpha_of_another_shape_is_refused_in_words(bench) -> None:
    b = bench(given=GivenAlpha("mine.npy", np.zeros((3, 4))))
    assert "12 frames of 7 rows do not fit" in b.desk.side.compare.summary.text()
    assert b.figure.differs is None


def test_a_file_without_numbers_is_refused_and_nothing_changes(bench, tmp_path) -> None:
    b = bench()
    (tmp_path / "mine.txt").write_text("no numbers here")
    b.desk.side.compare.open_file(str(tmp_path / "mine.txt"))
    assert "mine.txt" in b.desk.side.compare.summary.text()
    assert b.state.given is None


def test_a_loss_typed_without_the_last_label_s_end_is_explained(bench) -> None:
    b = bench()
    b.desk.side.compare.section.fold(False)
    alpha = b.desk.model.lattice.alpha
    line = b.desk.side.compare.loss.line
    QTest.keyClicks(line, f"{-alpha[-1, -1]:.6f}")
    QTest.keyClick(line, Qt.Key.Key_Return)
    b.settle()
    assert "the end in the last label, S − 2, was forgotten" in b.desk.side.compare.loss_told.text()


def test_a_loss_that_is_no_number_is_refused_at_its_field(bench) -> None:
    b = bench()
    b.desk.side.compare.section.fold(False)
    QTest.keyClicks(b.desk.side.compare.loss.line, "four")
    QTest.keyClick(b.desk.side.compare.loss.line, Qt.Key.Key_Return)
    assert "“four” is no number" in b.desk.side.compare.loss._reason.text()
    assert b.state.given_loss is None


def test_the_blank_floods_first_and_the_labels_rise_after_it(bench, qtbot) -> None:
    b = bench()
    learn = b.desk.side.learn
    learn.section.fold(False)
    QTest.mouseClick(learn.uniform, Qt.MouseButton.LeftButton)
    assert learn.is_playing
    qtbot.waitUntil(lambda: (b.state.learning or 0) >= 2, timeout=10_000)
    QTest.mouseClick(learn.play, Qt.MouseButton.LeftButton)
    assert not learn.is_playing
    spikes = []
    for step in (0, 4, 60):
        learn.plot.moved.emit(step)
        b.settle()
        winners = b.desk.model.sequence.log_probs.argmax(axis=1)
        spikes.append(int((winners != 0).sum()))
    assert spikes[:2] == [0, 0]
    assert spikes[2] >= 3
    assert "Step 60 of 60" in learn.sentence.text()


def test_a_drag_over_the_curves_goes_through_the_steps_in_one_undo_step(bench, mouse) -> None:
    b = bench(learning=0)
    plot = b.desk.side.learn.plot
    b.desk.side.learn.section.fold(False)
    losses = [b.desk.model.result.loss]
    mouse(plot, "press", plot.place_of(10))
    for step in (20, 30):
        mouse(plot, "move", plot.place_of(step))
        losses.append(b.desk.model.result.loss)
    mouse(plot, "release", plot.place_of(30))
    assert b.state.learning == 30
    assert losses == sorted(losses, reverse=True)
    assert b.keeper.steps == 1
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert b.state.learning == 31


def test_escape_gives_a_drag_over_the_curves_up(bench, mouse) -> None:
    b = bench(learning=5)
    b.desk.side.learn.section.fold(False)
    plot = b.desk.side.learn.plot
    mouse(plot, "press", plot.place_of(40))
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert b.state.learning == 5


def test_what_was_learned_can_be_kept_as_the_toy_or_left(bench) -> None:
    b = bench(learning=20)
    b.desk.side.learn.section.fold(False)
    before = toy_of(b.state).logits
    learned = b.desk.model.result.loss
    QTest.mouseClick(b.desk.side.learn.keep, Qt.MouseButton.LeftButton)
    assert b.state.learning is None
    assert not np.allclose(toy_of(b.state).logits, before)
    assert b.desk.model.result.loss == pytest.approx(learned)
    b.keeper.undo()
    b.settle()
    QTest.mouseClick(b.desk.side.learn.leave, Qt.MouseButton.LeftButton)
    assert b.desk.model.result.loss == pytest.approx(3.9562989, abs=1e-6)


def test_a_descent_without_an_alignment_says_so(bench) -> None:
    b = bench()
    line = b.desk.side.toy.target.line
    line.selectAll()
    QTest.keyClicks(line, "cattttttttt")
    b.desk.side.learn.section.fold(False)
    QTest.mouseClick(b.desk.side.learn.play, Qt.MouseButton.LeftButton)
    b.settle()
    assert "No alignment fits" in b.desk.side.learn.sentence.text()


def test_v_counts_the_rows_from_the_best_path(bench) -> None:
    b = bench("ctc_long_line_reduced")
    b.press(Qt.Key.Key_V)
    figure = b.figure
    assert set(figure.path.tolist()) == {0}
    assert figure.top < 0
    occupancy, path = b.desk.model.lattice.occupancy, b.desk.model.lattice.best_path
    b.press(Qt.Key.Key_3)
    for i in range(b.figure.frames):
        frame = b.figure.first + i
        assert b.figure.shares[i, -b.figure.top + 1] == pytest.approx(occupancy[frame, path[frame] + 1])
    plot = b.desk.lattice.scene.pane.lattice
    frame = figure.first + 3
    row = int(b.desk.model.lattice.best_path[frame])
    assert plot.cell_at(plot.place_of_cell(frame, row)) == (frame, row)
    assert plot.cell_at(plot.place_of_cell(frame, row + 1)) == (frame, row + 1)
    b.press(Qt.Key.Key_V)
    assert b.figure.base is None


def test_j_goes_to_a_frame_that_is_typed(bench) -> None:
    b = bench("ctc_speech_arctic")
    b.press(Qt.Key.Key_J)
    line = b.desk.go_line.line
    QTest.keyClicks(line, "150")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert b.state.frame == 150
    first, last = b.figure.first, b.figure.first + b.figure.frames
    assert first <= 150 < last
    QTest.keyClicks(line, "999")
    line.setText("999")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "There is no frame 999" in b.desk.go_line._told.text()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not b.desk.go_line.isVisible()


def test_slash_finds_symbols_of_the_target_one_place_after_another(bench) -> None:
    b = bench("ctc_long_line_reduced")
    b.press(Qt.Key.Key_Slash)
    line = b.desk.go_line.line
    QTest.keyClicks(line, "oo")
    QTest.keyClick(line, Qt.Key.Key_Return)
    first = b.state.frame
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert b.state.frame > first > 0
    line.setText("xyz")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert "“xyz” is not in the target" in b.desk.go_line._told.text()


def test_n_goes_to_the_next_weak_segment_and_back(bench) -> None:
    b = bench("ctc_speech_arctic")
    weak = [one.start for one in b.desk.model.side.segments if one.confidence <= 0.6]
    for start in weak[:2]:
        b.press(Qt.Key.Key_N)
        assert b.state.frame == start
    b.press(Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert b.state.frame == weak[0]


def test_a_recording_opens_where_its_first_label_is(bench) -> None:
    b = bench("ctc_speech_arctic")
    assert 0 <= b.desk.model.side.segments[0].start - b.figure.first <= 3


GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("ctc_*.json"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_every_sample_opens_and_is_decoded_and_aligned_as_torch_says(bench, path) -> None:
    b = bench(path.stem)
    for n, said in enumerate(json.loads(path.read_text())["extra"]["ctc"]):
        b.keeper.edit(choose_sequence(n))
        b.settle()
        model = b.desk.model
        assert model.collapse.read.tolist() == said["greedy_ids"]
        assert model.collapse.distance == said["edit_distance"]
        assert model.lattice.best_path.tolist() == said["viterbi_states"]
        first, last = b.figure.first, b.figure.first + b.figure.frames
        assert b.figure.path.tolist() == said["viterbi_states"][first:last]


@pytest.mark.parametrize("name", ["ctc_balloon_full", "ctc_speech_arctic", "ctc_long_line_reduced"])
def test_the_alignment_stands_under_its_picture_on_the_same_frames(bench, name) -> None:
    b = bench(name)
    scene = b.desk.lattice.scene
    source, cells = scene.pane.source, scene.pane.lattice
    assert source.isVisible()
    assert source._axis == cells._axis
