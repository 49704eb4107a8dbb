"""Why a person or account belongs to a segment or does not: every condition with its truth, its value, its events.

The truth of each condition is the evaluator's own, so an explanation cannot contradict the members.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any
from zoneinfo import ZoneInfo

from pyroaring import BitMap

from quartier.catalog import Property
from quartier.errors import UnknownName
from quartier.identify.places.distance import distance_km
from quartier.language import LANGUAGES, Language, Plural, Text, instant, joined
from quartier.segment.clauses import Reader, capital, quoted
from quartier.segment.clocks import clock_of
from quartier.segment.conditions import (
    AccountsLeaf,
    All,
    AtLeast,
    BoundSegment,
    CampaignLeaf,
    ChangedLeaf,
    ComparedLeaf,
    Condition,
    EarlierLeaf,
    EventLeaf,
    Everyone,
    EveryPerson,
    HistoryLeaf,
    InSegment,
    Not,
    OfAccount,
    OwnTime,
    PersonsLeaf,
    PlaceLeaf,
    RankLeaf,
    SequenceLeaf,
    SomePersons,
    TraitLeaf,
    parts,
)
from quartier.segment.earlier_observe import last_change, now_and_then
from quartier.segment.earlier_words import found_earlier
from quartier.segment.evaluate import World
from quartier.segment.explain_plain import Headcount, plain, plain_event
from quartier.segment.lasting import Until
from quartier.segment.memory import moves
from quartier.segment.observe import (
    Happening,
    happenings,
    measure_value,
    observed_sides,
    position,
    ranked_value,
    trait_value,
)
from quartier.segment.own_time_words import OnClock, clock_words
from quartier.segment.place_words import distance
from quartier.segment.places import Circle
from quartier.segment.predicates import single
from quartier.segment.ranking import last_value
from quartier.segment.sentence import said
from quartier.segment.sequence_observe import trace
from quartier.segment.sequence_words import step_words
from quartier.segment.until_words import plain_until, until_lines, until_suffix
from quartier.segment.vocabulary import Unit, property_noun, trait_noun


@dataclass(frozen=True)
class Explanation:
    """One condition for one person or account.

    Attributes:
        node: the condition.
        holds: whether it holds, as the evaluation found.
        decides: whether it is one of the reasons why the condition around it holds or fails.
        observed: the trait or measure that was compared (both, for two), how often a sequence happened, the Headcount
            of an account's persons; None when it is missing or nothing was compared.
        events: the newest events that count for a condition over events, a few at most; those of a sequence as far as
            it happened.
        stopped_at: the step of a sequence (the first is 1) that did not happen as it must; None when all of it did.
        parts: the conditions inside.
        until: how long it stays so, data being as they are; None where that was not asked.
        last_place: of a rank, the value of its last place; None where nobody has one.
    """

    node: Condition
    holds: bool
    decides: bool = True
    observed: Any = None
    events: tuple[Happening, ...] = ()
    stopped_at: int | None = None
    parts: tuple["Explanation", ...] = ()
    until: Until | None = None
    last_place: float | None = None

    @property
    def kind(self) -> str:
        """The kind of the condition, as documents call it."""
        if isinstance(self.node, HistoryLeaf):
            return _KINDS[InSegment] if self.node.was == "member" else self.node.was
        return _KINDS[type(self.node)]

    def sentence(self, language: Language, *, currency: str | None = None) -> str:
        """What the condition says, in one line."""
        return said(self.node, Reader(language, currency))

    def as_json(self) -> dict[str, Any]:
        """The tree as plain values, its sentences in both languages."""
        return {
            "kind": self.kind,
            "holds": self.holds,
            "decides": self.decides,
            "sentence": {language: self.sentence(language) for language in LANGUAGES},
            "observed": plain(self.observed),
            "events": [plain_event(each) for each in self.events],
            "stopped_at": self.stopped_at,
            **plain_until(self.until),
            "parts": [part.as_json() for part in self.parts],
        }

    def lines(self, language: Language, *, currency: str | None = None) -> list[str]:
        """The tree as indented lines: ✓ or ✗, what is asked, what was found."""
        return [*_lines(self, Reader(language, currency)), *until_lines(self.until, Reader(language, currency))]

    def said_here(self, language: Language, *, currency: str | None = None) -> str:
        """What the condition asks, what was found, and how long it stays so; without its parts."""
        reader = Reader(language, currency)
        asked = self.sentence(language, currency=currency)
        return f"{asked}{_found_on_clock(self, reader)}{until_suffix(self.until, reader)}"

    def event_lines(self, language: Language, *, currency: str | None = None) -> list[str]:
        """The events that count, a line each."""
        return [_event_line(each, Reader(language, currency)) for each in self.events]

    def with_untils(self, untils: Mapping[Condition, Until]) -> "Explanation":
        """The same, with how long it and its parts stay so."""
        parts = tuple(part.with_untils(untils) for part in self.parts)
        return replace(self, until=untils.get(self.node), parts=parts)


def explain(world: World, segment: BoundSegment, key: int) -> Explanation:
    """Why a person (or account) is in a segment or out of it. Raises UnknownName for a key that nobody has."""
    world = world.about(segment.of)
    if key not in world.everyone:
        raise UnknownName(_NOBODY)
    return _explained(segment.condition, world, key, decides=True)


def _explained(node: Condition, world: World, key: int, *, decides: bool) -> Explanation:
    holds = key in world.holding(node)
    return Explanation(
        node,
        holds,
        decides,
        **_shown(node, world, key),
        parts=tuple(
            _explained(part, there, other, decides=_part_decides(node, holds=holds, part_holds=part_holds))
            for part, there, other in _inside(node, world, key)
            for part_holds in [other in there.holding(part)]
        ),
    )


def _inside(node: Condition, world: World, key: int) -> list[tuple[Condition, World, int]]:
    """The conditions inside with those of whom they are asked; an account's persons are counted, not explained."""
    match node:
        case SomePersons() | EveryPerson() | RankLeaf():  # the population stands beside a rank already
            return []
        case OfAccount(part):
            return [(part, world.accounts, account) for account in world.links.accounts_of(BitMap([key]))]
    return [(part, world, key) for part in parts(node)]


