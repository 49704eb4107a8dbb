"""Valid conditions as documents, built backwards: from the type that a value has to the operators that fit it."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from quartier.catalog import EventType, Subject, ValueType
from quartier.segment.event_documents import OF_ONE_EVENT
from quartier.segment.operators import COMPARISONS, OPERATORS, RANGES, TIMES
from quartier.segment.wall_clock import CLOCK_PARTS
from tests.generative.compared import compared
from tests.generative.earlier import changed, compared_with_earlier
from tests.generative.groups import combined
from tests.generative.worlds import ACCOUNTS, CATALOG, DURATIONS, values

Document = dict[str, Any]
ORDERED_DURATIONS = DURATIONS[2:]
"""From a day on: days have no hours."""
PATTERNS = [
    "^sho",
    "oes$",
    "[Ss]hoes",
    "^$|%",
    r"\w+@\w+\.(fr|be)$",
    "É{1,2}|é",
    "^.{5}$",
    r"[^\d\s]s",
    "o+?e",
    r"\W",
    "d'été?",
]
"""Of what some of the texts of worlds have."""


def fitting_tests(
    type_: ValueType, now: dt.datetime, zone: ZoneInfo, allowed: tuple[str, ...] = tuple(OPERATORS)
) -> st.SearchStrategy[Document]:
    """An operator that accepts the type, with a value that it takes."""
    keys = [key for key in allowed if type_ in OPERATORS[key].accepts]
    return st.sampled_from(keys).flatmap(lambda key: _value(key, type_, now, zone).map(lambda value: {key: value}))


def _value(key: str, type_: ValueType, now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Any]:
    single = _written(type_, now, zone)
    match OPERATORS[key].takes:
        case "value":
            return single
        case "values":
            return st.lists(single, min_size=1, max_size=3)
        case "pair":
            return st.lists(single, min_size=2, max_size=2).map(sorted)
        case "duration":
            return st.sampled_from(DURATIONS if type_ is ValueType.INSTANT else ORDERED_DURATIONS)
        case "flag":
            return st.booleans()
        case "pattern":
            return st.sampled_from(PATTERNS)
        case "days":
            return st.sampled_from(["1 day", "7 days", "2 weeks", "1 month", "11 months", "364 days"])
        case "range":
            return comparisons(RANGES, [-1, 0, 1, 2, 17.5, 25, 40])
    raise ValueError(key)


def _written(type_: ValueType, now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Any]:
    """A value as YAML gives it."""
    if type_ is ValueType.TEXTS:
        return _written(ValueType.TEXT, now, zone)
    if type_ in TIMES:
        kind = st.just(ValueType.DATE) if type_ is ValueType.DATE else st.just(type_)
        return kind.flatmap(lambda each: values(each, now, zone)).map(lambda value: value.isoformat())
    return values(type_, now, zone)


def days_for_instants(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    """Instants compared with whole days, which start and end at local midnight."""
    day = values(ValueType.DATE, now, zone).map(dt.date.isoformat)
    return st.one_of(
        st.sampled_from(["before", "since"]).flatmap(lambda key: day.map(lambda value: {key: value})),
        st.lists(day, min_size=2, max_size=2).map(lambda pair: {"between": sorted(pair)}),
    )


def comparisons(keys: tuple[str, ...], numbers: list[Any]) -> st.SearchStrategy[Document]:
    """Comparisons of a number."""

    def with_value(key: str) -> st.SearchStrategy[Document]:
        one = st.sampled_from(numbers)
        value = st.lists(one, min_size=2, max_size=2).map(sorted) if key == "between" else one
        return value.map(lambda drawn: {key: drawn})

    return st.sampled_from(keys).flatmap(with_value)


@st.composite
def trait_conditions(
    draw: Any, now: dt.datetime, zone: ZoneInfo, operator: str | None = None, of: Subject = "person"
) -> Document:
    accepted = OPERATORS[operator].accepts if operator else set(ValueType)
    trait = draw(st.sampled_from([each for each in CATALOG.traits if each.of == of and each.type in accepted]))
    if operator:
        return {"trait": trait.name, operator: draw(_value(operator, trait.type, now, zone))}
    fitting = fitting_tests(trait.type, now, zone)
    if trait.type is ValueType.INSTANT:
        fitting = st.one_of(fitting, fitting, days_for_instants(now, zone))
    return {"trait": trait.name, **draw(fitting)}


@st.composite
def event_conditions(
    draw: Any, now: dt.datetime, zone: ZoneInfo, measure: str | None = None, window: str | None = None
) -> Document:
    types = draw(st.lists(st.sampled_from(CATALOG.events), min_size=1, max_size=2, unique=True))
    names = [each.name for each in types]
    document: Document = {"event": names[0] if len(names) == 1 else names}
    shared = _shared_paths(types)
    paths = draw(st.lists(st.sampled_from(sorted(shared)), max_size=2, unique=True))
    if paths:
        document["where"] = {path: draw(_property_test(shared[path], now, zone)) for path in paths}
    if draw(st.integers(0, 3)) == 0:
        document["when"] = draw(clock_tests())
    return document | draw(_window(now, window)) | draw(_measure(shared, now, zone, measure))


@st.composite
def clock_tests(draw: Any) -> Document:
    """One or two parts of the event's time, with any comparison that some time satisfies."""
    parts = draw(st.lists(st.sampled_from(sorted(CLOCK_PARTS)), min_size=1, max_size=2, unique=True))
    return {part: draw(_clock_test(part)) for part in parts}


