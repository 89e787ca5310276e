"""Expressions over the columns of a table: `loss > 2 and target == 3`. Parsed, never executed."""

from __future__ import annotations

import ast
import operator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, final

import numpy as np

from core.arrays import Array, BoolArray
from core.errors import InputError
from core.table.spelling import Spelling
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.table.table import Column, Table
    from core.text import Text

LONGEST = 2000  # characters; longer ones would only be a way to exhaust the parser
COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
}
FUNCTIONS: dict[str, Callable[[Any], Any]] = {"abs": np.abs, "isnan": np.isnan, "isinf": np.isinf}
CONSTANTS = {"inf": np.inf, "nan": np.nan, "true": True, "false": False}
IGNORED, ROW = "ignored", "row"


def mask_of(table: Table, expression: str) -> BoolArray:
    """(count,) the rows for which the expression holds; all for an empty one.

    Columns by their keys, class names as words in quotes, numbers, comparisons (chained ones too), `in (1, 2)`,
    and/or/not (also & and |), + − * /, abs, isnan, isinf, `row` (its number), `ignored`.

    Raises:
        InputError: where it cannot be read, and what could stand there.
    """
    text = expression.strip()
    if not text:
        return np.ones(table.count, dtype=bool)
    try:
        found = _Reader(table).mask(_parsed(text))
    except RecursionError:
        raise _refused(say("table", "It is nested too deeply.")) from None
    return np.broadcast_to(found, (table.count,)).astype(bool)


def check(table: Table, expression: str) -> None:
    """Raise the InputError that `mask_of` would, whatever the length of the table."""
    columns = {key: replace(column, values=column.values[:1]) for key, column in table.columns.items()}
    mask_of(replace(table, count=min(table.count, 1), kept=table.kept[:1], columns=columns), expression)


def names_of(table: Table) -> tuple[str, ...]:
    """What may stand in an expression over this table."""
    return (*table.columns, ROW, IGNORED)


def _parsed(text: str) -> ast.expr:
    if len(text) > LONGEST:
        raise _refused(say("table", "It is longer than {most} characters.", most=LONGEST))
    spelling = Spelling(text)
    try:
        tree = ast.parse(spelling.text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        # Python gives no place where an expression ends too soon.
        place = spelling.typed_place((getattr(error, "offset", None) or len(spelling.text) + 1) - 1) + 1
        raise _refused(say("table", "It cannot be read at character {place}.", place=place)) from None
    spelling.move_back(tree)
    return tree


@final
class _Reader:
    """Goes through a parsed expression once; arrays come out of names, numbers out of numbers."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def mask(self, node: ast.expr) -> Any:
        """What must be true or false."""
        if isinstance(node, ast.BoolOp):
            parts = [self.mask(value) for value in node.values]
            join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            return join.reduce(np.broadcast_arrays(*parts))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.Invert):
            return np.logical_not(self.mask(node.operand))
        if isinstance(node, ast.Compare):
            return self._compared(node)
        value = self.value(node)
        if np.asarray(value).dtype != bool:
            raise _at(node, say("table", "It says nothing that is true or false of a row."))
        return value

    def value(self, node: ast.expr) -> Any:
        """A number, a word, or an array of one number a row."""
        if isinstance(node, ast.Name):
            return self._named(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, bool | int | float | str):
            return node.value
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            sign = -1 if isinstance(node.op, ast.USub) else 1
            return sign * self._number(node.operand)
        if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            with np.errstate(all="ignore"):
                return ARITHMETIC[type(node.op)](self._number(node.left), self._number(node.right))
        if isinstance(node, ast.Call):
            return self._called(node)
        raise _at(node, say("table", "This is not understood in a filter."))

    def _number(self, node: ast.expr) -> Any:
        value = self.value(node)
        if isinstance(value, str) or np.asarray(value).dtype.kind not in "biuf":
            raise _at(node, say("table", "A word is no number."))
        return value

    def _compared(self, node: ast.Compare) -> Any:
        sides = [node.left, *node.comparators]
        found: Any = True
        for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
            found = np.logical_and(found, self._pair(node, left, op, right))
        return found

    def _pair(self, node: ast.Compare, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Any:
        if isinstance(op, ast.In | ast.NotIn):
            if not isinstance(right, ast.Tuple | ast.List | ast.Set):
                raise _at(right, say("table", "After “in” a list is expected: in (1, 2)."))
            equal = [self._equal(left, item) for item in right.elts]
            inside = np.logical_or.reduce(np.broadcast_arrays(*equal)) if equal else False
            return inside if isinstance(op, ast.In) else np.logical_not(inside)
        if isinstance(op, ast.Eq | ast.NotEq):
            equal = self._equal(left, right)
            return equal if isinstance(op, ast.Eq) else np.logical_not(equal)
        if type(op) not in COMPARISONS:
            raise _at(node, say("table", "This comparison is not understood in a filter."))
        with np.errstate(invalid="ignore"):
            return COMPARISONS[type(op)](self._number(left), self._number(right))

    def _equal(self, left: ast.expr, right: ast.expr) -> Any:
        """Equal numbers; a class or remark also by its name; nan equals nan, for people look for it."""
        column = self._column(left)
        a, b = self.value(left), self.value(right)
        if isinstance(b, str) and column is not None:
            return self._equal_name(right, column, b)
        if isinstance(a, str) or isinstance(b, str):
            raise _at(right, say("table", "A word can only be compared with a column."))
        a, b = np.asarray(a), np.asarray(b)
        with np.errstate(invalid="ignore"):
            return (a == b) | ((a != a) & (b != b))

    def _equal_name(self, node: ast.expr, column: Column, word: str) -> Array:
        if column.kind == "id":
            return column.values.astype(str) == word
        if word not in column.names:
            known = ", ".join(f'"{name}"' for name in column.names[:6]) or "–"
            raise _at(
                node, say("table", "{key} has no “{word}”; it has {known}.", key=column.key, word=word, known=known)
            )
        return column.values == column.names.index(word)

    def _column(self, node: ast.expr) -> Column | None:
        return self._table.columns.get(node.id) if isinstance(node, ast.Name) else None

    def _named(self, node: ast.Name) -> Any:
        column = self._column(node)
        if column is not None:
            return column.values
        if node.id == IGNORED:
            return ~self._table.kept
        if node.id == ROW:
            return np.arange(self._table.count)
        if node.id.lower() in CONSTANTS:
            return CONSTANTS[node.id.lower()]
        names = ", ".join(names_of(self._table))
        raise _at(node, say("table", "There is no column “{name}”; there are {names}.", name=node.id, names=names))

    def _called(self, node: ast.Call) -> Any:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS or len(node.args) != 1 or node.keywords:
            raise _at(
                node, say("table", "Of functions there are {names}, each of one value.", names=", ".join(FUNCTIONS))
            )
        return FUNCTIONS[name](self._number(node.args[0]))


def _at(node: ast.expr, problem: Text) -> InputError:
    return _refused(say("table", "Character {place}: {problem}", place=node.col_offset + 1, problem=problem))


def _refused(problem: Text) -> InputError:
    return InputError("filter", problem, say("table", "For example: loss > 2 and target == 3."))
