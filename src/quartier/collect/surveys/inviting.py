"""Invitations: a link for each person who may be asked, and the asking recorded with it."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
from pyroaring import BitMap

from quartier.channels import file
from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.links import Link, token
from quartier.config import Config
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.store import Store, survey_asks
from quartier.store.survey_asks import Who

LINK_LASTS = dt.timedelta(days=60)
"""How long a person's link works; the survey may close before."""


@dataclass(frozen=True)
class Invited:
    """The links that were written, and how many persons were left out because they were asked too lately."""

    survey: str
    path: Path
    invited: int
    asked_lately: int
    at: dt.datetime
    ends_at: dt.datetime

    def as_json(self) -> dict[str, Any]:
        """The plain form, for machines."""
        return vars(self) | {"path": str(self.path), "at": self.at.isoformat(), "ends_at": self.ends_at.isoformat()}


def check(survey: Survey, config: Config, url: str, at: dt.datetime) -> None:
    """Raise InvalidRequest for what would stop an invitation, before anybody is asked."""
    found = urlsplit(url)
    if found.scheme not in ("http", "https") or not found.netloc or found.query or found.fragment:
        raise InvalidRequest(_NO_ADDRESS.with_(url=url), remedy=_WRITE_ADDRESS)
    if survey.open.until is not None and survey.open.until < at.astimezone(config.zone).date():
        raise InvalidRequest(_CLOSED.with_(name=survey.survey, until=survey.open.until), remedy=_OPEN_IT)


def link_for(store: Store, survey: Survey, who: Who, *, url: str, at: dt.datetime) -> str | None:
    """The link of one person, and the asking recorded; None, and nothing recorded, for who may not be asked now."""
    with store.begin() as connection:
        asked = survey_asks.ask(connection, survey.survey, [who], survey.every, at)
    return next((_link(store, survey, number, url, at + LINK_LASTS) for number in asked.values()), None)


def invite(
    store: Store, survey: Survey, persons: BitMap, rows: pa.Table, *, url: str, path: Path, at: dt.datetime,
    replace: bool = False,
) -> Invited:  # fmt: skip
    """Write a list with a link for everyone who may be asked now, and record that they are.

    `rows` holds a column `person_key` and what the list shows beside the link. The asking is recorded only if the list
    could be written: both happen in one transaction, and the list is taken away again if the record fails.
    """
    ends_at, is_written = at + LINK_LASTS, False
    try:
        with store.begin() as connection:
            asked = survey_asks.ask(connection, survey.survey, map(Who.known, persons), survey.every, at)
            if not asked:
                raise InvalidRequest(_NOBODY.with_(name=survey.survey, days=survey.every.days), remedy=_WAIT)
            links = {int(who.value): _link(store, survey, number, url, ends_at) for who, number in asked.items()}
            file.write(_listed(rows, links), path, replace=replace)
            is_written = True
    except BaseException:
        if is_written:
            path.unlink(missing_ok=True)  # nobody may use links of which we know nothing
        raise
    return Invited(survey.survey, path, len(asked), len(persons) - len(asked), at, ends_at)


def _link(store: Store, survey: Survey, number: int, url: str, ends_at: dt.datetime) -> str:
    text = token(store.secret, survey.survey, Link(number, ends_at))
    return f"{url.rstrip('/')}/s/{survey.survey}?p={text}"


def _listed(rows: pa.Table, links: dict[int, str]) -> pa.Table:
    """The rows of those who are asked, with their links."""
    keys = rows["person_key"].to_pylist()
    asked = rows.filter(pa.array([key in links for key in keys], pa.bool_()))
    written = pa.array([links[key] for key in keys if key in links], pa.string())
    return asked.drop_columns(["person_key"]).append_column("link", written)


_NO_ADDRESS = Text(en="“{url}” is not the address of a server", fr="« {url} » n'est pas l'adresse d'un serveur")
_WRITE_ADDRESS = Text(
    en="write where `quartier serve` is reached, such as https://surveys.example.com",
    fr="écrivez où l'on joint `quartier serve`, comme https://enquetes.exemple.fr",
)
_CLOSED = Text(
    en="the survey “{name}” has been closed since {until}", fr="l'enquête « {name} » est close depuis le {until}"
)
_OPEN_IT = Text(en="move its last day (`open: until`)", fr="repoussez son dernier jour (`open: until`)")
_NOBODY = Text(
    en="nobody there may be asked “{name}” now: everyone was asked a survey within the last {days} days, or is in no "
    "segment that was given",
    fr="personne ne peut être interrogé par « {name} » pour l'instant : tout le monde l'a été ces {days} derniers "
    "jours, ou le segment est vide",
)
_WAIT = Text(
    en="wait, choose another segment, or shorten `every`",
    fr="attendez, choisissez un autre segment ou réduisez `every`",
)
