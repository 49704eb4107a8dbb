"""What a document shows of the program: commands in its fences, and outputs between two marks.

    <!-- output: demo -->          or, for some of its lines:  <!-- output: demo 1-20 -->
    ```
    (what the command prints)
    ```
    <!-- end -->

`QUARTIER_WRITE_DOCS=1` writes the outputs anew instead of comparing them.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(
    r"<!-- output: (?P<name>[\w-]+)(?: (?P<first>\d+)-(?P<last>\d+))? -->\n(?P<shown>.*?)<!-- end -->", re.S
)
WIDTH = 100


@dataclass(frozen=True)
class Output:
    """One place of a document that shows what a command prints, all of it or its lines `first` to `last`."""

    name: str
    first: int
    last: int | None
    shown: str

    def of(self, printed: str) -> str:
        """The block that shows this much of what was printed."""
        lines = [line.rstrip() for line in printed.rstrip().splitlines()][self.first - 1 : self.last]
        return "\n".join(["```", *lines, "```", ""])


def outputs(text: str) -> Iterator[Output]:
    """Every place of a document that shows an output."""
    for found in MARK.finditer(text):
        last = found["last"]
        yield Output(found["name"], int(found["first"] or 1), int(last) if last else None, found["shown"])


def written(text: str, printed: dict[str, str]) -> str:
    """The document with every output put in."""

    def put(found: re.Match[str]) -> str:
        (output,) = outputs(found[0])
        return f"{found[0].splitlines()[0]}\n{output.of(printed[output.name])}<!-- end -->"

    return MARK.sub(put, text)


def commands(text: str) -> list[str]:
    """Every `quartier` command that a document shows in a fence without a language, one a line."""
    lines = (line for fence in fenced(text, "") for line in fence.splitlines())
    return [line for line in lines if line.startswith("quartier ")]


def fenced(text: str, language: str) -> list[str]:
    """Every fence of a language in a document, outputs left out."""
    fences = re.findall(r"^```(\w*)\n(.*?)^```$", MARK.sub("", text), re.MULTILINE | re.DOTALL)
    return [content for written_in, content in fences if written_in == language]


def run(arguments: list[str], folder: Path, answers: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder, as wide as a document."""
    return _run(["-m", "quartier", *arguments], folder, answers)


def run_python(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a Python example in a folder."""
    return _run(["-c", program], folder)


def _run(arguments: list[str], folder: Path, answers: str = "") -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "COLUMNS": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=folder, env=environ, input=answers, capture_output=True, text=True, encoding="utf-8", check=False
    )
