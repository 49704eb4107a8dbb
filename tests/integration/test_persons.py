"""One person of a workspace: found, profiled now and as of before, compared with others, never told more than asked."""

import datetime as dt
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from starlette.testclient import TestClient

import quartier
from quartier.catalog import Catalog, Family
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.config import Config
from quartier.errors import InvalidRequest, UnknownName
from quartier.identify.deciding import decide, of_pair
from quartier.identify.profile.run import Reading, person_key
from quartier.segment.of_person import memberships
from quartier.serve.app import assembled
from tests.conftest import NOW

COLUMNS = {
    "id": "user_id", "email": "email", "first_name": "trait.first_name", "last_name": "trait.last_name",
    "city": "trait.city",
    "plan": "trait.plan", "income": {"to": "trait.income", "type": "number"},
    "birth_date": {"to": "trait.birth_date", "type": "date"},
}  # fmt: skip
MONTH = dt.timedelta(days=30)
NAMES = [
    ("ann", "Anaïs", "Dupont", "Lyon", "free", 100.0), ("bea", "Béa", "Dupont", "Lyon", "free", 110.0),
    ("cid", "Cid", "Martin", "Paris", "pro", 900.0), ("dan", "Dan", "Dupond", None, "pro", 120.0),
    ("eve", "Ève", "Anand", "Lille", "free", None),
]  # fmt: skip
PRO = {"segment": "pros", "where": {"trait": "plan", "is": "pro"}}
RICH = {"segment": "rich", "where": {"trait": "income", "more_than": 105}}


def collect(ws: quartier.Workspace, rows: list[tuple]) -> None:
    columns = list(zip(*rows, strict=True))
    frame = pa.table({
        "id": list(columns[0]), "email": [f"{each}@example.com" for each in columns[0]], "first_name": list(columns[1]),
        "last_name": list(columns[2]), "city": pa.array(columns[3], pa.string()), "plan": list(columns[4]),
        "income": pa.array(columns[5], pa.float64()), "birth_date": [dt.date(1980 + n, 5, 1) for n in range(len(rows))],
    })  # fmt: skip
    ws.collect(frame, Mapping.read({"layout": "persons", "columns": COLUMNS}))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """Five persons; a month later Anaïs took another plan, by a message, and looked at something."""
    clock = FixedClock(NOW)
    path = quartier.create(tmp_path_factory.mktemp("persons") / "shop", Config(name="Shop", threads=1))
    with quartier.open(path, clock=clock) as ws:
        collect(ws, NAMES)
        ws.apply_segments([PRO, RICH])
        clock.advance(MONTH)
        identify = {"type": "identify", "userId": "ann", "anonymousId": "browser-1", "traits": {"plan": "pro"}}
        track = {"type": "track", "userId": "ann", "event": "Seen", "properties": {"page": "/shoes"}}
        ws.arrivals.take([identify, track], source="web")
        ws.arrivals.project()
        ws.refresh()
    return path


@pytest.fixture(scope="module")
def shop(made) -> Iterator[quartier.Workspace]:
    """The shop, to be read."""
    with quartier.open(made, clock=FixedClock(NOW + MONTH)) as ws:
        yield ws


@pytest.fixture
def own(made, folder) -> Iterator[quartier.Workspace]:
    """The shop, to be changed by one test."""
    path = shutil.copytree(made, folder / "own", ignore=shutil.ignore_patterns("*.lock"))
    with quartier.open(path, clock=FixedClock(NOW + MONTH)) as ws:
        yield ws


def test_the_profile_says_each_value_with_its_source_its_instant_and_how_many_came_before(shop):
    found = shop.persons.profile("ann")
    said = {each.name: each for each in found.traits}
    assert (found.name, found.known_since) == ("Anaïs Dupont", NOW)
    assert (said["plan"].value, said["plan"].source, said["plan"].earlier) == ("pro", "web", 1)
    assert said["plan"].since == NOW + MONTH
    assert (said["city"].value, said["city"].since, said["city"].earlier) == ("Lyon", NOW, 0)
    assert said["city"].source is not None


def test_the_profile_says_events_segments_and_identifiers(shop):
    found = shop.persons.profile("ann@example.com")
    assert [(each.event, [one.value for one in each.details]) for each in found.timeline.happenings] == [
        ("Seen", ["/shoes"])
    ]
    assert [(each.segment, each.since) for each in found.memberships.now] == [("pros", NOW + MONTH)]
    kinds = {(each.kind, each.value) for each in found.identifiers}
    assert kinds == {("user_id", "ann"), ("email", "ann@example.com"), ("anonymous_id", "browser-1")}


