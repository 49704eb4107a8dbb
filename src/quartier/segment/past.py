"""A segment's past on request: who would have been a member at instants before now, by the times of events.

Nothing here is what was observed: events have their times, but traits are as they are today, and the answer says which
conditions read them. A query asked before at another instant, with the same values, is not asked again; leaves that add
rows up read these rows once for all instants.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import singledispatch

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Catalog, Label
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.segment.clauses import Reader, capital
from quartier.segment.conditions import (
    BoundSegment,
    CampaignLeaf,
    ChangedLeaf,
    ComparedLeaf,
    EarlierLeaf,
    EventLeaf,
    Everyone,
    HistoryLeaf,
    Leaf,
    RankLeaf,
    SequenceLeaf,
    leaves,
)
from quartier.segment.definition import KIND
from quartier.segment.evaluate import World
from quartier.segment.history import SizeHistory, reconstructed
from quartier.segment.memory import Forgetful, Memory
from quartier.segment.moments import Moment
from quartier.segment.remembering import StoreMemory
from quartier.segment.run import bound, defined
from quartier.segment.sentence import clause
from quartier.segment.shared import BATCH, Together, leaves_together, rows_query, sets_of_each
from quartier.segment.windows import Duration
from quartier.store import Store, definitions, pasts

MOST_INSTANTS = 5000
"""How many instants may be asked for at once: every hour for half a year."""

NUMBERS_AT_ONCE = 32_000_000
"""How many running figures (persons times instants) are held at once: a quarter of a gigabyte at most."""


def instants(now: dt.datetime, step: str, length: str, config: Config) -> list[dt.datetime]:
    """Now and the instants before it, a step such as `1 week` apart, back to `2 years` ago; oldest first.

    Steps are counted back from now, so that months of different lengths do not add up to a drift.

    Raises InvalidRequest for what is no duration, and for more instants than anybody can look at.
    """
    each = _duration(step)
    first = _duration(length).before(now, config.zone)
    found = [now]
    while (instant := Duration(each.count * len(found), each.unit).before(now, config.zone)) >= first:
        found.append(instant)
        if len(found) > MOST_INSTANTS:
            raise InvalidRequest(_TOO_MANY.with_(n=MOST_INSTANTS), remedy=_LONGER_STEP)
    return found[::-1]


def members_at_each(
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    segment: BoundSegment,
    moments: Sequence[dt.datetime],
    *,
    memory: Memory | None = None,
) -> dict[dt.datetime, BitMap]:
    """The members that a segment would have had at some instants, in the order given."""
    answers: dict[str, BitMap] = {}
    worlds = [
        _PastWorld(engine, catalog, Moment(each, config.zone), memory=memory or Forgetful(), answers=answers)
        for each in moments
    ]
    _learn(worlds, segment)
    found = {}
    for world in worlds:
        found[world.moment.now] = world.members(segment)
        world.known.clear()  # what one instant knows is of no use to the next
    return found


def past(
    store: Store,
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    name: str,
    moments: Sequence[dt.datetime],
    *,
    keep_at: dt.datetime | None = None,
) -> SizeHistory:
    """The sizes that a segment in force would have had at some instants, evaluated now.

    Nothing is stored unless `keep_at` is given, the instant of the computation; then the members are kept as a
    reconstructed past, apart from the log. Raises UnknownName with the nearest names.
    """
    segment = bound(name, catalog, defined(store))
    found = members_at_each(engine, catalog, config, segment, moments, memory=StoreMemory(store))
    if keep_at is not None:
        with store.begin() as connection:
            pasts.keep(connection, name, _version(connection, name), found, at=keep_at)
    return reconstructed(name, found, as_today(segment, config.currency))


def kept(store: Store, catalog: Catalog, config: Config, name: str) -> SizeHistory | None:
    """The past that is kept of a segment's version in force, None where there is none."""
    with store.begin() as connection:
        found = pasts.kept(connection, name, _version(connection, name))
    if not found:
        return None
    return reconstructed(name, found, as_today(bound(name, catalog, defined(store)), config.currency))


def as_today(segment: BoundSegment, currency: str) -> tuple[Label, ...]:
    """The conditions that read what has no times, in words; they hold as of today at every instant of the past."""
    untimed = dict.fromkeys(leaf for leaf in leaves(segment.condition) if not has_times(leaf))
    return tuple(
        Label(
            en=capital(clause(leaf, Reader("en", currency)).one), fr=capital(clause(leaf, Reader("fr", currency)).one)
        )
        for leaf in untimed
    )


@singledispatch
def has_times(_leaf: Leaf) -> bool:
    """Whether what a leaf reads bears times, so that it can be evaluated as of the past."""
    return False


