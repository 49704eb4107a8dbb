"""Tiny worlds written as tables that people can read.

    person | country | birth_date: date | tags: texts
    ann    | FR      | 1990-02-28       | [vip, press]
    bob    |         |                  |

    Order Completed | at                  | revenue: number | products: [category text, price number]
    ann             | 2026-11-01 10:00:00 | 25              | [{category: shoes, price: 25}]

A table starts after an empty line. The first column holds persons; `person` heads the table of traits, the name of an
event a table of events. A column without a type holds text, an empty cell is missing, instants are in UTC. A trait
called as one of the catalog's meanings (`email`, `user_id`, ...) has that meaning. `id` may give the events' ids.

`account` heads a table of the traits of accounts; a person's trait called `account` names the account of the person.

`person changed plan | at | before | after` heads a table of changes of a trait, those of accounts start with `account`;
`person known | at` says since when persons are known.

What is remembered has tables as well: `found loyal`, `entered loyal` and `left loyal` for what evaluations of the
segment saw, `targeted spring`, `held_out spring` and `exposed spring` for a campaign, each with `at`.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import yaml

from quartier.catalog import Catalog, EventType, Family, Label, Meaning, Property, Subject, Trait, ValueType
from quartier.testing.worlds import (
    Plain,
    TinyAccount,
    TinyArrival,
    TinyChange,
    TinyEvent,
    TinyMemory,
    TinyPerson,
    TinyWorld,
)

PERSON: Final = "person"
ACCOUNT: Final = "account"
AT, ID = "at", "id"
REMEMBERED = ("found", "entered", "left", "targeted", "held_out", "exposed")


@dataclass(frozen=True)
class Table:
    """One table as written: what its first column is headed, the other headings, the rows of cells."""

    head: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def properties(self) -> list[Property]:
        """The columns that hold traits or properties."""
        return [_property(each) for each in self.columns if each not in (AT, ID)]

    def cells(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The person of each row with the other cells by heading."""
        for person, *cells in self.rows:
            yield person, dict(zip(self.columns, cells, strict=True))


def tiny_world(written: str) -> TinyWorld:
    """The world that some tables describe; persons of whom only events are told are in it too."""
    tables = [_table(block) for block in re.split(r"\n\s*\n", written.strip("\n")) if block.strip()]
    of_persons, of_accounts = ([table for table in tables if table.head == head] for head in (PERSON, ACCOUNT))
    of_memory = [table for table in tables if table.head.partition(" ")[0] in REMEMBERED]
    of_history = [table for table in tables if table.head.split()[1:2] in (["changed"], ["known"])]
    of_events = [
        table for table in tables if table.head not in (PERSON, ACCOUNT) and table not in (*of_memory, *of_history)
    ]
    events = tuple(_events(of_events))
    traits = _traits(of_persons)
    remembered = tuple(_remembered(of_memory))
    known = dict.fromkeys([*traits, *(each.person for each in events), *(each.person for each in remembered)])
    described: tuple[tuple[Subject, list[Table]], ...] = ((PERSON, of_persons), (ACCOUNT, of_accounts))
    catalog = Catalog(
        traits=tuple(_trait(each, of) for of, tables in described for table in tables for each in table.properties),
        events=tuple(EventType(name=t.head, label=_label(t.head), properties=tuple(t.properties)) for t in of_events),
    )
    persons = tuple(TinyPerson(person, traits.get(person, {})) for person in known)
    accounts = tuple(TinyAccount(account, found) for account, found in _traits(of_accounts).items())
    history = [each for table in of_history for each in _history(table)]
    changes = tuple(each for each in history if isinstance(each, TinyChange))
    arrivals = tuple(each for each in history if isinstance(each, TinyArrival))
    return TinyWorld(catalog, persons, events, accounts, remembered, changes, arrivals)


def _traits(tables: list[Table]) -> dict[str, dict[str, Plain]]:
    found: dict[str, dict[str, Plain]] = {}
    for table in tables:
        for person, cells in table.cells():
            found.setdefault(person, {}).update(_values(table, cells))
    return found


