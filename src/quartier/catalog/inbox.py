"""The inbox of new names: what came by itself and waits for someone to say what it is.

A place is written as the catalog's errors write it: `traits.city`, `traits.account.industry`,
`events.Order Completed`, `events.Order Completed.revenue`, `events.Order Completed.products.size`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from quartier.catalog.families import Family, Sensitivity
from quartier.catalog.model import Catalog, EventType, Label, Property, Trait, ValueType
from quartier.errors import UnknownName, suggestion
from quartier.language import Text

_Named = TypeVar("_Named", Trait, Property)


@dataclass(frozen=True)
class Waiting:
    """A trait, event type or property that nobody has classified, with what Quartier takes it for."""

    place: str
    label: Label
    type: ValueType | None
    """None for an event type"""
    family: Family | None
    """None for event types and properties"""
    sensitivity: Sensitivity | None
    """None for an event type"""


@dataclass(frozen=True)
class Answer:
    """What someone says a name is; what is left out stays as Quartier took it."""

    family: Family | None = None
    sensitivity: Sensitivity | None = None
    label: Label | None = None


def waiting(catalog: Catalog) -> tuple[Waiting, ...]:
    """Everything that waits: traits, then event types, each before its own properties."""
    found = [
        Waiting(_place(each), each.label, each.type, each.family, each.sensitivity)
        for each in catalog.traits
        if each.is_new
    ]
    for event in catalog.events:
        place = f"events.{event.name}"
        if event.is_new:
            found.append(Waiting(place, event.label, None, None, None))
        found += _properties(event.properties, place)
    return tuple(found)


def classified(catalog: Catalog, places: Sequence[str], answer: Answer | None = None) -> Catalog:
    """The catalog in which nothing at these places waits any more. Raises UnknownName for a place where nothing waits.

    The properties of an event type are classified with it.
    """
    known = [each.place for each in waiting(catalog)]
    for place in places:
        if place not in known:
            raise UnknownName(_NOTHING_WAITS.with_(name=place), remedy=suggestion(place, known))
    wanted, said = frozenset(places), answer or Answer()
    traits = tuple(_settled(each, said) if _place(each) in wanted else each for each in catalog.traits)
    events = tuple(_event(each, wanted, said) for each in catalog.events)
    return catalog.model_copy(update={"traits": traits, "events": events})


def _properties(properties: Sequence[Property], place: str) -> Iterator[Waiting]:
    for each in properties:
        own = f"{place}.{each.name}"
        if each.is_new:
            yield Waiting(own, each.label, each.type, None, each.sensitivity)
        yield from _properties(each.properties, own)


def _place(trait: Trait) -> str:
    return f"traits.{trait.name}" if trait.of == "person" else f"traits.{trait.of}.{trait.name}"


def _event(event: EventType, wanted: frozenset[str], answer: Answer) -> EventType:
    place = f"events.{event.name}"
    is_whole = place in wanted
    changed = {"properties": _each(event.properties, place, wanted, answer, is_whole=is_whole)}
    if not is_whole:
        return event.model_copy(update=changed)
    return event.model_copy(update={**changed, "is_new": False, "label": answer.label or event.label})


def _each(
    properties: Sequence[Property], place: str, wanted: frozenset[str], answer: Answer, *, is_whole: bool
) -> tuple[Property, ...]:
    """Properties with those settled that are wanted; of a whole event type without the answer, which is its own."""
    found = []
    for each in properties:
        own = f"{place}.{each.name}"
        within = _each(each.properties, own, wanted, answer, is_whole=is_whole or own in wanted)
        changed = each.model_copy(update={"properties": within})
        if own in wanted or is_whole:
            changed = _settled(changed, answer if own in wanted else Answer())
        found.append(changed)
    return tuple(found)


def _settled(one: _Named, answer: Answer) -> _Named:
    changes: dict[str, Any] = {"is_new": False}
    if isinstance(one, Trait) and answer.family is not None:
        changes["family"] = answer.family
    for name in ("sensitivity", "label"):
        if (said := getattr(answer, name)) is not None:
            changes[name] = said
    return one.model_copy(update=changes)


_NOTHING_WAITS = Text(
    en="nothing called “{name}” waits to be classified", fr="rien qui s'appelle « {name} » n'attend d'être classé"
)
