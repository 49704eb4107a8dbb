"""The public pages of surveys, asked for and filled in as a browser does, down to the messages in the journal."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pyarrow as pa
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from quartier.clock import FixedClock
from quartier.collect.surveys import shipped
from quartier.collect.surveys.definition import KIND, Survey
from quartier.collect.surveys.links import Link, token
from quartier.config import Config
from quartier.store import Store, definitions, identifiers, survey_asks
from quartier.store.journal import Journal
from quartier.store.survey_asks import Who
from quartier.web.languages import negotiated
from quartier.web.pace import Pace
from quartier.web.surveys import router
from tests.conftest import NOW


class Desk:
    """A server of surveys without a network, with its journal."""

    def __init__(self, folder: Path, clock: FixedClock) -> None:
        self.store = Store(f"sqlite:///{folder / 'store.sqlite'}", NOW, secret=b"s" * 32)
        self.journal = Journal(f"sqlite:///{folder / 'journal.sqlite'}", clock)
        app, nonces = FastAPI(), iter(f"nonce-number-{n:05}" for n in range(1000))
        config = Config(name="Maison <Lenoir>", language="fr")
        self.pace = Pace(b"salt" * 8)
        app.include_router(
            router(
                store=self.store,
                journal=self.journal,
                config=config,
                clock=clock,
                draw=lambda: next(nonces),
                pace=self.pace,
            )
        )
        self.client = TestClient(app, headers={"accept-language": "en"}, follow_redirects=False)

    def put(self, document: Survey | dict) -> None:
        plain = document.as_json() if isinstance(document, Survey) else document
        with self.store.begin() as connection:
            definitions.save(connection, KIND, plain["survey"], plain, author="me", at=NOW)

    def ask(self, survey: str, who: Who) -> str:
        with self.store.begin() as connection:
            (number,) = survey_asks.ask(connection, survey, [who], dt.timedelta(0), NOW).values()
        return token(self.store.secret, survey, Link(number, NOW + dt.timedelta(days=60)))

    def messages(self) -> list[dict]:
        return [json.loads(line) for each in self.journal.entries(0) for line in each.body.splitlines()]

    def events(self) -> list[dict]:
        return [each for each in self.messages() if each["type"] == "track"]


@pytest.fixture
def desk(folder: Path, clock: FixedClock) -> Iterator[Desk]:
    made = Desk(folder, clock)
    for name in shipped.TEMPLATES:
        made.put(shipped.read_template(name))
    yield made
    made.journal.close()
    made.store.close()


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def filled(desk: Desk, name: str, query: str = "", **typed: str | list[str]) -> dict:
    return hidden(desk.client.get(f"/s/{name}{query}").text) | typed


def test_a_survey_is_filled_in_step_by_step_and_kept(desk: Desk):
    first = filled(desk, "recommendation", **{"q.recommend": "3"})
    second = desk.client.post("/s/recommendation", data=first)
    assert second.status_code == 200
    assert "What would have made it a better experience?" in second.text
    assert "main reason" not in second.text
    done = desk.client.post("/s/recommendation", data=hidden(second.text) | {"q.why_not": "Be on time"})
    assert (done.status_code, done.headers["location"]) == (303, "/s/recommendation/thanks?lang=en")
    assert "Thank you for your frankness." in desk.client.get(done.headers["location"]).text
    shown, answered = desk.events()
    assert shown["event"] == "Survey Shown"
    assert answered["event"] == "Survey Answered"
    assert answered["properties"] == {
        "survey": "recommendation", "version": 1, "language": "en", "visit": shown["properties"]["visit"],
        "recommend": 3, "why_not": "Be on time",
    }  # fmt: skip
    assert answered["anonymousId"] == shown["anonymousId"]
    assert "userId" not in answered


def test_a_form_sent_twice_is_kept_once(desk: Desk):
    form = filled(desk, "satisfaction", **{"q.overall": "5", "step": "1"})
    assert [desk.client.post("/s/satisfaction", data=form).status_code for _ in range(3)] == [303, 303, 303]
    assert [each["event"] for each in desk.events()] == ["Survey Shown", "Survey Answered"]


def test_what_is_missing_is_told_with_nothing_typed_lost(desk: Desk):
    form = filled(desk, "needs", "?lang=fr", **{"q.main_need.other": "L'« autre » & <vrai>", "q.budget": "beaucoup"})
    again = desk.client.post("/s/needs", data=form | {"q.for_whom": ["myself", "work"]})
    assert again.status_code == 422
    assert again.headers["content-language"] == "fr"
    assert "Certaines réponses sont à revoir" in again.text
    assert 'href="#q-main_need--price"' in again.text
    assert "L&#39;« autre » &amp; &lt;vrai&gt;" in again.text
    assert 'value="beaucoup"' in again.text
    assert re.findall(r'value="(\w+)" checked', again.text) == ["myself", "work"]
    assert [each["event"] for each in desk.events()] == ["Survey Shown"]


def test_going_back_or_to_the_other_language_loses_nothing(desk: Desk):
    second = desk.client.post("/s/needs", data=filled(desk, "needs", **{"q.main_need": "gift", "q.budget": "12,5"}))
    assert 'name="q.obstacle"' in second.text
    typed = hidden(second.text) | {"q.obstacle": "None at all"}
    french = desk.client.post("/s/needs", data=typed | {"go": "fr"})
    assert "qu&#39;est-ce qui vous a retenu" in french.text
    assert "None at all" in french.text
    back = desk.client.post("/s/needs", data=typed | {"go": "back"})
    assert 'value="gift" checked' in back.text
    assert 'value="12,5"' in back.text
    assert hidden(back.text)["q.obstacle"] == "None at all"


def test_who_has_a_link_answers_under_the_strongest_identifier_and_once(desk: Desk):
    known = {
        "subject": ["person"] * 2, "kind": ["email", "user_id"], "value": ["ann@example.com", "C1"],
        "identity": [0, 1], "key": [5, 5], "cluster": [0, 0], "own_key": [5, None],
    }  # fmt: skip
    with desk.store.begin() as connection:
        identifiers.add(connection, pa.table(known, schema=identifiers.SCHEMA), None)
    link = desk.ask("values", Who("email", "ann@example.com"))
    answers = {f"q.{each.name}": "4" for each in shipped.read_template("values").questions}
    form = filled(desk, "values", f"?p={link}", **answers, step="1", consent="yes")
    assert desk.client.post("/s/values", data=form).status_code == 303
    identify, answered = desk.messages()[-2:]
    assert (identify["type"], identify["userId"]) == ("identify", "C1")
    assert identify["traits"]["values_benevolence"] == 4
    assert answered["userId"] == "C1"
    assert answered["properties"]["consent"] is True
    assert answered["properties"]["consent_text"] == shipped.read_template("values").consent_digest
    assert "You have answered already" in desk.client.get(f"/s/values?p={link}").text
    assert desk.client.post("/s/values", data=form).status_code == 200
    assert len(desk.messages()) == 3


def test_consent_must_be_ticked(desk: Desk):
    again = desk.client.post("/s/values", data=filled(desk, "values", step="1"))
    assert again.status_code == 422
    assert 'href="#consent-answer"' in again.text
    assert len(desk.messages()) == 1


def test_an_email_that_is_asked_for_says_who_it_is_and_counts_as_an_asking(desk: Desk):
    desk.put(shipped.read_template("needs").as_json() | {"identify": "email"})
    typed = {"q.main_need": "gift", "q.budget": "100", "step": "1"}
    again = desk.client.post("/s/needs", data=filled(desk, "needs", **typed, email="ann at example"))
    assert again.status_code == 422
    assert 'value="ann at example"' in again.text
    assert desk.client.post("/s/needs", data=hidden(again.text) | {"email": "Ann@Example.com"}).status_code == 303
    identify, answered = desk.messages()[-2:]
    assert identify["traits"] == {"email": "ann@example.com", "needs_main_need": "gift", "needs_budget": 100.0}
    assert identify["anonymousId"] == answered["anonymousId"]
    with desk.store.begin() as connection:
        assert not survey_asks.may_ask(connection, Who("email", "ann@example.com"), dt.timedelta(days=1), NOW)


def test_declining_is_kept_and_thanked_for(desk: Desk):
    link = desk.ask("needs", Who("user_id", "C1"))
    form = filled(desk, "needs", f"?p={link}") | {"go": "decline"}
    for _ in range(2):
        done = desk.client.post("/s/needs", data=form)
        assert done.headers["location"] == "/s/needs/declined?lang=en"
    assert "You will not be asked this again" in desk.client.get(done.headers["location"]).text
    assert [(each["event"], each["userId"]) for each in desk.events()] == [
        ("Survey Shown", "C1"),
        ("Survey Declined", "C1"),
    ]


def test_a_link_opened_often_is_shown_once(desk: Desk):
    link = desk.ask("needs", Who("user_id", "C1"))
    for _ in range(3):
        desk.client.get(f"/s/needs?p={link}")
    assert len(desk.messages()) == 1


def test_a_page_that_nobody_looks_at_yet_is_not_shown(desk: Desk):
    assert desk.client.get("/s/needs", headers={"sec-purpose": "prefetch;prerender"}).status_code == 200
    assert desk.messages() == []


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/s/nothing", 404, "There is no survey here"),
        ("/s/needs?p=forged", 410, "This link has ended"),
        ("/s/closed", 200, "This survey is closed"),
        ("/s/coming", 200, "This survey is closed"),
        ("/s/nothing/thanks", 404, "There is no survey here"),
    ],
)
def test_what_cannot_be_filled_in_says_why(desk: Desk, path: str, status: int, words: str):
    needs = shipped.read_template("needs").as_json()
    desk.put(needs | {"survey": "closed", "open": {"until": "2026-11-20"}})
    desk.put(needs | {"survey": "coming", "open": {"from": "2026-11-22"}})
    page = desk.client.get(path)
    assert (page.status_code, words in page.text) == (status, True)
    assert desk.messages() == []


def test_a_link_ends(desk: Desk, clock: FixedClock):
    link = desk.ask("needs", Who("user_id", "C1"))
    clock.advance(dt.timedelta(days=61))
    assert desk.client.get(f"/s/needs?p={link}").status_code == 410


def test_a_link_of_one_survey_opens_no_other(desk: Desk):
    link = desk.ask("needs", Who("user_id", "C1"))
    assert desk.client.get(f"/s/values?p={link}").status_code == 410


def test_a_journal_that_takes_nothing_loses_nothing_typed(desk: Desk):
    form = filled(desk, "satisfaction", **{"q.overall": "5", "q.comment": "Kept?", "step": "1"})
    desk.journal.close()
    trouble = desk.client.post("/s/satisfaction", data=form)
    assert (trouble.status_code, trouble.headers["retry-after"]) == (503, "30")
    assert "nothing you wrote is lost" in trouble.text
    assert "Kept?" in trouble.text
    assert hidden(trouble.text)["q.overall"] == "5"
    assert desk.client.get("/s/satisfaction").status_code == 503


def test_answers_that_are_too_long_together_are_told_before_they_are_kept(desk: Desk):
    question = {"type": "text", "longest": 5000, "text": {"en": "Tell", "fr": "Dites"}}
    names = [f"t{n}" for n in range(5)]
    title = {"en": "Long", "fr": "Long"}
    desk.put({"survey": "long", "title": title, "questions": [question | {"name": each} for each in names]})
    page = desk.client.post("/s/long", data=filled(desk, "long", **{f"q.{each}": "🙂" * 2400 for each in names}))
    assert page.status_code == 422
    assert "All answers together are too long" in page.text
    assert len(desk.messages()) == 1


def test_a_body_that_is_no_form_of_ours_is_refused(desk: Desk):
    assert desk.client.post("/s/needs", data={"q.obstacle": "x" * 600_000}).status_code == 413
    assert desk.client.post("/s/needs", content="&".join("a=1" for _ in range(2000))).status_code == 413
    assert desk.client.post("/s/needs", content=b"\xff\x00%zz=%ff&step=99&go=nonsense&nonce=<").status_code == 422


def test_nothing_but_our_own_stylesheet_may_be_loaded(desk: Desk):
    page = desk.client.get("/s/needs")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert "set-cookie" not in page.headers
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "Maison &lt;Lenoir&gt;" in page.text
    style = desk.client.get(re.findall(r'href="(/s/look\.css[^"]*)"', page.text)[0])
    assert style.headers["content-type"].startswith("text/css")
    assert "immutable" in style.headers["cache-control"]


def test_every_input_has_its_label_and_every_id_is_used_once(desk: Desk):
    for name in shipped.TEMPLATES:
        page = desk.client.get(f"/s/{name}").text
        ids = re.findall(r'\bid="([^"]+)"', page)
        inputs = re.findall(r'<(?:input|textarea)(?! type="hidden")[^>]* id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert inputs
        assert set(inputs) - set(re.findall(r'<label[^>]* for="([^"]+)"', page)) == set()


@pytest.mark.parametrize(
    ("asked", "header", "language"),
    [
        (None, "fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        (None, "de, en;q=0.7, fr;q=0.9", "fr"),
        ("en", "fr", "en"),
        ("xx", "de", "fr"),
        (None, "en;q=0, fr;q=0.1", "fr"),
        (None, "en;q=much", "fr"),
        (None, None, "fr"),
    ],
)
def test_the_language_is_that_of_the_address_or_of_the_browser(asked, header, language):
    assert negotiated(asked, header, "fr") == language


def test_somebody_known_by_an_email_alone_is_that_person_from_the_first_message_on(desk: Desk):
    link = desk.ask("needs", Who("email", "ann@example.com"))
    desk.client.get(f"/s/needs?p={link}")
    identify, shown = desk.messages()
    assert (identify["type"], identify["traits"]) == ("identify", {"email": "ann@example.com"})
    assert identify["anonymousId"] == shown["anonymousId"]
    assert "ann" not in link


@pytest.mark.parametrize(("language", "lost"), [("en", "Nothing you wrote is lost"), ("fr", "n'est perdu")])
def test_who_sends_too_often_waits_and_loses_nothing_typed(desk: Desk, clock: FixedClock, language: str, lost: str):
    form = filled(desk, "satisfaction", f"?lang={language}", **{"q.overall": "5", "q.comment": "Kept?"})
    desk.pace.most = 1
    desk.client.post("/s/satisfaction", data=form)
    refused = desk.client.post("/s/satisfaction", data=form)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")
    assert lost in unescape(refused.text)
    assert "Kept?" in refused.text
    assert hidden(refused.text)["nonce"] == form["nonce"]
    assert desk.client.get("/s/satisfaction").status_code == 429
    clock.advance(dt.timedelta(seconds=30))
    assert desk.client.post("/s/satisfaction", data=form).status_code in (200, 303)
