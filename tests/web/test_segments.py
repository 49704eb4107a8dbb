"""The list of segments and the pages of one, as each role and each language sees them."""

import datetime as dt
import html
import io
import json
import re

import pyarrow.csv
import pyarrow.parquet
import pytest

import quartier
from quartier.catalog import Sensitivity

NAME = "regulars"
TABS = ("", "/persona", "/movement", "/members", "/why", "/overlap", "/quality", "/versions")
SCRIPT = "<script>alert(1)</script>"


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.text[-800:]
    return answer.text


def test_the_list_shows_every_segment_with_size_share_author_and_state(browser, reading: quartier.Workspace):
    text = text_of(browser("viewer", "fr").get("/segments"))
    for each in reading.segments():
        assert f'href="/segments/{each.definition.name}"' in text
    assert "Dernier auteur" in text
    assert "demo" in text
    assert "Nouveau segment" not in text  # a viewer cannot write any


def test_the_list_is_searched_sorted_and_paged_by_its_address(browser, monkeypatch: pytest.MonkeyPatch):
    own = browser("analyst", "en")
    found = re.findall(r'<th scope="row"><a href="/segments/([a-z0-9-]+)"', text_of(own.get("/segments?sort=label")))
    assert found == sorted(found, key=found.index)
    backwards = re.findall(
        r'<th scope="row"><a href="/segments/([a-z0-9-]+)"', text_of(own.get("/segments?sort=label&order=down"))
    )
    assert backwards == found[::-1]
    only = text_of(own.get("/segments?query=big+spend"))
    assert re.findall(r'<th scope="row"><a href="/segments/([a-z0-9-]+)"', only) == ["big-spenders"]
    assert "No segment is like this" in text_of(own.get("/segments?query=nothing-like-that"))
    from quartier.web.segments import list_routes, listing

    monkeypatch.setattr(list_routes, "listed", lambda ws, asked: listing.listed(ws, asked, most=3))
    first = text_of(own.get("/segments?sort=label"))
    following = re.search(r'href="(/segments\?[^"]*after=[^"]*)"', first)
    assert following
    second = text_of(own.get(following[1].replace("&amp;", "&")))
    assert re.findall(r'<th scope="row"><a href="/segments/([a-z0-9-]+)"', first + second) == found[:6]


def test_what_htmx_asks_of_the_list_stands_in_the_whole_page(browser):
    own = browser("analyst", "fr")
    fragment = text_of(own.get("/segments?query=clients", headers={"hx-request": "true"}))
    assert "<html" not in fragment
    assert fragment.strip() in text_of(own.get("/segments?query=clients"))


