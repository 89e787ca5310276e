"""LossScope's command line: the window, and the doctor, the pictures and the alignment without one."""

from __future__ import annotations

import os

# OpenBLAS spins threads for every dot product longer than 10,000 elements; NumPy reads this when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import sys
from pathlib import Path

WORKSPACES = ("explore", "batch", "ctc")
LANGUAGES = ("en", "zh_CN")
THEMES = ("light", "dark")
COMMANDS = ("check", "render", "align")


def main(arguments: list[str] | None = None) -> int:
    """Run a command, or open the window; the exit code of the process."""
    given = sys.argv[1:] if arguments is None else arguments
    if given and given[0] in COMMANDS:
        parsed = _command_parser().parse_args(given)
        return {"check": _check, "render": _render, "align": _align}[parsed.command](parsed)
    return _window(_window_parser().parse_args(given))


def _window(parsed: argparse.Namespace) -> int:
    from gui.runtime.display import has_display

    if not has_display():
        from gui.headless import show_without_display

        look = (parsed.theme or "light", parsed.language or "en")
        return show_without_display(parsed.files, *look, parsed.workspace or "explore")
    from gui.application import run

    return run(parsed.files, parsed.theme, parsed.language, parsed.workspace)


def _check(parsed: argparse.Namespace) -> int:
    from core.report import check

    return check(parsed.files, parsed.json, parsed.fail_on, sys.stdout)


def _render(parsed: argparse.Namespace) -> int:
    from gui.headless import render

    look = (parsed.theme, parsed.language, parsed.scale)
    return render(parsed.file, parsed.output, parsed.size, *look, parsed.workspace)


def _align(parsed: argparse.Namespace) -> int:
    from core.align import align

    return align(parsed.file, parsed.output, sys.stderr)


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lossscope",
        description="See, touch and debug the nine classic PyTorch losses, offline.",
        epilog="Commands without a window: lossscope check, lossscope render, lossscope align (each with --help).",
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a batch to open, or a folder to watch")
    parser.add_argument("--workspace", choices=WORKSPACES, help="default: ctc for a CTC batch, else explore")
    parser.add_argument("--theme", choices=THEMES, help="default: as the desktop, or as chosen last")
    parser.add_argument("--language", choices=LANGUAGES, help="default: as chosen last")
    return parser


def _command_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lossscope")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="what is wrong with these batches? (no window, no display)")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.add_argument("--json", action="store_true", help="one JSON object a line, one line a file")
    check.add_argument("--fail-on", choices=("error", "warning", "hint"), default="error")
    render = commands.add_parser("render", help="a picture of a workspace on a batch (no display)")
    render.add_argument("file", type=Path, metavar="FILE")
    render.add_argument("--workspace", choices=WORKSPACES, required=True)
    render.add_argument("--output", type=Path, required=True, metavar="PICTURE.png|.svg")
    render.add_argument("--size", type=_size, default=(1280, 800), metavar="WIDTHxHEIGHT")
    render.add_argument("--theme", choices=THEMES, default="light")
    render.add_argument("--language", choices=LANGUAGES, default="en")
    render.add_argument("--scale", type=_scale, default=1.0, help="pixels per point: 2 for print and projector")
    align = commands.add_parser("align", help="forced alignment of a CTC batch (no window, no display)")
    align.add_argument("file", type=Path, metavar="FILE")
    align.add_argument("--output", type=Path, required=True, metavar="SEGMENTS.csv|.json|.TextGrid")
    return parser


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.partition("x")
    if not (cross and width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not WIDTHxHEIGHT, such as 1280x800")
    if not (1024 <= int(width) <= 7680 and 680 <= int(height) <= 4320):
        raise argparse.ArgumentTypeError(f"{text} is outside 1024x680 to 7680x4320")
    return int(width), int(height)


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if not 0.5 <= scale <= 4:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0.5 to 4")
    return scale


if __name__ == "__main__":
    sys.exit(main())
