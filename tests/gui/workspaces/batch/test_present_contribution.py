"""How few rows make most of the loss, in words and places."""

from __future__ import annotations

import numpy as np

from core.pictures.contribution import contribution
from gui.workspaces.batch.present_contribution import contribution_figure

TERMS = np.array([1.0, 8.0, np.inf, 4.0, 2.0])
KEPT = np.ones(5, dtype=bool)


def figure(terms=TERMS, primary=None, selection=()):
    return contribution_figure(contribution(terms, KEPT), "loss", ("loss",), primary, np.array(selection, np.int64))


def test_that_rows_are_found_at_their_places_in_the_order() -> None:
    shown = figure(primary=3, selection=(0, 1, 2))
    assert shown.order.tolist() == [1, 3, 4, 0]
    assert shown.primary == 1
    assert shown.chosen.tolist() == [0, 3]  # row 2 is infinite: it has no place


def test_that_rows_without_a_share_are_counted_in_words() -> None:
    assert "1 rows that are not finite" in str(figure().remark)
    assert "by their size" in str(figure(np.array([1.0, -8.0, 3.0, 4.0, 2.0])).remark)


def test_that_a_batch_without_loss_has_a_sentence_in_place_of_a_strip() -> None:
    assert figure(np.zeros(5)).empty is not None
    assert figure().empty is None
