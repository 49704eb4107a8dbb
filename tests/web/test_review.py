"""Who is who: pairs side by side, decided in one click and undone, matching as a job, limits tried first."""

import re
from collections.abc import Callable
from html import unescape

import pytest

import quartier
from quartier.govern.deeds import Deeds
from tests.web.shop import Browser

PEOPLE = """user_id,email,phone,first_name,last_name,city,birth_date
D1,shared@example.org,+33611111111,Ana,Durand,Nantes,1985-02-01
D2,shared@example.org,+33622222222,Anna,Durand,Nantes,1985-02-01
D3,ok@example.org,+33655555555,<script>alert(1)</script>,O'Brien & Co,Paris,1991-05-05
"""


@pytest.fixture
def doubtful(own_shop: quartier.Workspace, tmp_path) -> quartier.Workspace:
    """A shop in which two customers came with one e-mail."""
    (tmp_path / "people.csv").write_text(PEOPLE)
    own_shop.collect(tmp_path / "people.csv")
    return own_shop


def pair_of(ws: quartier.Workspace) -> str:
    (doubt,) = ws.identification.review().doubts
    return "-".join(str(each) for each in sorted((doubt.a.number, doubt.b.number)))


def states(ws: quartier.Workspace) -> set[str]:
    """How the links of one customer stand."""
    return {each.state for each in ws.identification.links("D3")}


def test_a_pair_is_shown_side_by_side_decided_in_one_click_and_undone(doubtful, own_browser: Callable[..., Browser]):
    own = own_browser("support", "fr")
    page = unescape(own.get("/persons/review").text)
    assert "Une seule personne" in page
    assert "shared@example.org est à D2" in page
    assert re.search(r'class="same">\s*<th scope="row">Nom<', page)
    assert re.search(r'class="differs">\s*<th scope="row">Prénom<', page)
    before = doubtful.count_everyone()
    forms = re.findall(r'name="answer" value="(\w+)"><input type="hidden" name="of" value="([\d-]+)"', page)
    accept = next(of for answer, of in forms if answer == "accept")
    former = doubtful.persons.find("D2").persons[0].person
    done = own.post_form("/persons/decide", {"answer": "accept", "of": accept, "back": "/persons/review"})
    assert (done.status_code, done.headers["location"]) == (303, f"/persons/review?decided={accept}")
    assert doubtful.count_everyone() == before - 1
    ids = {doubtful.persons.find(each).persons[0].person for each in ("D1", "D2")}
    assert len(ids) == 1
    if {former} != ids:
        assert own.get(f"/persons/{former}").headers["location"] == f"/persons/{ids.pop()}", "the former id answers"
    after = own.get(done.headers["location"]).text
    assert "Accepté." in after
    assert 'name="answer" value="undo"' in after
    undone = own.post_form("/persons/decide", {"answer": "undo", "of": accept, "back": "/persons/review"})
    assert undone.headers["location"] == "/persons/review"
    assert doubtful.count_everyone() == before
    decisions = own.get("/persons/review/decisions").text
    assert "de nouveau ouvert" in decisions
    assert {each.deed for each in doubtful.users.deeds(2)} == {Deeds.LINK_DECIDED}


def test_a_decision_first_says_what_follows_and_changes_nothing_before(doubtful, own_browser: Callable[..., Browser]):
    own, of = own_browser("owner", "fr"), pair_of(doubtful)
    asked = own.get("/persons/decide", params={"answer": "accept", "of": of, "back": "/persons/review"}).text
    assert "1 identifiant appartiendrait à une autre personne." in asked
    assert not doubtful.identification.decisions()
    typed = {"answer": "accept", "of": of, "back": "/persons/review", "note": "même carte"}
    own.post_form("/persons/decide", typed)
    assert doubtful.identification.decisions()[0][0].note == "même carte"
    assert doubtful.identification.decisions()[0][0].author == "owner@example.org"


