"""The document of a survey: what is asked, of whom, with which consent, and how often one may ask.

survey: satisfaction
title: {en: Your last order, fr: Votre dernière commande}
every: 30 days
questions:
  - name: overall
    type: csat
    text: {en: How satisfied are you with it?, fr: Comment la jugez-vous ?}
    required: true
    trait: psychographic
"""

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from quartier.catalog import Label, slug
from quartier.collect.surveys.checks import cross_problems
from quartier.collect.surveys.questions import KINDS, Document, Question
from quartier.config import place_of, problem
from quartier.errors import InvalidDefinition, Problem, Unusable
from quartier.language import Text

KIND = "survey"
SURVEY_NAME = r"^[a-z][a-z0-9-]{0,59}$"
DEFAULT_EVERY = dt.timedelta(days=30)
"""A person is asked one survey in so many days unless the document says otherwise."""

_DAYS = {"day": 1, "week": 7}


class Opening(Document):
    """The first and the last day on which a survey is open, in the workspace's time zone."""

    since: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise Unusable(_NEVER_OPEN, _SWAP_DAYS)
        return self

    def holds(self, at: dt.datetime, zone: ZoneInfo) -> bool:
        """Whether the survey is open at an instant."""
        day = at.astimezone(zone).date()
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Survey(Document):
    """Questions in both languages, and the rules for asking them."""

    kind: Literal["survey"] = "survey"
    survey: str = Field(pattern=SURVEY_NAME)
    title: Label
    intro: Label | None = None
    thanks: Label | None = None
    identify: Literal["link", "email"] = "link"
    consent: Label | None = None
    every: dt.timedelta = DEFAULT_EVERY
    open: Opening = Opening()
    questions: tuple[Question, ...] = Field(min_length=1)

    @field_validator("every", mode="before")
    @classmethod
    def _days(cls, value: object) -> object:
        if isinstance(value, dt.timedelta):
            return value
        found = re.fullmatch(r"(\d{1,4}) (day|week)s?", str(value).strip())
        if found is None:
            raise Unusable(_NO_DAYS, _WRITE_DAYS)
        return dt.timedelta(days=int(found[1]) * _DAYS[found[2]])

    @property
    def consent_digest(self) -> str | None:
        """Which text a person agreed to, in both languages; None where none is asked."""
        if self.consent is None:
            return None
        return hashlib.sha256(f"{self.consent.en}\n{self.consent.fr}".encode()).hexdigest()[:12]

    def question(self, name: str) -> Question | None:
        """The question of that name, or None."""
        return next((each for each in self.questions if each.name == name), None)

    def trait_name(self, question: str) -> str:
        """The trait that keeps the answers to a question: `satisfaction_overall`."""
        return f"{slug(self.survey)}_{question}"

    @classmethod
    def read(cls, document: str | Mapping[str, Any], where: str = KIND) -> Self:
        """A survey from YAML, JSON or plain data. Raises InvalidDefinition with all that is wrong."""
        try:
            given = yaml.safe_load(document) if isinstance(document, str) else dict(document)
        except yaml.YAMLError as error:
            raise InvalidDefinition(where, [Problem(_line(error), _NO_YAML)]) from error
        if not isinstance(given, dict):
            raise InvalidDefinition(where, [Problem("", _NO_MAPPING)])
        return cls._checked(given, str(given.get("survey", where)))

    @classmethod
    def _checked(cls, given: dict[str, Any], where: str) -> Self:
        problems: list[Problem] = []
        try:
            found = cls.model_validate(given)
        except ValidationError as error:
            problems = [problem(_place(each["loc"]), each) for each in error.errors()]
        problems += cross_problems(given)
        if problems:
            raise InvalidDefinition(where, problems)
        return found

    def as_json(self) -> dict[str, Any]:
        """The document as plain data, without what is at its default."""
        plain = self.model_dump(mode="json", exclude_defaults=True, by_alias=True)
        every = {} if self.every == DEFAULT_EVERY else {"every": f"{self.every.days} days"}
        return {"kind": self.kind} | plain | every


def _place(location: tuple[int | str, ...]) -> str:
    """The place in the document: pydantic puts the kind of a question between its number and its key."""
    is_kind = len(location) > 2 and location[0] == "questions" and location[2] in KINDS
    return place_of(location[:2] + location[3:] if is_kind else location)


def _line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{mark.line + 1}:{mark.column + 1}" if mark else ""


_NO_YAML = Text(en="not valid YAML", fr="YAML incorrect")
_NO_MAPPING = Text(en="a survey is a mapping of keys to values", fr="une enquête est faite de clés et de valeurs")
_NO_DAYS = Text(en="this is not a number of days or weeks", fr="ce n'est pas un nombre de jours ou de semaines")
_WRITE_DAYS = Text(
    en="write for example `30 days` or `4 weeks`; `0 days` sets no limit",
    fr="écrivez par exemple `30 days` ou `4 weeks` ; `0 days` ne fixe pas de limite",
)
_NEVER_OPEN = Text(en="`from` is after `until`", fr="`from` vient après `until`")
_SWAP_DAYS = Text(en="swap them, or leave one out", fr="inversez-les, ou retirez l'un des deux")
