"""Links: what was seen together makes persons, people decide otherwise, and every decision can be undone."""

import datetime as dt
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

import quartier
from quartier.clock import FixedClock
from quartier.collect import run as collecting
from quartier.identify.components import Reason
from quartier.identify.deciding import Followed, decide, of_one, of_pair, simulate
from quartier.store import audiences
from quartier.store.audiences import Audience
from quartier.store.links import Decision, Link
from tests.integration.test_collect import collected, content, rows

AT = dt.datetime(2026, 11, 22, 17, tzinfo=dt.UTC)
ORDERS = """order_id,customer_id,email,order_date,total,city
1,u1,ann@shop.fr,2026-01-05,10,Lyon
2,,ann@shop.fr,2026-01-06,20,
3,u2,bob@shop.fr,2026-01-07,30,Lille
4,,guest@shop.fr,2026-01-08,40,Nice
"""
PERSONS = "email,phone,city\nguest@shop.fr,0600000001,Nice\nbob@shop.fr,0600000002,Brest\nann@shop.fr,,Paris\n"


@pytest.fixture
def linked(filled) -> quartier.Workspace:
    return filled(fill)


def fill(workspace: quartier.Workspace, _clock: FixedClock) -> None:
    collected(workspace, ORDERS, "orders.csv")
    collected(workspace, PERSONS, "persons.csv")


def identity(workspace: quartier.Workspace, value: str) -> int:
    ((found,),) = rows(workspace, f"select identity from quartier_ledger where value = '{value}'")
    return int(found)


def told(workspace: quartier.Workspace, *decisions: Decision) -> Followed:
    return decide(workspace.store, workspace.engine, decisions)


def pair(workspace: quartier.Workspace, a: str, b: str, decision: str) -> Decision:
    return of_pair(identity(workspace, a), identity(workspace, b), decision, author="Ada", at=AT)  # type: ignore[arg-type]


SUMS = "select user_id, sum(revenue) from event_order_completed join person using (person_key) group by 1 order by 1"


def test_what_is_refused_parts_events_and_traits_and_what_is_lifted_brings_them_back(
    linked: quartier.Workspace,
) -> None:
    before = content(linked)
    assert rows(linked, SUMS) == [("u1", 30.0), ("u2", 30.0), (None, 40.0)]
    assert rows(linked, "select user_id, city from person order by 1") == [
        ("u1", "Paris"),
        ("u2", "Brest"),
        (None, "Nice"),
    ]
    followed = told(linked, pair(linked, "u1", "ann@shop.fr", "refused"))
    assert (len(followed.added), len(followed.gone)) == (1, 0)
    assert rows(linked, SUMS) == [("u1", 10.0), ("u2", 30.0), (None, 20.0), (None, 40.0)] or rows(linked, SUMS) == [
        ("u1", 10.0), ("u2", 30.0), (None, 60.0),
    ]  # fmt: skip
    assert ("u1", "Lyon") in rows(linked, "select user_id, city from person")
    told(linked, pair(linked, "u1", "ann@shop.fr", "open"))
    after = content(linked)
    assert {name: after[name] for name in before if name not in BOOKS} == {
        name: before[name] for name in before if name not in BOOKS
    }


def test_two_customers_are_joined_by_hand_and_only_so(linked: quartier.Workspace) -> None:
    wanted = pair(linked, "u1", "u2", "accepted")
    assert simulate(linked.store, linked.engine, [wanted]).gone == told(linked, wanted).gone
    assert rows(linked, "select count(*) from person") == [(2,)]
    assert rows(linked, "select sum(revenue) from event_order_completed group by person_key order by 1") == [
        (40.0,), (60.0,),
    ]  # fmt: skip
    assert rows(linked, "select city from person where user_id is not null") == [("Brest",)]  # of one file: the later


def test_an_identifier_that_tells_nobody_parts_all_that_it_joined(linked: quartier.Workspace) -> None:
    mail = identity(linked, "ann@shop.fr")
    told(linked, of_one(mail, "blocked", author="Ada", at=AT))
    assert len(rows(linked, "select person_key from person")) == 4
    told(linked, of_one(mail, "open", author="Ada", at=AT))
    assert len(rows(linked, "select person_key from person")) == 3


def test_a_decision_that_the_engine_never_heard_of_is_followed_when_it_is_opened_again(
    linked: quartier.Workspace,
) -> None:
    wanted = pair(linked, "u1", "u2", "accepted")
    engine, parted = linked.folder / "engine.duckdb", linked.folder / "before.duckdb"
    linked.engine.close()
    shutil.copy(engine, parted)
    with quartier.open(linked.folder, clock=linked.clock) as ws:
        told(ws, wanted)
        after = content(ws)
    shutil.copy(parted, engine)
    with quartier.open(linked.folder, clock=linked.clock) as ws:
        found = content(ws)
    assert {name: found[name] for name in after if name not in BOOKS} == {
        name: after[name] for name in after if name not in BOOKS
    }


