"""What the pages of the workspaces do alike."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from core.errors import InputError
from core.text import say
from gui.desk_page import DeskPage
from gui.kit.banner import Banner
from gui.kit.busy_line import BusyLine

REFUSED = InputError("target", say("test", "It is too long."), say("test", "Shorten it."))


@pytest.fixture
def page(styled, qtbot) -> DeskPage:
    made = DeskPage(QWidget(), Banner(), BusyLine())
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("error", "words"), [(REFUSED, "target: It is too long. Shorten it."), (KeyError("x"), "could not be computed")]
)
def test_that_a_failure_is_told_and_what_is_shown_is_dimmed_until_the_next_picture(page, error, words) -> None:
    page.fail(error)
    assert words in page.banner.accessibleName()
    assert page.picture_area.graphicsEffect().opacity() < 1
    page.dim(False)
    assert page.picture_area.graphicsEffect() is None