@has_times.register(EventLeaf)
@has_times.register(SequenceLeaf)
@has_times.register(HistoryLeaf)
@has_times.register(CampaignLeaf)
@has_times.register(ChangedLeaf)
@has_times.register(EarlierLeaf)
@has_times.register(Everyone)
def _(_leaf: Leaf) -> bool:
    return True


@has_times.register
def _(leaf: RankLeaf) -> bool:
    return has_times(leaf.ranked)


@has_times.register
def _(leaf: ComparedLeaf) -> bool:
    return has_times(leaf.left) and has_times(leaf.right)


@dataclass
class _PastWorld(World):
    """A world at one of several moments; they share the answers of the engine."""

    answers: dict[str, BitMap] = field(default_factory=dict)

    def keys(self, query: Query) -> BitMap:
        """The keys that a query gives: asked once with the same values, at whatever moment."""
        asked = f"{query.sql}\n{sorted(query.parameters.items())!r}"
        if asked not in self.answers:
            self.answers[asked] = super().keys(query)
        return self.answers[asked]


@dataclass(frozen=True)
class _LeafAsOf(EventLeaf):
    """An event leaf at one of several moments."""

    place: int = field(kw_only=True)

    @classmethod
    def of(cls, leaf: EventLeaf, place: int) -> "_LeafAsOf":
        return cls(**{each.name: getattr(leaf, each.name) for each in fields(leaf)}, place=place)


@dataclass(frozen=True)
class _Scan:
    """Rows to be read once, and the moment of one of the worlds that read them."""

    query: Query
    together: Together
    moment: Moment


def _learn(worlds: Sequence[_PastWorld], segment: BoundSegment) -> None:
    """Compute the leaves that add rows up for many worlds at a time: one scan of the rows that they count."""
    everyone = worlds[0].everyone if worlds else BitMap()
    persons = everyone.max() + 1 if everyone else 0
    wanted = tuple(dict.fromkeys(leaves(segment.condition)))
    at_once = max(1, NUMBERS_AT_ONCE // max(1, persons))
    for start in range(0, len(worlds), at_once):
        some = worlds[start : start + at_once]
        for scan in _scans(some, wanted):
            batches = worlds[0].engine.batches(scan.query, BATCH)
            for leaf, found, is_complement in sets_of_each(scan.together, batches, persons, scan.moment):
                assert isinstance(leaf, _LeafAsOf)  # as `_scans` made them
                some[leaf.place].known[_plain(leaf)] = everyone - found if is_complement else found


def _scans(worlds: Sequence[_PastWorld], wanted: Sequence[Leaf]) -> Iterator[_Scan]:
    """The leaves over the same rows, at all moments at which these rows are chosen by the same values."""
    same: dict[str, list[tuple[int, Together]]] = {}
    for place, world in enumerate(worlds):
        for together in leaves_together(wanted, world.moment):
            same.setdefault(_rows(together, world), []).append((place, together))
    for each in same.values():
        marked = tuple(_LeafAsOf.of(leaf, place) for place, own in each for leaf in own.leaves)
        edges = tuple(edge for _, own in each for edge in own.edges)
        together = Together(marked, edges, each[0][1].wheres)
        world = worlds[each[0][0]]
        yield _Scan(rows_query(together, world.moment, world.asking.dialect), together, world.moment)


def _rows(together: Together, world: _PastWorld) -> str:
    """What chooses the rows, the window set apart; a test such as `within: 30 days` has other values at each moment."""
    query = rows_query(together, world.moment, world.asking.dialect)
    chosen = sorted((name, value) for name, value in query.parameters.items() if name not in ("after", "until"))
    return repr((together.first.events, query.sql, together.first.measure, chosen))


def _plain(leaf: _LeafAsOf) -> EventLeaf:
    given = {name: getattr(leaf, name) for name in EventLeaf.__dataclass_fields__}
    return EventLeaf(**given)


def _duration(written: str) -> Duration:
    try:
        return Duration.parse(written)
    except ValueError as error:
        raise InvalidRequest(_NO_DURATION.with_(written=written), remedy=_WRITE_DURATIONS) from error


def _version(connection: sa.Connection, name: str) -> int:
    stored = definitions.latest(connection, KIND, name)
    return stored.version if stored else 0


_NO_DURATION = Text(en="“{written}” is not a duration", fr="« {written} » n'est pas une durée")
_WRITE_DURATIONS = Text(
    en="write it as `90 days`, `6 months` or `2 years`",
    fr="écrivez-la sous la forme `90 days`, `6 months` ou `2 years`",
)
_TOO_MANY = Text(en="this asks for more than {n} instants", fr="ceci demande plus de {n} instants")
_LONGER_STEP = Text(en="take a longer step or a shorter time", fr="prenez un pas plus long ou une durée plus courte")
