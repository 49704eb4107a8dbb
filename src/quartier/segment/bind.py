"""From a definition to a bound tree: the only place where a name can be unknown.

All problems of a document are found in one pass and told together, each with its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod

from quartier.catalog import Catalog, EventType, Label, Property, ValueType
from quartier.errors import InvalidDefinition, Problem, Unusable, suggestion
from quartier.language import Text
from quartier.segment import definition as written
from quartier.segment.conditions import (
    All,
    AtLeast,
    BoundSegment,
    Condition,
    EventLeaf,
    Everyone,
    InSegment,
    Measure,
    Not,
    PersonsLeaf,
    PropertyTest,
    TraitLeaf,
)
from quartier.segment.operators import COMPARISONS, NUMERIC, RANGES
from quartier.segment.population import BUILT_IN, admits_strangers_unsaid, built_in
from quartier.segment.values import TYPE_WORDS, comparison, day, duration
from quartier.segment.windows import Window

Definitions = Mapping[str, written.Segment]
"""The other segments by name, as far as conditions may refer to them."""


def bind(segment: written.Segment, catalog: Catalog, others: Definitions | None = None) -> BoundSegment:
    """Resolve every name of a segment. Raises InvalidDefinition with all problems at once."""
    binder = _Binder(catalog, {**(others or {}), segment.name: segment})
    bound = binder.segment(segment, "")
    if not binder.problems and admits_strangers_unsaid(bound):
        binder.problems.append(Problem("population", _HOLDS_FOR_STRANGERS, _SAY_THE_POPULATION))
    if binder.problems:
        raise InvalidDefinition(segment.name, binder.problems)
    return bound


@dataclass
class _Binder:
    catalog: Catalog
    definitions: Definitions
    problems: list[Problem] = field(default_factory=list)
    path: tuple[str, ...] = ()  # the segments being bound, outermost first: a name seen twice is a cycle

    def segment(self, segment: written.Segment, place: str) -> BoundSegment:
        self.path += (segment.name,)
        label = segment.label or Label(fr=segment.name, en=segment.name)
        population = self._population(segment.population, f"{place}population")
        where = self.condition(segment.where, f"{place}where")
        self.path = self.path[:-1]
        return BoundSegment(segment.name, label, segment.population, population, where)

    def _population(self, name: str | None, place: str) -> Condition:
        if name is None:
            return Everyone()
        try:
            found = built_in(name, self.catalog)
        except Unusable as error:
            return self._unusable(place, error)
        return found or self._in_segment(name, place, also=BUILT_IN)

    @singledispatchmethod
    def condition(self, node: object, place: str) -> Condition:
        raise TypeError(f"not a condition: {type(node).__name__} at {place}")

    @condition.register
    def _(self, node: written.AllCondition, place: str) -> Condition:
        return All(self._parts(node.all, f"{place}.all"))

    @condition.register
    def _(self, node: written.AnyCondition, place: str) -> Condition:
        return AtLeast(1, self._parts(node.any, f"{place}.any"))

    @condition.register
    def _(self, node: written.NoneCondition, place: str) -> Condition:
        return Not(AtLeast(1, self._parts(node.none, f"{place}.none")))

    @condition.register
    def _(self, node: written.AtLeastCondition, place: str) -> Condition:
        if node.at_least > len(node.of):
            self._problem(f"{place}.at_least", _TOO_MANY.with_(n=node.at_least, parts=len(node.of)))
        return AtLeast(node.at_least, self._parts(node.of, f"{place}.of"))

    @condition.register
    def _(self, node: written.NotCondition, place: str) -> Condition:
        return Not(self.condition(node.not_, f"{place}.not"))

    @condition.register
    def _(self, node: written.SegmentCondition, place: str) -> Condition:
        return self._in_segment(node.segment, f"{place}.segment")

    @condition.register
    def _(self, node: written.PersonsCondition, _place: str) -> Condition:
        return PersonsLeaf(tuple(dict.fromkeys(node.persons)))

    @condition.register
    def _(self, node: written.TraitCondition, place: str) -> Condition:
        trait = self.catalog.trait(node.trait)
        if trait is None:
            names = [each.name for each in self.catalog.traits if each.of == "person"]
            return self._unknown(f"{place}.trait", _NO_TRAIT, node.trait, names)
        try:
            return TraitLeaf(trait, comparison(node.test, trait.type))
        except Unusable as error:
            return self._unusable(f"{place}.{node.test.operator}", error)

    @condition.register
    def _(self, node: written.EventCondition, place: str) -> Condition:
        events = tuple(dict.fromkeys(self._event(name, f"{place}.event") for name in node.event))
        window = self._window(node, place)
        if None in events:
            return _NOBODY
        known: tuple[EventType, ...] = tuple(each for each in events if each)
        try:
            where = tuple(self._property_test(known, path, test, place) for path, test in node.where.items())
            measure = self._measure(known, node, place)
            compared = comparison(node.test, _compared_type(measure), _allowed(measure))
        except _Placed as error:
            return self._unusable(error.place, error.cause)
        except Unusable as error:
            return self._unusable(f"{place}.{node.measure}", error)
        return EventLeaf(known, where, window, measure, compared)

    def _event(self, name: str, place: str) -> EventType | None:
        found = self.catalog.event(name)
        if found is None:
            self._unknown(place, _NO_EVENT, name, [each.name for each in self.catalog.events])
        return found

    def _window(self, node: written.EventCondition, place: str) -> Window:
        try:
            if node.within is not None:
                return Window(oldest=duration(node.within))
            if node.ago:
                newest, oldest = (duration(each) for each in node.ago.between)
                if newest.days >= oldest.days:
                    raise Unusable(_WINDOW_REVERSED, _NEWEST_FIRST)
                return Window(oldest=oldest, newest=newest)
            if node.since is not None:
                return Window(since=day(node.since))
        except Unusable as error:
            self._unusable(f"{place}.{'within' if node.within is not None else 'ago' if node.ago else 'since'}", error)
        return Window()

    def _property_test(self, events: tuple[EventType, ...], path: str, test: written.Test, place: str) -> PropertyTest:
        here = f"{place}.where.{path}"
        declared = self._property(events, path, here)
        try:
            return PropertyTest(path, declared, comparison(test, declared.type))
        except Unusable as error:
            raise _Placed(here, error) from error

    def _property(self, events: tuple[EventType, ...], path: str, place: str) -> Property:
        """The property that all of the events have under that path, with one type."""
        for event in events:
            if event.property(path) is None or event.property(path).type is ValueType.LINES:  # type: ignore[union-attr]
                unknown = Unusable(_NO_PROPERTY.with_(event=event.name, name=path), suggestion(path, event.paths()))
                raise _Placed(place, unknown)
        found = [each for event in events if (each := event.property(path))]
        if len({each.type for each in found}) > 1:
            raise _Placed(place, Unusable(_TWO_TYPES.with_(name=path)))
        return found[0]

    def _measure(self, events: tuple[EventType, ...], node: written.EventCondition, place: str) -> Measure:
        if node.measure == "count":
            return Measure("count")
        here = f"{place}.{node.measure}"
        if node.measure == "days_since":
            if node.path not in ("first", "last"):
                raise _Placed(here, Unusable(_FIRST_OR_LAST))
            return Measure(f"days_since_{node.path}")
        if not node.path:
            raise _Placed(here, Unusable(_WHICH_PROPERTY.with_(measure=node.measure)))
        declared = self._property(events, node.path, here)
        if node.measure in ("sum", "mean", "min", "max") and declared.type not in NUMERIC:
            raise _Placed(here, Unusable(_NOT_A_NUMBER.with_(name=node.path, type=TYPE_WORDS[declared.type])))
        if node.measure in ("first", "last") and "." in node.path:
            raise _Placed(here, Unusable(_NO_ORDER_IN_LINES))
        return Measure(node.measure, node.path, declared)

    def _in_segment(self, name: str, place: str, also: tuple[str, ...] = ()) -> Condition:
        if name in self.path:
            self._problem(place, _CYCLE.with_(names=" → ".join([*self.path[self.path.index(name) :], name])), _NO_CYCLE)
            return _NOBODY
        other = self.definitions.get(name)
        if other is None:
            return self._unknown(place, _NO_SEGMENT, name, [*also, *(key for key in self.definitions)])
        before = len(self.problems)
        bound = self.segment(other, "")
        for index in range(before, len(self.problems)):
            found = self.problems[index]
            if not found.place.startswith(f"{name} "):
                self.problems[index] = replace(found, place=f"{name} ({found.place})")
        return InSegment(bound)

    def _parts(self, nodes: tuple[written.Condition, ...], place: str) -> tuple[Condition, ...]:
        return tuple(self.condition(node, f"{place}[{index}]") for index, node in enumerate(nodes))

    def _unknown(self, place: str, what: Text, name: str, names: list[str]) -> Condition:
        return self._problem(place, what.with_(name=name), suggestion(name, names))

    def _unusable(self, place: str, error: Unusable) -> Condition:
        return self._problem(place, error.what, error.remedy)

    def _problem(self, place: str, what: object, remedy: object = None) -> Condition:
        self.problems.append(Problem(place, what, remedy))  # type: ignore[arg-type]  # sentences, as the callers give
        return _NOBODY


class _Placed(Exception):
    """A reason why a part of an event condition is refused, with its place."""

    def __init__(self, place: str, cause: Unusable) -> None:
        super().__init__(place)
        self.place, self.cause = place, cause


_NOBODY = PersonsLeaf(())
"""Stands for a condition with a problem, so that the rest of the document is still checked."""


def _compared_type(measure: Measure) -> ValueType:
    if measure.kind in ("first", "last") and measure.declared:
        return measure.declared.type
    return ValueType.NUMBER


def _allowed(measure: Measure) -> tuple[str, ...]:
    if measure.kind in ("first", "last"):
        return written.OF_ONE_EVENT
    return RANGES if measure.kind.startswith("days_since") else COMPARISONS


_NO_TRAIT = Text(en="there is no trait “{name}”", fr="il n'y a pas de trait « {name} »")
_NO_EVENT = Text(en="there is no event “{name}”", fr="il n'y a pas d'événement « {name} »")
_NO_PROPERTY = Text(en="“{event}” has no property “{name}”", fr="« {event} » n'a pas de propriété « {name} »")
_NO_SEGMENT = Text(en="there is no segment “{name}”", fr="il n'y a pas de segment « {name} »")
_TWO_TYPES = Text(
    en="“{name}” has not the same type in these events", fr="« {name} » n'a pas le même type dans ces événements"
)
_WHICH_PROPERTY = Text(
    en="`{measure}` needs a property, such as `{measure}: revenue`",
    fr="`{measure}` a besoin d'une propriété, par exemple `{measure}: revenue`",
)
_NOT_A_NUMBER = Text(en="“{name}” is {type}, a number is needed", fr="« {name} » est {type}, il faut un nombre")
_NO_ORDER_IN_LINES = Text(
    en="the lines of an event have no first and no last", fr="les lignes d'un événement n'ont ni première ni dernière"
)
_FIRST_OR_LAST = Text(en="`days_since` takes `first` or `last`", fr="`days_since` attend `first` ou `last`")
_TOO_MANY = Text(en="{n} of {parts} conditions can never hold", fr="{n} conditions sur {parts} ne peuvent pas tenir")
_WINDOW_REVERSED = Text(en="this window has no length", fr="cette fenêtre n'a pas de durée")
_NEWEST_FIRST = Text(
    en="write the shorter duration first: [30 days, 90 days]",
    fr="écrivez d'abord la durée la plus courte : [30 days, 90 days]",
)
_CYCLE = Text(
    en="these segments refer to one another: {names}", fr="ces segments se renvoient l'un à l'autre : {names}"
)
_NO_CYCLE = Text(en="take one of the references out", fr="retirez l'un des renvois")
_HOLDS_FOR_STRANGERS = Text(
    en="this holds for a person of whom nothing is known, and no population says that this is meant",
    fr="ceci vaut aussi pour une personne dont on ne sait rien, et aucune population ne dit que c'est voulu",
)
_SAY_THE_POPULATION = Text(
    en="name one: `population: customers`, `identified`, a segment, or `everyone` if you mean everyone",
    fr="nommez-en une : `population: customers`, `identified`, un segment, ou `everyone` si c'est bien tout le monde",
)
