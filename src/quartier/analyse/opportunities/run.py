"""Opportunities at work: tables of markets are kept, the base is counted by the conditions of their cells."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc
from pyroaring import BitMap

from quartier.analyse.modelling.reading import Reading
from quartier.analyse.opportunities import catalogue, contact, contact_said, growth, growth_said
from quartier.analyse.opportunities.columns import Column, columns_of, value_label
from quartier.analyse.opportunities.definition import KIND, Market
from quartier.analyse.opportunities.found import AgainstMarket, Growing, InCatalogue, LeftAlone
from quartier.analyse.opportunities.market import Counted, weigh
from quartier.analyse.opportunities.market_said import (
    findings_of,
    heading,
    label_of_cell,
    notes_of,
    unfit_table,
    where_of,
)
from quartier.analyse.purchases import PERSON, events_until
from quartier.analyse.shared_values import value_counts
from quartier.analyse.sides import compared_traits
from quartier.catalog import Label, Meaning, Trait, ValueType
from quartier.engine import subject_table
from quartier.errors import InvalidDefinition, UnknownName, suggestion
from quartier.language import Said, Text
from quartier.store import Store, audiences, definitions, membership, runs, sizes
from quartier.store.definitions import Stored
from quartier.store.runs import Run

MOST_VALUES = 12
"""A trait with more values is not looked at for what grows."""
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
    """The base against a table of its market; a table that no longer fits the traits says so, and compares nothing."""
    market = known.market
    try:
        divided = columns(reading, market)
    except InvalidDefinition as unfit:
        return AgainstMarket(
            market.market, market.label, market.source, market.year, known.version, (), market.persons, 0, 0, 0,
            (), (), unfit_table(market.market), (), tuple(_told(each.what) for each in unfit.problems),
        )  # fmt: skip
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


def in_catalogue(reading: Reading) -> InCatalogue:
    """The categories that many look at and few buy."""
    shelves = catalogue.shelves_of(reading.catalog)
    products = _products(reading, shelves) if shelves else {}
    names = list(products)[: catalogue.MOST_CATEGORIES]
    if shelves is None or len(names) < 2:
        said = catalogue.heading((), is_compared=False)
        return InCatalogue((), {}, said, (), catalogue.notes_of(is_known=False, left_out=0))
    sides = reading.holding(*(where for name in names for where in (shelves.looked(name), shelves.bought_in(name))))
    pairs = zip(names, sides[::2], sides[1::2], strict=True)
    cells = weigh([Counted((name,), len(looked | bought), len(bought)) for name, looked, bought in pairs])
    findings = catalogue.findings_of(cells, shelves, products)
    notes = catalogue.notes_of(is_known=True, left_out=len(products) - len(names))
    return InCatalogue(cells, products, catalogue.heading(findings, is_compared=bool(cells)), findings, notes)


def left_alone(reading: Reading, store: Store, days: int) -> LeftAlone:
    """Who promises much by the last runs of models, and was not contacted in so many days."""
    with store.begin() as connection:
        ran = runs.last_of_each(connection)
        ever, lately = (
            audiences.exposed_since(connection, since) for since in (None, reading.as_of - dt.timedelta(days=days))
        )
    traits = {each.name: each for each in reading.catalog.traits if each.of == "person"}
    promises, lacking = contact.promises_of(ran, traits, lambda name: contact.upper_bound(_known(reading, name)))
    events, consent = contact.contacts_of(reading.catalog.events), contact.consent_of(traits.values())
    silence = contact.contacted(events, lately or ever, days)
    notes = (*lacking, *(contact_said.notes_of(consent) if promises and silence else ()))
    if silence is None:
        return LeftAlone(days, 0, None, (), contact_said.heading((), days), (), (*notes, contact_said.no_contacts()))
    reached, *agreed = reading.holding(silence, *([contact_said.agreed(consent)] if consent else []))
    allowed = agreed[0] if agreed else None
    tenths = [_alone(reading, each, reached, allowed, ran) for each in promises]
    found = [
        contact_said.finding_of(promise, tenth, days, silence, consent, reading.config.currency)
        for promise, tenth in zip(promises, tenths, strict=True)
    ]
    findings = sorted((each for each in found if each), key=lambda each: -each.size)
    return LeftAlone(
        days, len(reached), consent.label if consent else None, tuple(tenths),
        contact_said.heading(findings, days), tuple(findings), notes,
    )  # fmt: skip


def growing(reading: Reading, store: Store, labels: Mapping[str, Label]) -> Growing:
    """What grows faster than the base; `labels` are those of the segments of persons in force, by name."""
    days, lately = growth.DAYS, growth.NEWCOMER_DAYS
    arrival = next(
        (each for each in reading.catalog.traits if each.of == "person" and each.meaning is Meaning.SIGNUP_AT), None
    )
    if arrival is None:
        said = growth_said.heading((), is_compared=False)
        return Growing(days, lately, 0, 0, 0, (), (), said, (), (growth_said.no_arrival(),))
    dated, in_span, came = reading.holding(
        {"trait": arrival.name, "known": True}, {"trait": arrival.name, "within": f"{days} days"},
        {"trait": arrival.name, "within": f"{lately} days"},
    )  # fmt: skip
    size = reading.size
    observed, short, changed = _observed(store, labels, reading.as_of - dt.timedelta(days=days), reading.as_of)
    segments = growth.grown(observed, size - len(in_span), size)
    values = growth.newer(tuple(_arrived(reading, came)))
    findings = growth_said.findings_of(segments, values, arrival, days, lately)
    notes = growth_said.notes_of(
        short=short, changed=changed, small=len(observed) - len(segments), undated=size - len(dated), days=days
    )
    return Growing(
        days, lately, size - len(in_span), size, len(came), segments, values,
        growth_said.heading(findings, is_compared=bool(segments or values)), findings, notes,
    )  # fmt: skip


def _products(reading: Reading, shelves: catalogue.Shelves) -> dict[str, int]:
    """Distinct products looked at, by category, the category with the most views first; 0 where they have no name."""
    rows = events_until(reading.event(catalogue.VIEW))
    seen = rows.select(
        category=rows[shelves.viewed].cast("string"),
        thing=rows[shelves.viewed_product].cast("string") if shelves.viewed_product else ibis.null("string"),
    )
    counts = seen.filter(seen.category.notnull()).group_by("category").agg(
        views=lambda r: r.count(), products=lambda r: r.thing.nunique()
    )  # fmt: skip
    ordered = counts.order_by([ibis.desc("views"), "category"])
    return {str(each["category"]): int(each["products"]) for each in reading.ask(ordered)}


def _alone(
    reading: Reading, promise: contact.Promise, reached: BitMap, allowed: BitMap | None, ran: Sequence[Run]
) -> contact.Alone:
    (upper,) = reading.holding(promise.where)
    silent = upper - reached
    proposed = silent if allowed is None else silent & allowed
    values = [each.model for each in ran if each.parameters.get("model") == "lifetime_value"]
    value = next((each for each in values if reading.catalog.trait(each) is not None), None)
    total, between = contact.expected(_known(reading, promise.chance, proposed)) if promise.chance else (None, None)
    return contact.Alone(
        promise.name, promise.label, len(upper), len(upper & reached), len(silent - proposed), len(proposed),
        total, between, sum(_known(reading, value, proposed)) if value else None,
    )  # fmt: skip


def _known(reading: Reading, trait: str, of: BitMap | None = None) -> list[float]:
    """The values of a number, of everybody or of some."""
    table = reading.persons([trait])
    known = table.filter(pc.is_valid(table[trait]))
    if of is not None:
        known = known.filter(pc.is_in(known[PERSON], pa.array(list(of), pa.int32())))
    return [float(each) for each in known[trait].to_pylist()]


def _observed(
    store: Store, labels: Mapping[str, Label], since: dt.datetime, until: dt.datetime
) -> tuple[list[growth.Observed], int, int]:
    """The segments whose log covers the span by one definition; how many logs are too short, how many changed."""
    found, short, changed = list[growth.Observed](), 0, 0
    with store.begin() as connection:
        histories = sizes.sizes(connection, list(labels), since)
        for name, label in labels.items():
            history = [each for each in histories[name] if each[0] <= until]
            if not history or history[0][0] > since:
                short += 1
                continue
            start = membership.position_as_of(connection, name, since)
            rows = [each for each in membership.changes(connection, name, after=start) if each.at <= until]
            (first,) = membership.changes(connection, name, after=start - 1, up_to=start)
            if rows and rows[-1].version != first.version:
                changed += 1
                continue
            entries, exits = sum(len(each.entered) for each in rows), sum(len(each.left) for each in rows)
            found.append(
                growth.Observed(name, label, history[0][1], history[-1][1], entries, exits, tuple(history))
            )  # fmt: skip
    return found, short, changed


def _arrived(reading: Reading, came: BitMap) -> Iterator[growth.Arrived]:
    """The values of categories of few values, among those who came lately and those who were there before."""
    traits = [
        each for each in compared_traits(reading.catalog) if each.type is ValueType.TEXT and each.origin == "given"
    ]
    knowing = reading.holding(*({"trait": each.name, "known": True} for each in traits))
    for trait, known in zip(traits, knowing, strict=True):
        counts = value_counts(reading.engine, trait, came, MOST_VALUES + 1)
        of_came = len(known & came)
        for each in counts if len(counts) <= MOST_VALUES else ():
            label = value_label(trait, each.value)
            yield growth.Arrived(
                trait.name, each.value, label, each.members, of_came, each.everyone - each.members, len(known) - of_came
            )


def _members(reading: Reading, divided: Sequence[Column]) -> tuple[BitMap, dict[str, BitMap]]:
    """Everybody, and for whom each condition of the columns holds, by how it is written."""
    wheres = [each.known for each in divided]
    wheres += [value.where for each in divided for value in each.values.values() if value.where]
    found = dict(zip(map(str, wheres), reading.holding(*wheres), strict=True))
    return BitMap(reading.persons(())[PERSON].to_pylist()), found


def _of_cell(values: Sequence[str], divided: Sequence[Column], members: Mapping[str, BitMap]) -> BitMap:
    sides = [members[str(column.values[value].where)] for column, value in zip(divided, values, strict=True)]
    return reduce(BitMap.intersection, sides[1:], sides[0])


def _told(sentence: Text | Said) -> Said:
    return sentence if isinstance(sentence, Said) else sentence.with_()


def _kept(stored: Stored) -> Kept:
    return Kept(Market.read(stored.document), stored.version, stored.author, stored.at)


_NO_MARKET = Text(en="no table of a market is called “{name}”", fr="aucun tableau de marché ne s'appelle « {name} »")
_GIVE_ONE = Text(
    en="give one with `quartier analyse opportunities --market FILE`",
    fr="donnez-en un avec `quartier analyse opportunities --market FICHIER`",
)
