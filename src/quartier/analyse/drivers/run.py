"""Drivers at work: reads the traits of persons and who has the outcome."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import ibis
import numpy as np
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse.drivers.asking import Outcome
from quartier.analyse.drivers.finding import Drivers, drivers_of
from quartier.analyse.learning.clues import Clue, Flags, clue_of, narrowed
from quartier.analyse.learning.usable import LeftOut, Reason, usable
from quartier.analyse.learning.valued import having
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.propensity.behaviour import APART
from quartier.analyse.propensity.definition import Propensity
from quartier.analyse.propensity.samples import belonged, chosen, sample
from quartier.analyse.purchases import PERSON
from quartier.catalog import Catalog, Trait
from quartier.config import Config
from quartier.engine import OCCURRED_AT, TRAIT, DuckDBEngine, change_columns, change_schema, change_table
from quartier.errors import NoAnswer
from quartier.language import Text


def drivers(
    engine: DuckDBEngine, catalog: Catalog, config: Config, outcome: Outcome, at: dt.datetime, *,
    members: BitMap | None = None, defined_by: Collection[str] = (), traits: Sequence[str] = (), seed: int = 0,
) -> Drivers:  # fmt: skip
    """What goes with an outcome.

    The outcome is a value of a trait, or membership of a segment: then its `members` are given, and the traits that it
    is `defined_by`, which explain nothing. Only `traits` are read, sensitive ones among them; all ordinary ones unless
    given.

    Raises UnknownName for a trait that there is not, NoAnswer where there is nothing to learn.
    """
    reading = Reading(engine, catalog, config, at)
    read, left = _read(reading, outcome, defined_by, traits)
    names = [each.name for each in read]
    table = reading.persons([*names, *([outcome.trait] if outcome.trait else [])])
    if not table.num_rows:
        raise NoAnswer(_NOBODY, remedy=_IMPORT)
    keys = np.asarray(table[PERSON].to_numpy(), dtype=np.int64)
    happened, known = _outcome(reading, table, keys, outcome, members)
    clues: list[Clue] = narrowed([clue_of(each, table[each.name], at) for each in read], known)
    later = _seen_later(reading, read, outcome) if outcome.trait else {}
    found = drivers_of(clues, happened[known], seed, later=later)
    return found.with_left_out(left)


def drivers_later(reading: Reading, outcome: Outcome, *, traits: Sequence[str] = (), seed: int = 0) -> Drivers:
    """What was known at a cut, `days` before the reading, and goes with what came after it.

    Traits are read as of the cut, events up to it, as propensities do; who could not have the outcome is left out.

    Raises UnknownName for a trait, event or segment that there is not, NoAnswer where there is nothing to learn.
    """
    days = outcome.days or 0
    document = _document(outcome, days, traits)
    cut = reading.as_of - dt.timedelta(days=days)
    read, left = chosen(reading, document, cut)
    found = belonged(reading, document, (cut, reading.as_of))
    then = sample(reading, document, read, cut, until=reading.as_of, members=found.members if found else {})
    if then.outcome is None or not len(then.keys):
        raise NoAnswer(_NO_PAST.with_(cut=cut.date()), remedy=_SHORTER)
    # Windows of one event overlap so far that the effect of one, with the others held, would say nothing.
    traits_read = {each.name for each in read}
    deeds = {
        each.name for each in then.clues if each.name not in traits_read and any(part in each.name for part in APART)
    }
    clues = [each for each in then.clues if each.name in traits_read | deeds]
    told = drivers_of(clues, then.outcome, seed, before=deeds)
    return replace(told.with_left_out(left), cut=cut, until=reading.as_of)


def _document(outcome: Outcome, days: int, traits: Sequence[str]) -> Propensity:
    """The same outcome as propensities are asked for it."""
    if outcome.segment:
        return Propensity(outcome="segment", segment=outcome.segment, days=days, traits=tuple(traits))
    way: Literal["event", "silence"] = "silence" if outcome.is_silence else "event"
    return Propensity(outcome=way, event=outcome.event, days=days, traits=tuple(traits))


def _read(
    reading: Reading, outcome: Outcome, defined_by: Collection[str], asked: Sequence[str]
) -> tuple[list[Trait], list[LeftOut]]:
    names = [reading.trait(each).name for each in asked]
    if outcome.trait:
        reading.trait(outcome.trait)
    kept, left = usable([each for each in reading.catalog.traits if not names or each.name in names], names)
    own = {outcome.trait, *defined_by}
    left += [LeftOut(each.name, each.label, Reason.OUTCOME.value) for each in kept if each.name in own]
    kept = [each for each in kept if each.name not in own]
    foretold = [each for each in kept if each.origin == "predicted" and each.name not in names]
    left += [LeftOut(each.name, each.label, Reason.COMPUTED.value) for each in foretold]
    return [each for each in kept if each not in foretold], left


def _outcome(
    reading: Reading, table: pa.Table, keys: np.ndarray, outcome: Outcome, members: BitMap | None
) -> tuple[Flags, Flags]:
    """Who has the outcome, and of whom that is known."""
    if not outcome.trait:
        return np.isin(keys, np.array(members or BitMap(), dtype=np.int64)), np.ones(len(keys), dtype=bool)
    return having(reading.trait(outcome.trait), table[outcome.trait].to_pylist(), outcome.value)


def _seen_later(reading: Reading, traits: Sequence[Trait], outcome: Outcome) -> Mapping[str, float]:
    """By trait, of those whose outcome was seen to come, the share whose first value was seen strictly later."""
    own = reading.trait(outcome.trait)
    table = change_table("person")
    if own.origin != "given" or reading.engine.schema(table) is None:
        return {}
    came = _first_values(reading, own, outcome.value)
    if not came:
        return {}
    found = {}
    for trait in traits:
        first = _first_values(reading, trait, None) if trait.origin == "given" else {}
        if first:
            found[trait.name] = sum(first.get(key, at) > at for key, at in came.items()) / len(came)
    return found


def _first_values(reading: Reading, trait: Trait, value: str | None) -> dict[int, dt.datetime]:
    """For whom a trait was first empty and then took a value (or took this one), and when that was seen."""
    before, after = change_columns(trait.type)
    columns = {name: change_schema("person")[name] for name in (PERSON, OCCURRED_AT, TRAIT, before, after)}
    changes = ibis.table(columns, name=change_table("person")).filter(lambda r: r[TRAIT] == trait.name)
    if value is None:
        taken = changes.filter(lambda r: r[before].isnull() & r[after].notnull())
    else:
        ways = (value, f"{value}.0")  # whole numbers are written without the point that the engine gives them
        taken = changes.filter(lambda r: r[after].cast("string").isin(ways))
    rows = reading.fetch(taken.group_by(PERSON).agg(at=lambda r: r[OCCURRED_AT].min()))
    return dict(zip(rows[PERSON].to_pylist(), rows["at"].to_pylist(), strict=True))


_NOBODY = Text(en="there is nobody to learn from", fr="il n'y a personne de qui apprendre")
_IMPORT = Text(en="bring in persons with their traits", fr="importez des personnes avec leurs traits")
_NO_PAST = Text(
    en="nobody could have had the outcome after {cut}",
    fr="personne ne pouvait avoir le résultat après le {cut}",
)
_SHORTER = Text(
    en="ask for fewer days, or bring in older events",
    fr="demandez moins de jours, ou importez des événements plus anciens",
)
