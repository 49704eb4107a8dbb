"""Surveys at work: kept in the store, put to persons no more often than they allow, answered into the journal."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import sqlalchemy as sa

from quartier.collect.surveys import entries, messages
from quartier.collect.surveys.definition import KIND, Survey
from quartier.collect.surveys.links import read_token
from quartier.collect.surveys.messages import SOURCE, Happening, Visit
from quartier.collect.surveys.pages import Answers
from quartier.collect.tracking.limits import MESSAGE_BYTES
from quartier.collect.tracking.run import take
from quartier.engine import Engine, event_schema, subject_schema
from quartier.errors import InvalidDefinition, UnknownName, suggestion
from quartier.language import Language, Text
from quartier.store import Store, catalogs, definitions, survey_asks
from quartier.store.definitions import Stored
from quartier.store.journal import Journal
from quartier.store.survey_asks import Who

_BESIDE_ANSWERS = 2048
"""Bytes of a message that are not the answers, at most."""


@dataclass(frozen=True)
class Standing:
    """A survey in force: its document and version, who applied it and when, how many were asked and answered."""

    survey: Survey
    version: int
    author: str
    at: dt.datetime
    asked: int
    answered: int

    def as_json(self) -> dict[str, Any]:
        """The plain form, for machines."""
        return {
            "survey": self.survey.survey,
            "title": self.survey.title.model_dump(),
            "version": self.version,
            "author": self.author,
            "at": self.at.isoformat(),
            "questions": len(self.survey.questions),
            "asked": self.asked,
            "answered": self.answered,
        }


class Entrance(StrEnum):
    """What somebody finds who opens the page of a survey."""

    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Visitor:
    """Somebody in front of a survey: what they find, and the asking that brought them, if one did."""

    entrance: Entrance
    survey: Survey | None = None
    version: int = 0
    ask: int | None = None
    who: Who | None = None

    def visit(self, store: Store, nonce: str, language: Language) -> Visit:
        """The visit whose messages are kept; with a link, the same each time it is opened."""
        if self.survey is None:
            raise ValueError("nobody visits a survey that is not there")
        told_apart = nonce if self.ask is None else f"ask {self.ask}"
        return Visit(self.survey, self.version, told_apart, self.who, language, store.secret)


def apply(
    store: Store, engine: Engine, documents: Sequence[Mapping[str, Any]], *, author: str, at: dt.datetime
) -> list[Standing]:
    """Put surveys in force, all of them or none, and their questions into the catalog.

    Raises InvalidDefinition with everything that is wrong in the first document with problems.
    """
    surveys = [Survey.read(each) for each in documents]
    with store.begin() as connection:
        present = {each.survey.survey: each.survey for each in _in_force(connection)}
        others = present | {each.survey: each for each in surveys}
        catalog = catalogs.load(connection)
        for each in surveys:
            if problems := entries.clashes(each, catalog, list(others.values())):
                raise InvalidDefinition(each.survey, problems)
        for each in surveys:
            definitions.save(connection, KIND, each.survey, each.as_json(), author=author, at=at)
        written = entries.with_surveys(catalog, surveys)
        catalogs.save(connection, written, author=author, at=at)
        names = {each.survey for each in surveys}
        found = [each for each in _in_force(connection) if each.survey.survey in names]
    ensure_columns(store, engine)
    return found


def ensure_columns(store: Store, engine: Engine) -> None:
    """Give the tables the columns of the questions in force, so that conditions can read them before any answer."""
    with store.begin() as connection:
        catalog, surveys = catalogs.load(connection), [each.survey for each in _in_force(connection)]
    if not surveys:
        return
    names = {each.name for each in entries.traits_of(surveys)}
    traits = [each for each in catalog.traits if each.of == "person" and each.name in names]
    engine.ensure("person", subject_schema(catalog.model_copy(update={"traits": tuple(traits)})))
    for happening in Happening:
        if (event := catalog.event(happening.value)) is not None:
            engine.ensure(event.table, event_schema(event))


def standings(store: Store) -> list[Standing]:
    """Every survey in force, by name."""
    with store.begin() as connection:
        return _in_force(connection)


def standing(store: Store, name: str) -> Standing:
    """One survey in force. Raises UnknownName with the nearest names."""
    found = {each.survey.survey: each for each in standings(store)}
    if name not in found:
        raise UnknownName(_NO_SURVEY.with_(name=name), remedy=suggestion(name, found) or _MAKE_ONE)
    return found[name]


def visitor(store: Store, name: str, token: str | None, at: dt.datetime, zone: ZoneInfo) -> Visitor:
    """Who is in front of a survey with this link, or without one, and what they find."""
    with store.begin() as connection:
        stored = definitions.latest(connection, KIND, name)
        if stored is None or stored.is_retired:
            return Visitor(Entrance.UNKNOWN)
        survey = Survey.read(stored.document)
        if not survey.open.holds(at, zone):
            return Visitor(Entrance.CLOSED, survey, stored.version)
        if token is None:
            return Visitor(Entrance.OPEN, survey, stored.version)
        return _by_link(connection, store.secret, stored, survey, token, at)


def note(journal: Journal, visit: Visit, what: Happening, at: dt.datetime) -> None:
    """Keep that a survey was shown or declined; of one visit, once."""
    take(journal, messages.happened(visit, what, at), source=SOURCE, received_at=at)


def keep(store: Store, journal: Journal, visit: Visit, ask: int | None, answers: Answers, at: dt.datetime) -> bool:
    """Keep a filled-in form, and that the person has been asked; once, however often the form is sent.

    Gives False, and keeps nothing, where the answers together are too long. Returns once they are durable; raises
    JournalFull or JournalStopped where they cannot be kept.
    """
    if len(orjson.dumps(messages.plain(answers))) > MESSAGE_BYTES - _BESIDE_ANSWERS:
        return False
    verdicts = take(journal, messages.answered(visit, answers, at), source=SOURCE, received_at=at)
    if verdicts.rejected:
        raise AssertionError("a message of a survey was refused by the journal's own rules")
    with store.begin() as connection:
        if ask is not None:
            survey_asks.mark_answered(connection, ask, at)
        elif visit.who is not None and verdicts.stored:
            survey_asks.note_answer(connection, visit.survey.survey, visit.who, at)
    return True


def _by_link(
    connection: sa.Connection, secret: bytes, stored: Stored, survey: Survey, token: str, at: dt.datetime
) -> Visitor:
    link = read_token(secret, survey.survey, token)
    ask = survey_asks.find(connection, link.ask) if link else None
    if link is None or ask is None or ask.survey != survey.survey or link.ends_at <= at:
        return Visitor(Entrance.ENDED, survey, stored.version)
    who = ask.who
    if who.kind == survey_asks.PERSON:
        who = next(iter(survey_asks.identities(connection, who)), None) or who
    entrance = Entrance.OPEN if ask.answered_at is None else Entrance.ANSWERED
    return Visitor(entrance, survey, stored.version, ask.id, who)


def _in_force(connection: sa.Connection) -> list[Standing]:
    return [_standing(connection, each) for each in definitions.all_latest(connection, KIND)]


def _standing(connection: sa.Connection, stored: Stored) -> Standing:
    asked, answered = survey_asks.counted(connection, stored.name)
    return Standing(Survey.read(stored.document), stored.version, stored.author, stored.at, asked, answered)


_NO_SURVEY = Text(en="no survey is called “{name}”", fr="aucune enquête ne s'appelle « {name} »")
_MAKE_ONE = Text(
    en="make one with `quartier survey new` and `quartier survey apply`",
    fr="créez-en une avec `quartier survey new` et `quartier survey apply`",
)
