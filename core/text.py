"""Sentences for people, kept apart from the values in them so that they can be translated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Text:
    """An English template with named places, and what stands in them.

    `str()` gives the English sentence; the window looks the template up in its language first.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    context: str = "core"

    def __str__(self) -> str:
        return self.template.format(**self.values)


def say(context: str, template: str, **values: object) -> Text:
    """A sentence whose template the translation tool finds here (`context` groups the templates there)."""
    return Text(template, values, context)
