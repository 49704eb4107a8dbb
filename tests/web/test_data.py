"""The room of data: what came from where, catalog, quality, sources, what arrives; who sees what, in both languages."""

from collections.abc import Callable

import pytest

import quartier
from tests.web.shop import Browser

READING = ("/data", "/data/catalog", "/data/catalog?of=events", "/data/catalog?of=account", "/data/quality")
MENDING = ("/data/import", "/data/sources", "/data/sources/new", "/data/rejected", "/data/catalog/inbox")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_of_data_opens_in_both_languages(browser: Callable[..., Browser], language: str) -> None:
    analyst, viewer = browser("analyst", language), browser("viewer", language)
    for each in (*READING, *MENDING, "/data/live"):
        answer = analyst.get(each)
        assert answer.status_code == 200, each
        assert f'lang="{language}"' in answer.text, each
        assert " style=" not in answer.text, each
    for each in READING:
        assert viewer.get(each).status_code == 200, each
    for each in (*MENDING, "/data/live"):
        assert viewer.get(each).status_code == 403, each


def test_the_overview_tells_the_files_that_came(browser: Callable[..., Browser]) -> None:
    text = browser("viewer", "en").get("/data").text
    assert "customers.csv" in text
    assert "/data/rejected" not in text.split("<main")[1], "a viewer is sent where they may not go"


def test_the_catalog_is_listed_by_family_and_name(browser: Callable[..., Browser]) -> None:
    viewer = browser("viewer", "fr")
    everything = viewer.get("/data/catalog").text
    assert "chip chip-geographic" in everything
    assert "géographique" in everything
    some = viewer.get("/data/catalog?family=geographic&query=zzz").text
    assert "Rien ne correspond" in some
    assert "/data/catalog/traits/" not in everything, "who may not change it gets no link to do so"


def test_a_trait_is_changed_by_a_form_and_a_stale_form_is_shown_what_changed(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
) -> None:
    browser, trait = own_browser("analyst", "en"), own_shop.catalog.traits[0]
    where = f"/data/catalog/traits/{trait.of}/{trait.name}"
    was = browser.get(where).text.split('name="was" value="')[1].split('"')[0]
    typed = {
        "was": was, "label_en": "Own <script>", "label_fr": "À nous", "family": "needs", "sensitivity": "personal",
        "rule": "most_frequent",
    }  # fmt: skip
    assert browser.post_form(where, {**typed, "label_fr": " "}).status_code == 400
    lacking = browser.post_form(where, {**typed, "rule": "most_trusted"})
    assert lacking.status_code == 400
    assert "most trusted source" in lacking.text
    assert browser.post_form(where, typed).status_code == 303
    changed = own_shop.catalog.trait(trait.name, trait.of)
    assert changed is not None
    assert (changed.label.fr, changed.family, changed.rule) == (
        "À nous",
        "needs",
        "most_frequent",
    )

    stale = browser.post_form(where, {**typed, "label_en": "Mine"})
    assert stale.status_code == 409
    assert "now: Own &lt;script&gt;" in stale.text
    assert 'value="Mine"' in stale.text
    assert "<script>" not in browser.get("/data/catalog").text.split("<main")[1]


def test_an_event_and_its_properties_are_labelled(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
) -> None:
    browser = own_browser("owner", "fr")
    where = "/data/catalog/events/order_completed"
    page = browser.get(where).text
    was = page.split('name="was" value="')[1].split('"')[0]
    event = own_shop.catalog.event("Order Completed")
    assert event is not None
    place = event.paths().index("products.category")
    typed = {"was": was, "label_en": "Purchase", "label_fr": "Achat", f"label_en.{place}": "Aisle",
             f"label_fr.{place}": "Rayon", f"sensitivity.{place}": "sensitive"}  # fmt: skip
    assert browser.post_form(where, typed).status_code == 303
    now = own_shop.catalog.event("Order Completed")
    assert now is not None
    assert now.label.fr == "Achat"
    found = now.property("products.category")
    assert found is not None
    assert (found.label.fr, found.sensitivity) == ("Rayon", "sensitive")
    assert browser.get("/data/catalog/events/nothing").status_code == 404


