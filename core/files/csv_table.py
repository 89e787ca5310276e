"""`.csv` and `.tsv`: a row a sample; the columns are guessed, or told by the user."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

import numpy as np

from core.errors import InputError
from core.files.contents import UNREADABLE, Contents, reader
from core.files.csv_columns import Columns, guess_columns
from core.files.npy import check_size
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.arrays import Array
    from core.text import Text

SUFFIXES = (".csv", ".tsv")
LOOKED_AT = 200  # rows that a guess is made from
DELIMITERS = ",;\t|"
TOLD = 6  # words in a sentence
WIDENING = 4  # a cell of text takes about so many times its length in memory while it is read


@final
@dataclass(frozen=True, slots=True)
class Table:
    """The beginning of a file.

    Attributes:
        names: of the columns; `has_header`: whether the file tells them.
        rows: the first rows, as text.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    has_header: bool


def table_in(file: Path) -> Table | None:
    """What a table begins with; None for another kind, and where reading it will say why it cannot be."""
    if file.suffix.lower() not in SUFFIXES:
        return None
    try:
        return table_of(file)
    except (InputError, *UNREADABLE):
        return None


@reader(".csv")
def read_csv(file: Path) -> tuple[Contents, ...]:
    """One batch by the columns that are guessed."""
    table = table_of(file)
    return (contents_of(file, table, guess_columns(table.names, table.rows)),)


@reader(".tsv")
def read_tsv(file: Path) -> tuple[Contents, ...]:
    """The same, with tabs."""
    return read_csv(file)


def table_of(file: Path) -> Table:
    """What a file begins with; InputError where it is no table."""
    check_size(file.name, WIDENING * file.stat().st_size)
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        start = stream.read(2**16)
        lines = start.splitlines()
        if not lines or "\0" in start:
            raise _no_table(file)
        delimiter = max(DELIMITERS, key=lines[0].count)
        stream.seek(0)
        found = _rows(stream, delimiter, LOOKED_AT + 1)
    if len(found) < 1 or not found[0]:
        raise _no_table(file)
    has_header = not any(_is_number(cell) for cell in found[0])
    rows = found[1:] if has_header else found[:LOOKED_AT]
    if not rows:
        raise InputError(
            file.name,
            say("files", "It has a header, and no row under it."),
            say("files", "Write one row for each sample."),
        )
    names = found[0] if has_header else tuple(f"column {place + 1}" for place in range(len(found[0])))
    _check_lengths(file, rows, len(names), has_header)
    return Table(names, rows, delimiter, has_header)


def contents_of(file: Path, table: Table, columns: Columns) -> Contents:
    """The arrays that the columns make."""
    inputs, targets, ids = columns.of("input"), columns.of("target"), columns.of("id")
    if not inputs:
        raise InputError(
            file.name,
            say("files", "No column is the input."),
            say("files", "Name the columns of scores, such as logit_0, logit_1, …, or choose them when opening."),
        )
    arrays: dict[str, Array] = {"input": _numbers(file, table, inputs)}
    notes = [columns.sentence]
    if len(targets) == 1 and not all(_is_number(row[targets[0]]) for row in table.rows):
        numbered, remarks = _of_words(_words(file, table, targets[0]), [columns.names[place] for place in inputs])
        arrays |= numbered
        notes += remarks
    elif targets:
        target = _numbers(file, table, targets)
        arrays["target"] = _as_indices(target) if len(inputs) > 1 and len(targets) == 1 else target
    if ids:
        arrays["ids"] = _words(file, table, ids[0])
    return Contents(arrays, tuple(notes))


def _of_words(target: Array, inputs: list[str]) -> tuple[dict[str, Array], list[Text]]:
    """Targets and names of the classes: by the columns that the words name, else in the order of the alphabet."""
    words, codes = np.unique(target, return_inverse=True)
    named = _columns_named(inputs, words.tolist())
    if named is None:
        return {"target": codes.astype(np.int64), "classes": words}, [_in_alphabet(words.tolist())]
    spelled = dict(zip(named, words.tolist(), strict=True))
    classes = [spelled.get(place, name) for place, name in enumerate(inputs)]
    return {"target": np.array(named)[codes], "classes": np.array(classes)}, []


