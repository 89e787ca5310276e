"""A folder that is watched while dumps are written into it, in the whole window."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from core.watch import Timeline
from gui.batch_parts import BESIDE_WATCH, PICTURES
from gui.runtime.settings import Settings
from gui.window import Window

N, C = 12, 3
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(styled: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    made = Window(Settings(tmp_path / "settings.ini"))
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "dumps"
    made.mkdir()
    return made


def write(folder: Path, step: int, name: str = "", **arrays: Any) -> Path:
    """A dump as a training loop writes it: whole, or not there."""
    rng = np.random.default_rng(step)
    order = rng.permutation(N)
    target = np.arange(N) % C
    logits = np.random.default_rng(0).normal(size=(N, C))
    logits[np.arange(N), target] += step / 10
    kept = {"input": logits[order], "target": target[order], "ids": order, "loss": "CrossEntropyLoss",
            "step": step, "split": "train", **arrays}  # fmt: skip
    path = folder / (name or f"step_{step:06d}.npz")
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, **kept)
    os.utime(part, (step, step))
    part.replace(path)
    return path


def timeline(window: Window) -> Timeline:
    watched = window.watch._folder.watched
    assert watched is not None
    return watched.timeline


def steps(window: Window) -> list[int | None]:
    return [point.step for series in timeline(window).series for point in series.points]


def open_step(window: Window) -> int | None:
    batch = window.session.state.problem.base
    return None if batch is None else batch.step


def marker(window: Window) -> int | None:
    figure = window.batch.watch.plot._figure
    assert figure is not None
    return figure.marker


def wait_for(window: Window, qtbot: QtBot, step: int) -> None:
    until(qtbot, lambda: open_step(window) == step and window.is_idle)


def until(qtbot: QtBot, fact: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(fact()), timeout=20000)


def watch(window: Window, qtbot: QtBot, folder: Path, last: int) -> None:
    window.open_file(folder)
    wait_for(window, qtbot, last)
    window.batch.watch.plot.setFocus()


def test_that_the_first_dump_of_a_folder_is_waited_for(window: Window, qtbot: QtBot, folder: Path) -> None:
    window.watch_place(folder)
    until(qtbot, lambda: window.is_idle)
    view = window.batch.watch
    assert view.isVisible()
    assert view.status.text() == "Waiting for the first dump in dumps."
    write(folder, 10)
    wait_for(window, qtbot, 10)
    assert window.batch.isVisible()
    assert view.status.text().startswith("1 file, ")


def test_that_each_dump_of_a_running_training_is_shown(window: Window, qtbot: QtBot, folder: Path) -> None:
    window.watch_place(folder)
    seen: list[int | None] = []
    window.session.store.changed.connect(lambda state: seen.append(state.problem.base.step))
    go_on = threading.Event()

    def train() -> None:
        for step in range(1, 9):
            write(folder, step)
            go_on.wait(0.15)

    loop = threading.Thread(target=train)
    loop.start()
    wait_for(window, qtbot, 8)
    loop.join()
    assert steps(window) == list(range(1, 9))
    assert seen == sorted(seen, key=lambda step: step or 0)


def test_that_a_half_written_file_is_never_shown(window: Window, qtbot: QtBot, folder: Path) -> None:
    write(folder, 10)
    watch(window, qtbot, folder, 10)
    whole = write(folder, 20, "later.bin").read_bytes()
    (folder / "later.bin").unlink()
    growing = folder / "step_000020.npz"
    drawn: list[list[int | None]] = []
    window.watch._folder.looked.connect(lambda: drawn.append(steps(window)))
    for share in (1, 2, 3):
        growing.write_bytes(whole[: share * len(whole) // 4])
        looks = len(drawn)
        until(qtbot, lambda looks=looks: len(drawn) > looks + 1)
    assert all(found == [10] for found in drawn)
    assert open_step(window) == 10
    assert not window.batch.banner.isVisible()
    growing.write_bytes(whole)
    wait_for(window, qtbot, 20)
    assert steps(window) == [10, 20]


def test_that_a_dump_is_shown_before_the_next_look_where_the_file_system_tells_of_it(
    window: Window, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.watch_folder.PERIOD", 3_600_000)
    write(folder, 10)
    watch(window, qtbot, folder, 10)
    write(folder, 20)
    wait_for(window, qtbot, 20)


def test_that_only_from_the_last_dump_the_newest_is_followed(window: Window, qtbot: QtBot, folder: Path) -> None:
    for step in (10, 20, 30):
        write(folder, step)
    watch(window, qtbot, folder, 30)
    assert window.batch.watch.live.isChecked()
    QTest.keyClick(window.batch.watch.plot, Qt.Key.Key_Left)
    wait_for(window, qtbot, 20)
    assert not window.batch.watch.live.isChecked()
    write(folder, 40)
    until(qtbot, lambda: steps(window) == [10, 20, 30, 40] and window.is_idle)
    assert open_step(window) == 20
    QTest.keyClick(window.batch.watch.plot, Qt.Key.Key_End)
    wait_for(window, qtbot, 40)
    write(folder, 50)
    wait_for(window, qtbot, 50)


def test_that_the_live_button_goes_to_the_newest(window: Window, qtbot: QtBot, folder: Path) -> None:
    for step in (10, 20):
        write(folder, step)
    watch(window, qtbot, folder, 20)
    QTest.keyClick(window.batch.watch.plot, Qt.Key.Key_Home)
    wait_for(window, qtbot, 10)
    QTest.mouseClick(window.batch.watch.live, LEFT)
    wait_for(window, qtbot, 20)
    QTest.mouseClick(window.batch.watch.live, LEFT)
    write(folder, 30)
    until(qtbot, lambda: steps(window) == [10, 20, 30] and window.is_idle)
    assert open_step(window) == 20


def test_that_a_step_keeps_sort_filter_and_by_id_the_row(window: Window, qtbot: QtBot, folder: Path) -> None:
    for step in (10, 20):
        write(folder, step)
    watch(window, qtbot, folder, 20)
    window.batch.filter_line.filter_chosen.emit("p < 0.9")
    window.batch.table.sort_chosen.emit("p")
    ids = window.session.state.problem.batch.extras["ids"]  # type: ignore[union-attr]
    row = int(np.flatnonzero(ids == 7)[0])
    window.batch.table.primary_chosen.emit(row)
    window.batch.table.selection_chosen.emit(np.array([row]))
    QTest.keyClick(window.batch.watch.plot, Qt.Key.Key_Left)
    wait_for(window, qtbot, 10)
    state = window.session.state
    ids = state.problem.batch.extras["ids"]  # type: ignore[union-attr]
    assert (state.batch.filter, state.batch.sort) == ("p < 0.9", "p")
    assert ids[state.batch.primary] == 7
    assert ids[state.batch.selection].tolist() == [7]


def test_that_the_chosen_row_is_followed_by_its_id(window: Window, qtbot: QtBot, folder: Path) -> None:
    for step in (10, 20):
        write(folder, step)
    watch(window, qtbot, folder, 20)
    until(qtbot, lambda: str(window.watch._figure.lines[0].name).startswith("id "))  # type: ignore[union-attr]
    figure = window.watch._figure
    assert figure is not None
    shown = window.session.assessment
    assert shown is not None
    assert shown.rows is not None
    primary = window.session.state.batch.primary
    assert primary is not None
    assert figure.lines[0].y[1] == pytest.approx(shown.rows.loss[primary])
    assert np.isfinite(figure.lines[0].y).all()


def test_that_a_drag_over_the_scrubber_is_one_undo_step(
    window: Window, qtbot: QtBot, folder: Path, mouse: Callable[..., None]
) -> None:
    for step in (10, 20, 30):
        write(folder, step)
    watch(window, qtbot, folder, 30)
    window.session.store.seal()
    plot = window.batch.watch.plot
    before = len(window.session.store.history.past)
    mouse(plot, "press", plot.place_of(1))
    wait_for(window, qtbot, 20)
    mouse(plot, "move", plot.place_of(0))
    wait_for(window, qtbot, 10)
    mouse(plot, "release", plot.place_of(0))
    assert len(window.session.store.history.past) == before + 1
    window.commands["undo"].trigger()
    wait_for(window, qtbot, 30)
    assert marker(window) == 2


def test_that_escape_takes_a_drag_back(window: Window, qtbot: QtBot, folder: Path, mouse: Callable[..., None]) -> None:
    for step in (10, 20, 30):
        write(folder, step)
    watch(window, qtbot, folder, 30)
    plot = window.batch.watch.plot
    mouse(plot, "press", plot.place_of(0))
    wait_for(window, qtbot, 10)
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    wait_for(window, qtbot, 30)


def test_that_undo_is_not_overruled_by_the_newest(window: Window, qtbot: QtBot, folder: Path) -> None:
    for step in (10, 20):
        write(folder, step)
    watch(window, qtbot, folder, 20)
    window.commands["undo"].trigger()
    assert open_step(window) is None
    assert not window.batch.watch.live.isChecked()
    with qtbot.waitSignal(window.watch._folder.looked):
        pass
    assert open_step(window) is None


def test_that_down_goes_to_the_same_step_of_another_split(window: Window, qtbot: QtBot, folder: Path) -> None:
    for step in (10, 20):
        write(folder, step)
        write(folder, step, f"val_{step}.npz", split="val")
    window.open_file(folder)
    until(qtbot, lambda: open_step(window) == 20 and window.is_idle)
    before = window.session.state.problem.base
    assert before is not None
    QTest.keyClick(window.batch.watch.plot, Qt.Key.Key_Down)
    until(qtbot, lambda: window.session.state.problem.base is not before and window.is_idle)
    after = window.session.state.problem.base
    assert after is not None
    assert (after.step, {before.split, after.split}) == (20, {"train", "val"})


def test_that_a_file_that_is_rewritten_is_a_step_each_time(window: Window, qtbot: QtBot, folder: Path) -> None:
    place = write(folder, 10, "latest.npz")
    window.watch_place(place)
    wait_for(window, qtbot, 10)
    write(folder, 20, "latest.npz")
    wait_for(window, qtbot, 20)
    assert steps(window) == [10, 20]
    for key, step in ((Qt.Key.Key_Left, 10), (Qt.Key.Key_Right, 20)):
        QTest.keyClick(window.batch.watch.plot, key)
        wait_for(window, qtbot, step)
    window.session.store.seal()
    QTest.keyClick(window.batch.watch.plot, Qt.Key.Key_Left)
    wait_for(window, qtbot, 10)
    assert marker(window) == 0
    window.commands["undo"].trigger()
    wait_for(window, qtbot, 20)
    assert marker(window) == 1


def test_that_a_dump_that_was_deleted_cannot_be_opened(window: Window, qtbot: QtBot, folder: Path) -> None:
    gone = write(folder, 10)
    write(folder, 20)
    watch(window, qtbot, folder, 20)
    gone.unlink()
    until(qtbot, lambda: not timeline(window).series[0].points[0].is_there)
    QTest.keyClick(window.batch.watch.plot, Qt.Key.Key_Left)
    assert window.batch.banner.isVisible()
    assert open_step(window) == 20
    assert marker(window) == 1


def test_that_a_deleted_folder_keeps_its_lines(window: Window, qtbot: QtBot, folder: Path) -> None:
    path = write(folder, 10)
    watch(window, qtbot, folder, 10)
    path.unlink()
    folder.rmdir()
    until(qtbot, lambda: not timeline(window).series[0].points[0].is_there)
    assert open_step(window) == 10


def test_that_other_pages_are_left_alone_until_the_batch_page_is_in_front_again(
    window: Window, qtbot: QtBot, folder: Path
) -> None:
    write(folder, 10)
    watch(window, qtbot, folder, 10)
    window.show_explorer()
    write(folder, 20)
    until(qtbot, lambda: steps(window) == [10, 20])
    assert open_step(window) == 10
    window.show_batch()
    wait_for(window, qtbot, 20)


def test_that_a_trial_is_not_ended_by_the_next_dump(window: Window, qtbot: QtBot, folder: Path) -> None:
    write(folder, 10)
    watch(window, qtbot, folder, 10)
    window.batch.setFocus()
    QTest.keyClick(window.batch, Qt.Key.Key_X)
    assert not window.session.state.problem.what_if.is_empty
    write(folder, 20)
    until(qtbot, lambda: steps(window) == [10, 20] and window.is_idle)
    assert open_step(window) == 10
    QTest.mouseClick(window.batch.watch.live, LEFT)
    wait_for(window, qtbot, 20)
    assert window.session.state.problem.what_if.is_empty


def test_that_a_loss_that_was_changed_holds_for_the_next_dumps(window: Window, qtbot: QtBot, folder: Path) -> None:
    write(folder, 10)
    watch(window, qtbot, folder, 10)
    window.editor.edited.emit(smoothing(0.2))
    write(folder, 20)
    wait_for(window, qtbot, 20)
    assert window.session.state.problem.loss.label_smoothing == 0.2  # type: ignore[attr-defined]


def smoothing(value: float) -> Any:
    from gui.app_edits import set_param

    return set_param("label_smoothing", value, None)


def test_that_the_mouse_over_a_step_shows_its_numbers(
    window: Window, qtbot: QtBot, folder: Path, mouse: Callable[..., None]
) -> None:
    for step in (10, 20):
        write(folder, step)
    watch(window, qtbot, folder, 20)
    plot = window.batch.watch.plot
    mouse(plot, "move", plot.place_of(0) - QPointF(0, 40))
    card = window.batch.watch._card
    assert card is not None
    assert card.isVisible()
    mouse(plot, "move", QPointF(1, 1))
    assert not card.isVisible()


def test_that_the_dumps_play_to_the_end(window: Window, qtbot: QtBot, folder: Path) -> None:
    for step in (10, 20, 30):
        write(folder, step)
    watch(window, qtbot, folder, 30)
    view = window.batch.watch
    view._clock.setInterval(1)
    seen: list[int | None] = []
    window.session.store.changed.connect(lambda _: seen.append(open_step(window)))
    QTest.keyClick(view.plot, Qt.Key.Key_Space)
    assert view.is_playing
    until(qtbot, lambda: not view.is_playing and window.is_idle and open_step(window) == 30)
    assert seen[-1] == 30


def test_that_buttons_go_to_the_ends(window: Window, qtbot: QtBot, folder: Path) -> None:
    for step in (10, 20, 30):
        write(folder, step)
    watch(window, qtbot, folder, 30)
    for name, step in (("first", 10), ("next", 20), ("last", 30), ("prev", 20)):
        QTest.mouseClick(window.batch.watch.buttons[name], LEFT)
        wait_for(window, qtbot, step)


def test_that_watching_stops_and_the_dump_stays(window: Window, qtbot: QtBot, folder: Path) -> None:
    write(folder, 10)
    watch(window, qtbot, folder, 10)
    QTest.mouseClick(window.batch.watch.stop, LEFT)
    assert not window.batch.watch.isVisible()
    assert window.watch.place is None
    write(folder, 20)
    with qtbot.assertNotEmitted(window.watch._folder.looked, wait=700):
        pass
    assert open_step(window) == 10


def test_that_a_dropped_folder_is_watched(window: Window, qtbot: QtBot, folder: Path) -> None:
    write(folder, 10)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, buttons, none))
    wait_for(window, qtbot, 10)
    assert window.watch.place == folder


def test_that_the_menu_asks_for_a_folder(
    window: Window, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, 10)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.commands["watch"].trigger()
    wait_for(window, qtbot, 10)


def test_that_the_source_menu_watches_the_open_file_and_stops(window: Window, qtbot: QtBot, folder: Path) -> None:
    window.open_file(write(folder, 10))
    wait_for(window, qtbot, 10)
    choose(window, "Watch step_000010.npz: each time it is written")
    wait_for(window, qtbot, 10)
    assert window.watch.place == folder / "step_000010.npz"
    choose(window, "Stop watching step_000010.npz")
    assert window.watch.place is None


def choose(window: Window, words: str) -> None:
    menu = window.top.source.menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    (action,) = [action for action in menu.actions() if action.text() == words]
    action.trigger()


def test_that_an_unreadable_file_is_named_after_its_time(
    window: Window, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.watch.index.PATIENCE", 0.0)
    write(folder, 10)
    (folder / "broken.npz").write_bytes(b"no zip")
    watch(window, qtbot, folder, 10)
    remarks = window.batch.watch.remarks
    until(qtbot, lambda: remarks.words().startswith("broken.npz was left out."))
    assert steps(window) == [10]


def test_that_the_keys_are_the_lines_until_there_is_a_table(window: Window, qtbot: QtBot, folder: Path) -> None:
    window.activateWindow()
    window.watch_place(folder)
    until(qtbot, lambda: window.is_idle)
    assert window.focusWidget() is window.batch.watch.plot


def test_that_the_pictures_make_room_while_a_folder_is_watched(window: Window, qtbot: QtBot, folder: Path) -> None:
    write(folder, 1)
    watch(window, qtbot, folder, 1)
    splitter = window.batch._parts.splitter
    assert splitter.sizes()[0] == BESIDE_WATCH
    QTest.mouseClick(window.batch.watch.stop, LEFT)
    assert abs(splitter.sizes()[0] - PICTURES) <= 1
    splitter.setSizes([300, 200])
    chosen = splitter.sizes()[0]
    window.watch_place(folder)
    until(qtbot, lambda: window.is_idle)
    assert abs(splitter.sizes()[0] - chosen) <= 60  # it gives what the table cannot


def test_that_the_ledger_of_a_part_sums_its_step(window: Window, qtbot: QtBot, folder: Path) -> None:
    for rank, rows in enumerate((slice(0, 3), slice(3, N))):
        target, logits = np.arange(N)[rows] % C, np.random.default_rng(1).normal(size=(N, C))[rows]
        write(folder, 5, f"r{rank}.npz", input=logits, target=target, ids=np.arange(N)[rows], rank=rank)
    watch(window, qtbot, folder, 5)
    until(qtbot, lambda: "the step's 2 parts" in window.batch.ledger.plain())
    assert "the step's 2 parts: mean of the parts' means" in window.batch.ledger.plain()
    window.choose_loss("NLLLoss")
    until(qtbot, lambda: window.is_idle and "the step's" not in window.batch.ledger.plain())
    QTest.mouseClick(window.batch.watch.stop, LEFT)
    window.commands["undo"].trigger()
    until(qtbot, lambda: window.is_idle)
    assert "the step's" not in window.batch.ledger.plain()
