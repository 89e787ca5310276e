"""The Qt binding itself: one known build corrupts the interpreter, slowly."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal


class Talker(QObject):
    said = Signal(bool)


def test_that_calls_into_qt_keep_the_reference_counts_of_none_and_true() -> None:
    # PySide6 6.12.0 on CPython 3.11 drops one reference a call and aborts the process after some thousands.
    talker = Talker()
    talker.setObjectName("warm")
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(200):
        talker.setObjectName("x")
        talker.said.emit(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert min(new - old for new, old in zip(after, before, strict=True)) > -50, "see the pin in pyproject.toml"
