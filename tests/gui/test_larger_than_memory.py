"""A file larger than memory in the window: its first rows are shown, the loss of all is told when it is known."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.files import blocks, contents
from core.problem import evaluate
from gui.runtime.settings import Settings
from gui.window import Window

ROWS = 1000


@pytest.fixture
def window(styled, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(contents, "MEMORY_LIMIT", 4096)
    monkeypatch.setattr(blocks, "BLOCK", 16 * 300)
    made = Window(Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made, before_close_func=Window.close)
    made.show()
    return made


def opened(window, qtbot, path) -> None:
    window.prefer("batch")
    window.open_file(path)
    qtbot.waitUntil(lambda: window.is_idle and window.session.all_rows.whole is not None, timeout=20_000)
    qtbot.wait(10)


def said(window) -> dict[str, str]:
    return {item.title.text(): item.message.text() for item in window.inspector.diagnosis.items()}


def test_that_the_loss_of_all_rows_stands_beside_that_of_the_first(window, qtbot, tmp_path) -> None:
    x = np.arange(ROWS, dtype=np.float64)
    np.savez(tmp_path / "a.npz", input=x, target=np.zeros(ROWS), loss="l1_loss")
    opened(window, qtbot, tmp_path / "a.npz")
    assert window.session.state.problem.batch.size == 300
    assert window.batch.bar.summary.text() == "the first 300 of 1,000 rows"
    assert said(window)["All rows of the file"] == "All 1,000 rows, in 4 blocks: 499.5 = 499500 ÷ 1000."
    assert "shown are rows 0 to 299 of 1,000" in said(window)["How the file was read"]


def test_that_another_loss_is_summed_over_all_rows_too(window, qtbot, tmp_path) -> None:
    np.savez(tmp_path / "a.npz", input=np.full(ROWS, 3.0), target=np.zeros(ROWS), loss="l1_loss")
    opened(window, qtbot, tmp_path / "a.npz")
    window.choose_loss("MSELoss")
    qtbot.waitUntil(lambda: window.is_idle and window.session.all_rows.whole is not None, timeout=20_000)
    qtbot.wait(10)
    assert "9 = 9000 ÷ 1000" in said(window)["All rows of the file"]


def test_that_a_label_in_a_later_block_is_told_with_its_rows(window, qtbot, tmp_path) -> None:
    target = np.zeros(ROWS, np.int64)
    target[900] = 7
    np.savez(tmp_path / "a.npz", input=np.zeros((ROWS, 2), np.float32), target=target, loss="cross_entropy")
    opened(window, qtbot, tmp_path / "a.npz")
    told = said(window)
    assert "no value. The loss refuses rows 900 to 999" in told["All rows of the file"]
    assert told["Labels out of range"].startswith("Rows 900 to 999")


def test_that_a_file_cut_short_is_told_and_what_was_read_stays(window, qtbot, tmp_path) -> None:
    np.save(tmp_path / "a.npy", np.zeros(ROWS))
    (tmp_path / "a.npy").write_bytes((tmp_path / "a.npy").read_bytes()[:-80])
    window.prefer("batch")
    window.open_file(tmp_path / "a.npy")
    qtbot.waitUntil(lambda: window.is_idle and window.batch.banner.isVisible(), timeout=20_000)
    assert "could not be summed" in window.batch.banner.accessibleName()
    assert window.session.state.problem.batch.extent is not None


def test_that_esc_stops_the_sum_until_another_loss_is_chosen(window, qtbot, tmp_path, monkeypatch) -> None:
    gate = threading.Event()
    monkeypatch.setattr("core.whole.evaluate", lambda *asked: gate.wait(20) and evaluate(*asked))
    np.savez(tmp_path / "a.npz", input=np.full(ROWS, 3.0), target=np.zeros(ROWS), loss="l1_loss")
    summing = window.session.all_rows
    window.prefer("batch")
    window.open_file(tmp_path / "a.npz")
    qtbot.waitUntil(lambda: summing.fraction is not None and window.is_idle, timeout=20_000)
    assert said(window)["All rows of the file"] == "Their loss is being summed: 0 %. Esc stops it."
    QTest.keyClick(window, Qt.Key.Key_Escape)
    gate.set()
    window.show_explorer()
    window.show_batch()
    qtbot.wait(50)
    assert (summing.fraction, summing.whole) == (None, None)
    assert "All rows of the file" not in said(window)
    window.choose_loss("MSELoss")
    qtbot.waitUntil(lambda: summing.whole is not None, timeout=20_000)
    assert summing.whole.value == 9
