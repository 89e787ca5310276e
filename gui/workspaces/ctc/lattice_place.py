"""How the parts of the lattice's view share its room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np

from gui.kit.emission_rows import height_for
from gui.kit.frame_axis import GUTTER, RIGHT_PAD
from gui.kit.lattice_layout import PILL_COLUMN, PILL_PITCH, level_of
from gui.kit.lattice_pane import HEADER, SMALL_PICTURE, WINDOW_ROW
from gui.kit.lattice_refusal import CARD_WIDTH, NeededRow
from gui.kit.overview_strip import HEIGHT as STRIP_HEIGHT
from gui.kit.overview_window import FEWEST, FrameWindow, window_at
from gui.workspaces.ctc.present_emission import MOST_ROWS
from gui.workspaces.ctc.present_refusal import refusal
from gui.workspaces.ctc.present_sheared import reach_of
from gui.workspaces.ctc.present_view import View, view_of

if TYPE_CHECKING:
    from gui.workspaces.ctc.present_lattice import LatticeModel

ASIDE, LEAST_ASIDE, ASIDE_SHARE = 292, 200, 0.32
LATTICE_SHARE = 0.5  # of the height that the cells are sure to get
COLUMN, ROW = 19.6, 6.6  # px of a frame and of a row in a window that nobody has resized
CLASS_SHARE, CLASS_ROW, FEWEST_CLASSES = 0.25, 12.0, 5  # of the height, px of a row
REFUSAL_GAP = 32
SILENCE = 2  # frames shown before the first label
MARGINS = 16.0  # px above and below the cells


@final
@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where the parts stand.

    Attributes:
        strip: whether all frames stand in a strip on top, and the whole lattice aside, `aside` px wide.
        gutter, right: px left free beside the frames.
        refusal: the width of the card that says why no path fits, None for no card; needed: the height of its row.
        is_crowded: whether the cells of this view would be too small for nodes.
    """

    strip: bool
    aside: int
    gutter: float
    right: float
    refusal: int | None
    needed: int
    is_crowded: bool


def arrange(model: LatticeModel, view: View, width: int, height: int) -> Arrangement:
    """The places of the parts for a view of so many px."""
    fits = model.fits
    needed = 0 if fits else NeededRow.height_for(refusal(model))
    if not view.whole:
        aside = _aside(width)
        card = None if fits else aside - 16
        return Arrangement(True, aside, GUTTER, RIGHT_PAD, card, needed, False)
    right = RIGHT_PAD
    if not fits:
        column = (width - GUTTER - RIGHT_PAD) / max(view.last + view.unread, 1)
        if view.unread * column < CARD_WIDTH + REFUSAL_GAP:
            right = CARD_WIDTH + REFUSAL_GAP + RIGHT_PAD
    column = (width - GUTTER - right) / max(view.last + view.unread, 1)
    pitch = LATTICE_SHARE * (height - needed) / max(model.states, 1)
    crowded = level_of(column, pitch) == "cell"
    return Arrangement(False, 0, GUTTER, right, None if fits else CARD_WIDTH, needed, crowded)


def first_window(model: LatticeModel, width: int, height: int, *, relative: bool) -> FrameWindow:
    """The window of a sequence just opened: as many frames as have room for discs, from the playhead on.

    Of a playhead that has not moved it is the beginning of the first label: recordings begin with silence.
    """
    count = _zoom_width(width) / COLUMN
    if not relative:
        count = min(count, _cells_height(model, height) / ROW * model.frames / max(model.states, 1))
    window = window_at(0, round(count), model.frames)
    if model.frame:
        return window.around(model.frame + 0.5)
    labels = np.flatnonzero(model.lattice.best_path % 2)
    lead = max(int(labels[0]) - SILENCE, 0) if labels.size else 0
    return window_at(lead, window.count, model.frames)


def class_rows(height: int) -> int:
    """How many rows of emissions there is room for, in a window on a long lattice."""
    return min(max(int(CLASS_SHARE * height / CLASS_ROW), FEWEST_CLASSES), MOST_ROWS)


def near_window(model: LatticeModel, width: int, height: int, frame: int, *, relative: bool) -> FrameWindow:
    """As many frames around one as leave its nodes room for numbers; the fewest, if none do."""
    room = _cells_height(model, height)
    near = window_at(0, int(_zoom_width(width) / PILL_COLUMN), model.frames)
    for count in range(near.count, FEWEST - 1, -1):
        near = window_at(0, count, model.frames).around(frame + 0.5)
        view = view_of(model, near.first, near.last)
        rows = 2 * reach_of(model, near.first, near.last) + 1 if relative else view.bottom - view.top
        if room / rows >= PILL_PITCH:
            break
    return near


def _cells_height(model: LatticeModel, height: int) -> float:
    """The height of the cells in a window on a long lattice."""
    used = STRIP_HEIGHT + HEADER + (SMALL_PICTURE if model.sequence.picture is not None else 0.0) + MARGINS
    rows = class_rows(height - STRIP_HEIGHT)
    return height - used - height_for(rows, rows * WINDOW_ROW, False)


def _aside(width: int) -> int:
    return max(min(ASIDE, round(ASIDE_SHARE * width)), LEAST_ASIDE)


def _zoom_width(width: int) -> float:
    return max(width - _aside(width) - GUTTER - RIGHT_PAD, 100.0)
