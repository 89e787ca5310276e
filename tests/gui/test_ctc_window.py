"""The CTC page in the window: what the doctor finds of its batch, and which loss the top bar names."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.errors import InputError
from core.text import say
from gui.app_edits import on_ctc, set_param
from gui.runtime.settings import Settings
from gui.window import Window
from gui.workspaces.ctc import compute_lattice
from gui.workspaces.ctc.side_edits import choose_sequence

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


@pytest.fixture
def window(styled, qtbot, tmp_path):
    made = Window(Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made, before_close_func=Window.close)
    made.show()
    made.qtbot = qtbot
    made.settle = lambda: qtbot.waitUntil(lambda: made.is_idle, timeout=20_000)
    return made


def said(window) -> list[str]:
    return [item.accessibleName() for item in window.ctc.side.clinic.diagnosis.items()]


@pytest.fixture
def refused(tmp_path) -> Path:
    path = tmp_path / "b.npz"
    log_probs = np.log(np.full((6, 2, 3), 1 / 3))
    np.savez(path, loss="CTCLoss", log_probs=log_probs, targets=np.array([[1, 9], [1, 2]]),
             input_lengths=np.array([6, 6]), target_lengths=np.array([2, 2]))  # fmt: skip
    return path


def test_that_a_batch_that_the_loss_refuses_is_explained_on_its_page(window, refused) -> None:
    window.prefer("ctc")
    window.open_file(refused)
    window.settle()
    window.show_ctc()
    window.settle()
    (told,) = said(window)
    assert told.startswith("error: Labels outside the vocabulary")


def test_that_nothing_of_the_batch_before_stays_beside_a_refused_one(window, refused) -> None:
    for path in (SAMPLES / "ctc_batch_padded.npz", refused):
        window.prefer("ctc")
        window.open_file(path)
        window.settle()
    assert window.strip.plain().startswith("Sample 0 has the label 9")
    assert window.status.value.accessibleName() == "loss –"
    assert not window.ctc.side.sequences.isVisible()
    assert not window.ctc.side.truth.isVisible()
    window.prefer("ctc")
    window.open_file(SAMPLES / "ctc_batch_padded.npz")
    window.settle()
    assert window.ctc.side.sequences.isVisible()
    assert window.ctc.side.truth.isVisible()
    assert not window.ctc.banner.isVisible()


def test_that_the_clinic_and_the_doctor_do_not_say_the_same_twice(window) -> None:
    window.prefer("ctc")
    window.open_file(SAMPLES / "bug_ctc_raw_logits.npz")
    window.settle()
    errors = [words for words in said(window) if words.startswith("error")]
    assert len(errors) == 1


def test_that_a_target_made_by_hand_is_under_ctc_loss_and_free_of_other_findings(window) -> None:
    window.open_file(SAMPLES / "bug_probs_to_cross_entropy.npz")
    window.settle()
    window.show_ctc()
    window.settle()
    assert window.top.losses.accessibleName() == "loss: CTCLoss"
    assert not any("softmax" in words.lower() for words in said(window))


def test_that_p_draws_an_alignment_in_the_window_though_it_pins_curves_elsewhere(window) -> None:
    window.show_ctc()
    window.activateWindow()
    window.settle()
    QTest.keyClick(window.ctc.lattice, Qt.Key.Key_P)
    assert window.session.state.ctc.sampled == 1
    assert not window.session.state.explore.pins


def long_batch(path: Path, frames: int = 600, sequences: int = 2) -> Path:
    logits = np.random.default_rng(0).normal(size=(frames, sequences, 5))
    log_probs = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    np.savez(path, loss="CTCLoss", log_probs=log_probs, targets=np.full((sequences, 30), 2),
             input_lengths=[frames] * sequences, target_lengths=[30] * sequences)  # fmt: skip
    return path


def test_that_the_emissions_of_a_long_sequence_are_shown_before_its_lattice(window, tmp_path, monkeypatch) -> None:
    gate = threading.Event()
    real = compute_lattice.lattice_of
    monkeypatch.setattr(compute_lattice, "lattice_of", lambda *asked: gate.wait(20) and real(*asked))
    shown = window.ctc.lattice.scene.preview
    window.prefer("ctc")
    window.open_file(long_batch(tmp_path / "long.npz"))
    window.qtbot.waitUntil(shown.isVisible, timeout=20_000)
    assert "The lattice of 600 frames and 61 states is being computed." in shown.accessibleName()
    assert not window.ctc.player.isVisible()
    assert not window.ctc.side.truth.isVisible()
    QTest.keyClick(window.ctc.lattice, Qt.Key.Key_Right)  # there is nothing to go to
    gate.set()
    window.settle()
    assert not shown.isVisible()
    assert window.ctc.player.isVisible()
    assert window.ctc.side.truth.isVisible()
    assert window.ctc.lattice.scene.pane.isVisible()


def test_that_another_parameter_leaves_the_lattice_until_the_new_one_is_there(window, tmp_path) -> None:
    window.prefer("ctc")
    window.open_file(long_batch(tmp_path / "long.npz"))
    window.settle()
    window.session.apply(set_param("zero_infinity", True, None))
    assert not window.ctc.lattice.scene.preview.isVisible()
    window.settle()
    window.session.apply(on_ctc(choose_sequence(1)))
    assert window.ctc.lattice.scene.preview.isVisible()
    window.settle()
    assert not window.ctc.lattice.scene.preview.isVisible()


def test_that_what_was_refused_in_one_batch_is_not_told_of_the_next(window) -> None:
    for name in ("ctc_batch_padded", "ctc_captcha_hello88"):
        window.prefer("ctc")
        window.open_file(SAMPLES / f"{name}.npz")
        window.settle()
        if name == "ctc_batch_padded":
            window.ctc.tell(InputError("blank", say("test", "It is no class."), say("test", "Choose another.")))
            assert window.ctc.banner.isVisible()
    assert not window.ctc.banner.isVisible()
