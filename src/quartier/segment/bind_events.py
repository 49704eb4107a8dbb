"""How conditions over events are bound: event types, windows, tests of properties, measures."""

from collections.abc import Mapping

from quartier.catalog import EventType, Property, ValueType
from quartier.errors import Unusable, suggestion
from quartier.language import Text
from quartier.segment.bind_compared import compared_events
from quartier.segment.bind_ranks import SOME_EVENT, rank_of_events
from quartier.segment.bind_wall_clock import clock_tests
from quartier.segment.bind_windows import window
from quartier.segment.binding import NOBODY, Binder, Placed, bind_condition
from quartier.segment.compared_documents import is_other
from quartier.segment.conditions import Condition, EventLeaf, Measure, PropertyTest
from quartier.segment.documents import Test
from quartier.segment.event_documents import COUNTED, OF_ONE_EVENT, EventCondition
from quartier.segment.operators import COMPARISONS, NUMERIC, RANGES
from quartier.segment.ranks import RANKS
from quartier.segment.values import TYPE_WORDS, comparison
from quartier.segment.windows import EVER, Window


@bind_condition.register
def _(node: EventCondition, binder: Binder, place: str) -> Condition:
    known = event_types(node.event, binder, f"{place}.event")
    within = _window_or_ever(node, binder, place)
    if known is None:
        return NOBODY
    try:
        where = property_tests(known, node.where, place)
        when = clock_tests(node.when, place)
        measure = _measure(known, node, place)
        if node.test.operator in RANKS:
            return rank_of_events(EventLeaf(known, where, within, measure, SOME_EVENT, when), node.test, binder, place)
        if is_other(node.test):
            return compared_events(EventLeaf(known, where, within, measure, SOME_EVENT, when), node.test, binder, place)
        compared = comparison(node.test, _compared_type(measure), _allowed(measure))
    except Placed as error:
        return binder.unusable(error.place, error.cause)
    except Unusable as error:
        return binder.unusable(f"{place}.{node.measure}", error)
    return EventLeaf(known, where, within, measure, compared, when)


def event_types(names: tuple[str, ...], binder: Binder, place: str) -> tuple[EventType, ...] | None:
    """The event types of some names, None when one is unknown: that is noted."""
    found = [(name, binder.catalog.event(name)) for name in names]
    for name, event in found:
        if event is None:
            binder.unknown(place, _NO_EVENT, name, [each.name for each in binder.catalog.events])
    known = tuple(dict.fromkeys(event for _, event in found if event))
    return known if all(event for _, event in found) else None


def property_tests(events: tuple[EventType, ...], where: Mapping[str, Test], place: str) -> tuple[PropertyTest, ...]:
    """The tests of an event's properties. Raises Placed for the first that cannot be used."""
    return tuple(_property_test(events, path, test, place) for path, test in where.items())


def property_of(events: tuple[EventType, ...], path: str, place: str) -> Property:
    """The property that all of the events have under that path, with one type. Raises Placed when there is none."""
    found = []
    for event in events:
        declared = event.property(path)
        if declared is None or declared.type is ValueType.LINES:
            unknown = Unusable(_NO_PROPERTY.with_(event=event.name, name=path), suggestion(path, event.paths()))
            raise Placed(place, unknown)
        found.append(declared)
    if len({each.type for each in found}) > 1:
        raise Placed(place, Unusable(_TWO_TYPES.with_(name=path)))
    return found[0]


def _property_test(events: tuple[EventType, ...], path: str, test: Test, place: str) -> PropertyTest:
    here = f"{place}.where.{path}"
    declared = property_of(events, path, here)
    try:
        return PropertyTest(path, declared, comparison(test, declared.type))
    except Unusable as error:
        raise Placed(here, error) from error


def _window_or_ever(node: EventCondition, binder: Binder, place: str) -> Window:
    try:
        return window(node.window, place)
    except Placed as error:
        binder.unusable(error.place, error.cause)
        return EVER


def _measure(events: tuple[EventType, ...], node: EventCondition, place: str) -> Measure:
    if node.measure in COUNTED:
        return Measure(node.measure)
    here = f"{place}.{node.measure}"
    if node.measure == "days_since":
        if node.path not in ("first", "last"):
            raise Placed(here, Unusable(_FIRST_OR_LAST))
        return Measure(f"days_since_{node.path}")
    if not node.path:
        raise Placed(here, Unusable(_WHICH_PROPERTY.with_(measure=node.measure)))
    declared = property_of(events, node.path, here)
    if node.measure in ("sum", "mean", "min", "max") and declared.type not in NUMERIC:
        raise Placed(here, Unusable(_NOT_A_NUMBER.with_(name=node.path, type=TYPE_WORDS[declared.type])))
    if node.measure == "most_frequent" and declared.type is ValueType.TEXTS:
        raise Placed(here, Unusable(_NOT_ONE_VALUE.with_(name=node.path)))
    if node.measure in ("first", "last") and "." in node.path:
        raise Placed(here, Unusable(_NO_ORDER_IN_LINES))
    return Measure(node.measure, node.path, declared)


def _compared_type(measure: Measure) -> ValueType:
    if measure.is_a_value and measure.declared:
        return measure.declared.type
    return ValueType.NUMBER


def _allowed(measure: Measure) -> tuple[str, ...]:
    if measure.is_a_value:
        return OF_ONE_EVENT
    return RANGES if measure.kind.startswith("days_since") else COMPARISONS


_NO_EVENT = Text(en="there is no event “{name}”", fr="il n'y a pas d'événement « {name} »")
_NO_PROPERTY = Text(en="“{event}” has no property “{name}”", fr="« {event} » n'a pas de propriété « {name} »")
_TWO_TYPES = Text(
    en="“{name}” has not the same type in these events", fr="« {name} » n'a pas le même type dans ces événements"
)
_WHICH_PROPERTY = Text(
    en="`{measure}` needs a property, such as `{measure}: revenue`",
    fr="`{measure}` a besoin d'une propriété, par exemple `{measure}: revenue`",
)
_NOT_A_NUMBER = Text(en="“{name}” is {type}, a number is needed", fr="« {name} » est {type}, il faut un nombre")
_NOT_ONE_VALUE = Text(
    en="“{name}” is a list: which of several lists is the most frequent means nothing",
    fr="« {name} » est une liste : la plus fréquente de plusieurs listes ne veut rien dire",
)
_NO_ORDER_IN_LINES = Text(
    en="the lines of an event have no first and no last", fr="les lignes d'un événement n'ont ni première ni dernière"
)
_FIRST_OR_LAST = Text(en="`days_since` takes `first` or `last`", fr="`days_since` attend `first` ou `last`")
