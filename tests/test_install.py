"""The installed form: a wheel holds the program and its resources, and runs from anywhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was unpacked, as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for part in ("core", "gui", "resources"):
        shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("main.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source)
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder)]
    done = subprocess.run([*build, str(source)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("lossscope-*.whl")
    site = folder / "site"
    with ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


@pytest.mark.parametrize(
    "resource",
    ["samples/ce_digits_mid.npz", "samples/NOTICE.txt", "fonts/Inter-Regular.otf", "fonts/OFL.txt", "icons/logo.svg"],
)
def test_that_the_wheel_holds_the_resources_with_their_licences(installed: Path, resource: str) -> None:
    assert (installed / "resources" / resource).is_file()


def test_that_the_installed_program_finds_its_samples(installed: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import core, main; from core.samples import samples; "
        "assert core.__file__.startswith(sys.argv[1]); "
        "sys.exit(main.main(['check', str(samples()[0].path)]))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, str(installed)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "SmoothL1Loss" in done.stdout


def test_that_the_tests_stay_out_of_the_wheel(installed: Path) -> None:
    assert {path.name for path in installed.iterdir() if path.is_dir()} >= {"core", "gui", "resources"}
    assert not (installed / "tests").exists()
