"""The facts of criteria at an instant: traits and conditions of everybody, events with what is left of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from quartier.analyse.modelling.reading import Reading
from quartier.analyse.purchases import PERSON, events_until
from quartier.analyse.score.definition import Criterion
from quartier.analyse.score.points import Facts
from quartier.engine import OCCURRED_AT, parameter

Keys = npt.NDArray[np.int32]
_SECONDS = 86_400.0


def facts_of(reading: Reading, criteria: Sequence[Criterion], keys: Keys, at: dt.datetime) -> list[Facts]:
    """The facts of each criterion for some persons, at an instant. Traits are as they are today.

    Raises UnknownName for a trait or an event that the data do not hold, InvalidDefinition for a condition.
    """
    then = replace(reading, as_of=at)
    asked = [each for each in criteria if each.event is None]
    for each in asked:
        if each.trait is not None:
            reading.trait(each.trait)
    held = dict(zip(map(id, asked), reading.holding(*(each.condition for each in asked), at=at), strict=True))
    return [_facts(then, each, held.get(id(each)), keys) for each in criteria]


def _facts(reading: Reading, criterion: Criterion, held: BitMap | None, keys: Keys) -> Facts:
    none = np.zeros(len(keys), bool)
    if held is None:
        return Facts(_done(reading, criterion, keys), none)
    has = np.isin(keys, np.frombuffer(held.to_array(), np.uint32).astype(np.int64))
    missing = _unknown(reading, criterion.trait, keys) if criterion.trait and "known" not in criterion.test else none
    return Facts(has.astype(np.float64), missing & ~has)


def _unknown(reading: Reading, trait: str, keys: Keys) -> npt.NDArray[np.bool_]:
    table = reading.persons([trait])
    empty = table[PERSON].to_numpy()[table[trait].is_null().to_numpy()]
    return np.isin(keys, empty)


def _done(reading: Reading, criterion: Criterion, keys: Keys) -> npt.NDArray[np.float64]:
    """How many events each person has, each counting as much as is left of it."""
    event = reading.event(str(criterion.event))
    rows = events_until(event)
    table = reading.fetch(rows.group_by(PERSON).agg(amount=_left(rows, criterion.half_life).sum()))
    found = np.zeros(int(keys.max()) + 1 if len(keys) else 0)
    who, amount = table[PERSON].to_numpy(), table["amount"].to_numpy()
    inside = who < len(found)
    found[who[inside]] = amount[inside]
    return found[keys]


def _left(rows: ir.Table, half_life: float | None) -> ir.Value:
    if half_life is None:
        return ibis.literal(1.0)
    days = (parameter("instant", "timestamp").epoch_seconds() - rows[OCCURRED_AT].epoch_seconds()) / _SECONDS
    return (-days * float(np.log(2) / half_life)).exp()
