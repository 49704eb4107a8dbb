"""Whatever happens between two moments, evaluating the touched gives what evaluating everyone gives."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, event, given, note, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from quartier.engine import DuckDBEngine
from quartier.engine.feed import Changed
from quartier.segment import refresh
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.segment.refresh import Before, kept_of, members_after
from quartier.testing import TinyAccount, TinyPerson, TinyWorld, load
from quartier.testing.memories import TinyMemories
from quartier.testing.worlds import TinyChange
from tests.generative.conditions import OTHERS, segments
from tests.generative.segments_compared import segments_in_own_time
from tests.generative.worlds import ACCOUNTS, CATALOG, INSTANTS, ZONES, worlds

READ = {other["segment"]: read_segment(other) for other in OTHERS}
SEGMENTS_AT_ONCE = 5
BEFORE_MIDNIGHT = [
    dt.datetime.fromisoformat(each).replace(tzinfo=dt.UTC)
    for each in ("2026-11-21 10:55", "2026-03-01 07:55", "2026-02-28 18:25", "2026-09-26 11:55")
]
"""In Auckland, Los Angeles, Kolkata, and in Auckland on the eve of summer time."""
Drawing = Callable[[dt.datetime, ZoneInfo], st.SearchStrategy[dict[str, Any]]]
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
STEPS = [dt.timedelta(**{unit: n}) for unit, n in (
    ("microseconds", 1), ("minutes", 10), ("hours", 1), ("hours", 3), ("days", 1), ("days", 7), ("days", 31),
    ("days", 366), ("hours", -2), ("days", -1),
)]  # fmt: skip
HAPPENINGS = ["time", "time", "events", "traits", "merge", "deletion", "accounts", "moved", "gathered", "dissolved"]
PERSON_KEYS = {name: 3 * place + 1 for place, name in enumerate(["stranger", *(f"p{n}" for n in range(5))])}
ACCOUNT_KEYS = {name: 7 * place + 2 for place, name in enumerate([*ACCOUNTS, "stranger"])}


@dataclass(frozen=True)
class Step:
    """What is true after something happened, and to whom it happened."""

    world: TinyWorld
    now: dt.datetime
    what: str
    persons: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()


def test_a_refresh_finds_what_a_full_evaluation_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = histories(monkeypatch, how_many=4, steps=5, derandomize=True)
    assert seen["steps"] >= 12
    assert seen["some accounts only"] >= 1
    assert seen["some persons only"] >= 1


def test_a_refresh_finds_what_a_full_evaluation_finds_on_the_clock_of_each_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = histories(monkeypatch, how_many=2, steps=3, derandomize=True, drawing=segments_in_own_time,
                     instants=BEFORE_MIDNIGHT)  # fmt: skip
    assert seen["steps"] >= 2


@pytest.mark.slow
def test_a_refresh_finds_what_a_full_evaluation_finds_on_the_clock_of_each_person_over_many_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = histories(monkeypatch, how_many=200, steps=12, derandomize=False, drawing=segments_in_own_time,
                     instants=BEFORE_MIDNIGHT)  # fmt: skip
    assert seen["some persons only"] >= 200


@pytest.mark.slow
def test_a_refresh_finds_what_a_full_evaluation_finds_over_twenty_thousand_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = histories(monkeypatch, how_many=2_000, steps=12, derandomize=False)
    assert seen["steps"] >= 20_000
    assert seen["some accounts only"] >= 2_000
    assert seen["some persons only"] >= 2_000


def histories(
    monkeypatch: pytest.MonkeyPatch,
    *,
    how_many: int,
    steps: int,
    derandomize: bool,
    drawing: Drawing = segments,
    instants: Sequence[dt.datetime] = INSTANTS,
) -> Counter[str]:
    """Draw worlds, conditions and what happens, and compare after each step; how often small worlds were looked at."""
    monkeypatch.setattr(refresh, "MOST_TOUCHED", 10.0)  # in a tiny world everyone is soon touched
    engine, seen = DuckDBEngine(memory_limit="256MB", threads=1), Counter[str]()

    @settings(max_examples=how_many, derandomize=derandomize, deadline=None, suppress_health_check=QUIET,
              database=None, phases=[Phase.explicit, Phase.generate, Phase.shrink])  # fmt: skip
    @given(st.data())
    def check(data: st.DataObject) -> None:
        now, zone = data.draw(st.sampled_from(instants)), data.draw(st.sampled_from(ZONES))
        step = Step(data.draw(worlds(now, zone)), now, "begin")
        known = _segments(data, drawing(now, zone))
        first = _loaded(step, engine, zone)
        members, kept = first.members_of_all(known), kept_of(first, known.values())
        for _ in range(data.draw(st.integers(max(1, steps - 2), steps + 2))):
            moments, last = frozenset({Moment(step.now, zone)}), step
            step = data.draw(after(last, zone))
            note(f"{step.what}: {step.now} {step.persons} {step.accounts}")
            event(step.what)
            world = _loaded(step, engine, zone)
            found = members_after(world, engine, known, Before(members, moments, _changed(last, step), kept))
            assert found.touched is not None
            whole = _world(step, engine, zone)
            members, kept = whole.members_of_all(known), kept_of(whole, known.values())
            assert found.members == members
            assert found.kept == kept
            seen.update(["steps", *_small_worlds(step, found.touched)])

    try:
        check()
    finally:
        engine.close()
    return seen


def _loaded(step: Step, engine: DuckDBEngine, zone: ZoneInfo) -> World:
    load(step.world, engine, PERSON_KEYS, ACCOUNT_KEYS)
    return _world(step, engine, zone)


def _world(step: Step, engine: DuckDBEngine, zone: ZoneInfo) -> World:
    return World(engine, CATALOG, Moment(step.now, zone), memory=TinyMemories(step.world, PERSON_KEYS))


def _small_worlds(step: Step, touched: Mapping[str, BitMap]) -> list[str]:
    """Of whom some but not all were looked at."""
    everyone = {"person": len(step.world.persons), "account": len(step.world.accounts)}
    return [f"some {of}s only" for of, keys in touched.items() if 0 < len(keys) < everyone[of]]


def _changed(last: Step, step: Step) -> Changed:
    """What is noted of a step."""
    moved = _links(last.world) ^ _links(step.world)
    return Changed(
        0,
        BitMap(PERSON_KEYS[each] for each in step.persons),
        BitMap(ACCOUNT_KEYS[each] for each in step.accounts),
        BitMap(PERSON_KEYS[person] for person, _ in moved),
        BitMap(ACCOUNT_KEYS[account] for _, account in moved),
    )


def _links(world: TinyWorld) -> set[tuple[str, str]]:
    return {(person.id, account.id) for account in world.accounts for person in world.persons_of(account)}


def _segments(data: st.DataObject, drawing: st.SearchStrategy[dict[str, Any]]) -> dict[str, BoundSegment]:
    drawn = data.draw(st.lists(drawing, min_size=1, max_size=SEGMENTS_AT_ONCE))
    note(str(drawn))
    others = data.draw(st.lists(st.sampled_from(sorted(READ)), max_size=2, unique=True))
    bound = {name: bind(READ[name], CATALOG, READ) for name in others}
    return bound | {f"s{place}": bind(read_segment(each), CATALOG, READ) for place, each in enumerate(drawn)}


@st.composite
def after(draw: Any, step: Step, zone: ZoneInfo) -> Step:
    """Something happens to somebody, or only time passes; the clock may be set back."""
    what = draw(st.sampled_from(HAPPENINGS))
    now = step.now + draw(st.sampled_from(STEPS)) if what in ("time", "events") else step.now
    one, other = (draw(st.sampled_from(step.world.persons[:-1] or step.world.persons)) for _ in range(2))
    elsewhere = draw(worlds(now, zone))
    match what:
        case "events":  # some of them late, some of them in the future
            fresh = [replace(each, person=one.id, id=f"n{now}{each.id}") for each in elsewhere.events]
            return Step(replace(step.world, events=(*step.world.events, *fresh)), now, what, frozenset({one.id}))
        case "traits":
            world = _with_traits(step.world, {one.id: elsewhere.persons[0].traits})
            changes = (*world.changes, *_told(one, elsewhere.persons[0], now))
            return Step(replace(world, changes=changes), now, what, frozenset({one.id}))
        case "merge" if one is not other:
            return Step(_merged(step.world, one, other), now, what, frozenset({one.id, other.id}))
        case "deletion" if len(step.world.persons) > 1:
            return Step(_without(step.world, one), now, what, frozenset({one.id}))
        case "accounts":  # traits that change, and accounts that persons named before they were there
            found, gone = elsewhere.accounts[0], draw(st.sampled_from(ACCOUNTS))
            account = TinyAccount(gone, found.traits)
            others = tuple(each for each in step.world.accounts if each.id != gone)
            return Step(replace(step.world, accounts=(account, *others)), now, what, accounts=frozenset({gone}))
        case "moved":
            names = {key: elsewhere.persons[0].traits.get(key) for key in ("account", "second_account")}
            world = _with_traits(step.world, {one.id: {**one.traits, **names}})
            return Step(world, now, what, frozenset({one.id}))
        case "gathered" | "dissolved" if len(step.world.accounts) > 1:
            into = step.world.accounts[-1] if what == "dissolved" else step.world.accounts[1]
            return _account_gone(step, step.world.accounts[0], into, now)
    return Step(step.world, now, "time")


def _account_gone(step: Step, gone: TinyAccount, into: TinyAccount, now: dt.datetime) -> Step:
    """An account is gone, and its persons belong to another one; the last one is a stranger, to which nobody does."""
    moved = {each.id: {**each.traits, "account": into.id} for each in step.world.persons_of(gone)}
    accounts = tuple(each for each in step.world.accounts if each is not gone)
    changes = tuple(each for each in step.world.changes if each.id != gone.id)
    arrivals = tuple(each for each in step.world.arrivals if each.id != gone.id)
    without = replace(step.world, accounts=accounts, changes=changes, arrivals=arrivals)
    world = _with_traits(without, moved if into.id in ACCOUNTS else {})
    changed = frozenset(moved if into.id in ACCOUNTS else ())
    return Step(world, now, "an account gone", changed, frozenset({gone.id, into.id}))


def _with_traits(world: TinyWorld, traits: Mapping[str, Mapping[str, Any]]) -> TinyWorld:
    persons = tuple(replace(each, traits=traits.get(each.id, each.traits)) for each in world.persons)
    return replace(world, persons=persons)


def _told(one: TinyPerson, other: TinyPerson, now: dt.datetime) -> list[TinyChange]:
    """What is kept when one person gets the traits of another."""
    names = sorted(name for name in {*one.traits, *other.traits} if one.traits.get(name) != other.traits.get(name))
    return [TinyChange("person", one.id, name, now, one.traits.get(name), other.traits.get(name)) for name in names]


def _merged(world: TinyWorld, one: TinyPerson, other: TinyPerson) -> TinyWorld:
    events = tuple(replace(each, person=other.id) if each.person == one.id else each for each in world.events)
    return _without(replace(world, events=events), one)


def _without(world: TinyWorld, one: TinyPerson) -> TinyWorld:
    return replace(
        world,
        persons=tuple(each for each in world.persons if each is not one),
        events=tuple(each for each in world.events if each.person != one.id),
        changes=tuple(each for each in world.changes if each.id != one.id),
        arrivals=tuple(each for each in world.arrivals if each.id != one.id),
    )
