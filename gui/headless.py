"""Pictures without a display: `render`, and what the window's command does where no window can be shown."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import InputError
from core.files import read
from core.report import report

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.window import Window

PATIENCE = 120.0  # seconds that a picture may take to compute
LAYOUT_ROUNDS = 5  # wrapped texts find their heights one after another


def show_without_display(files: list[Path], theme: str, language: str, workspace: str) -> int:
    """Say that there is no display, print what is known of each file, and draw its picture into a file."""
    sys.stdout.write("There is no display here, so no window can be shown.\n")
    if not files:
        sys.stdout.write("Name a file to read about it: lossscope FILE, or lossscope check FILE.\n")
        return 2
    return max([_describe(file, theme, language, workspace) for file in files])


def _describe(file: Path, theme: str, language: str, workspace: str) -> int:
    try:
        batches = read(file)
    except InputError as error:
        sys.stdout.write(f"{error}\n")
        return 2
    for batch in batches:
        sys.stdout.write(f"{report(batch)}\n")
    picture = _writable(f"{file.stem}-{workspace}.png")
    return render(file, picture, (1280, 800), theme, language, 1.0, workspace)


def _writable(name: str) -> Path:
    here = Path.cwd()
    return here / name if os.access(here, os.W_OK) else Path(tempfile.mkdtemp(prefix="lossscope-")) / name


def render(
    file: Path,
    output: Path,
    size: tuple[int, int],
    theme: str,
    language: str,
    scale: float,
    workspace: str = "explore",
) -> int:
    """Write the picture of a workspace on a file, as PNG or SVG by the name of `output`; 2 if it cannot be."""
    if output.suffix.lower() not in (".png", ".svg"):
        sys.stdout.write(f"{output}: the picture must be called .png or .svg.\n")
        return 2
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    try:
        batch_is_readable = bool(read(file))
    except InputError as error:
        sys.stdout.write(f"{error}\n")
        return 2
    assert batch_is_readable
    return _draw(file, output, size, theme, language, scale, workspace)


def _draw(
    file: Path, output: Path, size: tuple[int, int], theme: str, language: str, scale: float, workspace: str
) -> int:
    from PySide6.QtWidgets import QApplication

    from gui.kit import i18n, picture
    from gui.kit.theme import prepare
    from gui.runtime.settings import Settings
    from gui.window import Window

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    i18n.install(app, language)
    prepare(app, theme)
    with tempfile.TemporaryDirectory() as folder:
        window = Window(Settings(Path(folder) / "settings.ini"))
        window.resize(*size)
        window.show()
        window.prefer(workspace)
        window.open_file(file)
        _settle(app, window)
        written = picture.save(window, output, scale)
        window.close()
    sys.stdout.write(f"Picture: {output}\n" if written else f"{output}: it could not be written.\n")
    return 0 if written else 2


def _settle(app: QApplication, window: Window) -> None:
    """Let the workers end and what they found be drawn."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        app.processEvents()
        if window.is_idle:
            break
        time.sleep(0.002)
    for _ in range(LAYOUT_ROUNDS):
        app.processEvents()