def _part_decides(node: Condition, *, holds: bool, part_holds: bool) -> bool:
    """In a group, the parts that agree with the whole are its reasons."""
    return part_holds == holds if isinstance(node, All | AtLeast | OfAccount) else True


@singledispatch
def _shown(_node: Condition, _world: World, _person_key: int) -> dict[str, Any]:
    """What was found of a leaf, by the attributes of an explanation."""
    return {}


@_shown.register
def _(node: TraitLeaf, world: World, person_key: int) -> dict[str, Any]:
    return {"observed": trait_value(world, node, person_key)}


@_shown.register
def _(node: EventLeaf, world: World, person_key: int) -> dict[str, Any]:
    events = tuple(happenings(world, node, person_key))
    return {"observed": measure_value(world, node, person_key), "events": events}


@_shown.register
def _(node: SomePersons | EveryPerson, world: World, account_key: int) -> dict[str, Any]:
    persons = world.links.persons_of(BitMap([account_key]))
    holding = persons.intersection_cardinality(world.persons.holding(node.part))
    return {"observed": Headcount(holding, len(persons))}


@_shown.register
def _(node: SequenceLeaf, world: World, person_key: int) -> dict[str, Any]:
    found = trace(world, node, person_key)
    return {"observed": found.times, "events": found.events, "stopped_at": found.stopped_at}


@_shown.register
def _(node: HistoryLeaf, world: World, person_key: int) -> dict[str, Any]:
    past = moves(world, node.segment)
    own = [each.at for each in past if person_key in (each.left if node.was == "left" else each.entered)]
    return {"observed": own[-1].astimezone(world.moment.zone) if own else None}


@_shown.register
def _(node: ComparedLeaf, world: World, key: int) -> dict[str, Any]:
    both, events = observed_sides(world, node, key)
    return {"observed": both, "events": events}