def test_a_link_by_likeness_counts_until_it_is_refused_and_is_written_once(linked: quartier.Workspace) -> None:
    a, b = sorted((identity(linked, "u1"), identity(linked, "guest@shop.fr")))
    likely = Link(0, "person", a, b, int(Reason.MATCH), "names and address", 0.97, {"first_name": 4.2}, AT)
    followed = decide(linked.store, linked.engine, links=[likely])
    assert len(followed.gone) == 1
    assert not decide(linked.store, linked.engine, links=[likely]).persons
    told(linked, pair(linked, "u1", "guest@shop.fr", "refused"))
    assert rows(linked, "select count(*) from person") == [(3,)]


BOOKS = (
    "quartier_feed",
    "quartier_generation",
    "quartier_ledger",
    "quartier_ledger_mark",
    "quartier_shelved",
    "quartier_links",
)
"""What tells how the tables came about, and not what they are."""

VALUES = ("u1", "u2", "ann@shop.fr", "bob@shop.fr", "guest@shop.fr")
decisions = st.one_of(
    st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES), st.sampled_from(["accepted", "refused", "open"])),
    st.tuples(st.sampled_from(VALUES), st.none(), st.sampled_from(["blocked", "allowed", "open"])),
).filter(lambda each: each[0] != each[1])


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(decisions, min_size=1, max_size=5))
def test_after_any_decisions_a_rebuild_gives_the_same_and_lifting_them_restores_everything(
    linked: quartier.Workspace, drawn: list[tuple[str, str | None, str]]
) -> None:
    def tables() -> dict[str, str]:
        return {name: digest for name, digest in content(linked).items() if name not in BOOKS}

    def decision(a: str, b: str | None, said: str) -> Decision:
        if b is None:
            return of_one(identity(linked, a), said, author="Ada", at=AT)  # type: ignore[arg-type]
        return pair(linked, a, b, said)

    collecting.rebuild(linked.store, linked.engine, linked.config, linked.folder)
    before = tables()
    for each in drawn:
        told(linked, decision(*each))
    live = tables()
    collecting.rebuild(linked.store, linked.engine, linked.config, linked.folder)
    assert tables() == live
    for a, b, _ in drawn:
        told(linked, decision(a, b, "open"))
    assert tables() == before


def test_audiences_and_exposures_are_read_as_the_persons_of_now(linked: quartier.Workspace) -> None:
    keys = {value: identity_key(linked, value) for value in ("u1", "u2", "guest@shop.fr")}
    frozen = Audience(
        "spring", "s", 1, AT, 0.3, "salt", BitMap([keys["u1"], keys["guest@shop.fr"]]), BitMap([keys["u2"]])
    )  # fmt: skip
    with linked.store.begin() as connection:
        audiences.freeze(connection, frozen)
        audiences.expose(connection, audiences.Exposure("spring", "file", AT, frozen.targeted))
    told(linked, pair(linked, "guest@shop.fr", "u1", "accepted"))
    assert sides(linked) == ({keys["u1"]}, {keys["u2"]}, set(), {keys["u1"]})
    told(linked, pair(linked, "guest@shop.fr", "u1", "open"), pair(linked, "u1", "u2", "accepted"))
    assert sides(linked) == ({keys["guest@shop.fr"]}, set(), {keys["u1"]}, {keys["u1"], keys["guest@shop.fr"]})
    told(linked, pair(linked, "u1", "u2", "open"))
    assert sides(linked)[:3] == ({*frozen.targeted}, {*frozen.held_out}, set())


def identity_key(workspace: quartier.Workspace, value: str) -> int:
    ((found,),) = rows(workspace, f"select key from quartier_ledger where value = '{value}'")
    return int(found)


def sides(workspace: quartier.Workspace) -> tuple[set[int], ...]:
    """Targeted, held out, drawn for both, exposed."""
    with workspace.store.begin() as connection:
        (found,), (sent,) = audiences.all_frozen(connection), audiences.exposures_of(connection, "spring")
    return {*found.targeted}, {*found.held_out}, {*found.on_both_sides}, {*sent.persons}


def test_the_public_id_that_somebody_had_before_still_names_them(linked: quartier.Workspace) -> None:
    public = dict(rows(linked, "select user_id, person_id from person where user_id is not null"))
    told(linked, pair(linked, "u1", "u2", "accepted"))
    ((left,),) = rows(linked, "select person_id from person where user_id is not null")
    assert {linked.persons.profile(each).person for each in public.values()} == {left}
    told(linked, pair(linked, "u1", "u2", "open"))
    assert {linked.persons.profile(each).person for each in public.values()} == {*public.values()}