def _clock_test(key: str) -> st.SearchStrategy[Any]:
    part = CLOCK_PARTS[key]
    # Neither the least nor the greatest, so that no comparison is one that nothing satisfies.
    inner = st.sampled_from(part.names[1:-1] or list(part.values)[1:-1])
    several = st.lists(inner, min_size=1, max_size=3)
    one = st.sampled_from(["is", "is_not", "more_than", "at_least", "less_than", "at_most"])
    return st.one_of(
        inner, several, several.map(lambda each: {"not_in": each}),
        one.flatmap(lambda operator: inner.map(lambda value: {operator: value})),
        st.lists(inner, min_size=2, max_size=2).map(lambda pair: {"between": pair}),
    )  # fmt: skip


def _property_test(type_: ValueType, now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Any]:
    fitting: st.SearchStrategy[Any] = fitting_tests(type_, now, zone)
    if type_ in (ValueType.TEXT, ValueType.BOOLEAN):
        return st.one_of(fitting, _written(type_, now, zone))  # {category: shoes}
    return fitting


def _shared_paths(types: list[EventType]) -> dict[str, ValueType]:
    common = set(types[0].paths()).intersection(*(each.paths() for each in types))
    return {path: found.type for path in common if (found := types[0].property(path))}


@st.composite
def _window(draw: Any, now: dt.datetime, only: str | None) -> Document:
    kind = only or draw(
        st.sampled_from(["ever", "within", "within", "ago", "since", "until", "between days", "during", "during"])
    )
    match kind:
        case "within":
            return {"within": draw(st.sampled_from(DURATIONS))}
        case "ago":
            first, second = sorted(draw(st.lists(st.sampled_from(range(9)), min_size=2, max_size=2, unique=True)))
            return {"ago": {"between": [DURATIONS[first], DURATIONS[second]]}}
        case "since" | "until":
            return {kind: draw(_days_near(now))}
        case "between days":
            since, until = sorted([draw(_days_near(now)), draw(_days_near(now))])
            return {"since": since, "until": until}
        case "during":
            return {"during": draw(st.sampled_from(PERIODS))}
        case str() if kind in PERIODS:
            return {"during": kind}
    return {}


def _days_near(now: dt.datetime) -> st.SearchStrategy[str]:
    days = st.sampled_from([-1, 0, 1, 7, 30, 365])
    return days.map(lambda each: (now.date() - dt.timedelta(days=each)).isoformat())