@_shown.register
def _(node: ChangedLeaf, world: World, key: int) -> dict[str, Any]:
    return {"observed": last_change(world, node, key)}


@_shown.register
def _(node: EarlierLeaf, world: World, key: int) -> dict[str, Any]:
    return {"observed": now_and_then(world, node, key)}


@_shown.register
def _(node: OwnTime, world: World, person_key: int) -> dict[str, Any]:
    clock = clock_of(world, node.zone, person_key)
    shown = _shown(node.part, clock.world, person_key)
    zone = clock.world.moment.zone.key
    return {**shown, "observed": OnClock(zone, clock.persons is not None, shown.get("observed"))}


@_shown.register
def _(node: RankLeaf, world: World, person_key: int) -> dict[str, Any]:
    events = happenings(world, node.ranked, person_key) if isinstance(node.ranked, EventLeaf) else ()
    last = last_value(node, world)
    return {"observed": ranked_value(world, node, person_key), "events": tuple(events), "last_place": last}


@_shown.register
def _(node: PlaceLeaf, world: World, person_key: int) -> dict[str, Any]:
    return {"observed": position(world, node, person_key)}


def _lines(found: Explanation, reader: Reader, depth: int = 0) -> list[str]:
    indent = "  " * depth
    mark = "✓" if found.holds else "✗"
    here = f"{indent}{mark} {found.said_here(reader.language, currency=reader.currency)}"
    events = [f"{indent}    {each}" for each in found.event_lines(reader.language, currency=reader.currency)]
    return [here, *events, *(line for part in found.parts for line in _lines(part, reader, depth + 1))]


def _found_on_clock(found: Explanation, reader: Reader) -> str:
    if not isinstance(found.node, OwnTime):
        return _found(found, reader)
    inside = replace(found, node=found.node.part, observed=found.observed.observed)
    return _found(inside, reader) + clock_words(found.observed, reader)


def _found(found: Explanation, reader: Reader) -> str:
    """What was found, after the sentence of a condition that compares."""
    if isinstance(found.observed, Headcount):
        return _HEADCOUNT.to(reader.language, n=found.observed.persons, holding=found.observed.holding)
    if isinstance(found.node, OfAccount) and not found.parts:
        return reader.said(_NO_ACCOUNT)
    if isinstance(found.node, SequenceLeaf):
        return _came(found, found.node, reader)
    if isinstance(found.node, ComparedLeaf):
        return _sides(found.node, found.observed, reader)
    if isinstance(found.node, ChangedLeaf | EarlierLeaf):
        return found_earlier(found.node, found.observed, reader)
    if isinstance(found.node, PlaceLeaf):
        return _found_at(found.node, found.observed, reader)
    if isinstance(found.node, HistoryLeaf):
        return reader.said(_LAST, at=_local(found.observed, reader)) if found.observed else ""
    compared = found.node.ranked if isinstance(found.node, RankLeaf) else found.node
    if not isinstance(compared, TraitLeaf | EventLeaf):
        return ""
    if found.observed is None:
        return reader.said(_NOTHING)
    return reader.said(_FOUND, value=_written(found.observed, reader, _unit(compared, reader)))


def _came(found: Explanation, node: SequenceLeaf, reader: Reader) -> str:
    """How far a person came in a sequence."""
    if found.stopped_at is not None:
        return reader.said(_STOPPED, n=found.stopped_at, step=step_words(node, found.stopped_at - 1, reader))
    return _TIMES.to(reader.language, n=found.observed) if node.times > 1 else ""


def _sides(leaf: ComparedLeaf, found: tuple[Any, Any], reader: Reader) -> str:
    """The numbers on both sides of a comparison, before the right one is taken so many times."""
    left, right = (
        _written(value, reader, _unit(side, reader)) for side, value in zip((leaf.left, leaf.right), found, strict=True)
    )
    return reader.said(_BOTH_FOUND, left=left, right=right)


