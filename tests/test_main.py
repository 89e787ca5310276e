"""The command line, as a user of a terminal meets it: in a process of its own, without a display."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from core.samples import SAMPLES_DIR

ROOT = Path(__file__).resolve().parents[1]
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    return subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *arguments],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def sample(name: str) -> str:
    return str(SAMPLES_DIR / f"{name}.npz")


def test_that_check_passes_a_sound_batch_and_prints_value_and_divisor() -> None:
    done = run("check", sample("ce_digits_mid"))
    assert done.returncode == 0
    assert "0.98165" in done.stdout
    assert "286" in done.stdout


def test_that_check_fails_a_broken_batch_and_names_the_rule() -> None:
    done = run("check", "--json", sample("bug_target_one_based"))
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["value"] is None
    assert "C4" in [finding["rule"] for finding in found["findings"]]


def test_that_an_unreadable_file_among_sound_ones_gives_two(tmp_path: Path) -> None:
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"PK\x03\x04 torn")
    done = run("check", "--json", sample("wine_nll"), str(bad), sample("bug_target_one_based"))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [set(line) >= {"file", "error"} for line in lines] == [False, True, False]


def test_that_check_imports_no_qt() -> None:
    code = (
        "import sys, main; code = main.main(['check', sys.argv[1]]); "
        "print([name for name in sys.modules if name.startswith(('PySide6', 'pyqtgraph', 'gui'))]); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, sample("wine_nll")], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("size", "scale"), [("1280x800", "1"), ("1024x680", "2")])
def test_that_render_draws_a_picture_of_the_asked_size(tmp_path: Path, size: str, scale: str) -> None:
    output = tmp_path / "picture.png"
    done = run("render", sample("ce_digits_mid"), "--workspace", "explore", "--output", str(output),
               "--size", size, "--scale", scale, "--theme", "dark")  # fmt: skip
    assert done.returncode == 0, done.stderr
    width, height = (int(side) * int(scale) for side in size.split("x"))
    image = QImage(str(output))
    assert (image.width(), image.height()) == (width, height)
    colours = {image.pixel(x, y) for x in range(0, width, 7) for y in range(0, height, 7)}
    assert len(colours) > 40


def test_that_render_writes_svg_with_text_in_it(tmp_path: Path) -> None:
    output = tmp_path / "picture.svg"
    done = run("render", sample("reg_diabetes"), "--workspace", "explore", "--output", str(output))
    assert done.returncode == 0, done.stderr
    assert output.read_text(encoding="utf-8").count("<text") > 20


@pytest.mark.parametrize(
    "wrong",
    [
        ["--output", "picture.gif"],
        ["--output", "p.png", "--size", "large"],
        ["--output", "p.png", "--size", "10x10"],
        ["--output", "p.png", "--scale", "0"],
        ["--output", "p.png", "--workspace", "kitchen"],
    ],
)
def test_that_render_refuses_what_it_cannot_draw(tmp_path: Path, wrong: list[str]) -> None:
    done = run("render", sample("wine_nll"), *wrong, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_that_without_a_display_a_file_is_told_and_drawn(tmp_path: Path) -> None:
    done = run(sample("bug_target_one_based"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no display" in done.stdout
    assert "C4" in done.stdout
    pictures = list(tmp_path.glob("*.png"))
    assert len(pictures) == 1
    assert pictures[0].name in done.stdout
    assert not QImage(str(pictures[0])).isNull()


def test_that_without_a_display_and_a_file_it_says_what_to_do() -> None:
    done = run()
    assert done.returncode == 2
    assert "lossscope check" in done.stdout
