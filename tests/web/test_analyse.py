"""The room of analysis: what is clicked there is the segment of just those persons."""

import html
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from pyroaring import BitMap

from quartier.analyse import selecting
from quartier.analyse.modelling.kinds import all_kinds
from quartier.analyse.surveys.results import result_of
from quartier.analyse.surveys.run import GroupResult, Reached, SurveyResults
from quartier.collect.surveys import shipped
from quartier.engine import Query
from quartier.workspace.surveys import Surveys

SIDES = ("/analyse", "/analyse/revenue", "/analyse/cohorts", "/analyse/surveys")


def documents(text: str) -> list[dict]:
    """The definitions that the links of a page carry to the editor, in the order of the page."""
    urls = re.findall(r'href="(/segments/new\?[^"]+)"', text)
    return [json.loads(parse_qs(urlsplit(html.unescape(each)).query)["definition"][0]) for each in urls]


def persons_where(workspace, condition: str) -> BitMap:
    return BitMap(workspace.engine.keys(Query(f"select person_key from person where {condition}")))


@pytest.fixture(scope="module")
def page_of(browser):
    kept: dict[tuple[str, str, str], str] = {}

    def page(url: str, role: str = "owner", language: str = "en") -> str:
        if (url, role, language) not in kept:
            answer = browser(role, language).get(url)
            assert answer.status_code == 200, url
            kept[url, role, language] = answer.text
        return kept[url, role, language]

    return page


def test_each_cell_opens_as_the_segment_of_the_persons_of_that_cell(reading, page_of):
    cells = [each for each in reading.analysis.grid().cells if each.persons]
    found = [each for each in documents(page_of("/analyse")) if re.fullmatch(r"rfm-\d-\d", each["segment"])]
    assert len(found) == len(cells) > 5
    for cell, preview in zip(cells, reading.preview(found), strict=True):
        condition = f"rfm_r = {cell.recency} and (rfm_f + rfm_m + 1) // 2 = {cell.frequency_monetary}"
        assert preview.members == persons_where(reading, condition)
        assert len(preview.members) == cell.persons


@pytest.mark.parametrize("bins", [3, 4, 5])
def test_the_cells_of_a_grid_divide_all_its_scores(bins):
    def matches(condition: dict, bin_of: dict[str, int]) -> bool:
        if "all" in condition:
            return all(matches(each, bin_of) for each in condition["all"])
        if "any" in condition:
            return any(matches(each, bin_of) for each in condition["any"])
        value = bin_of[condition["trait"]]
        return value == condition["is"] if "is" in condition else value in condition["in"]

    steps = range(1, bins + 1)
    cells = [selecting.of_cell(r, column, bins)["where"] for r in steps for column in steps]
    for r, f, m in ((r, f, m) for r in steps for f in steps for m in steps):
        bin_of = {"rfm_r": r, "rfm_f": f, "rfm_m": m}
        assert sum(matches(each, bin_of) for each in cells) == 1


def test_each_class_opens_as_the_segment_of_its_persons(reading, page_of):
    classes = [each for each in reading.analysis.grid().classes if each.persons]
    found = [each for each in documents(page_of("/analyse")) if not re.fullmatch(r"rfm-\d-\d", each["segment"])]
    previews = reading.preview(found)
    assert [len(each.members) for each in previews] == [each.persons for each in classes]
    for each, preview in zip(classes, previews, strict=True):
        assert preview.members == persons_where(reading, f"rfm_class = '{each.rfm_class.id}'")


def test_the_best_customers_open_as_the_segment_of_those_who_brought_most(reading, page_of):
    found = [each for each in documents(page_of("/analyse/revenue")) if each["segment"].startswith("top-")]
    top = reading.analysis.concentration().top
    assert [each["segment"] for each in found] == ["top-1", "top-5", "top-10", "top-20"]
    worths = reading.engine.rows(Query("select rfm_monetary from person where rfm_monetary is not null"))
    amounts = sorted((float(str(each)) for (each,) in worths), reverse=True)
    for share, preview in zip(top, reading.preview(found), strict=True):
        last = amounts[share.persons - 1]
        assert preview.members == persons_where(reading, f"rfm_monetary >= {last}")
        assert len(preview.members) >= share.persons, "who ties with the last one is in"


