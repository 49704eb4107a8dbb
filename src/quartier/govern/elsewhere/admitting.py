"""Which user somebody is whom the provider introduced: one who is known, one who is invited, or a newcomer."""

import datetime as dt

import sqlalchemy as sa

from quartier.config import OpenId
from quartier.govern.elsewhere.refusals import NotLetIn, Why
from quartier.govern.elsewhere.tokens import Introduced
from quartier.store import invitations, users
from quartier.store.users import User

_LONGEST_NAME, _LONGEST_EMAIL = 200, 320


def admitted(
    connection: sa.Connection, person: Introduced, settings: OpenId, *, now: dt.datetime, language: str | None
) -> tuple[User, bool]:
    """The user, and whether they are new. Raises NotLetIn.

    Somebody is known by the provider's own word for them; only where there is none yet by their verified e-mail, so
    that an address that was given to somebody else there opens nothing here.
    """
    provider = settings.label
    found = users.by_subject(connection, person.subject)
    if found is None:
        if person.email is None:
            raise NotLetIn(Why.UNVERIFIED, provider=provider)
        email = person.email.strip().casefold()
        found = users.by_email(connection, email)
        if found is None:
            return _new(connection, person, email, settings, now, language), True
        if found.subject is not None:
            raise NotLetIn(Why.ANOTHER, provider=provider)
        if found.is_open:
            users.change(connection, found.id, subject=person.subject)
    if not found.is_open:
        raise NotLetIn(Why.CLOSED, provider=provider)
    return found, False


def _new(
    connection: sa.Connection, person: Introduced, email: str, settings: OpenId, now: dt.datetime, language: str | None
) -> User:
    role = _role_of(connection, email, settings, now)
    local, _, domain = email.partition("@")
    if role is None or not local or not domain or len(email) > _LONGEST_EMAIL or not email.isprintable():
        raise NotLetIn(Why.UNKNOWN, provider=settings.label)
    called = " ".join("".join(each for each in person.name if each.isprintable()).split())[:_LONGEST_NAME]
    return users.add(
        connection, email=email, name=called or local, role=role, at=now, subject=person.subject, language=language
    )


def _role_of(connection: sa.Connection, email: str, settings: OpenId, now: dt.datetime) -> str | None:
    """What an invitation gives, which is used up; else what the domain gives. The first owner has a link."""
    if not users.is_any(connection):
        return None
    for each in invitations.open_ones(connection, now):
        if each.purpose == "invite" and each.email == email and invitations.use(connection, each.digest, now):
            return each.role
    is_of_domain = settings.newcomers_domain is not None and email.rpartition("@")[2] == settings.newcomers_domain
    return settings.newcomers_role if is_of_domain else None
