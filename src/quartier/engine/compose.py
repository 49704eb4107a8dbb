"""One statement from several: sets of keys, each by a query of its own, combined by true and false in the engine.

For data that are too many to bring keys home: every set is a part of the statement, joined to everyone's keys once, and
a formula over "is in the set" chooses. Values stay parameters; those of each part get a prefix of its own.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from quartier.engine.compiler import PLACEHOLDERS, Query, Scalar
from quartier.engine.dialects import Dialect, quoted


@dataclass(frozen=True)
class KeySet:
    """The keys that a query gives or, for `is_complement`, all but them; each at most once when `is_distinct`."""

    query: Query
    is_complement: bool = False
    is_distinct: bool = False


@dataclass(frozen=True)
class Member:
    """True for the keys in the set of this number."""

    set: int


@dataclass(frozen=True)
class Every:
    """True where every part is; without a part, for everyone."""

    parts: "tuple[Formula, ...]" = ()


@dataclass(frozen=True)
class Some:
    """True where at least `count` parts are."""

    count: int
    parts: "tuple[Formula, ...]"


@dataclass(frozen=True)
class Negation:
    """True where the part is not."""

    part: "Formula"


Formula: TypeAlias = Member | Every | Some | Negation


def combined(everyone: Query, sets: Sequence[KeySet], formula: Formula, key: str, dialect: Dialect) -> Query:
    """The keys among everyone's for which a formula over sets is true; `key` is the one column of each query."""
    text = _Text(key, dialect, tuple(each.is_complement for each in sets))
    parts = [f"{text.name(_EVERYONE)} AS ({everyone.sql})"]
    given: dict[str, Scalar] = dict(everyone.parameters)
    for number, each in enumerate(sets):
        own = prefixed(each.query, f"s{number}_", dialect)
        parts.append(f"{text.set_name(number)} AS ({own.sql if each.is_distinct else text.distinct(own.sql)})")
        given |= own.parameters
    joins = "".join(text.join(number) for number in range(len(sets)))
    chosen = f"SELECT {text.key_of(_EVERYONE)} FROM {text.name(_EVERYONE)}{joins} WHERE {written(formula, text.member)}"
    return Query(f"WITH {', '.join(parts)} {chosen}", given)


def written(formula: Formula, member: Callable[[int], str]) -> str:
    """A formula as SQL; `member` says of the set of a number that a key is in it."""
    match formula:
        case Member(number):
            return member(number)
        case Every(parts):
            return _joined(" AND ", parts, member) or "TRUE"
        case Some(1, parts):
            return _joined(" OR ", parts, member)
        case Some(count, parts):
            counted = (f"CASE WHEN {written(part, member)} THEN 1 ELSE 0 END" for part in parts)
            return f"{' + '.join(counted)} >= {count}"
        case Negation(part):
            return f"NOT ({written(part, member)})"


def _joined(word: str, parts: Sequence[Formula], member: Callable[[int], str]) -> str:
    return word.join(f"({written(part, member)})" for part in parts)


def prefixed(query: Query, prefix: str, dialect: Dialect) -> Query:
    """The same query with another name for each parameter, so that two can stand in one statement."""
    if not query.parameters:
        return query
    before, after = PLACEHOLDERS[dialect]
    keys = "|".join(sorted(map(re.escape, query.parameters), key=len, reverse=True))
    ends = re.escape(after) if after else r"\b"
    named = re.compile(rf"(?<![\w:$%]){re.escape(before)}({keys}){ends}")
    sql = named.sub(lambda found: f"{before}{prefix}{found[1]}{after}", query.sql)
    return Query(sql, {f"{prefix}{name}": value for name, value in query.parameters.items()})


_EVERYONE = "everyone"


@dataclass(frozen=True)
class _Text:
    """The pieces of the statement in one dialect."""

    key: str
    dialect: Dialect
    complements: tuple[bool, ...] = field(default=())

    def name(self, name: str) -> str:
        return quoted(name, self.dialect)

    def set_name(self, number: int) -> str:
        return self.name(f"set_{number}")

    def key_of(self, table: str) -> str:
        return f"{self.name(table)}.{self.name(self.key)}"

    def distinct(self, sql: str) -> str:
        return f"SELECT DISTINCT {self.name(self.key)} FROM ({sql}) AS {self.name('found')}"

    def join(self, number: int) -> str:
        same = f"{self.key_of(f'set_{number}')} = {self.key_of(_EVERYONE)}"
        return f" LEFT JOIN {self.set_name(number)} ON {same}"

    def member(self, number: int) -> str:
        found = "IS NULL" if self.complements[number] else "IS NOT NULL"
        return f"{self.key_of(f'set_{number}')} {found}"