def test_links_say_why_two_identifiers_are_one_persons_and_what_was_decided(own):
    linked = own.persons.profile("ann")
    number = {each.value: each.number for each in linked.identifiers}
    why = {(each.a, each.b): (each.reason, each.is_followed) for each in linked.links}
    pair = (number["ann"], number["browser-1"])
    assert why == {(number["ann"], number["ann@example.com"]): ("record", True), pair: ("record", True)}
    decide(own.store, own.engine, [of_pair(*pair, "refused", author="Ada", at=own.clock.now())])
    parted = own.persons.profile("ann")
    (link,) = [each for each in parted.links if not each.is_followed]
    assert (link.apart, link.decision, link.author) == ("refused", "refused", "Ada")
    assert [each.value for each in parted.identifiers if not each.is_own] == ["browser-1"]
    with pytest.raises(UnknownName):  # nothing else is known of that browser
        own.persons.profile("browser-1")


def test_a_value_under_another_identifier_has_the_source_that_said_it_there(own):
    own.arrivals.take([{"type": "identify", "anonymousId": "tablet", "traits": {"city": "Brest"}}], source="app")
    own.arrivals.take([{"type": "identify", "anonymousId": "tablet", "userId": "dan"}], source="web")
    own.arrivals.project()
    city = next(each for each in own.persons.profile("dan").traits if each.name == "city")
    assert (city.value, city.source, city.earlier) == ("Brest", "app", 0)


def test_as_of_before_nothing_that_came_since_is_told(shop):
    found = shop.persons.profile("ann", at=NOW + dt.timedelta(days=1))
    assert {each.name: each.value for each in found.traits}["plan"] == "free"
    assert (found.timeline.events, found.memberships.stays) == (0, ())
    assert shop.persons.profile("ann", at=NOW - dt.timedelta(days=1)).traits == ()


def test_a_stay_that_is_over_says_until_when(own):
    own.clock.advance(dt.timedelta(days=5))
    collect(own, [("ann", "Anaïs", "Dupont", "Lyon", "free", 100.0)])
    own.refresh()
    (stay,) = own.persons.profile("ann").memberships.before
    assert (stay.segment, stay.until) == ("pros", own.clock.now())


def test_where_the_log_is_not_read_back_a_stay_has_no_known_beginning(shop):
    key = person_key(Reading(shop.store, shop.engine, shop.catalog, shop.clock.now()), "ann")
    for most in (0, 1):  # the last row of the log says that she became a pro, and one row is read
        found = memberships(shop.store, shop.catalog, key, at=shop.clock.now(), shows_all=True, most=most)
        assert [(each.segment, each.since is None) for each in found.now] == [("pros", most == 0)]


def test_the_history_of_a_trait_has_every_value(shop):
    found = shop.persons.history("ann", "plan")
    assert [(each.value, each.until) for each in found.values] == [("pro", None), ("free", NOW + MONTH)]
    with pytest.raises(UnknownName, match="plann"):
        shop.persons.history("ann", "plann")


def test_sensitive_values_are_told_only_to_who_asks(shop):
    hidden, shown = shop.persons.profile("bea"), shop.persons.profile("bea", sensitive=True)
    assert "110" not in str(hidden.as_json())
    assert {each.name: each.value for each in shown.traits}["income"] == 110.0
    assert (hidden.memberships.now, hidden.memberships.hidden) == ((), 1), "to be in “rich” tells the income"
    assert [each.segment for each in shown.memberships.now] == ["rich"]
    assert shop.persons.history("bea", "income").values[0].value is None
    assert shop.persons.history("bea", "income", sensitive=True).values[0].value == 110.0


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ann", ["Anaïs Dupont"]), ("ANN@example.com", ["Anaïs Dupont"]), ("browser-1", ["Anaïs Dupont"]),
        ("anais", ["Anaïs Dupont"]), ("dupont", ["Anaïs Dupont", "Béa Dupont"]), ("dupont bea", ["Béa Dupont"]),
        ("ÈVE", ["Ève Anand"]), ("an", ["Anaïs Dupont", "Dan Dupond", "Ève Anand"]), ("zorro", []), ("%", None),
    ],
)  # fmt: skip
def test_persons_are_found_by_what_is_theirs_or_by_parts_of_their_names(shop, text, names):
    if names is None:
        with pytest.raises(InvalidRequest):
            shop.persons.find(text)
    else:
        assert [each.name for each in shop.persons.find(text).persons] == names


def test_a_public_id_is_found_and_nobody_is_an_error(shop):
    person = shop.persons.find("ann").persons[0].person
    assert [each.by for each in shop.persons.find(person).persons] == ["public_id"]
    assert shop.persons.profile(person).name == "Anaïs Dupont"
    with pytest.raises(UnknownName):
        shop.persons.profile("nobody")


def test_pages_of_found_persons_follow_one_another(shop):
    first = shop.persons.find("du", limit=2)
    second = shop.persons.find("du", limit=2, after=first.next)
    assert [each.name for each in (*first.persons, *second.persons)] == ["Anaïs Dupont", "Béa Dupont", "Dan Dupond"]
    assert second.next is None


