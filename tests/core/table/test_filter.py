"""Expressions over a table."""

from __future__ import annotations

import numpy as np
import pytest

import core.losses as L
from core.assess import assess
from core.batch import Batch
from core.errors import InputError
from core.jobs import finish
from core.table.build import table_of
from core.table.filter import mask_of, names_of
from core.table.table import Table


@pytest.fixture(scope="module")
def table() -> Table:
    x = np.array([[9.0, 0, 0], [0, 1.0, 0], [0, 0, 2.0], [np.nan, 0, 0], [0.5, 0, 0], [4.0, 0, 0]])
    y = np.array([1, 1, 2, 0, -100, 0])
    batch = Batch("b", L.CrossEntropyLoss(), x, y, classes=("cat", "dog", "owl"))
    return finish(table_of(finish(assess(batch.loss, batch))))


def rows(table: Table, expression: str) -> list[int]:
    return np.flatnonzero(mask_of(table, expression)).tolist()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("loss > 2", [0]),
        ("loss > 2 and target == 1", [0]),
        ("loss>2 & target==1", [0]),
        ("loss>2 | target==2 && p<1", [0, 2]),
        ('target == "dog" & row in (1, 2)', [1]),
        ("(loss > 2) & (target == 1)", [0]),
        ("(loss > 2) | (target == 2)", [0, 2]),
        ('target == "dog"', [0, 1]),
        ('target != "dog" and not ignored', [2, 3, 5]),
        ("target in (0, 2)", [2, 3, 5]),
        ("target not in (0, 2)", [0, 1, 4]),
        ("0.1 < loss < 1", [1, 2]),
        ("ignored", [4]),
        ("isnan(loss)", [3]),
        ("loss == nan", [3]),
        ('flag == "label?"', [0]),
        ("abs(p - 1) < 0.1", [5]),
        ("predicted != target", [0, 4]),
        ("2 * loss − 1 > 3", [0]),
    ],
)
def test_that_an_expression_gives_its_rows(table: Table, expression: str, expected: list[int]) -> None:
    assert rows(table, expression) == expected


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("los > 2", "no column “los”"),
        ("loss >", "cannot be read at character 7"),
        ("loss > 1 & & p", "cannot be read at character 12"),
        ("loss > 1 & los > 2", "Character 12:"),
        ('target == "猫" & los > 2', "“猫”"),
        ("-" * 1900 + "1 < loss", "nested too deeply"),
        ("loss = 2", "cannot be read"),
        ("loss", "true or false"),
        ('target == "cow"', "“cow”"),
        ('loss > "two"', "no number"),
        ("__import__('os').system('x')", "functions"),
        ("loss.__class__", "not understood"),
        ("[r for r in loss]", "not understood"),
        ("loss ** 9 > 1", "not understood"),
        ("target in 3", "a list is expected"),
        ("target is 3", "comparison"),
        ("(" * 300 + "loss" + ")" * 300, "cannot be read"),
        ("loss > 1 or " * 300 + "loss > 1", "longer than"),
        ('"a" == "b"', "only be compared with a column"),
        ("loss > 1\x00", "cannot be read"),
    ],
)
def test_that_what_cannot_be_read_is_refused_with_its_place(table: Table, expression: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        mask_of(table, expression)
    assert refused.value.field == "filter"
    assert said in str(refused.value.problem)


def test_that_every_column_may_stand_in_an_expression(table: Table) -> None:
    for name in names_of(table):
        if name not in ("flag", "id", "ignored"):
            assert mask_of(table, f"{name} == {name}").all()
