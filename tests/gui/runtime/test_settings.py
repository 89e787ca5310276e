"""What the window remembers between sessions."""

from __future__ import annotations

from pathlib import Path

from gui.runtime.settings import RECENT_LIMIT, Settings


def test_that_theme_and_language_survive_a_restart(tmp_path: Path) -> None:
    first = Settings(tmp_path / "s.ini")
    assert (first.theme, first.language) == (None, "en")
    first.theme, first.language = "dark", "zh_CN"
    first.sync()
    again = Settings(tmp_path / "s.ini")
    assert (again.theme, again.language) == ("dark", "zh_CN")


def test_that_a_damaged_theme_is_taken_for_none(tmp_path: Path) -> None:
    (tmp_path / "s.ini").write_text("[General]\ntheme=purple\n")
    assert Settings(tmp_path / "s.ini").theme is None


def test_that_recent_files_are_newest_first_without_repeats_and_without_the_lost(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.ini")
    files = [tmp_path / f"{number}.npz" for number in range(RECENT_LIMIT + 3)]
    for file in files:
        file.touch()
        settings.remember(file)
    settings.remember(files[4])
    assert settings.recent[0] == files[4]
    assert len(settings.recent) == len(set(settings.recent)) == RECENT_LIMIT
    files[4].unlink()
    assert files[4] not in settings.recent
