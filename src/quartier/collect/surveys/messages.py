"""From answers to messages of the journal: what happened as an event, what was said of oneself as traits.

The id of a message comes from the survey and from who answered (the link) or from the form that was filled in, so that
a form sent twice is stored once.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.pages import Answers
from quartier.language import Language
from quartier.store.survey_asks import Who

SOURCE = "surveys"
"""The source that messages of surveys name."""


class Happening(StrEnum):
    """What becomes of a survey that is put to a person, as events are called."""

    SHOWN = "Survey Shown"
    DECLINED = "Survey Declined"
    ANSWERED = "Survey Answered"


@dataclass(frozen=True)
class Visit:
    """One person in front of one survey: which version, who, in which language, and what tells this visit apart."""

    survey: Survey
    version: int
    nonce: str
    who: Who | None
    language: Language
    secret: bytes

    def message_id(self, of: str) -> str:
        """The id of one message of this visit, the same each time it is sent."""
        return f"survey-{_digest(self.secret, self.survey.survey, of, self.nonce)}"

    @property
    def id(self) -> str:
        """What ties together what became of one opened page or one link; it tells nothing of the person."""
        return _digest(self.secret, self.survey.survey, "visit", self.nonce)

    @property
    def sender(self) -> dict[str, str]:
        """Who sends, as messages say it: a user, or a visitor who is the same each time the same person answers."""
        match self.who:
            case Who(kind="user_id", value=value):
                return {"userId": value}
            case Who(kind="anonymous_id", value=value):
                return {"anonymousId": value}
            case Who(kind=kind, value=value):
                return {"anonymousId": f"survey-{_digest(self.secret, kind, value)}"}
            case None:
                return {"anonymousId": f"survey-{_digest(self.secret, self.survey.survey, 'visitor', self.nonce)}"}

    @property
    def reaching(self) -> dict[str, str]:
        """The e-mail or telephone by which the person is known, where that is all that is known."""
        is_reached = self.who is not None and self.who.kind in ("email", "phone")
        return {self.who.kind: self.who.value} if self.who is not None and is_reached else {}


def happened(visit: Visit, what: Happening, at: dt.datetime) -> list[dict[str, Any]]:
    """The messages that a survey was shown or declined."""
    return [*_named(visit, visit.reaching, what, at), _event(visit, what, at, {})]


def answered(visit: Visit, answers: Answers, at: dt.datetime) -> list[dict[str, Any]]:
    """The messages of a filled-in form: the traits first, where there are any, then the event."""
    survey = visit.survey
    consent = {"consent": True, "consent_text": survey.consent_digest} if survey.consent else {}
    kept = {
        survey.trait_name(each.name): answers[each.name]
        for each in survey.questions
        if each.trait and each.name in answers
    }
    traits = _named(visit, visit.reaching | plain(kept), Happening.ANSWERED, at)
    return [*traits, _event(visit, Happening.ANSWERED, at, consent | plain(answers))]


def plain(answers: Answers) -> dict[str, Any]:
    """Answers as JSON has them."""
    return {name: list(each) if isinstance(each, tuple) else each for name, each in answers.items()}


def _named(visit: Visit, traits: dict[str, Any], what: Happening, at: dt.datetime) -> list[dict[str, Any]]:
    """Who it is, before what happened: somebody known by e-mail must be that person from the first message on."""
    return [_message(visit, "identify", f"identify {what}", at) | {"traits": traits}] if traits else []


def _event(visit: Visit, what: Happening, at: dt.datetime, more: Mapping[str, Any]) -> dict[str, Any]:
    own = {"survey": visit.survey.survey, "version": visit.version, "language": visit.language, "visit": visit.id}
    context = {"locale": visit.language}
    return _message(visit, "track", what, at) | {"event": what.value, "properties": {**own, **more}, "context": context}


def _message(visit: Visit, type_: str, of: str, at: dt.datetime) -> dict[str, Any]:
    instant = at.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return {"type": type_, "messageId": visit.message_id(of), **visit.sender, "timestamp": instant}


def _digest(secret: bytes, *parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), key=secret, digest_size=16).hexdigest()
