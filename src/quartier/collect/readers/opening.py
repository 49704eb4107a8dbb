"""How a file that came from outside is opened: here, or by a process of its own (`apart.py`)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from quartier.collect.definition import Form
from quartier.collect.readers import Reading, Survey, open_file, survey


@dataclass(frozen=True)
class Opened:
    """A file that was looked at and is being read."""

    survey: Survey
    reading: Reading


Opener = Callable[[Path, Form], Opened]
"""Opens a file in the format that a form says. Raises UserError for what cannot be read."""


def opened_here(path: Path, form: Form) -> Opened:
    """Open a file in this process: what a person does with a file of their own."""
    found = survey(path)
    return Opened(found, open_file(path, form, found))
