"""Worlds drawn at random, with the edges that matter drawn often: nulls, ties, window edges, 29 February, DST."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from quartier.catalog import Catalog, EventType, Family, Label, Meaning, Property, Subject, Trait, ValueType
from quartier.testing import TinyAccount, TinyEvent, TinyPerson, TinyWorld
from quartier.testing.worlds import TinyArrival, TinyChange, TinyMemory

SCALARS = (
    ValueType.TEXT,
    ValueType.INTEGER,
    ValueType.NUMBER,
    ValueType.BOOLEAN,
    ValueType.DATE,
    ValueType.INSTANT,
)
ZONES = [ZoneInfo(name) for name in ("Europe/Paris", "America/New_York", "UTC", "Asia/Kolkata")]
INSTANTS = [
    dt.datetime.fromisoformat(each).replace(tzinfo=dt.UTC)
    for each in (
        "2026-11-21 14:05:00",
        "2026-03-29 00:59:59.999999",  # before the clocks go forward in Paris
        "2026-03-29 01:30:00",
        "2026-10-25 00:30:00",  # 02:30 in Paris, the first time
        "2026-10-25 01:30:00",  # 02:30 in Paris, the second time
        "2026-03-31 22:30:00",  # already April in Paris
        "2024-02-29 12:00:00",
        "2025-02-28 23:30:00",  # already March in Paris
        "2027-01-01 00:00:00",
    )
]
STEPS = [dt.timedelta(**{unit: 1}) for unit in ("microseconds", "minutes", "hours", "days", "weeks")]
DURATIONS = ["1 minute", "3 hours", "1 day", "7 days", "2 weeks", "1 month", "6 months", "1 year", "3 years"]
TEXTS = ["shoes", "Shoes", "chaussures d'été", "CHAUSSURES D'ÉTÉ", "hats", "", "%", "ΟΔΟΣ", "İzmir", "a@x.fr"]
NUMBERS = [-1.5, 0.0, 0.1, 0.2, 0.3, 1.0, 2.5, 9.99, 10.0, 100.25]
ACCOUNTS = ["acme", "brio", "cima"]
NAMED = st.sampled_from([*ACCOUNTS, "gone"])
OWN_ZONES = ["Pacific/Auckland", "America/Los_Angeles", "Asia/Kolkata"]
ZONED = st.sampled_from([*OWN_ZONES, "Europe/Paris", "europe/paris", "Mars/Olympus", ""])
INTEGERS = [-1, 0, 1, 2, 3, 25, 40]


def _label(name: str) -> Label:
    return Label(fr=name, en=name)


def _property(name: str, type_: ValueType) -> Property:
    return Property(name=name, type=type_, label=_label(name))


def _trait(name: str, type_: ValueType, meaning: Meaning | None = None, of: Subject = "person") -> Trait:
    return Trait(name=name, type=type_, family=Family.VALUES, label=_label(name), meaning=meaning, of=of)


_LINES = Property(
    name="products",
    type=ValueType.LINES,
    label=_label("products"),
    properties=tuple(_property(f"line_{type_}", type_) for type_ in SCALARS),
)
_OWN = tuple(_property(f"p_{type_}", type_) for type_ in (*SCALARS, ValueType.TEXTS))
CATALOG = Catalog(
    traits=(
        *(_trait(f"t_{type_}", type_) for type_ in (*SCALARS, ValueType.TEXTS)),
        _trait("latitude", ValueType.NUMBER, Meaning.LATITUDE),
        _trait("longitude", ValueType.NUMBER, Meaning.LONGITUDE),
        _trait("time_zone", ValueType.TEXT, Meaning.TIME_ZONE),
        _trait("email", ValueType.TEXT, Meaning.EMAIL),
        _trait("user_id", ValueType.INTEGER, Meaning.USER_ID),
        _trait("account", ValueType.TEXT, Meaning.ACCOUNT_ID),
        _trait("second_account", ValueType.TEXT, Meaning.ACCOUNT_ID),
        *(_trait(f"a_{type_}", type_, of="account") for type_ in (*SCALARS, ValueType.TEXTS)),
        _trait("t_text", ValueType.TEXT, of="account"),
    ),
    events=(
        EventType(name="Order Completed", label=_label("order"), properties=(*_OWN, _LINES)),
        EventType(name="Order Refunded", label=_label("refund"), properties=(*_OWN, _LINES)),
        EventType(name="Page Viewed", label=_label("page"), properties=_OWN[:3]),
    ),
)


@st.composite
def instants(draw: Any, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Instants near an edge that some duration makes, or near local midnight, or any of the last years."""
    days = draw(st.sampled_from([0, 0, 1, 7, 14, 28, 30, 31, 60, 365, 366]))
    near = now - dt.timedelta(days=days)
    if draw(st.booleans()):
        month = draw(st.sampled_from([0, 1, 6, 12, 36]))
        local = near.astimezone(zone)
        year, index = divmod(local.year * 12 + local.month - 1 - month, 12)
        near = local.replace(year=year, month=index + 1, day=min(local.day, 28)).astimezone(dt.UTC)
    if draw(st.booleans()):
        zone = draw(st.sampled_from([zone] * 4 + [ZoneInfo(each) for each in OWN_ZONES]))
        near = near.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(dt.UTC)
    step = draw(st.sampled_from([dt.timedelta(), dt.timedelta(), *STEPS]))
    return near + step * draw(st.sampled_from([-1, 1]))