def test_similar_persons_are_the_nearest_by_gower_family_by_family(shop):
    """Worked out by hand; the income is sensitive, and brings nobody together."""
    people = {each[0]: each for each in NAMES}
    people["ann"] = ("ann", "Anaïs", "Dupont", "Lyon", "pro", 100.0)
    found = shop.persons.similar("bea")
    expected = {
        name: alike(shop.catalog, people["bea"], 1, people[name], place)
        for place, name in enumerate(people)
        if name != "bea"
    }
    assert {each.name.split()[0]: round(each.alike, 6) for each in found} == {
        people[name][1]: round(value, 6) for name, value in expected.items()
    }
    assert [each.alike for each in found] == sorted((each.alike for each in found), reverse=True)
    assert next(each for each in found if each.name == "Ève Anand").shared[0].name == "plan"


def alike(catalog: Catalog, one: tuple, born: int, other: tuple, other_born: int) -> float:
    days = [(dt.date(1980 + n, 5, 1) - dt.date(1970, 1, 1)).days for n in range(len(NAMES))]
    by_trait = {
        "city": float(one[3] == other[3]), "plan": float(one[4] == other[4]),
        "birth_date": near(days, days[born], days[other_born]),
    }  # fmt: skip
    families: dict[Family, list[float]] = {}
    for name, value in by_trait.items():
        families.setdefault(catalog.trait(name).family, []).append(value)
    return sum(sum(each) / len(each) for each in families.values()) / len(families)


def near(everybody: list[int], one: int, other: int) -> float:
    low, high = np.quantile(everybody, [0.05, 0.95])
    return 1.0 - min(abs(one - other) / (high - low), 1.0)


def test_of_whom_little_is_known_nobody_is_similar(own):
    own.arrivals.take([{"type": "track", "anonymousId": "somebody", "event": "Seen"}], source="web")
    own.arrivals.project()
    assert own.persons.similar("somebody") == ()
    assert own.persons.profile("somebody").name.startswith("p_")


def test_an_identifier_of_several_persons_names_none_of_them(own):
    collect(own, [("web-7", "Gus", "Gris", "Nice", "free", 1.0)])
    own.arrivals.take([{"type": "track", "anonymousId": "web-7", "event": "Seen"}], source="web")
    own.arrivals.project()
    with pytest.raises(InvalidRequest):
        own.persons.profile("web-7")


# ---- over HTTP


@pytest.fixture(scope="module")
def served(shop):
    with TestClient(assembled(shop, tasks=dict)) as client:
        client.headers["authorization"] = f"Bearer {shop.keys.create_secret()}"
        yield client


def test_the_api_tells_the_same_profile(shop, served):
    answer = served.get("/api/v1/persons/ann", params={"timeline": 3})
    assert answer.status_code == 200
    assert answer.json() == shop.persons.profile("ann", timeline=3).as_json()
    found = served.get("/api/v1/persons", params={"query": "dupont", "limit": 1}).json()
    assert [each["name"] for each in found["persons"]] == ["Anaïs Dupont"]
    assert found["next"] == found["persons"][0]["person"]


def test_the_api_refuses_who_has_no_secret_key_and_what_nobody_has(served):
    assert served.get("/api/v1/persons/nobody").json()["code"] == "not_found"
    assert served.get("/api/v1/persons", params={"query": "a"}).status_code == 400
    for at, status in (("9999-12-31T23:59:59-12:00", 400), ("0001-01-01T00:00:00", 200), ("soon", 400)):
        assert served.get("/api/v1/persons/ann", params={"at": at}).status_code == status, at
    for odd in ("a\x00b", "%%", "' or 1=1", "\U0001f600x"):
        assert served.get("/api/v1/persons", params={"query": odd}).json() == {"persons": [], "next": None}
    assert served.get("/api/v1/persons/ann", headers={"authorization": "Bearer wrong"}).status_code == 401


def test_the_description_shows_an_example_of_every_answer(served):
    described = served.get("/openapi.json").json()
    for name in ("Person", "FoundPersons"):
        assert described["components"]["schemas"][name]["example"]
    assert {"200", "400", "401", "404", "503"} <= set(
        described["paths"]["/api/v1/persons/{person_id}"]["get"]["responses"]
    )


def test_profiles_are_read_while_messages_are_written(own):
    """Every answer is of one state: the last event that is told is the one to which the count has come."""
    served = TestClient(assembled(own, tasks=dict))
    served.headers["authorization"] = f"Bearer {own.keys.create_secret()}"
    before, answers, is_over = own.persons.profile("ann").timeline.events, [], threading.Event()

    def ask() -> None:
        while not is_over.is_set():
            answers.append(served.get("/api/v1/persons/ann", params={"similar": 0}))

    asking = threading.Thread(target=ask)
    asking.start()
    for n in range(3):
        message = {
            "type": "track",
            "userId": "ann",
            "event": "Seen",
            "properties": {"page": str(n)},
            "messageId": f"m{n}",
        }
        own.arrivals.take([message], source="web")
        own.arrivals.project()
    is_over.set()
    asking.join()
    counts = [each.json()["timeline"]["events"] for each in answers]
    assert {each.status_code for each in answers} == {200}
    assert counts == sorted(counts)
    assert own.persons.profile("ann").timeline.events == before + 3
