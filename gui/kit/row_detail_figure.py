"""One row of a batch in full: its numbers, which can be typed over, and what the loss makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from core.text import Text
    from gui.kit.emission_preview_figure import PreviewFigure
    from gui.kit.number_row import NumberRow
    from gui.kit.row_curve_figure import RowCurveFigure


@final
@dataclass(frozen=True, slots=True)
class RowColumn:
    """One number of the row's input: a class, or the only one.

    Attributes:
        index: its place in the row, what a typed number is for.
        prob: the model's probability of the class, 0 to 1, nan where there is none.
        share: what the target asks for, 0 to 1, nan where it asks for none.
        grad: the gradient there; `changed`: whether the value is not what came.
    """

    index: int
    name: str
    value: float
    value_text: str
    prob: float
    prob_text: str
    share: float
    grad: float
    grad_text: str
    changed: bool


@final
@dataclass(frozen=True, eq=False, slots=True)
class RowDetailFigure:
    """What the Row picture shows.

    Attributes:
        title: which row; `sentence`: its loss with the numbers put in, or why there is nothing.
        value_name, prob_name, grad_name: of the three bands; None where there are no probabilities, no gradients.
        columns: at most as many as can be read; `rest`: how many classes are not among them.
        target: the target as it can be typed, None where it is no number; `whole`: a class index.
        badge: a check that the numbers pass.
        changed: whether any number of the row is not what came.
        opens: what a press on the button does, None without one.
        curve: the loss over the only number of the row; None where it has more.
        emission: of a sequence, what the model said in its frames.
    """

    title: Text
    sentence: Text
    readings: tuple[NumberRow, ...] = ()
    value_name: Text | None = None
    prob_name: Text | None = None
    grad_name: Text | None = None
    columns: tuple[RowColumn, ...] = ()
    rest: int = 0
    target: float | None = None
    whole: bool = False
    badge: Text | None = None
    changed: bool = False
    opens: Text | None = None
    curve: RowCurveFigure | None = None
    emission: PreviewFigure | None = None
