"""Journeys at work: reads the engine's tables and stores nothing. The only file with I/O here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse.cohorts import Cohorts
from quartier.analyse.journeys import funnel, paths, patterns
from quartier.analyse.journeys.coded import AT, CODE, ID, coded, deeds, of_known
from quartier.analyse.journeys.definition import Funnel, Paths, Retention, Sequences, length
from quartier.analyse.journeys.funnel import Flags, FunnelFound, Value
from quartier.analyse.journeys.paths import PathsFound
from quartier.analyse.journeys.retention import retained, retention_expression
from quartier.analyse.plain import Plain
from quartier.analyse.purchases import PERSON, instants
from quartier.analyse.reading import dicts, first, naming, stored
from quartier.catalog import Catalog, EventType, Sensitivity, Trait, ValueType
from quartier.config import Config
from quartier.engine import DuckDBEngine, naive_utc, subject_table, to_sql
from quartier.engine.compiler import Scalar
from quartier.errors import NONE_YET, InvalidRequest, UnknownName, suggestion
from quartier.language import Text

MOST_VALUES = 6
"""Values of a trait that are compared on their own; the others are one group."""
MOST_PERSONS, MOST_EVENTS, SEED = 50_000, 1_500_000, 20_261
"""Common sequences are looked for among so many persons drawn at random, with so many events together."""
MOST_KINDS = 25
USUAL = ("Product List Viewed", "Product Viewed", "Product Added", "Checkout Started", "Order Completed")
"""A shop's way to a purchase, as events are called by convention."""
_DRAWN = "journeys_drawn"
_COMPARED = (ValueType.TEXT, ValueType.BOOLEAN, ValueType.INTEGER)


@dataclass(frozen=True)
class SequenceFound(Plain):
    """A sequence that many have in common: its events, and the persons of those looked at who have it."""

    events: tuple[str, ...]
    persons: int
    share: float


@dataclass(frozen=True)
class SequencesFound(Plain):
    """The common sequences, the commonest first; `is_whole` says whether all were looked for."""

    sequences: tuple[SequenceFound, ...]
    looked_at: int
    """persons, drawn at random where there are more"""
    persons: int
    """with an event in the time asked for"""
    is_whole: bool
    left_out: tuple[str, ...]
    """types of events too rare to be among those looked at"""


@dataclass(frozen=True)
class Journeys:
    """What every question reads: the tables at an instant."""

    engine: DuckDBEngine
    catalog: Catalog
    config: Config
    at: dt.datetime

    def event(self, name: str) -> EventType:
        """The event of that name, of which there is a table. Raises UnknownName with the nearest names."""
        found = stored(self.engine, self.catalog)
        if (event := found.event(name)) is None:
            known = [each.name for each in found.events]
            raise UnknownName(_NO_EVENT.with_(name=name), remedy=suggestion(name, known) or NONE_YET)
        return event

    def since(self, during: str | None) -> dt.datetime | None:
        """The instant after which events count."""
        return self.at - length(during) if during else None

    def given(self, during: str | None, within: str | None = None, **others: Scalar) -> dict[str, Scalar]:
        """The parameters of a question."""
        minutes = {"minutes": round(length(within) / dt.timedelta(minutes=1))} if within else {}
        return instants(self.at, self.since(during)) | minutes | others

    def fetch(self, expression: Any, given: Mapping[str, Scalar]) -> pa.Table:
        """The rows of an expression."""
        return self.engine.fetch(naming(to_sql(expression), given))


def run_funnel(world: Journeys, asked: Funnel, segments: Mapping[str, BitMap] | None = None) -> FunnelFound:
    """How many came to each step, of all and of each group; `segments` are the members of those that are named.

    Raises UnknownName for an event or a trait that is not there, InvalidRequest for a trait that has no few values.
    """
    steps = [world.event(each) for each in asked.steps]
    trait = _compared(world, asked.by) if asked.by else None
    expression = funnel.reached_expression(
        stored(world.engine, world.catalog), steps,
        is_windowed=asked.during is not None, is_timed=asked.within is not None,
    )  # fmt: skip
    reached = world.fetch(expression, world.given(asked.during, asked.within))
    names = tuple(each.name for each in steps)
    counts, times = funnel.funnel_of(reached, names, np.datetime64(naive_utc(world.at), "us"))
    keys = reached[PERSON].to_numpy()
    there = [~np.isnat(each) for each in funnel.instants_of(reached, len(names))]
    if trait is not None:
        shown, rest = _by_value(world, trait, keys)
        others = funnel.grouped(names, there, {None: rest})[0] if rest.any() else None
        return FunnelFound(counts, times, funnel.grouped(names, there, shown), others)
    inside: dict[Value, Flags] = {name: _is_in(keys, members) for name, members in (segments or {}).items()}
    return FunnelFound(counts, times, funnel.grouped(names, there, inside), None)


