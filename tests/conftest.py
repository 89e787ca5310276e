"""A deterministic offscreen Qt, and no network for anybody."""

from __future__ import annotations

import os
import socket
import tempfile
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.update(QT_SCALE_FACTOR="1", QT_FONT_DPI="96", QT_LOGGING_RULES="qt.qpa.*=false", OPENBLAS_NUM_THREADS="1")
_home = tempfile.mkdtemp(prefix="lossscope-test-")
for _place in ("CONFIG", "DATA", "CACHE", "STATE"):
    os.environ[f"XDG_{_place}_HOME"] = os.path.join(_home, _place.lower())  # noqa: PTH118 before any import

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


class NetworkUsedError(AssertionError):
    """Raised when anything opens an internet socket."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.socket.__init__

    def refuse(self: socket.socket, family: int = -1, *args: object, **kwargs: object) -> None:
        if family in (-1, socket.AF_INET, socket.AF_INET6):
            raise NetworkUsedError("the program opens no internet socket")
        real(self, family, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "__init__", refuse)


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["lossscope-test"]


@pytest.fixture
def styled(qapp: QApplication) -> Iterator[QApplication]:
    """The application with the shipped fonts and the light theme."""
    import pyqtgraph
    from PySide6.QtCore import QCoreApplication, QEvent

    from gui.kit.theme import prepare, set_theme

    pyqtgraph.setConfigOption("mouseRateLimit", -1)
    prepare(qapp, "light")
    yield qapp
    # Widgets closed by pytest-qt wait for an event loop to be deleted; until then each slows every later style change.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    set_theme("light")
