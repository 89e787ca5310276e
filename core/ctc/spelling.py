"""Labels as text and text as labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.ctc.labels import as_labels
from core.errors import InputError
from core.text import say

if TYPE_CHECKING:
    from collections.abc import Sequence as Many

    import numpy.typing as npt

    from core.arrays import IntArray

WORD_START = "▁"  # SentencePiece writes it before the first piece of a word


def spelled(labels: npt.ArrayLike, names: Many[str], separator: str = "") -> str:
    """The names of labels, one after another.

    >>> spelled([1, 2], ["-", "o", "n"])
    'on'
    """
    return separator.join(names[int(label)] for label in as_labels(labels))


def separator_of(names: Many[str]) -> str:
    """What stands between names so that they can be told apart: nothing for characters, a space for phones and words.

    >>> separator_of(["<blank>", "o", "n"]), separator_of(["<blank>", "oʊ", "eɪ"]), separator_of(["<s>", "▁on", "e"])
    ('', ' ', '')
    """
    ordinary = [name for name in names if not name.startswith("<")]
    if any(name.startswith(WORD_START) for name in ordinary):
        return ""
    long = sum(len(name) > 1 for name in ordinary)
    return " " if 2 * long > len(ordinary) else ""


def labels_of_text(text: str, alphabet: Many[str]) -> IntArray:
    """The classes (U,) that spell `text`; where several symbols fit, the longest.

    >>> labels_of_text("aab", ["ε", "a", "b", "aa"]).tolist()
    [3, 2]

    Raises:
        InputError: a character begins no symbol of the alphabet.
    """
    by_length = sorted((symbol, c) for c, symbol in enumerate(alphabet) if symbol)
    by_length.sort(key=lambda pair: -len(pair[0]))
    labels: list[int] = []
    place = 0
    while place < len(text):
        found = next(((symbol, c) for symbol, c in by_length if text.startswith(symbol, place)), None)
        if found is None:
            raise InputError(
                "target",
                say("ctc", "“{symbol}” is not a symbol of the alphabet.", symbol=text[place]),
                say("ctc", "Use only {symbols}, or add it to the alphabet.", symbols=" ".join(alphabet)),
            )
        symbol, c = found
        labels.append(c)
        place += len(symbol)
    return np.array(labels, dtype=np.int64)
