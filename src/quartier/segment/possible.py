"""Whether a condition can hold for anybody: a search for what it would take, that ends where parts exclude one another.

Sound, not complete: a condition that is called impossible holds for nobody in any world at any instant; others may
hold for nobody too. A group is tried part by part (M. Davis, G. Logemann, D. Loveland, “A machine program for
theorem-proving”, CACM 5, 1962), for a number of tries that is stated.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, singledispatch

from quartier.catalog import ValueType
from quartier.segment.conditions import (
    COUNT,
    EVER,
    AccountsLeaf,
    All,
    AtLeast,
    CampaignLeaf,
    ComparedLeaf,
    Comparison,
    Condition,
    Crossing,
    EventLeaf,
    Everyone,
    EveryPerson,
    HistoryLeaf,
    InSegment,
    Not,
    OwnTime,
    PersonsLeaf,
    PlaceLeaf,
    RankLeaf,
    SequenceLeaf,
    SomePersons,
    TraitLeaf,
)
from quartier.segment.places import Circle
from quartier.segment.possible_deeds import Count, Deeds, count_of, deeds_of, exclude_one_another, values_of
from quartier.segment.possible_places import are_apart
from quartier.segment.possible_values import Asked, Values, is_possible
from quartier.segment.spans import span

TRIES = 200
"""After so many parts of groups it is left open whether a condition can hold."""

_TRUTH = Values(ValueType.BOOLEAN, can_be_missing=False)
_IS_SO = Comparison("is", True)
_SOME = Comparison("at_least", 1)
_KNOWN = Comparison("known", True)


@dataclass(frozen=True)
class Thing:
    """What leaves ask about: a trait, a measure of some events, a place in an order, or whether a leaf holds."""

    key: object
    values: Values


@dataclass
class Asking:
    """All that must be so together.

    Attributes:
        asked: what is asked of each thing.
        holding: the leaves that must hold.
        failing: those that must not.
        groups: those of which some parts are still to be chosen.
        tries: how many parts may still be tried, in one list for all branches.
    """

    tries: list[int]
    asked: dict[Thing, list[Asked]] = field(default_factory=lambda: defaultdict(list))
    holding: list[Condition] = field(default_factory=list)
    failing: list[Condition] = field(default_factory=list)
    groups: list[AtLeast] = field(default_factory=list)
    is_contradicted: bool = False

    def with_also(self, node: Condition, *, holds: bool, groups: Iterable[AtLeast]) -> "Asking":
        """The same with one more condition, and with other groups to choose from."""
        asked: dict[Thing, list[Asked]] = defaultdict(list, {thing: [*each] for thing, each in self.asked.items()})
        found = Asking(self.tries, asked, [*self.holding], [*self.failing], list(groups), self.is_contradicted)
        found.add(node, holds=holds)
        return found

    def add(self, node: Condition, *, holds: bool) -> None:
        """Ask that a condition holds, or that it fails."""
        match node:
            case Everyone():
                self.is_contradicted |= not holds
            case Not(part):
                self.add(part, holds=not holds)
            case InSegment(segment):
                self.add(segment.condition, holds=holds)
            case All(parts):
                self._add_group(len(parts) if holds else 1, parts, holds=holds)
            case AtLeast(count, parts):
                self._add_group(count if holds else len(parts) - count + 1, parts, holds=holds)
            case _:
                self._add_leaf(node, holds=holds)

    def _add_group(self, count: int, parts: tuple[Condition, ...], *, holds: bool) -> None:
        """At least so many of the parts hold, or fail."""
        if count > len(parts):
            self.is_contradicted = True
        elif count == len(parts):
            for part in parts:
                self.add(part, holds=holds)
        elif count > 0:
            self.groups.append(AtLeast(count, parts if holds else tuple(negated(part) for part in parts)))

    def _add_leaf(self, node: Condition, *, holds: bool) -> None:
        (self.holding if holds else self.failing).append(node)
        for thing, comparison in things(node):
            self.asked[thing].append(Asked(comparison, holds))
        if holds:
            for each in implied(node):
                self.add(each, holds=True)


@lru_cache(maxsize=4096)
def can_hold(node: Condition) -> bool:
    """Whether a condition may hold for some person (or account) in some world; False only where it is certain."""
    asking = Asking(tries=[TRIES])
    asking.add(node, holds=True)
    return _can_be(asking)


def can_fail(node: Condition) -> bool:
    """Whether a condition may fail for somebody; False only where it is certain that it holds for everyone."""
    return can_hold(negated(node))


def negated(node: Condition) -> Condition:
    """The condition that holds where another fails."""
    return node.part if isinstance(node, Not) else Not(node)


def _can_be(asking: Asking) -> bool:
    if _are_excluded(asking):
        return False
    if not asking.groups or asking.tries[0] <= 0:
        return True
    asking.tries[0] -= 1
    group = min(asking.groups, key=lambda each: len(each.parts))
    others = [each for each in asking.groups if each is not group]
    first, remaining = group.parts[0], group.parts[1:]
    fewer = [AtLeast(group.count - 1, remaining)] if group.count > 1 else []
    if _can_be(asking.with_also(first, holds=True, groups=[*others, *fewer])):
        return True
    without = asking.with_also(first, holds=False, groups=others)
    without.add(AtLeast(group.count, remaining), holds=True)
    return _can_be(without)


def _are_excluded(asking: Asking) -> bool:
    """Whether leaves that must hold and leaves that must not exclude one another."""
    return (
        asking.is_contradicted
        or any(not is_possible(thing.values, asked) for thing, asked in asking.asked.items())
        or exclude_one_another(_counts(asking))
        or _are_listed_and_not(asking)
        or are_apart([each.area for each in asking.holding if isinstance(each, PlaceLeaf)])
        or any(isinstance(each, Crossing | OwnTime) and not can_hold(each.part) for each in asking.holding)
    )


def _counts(asking: Asking) -> Iterator[Count]:
    for thing, asked in asking.asked.items():
        if isinstance(thing.key, EventLeaf):
            yield count_of(deeds_of(thing.key), thing.key.measure, asked)
    for holds, nodes in ((True, asking.holding), (False, asking.failing)):
        for node in nodes:
            if deeds := _remembered(node):
                yield Count(deeds, least=1) if holds else Count(deeds, most=0)


def _remembered(node: Condition) -> Deeds | None:
    """What a campaign or a segment did, as if it were an event."""
    match node:
        case CampaignLeaf(campaign, was, window):
            return Deeds(frozenset([("campaign", was, campaign)]), window=window)
        case HistoryLeaf(segment, "entered" | "left" as was, window):
            return Deeds(frozenset([("segment", was, segment.name)]), window=window)
    return None


def _are_listed_and_not(asking: Asking) -> bool:
    """Whether all whom a list names are excluded by another one."""
    for kind in (PersonsLeaf, AccountsLeaf):
        listed = [set(each.identifiers) for each in asking.holding if isinstance(each, kind)]
        left_out = {name for each in asking.failing if isinstance(each, kind) for name in each.identifiers}
        if any(each <= left_out for each in listed):
            return True
    return False


@singledispatch
def things(node: Condition) -> Iterator[tuple[Thing, Comparison]]:
    """What a leaf asks of what; of a kind that is not registered, only whether it holds."""
    yield Thing(node, _TRUTH), _IS_SO


@things.register
def _(node: TraitLeaf) -> Iterator[tuple[Thing, Comparison]]:
    yield Thing(node.trait, Values(node.trait.type)), node.comparison


@things.register
def _(node: EventLeaf) -> Iterator[tuple[Thing, Comparison]]:
    whatever = EventLeaf(node.events, node.where, node.window, node.measure, _SOME, node.when)
    yield Thing(whatever, values_of(node.measure, node.window)), node.comparison


@things.register
def _(node: ComparedLeaf) -> Iterator[tuple[Thing, Comparison]]:
    """The sign of the difference of the two sides."""
    signs = span(0, 0) if node.left == node.right and node.times == 1 else span(-1, 1)
    thing = Thing((node.left, node.right, node.times), Values(ValueType.INTEGER, spans=signs))
    yield thing, Comparison(node.operator_key, 0)


@things.register
def _(node: RankLeaf) -> Iterator[tuple[Thing, Comparison]]:
    """The least number of places, or the least share, that has the person in."""
    kind, places, percent = node.rank.kind, node.rank.places, node.rank.percent
    if kind == "share_of_total":  # with values below zero a greater share may have fewer persons
        yield Thing(node, _TRUTH), _IS_SO
    else:
        last = float(places or percent or 0)
        key = (node.ranked, node.among, kind, places is None)
        yield Thing(key, Values(ValueType.NUMBER)), Comparison("at_most", last)


@things.register
def _(node: PlaceLeaf) -> Iterator[tuple[Thing, Comparison]]:
    """How far away the person is."""
    if isinstance(node.area, Circle):
        key = (node.latitude, node.longitude, node.area.latitude, node.area.longitude)
        yield Thing(key, Values(ValueType.NUMBER)), Comparison("at_most", node.area.km)
    else:
        yield Thing(node, _TRUTH), _IS_SO


@things.register
def _(node: SomePersons) -> Iterator[tuple[Thing, Comparison]]:
    """Of how many persons the part holds."""
    persons = Values(ValueType.INTEGER, can_be_missing=False, spans=span(0))
    yield Thing(("persons", node.part), persons), Comparison("at_least", node.count)


def implied(node: Condition) -> Iterator[Condition]:
    """What must hold wherever a leaf does."""
    match node:
        case RankLeaf(ranked, _, among):
            yield among
            yield _has_value(ranked)
        case PlaceLeaf():
            yield TraitLeaf(node.latitude, _KNOWN)
            yield TraitLeaf(node.longitude, _KNOWN)
        case ComparedLeaf():
            sides = (node.left, node.right)
            yield from (TraitLeaf(each.trait, _KNOWN) for each in sides if isinstance(each, TraitLeaf))
        case SequenceLeaf(steps, window):
            for index, step in enumerate(steps):
                if not step.is_absent:
                    yield EventLeaf(step.events, step.where, window if index == 0 else EVER, COUNT, _SOME)
        case EveryPerson(part):
            yield SomePersons(1, part)
            yield Not(SomePersons(1, negated(part)))


def _has_value(ranked: TraitLeaf | EventLeaf) -> Condition:
    """That a person has what is ranked: a known value, or an event that counts."""
    if isinstance(ranked, TraitLeaf):
        return TraitLeaf(ranked.trait, _KNOWN)
    return EventLeaf(ranked.events, ranked.where, ranked.window, COUNT, _SOME, ranked.when)
