"""A segment as its pages see it: as it stood when it was last evaluated, read once for a request."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from quartier.catalog import Catalog, Label, Subject
from quartier.errors import InvalidDefinition
from quartier.segment import run as segments
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import Segment, read_segment
from quartier.segment.evaluate import World
from quartier.segment.of_person import is_sensitive, label_of
from quartier.segment.versions import Version
from quartier.store import membership, refreshes
from quartier.workspace import Workspace


@dataclass(frozen=True)
class Seen:
    """A segment at its last evaluation.

    Attributes:
        name: its name.
        label: its label, its name where it has none.
        definition: as it is in force, or as it was when it was retired.
        version: the last one.
        known: every segment in force.
        catalog: that of now.
        at: the instant of the last evaluation; None before the first.
        members: who was in it then.
        bound: its conditions; None where they cannot be read with the catalog of now.
        refusal: why they cannot.
        tells_sensitive: whether to be a member tells a sensitive value.
    """

    name: str
    label: Label
    definition: Segment
    version: Version
    known: Mapping[str, Segment]
    catalog: Catalog
    at: dt.datetime | None
    members: BitMap
    bound: BoundSegment | None
    refusal: InvalidDefinition | None
    tells_sensitive: bool

    @property
    def of(self) -> Subject:
        """Of whom it is."""
        return self.definition.subject

    @property
    def is_in_force(self) -> bool:
        """Whether it was not retired."""
        return not self.version.is_retired


def see(ws: Workspace, name: str) -> Seen:
    """The segment of that name, in force or retired. Raises UnknownName with the nearest names."""
    version = ws.versions(name)[-1]
    definition, catalog, known = read_segment(version.document), ws.catalog, segments.defined(ws.store)
    with ws.store.begin() as connection:
        members, refreshed = membership.members_at(connection, name), refreshes.last(connection)
        first = membership.first_at(connection, name)
    bound, refusal = _bound(definition, catalog, known)
    return Seen(
        name=name,
        label=label_of(definition),
        definition=definition,
        version=version,
        known=known,
        catalog=catalog,
        at=None if first is None else max(version.at, refreshed.at if refreshed else version.at),
        members=members,
        bound=bound,
        refusal=refusal,
        tells_sensitive=name not in known or is_sensitive(name, catalog, known),
    )


def world_of(ws: Workspace) -> World:
    """The tables of a workspace at the present instant."""
    return segments.world(ws.engine, ws.catalog, ws.config, ws.clock.now(), ws.store)


def population_of(ws: Workspace, seen: Seen) -> BitMap:
    """Among whom a segment is drawn, at the present instant; everybody where its conditions cannot be read."""
    world = world_of(ws).about(seen.of)
    return world.holding(seen.bound.population) if seen.bound else world.everyone


def _bound(
    definition: Segment, catalog: Catalog, known: Mapping[str, Segment]
) -> tuple[BoundSegment | None, InvalidDefinition | None]:
    try:
        return bind(definition, catalog, {**known, definition.name: definition}), None
    except InvalidDefinition as error:
        return None, error
