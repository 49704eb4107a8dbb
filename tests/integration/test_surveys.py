"""Surveys in a workspace: put in force, sent to those who may be asked, and counted with segments kept small apart."""

import csv
import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

import quartier
from quartier.catalog import Sensitivity, ValueType
from quartier.clock import FixedClock
from quartier.collect.surveys import shipped
from quartier.collect.surveys.entries import with_surveys
from quartier.errors import InvalidDefinition, InvalidRequest, UnknownName
from quartier.store import survey_asks
from quartier.store.survey_asks import Who
from tests.integration.tables import events, persons

URL = "https://surveys.example.com"
FRENCH = {"segment": "french", "population": "everyone", "where": {"trait": "country", "is": "FR"}}
BELGIAN = {"segment": "belgian", "population": "everyone", "where": {"trait": "country", "is": "BE"}}


@pytest.fixture
def shop(workspace: quartier.Workspace) -> quartier.Workspace:
    workspace.collect(persons(range(12)))
    workspace.apply_segments([FRENCH, BELGIAN])
    workspace.surveys.apply([shipped.read_template(name).as_json() for name in ("recommendation", "needs")])
    return workspace


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def answer(shop: quartier.Workspace, *rows: tuple) -> None:
    """Rows of (person, days ago, visit, recommend) as answers to `recommendation`."""
    types = {"visit": pa.string(), "recommend": pa.int64(), "survey": pa.string(), "version": pa.int64()}
    shop.engine.append("event_survey_answered", events([(*row, "recommendation", 1) for row in rows], types))
    shop.engine.sort("event_survey_answered", "occurred_at")


def test_a_survey_in_force_is_in_the_catalog_and_conditions_can_read_it(shop: quartier.Workspace):
    event = shop.catalog.event("Survey Answered")
    assert event is not None
    assert event.property("recommend").type is ValueType.INTEGER
    assert event.property("for_whom").type is ValueType.TEXTS
    budget = shop.catalog.trait("needs_budget")
    assert budget is not None
    assert (budget.family, budget.sensitivity, budget.label.fr) == ("needs", Sensitivity.SENSITIVE, "Budget annuel")
    promoted = {"event": "Survey Answered", "where": {"recommend": {"at_least": 9}}}
    where = {"any": [{"trait": "needs_main_need", "is": "gift"}, promoted]}
    found = shop.preview([{"segment": "warm", "population": "everyone", "where": where}])
    assert [each.size for each in found] == [0]


def test_conditions_read_a_survey_that_nobody_answered_in_tables_made_again(shop: quartier.Workspace):
    where = {"any": [{"trait": "needs_main_need", "is": "gift"}, {"event": "Survey Answered"}]}
    shop.apply_segments([{"segment": "warm", "population": "everyone", "where": where}])
    shop.rebuild()
    assert shop.evaluated("warm").size == 0
    shop.close()
    (shop.folder / "engine.duckdb").unlink()
    with quartier.open(shop.folder, clock=shop.clock) as again:
        assert again.evaluated("warm").size == 0
        assert again.evaluated("french").size == 8


def test_applying_an_equal_survey_again_makes_no_version(shop: quartier.Workspace):
    catalog = shop.catalog
    (again,) = shop.surveys.apply([shipped.read_template("needs").as_json()])
    assert again.version == 1
    assert shop.catalog == catalog
    assert with_surveys(catalog, [shipped.read_template("needs")]) == catalog


def test_two_surveys_cannot_ask_for_different_values_under_one_name(shop: quartier.Workspace):
    question = {"name": "recommend", "type": "text", "text": {"en": "Why?", "fr": "Pourquoi ?"}}
    other = {"survey": "other", "title": {"en": "Other", "fr": "Autre"}, "questions": [question]}
    with pytest.raises(InvalidDefinition, match="another type of value") as caught:
        shop.surveys.apply([shipped.read_template("values").as_json(), other])
    assert caught.value.problems[0].place == "questions[0].name"
    assert [each.survey.survey for each in shop.surveys.all()] == ["needs", "recommendation"]