PERIODS = ["today", "yesterday", *(f"{which} {unit}" for unit in ("week", "month", "quarter", "year")
           for which in ("this", "last")), "last 3 days", "last 2 weeks", "last 12 months", "last 2 quarters",
           "last 999999 years", "this week a year ago", "last month a year ago", "today a year ago"]  # fmt: skip
KINDS_OF_MEASURE = ["default", "count", "distinct", "sum", "mean", "min", "max", "first", "last", "days_since",
                    "days", "weeks", "months", "most_frequent"]  # fmt: skip


@st.composite
def _measure(draw: Any, paths: dict[str, ValueType], now: dt.datetime, zone: ZoneInfo, only: str | None) -> Document:
    kind = only or draw(st.sampled_from(KINDS_OF_MEASURE))
    numbers = [-1, 0, 0.1, 0.3, 1, 1.5, 2, 10, 12.49]
    match kind:
        case "default":
            return draw(st.one_of(st.just({}), comparisons(COMPARISONS, [0, 1, 2])))
        case "count":
            return {"count": draw(st.one_of(st.integers(0, 3), comparisons(COMPARISONS, [0, 1, 2, 2.5])))}
        case "days" | "weeks" | "months":
            return {kind: draw(st.one_of(st.integers(0, 2), comparisons(COMPARISONS, [0, 1, 2])))}
        case "most_frequent":
            path = draw(st.sampled_from(sorted(path for path in paths if paths[path] is not ValueType.TEXTS)))
            return {kind: path, **draw(fitting_tests(paths[path], now, zone, OF_ONE_EVENT))}
        case "days_since":
            of = draw(st.sampled_from(["first", "last"]))
            return {"days_since": of, **draw(comparisons(RANGES, [-1, 0, 1, 6.5, 7, 30, 365]))}
        case "distinct":
            return {"distinct": draw(st.sampled_from(sorted(paths))), **draw(comparisons(COMPARISONS, [0, 1, 2]))}
        case "first" | "last":
            path = draw(st.sampled_from(sorted(path for path in paths if "." not in path)))
            return {kind: path, **draw(fitting_tests(paths[path], now, zone, OF_ONE_EVENT))}
    numeric = [path for path, type_ in paths.items() if type_ in (ValueType.INTEGER, ValueType.NUMBER)]
    return {kind: draw(st.sampled_from(sorted(numeric))), **draw(comparisons(COMPARISONS, numbers))}


@st.composite
def rank_conditions(draw: Any, now: dt.datetime, zone: ZoneInfo) -> Document:
    """A place in the order of a trait or of a measure of events, in place of a comparison."""
    rank = draw(st.sampled_from(RANKS_DRAWN))
    if draw(st.booleans()):
        return {"trait": draw(st.sampled_from(["t_number", "t_integer", "user_id"])), **rank}
    measure = draw(st.sampled_from(["count", "distinct", "sum", "mean", "min", "max"]))
    document = draw(event_conditions(now, zone, measure))
    kept = {key: value for key, value in document.items() if key not in OPERATORS or key == "within"}
    return {**kept, "count": rank} if measure == "count" else {**kept, **rank}


PLACES: list[Document] = [
    {"place": {"near": [0.1, 0.2], "within": "15 km"}},
    {"place": {"near": [0, 0], "within": "12000 km"}},
    {"place": {"near": [9.99, -180], "within": "100 m"}},
    {"place": {"in": {"south": 0, "west": -1.5, "north": 10, "east": 2.5}}},
    {"place": {"in": {"south": -90, "west": 9.99, "north": 90, "east": 0}}},
    {"place": {"in": [[0, 0], [0.25, 3], [10.5, 2.6], [1, 0.2]]}},
    {"place": {"in": [[-2, -2], [0.2, 0.2], [-2, 11], [11, 11], [0.3, 0.25], [11, -2]]}},
]


