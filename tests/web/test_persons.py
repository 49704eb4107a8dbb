"""The pages of persons: found by name, e-mail or number, seen side by side of the profile, and why they are members."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlencode

import pytest

import quartier
from quartier.govern.deeds import Deeds
from tests.web.shop import Browser

HTMX = {"hx-request": "true"}
SIDES = ("traits", "timeline", "segments", "links", "accounts", "similar")


@pytest.fixture(scope="module")
def busiest(reading: quartier.Workspace) -> str:
    """The public id of somebody who did much and is a member of an account."""
    accounts = reading.accounts.page(limit=5).accounts
    members = [each for account in accounts for each in reading.accounts.members(account.account)]
    return max(members, key=lambda each: reading.persons.timeline(each.person, limit=1).events).person


def rows(text: str) -> list[str]:
    """The names in the first column of the found persons."""
    return [unescape(each) for each in re.findall(r'<th scope="row"><a href="/persons/[^"]*">([^<]*)', text)]


def test_persons_are_looked_through_page_by_page_and_each_once(browser: Callable[..., Browser], reading):
    own, url, seen = browser(), "/persons", []
    while url:
        text = own.get(url).text
        seen += re.findall(r'<th scope="row"><a href="/persons/([^"]*)"', text)
        following = re.search(r'<a href="([^"]*)" rel="next"', text)
        url = unescape(following[1]) if following else ""
    assert len(seen) == len(set(seen)) == reading.count_everyone()


def test_a_person_is_found_by_part_of_a_name_by_e_mail_and_by_public_id(browser: Callable[..., Browser], reading):
    (found,) = reading.persons.page(limit=1).persons
    (row,), traits = reading.persons.listed([found.person])
    email = next(row.values[each.name] for each in traits if each.meaning == "email")
    for query in (found.person, email.upper(), found.name.lower()):
        assert found.name in rows(browser("owner", "fr").get("/persons", params={"query": query}).text), query
    assert "trouvée par" in browser("owner", "fr").get("/persons", params={"query": email}).text


def test_what_is_searched_live_stands_in_the_whole_page_too(browser: Callable[..., Browser]):
    for query in ("an", "zzzz", "a"):
        whole = browser().get("/persons", params={"query": query}).text
        part = browser().get("/persons", params={"query": query}, headers=HTMX).text
        assert part.strip() in whole
        assert "<html" not in part


def test_a_search_that_finds_nobody_or_cannot_be_made_says_what_to_do(browser: Callable[..., Browser]):
    nobody = browser("owner", "fr").get("/persons", params={"query": "zzzz<script>"})
    assert "Personne ne correspond" in nobody.text
    assert "zzzz&lt;script&gt;" in nobody.text
    short = browser("owner", "fr").get("/persons", params={"query": "a"}).text
    assert "il faut au moins deux lettres" in short
    assert 'value="a"' in short, "what was typed is kept"
    assert browser().get("/persons", params={"after": "p_nobody"}).status_code == 200


@pytest.mark.parametrize("side", SIDES)
def test_every_side_of_a_profile_opens_in_both_languages(browser: Callable[..., Browser], busiest: str, side: str):
    for language, word in (("en", "Timeline ("), ("fr", "Chronologie (")):
        answer = browser("owner", language).get(f"/persons/{busiest}", params={"tab": side})
        assert answer.status_code == 200
        assert word in answer.text
        assert answer.text.count('aria-current="page"') >= 1


def test_a_profile_tells_what_the_workspace_knows(browser: Callable[..., Browser], reading, busiest: str):
    found = reading.persons.profile(busiest)
    text = unescape(browser("owner", "fr").get(f"/persons/{busiest}").text)
    assert found.name in text
    assert all(each.label.to("fr") in text for each in found.traits)
    assert all(f'href="/segments/{each.segment}"' in text for each in found.memberships.now)
    similar = browser().get(f"/persons/{busiest}", params={"tab": "similar"}).text
    assert all(each.person in similar for each in found.similar)
    accounts = browser().get(f"/persons/{busiest}", params={"tab": "accounts"}).text
    assert all(f'/accounts/{each.account}"' in accounts for each in reading.accounts.of_person(busiest))


def test_older_events_follow_the_newer_ones_and_a_type_shows_only_its_own(
    browser: Callable[..., Browser], reading, busiest: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("quartier.web.persons.routes.EVENTS", 20)
    monkeypatch.setattr("quartier.web.persons.timeline.EVENTS", 20)
    own, url, seen = browser(), f"/persons/{busiest}?tab=timeline", 0
    while url:
        part = own.get(url, headers=HTMX).text
        assert seen or part.strip() in own.get(url).text
        seen += part.count("<time>")
        following = re.search(r'href="([^"]*)" rel="next"', part)
        url = unescape(following[1]) if following else ""
    counts = reading.persons.timeline(busiest, limit=1).counts
    assert seen == sum(n for *_, n in counts)
    event, _, n = counts[-1]
    only = own.get(f"/persons/{busiest}", params={"tab": "timeline", "event": event}, headers=HTMX).text
    assert only.count("<time>") == min(n, 20)
    assert own.get(f"/persons/{busiest}", params={"tab": "timeline", "after": "[1]"}).status_code == 400


def test_why_somebody_is_a_member_is_told_condition_by_condition(
    browser: Callable[..., Browser], reading, busiest: str
):
    inside = reading.persons.profile(busiest).memberships.now[0].segment
    key = reading.persons.key(busiest)
    of_persons = [each.definition.name for each in reading.segments() if each.definition.subject == "person"]
    outside = next(each for each in of_persons if key not in reading.observed(each, reading.clock.now()).members)
    for name, word in ((inside, "est dans"), (outside, "n'est pas dans")):
        answer = browser("owner", "fr").get(f"/persons/{busiest}/why", params={"segment": name})
        part = browser("owner", "fr").get(f"/persons/{busiest}/why", params={"segment": name}, headers=HTMX)
        text = unescape(answer.text)
        assert word in text
        assert part.text.strip() in answer.text
        assert reading.explain(name, busiest).sentence("fr") in text
    assert browser().get(f"/persons/{busiest}/why", params={"segment": "nope"}).status_code == 404


def test_a_profile_is_shown_as_of_an_instant(browser: Callable[..., Browser], busiest: str):
    before = browser("owner", "fr").get(f"/persons/{busiest}", params={"at": "1999-01-01"}).text
    assert "on ne savait encore rien" in unescape(before)
    assert 'value="1999-01-01"' in before
    for wrong in ("yesterday", "9999-99-99", "2026-13-01T25:00"):
        assert browser().get(f"/persons/{busiest}", params={"at": wrong}).status_code == 400


def test_who_is_unknown_is_not_found_and_an_identifier_leads_to_the_person(
    browser: Callable[..., Browser], reading, busiest: str
):
    missing = browser("owner", "fr").get("/persons/p_nobody<script>")
    assert missing.status_code == 404
    assert "Personne ici n'a cet identifiant" in unescape(missing.text)
    assert "<script>" not in missing.text.split("</head>")[1].replace("<script src", "")
    own = next(each for each in reading.persons.profile(busiest).identifiers if each.is_own)
    to = browser().get(f"/persons/{own.value}", params={"tab": "links"})
    assert (to.status_code, to.headers["location"]) == (303, f"/persons/{busiest}?tab=links")
    to = browser().get(f"/persons/identifier/{own.number}")
    assert to.headers["location"] == f"/persons/{busiest}?tab=links"
    assert browser().get("/persons/identifier/99999999999").status_code == 404


def test_roles_see_persons_or_not_and_only_some_decide(browser: Callable[..., Browser], busiest: str):
    for url in ("/persons", f"/persons/{busiest}", "/accounts"):
        assert browser("viewer").get(url).status_code == 403
        assert browser("sales").get(url).status_code == 200
    assert browser("sales").get("/persons/review").status_code == 403
    assert browser("support").get("/persons/review").status_code == 200
    links = f"/persons/{busiest}?tab=links"
    assert "/persons/decide" in browser("support").get(links).text
    assert "answer=refuse" not in browser("sales").get(links).text


def test_sensitive_values_are_masked_and_who_looks_at_them_is_noted(own_browser: Callable[..., Browser], own_shop):
    found = own_shop.persons.profile(own_shop.persons.page(limit=1).persons[0].person)
    trait = next(each for each in found.traits if each.name == "city")
    edited = own_shop.catalog.model_dump(mode="json")
    for each in edited["traits"]:
        if each["name"] == "city" and each["of"] == "person":
            each["sensitivity"] = "special"
    own_shop.put_catalog(type(own_shop.catalog).model_validate(edited))
    plain = own_browser("analyst").get(f"/persons/{found.person}").text
    assert f">{trait.value}<" not in plain
    assert "••••" in plain
    shown = own_browser("analyst").get(f"/persons/{found.person}", params={"sensitive": "1"}).text
    assert trait.value in shown
    assert [each.deed for each in own_shop.users.deeds(1)] == [Deeds.SENSITIVE_SEEN]
    asked = own_browser("sales").get(f"/persons/{found.person}", params={"sensitive": "1"}).text
    assert "••••" in asked
    assert 'sensitive=1">' not in asked, "nobody is offered what their role does not show"
    listed = own_browser("analyst").get("/persons").text
    assert f" {trait.value} " not in listed


def test_accounts_are_found_and_shown_with_their_persons(browser: Callable[..., Browser], reading):
    (first, *_) = reading.accounts.page(limit=5).accounts
    found = reading.accounts.profile(first.account)
    for language in ("en", "fr"):
        own = browser("owner", language)
        assert first.name in unescape(own.get("/accounts", params={"query": first.name[:5]}).text)
        text = unescape(own.get(f"/accounts/{first.account}").text)
        assert all(each.label.to(language) in text for each in found.traits)  # type: ignore[arg-type]  # a language
        for tab in ("members", "hierarchy", "activity"):
            assert own.get(f"/accounts/{first.account}", params={"tab": tab}).status_code == 200
    members = browser().get(f"/accounts/{first.account}", params={"tab": "members"}).text
    assert all(f"/persons/{each.person}" in members for each in found.members)
    part = browser().get("/accounts", params={"query": "zzzz"}, headers=HTMX).text
    assert part.strip() in browser().get("/accounts", params={"query": "zzzz"}).text
    assert browser().get("/accounts/a_nobody").status_code == 404
    numbered = browser().get(f"/accounts/{found.value('account')}")
    assert numbered.headers["location"] == f"/accounts/{first.account}"


def test_the_history_of_a_trait_says_every_value(browser: Callable[..., Browser], busiest: str):
    for language, word in (("en", "Every value of"), ("fr", "Toutes les valeurs de")):
        url = f"/persons/{busiest}?{urlencode({'trait': 'plan'})}"
        whole, part = browser("owner", language).get(url), browser("owner", language).get(url, headers=HTMX)
        assert word in whole.text
        assert part.text.strip() in whole.text
    assert browser().get(f"/persons/{busiest}", params={"trait": "nope"}).status_code == 404
