"""Who was asked which survey and when; nobody is asked more often than the surveys say.

A person whom the ledger of identifiers knows is asked under the dense key, whichever identifier led there, and found
again by it; whoever is not known yet is asked under the identifier itself.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from quartier.store.tables import identifiers, survey_asks

PERSON = "person"
"""The kind of somebody known; the value is the dense key."""

STRONGEST = ("user_id", "email", "phone", "anonymous_id")


@dataclass(frozen=True)
class Who:
    """A person: `person` and the dense key, or the kind and the value of an identifier."""

    kind: str
    value: str

    @classmethod
    def known(cls, key: int) -> "Who":
        """The person of a dense key."""
        return cls(PERSON, str(key))


@dataclass(frozen=True)
class Ask:
    """One asking: a survey was put to a person."""

    id: int
    survey: str
    who: Who
    at: dt.datetime
    answered_at: dt.datetime | None


def may_ask(connection: sa.Connection, who: Who, every: dt.timedelta, at: dt.datetime) -> bool:
    """Whether a person was asked no survey at all, answered or not, during the time `every` before `at`."""
    person = canonical(connection, who)
    names = {person, *(identities(connection, person) if person.kind == PERSON else ())}
    is_theirs = sa.or_(*(_is(each) for each in names))
    query = sa.select(survey_asks.c.id).where(is_theirs, survey_asks.c.at > at - every).limit(1)
    return connection.execute(query).first() is None


def ask(
    connection: sa.Connection, survey: str, persons: Iterable[Who], every: dt.timedelta, at: dt.datetime
) -> dict[Who, int]:
    """Record the asking of everyone who may be asked; gives the number of each asking, nothing for the others.

    Two askings of one person at the same moment wait for each other, so that the second finds the first.
    """
    _alone(connection)
    asked_already = recently_asked(connection, at - every)
    wanted = [each for each in dict.fromkeys(canonical_all(connection, persons)) if each not in asked_already]
    if not wanted:
        return {}
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(survey_asks.c.id), 0))).scalar()
    rows = [{"survey": survey, "kind": each.kind, "value": each.value, "at": at} for each in wanted]
    connection.execute(sa.insert(survey_asks), rows)
    made = connection.execute(sa.select(survey_asks).where(survey_asks.c.id > last))
    return {Who(row.kind, row.value): row.id for row in made}


def note_answer(connection: sa.Connection, survey: str, who: Who, at: dt.datetime) -> None:
    """Record that somebody answered a survey without having been asked: that counts as an asking."""
    person = canonical(connection, who)
    row = {"survey": survey, "kind": person.kind, "value": person.value, "at": at, "answered_at": at}
    connection.execute(sa.insert(survey_asks).values(**row))


def mark_answered(connection: sa.Connection, number: int, at: dt.datetime) -> None:
    """Record that an asking was answered; the first answer counts."""
    query = sa.update(survey_asks).where(survey_asks.c.id == number, survey_asks.c.answered_at.is_(None))
    connection.execute(query.values(answered_at=at))


def find(connection: sa.Connection, number: int) -> Ask | None:
    """The asking of a number, or None."""
    row = connection.execute(sa.select(survey_asks).where(survey_asks.c.id == number)).first()
    return Ask(row.id, row.survey, Who(row.kind, row.value), row.at, row.answered_at) if row else None


def counted(connection: sa.Connection, survey: str) -> tuple[int, int]:
    """How many askings of a survey there were, and how many were answered."""
    query = sa.select(sa.func.count(), sa.func.count(survey_asks.c.answered_at)).where(survey_asks.c.survey == survey)
    asked, answered = connection.execute(query).one()
    return asked, answered


def recently_asked(connection: sa.Connection, since: dt.datetime) -> set[Who]:
    """Everyone who was asked any survey after an instant, under what is known of them now."""
    asked = sa.select(survey_asks.c.kind, survey_asks.c.value).where(survey_asks.c.at > since).distinct().subquery()
    is_same = sa.and_(
        identifiers.c.subject == PERSON, identifiers.c.kind == asked.c.kind, identifiers.c.value == asked.c.value
    )
    joined = sa.select(asked, identifiers.c.key).select_from(asked.outerjoin(identifiers, is_same))
    rows = connection.execute(joined)
    return {Who(row.kind, row.value) if row.key is None else Who.known(row.key) for row in rows}


def canonical(connection: sa.Connection, who: Who) -> Who:
    """A person under the dense key where one of the identifiers is known, else as given."""
    (found,) = canonical_all(connection, [who])
    return found


def canonical_all(connection: sa.Connection, persons: Iterable[Who]) -> list[Who]:
    """Each person under the dense key where it is known, in the order given."""
    found = []
    for each in persons:
        key = None if each.kind == PERSON else connection.execute(_key_of(each)).scalar()
        found.append(each if key is None else Who.known(key))
    return found


def identities(connection: sa.Connection, person: Who) -> list[Who]:
    """The identifiers of a known person, the strongest kind first."""
    query = sa.select(identifiers.c.kind, identifiers.c.value).where(
        identifiers.c.subject == PERSON, identifiers.c.key == int(person.value)
    )
    found = [Who(row.kind, row.value) for row in connection.execute(query) if row.kind in STRONGEST]
    return sorted(found, key=lambda each: (STRONGEST.index(each.kind), each.value))


def _key_of(who: Who) -> sa.Select[int]:
    return sa.select(identifiers.c.key).where(
        identifiers.c.subject == PERSON, identifiers.c.kind == who.kind, identifiers.c.value == who.value
    )


def _is(who: Who) -> sa.ColumnElement[bool]:
    return sa.and_(survey_asks.c.kind == who.kind, survey_asks.c.value == who.value)


def _alone(connection: sa.Connection) -> None:
    """Let no one else ask until this transaction ends: reading first would let two of them see nobody asked."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("lock table survey_asks in share row exclusive mode"))
    else:  # in SQLite the first change takes the lock, even one that changes nothing
        connection.execute(sa.delete(survey_asks).where(survey_asks.c.id == -1))
