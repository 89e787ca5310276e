"""Edits of the sequence made by hand, without a widget."""

from __future__ import annotations

import numpy as np
import pytest

from core.ctc.labels import adjacent_repeats, alignment_count
from core.ctc.lattice import lattice_of
from core.ctc.paths import collapse, greedy
from core.ctc.sequence import toy_sequence
from core.ctc.spelling import labels_of_text
from core.ctc.toy_presets import PRESETS
from core.errors import InputError
from core.links import apply_link
from gui.workspaces.ctc import toy_edits
from gui.workspaces.ctc.state import CTCState, Toy
from gui.workspaces.ctc.toy_edits import first_toy, toy_of


def probs(toy: Toy) -> np.ndarray:
    return apply_link("softmax", toy.logits)


def test_the_first_toy_has_the_emissions_of_the_example() -> None:
    toy = first_toy()
    assert toy.text == "cat"
    assert probs(toy)[0] == pytest.approx([0.65, 0.11, 0.10, 0.05, 0.05, 0.04])


def test_a_foreign_symbol_joins_the_alphabet_with_a_small_share() -> None:
    toy = toy_of(toy_edits.set_target("cats").update(CTCState()))
    assert toy.alphabet == ("ε", "c", "a", "t", "o", "g", "s")
    assert probs(toy)[:, -1] == pytest.approx(0.02)
    assert probs(toy).sum(axis=1) == pytest.approx(1)
    before = probs(first_toy())
    assert probs(toy)[:, 1] / probs(toy)[:, 2] == pytest.approx(before[:, 1] / before[:, 2])


def test_pasted_lines_become_one() -> None:
    toy = toy_of(toy_edits.set_target("  a\ncat\t ").update(CTCState()))
    assert toy.text == "a cat"
    assert " " in toy.alphabet
    assert toy_sequence(toy.text, toy.alphabet, toy.logits, toy.blank).text == "a cat"


def test_a_target_that_does_not_fit_is_taken() -> None:
    text = "a whole sentence that is far too long"
    toy = toy_of(toy_edits.set_target(text).update(CTCState()))
    assert toy.text == text
    assert len(toy.logits) == 12


def test_a_novel_is_refused_with_its_length() -> None:
    with pytest.raises(InputError, match="1000 symbols"):
        toy_edits.set_target("ab" * 500).update(CTCState())


def test_frames_that_were_cut_in_a_drag_come_back_in_it() -> None:
    base = first_toy()
    short = toy_edits.set_frames(4, base).update(CTCState())
    assert len(toy_of(short).logits) == 4
    again = toy_edits.set_frames(12, base).update(short)
    assert toy_of(again).logits is base.logits


def test_new_frames_rest_in_the_blank() -> None:
    toy = toy_of(toy_edits.set_frames(14).update(CTCState()))
    assert probs(toy)[12:, 0] == pytest.approx(0.8)
    assert probs(toy)[:12] == pytest.approx(probs(first_toy()))


def test_the_playhead_and_the_pins_stay_on_frames_that_exist() -> None:
    state = CTCState(frame=11, pinned=((11, 0), (2, 3)), path=(0,) * 12)
    after = toy_edits.set_frames(5).update(state)
    assert (after.frame, after.pinned, after.path) == (4, ((2, 3),), None)


@pytest.mark.parametrize("frames", [0, 61, -3])
def test_a_number_of_frames_outside_is_refused(frames) -> None:
    with pytest.raises(InputError, match="outside"):
        toy_edits.set_frames(frames).update(CTCState())


@pytest.mark.parametrize("share", [0.3, 0.999, 0.0002])
def test_a_painted_share_is_exact_and_the_others_keep_their_proportions(share) -> None:
    toy = toy_of(toy_edits.set_share(4, 2, share).update(CTCState()))
    after, before = probs(toy)[4], probs(first_toy())[4]
    assert after[2] == pytest.approx(share)
    assert np.delete(after, 2) / after[0] == pytest.approx(np.delete(before, 2) / before[0])
    assert probs(toy)[[3, 5]] == pytest.approx(probs(first_toy())[[3, 5]])
    assert toy.preset == ""