def test_months_and_cohorts_open_as_the_segments_of_those_counted(reading, page_of):
    months = [each for each in reversed(reading.analysis.overview().months) if each.customers]
    bought = [each for each in documents(page_of("/analyse/revenue")) if each["segment"].startswith("bought-")]
    assert [len(each.members) for each in reading.preview(bought)] == [each.customers for each in months]
    cells = documents(page_of("/analyse/cohorts"))
    first = reading.analysis.cohorts()
    counted = []
    for cohort in reversed(first.cohorts[-12:]):
        counted += [cohort.persons] if cohort.persons else []
        counted += [n for n in cohort.ordered[1:12] if n]
    assert len(counted) > 10
    assert [len(each.members) for each in reading.preview(cells)] == counted


@pytest.mark.parametrize("side", SIDES)
def test_every_side_speaks_both_languages_and_says_its_instant(page_of, side):
    english, french = page_of(side), page_of(side, language="fr")
    assert ('lang="en"' in english, 'lang="fr"' in french) == (True, True)
    assert "November 2026" in english
    assert "novembre 2026" in french
    for text in (english, french):
        assert "style=" not in re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)


def test_drawings_obey_the_policy_of_the_page(page_of):
    assert " style=" not in page_of("/analyse/revenue"), "inline styles are refused by the policy"


def test_who_may_not_edit_segments_sees_the_figures_without_links(page_of):
    text = page_of("/analyse", "viewer")
    assert "Champions" in text
    assert documents(text) == []
    assert "/analyse/rfm" not in text
    assert 'action="/analyse/rfm"' in page_of("/analyse", "marketer")


def test_rfm_is_run_with_the_settings_of_the_form_and_says_so(own_browser, own_shop):
    own = own_browser("analyst")
    typed = {"bins": "3", "within": "2 years", "purchase": "Order Completed", "amount": "revenue", "refunds": ""}
    done = own.post_form("/analyse/rfm", typed)
    assert (done.status_code, done.headers["location"]) == (303, "/analyse")
    text = own.get("/analyse").text
    assert "RFM has been run over" in text
    assert '<option value="3" selected>' in text
    assert own_shop.analysis.grid().bins == 3
    assert own_shop.analysis.last_run().parameters["refunds"] is None
    assert [each.deed for each in own_shop.users.deeds(1)] == ["model_run"]
    wrong = own.post_form("/analyse/rfm", typed | {"within": "<script>alert(1)</script>", "bins": "9"})
    assert wrong.status_code == 400
    assert "<script>alert" not in wrong.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in wrong.text, "what was typed is kept"
    unknown = own.post_form("/analyse/rfm", typed | {"purchase": "Reservation"})
    assert unknown.status_code == 400
    assert "No event is called “Reservation”" in html.unescape(unknown.text)
    assert own_shop.analysis.grid().bins == 3


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_survey_is_listed_and_its_answers_have_intervals(own_browser, own_shop, monkeypatch, language):
    survey = shipped.read_template("satisfaction")
    own_shop.surveys.apply([survey.as_json()])
    own = own_browser("viewer", language)
    title = survey.title.to(language)
    assert f'<a href="/analyse/surveys/satisfaction">{title}</a>' in html.unescape(own.get("/analyse/surveys").text)
    assert "quartier survey invite satisfaction" in own.get("/analyse/surveys/satisfaction").text
    assert own.get("/analyse/surveys/nothing").status_code == 404
    given = {"overall": [5, 5, 4, 3, 1, 4]}
    questions = tuple(result_of(each, given.get(each.name, [])) for each in survey.questions)

    def made_up(_self, _name, *, by=()):
        groups = tuple(_groups(by, questions))
        return SurveyResults(survey, own_shop.clock.now(), 6, Reached(25, 6, 3), questions, groups)

    monkeypatch.setattr(Surveys, "results", made_up)
    text = html.unescape(own.get("/analyse/surveys/satisfaction").text).replace("\N{NO-BREAK SPACE}", " ")
    assert {"en": "satisfied 66.7% (between", "fr": "satisfaits 66,7 % (entre"}[language] in text
    assert {"en": "24%, between", "fr": "24 %, entre"}[language] in text
    few = html.unescape(own.get("/analyse/surveys/satisfaction?by=regulars").text)
    assert {"en": "Fewer than five", "fr": "Moins de cinq"}[language] in few
    assert {"en": "satisfied 66", "fr": "satisfaits 66"}[language] not in few

    each = html.unescape(own.get("/analyse/surveys/satisfaction?by=*").text)
    assert {"en": "satisfied 66.7%", "fr": "satisfaits 66,7"}[language] in each  # of the one that is shown
    assert {"en": "left out: fewer than five", "fr": "de côté : moins de cinq"}[language] in each.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def _groups(names, questions):
    """The first of several segments has answers enough; one alone has not."""
    for place, each in enumerate(names):
        is_shown = len(names) > 1 and place == 0
        yield GroupResult(each, 6 if is_shown else None, questions if is_shown else ())


