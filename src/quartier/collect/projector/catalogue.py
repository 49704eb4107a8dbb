"""The catalog after some messages: their event types, properties and traits, each classified as far as it can be."""

from collections.abc import Mapping, Sequence

from quartier.catalog import SUBJECTS, Catalog, EventType, Meaning, Subject
from quartier.catalog.recognise import with_meaning
from quartier.collect.projector import learning
from quartier.collect.projector.fitting import Held
from quartier.collect.projector.learning import Sighting, Values, sightings, to_look_at
from quartier.collect.projector.looking import look
from quartier.collect.projector.naming import event_key, event_name
from quartier.collect.projector.reading import GROUP
from quartier.collect.projector.subjects import BELONGS
from quartier.engine import DuckDBEngine

MOST_EVENTS = 500
"""So many event types get tables; messages that name others are set aside."""

Structures = Mapping[str, Sequence[str]]


def with_events(catalog: Catalog, names: Sequence[str]) -> tuple[Catalog, dict[str, str]]:
    """The catalog with the event types of some names, and the table of each name; none where there are too many."""
    tables = {each.table: each.table for each in catalog.events}
    found: dict[str, str] = {}
    for name in names:
        table = f"event_{event_key(name)}"
        if table not in tables and len(catalog.events) < MOST_EVENTS:
            catalog = catalog.with_event(learning.learned_event(event_name(name)))
            tables[table] = table
        if table in tables:
            found[name] = table
    return catalog, found


def with_names(engine: DuckDBEngine, catalog: Catalog, structures: Structures) -> Catalog:
    """The catalog with the traits and properties that staged messages bring, and with wider types where need be."""
    for table, found in structures.items():
        subject = next((each for each in SUBJECTS if each == table), None)
        event = None if subject else _event(catalog, table)
        held = held_by(catalog, table)
        seen = sightings(found)
        if subject:
            seen = {name: each for name, each in seen.items() if name in held or not catalog.trait(name, subject)}
        wanted = {each.name: each for each in to_look_at(seen, held, learning.MOST_NAMES - len(held))}
        values = look(engine, table, found, wanted)
        if event:
            catalog = _with_properties(catalog, event, seen, wanted, values)
        elif subject:
            catalog = _with_traits(catalog, subject, seen, wanted, values)
    return catalog


def with_identifiers(catalog: Catalog, given: set[str]) -> Catalog:
    """The catalog with the traits that hold what messages are sent under."""
    for name, meaning in (("user_id", Meaning.USER_ID), ("anonymous_id", Meaning.ANONYMOUS_ID)):
        if name in given and not catalog.trait(name):
            catalog = catalog.with_traits(with_meaning(meaning).trait(name))
    for subject in SUBJECTS:
        if GROUP in given and not catalog.trait(BELONGS, subject):
            catalog = catalog.with_traits(with_meaning(Meaning.ACCOUNT_ID).trait(BELONGS, subject))
    return catalog


def held_by(catalog: Catalog, table: str) -> Held:
    """The columns of a table that messages may write; computed traits are not theirs."""
    if table in SUBJECTS:
        return {each.name: each for each in catalog.traits if each.of == table and each.origin == "given"}
    return {each.name: each for each in _event(catalog, table).properties}


def event_of(catalog: Catalog, table: str) -> EventType:
    """The event type of a table."""
    return _event(catalog, table)


def _event(catalog: Catalog, table: str) -> EventType:
    return next(each for each in catalog.events if each.table == table)


def _with_properties(
    catalog: Catalog, event: EventType, seen: Mapping[str, Sighting], wanted: Mapping[str, Sighting],
    values: Mapping[str, Values],
) -> Catalog:  # fmt: skip
    kept = tuple(
        learning.widened_property(each, seen[each.name], values.get(each.name, Values())) if each.name in seen else each
        for each in event.properties
    )
    fresh_names = wanted.keys() - {each.name for each in kept}
    fresh = (learning.learned_property(wanted[name], values.get(name, Values())) for name in sorted(fresh_names))
    after = event.model_copy(update={"properties": (*kept, *(each for each in fresh if each))})
    return catalog if after == event else catalog.with_event(after)


def _with_traits(
    catalog: Catalog, of: Subject, seen: Mapping[str, Sighting], wanted: Mapping[str, Sighting],
    values: Mapping[str, Values],
) -> Catalog:  # fmt: skip
    changed = []
    for name, each in seen.items():
        known, told = catalog.trait(name, of), values.get(name, Values())
        if known is None and name in wanted:
            changed.append(learning.learned_trait(each, told, of))
        elif known is not None:
            type_ = learning.widened_type(known.type, each, told)
            changed.append(None if type_ is known.type else known.model_copy(update={"type": type_}))
    fresh = [each for each in changed if each]
    return catalog.with_traits(*fresh) if fresh else catalog
