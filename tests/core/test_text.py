from __future__ import annotations

from core.text import say


def test_that_a_sentence_fills_its_places():
    assert str(say("core", "{label} of {C} classes", label=3, C=10)) == "3 of 10 classes"


def test_that_template_values_and_context_stay_apart_for_the_translation():
    text = say("doctor", "Row {row} is nan.", row=7)
    assert (text.template, dict(text.values), text.context) == ("Row {row} is nan.", {"row": 7}, "doctor")


def test_that_equal_sentences_are_equal():
    assert say("core", "Row {row}", row=1) == say("core", "Row {row}", row=1)
    assert say("core", "Row {row}", row=1) != say("core", "Row {row}", row=2)
