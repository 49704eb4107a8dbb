"""Messages, decisions, their undoing, refreshes and rebuilds in any order: persons depend on what was said alone."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.errors import InvalidRequest, UnknownName
from quartier.store import membership

START = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
USERS, MAILS, COOKIES = ("u1", "u2", "u3"), ("a@shop.fr", "b@shop.fr"), ("c1", "c2", "c3")
KNOWN = (*USERS, *MAILS, *COOKIES)
SEGMENTS = [
    {"segment": "of-lyon", "where": {"trait": "city", "is": "Lyon"}},
    {"segment": "buyers", "where": {"event": "Order Completed", "count": {"at_least": 2}}},
    {"segment": "spenders", "where": {"event": "Order Completed", "sum": "revenue", "more_than": 50}},
]
Step = tuple[Any, ...]

messages = st.tuples(
    st.just("message"), st.sampled_from(["identify", "order"]), st.none() | st.sampled_from(USERS),
    st.none() | st.sampled_from(COOKIES), st.none() | st.sampled_from(MAILS), st.sampled_from(["Lyon", "Nice"]),
    st.integers(1, 60),
)  # fmt: skip
pairs = st.tuples(
    st.just("pair"), st.sampled_from(["accept", "refuse"]), st.sampled_from(KNOWN), st.sampled_from(KNOWN)
)
ones = st.tuples(st.just("one"), st.sampled_from(["block", "allow"]), st.sampled_from(KNOWN))
steps = st.one_of(
    messages, messages, messages, pairs.filter(lambda each: each[2] != each[3]), ones, st.just(("refresh",)),
    st.just(("rebuild",)),
)  # fmt: skip


@dataclass
class World:
    """A workspace with what was done to it."""

    ws: quartier.Workspace
    clock: FixedClock
    sent: int = 0
    decided: list[tuple[str, ...]] = field(default_factory=list)

    def do(self, step: Step) -> None:
        """One step; a decision of an identifier that nobody has yet is refused and changes nothing."""
        match step:
            case ("message", *told):
                self.send(*told)
            case ("refresh",):
                self.ws.refresh()
            case ("rebuild",):
                self.ws.rebuild()
            case (_, act, *named):
                try:
                    getattr(self.ws.identification, act)(*named)
                except UnknownName:
                    return
                self.decided.append(tuple(named))

    def send(self, call: str, user: str | None, cookie: str | None, mail: str | None, city: str, sum_: int) -> None:
        """A message under what identifiers it has, if any."""
        if not (user or cookie):
            return
        self.sent += 1
        self.clock.advance(dt.timedelta(minutes=1))
        at = self.clock.now().isoformat()
        who = {name: value for name, value in (("userId", user), ("anonymousId", cookie)) if value}
        told = {"type": "identify", "traits": {"city": city} | ({"email": mail} if mail else {})}
        if call == "order":
            told = {"type": "track", "event": "Order Completed", "properties": {"revenue": sum_, "currency": "EUR"}}
        self.ws.arrivals.take([told | who | {"messageId": f"m{self.sent}", "timestamp": at}], source="shop")
        self.ws.arrivals.project()

    def take_all_back(self) -> None:
        """Take back whatever stands, the newest first, until nothing is decided."""
        for named in reversed(self.decided):
            assert self.ws.identification.take_back(*named).is_done
        for named in self.decided:
            with pytest.raises(InvalidRequest):
                self.ws.identification.take_back(*named)

    def seen(self) -> dict[str, object]:
        """Persons by their identifiers, with traits and orders, and the members of each segment."""
        self.ws.refresh()
        rows = self.ws.engine._connection.sql
        who: dict[int, list[str]] = {}
        ledger = "select value, key from quartier_ledger where subject = 'person' order by value"
        for value, key in rows(ledger).fetchall():
            who.setdefault(key, []).append(value)
        named = {key: tuple(values) for key, values in who.items()}
        persons = rows("select person_key, city from person").fetchall() if self.has("person", "city") else []
        orders = "event_order_completed"
        sums = rows(f"select person_key, sum(revenue), count(*) from {orders} group by 1").fetchall() if (
            self.ws.engine.schema(orders)) else []  # fmt: skip
        with self.ws.store.begin() as connection:
            now = membership.members_now(connection)
        members = {each["segment"]: sorted(named[key] for key in now[each["segment"]]) for each in SEGMENTS}
        return {
            "identifiers": sorted(named.values()), "members": members,
            "cities": sorted((named[key], str(city)) for key, city in persons),
            "orders": sorted((named[key], float(total), n) for key, total, n in sums),
        }  # fmt: skip

    def has(self, table: str, column: str) -> bool:
        """Whether the engine has a column."""
        return column in (self.ws.engine.schema(table) or {})


@contextmanager
def world() -> Iterator[World]:
    """A workspace of its own with the segments of this file."""
    clock = FixedClock(START)
    with TemporaryDirectory() as folder:
        path = quartier.create(Path(folder) / "shop", Config(name="Shop", memory_limit="256MB", threads=1))
        with quartier.open(path, clock=clock) as ws:
            yield World(ws, clock)


def check(drawn: list[Step]) -> None:
    """Live equals rebuilt, and equals a workspace where all was decided at the end; taken back, nothing was."""
    sent = [step for step in drawn if step[0] == "message"]
    with world() as live, world() as plain:
        opening = [("message", "identify", USERS[0], COOKIES[0], MAILS[0], "Lyon", 1),
                   ("message", "order", USERS[1], COOKIES[1], None, "Nice", 60)]  # fmt: skip
        for one in (live, plain):
            for step in opening:
                one.do(step)
            one.ws.apply_segments(SEGMENTS)
        for step in drawn:
            live.do(step)
        for step in sent:
            plain.do(step)
        now = live.seen()
        live.ws.rebuild()
        assert live.seen() == now
        for step in decisions_that_stand(live, drawn):
            plain.do(step)
        assert plain.seen() == now
        live.take_all_back()
        plain.take_all_back()
        assert live.seen() == plain.seen() == untouched([*opening, *sent])


def decisions_that_stand(live: World, drawn: list[Step]) -> list[Step]:
    """The last decision of each pair and of each identifier that was known when it was made."""
    kept: dict[frozenset[str], Step] = {}
    known = {*live.decided}
    for step in drawn:
        if step[0] in ("pair", "one") and tuple(step[2:]) in known:
            kept[frozenset(step[2:])] = step
    return list(kept.values())


def untouched(sent: list[Step]) -> dict[str, object]:
    """What a workspace shows to which these messages came and of which nobody decided anything."""
    with world() as other:
        for step in sent:
            other.do(step)
        other.ws.apply_segments(SEGMENTS)
        return other.seen()


HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=1, deadline=None, suppress_health_check=HEALTH)
@given(st.lists(steps, min_size=3, max_size=8))
def test_persons_depend_on_what_was_said_and_decided_in_any_order(drawn: list[Step]) -> None:
    check(drawn)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=HEALTH)
@given(st.lists(steps, min_size=5, max_size=25))
def test_persons_depend_on_what_was_said_and_decided_in_any_long_order(drawn: list[Step]) -> None:
    check(drawn)
