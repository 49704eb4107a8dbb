"""What can go wrong, in one place.

    QuartierError
    ├── UserError                what was given cannot be used: no traceback, exit code 2
    │   ├── UnreadableFile       a file that is empty, binary, broken or without a header
    │   ├── AmbiguousFile        a file that can be read in two ways; the user must choose
    │   ├── InvalidDefinition    a document with problems, all of them at once
    │   ├── UnknownName          a segment, trait, event, person or campaign that does not exist
    │   ├── InvalidRequest       an option or argument out of its range
    │   └── NoAnswer             data in which a model finds no answer: why, and what would help
    ├── WorkspaceBusy            another process holds the workspace: exit code 4
    ├── WorkspaceDamaged         what is on disk contradicts itself: exit code 5
    │   └── JournalDamaged       messages of the journal differ from their digests
    ├── JournalFull              too much waits to be written: send again later, exit code 4
    └── JournalStopped           a commit failed, nothing more is taken until a new start: exit code 5

Anything else that is raised is a defect of Quartier: loud, exit code 1. A message says what happened, where, and what
to do, in the reader's language; it holds names and places, never the data of a customer.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from quartier.language import Alternatives, Language, Said, Text

Sentence = Text | Said


class QuartierError(Exception):
    """The base of every error that Quartier raises on purpose."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: Sentence, *, where: str | Sentence | None = None, remedy: Sentence | None = None) -> None:
        super().__init__(what, where, remedy)
        self.what, self.where, self.remedy = what, where, remedy

    def to(self, language: Language) -> str:
        """The message in one language: where, what, what to do."""
        where = self.where if isinstance(self.where, str | None) else self.where.to(language)
        colon = "\N{NO-BREAK SPACE}: " if language == "fr" else ": "
        first = f"{where}{colon}{self.what.to(language)}" if where else self.what.to(language)
        return f"{first}\n  → {self.remedy.to(language)}" if self.remedy else first

    def as_json(self, language: Language) -> dict[str, object]:
        """The message as plain data with stable keys; `kind` is the class in snake_case, `None` what is not said."""
        where = self.where if isinstance(self.where, str | None) else self.where.to(language)
        remedy = self.remedy.to(language) if self.remedy else None
        return {"kind": _kind(type(self)), "what": self.what.to(language), "where": where, "remedy": remedy}

    def __str__(self) -> str:
        return self.to("en")


class UserError(QuartierError):
    """What was given cannot be used; nothing was stored."""

    exit_code = 2


class UnreadableFile(UserError):
    """A file that is empty, binary, broken or has no header."""


class AmbiguousFile(UserError):
    """A file that can be read in two ways; the user must choose one, in the `field` of the mapping that settles it."""

    def __init__(
        self, what: Sentence, *, field: str, where: str | Sentence | None = None, remedy: Sentence | None = None
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.field = field


class UnknownName(UserError):
    """A name that nothing has; the nearest names are offered."""


class InvalidRequest(UserError):
    """An option or argument that cannot be used."""


class NoAnswer(UserError):
    """The data holds no answer to what a model asks: too few persons, nothing that varies, no convergence."""


class WorkspaceBusy(QuartierError):
    """Another process holds the workspace."""

    exit_code = 4


class WorkspaceDamaged(QuartierError):
    """What is on disk contradicts itself."""

    exit_code = 5


class JournalDamaged(WorkspaceDamaged):
    """Messages of the journal, from number `first` to `last`, that are missing or differ from their digests."""

    def __init__(self, first: int, last: int, what: Sentence, *, remedy: Sentence | None = None) -> None:
        super().__init__(what, remedy=remedy)
        self.first, self.last = first, last


class JournalFull(QuartierError):
    """The journal takes nothing just now; nothing was stored, the same can be sent again later."""

    exit_code = 4


class JournalStopped(QuartierError):
    """The journal is closed, or a commit failed: it takes nothing more until a new start."""

    exit_code = 5


class Unusable(ValueError):
    """Why a document's own check refuses a value, in both languages; pydantic carries it to `config.problems_of`."""

    def __init__(self, what: Sentence, remedy: Sentence | None = None) -> None:
        super().__init__(what.to("en"))
        self.what, self.remedy = what, remedy


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a document: its place (`where.all[2].trait`), what, and what to do."""

    place: str
    what: Sentence
    remedy: Sentence | None = None

    def to(self, language: Language) -> str:
        """The problem in one language, on one line or two."""
        colon = "\N{NO-BREAK SPACE}: " if language == "fr" else ": "
        line = f"{self.place}{colon}{self.what.to(language)}" if self.place else self.what.to(language)
        return f"{line}\n    → {self.remedy.to(language)}" if self.remedy else line

    def as_json(self, language: Language) -> dict[str, object]:
        """The problem as plain data with stable keys."""
        remedy = self.remedy.to(language) if self.remedy else None
        return {"place": self.place, "what": self.what.to(language), "remedy": remedy}


class InvalidDefinition(UserError):
    """A document with problems; all of them are told at once."""

    def __init__(self, document: str, problems: Sequence[Problem]) -> None:
        heading = Text(en="{document} cannot be used", fr="impossible d'utiliser {document}")  # one or several
        super().__init__(heading.with_(document=document))
        self.document, self.problems = document, tuple(problems)

    def to(self, language: Language) -> str:
        """The heading, then a line for each problem."""
        return "\n".join([self.what.to(language), *(f"  • {problem.to(language)}" for problem in self.problems)])

    def as_json(self, language: Language) -> dict[str, object]:
        """The heading, and every problem with its place."""
        return super().as_json(language) | {"problems": [each.as_json(language) for each in self.problems]}


def _kind(error: type[QuartierError]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", error.__name__).lower()


def nearest(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names most like `name`, best first; letter case does not count."""
    by_folded = {known.casefold(): known for known in names}
    return [by_folded[match] for match in difflib.get_close_matches(name.casefold(), by_folded, n=most, cutoff=0.5)]


DID_YOU_MEAN = Text(en="did you mean {names}?", fr="vouliez-vous dire {names}\N{NO-BREAK SPACE}?")
THERE_ARE = Text(en="known names: {names}", fr="noms connus\N{NO-BREAK SPACE}: {names}")
NONE_YET = Text(
    en="there is none yet: bring in data first",
    fr="il n'y en a pas encore\N{NO-BREAK SPACE}: importez d'abord des données",
)
MOST_NAMES = 12


def suggestion(name: str, names: Iterable[str]) -> Said | None:
    """What to do about an unknown name: the nearest ones, or the list, or nothing to offer."""
    known = tuple(names)
    if near := nearest(name, known):
        return DID_YOU_MEAN.with_(names=Alternatives(tuple(near)))
    return THERE_ARE.with_(names=list(known[:MOST_NAMES])) if known else None
