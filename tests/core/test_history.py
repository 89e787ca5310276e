from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.history import LIMIT, History


def pushed(*states: int) -> History[int]:
    history = History(0)
    for state in states:
        history = history.push(state, f"to {state}")
    return history


def test_that_undo_and_redo_walk_the_same_road():
    history = pushed(1, 2)
    assert history.undo().present == 1
    assert history.undo().undo().present == 0
    assert history.undo().redo() == history


def test_that_the_label_tells_what_is_undone_and_redone():
    history = pushed(1, 2)
    assert history.past[-1].label == "to 2"
    assert history.undo().future[0].label == "to 2"


def test_that_the_ends_are_where_they_are():
    history = History(0)
    assert history.undo() is history
    assert history.redo() is history


def test_that_a_new_step_forgets_what_was_undone():
    assert pushed(1, 2).undo().push(5, "other").future == ()


def test_that_a_drag_is_one_step():
    history = History(0)
    for state in (1, 2, 3):
        history = history.push(state, "drag", "beta")
    assert (history.present, len(history.past)) == (3, 1)
    assert history.undo().present == 0


def test_that_another_key_or_none_starts_a_step():
    history = History(0).push(1, "drag", "beta").push(2, "drag", "target").push(3, "press").push(4, "press")
    assert len(history.past) == 4


def test_that_sealing_ends_a_drag_and_keeps_what_was_undone():
    sealed = History(0).push(1, "drag", "beta").seal()
    assert len(sealed.push(2, "drag", "beta").past) == 2
    undone = pushed(1, 2).undo()
    assert undone.seal() is undone
    assert History(0).seal() == History(0)


def test_that_a_drag_after_undo_does_not_merge_with_the_one_before():
    history = History(0).push(1, "drag", "beta").push(2, "press").undo().push(3, "drag", "gamma")
    assert history.undo().present == 1


def test_that_only_the_last_steps_are_kept():
    history = pushed(*range(1, LIMIT + 51))
    assert len(history.past) == LIMIT
    for _ in range(LIMIT + 10):
        history = history.undo()
    assert history.present == 50


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.one_of(st.integers(1, 9), st.sampled_from(["undo", "redo", "seal"])), max_size=30))
def test_that_redo_takes_back_every_undo(moves):
    history = History(0)
    for move in moves:
        history = history.push(move, "set") if isinstance(move, int) else getattr(history, move)()
        if history.past:
            assert history.undo().redo().present == history.present
        assert history.undo().past == history.past[:-1]


def test_that_a_run_does_not_go_on_after_an_undo() -> None:
    history = History(0).push(1, "drag", "key").push(9, "other").undo()
    history = history.push(2, "drag", "key")
    assert history.undo().present == 1
