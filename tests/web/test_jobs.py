"""What takes longer than a browser waits: its page says how far it is, to whoever asked for it and to nobody else."""

from collections.abc import Callable

import pytest

import quartier
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.web import desk as desks
from quartier.web.application import application
from quartier.workspace.work import Work
from tests.web.shop import Browser, signed_in

TITLE = Text(en="Something long", fr="Quelque chose de long")
Found = tuple[Work, Callable[..., Browser]]


@pytest.fixture
def slow(reading: quartier.Workspace) -> Found:
    """Work that nobody does until the test says so, and browsers over it."""
    work = Work(reading.clock)
    app = application(reading, work)
    return work, lambda role="owner", language="en": signed_in(app, reading, role, language)


def test_a_job_is_followed_from_waiting_to_its_result(slow: Found, reading: quartier.Workspace):
    work, browser = slow

    def do(_workspace, job):
        job.tell(0.5)
        halfway.append(own.get(f"/jobs/{job.number}").text)
        job.url = "/segments"

    own, halfway = browser("owner", "fr"), []
    job = work.ask(TITLE, do, by="owner@example.org")
    waiting = own.get(f"/jobs/{job.number}")
    assert "Quelque chose de long" in waiting.text
    assert "En attente" in waiting.text
    assert waiting.headers["refresh"], "a page without script asks again by itself"
    part = own.get(f"/jobs/{job.number}", headers={"hx-request": "true"})
    assert part.text.strip() in waiting.text
    work.do_next(reading)
    assert "50\N{NO-BREAK SPACE}%" in halfway[0]
    done = own.get(f"/jobs/{job.number}")
    assert (done.status_code, done.headers["location"]) == (303, "/segments")
    by_htmx = own.get(f"/jobs/{job.number}", headers={"hx-request": "true"})
    assert by_htmx.headers["hx-redirect"] == "/segments"


def test_a_job_is_shown_to_nobody_else(slow: Found):
    work, browser = slow
    job = work.ask(TITLE, lambda _workspace, _job: None, by="owner@example.org")
    assert browser("analyst").get(f"/jobs/{job.number}").status_code == 404
    assert browser("owner").get("/jobs/unknown").status_code == 404


def test_a_job_that_fails_says_why_and_what_to_do_and_a_defect_says_nothing_of_itself(slow: Found, reading):
    work, browser = slow

    def refuse(_workspace, _job):
        raise InvalidRequest(
            Text(en="no such file", fr="pas de tel fichier"), remedy=Text(en="send it", fr="envoyez-le")
        )

    refused = work.ask(TITLE, refuse, by="owner@example.org")
    broken = work.ask(TITLE, lambda _workspace, _job: {}["ana@example.com"], by="owner@example.org")
    work.do_next(reading)
    with pytest.raises(KeyError):
        work.do_next(reading)
    text = browser().get(f"/jobs/{refused.number}").text
    assert "No such file." in text
    assert "Send it." in text
    ours = browser().get(f"/jobs/{broken.number}").text
    assert "went wrong on our side" in ours
    assert "ana@example.com" not in ours


def test_a_change_that_takes_long_sends_the_browser_to_its_page(slow: Found, monkeypatch: pytest.MonkeyPatch):
    work, _ = slow
    monkeypatch.setattr(desks, "PATIENCE", 0.01)
    job = work.ask(TITLE, lambda _workspace, _job: None, by="owner@example.org")
    with pytest.raises(desks.StillRunning) as told:
        desks.Desk.outcome(None, job)  # type: ignore[arg-type]  # it looks at the job alone
    assert told.value.job is job
