"""What every command needs: the language, the workspace's folder, where to print, and how to end."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from quartier.cli.bilingual import option
from quartier.clock import Clock
from quartier.language import Language, Plural, Said, Text

if TYPE_CHECKING:
    from quartier.workspace import Workspace

WIDEST = 10_000
"""Columns of a table that nobody looks at in a terminal: no line of it is ever broken."""

Advance = Callable[[float], None]
"""Tells how much of a long work is done, from 0 to 1."""

try_option = option(
    "--try",
    "is_tried",
    is_flag=True,
    text=Text(en="Only say what would change.", fr="Dire seulement ce qui changerait."),
)
sensitive_option = option(
    "--sensitive",
    is_flag=True,
    text=Text(en="Show sensitive values, too.", fr="Montrer aussi les valeurs délicates."),
)
json_option = option("--json", "as_json", is_flag=True, text=Text(en="Print JSON.", fr="Écrire du JSON."))


@dataclass
class Session:
    """One run of the command line."""

    language: Language
    folder: Path
    clock: Clock
    author: str
    out: Console = field(default_factory=lambda: console())
    err: Console = field(default_factory=lambda: console(stderr=True))

    @contextmanager
    def workspace(self) -> Iterator["Workspace"]:
        """The workspace, open for the length of the block."""
        from quartier import workspace  # the engines take a second to load; help does without them

        with workspace.open(self.folder, clock=self.clock) as opened:
            yield opened

    @contextmanager
    def workspace_to_rebuild(self) -> Iterator["Workspace"]:
        """The same for `rebuild`, whatever state the engine's file is in."""
        from quartier import workspace  # as above

        with workspace.open_to_rebuild(self.folder, clock=self.clock) as opened:
            yield opened

    def say(self, text: Text | Plural | Said, **fields: object) -> None:
        """Print a sentence in the reader's language."""
        said = text if isinstance(text, Said) else Said(text, fields)
        self.out.print(said.to(self.language))

    def say_line(self, line: str) -> None:
        """Print a line that is in the reader's language already."""
        self.out.print(line)

    def agrees(self, question: Text, *, default: bool) -> bool:
        """Ask for yes or no in the reader's language, on standard error; an empty line is `default`.

        Raises click.Abort when there is nobody to answer.
        """
        choices = (_YES_FIRST if default else _NO_FIRST).to(self.language)
        prompt = f"{question.to(self.language)} [{choices}]"
        answers = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False) | {"": default}
        while True:
            written = click.prompt(prompt, default="", show_default=False, prompt_suffix=" ", err=True)
            if written.strip().casefold() in answers:
                return answers[written.strip().casefold()]

    def print_json(self, payload: Mapping[str, Any] | list[Any]) -> None:
        """Print JSON, and nothing else, to standard output."""
        sys.stdout.write(json.dumps(payload, ensure_ascii=False, indent=2) + "\n")

    def print_table(self, heads: list[Text], rows: list[list[str]], *, right: tuple[int, ...] = ()) -> None:
        """Print a table; the columns in `right` hold figures."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for index, head in enumerate(heads):
            table.add_column(head.to(self.language), justify="right" if index in right else "left", overflow="fold")
        for row in rows:
            table.add_row(*row)
        self._print_table(table)

    def _print_table(self, table: Table) -> None:
        """Folded to the width of a terminal; elsewhere as wide as it is, without blanks at the ends of lines."""
        if self.out.is_terminal:
            self.out.print(table)
            return
        with self.out.capture() as caught:
            self.out.print(table)
        for line in caught.get().splitlines():
            self.say_line(line.rstrip())

    @contextmanager
    def progress(self, text: Text) -> Iterator[Advance]:
        """A bar on standard error while the work lasts; none when nobody looks."""
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        is_shown = self.err.is_terminal
        with Progress(*columns, console=self.err, transient=True, disable=not is_shown) as bar:
            task = bar.add_task(text.to(self.language), total=1.0)
            yield lambda share: bar.update(task, completed=share)


def console(*, stderr: bool = False) -> Console:
    """Where to print: words of customers are never markup; no line is broken where no terminal breaks it."""
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=True)
    if not made.is_terminal:
        made.width = WIDEST
    return made


_YES, _NO = ("y", "yes", "o", "oui"), ("n", "no", "non")
_YES_FIRST, _NO_FIRST = Text(en="Y/n", fr="O/n"), Text(en="y/N", fr="o/N")


def session() -> Session:
    """The session of the command that runs."""
    return cast(Session, click.get_current_context().find_root().obj)
