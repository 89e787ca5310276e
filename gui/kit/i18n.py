"""Sentences in the language of the window.

Templates are the literal second arguments of `say(context, template, ...)`. pyside6-lupdate cannot extract them:
`-tr-function-alias translate+=say` takes only calls without named values and drops every other one in silence.
The walk over the syntax tree in tests/gui/kit/test_sentences.py sees them all, and refuses any that is not a literal.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "zh_CN")
I18N_DIR = Path(__file__).resolve().parents[2] / "resources" / "i18n"
_MARK = "lossscope-translator"


def tr_text(text: Text) -> str:
    """The sentence in the window's language; sentences among its values are translated too."""
    values = {name: tr_text(value) if isinstance(value, Text) else value for name, value in text.values.items()}
    return QCoreApplication.translate(text.context, text.template).format(**values)


def available() -> tuple[str, ...]:
    """The languages that can be spoken here: English, and those with a catalogue."""
    return tuple(code for code in LANGUAGES if code == "en" or (I18N_DIR / f"lossscope_{code}.qm").is_file())


def install(app: QCoreApplication, language: str) -> None:
    """Speak `language` ("en" or "zh_CN") from now on; every widget gets a LanguageChange."""
    if language not in LANGUAGES:
        raise ValueError(f"{language!r} is not one of {', '.join(LANGUAGES)}")
    for old in app.findChildren(QTranslator, _MARK):
        app.removeTranslator(old)
        old.deleteLater()
    for name, directory in _catalogues(language):
        translator = QTranslator(app)
        translator.setObjectName(_MARK)
        if translator.load(name, directory):
            app.installTranslator(translator)


def _catalogues(language: str) -> Iterator[tuple[str, str]]:
    if language != "en":
        yield f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    yield f"lossscope_{language}", str(I18N_DIR)
