"""Every sentence for people can be found by the translation: contexts and templates are literals."""

import ast
import string
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted(path for part in ("core", "gui") for path in (ROOT / part).rglob("*.py"))


@dataclass(frozen=True)
class Sentence:
    context: str
    template: str
    names: frozenset[str]
    spread: bool


def sentences_in(source: str) -> list[Sentence]:
    """The `say(context, template, **values)` of a module; ValueError for one that is no pair of literals."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [_sentence(call) for call in calls if isinstance(call.func, ast.Name) and call.func.id == "say"]


def _sentence(call: ast.Call) -> Sentence:
    words = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    if len(call.args) != 2 or len(words) != 2 or not all(isinstance(word, str) for word in words):
        raise ValueError(f"line {call.lineno}: say() takes two literals")
    names = frozenset(keyword.arg for keyword in call.keywords if keyword.arg)
    return Sentence(words[0], words[1], names, any(keyword.arg is None for keyword in call.keywords))


def _places(template: str) -> set[str]:
    fields = (field for _, field, _, _ in string.Formatter().parse(template) if field is not None)
    return {field.split(".")[0].split("[")[0] for field in fields}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_sentence_is_a_literal_whose_places_are_filled(path: Path) -> None:
    for sentence in sentences_in(path.read_text(encoding="utf-8")):
        places = _places(sentence.template)
        assert "" not in places, sentence.template
        assert sentence.spread or places == sentence.names, sentence.template


def test_a_template_that_is_computed_is_refused() -> None:
    with pytest.raises(ValueError, match="line 1"):
        sentences_in('say("core", f"{x} is wrong")')


def test_joined_literals_are_one_template() -> None:
    (found,) = sentences_in('say("core", "one "\n"two {n}", n=2)')
    assert found.template == "one two {n}"
