import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from core.text import say
from gui.kit.i18n import install, tr_text

pytestmark = pytest.mark.usefixtures("styled")


class _Catalogue(QTranslator):
    def translate(self, context: str, source: str, *_rest: object) -> str:
        return {"{n} rows": "{n} 行", "because {why}": "因为{why}"}.get(source, "") if context == "test" else ""


def test_a_sentence_without_a_translation_is_english() -> None:
    assert tr_text(say("test", "{n} columns", n=3)) == "3 columns"


def test_a_sentence_among_the_values_is_translated_too(styled: QApplication) -> None:
    translator = _Catalogue()
    styled.installTranslator(translator)
    try:
        assert tr_text(say("test", "because {why}", why=say("test", "{n} rows", n=3))) == "因为3 行"
    finally:
        styled.removeTranslator(translator)


def test_qt_speaks_the_language_that_was_installed(styled: QApplication) -> None:
    install(styled, "zh_CN")
    chinese = styled.translate("QPlatformTheme", "Cancel")
    install(styled, "en")
    assert chinese == "取消"
    assert styled.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_a_language_that_is_not_there_is_refused(styled: QApplication) -> None:
    with pytest.raises(ValueError, match="fr"):
        install(styled, "fr")