@pytest.mark.parametrize(("given", "kept"), [(0.0, 1e-4), (1.0, 1 - 1e-4), (7.0, 1 - 1e-4)])
def test_a_painted_share_never_excludes_a_symbol(given, kept) -> None:
    toy = toy_of(toy_edits.set_share(0, 1, given).update(CTCState()))
    assert probs(toy)[0, 1] == pytest.approx(kept)


def test_a_share_of_a_frame_that_is_gone_changes_nothing() -> None:
    state = CTCState()
    assert toy_edits.set_share(40, 1, 0.5).update(state) is state


def test_moving_the_blank_moves_its_column_alone() -> None:
    toy = toy_of(toy_edits.set_blank(5).update(CTCState()))
    assert toy.alphabet == ("c", "a", "t", "o", "g", "ε")
    assert toy.alphabet[toy.blank] == "ε"
    assert probs(toy)[:, 5] == pytest.approx(probs(first_toy())[:, 0])


def test_a_blank_outside_the_alphabet_is_refused() -> None:
    with pytest.raises(InputError, match="alphabet of 6"):
        toy_edits.set_blank(6).update(CTCState())


def test_the_alphabet_keeps_what_it_knows_and_takes_what_is_new() -> None:
    toy = toy_of(toy_edits.set_alphabet("tacx").update(CTCState()))
    assert toy.alphabet == ("ε", "t", "a", "c", "x")
    before, after = probs(first_toy()), probs(toy)
    assert after[:, 1] / after[:, 3] == pytest.approx(before[:, 3] / before[:, 1])


def test_the_alphabet_cannot_lose_what_the_target_needs() -> None:
    with pytest.raises(InputError, match="“t”"):
        toy_edits.set_alphabet("ca").update(CTCState())


def test_another_toy_forgets_what_belonged_to_the_old_one() -> None:
    state = CTCState(mode="beta", truth="torch", frame=3, pinned=((1, 1),), step=4, path=(0,) * 12)
    for edit in (toy_edits.open_first(), toy_edits.open_preset("peaky")):
        after = edit.update(state)
        assert (after.mode, after.truth) == ("beta", "torch")
        assert (after.frame, after.pinned, after.step, after.path) == (0, (), None, None)


@pytest.mark.parametrize("key", PRESETS)
def test_each_preset_shows_what_it_is_called(key) -> None:
    toy = toy_of(toy_edits.open_preset(key).update(CTCState()))
    loss, T = nll(toy), len(toy.logits)
    assert toy.preset == key
    assert (loss == np.inf) == (key == "infeasible")
    if key == "needs_blank":
        assert adjacent_repeats(labels_of_text(toy.text, toy.alphabet)) == 1
    if key == "uniform":
        assert loss == pytest.approx(T * np.log(6) - np.log(alignment_count(T, 3, 0)))


def test_a_preset_follows_its_target_and_its_frames() -> None:
    peaky = toy_edits.open_preset("peaky").update(CTCState())
    other = toy_edits.set_target("tocat").update(peaky)
    longer = toy_edits.set_frames(30).update(other)
    for state in (other, longer):
        toy = toy_of(state)
        read = collapse(greedy(toy.logits), toy.blank)
        assert "".join(toy.alphabet[c] for c in read) == "tocat"
        assert toy.preset == "peaky"


def test_emissions_painted_by_hand_do_not_follow_the_target() -> None:
    painted = toy_edits.set_share(2, 1, 0.9).update(toy_edits.open_preset("peaky").update(CTCState()))
    after = toy_edits.set_target("tac").update(painted)
    assert toy_of(after).logits is toy_of(painted).logits


def test_leaving_the_infeasible_example_brings_the_usual_frames_back() -> None:
    infeasible = toy_edits.open_preset("infeasible").update(CTCState())
    assert len(toy_of(infeasible).logits) == 2
    assert len(toy_of(toy_edits.open_preset("peaky").update(infeasible)).logits) == 12
    assert toy_of(toy_edits.set_frames(5).update(infeasible)).preset == ""


def nll(toy: Toy) -> float:
    log_probs = apply_link("log_softmax", toy.logits)
    labels = labels_of_text(toy.text, toy.alphabet)
    return -lattice_of(log_probs, labels, toy.blank).log_likelihood
