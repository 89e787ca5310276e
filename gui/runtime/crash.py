"""The last boundary: a bug is reported with its traceback and the state, and the program lives on."""

from __future__ import annotations

import json
import platform
import sys
import traceback
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import numpy as np
from PySide6.QtCore import QStandardPaths

Tell = Callable[[Path, BaseException], None]


def install(describe: Callable[[], object], tell: Tell) -> None:
    """Catch what no one caught: write a report of `describe()`, the present state, and `tell` where it lies."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        sys.__excepthook__(kind, error, trace)
        tell(write_report(error, describe()), error)

    sys.excepthook = hook


def write_report(error: BaseException, state: object, folder: Path | None = None) -> Path:
    """A JSON file with traceback, versions and state; arrays by shape and dtype only, for they may be private."""
    folder = folder or _reports()
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.now(UTC)
    path = folder / f"crash-{now:%Y%m%dT%H%M%S%f}.json"
    report = {
        "error": "".join(traceback.format_exception(error)),
        "python": sys.version,
        "platform": platform.platform(),
        "state": plain(state),
    }
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False), encoding="utf-8")
    return path


def plain(value: object) -> object:
    """`value` as JSON can hold it: dataclasses as mappings, arrays as "float32 (286, 10)"."""
    if isinstance(value, np.ndarray):
        return f"{value.dtype} {value.shape}"
    if is_dataclass(value) and not isinstance(value, type):
        content = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        return {"type": type(value).__name__, **content}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def _reports() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)) / "lossscope"
