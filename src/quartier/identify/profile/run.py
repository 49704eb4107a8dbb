"""Profiles at work: reads the engine's tables, the ledger of identifiers, imports and journal; writes nothing."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from quartier.catalog import Catalog, EventType, Trait
from quartier.engine import (
    OCCURRED_AT,
    SEQ,
    TRAIT,
    DuckDBEngine,
    Query,
    change_columns,
    change_table,
    naive_utc,
    said_known_table,
)
from quartier.engine.compiler import Scalar
from quartier.errors import InvalidRequest, UnknownName, suggestion
from quartier.identify.owner import owner_of, written_identities
from quartier.identify.profile import queries
from quartier.identify.profile.known import Identifier, LinkShown, Profile, Timeline, TraitHistory, TraitKnown
from quartier.identify.profile.linked import identifiers_shown, links_shown
from quartier.identify.profile.plain import aware
from quartier.identify.profile.timeline import Mark, OfType, older, timeline
from quartier.identify.profile.traits import (
    Change,
    Computed,
    SourceOf,
    Told,
    computed_by,
    held_values,
    known,
    masked,
    name_of,
)
from quartier.language import Plural, Text
from quartier.store import Store, identities, imports, runs
from quartier.store import links as kept_links
from quartier.store.journal import Journal

MOST_IDENTIFIERS, MOST_LINKS = 500, 1000
"""How many identifiers and links of one person are shown."""


@dataclass(frozen=True)
class Reading:
    """What a profile is read from.

    Attributes:
        at: the instant as of which, in UTC.
        shows_all: whether sensitive values are shown, too.
        country: whose phones are written without a country's code.
    """

    store: Store
    engine: DuckDBEngine
    catalog: Catalog
    at: dt.datetime
    journal: Journal | None = None
    shows_all: bool = False
    country: str = "FR"

    @cached_property
    def traits(self) -> tuple[Trait, ...]:
        """The traits of persons that the tables hold."""
        held = self.engine.schema("person") or ()
        return tuple(each for each in self.catalog.traits if each.of == "person" and each.name in held)


def person_key(reading: Reading, text: str) -> int:
    """The key of the person with a public id or an identifier.

    Raises UnknownName when nobody has it, InvalidRequest when several persons do.
    """
    own = owner_of(reading.store, reading.engine, text)
    if own is not None:
        return own
    keys = {each.key for each in written_identities(reading.store, text, reading.country)}
    if not keys:
        raise UnknownName(_NOBODY, remedy=_FIND)
    if len(keys) > 1:
        raise InvalidRequest(_SEVERAL.with_(n=len(keys)), remedy=_BY_PUBLIC_ID)
    return keys.pop()


def public_part(reading: Reading, key: int, *, most_events: int) -> Profile:
    """What identification knows of a person: traits, timeline, identifiers and links."""
    row = _row(reading.engine, reading.catalog, key)
    person = str(row["person_id"])
    identifiers, links = _linked(reading.store, key)
    first = _first(reading, identifiers)
    return Profile(
        person=person, name=name_of(reading.catalog, row, person), at=reading.at,
        known_since=aware(first.at) if first.at else None, traits=_traits(reading, key, row, first),
        timeline=_timeline(reading, key, most_events), identifiers=identifiers, links=links,
    )  # fmt: skip


def trait_history(reading: Reading, key: int, name: str) -> TraitHistory:
    """Every value that a trait of a person had; without the values where they are masked.

    Raises UnknownName for a trait that persons do not have.
    """
    trait = next((each for each in reading.traits if each.name == name), None)
    if trait is None:
        raise UnknownName(_NO_TRAIT.with_(name=name), remedy=suggestion(name, [each.name for each in reading.traits]))
    row = _row(reading.engine, reading.catalog, key)
    changes = _changes(reading.engine, reading.catalog, key).get(name, [])
    first = _first(reading, _linked(reading.store, key)[0])
    values = held_values(row.get(name), changes, first, naive_utc(reading.at), _sources(reading))
    is_masked = trait.sensitivity.is_masked and not reading.shows_all
    shown = masked(values) if is_masked else values
    return TraitHistory(str(row["person_id"]), name, trait.label, shown, is_masked)


def timeline_of(
    reading: Reading, key: int, most: int, *, event: str | None = None, after: Mark | None = None
) -> Timeline:
    """The newest events of a person, or those older than a mark; of one type where it is named. Counts are of all."""
    newest = _timeline(reading, key, most)
    if event is None and after is None:
        return newest
    types = [each for each in reading.catalog.events if event in (None, each.name)]
    mark = after or Mark(reading.at, event or "", "\U0010ffff")
    found = [rows for each in types if (rows := _older(reading, each, key, most, mark))]
    return older(newest, found, most, shows_all=reading.shows_all)


def _sources(reading: Reading) -> SourceOf:
    """Names the file, or the source of messages, that told something."""
    found: dict[int, str | None] = {}

    def source_of(told: Told) -> str | None:
        if told.seq is None:
            return None
        if told.seq not in found:
            found[told.seq] = _source_at(reading, told.seq)
        return found[told.seq]

    return source_of


def _traits(reading: Reading, key: int, row: Mapping[str, Any], first: Told) -> tuple[TraitKnown, ...]:
    """The traits of which a value is held."""
    changes = _changes(reading.engine, reading.catalog, key)
    until, models, source_of = naive_utc(reading.at), _models(reading.store), _sources(reading)
    if first.at and first.at > until:
        return ()
    found = []
    for trait in reading.traits:
        own = changes.get(trait.name, [])
        values = held_values(row.get(trait.name), own, first, until, source_of)
        if values and values[0].value is not None:
            told = known(trait, values, shows_all=reading.shows_all, computed=computed_by(trait, models))
            found.append(replace(told, rule=str(reading.catalog.rule_of(trait)) if trait.origin == "given" else None))
    return tuple(found)


def _timeline(reading: Reading, key: int, most: int) -> Timeline:
    found = [each for event in reading.catalog.events if (each := _of_type(reading, event, key, most))]
    return timeline(found, most, shows_all=reading.shows_all)


def _of_type(reading: Reading, event: EventType, key: int, most: int) -> OfType | None:
    present = reading.engine.schema(event.table)
    if present is None:
        return None
    columns = queries.columns_of_event(event, present)
    query = Query(
        queries.happenings_sql(event.table, columns, max(most, 1)), {"key": key, "until": naive_utc(reading.at)}
    )
    rows = reading.engine.fetch(query).to_pylist()
    return OfType(event, rows, rows[0][queries.TOTAL] if rows else 0)


def _older(reading: Reading, event: EventType, key: int, most: int, mark: Mark) -> OfType | None:
    present = reading.engine.schema(event.table)
    if present is None:
        return None
    sql = queries.older_sql(event.table, queries.columns_of_event(event, present), max(most, 1))
    asked: dict[str, Scalar] = {
        "key": key, "until": naive_utc(reading.at), "before": naive_utc(mark.at), "first": mark.first_of(event.name),
    }  # fmt: skip
    rows = reading.engine.fetch(Query(sql, asked)).to_pylist()
    return OfType(event, rows, len(rows))


def _linked(store: Store, key: int) -> tuple[tuple[Identifier, ...], tuple[LinkShown, ...]]:
    """The identifiers of a person with all their links, and the identifiers of others to which these lead."""
    with store.begin() as connection:
        own = identities.of_key(connection, "person", key, MOST_IDENTIFIERS)
        numbers = {each.number for each in own}
        links = kept_links.of_identities(connection, "person", sorted(numbers))[:MOST_LINKS]
        others = {end for each in links for end in (each.a, each.b)} - numbers
        known = [*own, *identities.of_numbers(connection, "person", others).values()]
        decisions = kept_links.decisions_of(connection, "person", [each.number for each in known])
    keys = {each.number: each.key for each in known}
    return identifiers_shown(known, key), links_shown(links, decisions, keys)


def _models(store: Store) -> dict[str, Computed]:
    """The model that wrote each computed trait, by the trait's name."""
    with store.begin() as connection:
        last = runs.last_of_each(connection)
    return {name: Computed(each.model, each.as_of) for each in last for name in each.summary.get("traits", ())}


