"""Persons at a cut: what was known of them then, and what came after."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse.learning.clues import Clue, Flags, clue_of, narrowed
from quartier.analyse.learning.usable import LASTING, LeftOut, Reason, usable
from quartier.analyse.learning.valued import having, in_words
from quartier.analyse.modelling.conditions import Belonging
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.propensity.behaviour import MOST_EVENTS, behaviour, had, measures_of
from quartier.analyse.propensity.definition import Propensity
from quartier.analyse.purchases import PERSON
from quartier.catalog import EventType, Trait
from quartier.engine import (
    OCCURRED_AT,
    SEQ,
    TRAIT,
    change_columns,
    change_schema,
    change_table,
    known_schema,
    known_table,
    parameter,
)

Keys = npt.NDArray[np.int32]
Members = Mapping[dt.datetime, BitMap]
"""Of a segment, by cut."""


@dataclass(frozen=True, eq=False)
class Sample:
    """Persons in the order of their keys, their clues as of `at`, and whether it came (None: not yet known)."""

    at: dt.datetime
    keys: Keys
    clues: tuple[Clue, ...]
    outcome: Flags | None


def chosen(reading: Reading, document: Propensity, cut: dt.datetime | None) -> tuple[list[Trait], list[LeftOut]]:
    """The traits that are read, and those that are not, with the reason. Raises UnknownName for one that is asked."""
    asked = [reading.trait(each).name for each in document.traits]
    usable_, left = usable([each for each in reading.catalog.traits if not asked or each.name in asked], asked)
    has_past, kept = cut is None or _has_past(reading, cut), []
    for each in usable_:
        reason = None
        if each.name == document.trait:
            reason = Reason.OUTCOME
        elif each.origin != "given" and each.name not in asked:
            # What a model computed today has seen what came after a cut; what another foretold is no fact.
            reason = Reason.COMPUTED
        elif not has_past and each.meaning not in LASTING and each.name not in asked:
            reason = Reason.TODAY
        if reason is None:
            kept.append(each)
        else:
            left.append(LeftOut(each.name, each.label, reason.value))
    return kept, left


def _has_past(reading: Reading, cut: dt.datetime) -> bool:
    """Whether at a cut half of those who are known now were known, so that earlier values can be told."""
    return len(_known(replace(reading, as_of=cut))) * 2 >= reading.size


def _known(reading: Reading) -> Keys:
    """Who was known at the instant of a reading."""
    if reading.engine.schema(known_table("person")) is None:
        return np.array([], dtype=np.int32)
    known = ibis.table(known_schema("person"), name=known_table("person"))
    return _column(reading, known.filter(known[OCCURRED_AT] <= parameter("instant", "timestamp"))[[PERSON]])


def belonged(reading: Reading, document: Propensity, cuts: Sequence[dt.datetime]) -> Belonging | None:
    """Who was a member of the segment at some cuts; None where no membership is foretold."""
    if not document.is_of_segment or document.segment is None:
        return None
    return reading.asked.belonging(document.segment, cuts)


def sample(
    reading: Reading, document: Propensity, traits: Sequence[Trait], at: dt.datetime, *, until: dt.datetime | None,
    members: Members = MappingProxyType({}),
) -> Sample:  # fmt: skip
    """Who could have the outcome at a cut, and who had it up to `until`; without `until` it is still to come.

    Where membership of a segment is the outcome, its `members` are given for both.
    """
    then = replace(reading, as_of=at)
    keys, values = _persons_at(then, traits, reading.as_of)
    acts = {event.name: _column_table(then, event, keys) for event in _events(then)}
    clues = [*values, *(clue for each in acts.values() for clue in each)]
    seen = _seen(clues, [name for event in _events(then) for name in measures_of(event)])
    if document.is_of_segment:
        there = seen | np.isin(keys, _known(then))
        is_in, outcome = _moving(keys, there, members[at], members[until] if until else None, document)
    else:
        is_in, outcome = _whom(reading, document, acts, keys, seen, at, until)
    happened = None if outcome is None else outcome[is_in]
    return Sample(at, keys[is_in], tuple(narrowed(clues, is_in)), happened)


def standing(reading: Reading, document: Propensity, traits: Sequence[Trait]) -> tuple[Sample, Flags]:
    """Everybody as they are now, whether each has the value, and of whom the trait is known; for what has no time."""
    own = reading.trait(document.trait or "")
    keys, values = _persons_at(reading, traits, reading.as_of)
    acts = [clue for event in _events(reading) for clue in _column_table(reading, event, keys)]
    column = reading.persons([own.name])[own.name].to_pylist()
    has, known = having(own, column, document.value or "")
    return Sample(reading.as_of, keys, (*values, *acts), has), known


def _whom(
    reading: Reading, document: Propensity, acts: dict[str, list[Clue]], keys: Keys, seen: Flags, at: dt.datetime,
    until: dt.datetime | None,
) -> tuple[Flags, Flags | None]:  # fmt: skip
    """Of whom the outcome is foretold, and for whom it came."""
    if document.outcome == "change":
        return _changing(reading, document, keys, at, until)
    event = reading.event(document.event)
    own = {each.name: each.values for each in acts.get(event.name, [])}
    last = own.get(f"{event.table}__since_last")
    did = np.zeros(len(keys), dtype=bool) if last is None else ~np.isnan(last)
    came = None if until is None else np.isin(keys, _column(replace(reading, as_of=until), had(event), at))
    if document.outcome == "silence":
        is_active = did if last is None else did & (np.where(did, last, np.inf) <= document.days)
        return is_active, None if came is None else ~came
    who = {"everyone": seen, "did": did, "did_not": seen & ~did}[document.among]
    return who, came


def _changing(
    reading: Reading, document: Propensity, keys: Keys, at: dt.datetime, until: dt.datetime | None
) -> tuple[Flags, Flags | None]:
    """Those who have another value at the cut, and who of them has the value at `until`."""
    trait = reading.trait(document.trait or "")

    def has(then: dt.datetime) -> tuple[Flags, Flags]:
        held = _as_of(reading, trait, then)
        texts = [in_words(held.get(int(key))) for key in keys]
        return np.array([each is not None for each in texts]), np.array([each == document.value for each in texts])

    known, had_it = has(at)
    return known & ~had_it, None if until is None else has(until)[1]


def _moving(
    keys: Keys, there: Flags, before: BitMap, after: BitMap | None, document: Propensity
) -> tuple[Flags, Flags | None]:
    """Those of whom something was known and who are no members, and who is one later; or the other way round."""
    was = np.isin(keys, np.array(before, dtype=np.int64))
    is_leaving = document.outcome == "leaving"
    later = None if after is None else np.isin(keys, np.array(after, dtype=np.int64)) != is_leaving
    return was if is_leaving else there & ~was, later


def _persons_at(reading: Reading, traits: Sequence[Trait], now: dt.datetime) -> tuple[Keys, list[Clue]]:
    """All persons and their traits as of the reading; earlier values where changes were recorded since."""
    table = reading.persons([each.name for each in traits])
    keys = np.asarray(table[PERSON].to_numpy(), dtype=np.int32)
    clues = []
    for trait in traits:
        column = table[trait.name].combine_chunks()
        if reading.as_of < now:
            column = _earlier(reading, trait, keys, column)
        clues.append(clue_of(trait, column, reading.as_of))
    return keys, clues


def _earlier(reading: Reading, trait: Trait, keys: Keys, column: pa.Array) -> pa.Array:
    before = _changed_since(reading, trait, reading.as_of)
    if not before:
        return column
    is_other = np.isin(keys, np.fromiter(before, dtype=np.int32))
    held = pa.array([before[int(key)] for key in keys[is_other]], column.type)
    place = np.where(is_other, len(column) + np.cumsum(is_other) - 1, np.arange(len(column)))
    return pa.concat_arrays([column, held]).take(pa.array(place))


def _as_of(reading: Reading, trait: Trait, then: dt.datetime) -> dict[int, object]:
    """The value that each person had."""
    table = reading.persons([trait.name])
    now = dict(zip(table[PERSON].to_pylist(), table[trait.name].to_pylist(), strict=True))
    return now | _changed_since(reading, trait, then)


def _changed_since(reading: Reading, trait: Trait, then: dt.datetime) -> dict[int, object]:
    """The value that was held at an instant by each person whose value changed after it."""
    table = change_table("person")
    if trait.origin != "given" or reading.engine.schema(table) is None:
        return {}
    before, _ = change_columns(trait.type)
    columns = {name: change_schema("person")[name] for name in (PERSON, OCCURRED_AT, SEQ, TRAIT, before)}
    changes = ibis.table(columns, name=table).filter(
        lambda r: (r[TRAIT] == trait.name) & (r[OCCURRED_AT] > parameter("since", "timestamp"))
    )
    first = changes.group_by(PERSON).agg(held=lambda r: _first(r, before))
    rows = reading.fetch(first, then)
    return dict(zip(rows[PERSON].to_pylist(), rows["held"].to_pylist(), strict=True))


def _first(rows: ir.Table, before: str) -> ir.Value:
    """The value before the earliest change; by a list, because the first of some values leaves out what is empty."""
    return rows[before].collect(order_by=(rows[OCCURRED_AT], rows[SEQ]), include_null=True)[0]


def _events(reading: Reading) -> list[EventType]:
    return list(reading.catalog.events[:MOST_EVENTS])


def _column_table(reading: Reading, event: EventType, keys: Keys) -> list[Clue]:
    """The measures of one event type for all persons; counts and sums of who had none are 0, instants are not known."""
    rows = reading.fetch(behaviour(event))
    place = np.searchsorted(keys, rows[PERSON].to_numpy()) if len(keys) else np.array([], dtype=np.int64)
    there = (
        (place < len(keys)) & (keys[np.minimum(place, len(keys) - 1)] == rows[PERSON].to_numpy())
        if len(keys)
        else place > 0
    )
    found = []
    for name, label in measures_of(event).items():
        is_since = "__since_" in name
        values = np.full(len(keys), np.nan if is_since else 0.0)
        values[place[there]] = rows[name].cast(pa.float64()).to_numpy()[there]
        found.append(Clue(name, label, values, unit="days" if is_since else None, is_computed=True))
    return found


def _seen(clues: Sequence[Clue], names: Sequence[str]) -> Flags:
    """Who has done anything at all."""
    counts = [each.values > 0 for each in clues if each.name in names and each.name.endswith("__count")]
    n = len(clues[0].values) if clues else 0
    return np.logical_or.reduce(counts) if counts else np.zeros(n, dtype=bool)


def _column(reading: Reading, expression: ir.Table, since: dt.datetime | None = None) -> npt.NDArray[np.int32]:
    return np.asarray(reading.fetch(expression, since)[PERSON].to_numpy(), dtype=np.int32)
