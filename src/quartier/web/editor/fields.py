"""What a form shows: fields in rows, each with its label, what it holds, and what can be chosen or is offered."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["select", "text", "number", "date", "list", "yaml", "hidden"]


@dataclass(frozen=True)
class Option:
    """Something that can be chosen; options of one `group` stand together."""

    value: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Hint:
    """A value that is offered, with how often it occurs; `is_in` says that a list holds it already."""

    value: str
    n: int
    is_in: bool = False


@dataclass(frozen=True)
class Field:
    """One field.

    Attributes:
        path, name: the node, and the field in it.
        label: what it is called for those who do not see what is around it.
        before: the word that stands before it, such as “and”.
        hints: values that are offered.
    """

    path: str
    name: str
    label: str
    kind: Kind
    value: str = ""
    options: tuple[Option, ...] = ()
    hints: tuple[Hint, ...] = ()
    before: str = ""

    @property
    def key(self) -> str:
        """The name in the form."""
        return f"{self.path}:{self.name}"

    @property
    def id(self) -> str:
        """The name in the page: another one when there is something else to choose from."""
        choices = "|".join(each.value for each in self.options)
        return f"{self.key}~{zlib.crc32(choices.encode()):x}" if self.options else self.key

    @property
    def is_free(self) -> bool:
        """Whether it asks for nothing: a choice that is open and may stay so."""
        return self.kind == "select" and not self.value and any(not each.value for each in self.options)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Option, ...]], ...]:
        """The options by their groups, in order."""
        names = dict.fromkeys(each.group for each in self.options)
        return tuple((name, tuple(each for each in self.options if each.group == name)) for name in names)


@dataclass(frozen=True)
class Row:
    """Fields in one line, after a word that says what the line is about."""

    lead: str
    fields: tuple[Field, ...]


def row(lead: str, *fields: Field | Iterable[Field]) -> Row:
    """A row of fields, and of sequences of fields."""
    found = [[each] if isinstance(each, Field) else list(each) for each in fields]
    return Row(lead, tuple(each for several in found for each in several))


def select(
    path: str, name: str, label: str, chosen: str, options: Sequence[Option], *,
    before: str = "", empty: str | None = None,
) -> Field:  # fmt: skip
    """A choice; what is chosen is offered even where nothing knows it. With `empty`, nothing may be chosen, too."""
    first = (Option("", empty),) if empty is not None else ()
    known = any(each.value == chosen for each in options) or not chosen
    strange = () if known else (Option(chosen, chosen),)
    value = chosen or (first or tuple(options) or (Option("", ""),))[0].value
    return Field(path, name, label, "select", value, (*first, *options, *strange), before=before)
