"""Second factors of users, and the codes with which they come in without."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

import sqlalchemy as sa

from quartier.store.tables import recovery_codes, second_factors


@dataclass(frozen=True)
class SecondFactor:
    """What a user's telephone counts with; in force once `confirmed_at`.

    `last_step` is the number of the half minute whose code was taken last: a code counts once, and none before it.
    """

    user: int
    secret: str = field(repr=False)
    begun_at: dt.datetime
    confirmed_at: dt.datetime | None = None
    last_step: int | None = None


def of(connection: sa.Connection, user: int) -> SecondFactor | None:
    """The second factor of a user, in force or begun."""
    row = connection.execute(sa.select(second_factors).where(second_factors.c.user == user)).first()
    return SecondFactor(**row._mapping) if row else None


def in_force(connection: sa.Connection) -> set[int]:
    """The users who have one."""
    query = sa.select(second_factors.c.user).where(second_factors.c.confirmed_at.is_not(None))
    return set(connection.execute(query).scalars())


def begin(connection: sa.Connection, user: int, secret: str, at: dt.datetime) -> None:
    """Keep what a telephone is to count with, in place of all that there was."""
    remove(connection, user)
    connection.execute(sa.insert(second_factors).values(user=user, secret=secret, begun_at=at))


def confirm(connection: sa.Connection, user: int, at: dt.datetime, digests: Iterable[str]) -> None:
    """Put it in force, with the digests of the codes for the day when the telephone is lost."""
    connection.execute(sa.update(second_factors).where(second_factors.c.user == user).values(confirmed_at=at))
    connection.execute(sa.delete(recovery_codes).where(recovery_codes.c.user == user))
    connection.execute(sa.insert(recovery_codes), [{"user": user, "digest": each} for each in digests])


def take_step(connection: sa.Connection, user: int, step: int) -> bool:
    """Use up the code of a half minute; whether neither it nor a later one was taken before."""
    is_later = second_factors.c.last_step.is_(None) | (second_factors.c.last_step < step)
    known = (second_factors.c.user == user) & is_later
    return connection.execute(sa.update(second_factors).where(known).values(last_step=step)).rowcount == 1


def take_code(connection: sa.Connection, user: int, digest: str, at: dt.datetime) -> bool:
    """Use up a recovery code; whether it was there and unused."""
    own = (recovery_codes.c.user == user) & (recovery_codes.c.digest == digest) & recovery_codes.c.used_at.is_(None)
    return connection.execute(sa.update(recovery_codes).where(own).values(used_at=at)).rowcount == 1


def codes_left(connection: sa.Connection, user: int) -> int:
    """How many recovery codes a user has not used."""
    own = (recovery_codes.c.user == user) & recovery_codes.c.used_at.is_(None)
    return int(connection.execute(sa.select(sa.func.count()).select_from(recovery_codes).where(own)).scalar_one())


def remove(connection: sa.Connection, user: int) -> bool:
    """Take it off with its codes; whether there was one."""
    connection.execute(sa.delete(recovery_codes).where(recovery_codes.c.user == user))
    return connection.execute(sa.delete(second_factors).where(second_factors.c.user == user)).rowcount == 1
