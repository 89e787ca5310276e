import pytest

from core.ctc.spelling import labels_of_text, separator_of, spelled
from core.errors import InputError


def test_the_longest_symbol_that_fits_is_taken():
    assert labels_of_text("shs", ["ε", "s", "h", "sh"]).tolist() == [3, 1]
    assert labels_of_text("", ["ε"]).tolist() == []


def test_an_empty_symbol_is_never_read():
    with pytest.raises(InputError):
        labels_of_text("b", ["", "a"])


def test_names_of_one_character_need_nothing_between_them():
    names = ("<blank>", "a", "b", "<other>")
    assert spelled([1, 2, 2], names, separator_of(names)) == "abb"


def test_phones_are_parted_by_spaces_and_pieces_are_not():
    assert separator_of(("<pad>", "oʊ", "eɪ", "t")) == " "
    assert separator_of(("<s>", "▁the", "re")) == ""
