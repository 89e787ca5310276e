"""No network: the suite runs with sockets refused, and the refusal is real."""

from __future__ import annotations

import ast
import socket
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NETWORK = {"socket", "ssl", "http", "urllib", "requests", "ftplib", "smtplib", "asyncio", "PySide6.QtNetwork"}


def test_that_opening_an_internet_socket_fails_here() -> None:
    with pytest.raises(AssertionError, match="no internet socket"):
        socket.socket(socket.AF_INET)


def imports_of(file: Path) -> set[str]:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.add(node.module)
    return imported


def test_that_no_module_imports_the_network() -> None:
    files = [*ROOT.glob("core/**/*.py"), *ROOT.glob("gui/**/*.py"), ROOT / "main.py"]
    assert len(files) > 100
    guilty = {file for file in files for name in imports_of(file) if name in NETWORK or name.split(".")[0] in NETWORK}
    assert not guilty