def test_messages_arrive_live_and_rejected_ones_are_mended(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
) -> None:
    browser = own_browser("analyst", "fr")
    good = {"type": "track", "event": "Size <b>Chosen", "userId": "7", "properties": {"shoe_size": 42}}
    own_shop.arrivals.take([good, {"type": "track", "userId": "8"}, {"type": "track", "event": "X"}], source="shop")
    live = browser.get("/data/live")
    part = browser.get("/data/live", headers={"hx-request": "true"}).text
    assert "Size &lt;b&gt;Chosen" in live.text
    assert "shoe_size" in live.text
    assert "hx-trigger" in live.text
    assert part.strip() in live.text, "the fragment is not in the page"
    assert "42" not in live.text.split("<tbody>")[1].split("</tbody>")[0], "values of properties are told"
    assert "hx-trigger" not in browser.get("/data/live?paused=yes").text

    listed = browser.get("/data/rejected").text
    assert "/data/rejected/1" in listed
    assert "ce champ est obligatoire" in listed
    assert "/data/rejected/2" not in browser.get("/data/rejected?reason=missing").text
    form = {"text": '{"type": "track", "userId": "8"}', "value": "", "do": "replay"}
    assert "Toujours rejeté" in browser.post_form("/data/rejected/1", form).text
    assert browser.post_form("/data/rejected/1", {**form, "text": "no {json"}).status_code == 400
    assert browser.post_form("/data/rejected/1", {**form, "value": "Shoe Tried"}).status_code == 303
    assert browser.post_form("/data/rejected/2", {"do": "drop"}).status_code == 303
    assert browser.get("/data/rejected/99").status_code == 404
    assert [each.state for each in own_shop.rejected.all(None)] == ["replayed", "dropped"]
    own_shop.arrivals.project()

    inbox = browser.get("/data/catalog/inbox").text
    assert "events.Size &lt;b&gt;Chosen" in inbox
    places = [each.place for each in own_shop.quality.inbox()]
    assert browser.post_form("/data/catalog/inbox", {"place": places, "family": ""}).status_code == 303
    assert not own_shop.quality.inbox()
    overview = browser.get("/data").text
    assert "shop" in overview
    assert "D&#39;où viennent" in overview


SOURCE = """kind: source
source: crm
from:
  rest:
    base_url: http://127.0.0.1:9
    path: /rows
    headers: {X-Api-Key: very-secret-thing, Accept: application/json}
    params: {token: other-secret, page_size: 50}
every: 1 hour
into: {layout: persons, columns: {mail: email}}
"""


def test_a_source_is_written_as_a_document_and_its_secrets_are_never_shown_back(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
) -> None:
    browser = own_browser("analyst", "en")
    bad = browser.post_form("/data/sources/new", {"text": SOURCE.replace("1 hour", "soon"), "do": "save"})
    assert bad.status_code == 400
    assert "every" in bad.text
    assert "page_size" in bad.text
    assert "is sound" in browser.post_form("/data/sources/new", {"text": SOURCE, "do": "check"}).text
    assert not own_shop.sources.standings()
    assert (
        browser.post_form("/data/sources/new", {"text": SOURCE, "do": "save"}).headers["location"]
        == "/data/sources/crm"
    )

    shown = browser.get("/data/sources/crm").text + browser.get("/data/sources/crm/edit").text
    assert "secret" not in shown
    assert "••••••" in shown
    assert "application/json" in shown
    text = browser.get("/data/sources/crm/edit").text.split("<textarea")[1].split(">", 1)[1].split("</textarea")[0]
    changed = text.strip("\n").replace("1 hour", "2 hours")
    assert browser.post_form("/data/sources/crm/edit", {"text": changed, "do": "save"}).status_code == 303
    kept = own_shop.sources.named("crm")
    assert kept.every == "2 hours"
    assert kept.origin.rest is not None
    assert kept.origin.rest.headers["X-Api-Key"] == "very-secret-thing"
    other = changed.replace("http://127.0.0.1:9", "http://127.0.0.1:9").replace("source: crm", "source: other")
    assert "masked" in browser.post_form("/data/sources/new", {"text": other, "do": "save"}).text

    browser.post_form("/data/sources/crm", {"do": "pause"})
    assert own_shop.sources.standings()[0].next_at is None
    assert "paused" in browser.get("/data/sources").text
    browser.post_form("/data/sources/crm", {"do": "resume"})
    assert own_shop.sources.standings()[0].next_at is not None
    assert browser.post_form("/data/sources/crm", {"do": "retire"}).status_code == 303
    assert browser.get("/data/sources/crm").status_code == 404
