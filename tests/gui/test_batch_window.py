"""The Batch page in the window: strip, status and inspector beside it, and the way to the other workspaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from core.samples import SAMPLES_DIR, samples
from gui.app_edits import on_batch
from gui.runtime.settings import Settings
from gui.window import Window
from gui.workspaces.batch import edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def batch(styled, qtbot, tmp_path: Path) -> Iterator[Callable[[str], Window]]:
    window = Window(Settings(tmp_path / "settings.ini"))
    window.show()
    window.settle = lambda: qtbot.waitUntil(lambda: window.is_idle, timeout=20_000)

    def opened(name: str) -> Window:
        window.prefer("batch")
        window.open_file(SAMPLES_DIR / f"{name}.npz")
        window.settle()
        return window

    yield opened
    window.close()
    window.deleteLater()
    QApplication.processEvents()


def key(window: Window, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.batch.table, pressed, held)
    window.settle()


def test_that_strip_and_status_tell_the_number_of_the_batch(batch) -> None:
    window = batch("ce_digits_mid")
    assert window.batch.isVisible()
    assert "280.753" in window.strip.plain()
    assert window.status.value.accessibleName() == "loss 0.9817"
    assert not window.status.batch.isVisible()
    assert window.rail.batch.isChecked()


def test_that_a_refused_batch_says_why_in_the_strip_and_has_no_number(batch) -> None:
    window = batch("bug_bce_logits_input")
    assert window.strip.plain().startswith("BCELoss refuses this batch.")
    assert window.status.value.accessibleName() == "loss –"


def test_that_a_changed_parameter_is_told_at_once_and_the_selection_stays(batch) -> None:
    window = batch("ce_digits_mid")
    key(window, Qt.Key.Key_Space)
    row = window.session.state.batch.primary
    window.inspector.form.edited.emit("reduction", "sum", "")
    window.settle()
    assert window.status.value.accessibleName() == "loss 280.7527"
    assert window.session.state.batch.selection.tolist() == [row]


def test_that_other_workspaces_and_back_leave_the_page_as_it_was(batch) -> None:
    window = batch("ce_digits_mid")
    window.session.apply(on_batch(edits.set_filter("target == 8")))
    key(window, Qt.Key.Key_End)
    before = window.session.state.batch
    order = window.batch.model.table.order
    for name in ("explore", "ctc", "batch"):
        window.show_workspace(name)
        window.settle()
    assert window.session.state.batch is before
    np.testing.assert_array_equal(window.batch.model.table.order, order)
    assert window.batch.filter_line.edit.text() == "target == 8"


def test_that_enter_opens_a_row_in_explore_and_a_sequence_in_its_lattice(batch) -> None:
    window = batch("ce_digits_mid")
    key(window, Qt.Key.Key_Down)
    row = window.session.state.batch.primary
    key(window, Qt.Key.Key_Return)
    assert window.explorer.isVisible()
    assert window.session.state.explore.row == row
    window = batch("ctc_batch_padded")
    key(window, Qt.Key.Key_Down)
    row = window.session.state.batch.primary
    key(window, Qt.Key.Key_Return)
    assert window.ctc.isVisible()
    assert window.session.state.ctc.sequence == row


def test_that_a_link_of_the_diagnosis_goes_to_its_row_on_the_page(batch) -> None:
    window = batch("bug_target_one_based")
    item = window.inspector.diagnosis.items()[0]
    item.links.linkActivated.emit("3")
    window.settle()
    assert window.batch.isVisible()
    assert window.session.state.batch.primary == 3


def test_that_a_click_on_a_finding_selects_all_rows_that_it_names(batch) -> None:
    window = batch("bug_target_one_based")
    item = window.inspector.diagnosis.items()[0]
    QTest.mouseClick(item, Qt.MouseButton.LeftButton, pos=item.rect().topLeft() + QPoint(4, 40))
    window.settle()
    assert window.session.state.batch.selection.size > 1
    assert window.session.state.batch.primary in window.session.state.batch.selection


def test_that_f8_is_heard_from_the_inspector(batch) -> None:
    window = batch("bug_target_one_based")
    QTest.keyClick(window.inspector.about, Qt.Key.Key_F8)
    window.settle()
    assert window.session.state.batch.selection.size


def test_that_w_goes_through_the_ways_of_weighting(batch) -> None:
    window = batch("ce_digits_mid")
    seen = []
    for _ in range(5):
        key(window, Qt.Key.Key_W)
        seen.append(window.session.state.problem.weighting.scheme)
    assert seen == ["balanced", "inverse", "sqrt_inverse", "effective", "uniform"]


def test_that_p_pins_a_row_here_and_no_curve(batch) -> None:
    window = batch("reg_diabetes")
    key(window, Qt.Key.Key_P)
    assert window.session.state.batch.pinned_row == window.session.state.batch.primary
    assert window.session.state.explore.pins == ()


def test_that_f10_moves_no_probe_that_is_not_seen(batch) -> None:
    window = batch("reg_diabetes")
    before = window.session.state.explore
    window.commands["step"].trigger()
    assert window.session.state.explore is before
    assert not window.top.compare.isEnabled()
    window.show_explorer()
    assert window.top.compare.isEnabled()


def test_that_the_listed_rows_are_saved_as_csv(batch, tmp_path: Path, monkeypatch) -> None:
    window = batch("ce_digits_mid")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "worst"), ""))
    window.session.apply(on_batch(edits.set_threshold(3.0)))
    window.batch.bar.files.actions()[1].trigger()
    window.settle()
    lines = (tmp_path / "worst.csv").read_text().splitlines()
    assert len(lines) == 1 + window.batch.model.table.order.size
    assert any(str(tmp_path / "worst.csv") in label.text() for label in window.batch.banner.findChildren(QLabel))


def test_that_rows_that_cannot_be_written_are_told(batch, tmp_path: Path) -> None:
    window = batch("ce_digits_mid")
    window.batch.write_rows(tmp_path / "nowhere" / "rows.csv")
    window.settle()
    assert window.batch.banner.isVisible()
    assert "rows.csv" in window.batch.banner.words.text()


def test_that_dropping_rows_lets_go_of_the_row_in_explore(batch) -> None:
    window = batch("ce_digits_mid")
    key(window, Qt.Key.Key_X)
    assert window.session.state.explore.row is None
    window.show_explorer()
    window.settle()
    window.session.store.undo()
    window.settle()
    assert window.session.state.explore.row is not None


def test_that_sequences_are_counted_anew_in_the_lattice_when_one_is_left_out(batch) -> None:
    window = batch("ctc_batch_padded")
    key(window, Qt.Key.Key_End)
    key(window, Qt.Key.Key_Return)
    assert window.session.state.ctc.sequence == 3
    window.show_batch()
    key(window, Qt.Key.Key_X)
    assert window.session.state.ctc.sequence == 0
    assert window.session.state.problem.batch.input.shape[1] == 3
    window.show_ctc()
    window.settle()
    assert window.ctc.model is not None


def test_that_a_refused_trial_is_told_on_the_page(batch) -> None:
    window = batch("ctc_batch_padded")
    key(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    key(window, Qt.Key.Key_X)
    assert window.session.state.problem.what_if.is_empty
    assert "No sample would be left." in window.batch.banner.words.text()


def test_that_a_sketch_has_a_sentence_in_place_of_rows(styled, qtbot, tmp_path: Path) -> None:
    window = Window(Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(window, before_close_func=Window.close)
    window.show()
    window.show_batch()
    qtbot.waitUntil(lambda: window.is_idle, timeout=20_000)
    assert window.batch._parts.empty.isVisible()
    assert window.status.value.accessibleName() == "loss –"


def test_that_every_sample_is_shown_with_what_was_found_in_it_and_no_other_error(batch) -> None:
    """The most serious finding stands on top, as `check` lists it."""
    shown: dict[str, str] = {}
    for sample in samples():
        window = batch(sample.path.stem)
        top = window.inspector.diagnosis.items()[0]
        shown[sample.path.stem] = top.accessibleName().split(".")[0]
        findings = window.session.assessment.findings
        if findings:
            assert shown[sample.path.stem] == f"{findings[0].severity}: {findings[0].title}"
    assert {name: words for name, words in shown.items() if name.startswith("bug_")} == {
        "bug_all_ignored": "warning: All targets are ignored",
        "bug_bce_exact_0_1": "warning: Probabilities of exactly 0 or 1",
        "bug_bce_logits_input": "error: Input outside [0, 1]",
        "bug_bcewl_minus1_labels": "warning: Target outside [0, 1]",
        "bug_ctc_raw_logits": "error: Not log-probabilities",
        "bug_ctc_too_short": "error: Too few frames",
        "bug_ctc_wrong_blank": "warning: The blank's index looks wrong",
        "bug_fp16_naive_softmax": "warning: Gradients vanish in float16",
        "bug_kldiv_log_target": "warning: Negative targets",
        "bug_mse_broadcast": "warning: Input and target broadcast",
        "bug_nan_inf_logits": "error: Numbers that are not finite",
        "bug_probs_to_cross_entropy": "warning: Probabilities instead of logits",
        "bug_probs_to_kldiv": "warning: Input is not log-probabilities",
        "bug_probs_to_nll": "error: Not log-probabilities",
        "bug_target_one_based": "error: Labels out of range",
        "bug_zero_weight_only_class": "error: The weights of the targets sum to 0",
    }
    assert not any(words.startswith("error") for name, words in shown.items() if not name.startswith("bug_"))


def test_that_a_row_without_numbers_of_its_own_is_not_opened_and_told(batch) -> None:
    window = batch("ctc_batch_padded")
    window.choose_loss("SmoothL1Loss")
    window.settle()
    key(window, Qt.Key.Key_Return)
    assert window.batch.isVisible()
    assert "SmoothL1Loss refuses this batch" in window.batch.banner.accessibleName()
