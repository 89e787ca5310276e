"""What the window remembers between sessions: furniture, never anything that is computed."""

from __future__ import annotations

from pathlib import Path
from typing import final

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

RECENT_LIMIT = 9


@final
class Settings:
    """Theme, language, geometry and recent files, in an INI file of the user's."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or _default_path()), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str | None:
        """The one that the user chose, light or dark; None follows the desktop."""
        chosen = self._store.value("theme", None)
        return chosen if chosen in ("light", "dark") else None

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def language(self) -> str:
        return str(self._store.value("language", "en"))

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("language", code)

    def sync(self) -> None:
        """Write to disk what was set."""
        self._store.sync()

    @property
    def geometry(self) -> QByteArray:
        stored = self._store.value("geometry", QByteArray())
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("geometry", value)

    @property
    def recent(self) -> list[Path]:
        """Files opened last, newest first; those that are gone are left out."""
        stored = self._store.value("recent", [])
        names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [path for path in map(Path, names) if path.is_file()]

    def remember(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        resolved = path.resolve()
        names = [str(resolved), *(str(old) for old in self.recent if old != resolved)]
        self._store.setValue("recent", names[:RECENT_LIMIT])


def _default_path() -> Path:
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(place) / "lossscope" / "lossscope.ini"
