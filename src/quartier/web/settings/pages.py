"""What the pages of settings show."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from quartier.config import Config
from quartier.govern.deeds import LABELS, kind_of
from quartier.govern.roles import ALLOWED, MEANINGS, NAMES, May
from quartier.language import Language
from quartier.store.audit import Deed
from quartier.store.invitations import Invitation
from quartier.store.secret_keys import SecretKey
from quartier.store.sessions import Session
from quartier.store.users import User
from quartier.store.write_keys import WriteKey
from quartier.web.settings.words import TABS
from quartier.web.visitor import Visitor

Tab = tuple[str, str, bool]
"""A label, an address, whether it is this page."""


@dataclass(frozen=True)
class ProfilePage:
    """Who somebody is here, and where they are signed in."""

    tabs: list[Tab]
    user: User
    name: str
    has_second_factor: bool
    sessions: list[Session]
    here: str
    problems: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class UsersPage:
    """Users and the links that can still be used; `link` is told this once."""

    tabs: list[Tab]
    users: list[User]
    open_links: list[Invitation]
    names: Mapping[str, str]
    table: list[tuple[str, list[bool]]]
    own: int
    second_factors: set[int]
    link: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class KeysPage:
    """Keys; `made` is told this once."""

    tabs: list[Tab]
    write: list[WriteKey]
    secret: list[SecretKey]
    scopes: list[tuple[str, str]]
    now: dt.datetime
    made: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class WorkspacePage:
    """The settings of the workspace as the file has them; `waits` where others are in force until a restart."""

    tabs: list[Tab]
    typed: Mapping[str, str]
    waits: bool
    problems: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class AuditPage:
    """What was done, the newest first; `changed` is the number of the first row that is not as it was written."""

    tabs: list[Tab]
    deeds: list[tuple[Deed, str, str]]
    changed: int | None
    next_url: str
    first_url: str


def tabs(here: str, visitor: Visitor) -> list[Tab]:
    """The pages of settings that are open to somebody."""
    return [
        (text.to(visitor.language), url, url == here)
        for url, text in TABS.items()
        if url == "/settings" or visitor.may(May.GOVERN)
    ]


def role_names(language: Language) -> dict[str, str]:
    """What each role is called."""
    return {role: text.to(language) for role, text in NAMES.items()}


def role_table(language: Language) -> list[tuple[str, list[bool]]]:
    """What each role may do: a row for each thing, a column for each role."""
    return [(MEANINGS[what].to(language), [what in allowed for allowed in ALLOWED.values()]) for what in May]


def scope_labels(language: Language) -> list[tuple[str, str]]:
    """What a key can open."""
    return [(str(what), MEANINGS[what].to(language)) for what in May]


def deed_row(deed: Deed, language: Language) -> tuple[Deed, str, str]:
    """A deed with what it is called and what it was of; one that has no words yet is told by its code."""
    known = kind_of(deed.deed)
    about = ", ".join(f"{name}: {value}" for name, value in deed.about.items())
    return deed, LABELS[known].to(language) if known else deed.deed, about


EDITABLE = ("name", "language", "time_zone", "currency", "country", "places", "join_by_domain", "households")
_SWITCHES = ("places", "join_by_domain", "households")


def typed_of(config: Config) -> dict[str, str]:
    """The settings as a form has them: a switch is on or empty."""
    values = {name: getattr(config, name) for name in EDITABLE}
    return {name: ("1" if each else "") if name in _SWITCHES else str(each) for name, each in values.items()}


def values_of(typed: Mapping[str, str]) -> dict[str, object]:
    """What a form says, as settings have it."""
    return {name: bool(each) if name in _SWITCHES else each.strip() for name, each in typed.items()}