def test_every_kind_of_model_has_a_page_with_its_form(page_of):
    listed = page_of("/analyse/models")
    for kind in all_kinds():
        if kind.name != "rfm":
            assert f'href="/analyse/models/{kind.name}"' in listed
        assert 'id="settings"' in page_of(f"/analyse/models/{kind.name}")
        assert 'id="settings"' not in page_of(f"/analyse/models/{kind.name}", "viewer")


def test_the_adviser_speaks_of_all_nine_families_and_hands_out_surveys(browser, page_of):
    page = page_of("/analyse/adviser", language="fr")
    assert page.count('<h3><span class="chip') == 9
    answer = browser().get("/analyse/adviser/needs/survey.yaml")
    assert answer.headers["content-type"].startswith("application/yaml")
    assert "main_need" in answer.text
    assert browser().get("/analyse/adviser/nonsense/survey.yaml").status_code == 404


def test_a_survey_that_is_put_forward_is_put_in_force_from_the_page_and_never_over_another(own_shop, own_browser):
    owner, viewer = own_browser("owner"), own_browser("viewer")
    button = 'action="/analyse/adviser/needs/survey"'
    assert button in owner.get("/analyse/adviser").text
    assert button not in viewer.get("/analyse/adviser").text
    answer = owner.post_form("/analyse/adviser/needs/survey")
    assert answer.headers["location"] == "/analyse/surveys/ask-needs"
    assert [each.survey.survey for each in own_shop.surveys.all()] == ["ask-needs"]
    assert "/s/ask-needs" in owner.get("/analyse/surveys/ask-needs").text
    assert own_browser().get("/s/ask-needs").status_code == 200
    page = owner.get("/analyse/adviser").text
    assert button not in page
    assert 'href="/analyse/surveys/ask-needs"' in page
    assert owner.post_form("/analyse/adviser/needs/survey").status_code == 400
    assert own_shop.surveys.standing("ask-needs").version == 1


def test_an_offer_opens_as_the_customers_who_are_offered_it(own_shop, own_browser):
    document = {"model": "recommendations", "method": "cosine", "product": "products.category", "fewest_buyers": 2}
    own_shop.run_model(document, author="test")
    opened = documents(own_browser("analyst").get("/analyse/models/recommendations").text)
    offered = own_shop.analysis.figures("recommendations").offered
    own = [each for each in opened if each["segment"].startswith("offer-")]
    assert len(own) == len(offered) > 0
    for preview, each in zip(own_shop.preview(own), offered, strict=True):
        assert len(preview.members) == each.persons
