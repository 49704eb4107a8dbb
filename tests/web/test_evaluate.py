"""The room of evaluation: what a campaign changed, in words and drawn, and what the set of segments is worth."""

import datetime as dt
import re

import pytest

from tests.web.shop import CAMPAIGN

URL = f"/evaluate/{CAMPAIGN}"


def test_before_anybody_was_reached_the_page_says_what_to_do(browser):
    own = browser("viewer")
    answer = own.get(URL)
    assert answer.status_code == 200
    assert "nobody has been exposed" in answer.text
    assert f'href="/target/{CAMPAIGN}"' in answer.text
    assert "not yet: write its list" in own.get("/evaluate").text
    assert own.get("/evaluate/nothing").status_code == 404


def test_the_effect_is_that_of_the_workspace_overall_and_per_segment(own_browser, own_shop, tmp_path):
    own_shop.export(CAMPAIGN, tmp_path / "list.csv")
    own_shop.clock.advance(dt.timedelta(days=15))
    own = own_browser("viewer")
    asked = f"{URL}?measure=any&event=Page+Viewed&of=&within=14"
    page = own.get(asked)
    report = own_shop.evaluate(CAMPAIGN, "any Page Viewed within 14 days")
    assert page.status_code == 200
    assert report.overall.targeted.persons > 0
    assert "Persons with at least one" in page.text
    for said in report.sentences("en"):
        if not said.startswith("“"):
            assert said in unescaped(page.text)
    assert '<option value="any" selected>' in page.text
    assert 'aria-current="true"' in own.get(URL).text, "the most telling outcome is measured unless another is asked"
    assert own_browser("viewer", "fr").get(asked).status_code == 200
    listed = own.get("/evaluate").text
    assert "too small to tell" in listed or "rose" in listed or "fell" in listed


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("measure=sum&event=Order+Completed&of=nothing&within=14", "has no property “nothing”"),
        ("measure=any&event=Nowhere&within=14", "no event is called “Nowhere”"),
        ("measure=any&event=Order+Completed&within=<script>alert(1)</script>", "&lt;script&gt;alert(1)"),
        ("measure=guess&event=Order+Completed&within=14", "measure"),
    ],
)
def test_an_outcome_that_cannot_be_measured_is_said_and_stays_in_the_form(browser, asked, said):
    answer = browser("owner").get(f"{URL}?{asked}")
    assert answer.status_code == 400
    assert said in answer.text
    assert "<script>alert" not in answer.text
    assert 'id="outcome"' in answer.text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_set_of_segments_is_judged_in_both_languages(browser, reading, language):
    own = browser("viewer", language)
    page = own.get("/evaluate/quality?base=customers&team=small")
    assert page.status_code == 200
    found = reading.segmentation_quality(base="customers", team="small")
    assert found.advice.said.to(language) in unescaped(page.text)
    assert " style=" not in page.text
    assert {"en": "November 2026", "fr": "novembre 2026"}[language] in page.text
    wrong = own.get("/evaluate/quality?base=nobody")
    assert wrong.status_code == 400
    assert "nobody" in wrong.text


def unescaped(text: str) -> str:
    """What a reader sees of a page, more or less."""
    import html

    return html.unescape(re.sub(r"<[^>]+>", "", text))