def test_identifiers_are_parted_and_put_together_again(doubtful, own_browser: Callable[..., Browser]):
    own = own_browser("owner")
    person = doubtful.persons.find("D3").persons[0].person
    page = own.get(f"/persons/{person}", params={"tab": "links"}).text
    assert "<script>alert" not in page
    number = re.search(r'name="of" value="(\d+)" aria-label="Part \+33655555555"', page)
    assert number
    asked = own.get("/persons/decide", params={"answer": "split", "of": number[1]})
    assert "would belong to" in asked.text
    typed = {"answer": "split", "of": number[1], "back": f"/persons/{person}?tab=links"}
    assert states(doubtful) == {"followed"}
    done = own.post_form("/persons/decide", typed)
    assert states(doubtful) == {"followed", "refused"}
    told = own.get(done.headers["location"])
    groups = re.findall(r'name="of" value="(\d+-\d+)"', told.text)
    assert groups, "what was parted can be undone at once"
    own.post_form("/persons/decide", {"answer": "undo", "of": groups, "back": "/persons/review"})
    assert states(doubtful) == {"followed"}


def test_matching_is_tried_as_a_job_then_done(doubtful, own_browser: Callable[..., Browser]):
    own = own_browser("owner", "fr")
    typed = {"certain": "99", "doubtful": "50", "step": "try"}
    job = own.post_form("/persons/review/matching", typed).headers["location"]
    result = own.get(own.get(job).headers["location"]).text
    assert "1 paire serait reliée" in result
    assert "Rien n&#39;est encore relié." in result or "Rien n'est encore relié." in result
    assert not [each for each in doubtful.identification.links("D1") if each.link.probability]
    job = own.post_form("/persons/review/matching", typed | {"step": "do"}).headers["location"]
    assert "1 paire a été reliée" in own.get(own.get(job).headers["location"]).text
    wrong = own.post_form("/persons/review/matching", typed | {"certain": "9x"})
    assert wrong.status_code == 400
    assert 'value="9x"' in wrong.text, "what was typed is kept"
    assert "n'est plus connu" in unescape(own.get("/persons/review/matching?job=gone").text)


def test_limits_are_tried_first_and_wrong_ones_are_told_beside_their_field(
    doubtful, own_browser: Callable[..., Browser]
):
    own = own_browser("owner")
    typed = {"trusted": ["user_id", "phone"], "most_identifiers": "50", "most_customers": "3", "most_others": "9"}
    tried = own.post_form("/persons/review/limits", typed | {"step": "try"}).text
    assert "What would follow" in tried
    assert doubtful.identification.limits.most_identifiers != 50
    done = own.post_form("/persons/review/limits", typed | {"step": "do"})
    assert done.status_code == 303
    assert doubtful.identification.limits.trusted == ("user_id", "phone")
    wrong = own.post_form("/persons/review/limits", typed | {"most_others": "many", "step": "do"})
    assert wrong.status_code == 400
    assert 'value="many"' in wrong.text
    assert 'id="most_others-error"' in wrong.text


def test_what_no_page_of_ours_sends_is_refused_and_changes_nothing(browser: Callable[..., Browser], reading):
    own, bad = browser("owner"), [
        {"answer": "accept", "of": "1"}, {"answer": "drop", "of": "1-2"}, {"answer": "accept"},
        {"answer": "refuse", "of": "1-x"}, {"answer": "block", "of": "1-2"}, {"answer": "undo", "of": "1-2-3"},
        {"answer": "split", "of": "99999999999999999999"},
    ]  # fmt: skip
    for each in bad:
        assert own.get("/persons/decide", params=each).status_code == 400, each
        assert own.post_form("/persons/decide", each).status_code == 400, each
    assert own.get("/persons/decide", params={"answer": "accept", "of": "199999999-2"}).status_code == 404
    away = own.get("/persons/decide", params={"answer": "block", "of": "0", "back": "//evil.example/"})
    assert 'href="//evil' not in away.text
    assert 'value="//evil' not in away.text
    assert not reading.identification.decisions()


def test_an_empty_review_teaches_matching(browser: Callable[..., Browser]):
    for language, word in (("en", "Nothing waits for a decision"), ("fr", "Rien n'attend de décision")):
        assert word in unescape(browser("support", language).get("/persons/review").text)
