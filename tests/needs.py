"""What a test may need from the machine, and what happens when it is not there.

A program that is missing is a skip at a desk and a failure in CI: a test that never runs proves nothing. The real data
sets are not in the repository, and their licences keep them out, so their absence is a skip everywhere, with its reason
in pytest's summary.
"""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import pytest

SDKS_WANTED = Path(__file__).parent / "acceptance" / "sdks" / "package.json"
PROGRAMS = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "make": ("make",), "git": ("git",)}
REPOSITORY = Path(__file__).parents[1]
SDKS = Path.home() / ".cache" / "quartier" / "sdks"
"""Where the SDKs of npm are unless QUARTIER_SDKS says otherwise: never in the repository."""


def requires(program: str, environ: Mapping[str, str] = os.environ) -> str:
    """The path of a program; without it the test is skipped at a desk and fails in CI."""
    found = next(filter(None, map(shutil.which, PROGRAMS.get(program, (program,)))), None)
    if found is not None:
        return found
    return _lacking(f"needs {program}, which this machine does not have", environ)


def requires_module(name: str, environ: Mapping[str, str] = os.environ) -> None:
    """A package of an extra; without it the test is skipped at a desk and fails in CI."""
    if importlib.util.find_spec(name) is not None:
        return
    _lacking(f"needs {name}, which is not installed (make spark)", environ)


def requires_sdks(wanted: Path = SDKS_WANTED, environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the SDKs that a package.json names; npm fetches them when they are not there, or not these."""
    folder = Path(environ.get("QUARTIER_SDKS") or SDKS)
    if (folder / "node_modules").is_dir() and _is_same(folder / wanted.name, wanted):
        return folder
    npm = requires("npm", environ)
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not _fetched(folder, wanted, npm):
        _lacking(f"needs the SDKs that {wanted.name} names, which npm could not fetch", environ)
    return folder


def _fetched(folder: Path, wanted: Path, npm: str) -> bool:
    """Whether npm fetched them; into a folder beside, so that two processes that fetch at once do not meet."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        room = Path(scratch) / folder.name
        room.mkdir()
        shutil.copy(wanted, room / wanted.name)
        fetch = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"]
        if subprocess.run(fetch, cwd=room, check=False, timeout=300).returncode:
            return False
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(OSError):  # the other process was first
            room.rename(folder)
    return (folder / "node_modules").is_dir()


def _is_same(one: Path, other: Path) -> bool:
    return one.is_file() and one.read_bytes() == other.read_bytes()


def _lacking(reason: str, environ: Mapping[str, str]) -> NoReturn:
    if is_ci(environ):
        pytest.fail(reason)
    pytest.skip(reason)


def is_ci(environ: Mapping[str, str] = os.environ) -> bool:
    """CI says so by `CI=true`."""
    return environ.get("CI", "").lower() in {"1", "true"}


def shared_data(name: str, environ: Mapping[str, str] = os.environ) -> Path:
    """A real data file by name; the test is skipped, visibly, when it is not on this machine."""
    folder = Path(environ.get("QUARTIER_DATA") or REPOSITORY.parent / "shared" / "data")
    path = folder / name
    if not path.exists():
        pytest.skip(f"real data set {name} is not here (set QUARTIER_DATA to its folder)")
    return path


if __name__ == "__main__":
    print(f"SDKs in {requires_sdks()}")