def days(now: dt.datetime) -> st.SearchStrategy[dt.date]:
    """Birthdays, leap days and days near today."""
    near = st.integers(-2, 32).map(lambda n: now.date() - dt.timedelta(days=n))
    births = st.builds(
        dt.date, st.integers(1980, 2027), st.sampled_from([now.month, 3]), st.sampled_from([1, now.day % 29 or 1])
    )
    return st.one_of(near, births, st.sampled_from([dt.date(2024, 2, 29), dt.date(2000, 2, 29), dt.date(2001, 2, 28)]))


def values(type_: ValueType, now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[Any]:
    """Known values of a type."""
    match type_:
        case ValueType.TEXT:
            return st.sampled_from(TEXTS)
        case ValueType.INTEGER:
            return st.sampled_from(INTEGERS)
        case ValueType.NUMBER:
            return st.sampled_from(NUMBERS)
        case ValueType.BOOLEAN:
            return st.booleans()
        case ValueType.DATE:
            return days(now)
        case ValueType.INSTANT:
            return instants(now, zone)
        case ValueType.TEXTS:
            return st.lists(st.one_of(st.none(), st.sampled_from(TEXTS)), max_size=3).map(tuple)
    raise ValueError(type_)


def _maybe(known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(known, known, known, st.none())


def _record(properties: Any, now: dt.datetime, zone: ZoneInfo) -> st.SearchStrategy[dict[str, Any]]:
    drawn = {
        each.name: _maybe(
            st.lists(_maybe(_record(each.properties, now, zone)), max_size=3).map(tuple)
            if each.type is ValueType.LINES
            else values(each.type, now, zone)
        )
        for each in properties
    }
    return st.fixed_dictionaries(drawn)


@st.composite
def worlds(draw: Any, now: dt.datetime, zone: ZoneInfo) -> TinyWorld:
    """Up to six persons with up to ten events, and up to four accounts, on the one catalog."""
    of_persons, of_accounts = (
        _record([each for each in CATALOG.traits if each.of == of], now, zone) for of in ("person", "account")
    )
    named = st.fixed_dictionaries(
        {"account": _maybe(NAMED), "second_account": st.one_of(st.none(), NAMED), "time_zone": _maybe(ZONED)}
    )
    persons = [TinyPerson(f"p{i}", draw(of_persons) | draw(named)) for i in range(draw(st.integers(1, 5)))]
    accounts = [TinyAccount(each, draw(of_accounts)) for each in ACCOUNTS[: draw(st.integers(1, 3))]]
    persons.append(TinyPerson("stranger"))
    moments = draw(st.lists(instants(now, zone), min_size=1, max_size=3))  # few, so that events share them
    events = []
    for number in range(draw(st.integers(0, 10))):
        type_ = draw(st.sampled_from(CATALOG.events))
        at = draw(st.sampled_from(moments))
        person = draw(st.sampled_from(persons[:-1]))
        events.append(
            TinyEvent(person.id, type_.name, at, f"e{99 - number}", draw(_record(type_.properties, now, zone)))
        )
    remembered = tuple(draw(_remembered(persons, moments)))
    subjects = (*persons[:-1], *accounts)
    changes, arrivals = draw(histories(subjects, now, zone))
    return TinyWorld(
        CATALOG, tuple(persons), tuple(events), (*accounts, TinyAccount("stranger")), remembered, changes, arrivals
    )


def histories(
    subjects: tuple[TinyPerson | TinyAccount, ...], now: dt.datetime, zone: ZoneInfo
) -> st.SearchStrategy[tuple[tuple[TinyChange, ...], tuple[TinyArrival, ...]]]:
    """Up to eight changes of traits, some told at one instant, and since when some persons and accounts are known."""
    moments = st.lists(instants(now, zone), min_size=1, max_size=2)

    def told(at: list[dt.datetime]) -> st.SearchStrategy[tuple[TinyChange, ...]]:
        return st.lists(_change(subjects, at, now, zone), max_size=8).map(tuple)

    def known(at: list[dt.datetime]) -> st.SearchStrategy[tuple[TinyArrival, ...]]:
        arrivals = [st.none() | st.sampled_from(at).map(lambda each, who=who: _arrival(who, each)) for who in subjects]
        return st.tuples(*arrivals).map(lambda found: tuple(each for each in found if each))

    return moments.flatmap(lambda at: st.tuples(told(at), known(at)))


@st.composite
def _change(
    draw: Any, subjects: tuple[TinyPerson | TinyAccount, ...], at: list[dt.datetime], now: dt.datetime, zone: ZoneInfo
) -> TinyChange:
    who = draw(st.sampled_from(subjects))
    of = _of(who)
    trait = draw(st.sampled_from([each for each in CATALOG.traits if each.of == of]))
    before, after = (draw(_maybe(values(trait.type, now, zone))) for _ in range(2))
    return TinyChange(of, who.id, trait.name, draw(st.sampled_from(at)), before, after)


def _arrival(who: TinyPerson | TinyAccount, at: dt.datetime) -> TinyArrival:
    return TinyArrival(_of(who), who.id, at)


def _of(who: TinyPerson | TinyAccount) -> Subject:
    return "person" if isinstance(who, TinyPerson) else "account"


@st.composite
def _remembered(draw: Any, persons: list[TinyPerson], moments: list[dt.datetime]) -> list[TinyMemory]:
    """What evaluations at a few instants saw of some persons, each in turn in and out, and what a campaign did."""
    found = []
    for name in ("buyers", "known-buyers"):
        instants = sorted({*draw(st.lists(st.sampled_from(moments), max_size=3))})
        for person in persons[:-1] if instants else []:
            kinds = draw(st.sampled_from([["found", "left", "entered"], ["entered", "left", "entered"], []]))
            own = instants if not kinds or kinds[0] == "found" else instants[1:]
            found += [TinyMemory(kind, name, person.id, at) for kind, at in zip(kinds, own, strict=False)]
    for person in persons[:-1]:
        for kind in draw(st.lists(st.sampled_from(["targeted", "held_out", "exposed"]), max_size=2)):
            found.append(TinyMemory(kind, "spring", person.id, draw(st.sampled_from(moments))))
    return found