def compared_conditions(now: dt.datetime, zone: ZoneInfo, of: Subject = "person") -> st.SearchStrategy[Document]:
    """Two numbers of a person or account compared."""
    return compared(of, lambda measure: event_conditions(now, zone, measure), lambda kind: _window(now, kind))


def earlier_conditions(now: dt.datetime, zone: ZoneInfo, of: Subject = "person") -> st.SearchStrategy[Document]:
    """The earlier values of a trait of a person or account."""
    return changed(of, _window(now, None), lambda trait: _written(trait.type, now, zone)) | compared_with_earlier(of)


def own_time_conditions(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    """What is read on each person's own clock, and groups of it."""
    leaves = trait_conditions(now, zone) | event_conditions(now, zone) | sequence_conditions(now, zone)
    others = compared_conditions(now, zone) | earlier_conditions(now, zone)
    return st.recursive(leaves | others, combined, max_leaves=3).map(lambda each: {"own_time": each})


RANKS_DRAWN: list[Document] = [
    {"top": 1}, {"top": 2}, {"top": "10 %"}, {"top": "50%"}, {"top": 100}, {"bottom": 1}, {"bottom": "33,4 %"},
    {"bottom": "100 %"}, {"share_of_total": "80 %"}, {"share_of_total": "0.5 %"}, {"share_of_total": "100 %"},
]  # fmt: skip


@st.composite
def sequence_conditions(draw: Any, now: dt.datetime, zone: ZoneInfo, *, is_plain: bool = False) -> Document:
    """Sequences of two to four steps; plain ones have no tests of properties, and often somebody has done them."""
    steps = [draw(_step(now, zone, number, is_plain=is_plain)) for number in range(draw(st.integers(2, 4)))]
    document: Document = {"sequence": steps}
    if draw(st.sampled_from([True, False, False])):
        document |= draw(_window(now, None))
    if times := draw(st.sampled_from([0, 0, 1, 2, 3])):
        document["times"] = times
    if draw(st.booleans()):
        document["same"] = draw(st.sampled_from(["p_text", "p_integer", "p_number"]))
    return document


@st.composite
def _step(draw: Any, now: dt.datetime, zone: ZoneInfo, number: int, *, is_plain: bool) -> Document:
    types = draw(st.lists(st.sampled_from(CATALOG.events), min_size=1, max_size=2, unique=True))
    names = [each.name for each in types]
    is_absent = number > 0 and draw(st.sampled_from([False, False, True]))
    step: Document = {"not" if is_absent else "event": names[0] if len(names) == 1 else names}
    if not is_plain and draw(st.sampled_from([False, False, True])):
        shared = _shared_paths(types)
        path = draw(st.sampled_from(sorted(shared)))
        step["where"] = {path: draw(_property_test(shared[path], now, zone))}
    if number > 0 and draw(st.booleans()):
        step["within"] = draw(st.sampled_from(["1 minute", "3 hours", "1 day", "7 days"]))
    return step


@st.composite
def history_conditions(draw: Any, now: dt.datetime) -> Document:
    """Segments in a period, entries, exits."""
    kind = draw(st.sampled_from(["segment", "entered", "left"]))
    return {kind: draw(st.sampled_from(["buyers", "known-buyers"])), **draw(_window(now, None))}


@st.composite
def campaign_conditions(draw: Any, now: dt.datetime) -> Document:
    """What a campaign did."""
    was = draw(st.sampled_from(["targeted", "held_out", "exposed"]))
    return {"campaign": "spring", "was": was, **draw(_window(now, None))}


def conditions(now: dt.datetime, zone: ZoneInfo, of: Subject = "person") -> st.SearchStrategy[Document]:
    """Conditions of every kind over persons or over accounts, to some depth."""
    return st.recursive(_leaves(now, zone, of, crossings=2), combined, max_leaves=6)


def _leaves(now: dt.datetime, zone: ZoneInfo, of: Subject, crossings: int) -> st.SearchStrategy[Document]:
    """Leaves, and conditions that go from accounts to their persons or back a few times."""
    own = _of_persons(now, zone) if of == "person" else _of_accounts(now, zone)
    if not crossings:
        return own
    other: Subject = "account" if of == "person" else "person"
    inside = st.recursive(_leaves(now, zone, other, crossings - 1), combined, max_leaves=2)
    if of == "person":
        return st.one_of(own, own, own, inside.map(lambda each: {"account": each}))
    quantified = st.one_of(
        *(inside.map(lambda each, kind=kind: {kind: each}) for kind in ("any_person", "every_person", "no_person")),
        st.builds(lambda n, each: {"at_least": n, "persons": each}, st.integers(1, 3), inside),
    )
    return st.one_of(own, quantified)


def _of_accounts(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    listed = st.lists(st.sampled_from([*ACCOUNTS, "stranger", "nobody"]), min_size=1, max_size=3)
    return st.one_of(
        trait_conditions(now, zone, of="account"),
        trait_conditions(now, zone, of="account"),
        compared_conditions(now, zone, of="account") | earlier_conditions(now, zone, of="account"),
        st.fixed_dictionaries({"accounts": listed}),
        st.just({"segment": "buying-accounts"}),
    )


def _of_persons(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    listed = st.lists(st.sampled_from(["p0", "p1", "stranger", "a@x.fr", "25", "nobody"]), min_size=1, max_size=3)
    return st.one_of(
        trait_conditions(now, zone),
        trait_conditions(now, zone),
        event_conditions(now, zone),
        event_conditions(now, zone),
        event_conditions(now, zone),
        rank_conditions(now, zone),
        compared_conditions(now, zone) | earlier_conditions(now, zone),
        sequence_conditions(now, zone),
        st.sampled_from(PLACES),
        own_time_conditions(now, zone),
        history_conditions(now),
        campaign_conditions(now),
        st.fixed_dictionaries({"persons": listed}),
        st.sampled_from(["buyers", "known-buyers"]).map(lambda name: {"segment": name}),
    )


OTHERS: list[Document] = [
    {"segment": "buyers", "where": {"event": "Order Completed"}},
    {"segment": "known-buyers", "population": "identified", "where": {"segment": "buyers"}},
    {"segment": "best-buyers", "population": "buyers", "where": {"trait": "t_number", "top": "50 %"}},
    {"segment": "buying-accounts", "of": "account", "where": {"any_person": {"segment": "buyers"}}},
]
POPULATIONS: dict[Subject, list[str]] = {
    "person": ["everyone", "identified", "customers", "buyers"],
    "account": ["everyone", "customers", "buying-accounts"],
}


def segments(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    """Segments of persons or of accounts that are not refused: each names its population."""
    return st.sampled_from(["person", "person", "account"]).flatmap(lambda of: _segments(now, zone, of))


def segments_of_accounts(now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Document]:
    """Segments of accounts alone."""
    return _segments(now, zone, "account")


def _segments(now: dt.datetime, zone: ZoneInfo, of: Subject) -> st.SearchStrategy[Document]:
    named = {"segment": st.just("drawn"), "population": st.sampled_from(POPULATIONS[of])}
    said = {"of": st.just(of)} if of == "account" else {}
    return st.fixed_dictionaries({**named, **said, "where": conditions(now, zone, of)})


def segments_that_use(
    now: dt.datetime,
    zone: ZoneInfo,
    *,
    operator: str | None = None,
    measure: str | None = None,
    window: str | None = None,
) -> st.SearchStrategy[Document]:
    """Segments of one condition that uses an operator on a trait, or a measure or window of events."""
    condition = trait_conditions(now, zone, operator) if operator else event_conditions(now, zone, measure, window)
    return condition.map(lambda drawn: {"segment": "drawn", "population": "everyone", "where": drawn})
