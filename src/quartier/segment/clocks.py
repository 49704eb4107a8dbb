"""The clocks of a world: for each time zone that persons live in, the same tables at the same instant in that zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis
import ibis.expr.datatypes as dtypes
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Trait
from quartier.catalog.time_zones import time_zone
from quartier.engine import KEY, Dialect, Query, kept_sql, to_sql
from quartier.engine.keys import key_set
from quartier.segment.holding import holding
from quartier.segment.moments import Moment
from quartier.segment.own_time import OwnTime

if TYPE_CHECKING:
    from quartier.segment.evaluate import World

_KEY = KEY["person"]


@dataclass(frozen=True)
class Clock:
    """A world whose calendar is that of some persons.

    Attributes:
        world: the tables at the instant, in the zone of these persons.
        persons: who they are; None for all whose own zone is not known, who go by the workspace's.
    """

    world: "World"
    persons: BitMap | None

    def moment(self, other: Moment) -> Moment:
        """Another moment on this clock."""
        return other if self.persons is None else Moment(other.now, self.world.moment.zone)


def clocks(world: "World", zone: Trait) -> "list[Clock]":
    """A clock for each zone that a trait names, then the workspace's; a world remembers them."""
    if zone.name not in world.clocks:
        rows = world.engine.fetch(Query(_zones_sql(zone.name, world.asking.dialect)))
        world.clocks[zone.name] = [*_own_clocks(world, rows), Clock(world, None)]
    return world.clocks[zone.name]


def clock_of(world: "World", zone: Trait, person_key: int) -> Clock:
    """The clock that a person goes by."""
    return next(each for each in clocks(world, zone) if each.persons is None or person_key in each.persons)


def _own_clocks(world: "World", rows: pa.Table) -> Iterator[Clock]:
    keys = rows[_KEY].to_numpy()
    named = rows["zone"].combine_chunks().dictionary_encode()
    places = named.indices.to_numpy(zero_copy_only=False)
    for place, name in enumerate(named.dictionary.to_pylist()):
        if zone := time_zone(name):
            yield Clock(world.at(Moment(world.moment.now, zone)), key_set(keys[places == place]))


@holding.register(OwnTime)
def _(node: OwnTime, world: "World") -> BitMap:
    found, known = BitMap(), BitMap()
    for clock in clocks(world, node.zone):  # those whose zone is known come first
        persons = clock.persons if clock.persons is not None else world.everyone - known
        found |= clock.world.holding(node.part) & persons
        known |= persons
    return found


@kept_sql
def _zones_sql(trait: str, dialect: Dialect) -> str:
    persons = ibis.table({_KEY: dtypes.int32, trait: dtypes.string}, name="person")
    known = persons.filter(lambda rows: rows[trait].notnull())
    return to_sql(known.select(_KEY, zone=known[trait]), dialect)
