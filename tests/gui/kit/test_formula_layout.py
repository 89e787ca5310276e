from itertools import pairwise

import pytest

from core.explain.formula import Frac, Num, Row, Script, Sym
from gui.kit.formula_layout import atoms, row_box, space_before

pytestmark = pytest.mark.usefixtures("styled")


def _symbols(words: str) -> Row:
    return Row(tuple(Sym(word) for word in words.split()))


def _gap(words: str, index: int) -> float:
    return space_before(atoms(_symbols(words)), index)


def test_variables_are_italic_and_words_and_digits_upright() -> None:
    faces = {run.text: run.face for run in row_box(atoms(_symbols("x log 2 Σ β"))).runs}
    assert faces == {"x": "italic", "log": "upright", "2": "upright", "Σ": "upright", "β": "italic"}


def test_a_minus_between_numbers_is_spaced_and_a_sign_is_not() -> None:
    assert _gap("x − y", 1) == _gap("x − y", 2) > 1
    assert _gap("= − y", 2) < 1
    assert _gap("( − y", 1) == 0


def test_the_second_bar_closes() -> None:
    runs = row_box(atoms(_symbols("| z | + 1"))).runs
    assert runs[3].x - (runs[2].x + runs[2].width) > 1


def test_words_in_one_symbol_are_told_apart() -> None:
    runs = row_box(atoms(Sym("number of rows"))).runs
    assert [run.text for run in runs] == ["number", "of", "rows"]
    assert all(after.x > before.x + before.width + 2 for before, after in pairwise(runs))


def test_a_fraction_is_centred_about_its_bar() -> None:
    box = row_box(atoms(Frac(Row((Num(1.0, "1.00"),)), _symbols("x"))))
    (_, y, width) = box.bars[0]
    above, below = box.runs
    assert above.y < y < below.y
    assert above.x + above.width / 2 == pytest.approx(width / 2)
    assert below.x + below.width / 2 == pytest.approx(width / 2)


def test_an_index_hangs_below_and_an_exponent_stands_above() -> None:
    base, sub, sup = row_box(atoms(Script(Sym("x"), _symbols("n"), _symbols("2")))).runs
    assert sup.y < base.y < sub.y
    assert sub.x == sup.x > base.x
    assert sub.level == sup.level == 2
