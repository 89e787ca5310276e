import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from gui.kit.icons import icon, icon_names
from gui.kit.style_sheet import PICTURES_DIR
from gui.kit.theme import color, set_theme
from gui.kit.tokens import THEMES

pytestmark = pytest.mark.usefixtures("styled")


def _strongest_color(made: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> str:
    image = made.pixmap(QSize(64, 64), 1.0, mode).toImage()
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    x, y = max(points, key=lambda point: image.pixelColor(*point).alpha())
    return image.pixelColor(x, y).name()


def test_every_icon_can_be_drawn() -> None:
    assert icon_names() >= {"search", "undo", "error", "warn", "info", "check"}
    for name in icon_names():
        assert not icon(name).pixmap(20, 20).toImage().isNull(), name


def test_an_icon_follows_the_theme() -> None:
    made = icon("plus")
    set_theme("light")
    light = _strongest_color(made)
    set_theme("dark")
    assert light == THEMES["light"].text2.lower()
    assert _strongest_color(made) == THEMES["dark"].text2.lower()


def test_a_role_and_a_disabled_icon_have_their_own_colors() -> None:
    assert _strongest_color(icon("plus", "err")) == color("err").name()
    assert _strongest_color(icon("plus"), QIcon.Mode.Disabled) == color("line2").name()


def test_an_icon_is_drawn_at_the_resolution_of_the_screen() -> None:
    pixmap = icon("plus").pixmap(QSize(20, 20), 2.0)
    assert pixmap.size() == QSize(40, 40)
    assert pixmap.devicePixelRatio() == 2.0


def test_the_pictures_of_the_style_sheet_are_in_the_tokens_colors() -> None:
    for name, theme in THEMES.items():
        assert theme.text3 in (PICTURES_DIR / f"chev-{name}.svg").read_text(encoding="utf-8")
        assert theme.onaccent in (PICTURES_DIR / f"check-{name}.svg").read_text(encoding="utf-8")
