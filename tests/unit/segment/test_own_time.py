"""The person's own time zone in words, and at the midnights of persons."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pyroaring import BitMap

from quartier.catalog import Meaning, ValueType
from quartier.engine import DuckDBEngine
from quartier.errors import InvalidDefinition
from quartier.segment import refresh
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.contradiction import findings
from quartier.segment.definition import read_segment
from quartier.segment.due import due_by_time
from quartier.segment.evaluate import World
from quartier.segment.explain import explain
from quartier.segment.lasting import lasting
from quartier.segment.moments import Moment
from quartier.segment.refresh import Before, members_after
from quartier.segment.sentence import outline, sentence
from quartier.testing import load, tiny_world
from tests.unit.segment.shop import SHOP, trait

PARIS = ZoneInfo("Europe/Paris")
SPACE = "\N{NO-BREAK SPACE}"
CATALOG = SHOP.with_traits(trait("zone", ValueType.TEXT, Meaning.TIME_ZONE))
BOUGHT = {"event": "Order Completed", "during": "today", "count": {"at_least": 1}}
TINY = tiny_world("""
    person | time_zone           | birth_date: date
    auck   | Pacific/Auckland    | 2000-11-23
    paris  | Europe/Paris        | 2000-11-22
    la     | America/Los_Angeles | 2000-11-22
    mars   | Mars/Olympus        | 2000-11-22

    Order Completed | at
    auck            | 2026-11-21 10:30
    paris           | 2026-11-21 10:30
    la              | 2026-11-21 10:30
