"""A line of text that is cut with an ellipsis."""

from __future__ import annotations

from gui.kit.elided_label import ElidedLabel

WORDS = "38 of 284 rows, 32% of the loss, sorted by loss, largest first"


def test_that_words_without_room_end_in_an_ellipsis_and_are_told_in_full(styled, qtbot) -> None:
    label = ElidedLabel("label", "text2")
    qtbot.addWidget(label)
    label.show_words(WORDS)
    label.resize(120, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName() == label.words() == WORDS


def test_that_words_with_room_are_whole_and_have_no_tooltip(styled, qtbot) -> None:
    label = ElidedLabel("label", "text2")
    qtbot.addWidget(label)
    label.show_words(WORDS)
    label.resize(label.sizeHint())
    label.show()
    assert label.text() == WORDS
    assert label.toolTip() == ""