def _remembered(tables: list[Table]) -> Iterator[TinyMemory]:
    for table in tables:
        kind, _, name = table.head.partition(" ")
        for person, cells in table.cells():
            yield TinyMemory(kind, name, person, _instant(cells[AT]))


def _history(table: Table) -> Iterator[TinyChange | TinyArrival]:
    of, kind, *trait = table.head.split()
    subject: Subject = ACCOUNT if of == ACCOUNT else PERSON
    for who, cells in table.cells():
        if kind == "known":
            yield TinyArrival(subject, who, _instant(cells[AT]))
        else:
            values = _values(table, cells)
            yield TinyChange(subject, who, trait[0], _instant(cells[AT]), values.get("before"), values.get("after"))


def _events(tables: list[Table]) -> Iterator[TinyEvent]:
    number = 0
    for table in tables:
        for person, cells in table.cells():
            number += 1
            event_id = cells.get(ID) or f"e{number:03}"
            yield TinyEvent(person, table.head, _instant(cells[AT]), event_id, _values(table, cells))


def _table(block: str) -> Table:
    lines = [line for line in block.splitlines() if line.strip() and not re.fullmatch(r"[\s|+-]+", line)]
    (head, *columns), *rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    wrong = [row for row in rows if len(row) != len(columns) + 1]
    if wrong:
        raise ValueError(f"the table `{head}` has {len(columns) + 1} columns, but a row is {' | '.join(wrong[0])}")
    return Table(head, tuple(columns), tuple(tuple(row) for row in rows))


def _property(heading: str) -> Property:
    name, _, type_ = (part.strip() for part in heading.partition(":"))
    if type_.startswith("["):
        fields = (each.split() for each in type_.strip("[]").split(","))
        inner = tuple(Property(name=field, type=ValueType(kind), label=_label(field)) for field, kind in fields)
        return Property(name=name, type=ValueType.LINES, label=_label(name), properties=inner)
    return Property(name=name, type=ValueType(type_ or "text"), label=_label(name))


def _trait(column: Property, of: Subject) -> Trait:
    meaning = Meaning(column.name) if column.name in set(Meaning) else None
    if (column.name, of) == (ACCOUNT, PERSON):
        meaning = Meaning.ACCOUNT_ID
    family = Family.BEHAVIOURAL
    return Trait(name=column.name, type=column.type, family=family, label=column.label, meaning=meaning, of=of)


def _values(table: Table, cells: Mapping[str, str]) -> dict[str, Plain]:
    headings = [each for each in table.columns if each not in (AT, ID)]
    read = {
        column.name: _value(cells[heading], column) for heading, column in zip(headings, table.properties, strict=True)
    }
    return {name: value for name, value in read.items() if value is not None}


def _value(cell: str, column: Property) -> Plain:
    if cell == "":
        return None
    if column.type is ValueType.LINES:
        return tuple(_line(each, column) for each in yaml.safe_load(cell))
    return _READ[column.type](cell)


def _line(fields: Any, column: Property) -> Plain:
    if fields is None:
        return None
    types = {each.name: each for each in column.properties}
    return {name: _value(str(value), types[name]) for name, value in fields.items() if value is not None}


def _instant(cell: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(cell)
    return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _texts(cell: str) -> tuple[Plain, ...]:
    return tuple(None if each is None else str(each) for each in yaml.safe_load(cell))


def _label(name: str) -> Label:
    return Label(fr=name, en=name)


_READ: dict[ValueType, Callable[[str], Plain]] = {
    ValueType.TEXT: lambda cell: "" if cell == '""' else cell,
    ValueType.INTEGER: int,
    ValueType.NUMBER: float,
    ValueType.BOOLEAN: lambda cell: {"true": True, "false": False}[cell.lower()],
    ValueType.DATE: dt.date.fromisoformat,
    ValueType.INSTANT: _instant,
    ValueType.TEXTS: _texts,
}
