"""Edits of the whole state: another loss, another batch, another row; and the parts' edits made whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.carry import carry
from core.errors import InputError
from core.params import with_param
from core.problem import Problem, Weighting
from core.rows import sound_row
from core.text import Text, say
from gui.edit import Edit
from gui.state import AppState
from gui.workspaces.batch.edits import forget_rows
from gui.workspaces.batch.state import BatchState
from gui.workspaces.ctc.side_edits import choose_sequence
from gui.workspaces.ctc.state import CTCState
from gui.workspaces.explore.loading import load_row
from gui.workspaces.explore.presets import sketch
from gui.workspaces.explore.switching import switched

if TYPE_CHECKING:
    from core.assess import Assessment
    from gui.workspaces.explore.presets import Preset
    from gui.workspaces.explore.state import ExploreState

# The key of choosing a loss: the row that it then finds worst in the batch belongs to the same step.
CHOOSING = "choose-loss"


@dataclass(frozen=True, slots=True)
class Switch:
    """Choosing another loss, and what is said of it."""

    edit: Edit[AppState]
    dropped: tuple[str, ...]


def on_problem(edit: Edit[Problem]) -> Edit[AppState]:
    """An edit of the problem as one of the whole."""
    return Edit(edit.label, lambda state: _with_problem(state, edit.update(state.problem)), edit.merge_key)


def on_explore(edit: Edit[ExploreState]) -> Edit[AppState]:
    """An edit of Explore's part as one of the whole."""

    def update(state: AppState) -> AppState:
        explore = edit.update(state.explore)
        return state if explore is state.explore else replace(state, explore=explore)

    return Edit(edit.label, update, edit.merge_key)


def on_ctc(edit: Edit[CTCState]) -> Edit[AppState]:
    """An edit of the CTC workspace's part as one of the whole."""

    def update(state: AppState) -> AppState:
        ctc = edit.update(state.ctc)
        return state if ctc is state.ctc else replace(state, ctc=ctc)

    return Edit(edit.label, update, edit.merge_key)


def on_batch(edit: Edit[BatchState]) -> Edit[AppState]:
    """An edit of the Batch workspace's part as one of the whole."""

    def update(state: AppState) -> AppState:
        batch = edit.update(state.batch)
        return state if batch is state.batch else replace(state, batch=batch)

    return Edit(edit.label, update, edit.merge_key)


def renumbering(edit: Edit[Problem]) -> Edit[AppState]:
    """An edit of the problem; where samples go or come back, row numbers mean other rows, and none stays chosen."""

    def update(state: AppState) -> AppState:
        problem = edit.update(state.problem)
        if problem is state.problem or problem.what_if.dropped == state.problem.what_if.dropped:
            return _with_problem(state, problem)
        batch, ctc = forget_rows().update(state.batch), choose_sequence(0).update(state.ctc)
        return replace(state, problem=problem, batch=batch, ctc=ctc, explore=replace(state.explore, row=None))

    return Edit(edit.label, update, edit.merge_key)


def set_param(name: str, value: object, merge_key: str | None) -> Edit[AppState]:
    """Change one parameter of the loss."""

    def update(problem: Problem) -> Problem:
        if getattr(problem.loss, name) == value:
            return problem
        return replace(problem, loss=with_param(problem.loss, name, value))

    return on_problem(Edit(say("window", "Change {name}", name=name), update, merge_key or None))


def choose_loss(state: AppState, name: str) -> Switch:
    """Another loss on the same numbers; without a batch and of another family, its sketch."""
    carried = carry(state.problem.loss, name)
    label = say("window", "Choose {name}", name=name)
    related = carried.loss.family == state.problem.loss.family or state.problem.batch is not None

    def update(present: AppState) -> AppState:
        problem = replace(present.problem, loss=carried.loss)
        if "weight" in carried.dropped or "pos_weight" in carried.dropped:
            problem = replace(problem, weighting=Weighting())
        explore = switched(present.explore, present.problem.loss, carried.loss)
        if not related:
            explore = _sketched(explore, name)
        return replace(present, problem=problem, explore=explore)

    return Switch(Edit(label, update, CHOOSING), carried.dropped)


def open_preset(preset: Preset) -> Edit[AppState]:
    """Begin from a state worth starting from; a batch that is open is closed."""
    return Edit(
        say("window", "Open {name}", name=preset.title),
        lambda _: AppState(Problem(preset.loss), preset.state),
    )


def open_batch(assessed: Assessment) -> Edit[AppState]:
    """A batch with the loss that its file recommends, and its first row by loss in Explore."""
    batch, loss = assessed.batch, assessed.loss

    def update(_: AppState) -> AppState:
        explore = sketch(loss.name).state
        row = first_row(assessed)
        if row is not None:
            explore = load_row(explore, loss, batch, row)
        sequence = row if row is not None and loss.family == "sequence" else 0
        problem = Problem(loss, batch, weighting_of(assessed))
        return AppState(problem, explore, CTCState(sequence=sequence), BatchState(primary=row))

    return Edit(say("window", "Open {name}", name=batch.name), update)


def choose_row(row: int, merge_key: str | None = None) -> Edit[AppState]:
    """Take a row of the batch into Explore; InputError for one that has no numbers under the loss in force."""

    def update(state: AppState) -> AppState:
        batch, loss = state.problem.batch, state.problem.loss
        if batch is None or state.explore.row == row:
            return state
        try:
            explore = load_row(state.explore, loss, batch, row)
        except (ValueError, IndexError) as error:  # input and target of a refused batch need not fit each other
            raise InputError(
                "row",
                say("window", "{loss} refuses this batch, and row {row} has no numbers of its own under it.",
                    loss=loss.name, row=row),
                say("window", "Choose a loss that takes it; the diagnosis says what is wrong."),
            ) from error  # fmt: skip
        return replace(state, explore=explore)

    return Edit(say("window", "Choose row {row}", row=row), update, merge_key)


def dropped_sentence(dropped: tuple[str, ...], name: str) -> Text:
    """What is said after a switch of the loss that could not keep everything."""
    return say(
        "window", "{name} has no use for: {dropped}. Undo brings it back.", name=name, dropped=", ".join(dropped)
    )


def first_row(assessed: Assessment) -> int | None:
    """The row with the largest loss; where the loss refuses the batch, the first that it would take alone."""
    if assessed.rows is None:
        return sound_row(assessed.loss, assessed.batch)
    return int(assessed.rows.order[0]) if assessed.rows.count else None


def _with_problem(state: AppState, problem: Problem) -> AppState:
    return state if problem is state.problem else replace(state, problem=problem)


def _sketched(explore: ExploreState, name: str) -> ExploreState:
    """The sketch of another family, with what Explore holds for all families."""
    fresh = sketch(name).state
    return replace(fresh, dtype=explore.dtype, rate=explore.rate)


def weighting_of(assessed: Assessment) -> Weighting:
    """A file's own weights are custom; train_counts are better than the counts of one batch."""
    given = any(getattr(assessed.loss, field, None) is not None for field in ("weight", "pos_weight"))
    source = "train_counts" if "train_counts" in assessed.batch.extras else "batch"
    return Weighting(scheme="custom" if given else "uniform", source=source)
