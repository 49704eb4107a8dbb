"""In which segments one person is and was, and since when: read back from the log of what was observed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

import sqlalchemy as sa

from quartier.catalog import Catalog, Label
from quartier.errors import InvalidDefinition
from quartier.identify.profile import Belonging, Memberships
from quartier.segment.conditions import leaves
from quartier.segment.definition import Segment
from quartier.segment.reads import reads
from quartier.segment.run import bound, defined, of_persons
from quartier.store import Store, membership
from quartier.store.moves import Move, moves

ROWS_READ = 20_000
"""How many rows of the log are read back; a stay that began before has no known beginning."""


def memberships(
    store: Store, catalog: Catalog, key: int, *, at: dt.datetime, shows_all: bool, most: int = ROWS_READ
) -> Memberships:
    """The stays of a person in the segments in force, as they were observed up to an instant.

    Segments that read sensitive traits are counted and not told, unless all is shown.
    """
    known = defined(store)
    own = of_persons(known)
    with store.begin() as connection:
        found = moves(connection, key, until=at, most=most)
        stays = _stays(each for each in found.moves if each.segment in own)
        if not found.is_whole:
            seen = {segment for segment, _, _ in stays}
            older = [name for name in own if name not in seen and _was_in(connection, name, key, at)]
            stays += [(name, None, None) for name in older]
    told = {name for name, _, _ in stays}
    hidden = set() if shows_all else {name for name in told if is_sensitive(name, catalog, known)}
    shown = [Belonging(name, label_of(own[name]), since, until) for name, since, until in stays if name not in hidden]
    return Memberships(tuple(shown), len(hidden))


_Stay = tuple[str, dt.datetime | None, dt.datetime | None]


def _stays(found: Iterable[Move]) -> list[_Stay]:
    """Segment, beginning and end of each stay, the newest first; moves come the newest first, too."""
    ends: dict[str, dt.datetime | None] = {}
    stays: list[_Stay] = []
    for each in found:
        if not each.is_entry:
            ends[each.segment] = each.at
        else:
            stays.append((each.segment, each.at, ends.pop(each.segment, None)))
    stays += [(segment, None, end) for segment, end in ends.items()]  # the log was not read as far back as they began
    return stays


def _was_in(connection: sa.Connection, name: str, key: int, at: dt.datetime) -> bool:
    return key in membership.members_as_of(connection, name, at)


def is_sensitive(name: str, catalog: Catalog, known: Mapping[str, Segment]) -> bool:
    """Whether to be in a segment tells a sensitive value; one that cannot be read any more is taken to."""
    places = set(_sensitive_places(catalog))
    if not places:
        return False
    try:
        segment = bound(name, catalog, known)
    except InvalidDefinition:
        return True
    return any(not places.isdisjoint(reads(leaf, catalog)) for leaf in leaves(segment.condition))


def _sensitive_places(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """The tables and columns that hold sensitive values."""
    yield from ((each.of, each.name) for each in catalog.traits if each.sensitivity.is_masked)
    for event in catalog.events:
        for each in event.properties:
            if any(one.sensitivity.is_masked for one in (each, *each.properties)):
                yield event.table, each.name


def label_of(segment: Segment) -> Label:
    """The label of a segment, its name where it has none."""
    return segment.label or Label(fr=segment.name, en=segment.name)
