"""A cell's recurrence with its actual numbers, as the card shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc.recurrence import explain
from core.text import Text, say
from gui.kit.node_card_figure import CardLine, NodeCard
from gui.kit.numbers import MINUS, percent, prob, signed
from gui.workspaces.ctc.class_names import written

if TYPE_CHECKING:
    from core.ctc.recurrence import CellExplanation, Term
    from gui.workspaces.ctc.present_lattice import LatticeModel

SIGNS = {"start": "·", "stay": "→", "advance": "↘", "skip": "⇲", "end": "·"}
GREEK = {"alpha": "α", "beta": "β"}
ENDS = ("start", "end")
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def card(model: LatticeModel, t: int, s: int) -> NodeCard:
    """The cell of frame t and row s: beta's recurrence where beta is shown, else alpha's."""
    direction = "beta" if model.mode == "beta" else "alpha"
    cell = explain(model.lattice, t, s, direction)
    symbol = written(model.sequence, cell.label)
    here = tuple(term.row for term in cell.terms if term.reason is None and term.move not in ENDS)
    refused = (term.row for term in cell.terms if _is_forbidden(term) and 0 <= term.row < model.states)
    return NodeCard(
        frame=t,
        row=s,
        title=f"{GREEK[direction]}({t}, {s})",
        symbol=symbol,
        caption=say("ctc", "frame {frame}", frame=t),
        moves=tuple(_move(model, term) for term in cell.terms),
        sums=_sums(cell, symbol),
        checks=_checks(model, cell, symbol),
        sources=here,
        refused=next(refused, None),
        source_step=1 if direction == "beta" else -1,
        spoken=_spoken(cell, symbol),
    )


def number(value: float) -> str:
    """A log-mass: three decimals, however small it is."""
    text = f"{value + 0.0:.3f}"
    return "0.000" if text == "-0.000" else text.replace("-", MINUS)


def _added(value: float) -> str:
    """A number with the sign that joins it to what stands before."""
    return f" {MINUS} {number(-value)}" if value < 0 else f" + {number(value)}"


def _share(share: float) -> str:
    return "<0.1%" if 0 < share < 0.0005 else percent(share)


def _is_forbidden(term: Term) -> bool:
    return not term.allowed and term.move not in ENDS


def _move(model: LatticeModel, term: Term) -> CardLine:
    name: dict[str, Text] = {
        "start": say("ctc", "start"),
        "stay": say("ctc", "stay"),
        "advance": say("ctc", "advance"),
        "skip": say("ctc", "skip"),
        "end": say("ctc", "end"),
    }
    place = f"s={term.row}"
    inside = 0 <= term.row < model.states
    if inside:
        place = f"s={term.row} {written(model.sequence, int(model.lattice.states[term.row]))}"
    forbidden = _is_forbidden(term)
    return CardLine(
        sign="✕" if forbidden else SIGNS[term.move],
        name=name[term.move],
        place=place,
        value="" if forbidden else number(term.value),
        share="" if forbidden or term.value == -np.inf else _share(term.share),
        reason=term.reason,
        refused=forbidden,
    )


def _sums(cell: CellExplanation, symbol: str) -> tuple[CardLine, ...]:
    t, s = cell.t, cell.s
    result = number(cell.result)
    if cell.direction == "beta":
        return (CardLine("⊕", say("ctc", "log β({t}, {s})", t=t, s=s), "", result, is_result=True),)
    log_p = say("ctc", "log p{frame}({symbol})", frame=str(t).translate(SUBSCRIPTS), symbol=symbol)
    return (
        CardLine("⊕", say("ctc", "logsumexp"), "", number(cell.log_sum)),
        CardLine("+", log_p, "", number(cell.log_emission)),
        CardLine("=", say("ctc", "log α({t}, {s})", t=t, s=s), "", result, is_result=True),
    )


def _checks(model: LatticeModel, cell: CellExplanation, symbol: str) -> tuple[Text, ...]:
    """The occupancy and what it is made of, the sum over its frame, and what the mode adds to that."""
    if not model.fits:
        return (say("ctc", "no path goes through it to the end"),)
    parts = {"alpha": number(cell.alpha), "beta": _added(cell.beta), "total": _added(-cell.log_likelihood)}
    checks = [
        say("ctc", "γ = exp(α + β − log P) = {occupancy}", occupancy=prob(cell.occupancy)),
        say("ctc", "= exp({alpha}{beta}{total})", **parts),
        say("ctc", "Σ γ over frame {frame} = {total}", frame=cell.t, total=f"{cell.frame_occupancy_sum:.6f}"),
    ]
    gradients, path = model.result.gradients, model.lattice.best_path
    if model.mode == "gradient" and gradients is not None:
        slope = float(gradients.of(model.truth)[cell.t, cell.label])
        checks.append(say("ctc", "gradient at “{symbol}” = {slope}", symbol=symbol, slope=signed(slope, 3)))
    if model.mode == "path" and path.size and path[cell.t] == cell.s:
        checks.append(say("ctc", "on the best path, log p = {value}", value=number(cell.log_emission)))
    return tuple(checks)


def _spoken(cell: CellExplanation, symbol: str) -> Text:
    values = {"frame": cell.t, "row": cell.s, "symbol": symbol, "occupancy": prob(cell.occupancy)}
    result = number(cell.result)
    if cell.direction == "beta":
        return say("ctc", "Frame {frame}, row {row}, {symbol}: log beta {result}, occupancy {occupancy}",
                   result=result, **values)  # fmt: skip
    return say("ctc", "Frame {frame}, row {row}, {symbol}: log alpha {result}, occupancy {occupancy}",
               result=result, **values)  # fmt: skip
