"""The Row picture: one row's numbers in words, ready to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ctc.sequence import sequence_of
from core.element_loss import Space, own_space
from core.explain.digits import fixed, signed
from core.losses.ctc import CTCLoss
from core.text import Text, say
from gui.kit.number_row import NumberRow
from gui.kit.numbers import loss4, prob
from gui.kit.row_curve_figure import RowCurveFigure
from gui.kit.row_detail_figure import RowColumn, RowDetailFigure
from gui.workspaces.ctc.present_preview import preview

if TYPE_CHECKING:
    from core.assess import Assessment
    from gui.kit.emission_preview_figure import PreviewFigure
    from gui.workspaces.batch.compute_row import RowNumbers

MOST_CLASSES = 10  # of a sequence, whose names have room
SUM_ZERO = 1e-5  # of a row's gradient, relative to its largest entry
VALUE_NAMES = {
    "CrossEntropyLoss": say("batch", "logit z"),
    "NLLLoss": say("batch", "log p"),
    "KLDivLoss": say("batch", "log q"),
    "BCELoss": say("batch", "p"),
    "BCEWithLogitsLoss": say("batch", "logit z"),
}
AXES: dict[Space, Text] = {
    "number": say("batch", "input x"),
    "probability": say("batch", "p"),
    "logit": say("batch", "logit z"),
}
BROADCAST = say("batch", "Under broadcasting a number of the input is in several rows: none has a gradient of its own.")
NONE = RowDetailFigure(say("batch", "No row"), say("batch", "Choose a row in the table: its numbers stand here."))


def present(
    assessed: Assessment,
    numbers: RowNumbers | None,
    row: int | None,
    name: str,
    readings: tuple[NumberRow, ...],
    changed: frozenset[int],
    target_changed: bool,
) -> RowDetailFigure:
    """`name`: how the row is called; `changed`: the places in the row whose numbers are not what came."""
    if row is None:
        return NONE
    title = say("batch", "Row {row}", row=name)
    if numbers is None:
        if assessed.loss.family != "sequence":
            return RowDetailFigure(title, _without_numbers(assessed), readings)
        return RowDetailFigure(
            title,
            _without_numbers(assessed),
            readings,
            opens=say("batch", "Open its lattice"),
            emission=_emission(assessed, row),
        )
    probable = not all(p != p for p in numbers.probs.tolist())
    return RowDetailFigure(
        title=title,
        sentence=_sentence(assessed, numbers, row),
        readings=readings,
        value_name=VALUE_NAMES.get(assessed.loss.name, say("batch", "input x")),
        prob_name=say("batch", "probability") if probable else None,
        grad_name=say("batch", "gradient") if _has_gradient(assessed, numbers) else None,
        columns=_columns(assessed, numbers, changed),
        rest=numbers.rest,
        target=numbers.target,
        whole=numbers.whole,
        badge=_badge(numbers) if _has_gradient(assessed, numbers) else BROADCAST,
        changed=bool(changed) or target_changed,
        opens=say("batch", "Open in Explore"),
        curve=_curve(assessed, numbers),
    )


def _emission(assessed: Assessment, row: int) -> PreviewFigure | None:
    """What the model said, with the target spelled under it."""
    if assessed.evaluation is None or not isinstance(assessed.loss, CTCLoss):
        return None
    sequence = sequence_of(assessed.loss, assessed.batch, row)
    words = say("batch", "target: {text}", text=sequence.text or say("batch", "empty"))
    return preview(sequence, words, MOST_CLASSES)


def _has_gradient(assessed: Assessment, numbers: RowNumbers) -> bool:
    """Not under broadcasting, whatever else the gradient is."""
    assert assessed.evaluation is not None
    assert assessed.rows is not None
    inner = numbers.values.size + numbers.rest if numbers.whole else 1
    return assessed.evaluation.grad.size == assessed.rows.count * inner


def _curve(assessed: Assessment, numbers: RowNumbers) -> RowCurveFigure | None:
    curve = numbers.curve
    if curve is None:
        return None
    space = own_space(assessed.loss)
    on_axis = numbers.target if space != "logit" else None  # a target is a probability
    return RowCurveFigure(
        title=say("batch", "the row's own loss"),
        axis=AXES[space],
        x=curve.x,
        y=curve.y,
        at=float(numbers.values[0]),
        loss=curve.loss,
        slope=curve.slope,
        target=on_axis,
    )


def _without_numbers(assessed: Assessment) -> Text:
    if assessed.loss.family == "sequence":
        return say("batch", "A sequence: Enter opens its lattice.")
    return say("batch", "The loss refuses this batch; the diagnosis says why.")


def _columns(assessed: Assessment, numbers: RowNumbers, changed: frozenset[int]) -> tuple[RowColumn, ...]:
    names = assessed.batch.classes
    by_class = numbers.whole
    made: list[RowColumn] = []
    for k, index in enumerate(numbers.indices):
        value, grad, p = float(numbers.values[k]), float(numbers.grads[k]), float(numbers.probs[k])
        given = names[index] if by_class and index < len(names) else str(index)
        made.append(
            RowColumn(
                index=index,
                name=given if by_class else "x",
                value=value,
                value_text=fixed(value, 3),
                prob=p,
                prob_text=prob(p) if p == p else "–",
                share=float(numbers.shares[k]),
                grad=grad,
                grad_text=signed(grad, 4) if grad == grad else "nan",
                changed=index in changed,
            )
        )
    return tuple(made)


def _sentence(assessed: Assessment, numbers: RowNumbers, row: int) -> Text:
    """How the row's loss comes about, with its numbers."""
    assert assessed.rows is not None
    loss = float(assessed.rows.loss[row])
    if not assessed.rows.kept[row]:
        return say("batch", "Its target is ignored: it adds nothing, and its gradient is 0.")
    if numbers.whole and numbers.target is not None:
        place = numbers.indices.index(int(numbers.target)) if int(numbers.target) in numbers.indices else None
        p = prob(float(numbers.probs[place])) if place is not None else "–"
        return say("batch", "−log p(target) with p = {p}; with its weight it adds {loss}", p=p, loss=loss4(loss))
    if numbers.target is not None and assessed.loss.family == "regression":
        x = float(numbers.values[0])
        return say(
            "batch", "residual {residual}, loss {loss}", residual=signed(x - numbers.target, 4), loss=loss4(loss)
        )
    if numbers.target is not None:
        return say("batch", "p = {p} where {target} is asked for; it adds {loss}", p=prob(float(numbers.probs[0])),
                   target=fixed(numbers.target, 2), loss=loss4(loss))  # fmt: skip
    return say("batch", "a distribution as target; it adds {loss}", loss=loss4(loss))


def _badge(numbers: RowNumbers) -> Text | None:
    """Softmax gives and takes: the gradients of a row sum to 0."""
    if numbers.grad_sum != numbers.grad_sum:
        return None
    largest = max(abs(g) for g in numbers.grads.tolist()) or 1.0
    if abs(numbers.grad_sum) <= SUM_ZERO * largest:
        return say("batch", "✓ the gradients sum to 0")
    return say("batch", "the gradients sum to {total}, not to 0", total=signed(numbers.grad_sum, 4))