def run_paths(world: Journeys, asked: Paths) -> PathsFound:
    """What persons did right after (or before) the first time of an event. Raises UnknownName for the event."""
    catalog = stored(world.engine, world.catalog)
    anchor, is_after = world.event(asked.event), asked.side == "after"
    events = seen(catalog, anchor)
    anchors = paths.anchors_expression(catalog, anchor, is_windowed=asked.during is not None)
    given = world.given(asked.during, asked.within, whole_until=naive_utc(world.at - length(asked.within)))
    expression = paths.paths_expression(
        anchors, events, events.index(anchor), is_after=is_after, places=asked.places
    )  # fmt: skip
    ways = dicts(world.fetch(expression, given))
    open_ = first(dicts(world.fetch(paths.open_expression(anchors), given))).get("open") if is_after else 0
    root = paths.tree(ways, [each.name for each in events], anchor.name, places=asked.places, width=asked.width)
    return PathsFound(root, asked.side, int(open_ or 0))


def seen(catalog: Catalog, *always: EventType) -> list[EventType]:
    """The types of events that paths follow: what persons do themselves, and those that were asked for."""
    found = deeds(catalog.events)
    return [*found, *(each for each in always if each not in found)]


def run_retention(world: Journeys, asked: Retention) -> Cohorts:
    """Cohorts by the month of the first `start`, and who did `back` in each month after. Raises UnknownName."""
    start, back = world.event(asked.start), world.event(asked.back)
    zone = world.config.time_zone
    rows = dicts(
        world.fetch(retention_expression(stored(world.engine, world.catalog), start, back, zone), instants(world.at))
    )
    return retained(rows, world.at, world.at.astimezone(world.config.zone).date().replace(day=1))


def run_sequences(world: Journeys, asked: Sequences) -> SequencesFound:
    """The ordered events that many persons have in common. Raises UnknownName for the event they are to end with."""
    ending = world.event(asked.ending) if asked.ending else None
    catalog = stored(world.engine, world.catalog)
    events = seen(catalog, *([ending] if ending else []))
    if not events or world.engine.schema("person") is None:
        return SequencesFound((), 0, 0, True, ())
    persons, kept, left_out = _measured(world, asked, catalog, events, ending)
    rows = _drawn(world, asked, catalog, kept, persons)
    fewest = max(2, int(np.ceil(asked.support * rows.persons)))
    found, is_whole = patterns.common(rows, len(kept), fewest=fewest, longest=asked.longest)
    wanted = [each for each in found if ending is None or kept[each.codes[-1]] == ending]
    told = tuple(
        SequenceFound(tuple(kept[code].name for code in each.codes), each.persons, each.persons / rows.persons)
        for each in patterns.closed(wanted)
    )
    return SequencesFound(told, rows.persons, len(persons), is_whole, tuple(each.name for each in left_out))


def usual_steps(catalog: Catalog, engine: DuckDBEngine) -> tuple[str, ...]:
    """The events that usually lead to a purchase, of those that are there, in their order; one at least of two."""
    there = {each.name.casefold(): each.name for each in stored(engine, catalog).events}
    known = [there[each.casefold()] for each in USUAL if each.casefold() in there]
    return tuple(known) if len(known) >= 2 else tuple(there.values())[:2]


def _compared(world: Journeys, name: str) -> Trait:
    catalog = stored(world.engine, world.catalog)
    trait = catalog.trait(name)
    if trait is None:
        names = [each.name for each in catalog.traits if each.of == "person"]
        raise UnknownName(_NO_TRAIT.with_(name=name), remedy=suggestion(name, names) or NONE_YET)
    if trait.type not in _COMPARED:
        raise InvalidRequest(_NOT_COMPARED.with_(name=name))
    if trait.sensitivity is not Sensitivity.ORDINARY:
        raise InvalidRequest(_NOT_ORDINARY.with_(name=name), remedy=_BY_SEGMENTS)
    return trait