def test_what_makes_no_sense_in_an_address_is_left_out(browser):
    own = browser("analyst")
    for asked in ("?sort=drop&order=x&state=y&after=z", "?query=" + "x" * 5000, f"?query={SCRIPT}"):
        text = text_of(own.get("/segments" + asked))
        assert SCRIPT not in text
    for asked in ("/members?after=-4&who=all&days=x&columns=password", "/movement?days=99999"):
        text_of(own.get(f"/segments/{NAME}{asked}"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_tab_of_a_segment_is_said_in_the_readers_language(browser, language: str):
    own = browser("owner", language)
    for tab in TABS:
        text = text_of(own.get(f"/segments/{NAME}{tab}"))
        assert f'lang="{language}"' in text
        assert ("Regulars" if language == "en" else "Habitués") in text
        assert ("as of" if language == "en" else "au ") in text
        assert "style=" not in text


def test_a_persona_tells_what_is_usual_and_what_it_would_need_to_tell_more(browser):
    text = html.unescape(text_of(browser("viewer", "fr").get(f"/segments/{NAME}/persona")))
    for told in ("Ce qui est courant", "Ce qu'ils ont fait depuis un an", "Satisfaction contre abandon", "du reste"):
        assert told in text


def test_the_map_of_a_segment_leads_each_country_to_the_editor_of_those_who_may_write(browser):
    text = text_of(browser("marketer", "fr").get(f"/segments/{NAME}"))
    assert "Premier pays des membres : France" in text.replace("\N{NO-BREAK SPACE}", " ")
    (link,) = set(re.findall(r'<th scope="row"><a href="(/segments/new[^"]*)">France</a>', text))
    assert f'<a class="place" href="{link}"><title>France' in text
    edited = text_of(browser("marketer", "fr").get(link.replace("&amp;", "&")))
    assert f"{NAME}-fr" in edited
    seen = text_of(browser("viewer", "en").get(f"/segments/{NAME}"))
    assert 'class="map"' in seen
    assert "/segments/new" not in seen


def test_a_segment_that_there_is_not_is_told_with_the_nearest_names(browser):
    answer = browser("owner", "fr").get("/segments/regular")
    assert answer.status_code == 404
    assert "regulars" in answer.text


def test_members_are_shown_page_by_page_with_the_columns_of_the_address(browser, reading: quartier.Workspace):
    own, name = browser("marketer", "en"), "reachable-by-email"
    first = text_of(own.get(f"/segments/{name}/members?columns=email&columns=country"))
    ids = re.findall(r'<th scope="row"><a href="/persons/([^"]+)"', first)
    assert len(ids) == 50
    following = re.search(r'href="([^"]*after=\d+)" rel="next"', first)
    assert following
    second = text_of(own.get(following[1].replace("&amp;", "&")))
    more = re.findall(r'<th scope="row"><a href="/persons/([^"]+)"', second)
    assert not set(ids) & set(more)
    assert {*ids, *more} <= set(reading.members(name, ["email"])["person_id"].to_pylist())
    assert "@" in first
    assert "E-mail" in first


def test_who_may_not_see_persons_sees_no_member_and_no_reason(browser):
    own = browser("viewer")
    for tab in ("members", "why"):
        assert own.get(f"/segments/{NAME}/{tab}").status_code == 403
    assert "/members" not in text_of(own.get(f"/segments/{NAME}"))


def test_why_somebody_is_in_or_out_is_told_with_what_would_turn_it(browser, reading: quartier.Workspace):
    own = browser("support", "en")
    inside = reading.members(NAME, ["email"])["person_id"][0].as_py()
    text = text_of(own.get(f"/segments/{NAME}/why?person={inside}"))
    assert f"{inside} is in the segment" in text
    assert "placed at least 4 orders" in text.lower()
    outside = reading.members("prospects", ["email"])["person_id"][0].as_py()
    text = text_of(own.get(f"/segments/{NAME}/why?person={outside}"))
    assert f"{outside} is not in the segment" in text
    assert "The least that would bring them in" in text
    nobody = text_of(own.get(f"/segments/{NAME}/why", params={"person": SCRIPT}))
    assert "no person has this identifier" in nobody
    assert SCRIPT not in nobody


def test_a_list_is_exported_as_csv_parquet_and_json_with_a_note_in_the_audit_log(browser, reading: quartier.Workspace):
    own, expected = browser("sales"), set(reading.members(NAME, ["email"])["person_id"].to_pylist())
    for form in ("csv", "parquet", "json"):
        answer = own.post_form(f"/segments/{NAME}/export", {"form": form, "columns": ["email"]})
        assert answer.status_code == 200
        assert f'filename="{NAME}-members.{form}"' in answer.headers["content-disposition"]
        content = io.BytesIO(answer.content)
        if form == "json":
            found = json.loads(answer.content)
        else:
            read = pyarrow.csv.read_csv if form == "csv" else pyarrow.parquet.read_table
            found = read(content).to_pylist()
        assert {each["person_id"] for each in found} == expected
        assert set(found[0]) == {"person_id", "email"}
    deed = reading.users.deeds()[0]
    assert (deed.deed, deed.about["segment"], deed.about["count"]) == ("exported", NAME, len(expected))
    assert own.post_form(f"/segments/{NAME}/export", {"form": "exe"}).status_code == 400
    assert browser("support").post_form(f"/segments/{NAME}/export", {"form": "csv"}).status_code == 403


def test_figures_are_taken_away_as_files(browser, reading: quartier.Workspace):
    own = browser("viewer")
    listed = pyarrow.csv.read_csv(io.BytesIO(own.get("/segments.csv?sort=label").content)).to_pylist()
    assert {each["segment"] for each in listed} == {each.definition.name for each in reading.segments()}
    history = pyarrow.csv.read_csv(io.BytesIO(own.get(f"/segments/{NAME}/history.csv").content)).to_pylist()
    assert history[-1]["size"] == next(s.size for s in reading.segments() if s.definition.name == NAME)
    assert "segment: regulars" in own.get(f"/segments/{NAME}/definition.yaml").text


def test_the_set_as_a_whole_is_judged(browser):
    text = text_of(browser("analyst", "fr").get("/segments?view=set"))
    assert "dans aucun segment" in text
    assert "<svg" in text


def test_a_segment_is_retired_and_brought_back_and_a_stale_page_does_nothing(own_browser, own_shop):
    own = own_browser("marketer", "en")
    used = text_of(own.get("/segments/recent-customers/retire"))
    assert "change or retire these first" in used
    assert '<button class="danger">' not in used
    assert "stay as they are" in text_of(own.get("/segments/reachable-by-email/retire"))
    assert own.post_form("/segments/prospects/retire", {"version": "7"}).status_code == 400
    assert "prospects" in {each.definition.name for each in own_shop.segments()}
    done = own.post_form("/segments/prospects/retire", {"version": "1"})
    assert done.headers["location"] == "/segments/prospects/versions"
    assert "prospects" not in {each.definition.name for each in own_shop.segments()}
    shown = text_of(own.get("/segments/prospects/versions"))
    assert "The segment is out of force." in shown
    text_of(own.get("/segments/prospects"))
    text_of(own.get("/segments/prospects/movement"))
    asked = text_of(own.get("/segments/prospects/versions/1/restore"))
    assert "would enter" in asked
    own.post_form("/segments/prospects/versions/1/restore", {"version": "2"})
    assert "prospects" in {each.definition.name for each in own_shop.segments()}


def test_versions_show_what_changed_and_scripts_in_labels_stay_words(own_browser, own_shop):
    changed = own_shop.definitions(["prospects"])[0].model_dump(mode="json")
    changed |= {"label": {"en": SCRIPT, "fr": SCRIPT}, "where": {"trait": "email", "known": True}}
    own_shop.apply_segments([changed], author=SCRIPT)
    own = own_browser("owner", "en")
    for url in ("/segments", *(f"/segments/prospects{tab}" for tab in TABS), "/segments/prospects/retire", "/"):
        assert SCRIPT not in text_of(own.get(url))
    text = text_of(own.get("/segments/prospects/versions"))
    assert "From version 1 to version 2" in text
    assert "bring back" in text
    asked = text_of(own.get("/segments/prospects/versions/1/restore"))
    assert "would leave" in asked
    assert own.get("/segments/prospects/versions/9/restore").status_code == 400
    assert own.get("/segments/prospects/versions?old=1&new=99").status_code == 400


def test_the_past_is_computed_by_a_job_and_drawn_apart_from_what_was_observed(own_browser, own_shop):
    own = own_browser("analyst", "en")
    assert own.post_form(f"/segments/{NAME}/past", {"step": "1 minute", "length": "1 year"}).status_code == 400
    asked = own.post_form(f"/segments/{NAME}/past", {"step": "1 month", "length": "1 year"})
    assert asked.headers["location"].startswith("/jobs/")
    assert own.get(asked.headers["location"]).headers["location"] == f"/segments/{NAME}/movement"
    text = text_of(own.get(f"/segments/{NAME}/movement"))
    assert "computed afterwards" in text
    assert own_shop.kept_past(NAME) is not None


def test_movement_says_who_came_from_where(own_browser, own_shop):
    own_shop.clock.advance(dt.timedelta(days=20))
    own = own_browser("marketer", "en")
    assert own.post_form("/segments/refresh", {"back": "https://evil.example"}).headers["location"] == "/segments"
    moved = [each for each in own_shop.segments() if each.entered and each.definition.name != NAME]
    name = max(moved, key=lambda each: each.entered).definition.name
    text = text_of(own.get(f"/segments/{name}/movement?days=30"))
    assert "entered and are in" in text
    assert f"/segments/{name}/members?who=entered" in text
    entered = text_of(own.get(f"/segments/{name}/members?who=entered&days=30"))
    assert len(re.findall(r'<th scope="row"><a href="/persons/', entered)) > 0
    assert "+" in text_of(own.get("/segments?sort=entries"))


def test_ready_made_segments_are_offered_where_the_data_support_them_and_put_in_force(own_browser, own_shop):
    own = own_browser("marketer", "en")
    offered = re.findall(r'name="kind" value="([^"]+)"', text_of(own.get("/segments")))
    assert "country" in offered
    before = {each.definition.name for each in own_shop.segments()}
    own.post_form("/segments/ready-made", {"kind": "country"})
    added = {each.definition.name for each in own_shop.segments()} - before
    assert added
    assert all(each.startswith("country-") for each in added)
    assert 'value="country"' not in text_of(own.get("/segments"))
    assert own.post_form("/segments/ready-made", {"kind": "contry"}).status_code == 404


def test_segments_of_accounts_have_the_same_pages(own_browser, own_shop):
    document = {"segment": "companies", "of": "account", "where": {"any_person": {"trait": "email", "known": True}}}
    own_shop.apply_segments([document])
    own = own_browser("analyst", "fr")
    for tab in TABS:
        text_of(own.get(f"/segments/companies{tab}"))
    members = text_of(own.get("/segments/companies/members"))
    (account, *_) = re.findall(r'<th scope="row"><a href="/accounts/([^"]+)"', members)
    assert "est dans le segment" in text_of(own.get(f"/segments/companies/why?person={account}"))


def test_who_may_not_see_sensitive_values_sees_no_list_that_tells_them(own_browser, own_shop):
    catalog = own_shop.catalog
    masked = catalog.trait("email").model_copy(update={"sensitivity": Sensitivity.SPECIAL})
    own_shop.put_catalog(catalog.with_traits(masked))
    own = own_browser("marketer", "en")
    for url in ("members", "why"):
        assert "which your role does not see" in text_of(own.get(f"/segments/reachable-by-email/{url}"))
    assert own.post_form("/segments/reachable-by-email/export", {"form": "csv"}).status_code == 403
    assert "@" not in text_of(own.get(f"/segments/{NAME}/members?columns=email"))
    assert "which your role" not in text_of(own_browser("owner").get("/segments/reachable-by-email/members"))