def _columns_named(inputs: list[str], words: list[str]) -> list[int] | None:
    """Which column of scores each word names, "dog" the column logit_dog; None unless each names one of its own."""
    found = [[place for place, name in enumerate(inputs) if _names(name, word)] for word in words]
    if any(len(places) != 1 for places in found) or len({places[0] for places in found}) < len(words):
        return None
    return [places[0] for places in found]


def _names(column: str, word: str) -> bool:
    column, word = column.strip().lower(), word.strip().lower()
    return column == word or (column.endswith(word) and not column[: -len(word)][-1:].isalnum())


def _in_alphabet(words: list[str]) -> Text:
    told = [f"{word} {number}" for number, word in enumerate(words)]
    return say(
        "files",
        "The target's words are numbered in the order of the alphabet: {told}. The columns of the input have to stand "
        "in this order.",
        told=", ".join([*told[:TOLD], "…"] if len(told) > TOLD else told),
    )


def _numbers(file: Path, table: Table, places: tuple[int, ...]) -> Array:
    """(rows,) of one column, (rows, columns) of more, float64."""
    try:
        found = np.loadtxt(
            file, delimiter=table.delimiter, skiprows=int(table.has_header), usecols=places, ndmin=2, quotechar='"',
            comments=None, encoding="utf-8-sig",
        )  # fmt: skip
    except ValueError as error:
        raise _wrong_cell(file, table, places) or error from error
    return found[:, 0] if len(places) == 1 else found


def _words(file: Path, table: Table, place: int) -> Array:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.reader(stream, delimiter=table.delimiter)
        if table.has_header:
            next(rows)
        return np.array([row[place] for row in rows if row])


def _as_indices(target: Array) -> Array:
    """Whole numbers beside several scores as integers: class indices are not written otherwise."""
    whole = np.isfinite(target).all() and (target == np.floor(target)).all() and np.abs(target).max(initial=0) < 2**31
    return target.astype(np.int64) if whole else target


def _wrong_cell(file: Path, table: Table, places: tuple[int, ...]) -> InputError | None:
    """The first cell that is no number, by its line and column."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.reader(stream, delimiter=table.delimiter)
        for number, row in enumerate(rows):
            if number == 0 and table.has_header:
                continue
            for place in places:
                cell = row[place] if place < len(row) else None
                if row and (cell is None or not _is_number(cell)):
                    return _bad_cell(file, rows.line_num, table.names[place], cell or "")
    return None


def _bad_cell(file: Path, line: int, name: str, cell: str) -> InputError:
    return InputError(
        file.name,
        say("files", "Line {line}, column “{name}”: “{cell}” is no number.", line=line, name=name, cell=cell[:40]),
        say("files", "Mend the cell (write nan for a missing number), or leave the column out."),
    )


def _rows(stream: Any, delimiter: str, most: int) -> tuple[tuple[str, ...], ...]:
    reader: Iterator[list[str]] = csv.reader(stream, delimiter=delimiter)
    found: list[tuple[str, ...]] = []
    for row in reader:
        if row:
            found.append(tuple(cell.strip() for cell in row))
        if len(found) == most:
            break
    return tuple(found)


def _check_lengths(file: Path, rows: tuple[tuple[str, ...], ...], width: int, has_header: bool) -> None:
    for number, row in enumerate(rows, start=1 + has_header):
        if len(row) != width:
            raise InputError(
                file.name,
                say(
                    "files",
                    "Row {row} has {found} cells, the first has {width}.",
                    row=number,
                    found=len(row),
                    width=width,
                ),
                say("files", "Write the same columns in every row; quote cells that hold the delimiter."),
            )


def _no_table(file: Path) -> InputError:
    return InputError(
        file.name,
        say("files", "It holds no table."),
        say("files", "Write one row for each sample, its cells parted by commas, semicolons or tabs."),
    )


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