def _by_value(world: Journeys, trait: Trait, keys: npt.NDArray[np.int32]) -> tuple[dict[Value, Flags], Flags]:
    """The commonest values among some persons with who has each, and who has another one or none."""
    table = subject_table(world.catalog).select(PERSON, value=lambda rows: rows[trait.name])
    rows = world.fetch(table.filter(table["value"].notnull()), {})
    order = np.argsort(rows[PERSON].to_numpy())
    known, values = rows[PERSON].to_numpy()[order], rows["value"].dictionary_encode().combine_chunks()
    codes = values.indices.to_numpy(zero_copy_only=False)[order]
    places = np.minimum(np.searchsorted(known, keys), max(0, len(known) - 1))
    has = known[places] == keys if len(known) else np.zeros(len(keys), bool)
    own = np.where(has, codes[places] if len(known) else -1, -1)
    sizes = np.bincount(own[own >= 0], minlength=len(values.dictionary))
    best = [int(each) for each in np.argsort(-sizes, kind="stable")[:MOST_VALUES] if sizes[each]]
    shown = {values.dictionary[each].as_py(): own == each for each in best}
    return shown, ~np.isin(own, best)


def _is_in(keys: npt.NDArray[np.int32], members: BitMap) -> Flags:
    return np.isin(keys, np.frombuffer(members.to_array(), dtype=np.uint32).astype(np.int64))


def _measured(
    world: Journeys, asked: Sequences, catalog: Catalog, events: list[EventType], ending: EventType | None
) -> tuple[npt.NDArray[np.int32], list[EventType], list[EventType]]:
    """The persons among whom to look, and the types that happen most: so many that the work is bounded."""
    rows = of_known(coded(events, is_windowed=asked.during is not None), catalog)
    by_kind = dicts(world.fetch(rows.group_by(CODE).agg(events=rows.count()), world.given(asked.during)))
    counts = {int(row[CODE]): int(row["events"]) for row in by_kind}
    ranked = sorted(counts, key=lambda code: (events[code] != ending, -counts[code], code))
    kept = [events[code] for code in ranked[:MOST_KINDS]]
    left_out = [events[code] for code in ranked[MOST_KINDS:]]
    persons = world.fetch(rows.select(PERSON).distinct(), world.given(asked.during))[PERSON].to_numpy()
    return np.sort(persons), kept, left_out


def _drawn(
    world: Journeys, asked: Sequences, catalog: Catalog, events: list[EventType], persons: npt.NDArray[np.int32]
) -> patterns.Coded:
    """The events of the persons who are looked at: everybody, or a draw that is the same each time."""
    if not len(persons):
        return patterns.Coded.of(np.empty(0, np.int32), np.empty(0, np.int16))
    all_rows = of_known(coded(events, is_windowed=asked.during is not None), catalog)
    ((total,),) = world.engine.rows(naming(to_sql(all_rows.count()), world.given(asked.during)))
    most = min(MOST_PERSONS, max(1, int(MOST_EVENTS * len(persons) / max(1, int(str(total))))))
    some = persons if len(persons) <= most else np.random.default_rng(SEED).choice(persons, most, replace=False)
    with world.engine.view(pa.table({PERSON: pa.array(some, pa.int32())}), _DRAWN):
        rows = all_rows.semi_join(ibis.table({PERSON: "int32"}, name=_DRAWN), PERSON)
        table = world.fetch(rows.order_by([PERSON, AT, ID]).select(PERSON, CODE), world.given(asked.during))
    return patterns.Coded.of(table[PERSON].to_numpy(), table[CODE].to_numpy())


_NO_EVENT = Text(en="no event is called “{name}”", fr="aucun événement ne s'appelle « {name} »")
_NO_TRAIT = Text(en="no trait is called “{name}”", fr="aucun trait ne s'appelle « {name} »")
_NOT_ORDINARY = Text(
    en="“{name}” is about persons too closely for its values to be shown",
    fr="« {name} » touche de trop près aux personnes pour que ses valeurs soient montrées",
)
_BY_SEGMENTS = Text(en="compare segments instead", fr="comparez plutôt des segments")
_NOT_COMPARED = Text(
    en="“{name}” holds no values that name groups: compare by a text, a yes or no, or a whole number",
    fr="« {name} » n'a pas de valeurs qui nomment des groupes : comparez selon un texte, un oui ou non, un entier",
)