def _row(engine: DuckDBEngine, catalog: Catalog, key: int) -> Mapping[str, Any]:
    columns = queries.columns_of(catalog, "person", engine.schema("person"))
    rows: Sequence[Mapping[str, Any]] = engine.fetch(
        Query(queries.row_sql("person", columns), {"key": key})
    ).to_pylist()
    if not rows:  # the ledger knows an identifier of which nothing was stored as yet
        raise UnknownName(_NOBODY, remedy=_FIND)
    return rows[0]


def _first(reading: Reading, own: Sequence[Identifier]) -> Told:
    """When the first of a person's identifiers came, and its place in the order of arrival."""
    if reading.engine.schema(said_known_table("person")) is None:
        return Told(None)
    numbers = [each.number for each in own if each.is_own]
    rows = reading.engine.rows(Query(queries.first_sql("person"), {"identities": numbers}))
    at, seq = rows[0] if rows else (None, None)
    return Told(at if isinstance(at, dt.datetime) else None, int(str(seq)) if seq is not None else None)


def _changes(engine: DuckDBEngine, catalog: Catalog, key: int) -> dict[str, list[Change]]:
    """The changes of one person by trait, oldest first."""
    if engine.schema(change_table("person")) is None:
        return {}
    found: dict[str, list[Change]] = {}
    for row in engine.fetch(Query(queries.changes_sql("person"), {"key": key})).to_pylist():
        trait = catalog.trait(row[TRAIT])
        if trait is not None:
            before, after = change_columns(trait.type)
            told = Told(row[OCCURRED_AT], row[SEQ])
            found.setdefault(trait.name, []).append(Change(told, row[before], row[after]))
    return found


def _source_at(reading: Reading, place: int) -> str | None:
    with reading.store.begin() as connection:
        before, name = imports.at_place(connection, place)
    return name or _source_of_message(reading.journal, place - before)


def _source_of_message(journal: Journal | None, number: int) -> str | None:
    """The source under which a message came; its number is its place in the journal."""
    if journal is None or number < 1:
        return None
    for entry in journal.entries(number - 1, number):
        if entry.first <= number <= entry.last and not entry.is_lost:
            said = json.loads(entry.lines[number - entry.first]).get("source")
            return str(said) if said else None
    return None


_NOBODY = Text(en="no person has this identifier", fr="aucune personne n'a cet identifiant")
_FIND = Text(
    en="look for a name or a part of one with `quartier person find`",
    fr="cherchez un nom ou une partie de nom avec `quartier person find`",
)
_SEVERAL = Plural(
    Text(en="{n} person has this identifier", fr="{n} personne a cet identifiant"),
    Text(en="{n} persons have this identifier", fr="{n} personnes ont cet identifiant"),
)
_BY_PUBLIC_ID = Text(en="name one by the public id (p_…)", fr="désignez-en une par son identifiant public (p_…)")
_NO_TRAIT = Text(en="persons have no trait “{name}”", fr="les personnes n'ont pas de trait « {name} »")
