"""What a test may need from the machine, and what happens when it is not there.

A program that is missing is a skip at a desk and a failure in CI: a test that never runs proves nothing. The real data
sets are not in the repository, and their licences keep them out, so their absence is a skip everywhere, with its reason
in pytest's summary.
"""

import importlib.util
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

PROGRAMS = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "make": ("make",), "git": ("git",)}
REPOSITORY = Path(__file__).parents[1]


def requires(program: str, environ: Mapping[str, str] = os.environ) -> str:
    """The path of a program; without it the test is skipped at a desk and fails in CI."""
    found = next(filter(None, map(shutil.which, PROGRAMS.get(program, (program,)))), None)
    if found is not None:
        return found
    reason = f"needs {program}, which this machine does not have"
    if is_ci(environ):
        pytest.fail(reason)
    pytest.skip(reason)


def requires_module(name: str, environ: Mapping[str, str] = os.environ) -> None:
    """A package of an extra; without it the test is skipped at a desk and fails in CI."""
    if importlib.util.find_spec(name) is not None:
        return
    reason = f"needs {name}, which is not installed (make spark)"
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
