"""What the pages of the catalog show."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from quartier.catalog import Catalog, EventType, Family, Property, Sensitivity, Trait, ValueRule, ValueType, slug
from quartier.catalog.inbox import Waiting, waiting
from quartier.language import Language
from quartier.web.data.catalog import words
from quartier.web.data.imports.words import TYPES

Choice = tuple[str, str]
Shares = Mapping[str, float | None]


@dataclass(frozen=True)
class TraitShown:
    """One trait in the list."""

    url: str
    name: str
    label: str
    family: str
    family_label: str
    type: str
    filled: float | None
    sensitivity: str
    is_guarded: bool
    origin: str


@dataclass(frozen=True)
class PropertyShown:
    """One property of an event."""

    place: str
    path: str
    label: str
    type: str
    filled: float | None
    sensitivity: str
    is_guarded: bool
    label_en: str
    label_fr: str
    degree: str


@dataclass(frozen=True)
class EventShown:
    """One event type in the list."""

    url: str
    name: str
    label: str
    properties: tuple[PropertyShown, ...]


@dataclass(frozen=True)
class ListPage:
    """One side of the catalog: traits of persons, of accounts, or events."""

    side: str
    traits: tuple[TraitShown, ...]
    events: tuple[EventShown, ...]
    families: tuple[Choice, ...]
    family: str
    query: str
    waits: int
    is_empty: bool


@dataclass(frozen=True)
class TraitPage:
    """One trait in a form: as it is, or as it was typed."""

    action: str
    back: str
    name: str
    was: str
    typed: Mapping[str, str]
    present: Mapping[str, str]
    families: tuple[Choice, ...]
    sensitivities: tuple[Choice, ...]
    rules: tuple[Choice, ...]
    error: str
    is_stale: bool


@dataclass(frozen=True)
class EventPage:
    """One event type and its properties in a form."""

    action: str
    back: str
    name: str
    was: str
    typed: Mapping[str, str]
    properties: tuple[PropertyShown, ...]
    sensitivities: tuple[Choice, ...]
    error: str
    is_stale: bool


@dataclass(frozen=True)
class WaitingShown:
    """One new name."""

    place: str
    label: str
    type: str
    family: str
    family_label: str
    sensitivity: str


@dataclass(frozen=True)
class InboxPage:
    """Every new name."""

    waiting: tuple[WaitingShown, ...]
    families: tuple[Choice, ...]
    sensitivities: tuple[Choice, ...]


def list_page(catalog: Catalog, shares: Shares, language: Language, *, side: str, family: str, query: str) -> ListPage:
    """The side of the catalog that is asked for, of it what fits family and query."""
    traits = tuple(
        trait_shown(each, shares, language)
        for each in catalog.traits
        if each.of == side and family in ("", each.family.value) and _fits(each, query)
    )
    events = tuple(event_shown(each, shares, language) for each in catalog.events if _fits(each, query))
    return ListPage(
        side, tuple(sorted(traits, key=lambda each: (each.family_label, each.label.casefold()))),
        events if side == "events" else (), families(language), family, query, len(waiting(catalog)),
        not catalog.traits and not catalog.events,
    )  # fmt: skip


def trait_shown(trait: Trait, shares: Shares, language: Language) -> TraitShown:
    """A trait in the list."""
    place = f"traits.{trait.name}" if trait.of == "person" else f"traits.{trait.of}.{trait.name}"
    return TraitShown(
        trait_url(trait), trait.name, trait.label.to(language), trait.family.value, trait.family.label.to(language),
        TYPES[trait.type].to(language), shares.get(place), trait.sensitivity.label.to(language),
        trait.sensitivity.is_masked, words.ORIGINS[trait.origin].to(language),
    )  # fmt: skip


def event_shown(event: EventType, shares: Shares, language: Language) -> EventShown:
    """An event type in the list."""
    url = f"/data/catalog/events/{quote(slug(event.name))}"
    return EventShown(url, event.name, event.label.to(language), properties(event, shares, language))


def properties(event: EventType, shares: Shares, language: Language) -> tuple[PropertyShown, ...]:
    """The properties of an event type, lines unfolded; `place` is the number in the names of fields."""
    found = [(path, each) for path in event.paths() if (each := event.property(path)) is not None]
    return tuple(
        _property(str(place), path, each, shares.get(f"events.{event.name}.{path}"), language)
        for place, (path, each) in enumerate(found)
    )


def inbox_page(catalog: Catalog, language: Language) -> InboxPage:
    """Every new name."""
    found = tuple(_waiting(each, language) for each in waiting(catalog))
    return InboxPage(found, families(language), sensitivities(language))


def trait_url(trait: Trait) -> str:
    """Where a trait is changed."""
    return f"/data/catalog/traits/{trait.of}/{trait.name}"


def typed_of(trait: Trait) -> dict[str, str]:
    """A trait as its form has it."""
    return {
        "label_en": trait.label.en, "label_fr": trait.label.fr, "family": trait.family.value,
        "sensitivity": trait.sensitivity.value, "rule": trait.rule.value if trait.rule else "",
    }  # fmt: skip


def digest(one: Trait | EventType) -> str:
    """What changes as soon as a trait or event type does."""
    text = json.dumps(one.model_dump(mode="json"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def families(language: Language) -> tuple[Choice, ...]:
    """The nine families."""
    return tuple((each.value, each.label.to(language)) for each in Family)


def sensitivities(language: Language) -> tuple[Choice, ...]:
    """The degrees of sensitivity."""
    return tuple((each.value, each.label.to(language)) for each in Sensitivity)


def rules(catalog: Catalog, language: Language) -> tuple[Choice, ...]:
    """Which value is held; first that of the catalog."""
    usual = words.AS_CATALOG.to(language, usual=words.RULES[catalog.rule])
    return (("", usual), *((each.value, words.RULES[each].to(language)) for each in ValueRule))


def _property(place: str, path: str, found: Property, filled: float | None, language: Language) -> PropertyShown:
    return PropertyShown(
        place, path, found.label.to(language), TYPES[found.type].to(language), filled,
        found.sensitivity.label.to(language), found.sensitivity.is_masked, found.label.en, found.label.fr,
        found.sensitivity.value,
    )  # fmt: skip


def _waiting(each: Waiting, language: Language) -> WaitingShown:
    return WaitingShown(
        each.place, each.label.to(language), TYPES[each.type].to(language) if each.type in tuple(ValueType) else "",
        each.family.value if each.family else "", each.family.label.to(language) if each.family else "",
        each.sensitivity.label.to(language) if each.sensitivity else "",
    )  # fmt: skip


def _fits(one: Trait | EventType, query: str) -> bool:
    wanted = query.strip().casefold()
    return any(wanted in text.casefold() for text in (one.name, one.label.en, one.label.fr))
