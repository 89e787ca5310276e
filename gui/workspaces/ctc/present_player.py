"""Where the playhead and the step-through stand, in numbers and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from core.text import Text, say
from gui.kit.numbers import fixed
from gui.kit.player_figure import PlayerFigure
from gui.workspaces.ctc.player_edits import is_right
from gui.workspaces.ctc.present_progress import LAYERS

if TYPE_CHECKING:
    from core.ctc.steps import Step, StepPlan
    from gui.workspaces.ctc.state import CTCState, Mode

PHASES: dict[str, Text] = {
    "initialise": say("ctc", "initialise"),
    "forward": say("ctc", "forward"),
    "terminate": say("ctc", "terminate"),
    "backward": say("ctc", "backward"),
    "occupancy": say("ctc", "posterior"),
    "gradient": say("ctc", "gradient"),
    "collapse": say("ctc", "collapse"),
}
NOTHING = say("ctc", "Nothing is stepped through.")


@final
@dataclass(frozen=True, eq=False, slots=True)
class PlayerModel:
    """The player, and the step if there is one.

    Attributes:
        step: of `count` steps, None outside the step-through; phase: a key of PHASES.
        twin: the step of the other unit (cell or column) that stands at the same place.
        awaits_guess: whether the value is hidden until a guess is made; verdict: what is said of the guess.
    """

    figure: PlayerFigure
    step: int | None = None
    count: int = 0
    phase: str | None = None
    sentence: Text = NOTHING
    by_cell: bool = False
    predict: bool = False
    twin: int = 0
    awaits_guess: bool = False
    verdict: Text | None = None
    is_right: bool = False
    plan: StepPlan | None = None

    def place_of(self, step: int) -> tuple[Mode, int | None]:
        """What is drawn at a step, and the frame that it computes."""
        assert self.plan is not None
        at = self.plan.at(step)
        return LAYERS[at.phase], at.frame

    def step_at(self, frame: int) -> int | None:
        """Where the present phase comes to a frame; None outside the step-through."""
        if self.plan is None or self.step is None:
            return None
        return self.plan.first(self.plan.at(self.step).phase, frame)


def present(state: CTCState, frames: int, plan: StepPlan | None, other: StepPlan | None) -> PlayerModel:
    """The player over so many frames; `other` is the plan in the other unit."""
    frame = min(state.frame, max(frames - 1, 0))
    if state.step is None or plan is None or other is None:
        name = say("ctc", "Playhead at frame {frame} of {frames}", frame=frame, frames=frames)
        return PlayerModel(PlayerFigure(frames, frame, frame == 0, frame >= frames - 1, name))
    step = min(state.step, plan.count - 1)
    now = plan.at(step)
    name = say("ctc", "Step {step} of {count}, playhead at frame {frame}", step=step + 1, count=plan.count, frame=frame)
    asks = state.predict and now.result is not None
    hidden = asks and state.guess is None
    return PlayerModel(
        figure=PlayerFigure(frames, frame, step == 0, step == plan.count - 1, name),
        step=step,
        count=plan.count,
        phase=now.phase,
        sentence=_hidden_sentence(now) if hidden else now.sentence,
        by_cell=state.by_cell,
        predict=state.predict,
        twin=other.first(now.phase, now.frame),
        awaits_guess=hidden,
        verdict=_verdict(now, state.guess) if asks and state.guess is not None else None,
        is_right=state.guess is not None and now.result is not None and is_right(state.guess, now.result),
        plan=plan,
    )


def _hidden_sentence(step: Step) -> Text:
    if step.row is None:
        return say("ctc", "What is log P? Type a number, then Enter.")
    names = {"backward": "log β", "occupancy": "γ"}
    return say(
        "ctc",
        "What is {name}({frame}, {row})? Type a number, then Enter.",
        name=names.get(step.phase, "log α"),
        frame=step.frame,
        row=step.row,
    )


def _verdict(step: Step, guess: float) -> Text:
    assert step.result is not None
    truth = fixed(step.result, 3)
    if is_right(guess, step.result):
        return say("ctc", "{guess}: right, it is {truth}", guess=fixed(guess, 3), truth=truth)
    return say("ctc", "{guess}: no, it is {truth}", guess=fixed(guess, 3), truth=truth)
