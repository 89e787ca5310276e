"""The icons of resources/icons, drawn in the colours of the theme in force."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.kit.theme import color

ICONS_DIR = Path(__file__).resolve().parents[2] / "resources" / "icons"


def icon(name: str, role: str | None = None) -> QIcon:
    """An icon in the colour of `role`, or of plain controls; disabled and checked ones look so.

    The colour is looked up whenever it is drawn, so an icon follows the theme by itself.
    """
    return QIcon(_Engine(name, role))


def icon_names() -> frozenset[str]:
    """The names that `icon` knows."""
    return frozenset(path.stem for path in ICONS_DIR.glob("*.svg"))


def paint_icon(painter: QPainter, name: str, rect: QRectF, role: str = "text2") -> None:
    """Draw an icon into `rect`, crisp at the resolution of the device painted on."""
    ratio = painter.device().devicePixelRatioF()
    size = (rect.size() * ratio).toSize()
    painter.drawImage(rect, _image(name, color(role).name(), size.width(), size.height()))


@final
class _Engine(QIconEngine):
    def __init__(self, name: str, role: str | None) -> None:
        super().__init__()
        self._name = name
        self._role = role
        _source(name)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        hue = self._hue(mode, state)
        return QPixmap.fromImage(_image(self._name, hue, size.width(), size.height()))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        size = rect.size() * painter.device().devicePixelRatioF()
        painter.drawImage(rect, _image(self._name, self._hue(mode, state), size.width(), size.height()))

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)

    def _hue(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        if mode is QIcon.Mode.Disabled:
            return color("line2").name()
        if self._role is None and state is QIcon.State.On:
            return color("accent").name()
        return color(self._role or "text2").name()


@lru_cache(maxsize=512)
def _image(name: str, hue: str, width: int, height: int) -> QImage:
    image = QImage(max(width, 1), max(height, 1), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer = QSvgRenderer(_source(name).replace("currentColor", hue).encode())
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(QPoint(0, 0), image.size()))
    painter.end()
    return image


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (ICONS_DIR / f"{name}.svg").read_text(encoding="utf-8")