""")
MIDNIGHT_IN_AUCKLAND = dt.datetime(2026, 11, 21, 11, tzinfo=dt.UTC)
BEFORE = Moment(MIDNIGHT_IN_AUCKLAND - dt.timedelta(minutes=10), PARIS)
AFTER = Moment(MIDNIGHT_IN_AUCKLAND, PARIS)
AUCKLAND = BitMap([0])


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDBEngine]:
    opened = DuckDBEngine(memory_limit="256MB", threads=1)
    load(TINY, opened)
    yield opened
    opened.close()


def said(where: dict[str, Any]) -> BoundSegment:
    return bind(read_segment({"segment": "own", "population": "everyone", "where": {"own_time": where}}), CATALOG)


def tiny(where: dict[str, Any]) -> BoundSegment:
    document = {"segment": "own", "population": "everyone", "where": {"own_time": where}}
    return bind(read_segment(document), TINY.catalog)


SENTENCES = [
    (BOUGHT, "All persons who placed an order today in their own time zone.",
     "Toutes les personnes qui ont passé une commande aujourd'hui à leur heure locale."),
    ({"not": BOUGHT}, "All persons who did not place an order today in their own time zone.",
     "Toutes les personnes qui n'ont pas passé de commande aujourd'hui à leur heure locale."),
    ({"all": [{"trait": "country", "is": "FR"}, {"trait": "birth_date", "anniversary": "7 days"}]},
     "All persons whose country is France, and whose birthday is today or within 7 days in their own time zone.",
     "Toutes les personnes dont le pays est la France et dont l'anniversaire tombe aujourd'hui ou d'ici "
     "7 jours à leur heure locale."),
    ({"event": "Order Completed", "when": {"hour": {"between": [18, 21]}}},
     "All persons who placed an order between 18:00 and 22:00 in their own time zone.",
     f"Toutes les personnes qui ont passé une commande entre 18{SPACE}h et 22{SPACE}h à leur heure locale."),
]  # fmt: skip


@pytest.mark.parametrize(("where", "english", "french"), SENTENCES)
def test_a_condition_on_the_own_clock_reads_so(where: dict[str, Any], english: str, french: str) -> None:
    segment = said(where)
    assert sentence(segment, "en") == english
    assert sentence(segment, "fr") == french


def test_an_outline_says_the_clock_of_each_line() -> None:
    segment = said({"any": [BOUGHT, {"trait": "country", "is": "FR"}]})
    lines = outline(segment.where, "fr").parts
    assert [each.text for each in lines] == [
        "A passé une commande aujourd'hui à son heure locale", "Le pays est la France"
    ]  # fmt: skip


def test_without_a_trait_of_time_zones_it_is_refused_with_what_to_do() -> None:
    with pytest.raises(InvalidDefinition) as refused:
        bind(read_segment({"segment": "own", "where": {"own_time": {"trait": "nowhere", "is": 1}}}), SHOP)
    no_zones, no_trait = refused.value.problems
    assert (no_zones.place, no_trait.place) == ("where.own_time", "where.own_time.trait")
    assert "collect a column of time zones" in str(refused.value.to("en"))


def test_what_is_written_is_read_back() -> None:
    document = {"segment": "own", "where": {"own_time": {"not": BOUGHT}}}
    assert read_segment(document).model_dump(exclude_none=True) == document


def test_an_explanation_names_the_clock(engine: DuckDBEngine) -> None:
    world = World(engine, TINY.catalog, AFTER)
    lines = [explain(world, tiny(BOUGHT), key).lines("en")[0] for key in (0, 3)]
    assert lines == [
        "✗ Placed an order today in their own time zone (here 0) [time zone Pacific/Auckland]",
        "✗ Placed an order today in their own time zone (here 0) [own time zone unknown, here Europe/Paris]",
    ]
    found = explain(world, tiny(BOUGHT), 0).as_json()
    assert (found["kind"], found["observed"]["zone"], found["observed"]["is_own"]) == (
        "own_time", "Pacific/Auckland", True
    )  # fmt: skip


def test_a_refresh_at_midnight_in_auckland_turns_what_is_of_auckland(
    engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh, "MOST_TOUCHED", 10.0)
    birthday = {"trait": "birth_date", "anniversary": "1 day"}
    segments = {"bought": tiny(BOUGHT), "born": tiny(birthday)}
    before = World(engine, TINY.catalog, BEFORE).members_of_all(segments)
    assert before == {"bought": BitMap([0, 1, 2]), "born": BitMap([1, 2, 3])}
    now = World(engine, TINY.catalog, AFTER)
    found = members_after(now, engine, segments, Before(before, frozenset([BEFORE])))
    assert found.members == {"bought": BitMap([1, 2]), "born": BitMap([0, 1, 2, 3])}
    assert found.touched is not None
    assert found.touched["person"] >= AUCKLAND


def test_the_next_refresh_is_due_at_the_next_midnight_of_anybody(engine: DuckDBEngine) -> None:
    world = World(engine, TINY.catalog, BEFORE)
    born = tiny({"trait": "birth_date", "anniversary": "1 day"})
    assert due_by_time(world, {"born": born}).at == MIDNIGHT_IN_AUCKLAND
    assert due_by_time(world, {"bought": tiny(BOUGHT)}).at == MIDNIGHT_IN_AUCKLAND


def test_a_truth_lasts_until_the_midnight_of_the_person(engine: DuckDBEngine) -> None:
    segment = tiny(BOUGHT)
    world = World(engine, TINY.catalog, BEFORE)
    ends = [lasting(world, engine, segment.condition, key)[segment.condition].at for key in (0, 1, 2)]
    assert ends == [
        MIDNIGHT_IN_AUCKLAND, dt.datetime(2026, 11, 21, 23, tzinfo=dt.UTC), dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
    ]  # fmt: skip


def test_what_excludes_one_another_inside_is_found_with_its_place() -> None:
    where = {"own_time": {"all": [{"trait": "country", "is": "FR"}, {"trait": "country", "is": "BE"}]}}
    document = read_segment({"segment": "own", "population": "everyone", "where": where})
    found = findings(document, bind(document, CATALOG))
    assert {each.verdict for each in found} == {"always_empty"}
    assert any(part.place == "where.own_time.all[0]" for each in found for part in each.because)
