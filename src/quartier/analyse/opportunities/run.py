"""Opportunities at work: tables of markets are kept, the base is counted by the conditions of their cells."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis
from pyroaring import BitMap

from quartier.analyse.modelling.reading import Reading
from quartier.analyse.opportunities.columns import Column, columns_of
from quartier.analyse.opportunities.definition import KIND, Market
from quartier.analyse.opportunities.found import AgainstMarket
from quartier.analyse.opportunities.market import Counted, weigh
from quartier.analyse.opportunities.market_said import findings_of, heading, label_of_cell, notes_of, where_of
from quartier.analyse.sides import compared_traits
from quartier.catalog import Meaning, Trait, ValueType
from quartier.engine import subject_table
from quartier.errors import InvalidDefinition, UnknownName, suggestion
from quartier.language import Text
from quartier.store import Store, definitions
from quartier.store.definitions import Stored

_COLUMN_TYPES = frozenset({ValueType.TEXT, ValueType.BOOLEAN, ValueType.INTEGER, ValueType.NUMBER})


@dataclass(frozen=True)
class Kept:
    """A table of a market in force: its document and version, who gave it and when."""

    market: Market
    version: int
    author: str
    at: dt.datetime

    def as_json(self) -> dict[str, Any]:
        """The plain form, for machines."""
        return {"version": self.version, "author": self.author, "at": self.at.isoformat()} | self.market.as_json()


def keep(store: Store, reading: Reading, document: Mapping[str, Any], *, author: str, at: dt.datetime) -> Kept:
    """Put a table in force. Raises InvalidDefinition with all that is wrong with it, for the traits that there are."""
    market = Market.read(document)
    columns(reading, market)
    with store.begin() as connection:
        return _kept(definitions.save(connection, KIND, market.market, market.as_json(), author=author, at=at))


def all_kept(store: Store) -> list[Kept]:
    """The tables in force, the one given last first."""
    with store.begin() as connection:
        found = [_kept(each) for each in definitions.all_latest(connection, KIND)]
    return sorted(found, key=lambda each: (each.at, each.market.market), reverse=True)


def kept(store: Store, name: str) -> Kept:
    """One table in force. Raises UnknownName with the nearest names."""
    found = {each.market.market: each for each in all_kept(store)}
    if name not in found:
        raise UnknownName(_NO_MARKET.with_(name=name), remedy=suggestion(name, found) or _GIVE_ONE)
    return found[name]


def columns(reading: Reading, market: Market) -> list[Column]:
    """What the columns of a table mean. Raises InvalidDefinition with all that is wrong with them."""
    found, problems = columns_of(
        market,
        comparable(reading),
        lambda trait: held(reading, trait),
        reading.as_of.astimezone(reading.config.zone).year,
    )
    if problems:
        raise InvalidDefinition(market.market, problems)
    return found


def comparable(reading: Reading) -> list[Trait]:
    """The traits by which a market may divide: those that a profile compares, dates of birth among the dates."""
    return [
        each for each in compared_traits(reading.catalog)
        if each.type in _COLUMN_TYPES or each.meaning is Meaning.BIRTH_DATE
    ]  # fmt: skip


def held(reading: Reading, trait: Trait) -> list[str]:
    """The values of a category that persons have, the most frequent first."""
    if trait.type is not ValueType.TEXT or reading.engine.schema("person") is None:
        return []
    persons = subject_table(reading.catalog)
    known = persons.filter(persons[trait.name].notnull())
    counts = known.group_by(value=known[trait.name]).agg(n=lambda rows: rows.count())
    return [str(each["value"]) for each in reading.ask(counts.order_by([ibis.desc("n"), "value"]))]


def against_market(reading: Reading, known: Kept) -> AgainstMarket:
    """The base against a table of its market. Raises InvalidDefinition where the table no longer fits the traits."""
    market = known.market
    divided = columns(reading, market)
    everyone, members = _members(reading, divided)
    told = reduce(BitMap.intersection, (members[str(each.known)] for each in divided), everyone)
    counted, inside = [], BitMap()
    for cell in market.cells:
        where = where_of(cell.values, divided)
        persons = BitMap() if where is None else _of_cell(cell.values, divided, members)
        inside |= persons
        counted.append(Counted(cell.values, cell.persons, len(persons), cell.spend, is_absent=where is None))
    cells, unknown, outside = weigh(counted), len(everyone - told), len(told - inside)
    values = {each.trait.name: held(reading, each.trait) for each in divided}
    return AgainstMarket(
        market.market, market.label, market.source, market.year, known.version,
        tuple(each.trait.label for each in divided), market.persons, len(inside), unknown, outside,
        cells, tuple(label_of_cell(each.values, divided) for each in cells), heading(cells, divided),
        findings_of(cells, divided, reading.config.currency),
        notes_of(cells, divided, values, unknown=unknown, outside=outside),
    )  # fmt: skip


def _members(reading: Reading, divided: Sequence[Column]) -> tuple[BitMap, dict[str, BitMap]]:
    """Everybody, and for whom each condition of the columns holds, by how it is written."""
    wheres = [each.known for each in divided]
    wheres += [value.where for each in divided for value in each.values.values() if value.where]
    found = dict(zip(map(str, wheres), reading.holding(*wheres), strict=True))
    return BitMap(reading.persons(())["person_key"].to_pylist()), found


def _of_cell(values: Sequence[str], divided: Sequence[Column], members: Mapping[str, BitMap]) -> BitMap:
    sides = [members[str(column.values[value].where)] for column, value in zip(divided, values, strict=True)]
    return reduce(BitMap.intersection, sides[1:], sides[0])


def _kept(stored: Stored) -> Kept:
    return Kept(Market.read(stored.document), stored.version, stored.author, stored.at)


_NO_MARKET = Text(en="no table of a market is called “{name}”", fr="aucun tableau de marché ne s'appelle « {name} »")
_GIVE_ONE = Text(
    en="give one with `quartier analyse opportunities --market FILE`",
    fr="donnez-en un avec `quartier analyse opportunities --market FICHIER`",
)
