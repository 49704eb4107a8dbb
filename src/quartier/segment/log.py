"""Answers over the log of memberships: sizes, movements, members at any time, flows."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.errors import InvalidRequest, UnknownName, suggestion
from quartier.language import Text
from quartier.segment import history
from quartier.segment.definition import KIND, read_segment
from quartier.segment.history import Flows, Movement, Observed, SizeHistory
from quartier.segment.run import check_of_persons, defined, named, of_persons
from quartier.store import Store, definitions, membership


def sizes(
    store: Store, name: str, *, since: dt.datetime | None = None, until: dt.datetime | None = None
) -> SizeHistory:
    """The sizes of a segment between two instants, as they were observed; also of one that is out of force.

    Raises UnknownName with the nearest names.
    """
    with store.begin() as connection:
        check_name(connection, name)
        return history.observed(name, membership.changes(connection, name), since, until)


def movement(store: Store, name: str, since: dt.datetime, until: dt.datetime) -> Movement:
    """Who entered and who left a segment between two instants.

    Raises UnknownName, and InvalidRequest where the log begins after `since` or `until` comes before it.
    """
    _check_order(since, until)
    with store.begin() as connection:
        start, end = (position_at(connection, name, instant) for instant in (since, until))
        rows = membership.changes(connection, name, after=start, up_to=end)
        before, after = (membership.members_at(connection, name, each) for each in (start, end))
    entries, exits = (sum(len(getattr(row, side)) for row in rows) for side in ("entered", "left"))
    return Movement(name, since, until, before, after, entries, exits)


def members_as_of(store: Store, name: str, instant: dt.datetime) -> Observed:
    """The members of a segment as they were observed at an instant.

    Raises UnknownName, and InvalidRequest where the log begins later.
    """
    with store.begin() as connection:
        members = membership.members_at(connection, name, position_at(connection, name, instant))
        known = definitions.latest(connection, KIND, name)
        return Observed(name, instant, members, read_segment(known.document).subject if known else "person")


def flows(store: Store, names: Sequence[str], since: dt.datetime, until: dt.datetime, everyone: BitMap) -> Flows:
    """Where everyone was among some segments at two instants.

    Raises UnknownName, and InvalidRequest where the log of one of them begins after `since`.
    """
    _check_order(since, until)
    with store.begin() as connection:
        before, after = (
            {
                name: membership.members_at(connection, name, position_at(connection, name, instant))
                for name in dict.fromkeys(names)
            }
            for instant in (since, until)
        )
    return history.flows(before, after, everyone, since, until)


def dividing(store: Store, persons: BitMap, position: int, names: Sequence[str] | None) -> dict[str, BitMap]:
    """The members, as of a position in the log, of the segments named, or of all that divide some persons.

    Raises UnknownName, and InvalidRequest for a segment of accounts.
    """
    known = defined(store)
    check_of_persons(names or (), known)
    wanted = [named(each, known).name for each in (of_persons(known) if names is None else names)]
    with store.begin() as connection:
        found = {name: membership.members_at(connection, name, position) for name in wanted}
    if names is not None:
        return found
    return {name: members for name, members in found.items() if 0 < len(members & persons) < len(persons)}


def check_name(connection: sa.Connection, name: str) -> None:
    """Raise UnknownName, with the nearest names, for a segment that never was in force."""
    if definitions.latest(connection, KIND, name) is None:
        names = [each.name for each in definitions.all_latest(connection, KIND)]
        raise UnknownName(_NO_SEGMENT.with_(name=name), remedy=suggestion(name, names))


def position_at(connection: sa.Connection, name: str, instant: dt.datetime) -> int:
    """Where the log of a segment stood at an instant."""
    found = membership.position_as_of(connection, name, instant)
    if found:
        return found
    check_name(connection, name)
    first = membership.first_at(connection, name)
    if first is None:
        raise InvalidRequest(_NO_LOG.with_(name=name), remedy=_REFRESH)
    raise InvalidRequest(_LATER.with_(name=name, at=first), remedy=_PAST.with_(name=name, instant=instant.isoformat()))


def _check_order(since: dt.datetime, until: dt.datetime) -> None:
    if until < since:
        raise InvalidRequest(_BACKWARDS.with_(since=since, until=until))


_NO_SEGMENT = Text(en="there is no segment “{name}”", fr="il n'y a pas de segment « {name} »")
_NO_LOG = Text(en="the segment “{name}” has never been evaluated", fr="le segment « {name} » n'a jamais été évalué")
_REFRESH = Text(en="run `quartier segment refresh`", fr="lancez `quartier segment refresh`")
_LATER = Text(
    en="the members of “{name}” are known since {at} only",
    fr="les membres de « {name} » ne sont connus que depuis le {at}",
)
_PAST = Text(
    en="to know who would have been a member, evaluate it as of then: `quartier --at {instant} segment members {name}`",
    fr="pour savoir qui en aurait été membre, évaluez-le à cette date : "
    "`quartier --at {instant} segment members {name}`",
)
_BACKWARDS = Text(en="{until} comes before {since}", fr="{until} vient avant {since}")
