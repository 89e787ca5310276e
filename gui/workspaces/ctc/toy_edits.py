"""What a user does to the sequence made by hand: named pure functions from state to state."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, cast

import numpy as np

from core import toy_ctc
from core.arrays import FloatArray, frozen
from core.ctc.toy_presets import PRESETS, frames_for, text_for, toy_preset
from core.errors import InputError
from core.text import say
from gui.edit import Edit
from gui.workspaces.ctc.state import CTCState, Toy

if TYPE_CHECKING:
    from core.ctc.toy_presets import Key

FEWEST_FRAMES, USUAL_FRAMES, MOST_FRAMES = 1, 12, 60
MOST_SYMBOLS = 200
LEAST_SHARE = 1e-4  # a probability painted by hand stays this far from 0 and from 1
TOUCH = 0.35  # of the probability that the others have, or that the class has, moved by one touch of the brush
NEW_SHARE = 0.02  # what a symbol that was added gets in every frame
FIRST = "cat"  # the preset of the first example
RESTING_BLANK = 0.8  # the blank's share in frames that were added


@cache
def first_toy() -> Toy:
    """The word "cat" in twelve frames."""
    return Toy("cat", toy_ctc.CLASSES, np.log(np.array(toy_ctc.PER_CENT) / 100), preset=FIRST)


def toy_of(state: CTCState) -> Toy:
    """The toy in force."""
    return state.toy or first_toy()


def set_target(text: str, merge_key: str | None = None) -> Edit[CTCState]:
    """Type or paste a target; a symbol that is not in the alphabet joins it. Whether it fits is for the lattice."""
    line = one_line(text)

    def change(toy: Toy) -> Toy:
        if len(line) > MOST_SYMBOLS:
            raise InputError(
                "target",
                say("ctc", "{count} symbols are more than a toy takes.", count=len(line)),
                say("ctc", "Shorten the text to {most}.", most=MOST_SYMBOLS),
            )
        wider = _with_symbols(toy, (*toy.alphabet, *_foreign(line, toy.alphabet)))
        return _rebuilt(replace(wider, text=line), len(toy.logits))

    return _on_toy(Edit(say("ctc", "Change the target"), change, merge_key))


def one_line(text: str) -> str:
    """What a pasted text becomes: line breaks and runs of blanks are one space each."""
    return re.sub(r"\s+", " ", text).strip()


def set_frames(frames: int, base: Toy | None = None, merge_key: str | None = None) -> Edit[CTCState]:
    """Cut the toy after so many frames, or let it rest in the blank for more; of a drag from `base` on."""

    def change(toy: Toy) -> Toy:
        if not FEWEST_FRAMES <= frames <= MOST_FRAMES:
            raise InputError(
                "frames",
                say("ctc", "{frames} is outside [{low}, {high}].", frames=frames, low=FEWEST_FRAMES, high=MOST_FRAMES),
                say("ctc", "Choose a number of frames inside."),
            )
        return _lasting(base or toy, frames)

    return _on_toy(Edit(say("ctc", "Change the frames"), change, merge_key))


def set_alphabet(symbols: str) -> Edit[CTCState]:
    """The symbols beside the blank, one character each; what the target needs cannot go."""
    wanted = tuple(dict.fromkeys(symbol for symbol in symbols if not symbol.isspace()))

    def change(toy: Toy) -> Toy:
        blank = toy.alphabet[toy.blank]
        missing = [s for s in dict.fromkeys(toy.text) if s not in wanted and not s.isspace() and s != blank]
        if missing:
            raise InputError(
                "alphabet",
                say("ctc", "The target uses {symbols}.", symbols=" ".join(f"“{s}”" for s in missing)),
                say("ctc", "Change the target first."),
            )
        kept = [symbol for symbol in wanted if symbol != blank] + [" "] * (" " in toy.text)
        return _with_symbols(toy, (*kept[: toy.blank], blank, *kept[toy.blank :]))

    return _on_toy(Edit(say("ctc", "Change the alphabet"), change))


def set_blank(blank: int) -> Edit[CTCState]:
    """Let the blank be another class: its column moves there, and nothing else changes."""

    def change(toy: Toy) -> Toy:
        if not 0 <= blank < len(toy.alphabet):
            raise InputError(
                "blank",
                say(
                    "ctc", "There is no class {blank} in an alphabet of {count}.", blank=blank, count=len(toy.alphabet)
                ),
                say("ctc", "Choose one from 0 to {last}.", last=len(toy.alphabet) - 1),
            )
        order = [c for c in range(len(toy.alphabet)) if c != toy.blank]
        order.insert(blank, toy.blank)
        alphabet = tuple(toy.alphabet[c] for c in order)
        return replace(toy, alphabet=alphabet, logits=frozen(toy.logits[:, order]), blank=blank)

    return _on_toy(Edit(say("ctc", "Move the blank"), change))


def set_share(frame: int, cls: int, share: float, merge_key: str | None = None) -> Edit[CTCState]:
    """Give a class this probability in a frame; the others keep their proportions."""

    def change(toy: Toy) -> Toy:
        return _with_share(toy, frame, cls, share)

    return _on_toy(Edit(say("ctc", "Paint the emissions"), change, merge_key))


def brush(frame: int, cls: int, *, up: bool, merge_key: str | None = None) -> Edit[CTCState]:
    """One touch of the brush: a class takes a part of what the others have in a frame, or loses a part of its own."""

    def change(toy: Toy) -> Toy:
        T, C = toy.logits.shape
        if not (0 <= frame < T and 0 <= cls < C):
            return toy
        share = float(np.exp(toy.logits[frame, cls] - np.logaddexp.reduce(toy.logits[frame])))
        return _with_share(toy, frame, cls, share + TOUCH * (1 - share) if up else share * (1 - TOUCH))

    return _on_toy(Edit(say("ctc", "Paint the emissions"), change, merge_key))


def open_first() -> Edit[CTCState]:
    """The first example, with everything that was pinned or edited in the old one forgotten."""
    return Edit(say("ctc", "Open the example"), lambda state: _fresh(state, first_toy()))


def open_preset(key: Key) -> Edit[CTCState]:
    """Other emissions for the target at hand; a preset that needs another target or other frames gets them."""

    def update(state: CTCState) -> CTCState:
        toy = toy_of(state)
        text = text_for(key, toy.text, toy.alphabet)
        before = USUAL_FRAMES if toy.preset == "infeasible" else len(toy.logits)
        frames = min(frames_for(key, text, before, toy.alphabet), MOST_FRAMES)
        return _fresh(state, _preset(replace(toy, text=text, preset=key), frames))

    return Edit(say("ctc", "Choose the emissions: {name}", name=PRESETS[key].title), update)


def _fresh(state: CTCState, toy: Toy) -> CTCState:
    return CTCState(toy=toy, sequence=state.sequence, mode=state.mode, truth=state.truth)


def _on_toy(edit: Edit[Toy]) -> Edit[CTCState]:
    """An edit of the toy as one of the state; what points into frames that went away comes back inside."""

    def update(state: CTCState) -> CTCState:
        before = toy_of(state)
        toy = edit.update(before)
        if toy is before:
            return state
        frames, rows = len(toy.logits), 2 * len(toy.text) + 1
        same = toy.text == before.text and toy.logits.shape == before.logits.shape and toy.blank == before.blank
        return replace(
            state,
            toy=toy,
            frame=min(state.frame, frames - 1),
            pinned=tuple(cell for cell in state.pinned if cell[0] < frames and cell[1] < rows),
            path=state.path if same else None,
            step=state.step if same else None if state.step is None else 0,
            guess=None,
        )

    return Edit(edit.label, update, edit.merge_key)


def _foreign(text: str, alphabet: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(symbol for symbol in dict.fromkeys(text) if symbol not in alphabet)


def _with_symbols(toy: Toy, alphabet: tuple[str, ...]) -> Toy:
    """The toy over another alphabet: known symbols keep their scores, new ones get a small share of every frame."""
    if alphabet == toy.alphabet:
        return toy
    total = np.logaddexp.reduce(toy.logits, axis=1)
    faint = total + np.log(NEW_SHARE / (1 - NEW_SHARE))
    columns = dict(zip(toy.alphabet, toy.logits.T, strict=True))
    logits = np.stack([columns.get(symbol, faint) for symbol in alphabet], axis=1)
    blank = alphabet.index(toy.alphabet[toy.blank])
    return replace(toy, alphabet=alphabet, logits=frozen(logits), blank=blank)


def _with_share(toy: Toy, frame: int, cls: int, share: float) -> Toy:
    T, C = toy.logits.shape
    if not (0 <= frame < T and 0 <= cls < C) or C == 1:
        return toy
    wanted = min(max(share, LEAST_SHARE), 1 - LEAST_SHARE)
    logits = np.array(toy.logits)
    # softmax gives `wanted` where z = logit(wanted) + logsumexp of the others, which are left alone.
    others = np.logaddexp.reduce(np.delete(logits[frame], cls))
    logits[frame, cls] = np.log(wanted) - np.log1p(-wanted) + others
    return replace(toy, logits=frozen(logits), preset="")


def _preset(toy: Toy, frames: int) -> Toy:
    """The toy with the emissions of its preset, over so many frames."""
    logits = toy_preset(cast("Key", toy.preset), toy.text, frames, toy.alphabet, toy.blank)
    return replace(toy, logits=frozen(logits))


def _rebuilt(toy: Toy, frames: int) -> Toy:
    """What a preset says of the present target, if the emissions are still those of a preset."""
    if toy.preset not in PRESETS:
        return replace(toy, preset="")
    if toy.preset == "infeasible" and frames >= frames_for("uniform", toy.text, 1, toy.alphabet):
        return replace(toy, preset="")
    return _preset(toy, frames)


def _lasting(toy: Toy, frames: int) -> Toy:
    if frames == len(toy.logits):
        return toy
    if toy.preset in PRESETS:
        return _rebuilt(_cut(toy, frames), frames)
    return _cut(toy, frames)


def _cut(toy: Toy, frames: int) -> Toy:
    """The first frames, or all of them and then frames that rest in the blank."""
    T, C = toy.logits.shape
    resting = np.full(C, (1 - RESTING_BLANK) / max(C - 1, 1))
    resting[toy.blank] = RESTING_BLANK
    more = np.tile(np.log(resting), (max(frames - T, 0), 1))
    logits: FloatArray = np.concatenate([toy.logits[:frames], more])
    return replace(toy, logits=frozen(logits), preset="" if toy.preset == FIRST else toy.preset)
