"""The room of targeting: try, freeze, write the list, once and for who may."""

import csv
import datetime as dt
import html
import io
import re

import pytest

from tests.web.shop import CAMPAIGN

NEW = "/target/new?segment=reachable-by-email&name=winter&holdout=25&purpose=marketing"


def test_a_trial_says_the_sizes_that_freezing_gives_and_keeps_nothing(browser, reading):
    before = [each.audience.campaign for each in reading.campaigns.all()]
    own = browser("marketer")
    page = own.get(NEW)
    assert page.status_code == 200
    trial = reading.campaigns.rehearse({"name": "winter", "segment": "reachable-by-email", "holdout": "25%"})
    for figure in (len(trial.targeted), len(trial.held_out)):
        assert f'<dd class="number">{figure}</dd>' in page.text
    assert "Freeze “winter”" in page.text
    assert "8 chances in 10" in page.text
    assert [each.audience.campaign for each in reading.campaigns.all()] == before
    fragment = own.get(NEW, headers={"hx-request": "true"}).text
    assert fragment.strip() in page.text, "the part that htmx fetches stands in the whole page"


def test_the_smallest_visible_effect_is_that_of_the_spread_before(reading):
    trial = reading.campaigns.rehearse(
        {"name": "winter", "segment": "reachable-by-email", "holdout": "25%"}, ["any Page Viewed within 14 days"]
    )
    (found,) = trial.foresights
    persons = trial.targeted | trial.held_out
    share = found.usual
    assert 0 < share < 1
    spread = share * (1 - share) * len(persons) / (len(persons) - 1)
    wanted = 2.8015852 * (spread * (1 / len(trial.targeted) + 1 / len(trial.held_out))) ** 0.5
    assert found.visible == pytest.approx(wanted, rel=1e-6)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("segment=nowhere&name=a", "nowhere"),
        ("segment=regulars&name=a&holdout=half", "is not a share"),
        ("segment=regulars&name=new", "stands for another page"),
        (f"segment=regulars&name={CAMPAIGN}", "it is frozen"),
        ("segment=<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_tried_is_said_and_what_was_typed_stays(browser, typed, said):
    answer = browser("owner").get(f"/target/new?{typed}")
    assert answer.status_code == 200
    assert said in answer.text
    assert "<script>alert" not in answer.text
    assert 'action="/target"' not in answer.text, "it cannot be frozen"


def test_an_audience_is_frozen_its_list_fetched_and_the_persons_count_as_reached(own_browser, own_shop):
    own = own_browser("marketer")
    typed = {"segment": "reachable-by-email", "name": "winter/1 <b>", "holdout": "25", "purpose": "loyalty"}
    done = own.post_form("/target", typed)
    assert (done.status_code, done.headers["location"]) == (303, "/target/winter/1%20%3Cb%3E")
    url = done.headers["location"]
    audience = own_shop.audience("winter/1 <b>")
    page = own.get(url).text
    assert "winter/1 &lt;b&gt;" in page
    assert "Nobody has been reached yet" in page
    assert "loyalty" in page
    again = own.post_form("/target", typed)
    assert again.status_code == 400
    assert "it is frozen" in again.text
    fetched = export(own, url, {"form": "csv", "traits": ["email", "first_name"]})
    rows = list(csv.DictReader(io.StringIO(fetched.content.decode())))
    assert list(rows[0]) == ["person_id", "email", "first_name"]
    assert len(rows) == len(audience.targeted)
    assert fetched.headers["content-disposition"] == 'attachment; filename="winter-1-b.csv"'
    held = own_shop.campaigns.find("winter/1 <b>")
    assert (held.reached, len(held.exposures)) == (audience.targeted, 1)
    deeds = {each.deed: each.about for each in own_shop.users.deeds(20)}
    assert deeds["audience_frozen"]["targeted"] == len(audience.targeted)
    assert deeds["exported"] == {
        "campaign": "winter/1 <b>", "persons": len(rows), "columns": ["person_id", "email", "first_name"],
    }  # fmt: skip
    assert "Measure the effect" in own.get(url).text
    for form, first in (("parquet", b"PAR1"), ("json", b"[")):
        assert export(own, url, {"form": form}).content.startswith(first)


def test_a_list_is_for_who_asked_and_for_who_may(own_browser, own_shop):
    owner, other = own_browser("owner"), own_browser("marketer")
    url = f"/target/{CAMPAIGN}"
    assert owner.post_form(f"{url}/export", {"form": "exe"}).status_code == 400
    for trait in ("nothing", "belief"):
        refused = owner.post_form(f"{url}/export", {"form": "csv", "traits": [trait]})
        assert refused.status_code in (400, 404)
    assert not own_shop.campaigns.find(CAMPAIGN).exposures, "what was refused marked nobody"
    ready = link_of(owner, url, {"form": "csv"})
    assert owner.get(ready).status_code == 200
    assert other.get(ready).status_code == 404, "it is another user's"
    assert own_browser("sales").get(ready).status_code == 403
    assert own_browser("viewer").post_form(f"{url}/export", {"form": "csv"}).status_code == 403
    own_shop.clock.advance(dt.timedelta(hours=2))
    assert owner.get(ready).status_code == 404, "lists wait for an hour"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_campaigns_speaks_both_languages(browser, language):
    own = browser("owner", language)
    month = {"en": "November 2026", "fr": "novembre 2026"}[language]
    for url in ("/target", "/target/new", NEW, f"/target/{CAMPAIGN}"):
        answer = own.get(url)
        assert answer.status_code == 200, url
        assert month in answer.text, url
        assert " style=" not in answer.text
    assert own.get("/target/nothing").status_code == 404


def test_a_viewer_sees_sizes_and_cannot_start_anything(browser):
    own = browser("viewer")
    text = own.get(f"/target/{CAMPAIGN}").text
    assert "targeted" in text
    assert "export" not in text
    assert "/target/new" not in own.get("/target").text
    assert own.get("/target/new").status_code == 403


def link_of(own, url: str, typed: dict) -> str:
    """Where the list waits that was asked for."""
    done = own.post_form(f"{url}/export", typed)
    assert done.status_code == 303
    page = own.get(done.headers["location"]).text
    return html.unescape(re.search(r'href="([^"]+/lists/[^"]+)"', page)[1])


def export(own, url: str, typed: dict):
    """The list that was asked for."""
    answer = own.get(link_of(own, url, typed))
    assert answer.status_code == 200
    return answer