def test_links_are_written_for_those_who_may_be_asked_and_the_asking_is_recorded(
    shop: quartier.Workspace, folder: Path, clock: FixedClock
):
    done = shop.surveys.invite("needs", "french", folder / "links.csv", url=URL + "/")
    assert (done.invited, done.asked_lately) == (8, 0)
    rows = read(folder / "links.csv")
    assert len({row["link"] for row in rows}) == 8
    assert all(row["link"].startswith(f"{URL}/s/needs?p=") for row in rows)
    assert {"person_id", "email", "link"} <= set(rows[0])
    assert "person_key" not in rows[0]
    everyone = {"segment": "all", "population": "everyone", "where": {"any": [FRENCH["where"], BELGIAN["where"]]}}
    shop.apply_segments([everyone])
    later = shop.surveys.invite("recommendation", "all", folder / "more.csv", url=URL)
    assert (later.invited, later.asked_lately) == (4, 8)
    with pytest.raises(InvalidRequest, match="nobody"):
        shop.surveys.invite("needs", "all", folder / "none.csv", url=URL)
    assert not (folder / "none.csv").exists()
    clock.advance(dt.timedelta(days=90))
    assert shop.surveys.invite("recommendation", "all", folder / "again.csv", url=URL).invited == 12


def test_one_person_gets_a_link_once(shop: quartier.Workspace):
    ann = Who("email", "c01@example.com")
    assert shop.surveys.may_ask("needs", ann)
    link = shop.surveys.link("needs", ann, url=URL)
    assert link is not None
    assert link.startswith(f"{URL}/s/needs?p=")
    assert not shop.surveys.may_ask("recommendation", Who("user_id", "C01"))
    assert shop.surveys.link("recommendation", Who("user_id", "C01"), url=URL) is None
    assert shop.surveys.standing("needs").asked == 1


def test_nobody_is_asked_where_the_list_cannot_be_written(shop: quartier.Workspace, folder: Path):
    (folder / "there.csv").write_text("mine", encoding="utf-8")
    for path in (folder / "there.csv", folder / "nowhere" / "links.csv", folder / "links.doc"):
        with pytest.raises(InvalidRequest):
            shop.surveys.invite("needs", "french", path, url=URL)
    for url in ("surveys.example.com", "ftp://x", "https://x?y=1"):
        with pytest.raises(InvalidRequest, match="not the address"):
            shop.surveys.invite("needs", "french", folder / "links.csv", url=url)
    with pytest.raises(UnknownName):
        shop.surveys.invite("need", "french", folder / "links.csv", url=URL)
    with shop.store.begin() as connection:
        assert survey_asks.counted(connection, "needs") == (0, 0)
        assert survey_asks.may_ask(connection, Who.known(1), dt.timedelta(days=30), shop.clock.now())
    assert (folder / "there.csv").read_text(encoding="utf-8") == "mine"


def test_formulas_in_a_list_of_links_are_harmless(workspace: quartier.Workspace, folder: Path):
    (folder / "c.csv").write_text("customer_id,first_name\nC1,=HYPERLINK(1)\nC2,Ann\nC3,Ben\n", encoding="utf-8")
    workspace.collect(folder / "c.csv")
    workspace.apply_segments(
        [{"segment": "all", "population": "identified", "where": {"trait": "first_name", "known": True}}]
    )
    workspace.surveys.apply([shipped.read_template("needs").as_json()])
    workspace.surveys.invite("needs", "all", folder / "links.csv", url=URL)
    assert "'=HYPERLINK(1)" in {row["first_name"] for row in read(folder / "links.csv")}


def test_a_closed_survey_invites_nobody(shop: quartier.Workspace, folder: Path):
    shop.surveys.apply([shipped.read_template("needs").as_json() | {"open": {"until": "2026-11-20"}}])
    with pytest.raises(InvalidRequest, match="closed since 20 November 2026"):
        shop.surveys.invite("needs", "french", folder / "links.csv", url=URL)


def test_each_person_counts_once_by_the_last_answer(shop: quartier.Workspace):
    answer(shop, (1, 9, "a", 2), (2, 8, "b", 9), (1, 3, "c", 10), (3, 2, "d", None))
    found = shop.surveys.results("recommendation")
    (recommend, *_) = found.questions
    assert found.persons == 3
    assert (found.reached.shown, found.reached.answered) == (4, 4)
    assert recommend.answered == 2
    assert recommend.estimates[0].value == 100


def test_a_survey_that_nobody_answered_has_results_that_say_so(shop: quartier.Workspace):
    found = shop.surveys.results("needs", by=["french"])
    assert (found.persons, found.reached.share, found.reached.interval) == (0, None, None)
    assert [each.is_shown for each in found.groups] == [False]


def test_segments_of_fewer_than_five_answers_are_not_shown(shop: quartier.Workspace):
    answer(shop, *((key, 1, f"v{key}", 9 if key % 3 else 0) for key in range(10)))
    french, belgian = shop.surveys.results("recommendation", by=["french", "belgian"]).groups
    assert (french.answered, french.questions[0].estimates[0].value) == (6, 100)
    assert (belgian.answered, belgian.questions) == (None, ())
    with pytest.raises(UnknownName):
        shop.surveys.results("recommendation", by=["nobody"])