def _found_at(leaf: PlaceLeaf, found: tuple[float, float] | None, reader: Reader) -> str:
    """How far away, for a distance; else the position."""
    if found is None:
        return reader.said(_NOTHING)
    if isinstance(leaf.area, Circle):
        km = round(distance_km(found, (leaf.area.latitude, leaf.area.longitude)), 1)
        return reader.said(_FOUND, value=distance(km, reader))
    return reader.said(_FOUND, value=_written(found, reader, None))


def _unit(node: TraitLeaf | EventLeaf, reader: Reader) -> Unit | None:
    if isinstance(node, TraitLeaf):
        return trait_noun(node.trait, reader)[1]
    if node.measure.kind.startswith("days_since"):
        return "days"
    is_counted = node.measure.declared is None or node.measure.kind in ("count", "distinct")
    return None if is_counted else _property_unit(node.measure.declared, reader)


def _property_unit(declared: Property | None, reader: Reader) -> Unit | None:
    return property_noun(declared, reader)[1] if declared else None


def _event_line(found: Happening, reader: Reader) -> str:
    name = quoted(found.event.label.to(reader.language), reader)
    values = [_property_line(path, value, found, reader) for path, value in found.values.items()]
    return " · ".join([_local(found.occurred_at, reader), name, *values])


def _local(at: dt.datetime, reader: Reader) -> str:
    """An instant on the clock of its zone."""
    return instant(at, reader.language, at.tzinfo if isinstance(at.tzinfo, ZoneInfo) else None)


def _property_line(path: str, value: Any, found: Happening, reader: Reader) -> str:
    declared = found.event.property(path)
    label = capital(declared.label.to(reader.language)) if declared else path
    return reader.said(_VALUE, label=label, value=_written(value, reader, _property_unit(declared, reader)))


def _written(value: Any, reader: Reader, unit: Unit | None) -> str:
    if value is None:
        return reader.said(_MISSING)
    if isinstance(value, list | tuple):
        return joined([_written(each, reader, unit) for each in value], reader.language)
    return single(value, reader, unit)


_KINDS: Mapping[type, str] = {
    Everyone: "everyone", TraitLeaf: "trait", EventLeaf: "event", SequenceLeaf: "sequence", PersonsLeaf: "persons",
    PlaceLeaf: "place", ComparedLeaf: "compared", ChangedLeaf: "changed", EarlierLeaf: "earlier",
    RankLeaf: "rank", InSegment: "segment", All: "all", AtLeast: "at_least", Not: "not", AccountsLeaf: "accounts",
    SomePersons: "persons", EveryPerson: "every_person", OfAccount: "account",
    HistoryLeaf: "segment", CampaignLeaf: "campaign", OwnTime: "own_time",
}  # fmt: skip
_NOBODY = Text(en="nobody has this key", fr="personne n'a cette clé")
_FOUND = Text(en=" (here {value})", fr=" (ici {value})")
_BOTH_FOUND = Text(en=" (here {left} and {right})", fr=" (ici {left} et {right})")
_NOTHING = Text(en=" (here unknown)", fr=" (ici inconnu)")
_LAST = Text(en=" (last {at})", fr=" (la dernière fois : {at})")
_STOPPED = Text(en=" (not at step {n}: {step})", fr=" (pas à l'étape {n} : {step})")
_TIMES = Plural(Text(en=" (here {n} time)", fr=" (ici {n} fois)"), Text(en=" (here {n} times)", fr=" (ici {n} fois)"))
_HEADCOUNT = Plural(
    Text(en=" (here {holding} of {n} person)", fr=" (ici {holding} personne sur {n})"),
    Text(en=" (here {holding} of {n} persons)", fr=" (ici {holding} sur {n} personnes)"),
)
_NO_ACCOUNT = Text(en=" (here no account)", fr=" (ici aucun compte)")
_MISSING = Text(en="unknown", fr="inconnu")
_VALUE = Text(en="{label}: {value}", fr="{label}\N{NO-BREAK SPACE}: {value}")
