"""The segment editor: what is opened and sent unchanged stays the same, and counts are those of the engine."""

import html
import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import yaml

from quartier.catalog import Sensitivity
from quartier.errors import InvalidDefinition
from quartier.segment.definition import read_segment
from quartier.segment.ready_made import ready_made
from quartier.segment.run import value_shares
from quartier.web.editor.documents import opened, written
from quartier.web.editor.edits import edited
from quartier.web.editor.offering import may_see
from quartier.web.editor.sketch import EMPTY, Leaf, Sketch, nodes
from quartier.web.editor.typed import listed, unlisted
from quartier.web.visitor import Visitor
from tests.spec.language import cases
from tests.web.shop import Browser

LOYAL = {
    "segment": "loyal-shoe-buyers",
    "label": {"fr": "Fidèles des chaussures", "en": "Loyal shoe buyers"},
    "population": "customers",
    "where": {
        "all": [
            {"trait": "country", "in": ["FR", "BE"]},
            {"trait": "birth_date", "age": {"between": [25, 40]}},
            {"event": "Order Completed", "where": {"products.category": "shoes"}, "within": "365 days",
             "count": {"at_least": 1}},
            {"any": [
                {"event": "Order Completed", "within": "1 year", "sum": "revenue", "more_than": 50},
                {"trait": "rfm_monetary", "top": "10 %"},
            ]},
            {"not": {"event": "Product Viewed", "within": "30 days", "count": {"at_least": 1}}},
            {"sequence": [{"event": "Product Added"}, {"not": "Order Completed", "within": "1 day"}]},
        ]
    },
}  # fmt: skip


def fields_in(text: str, form_id: str = "editor") -> dict[str, list[str]]:
    """What a browser would send of the form in a page, without a button."""
    form = text[text.index(f'<form id="{form_id}"') :]
    form = form[: form.index("</form>")]
    found: list[tuple[str, str]] = []
    tags = re.compile(r"<input[^>]*>|<select[^>]*>.*?</select>|<textarea[^>]*>.*?</textarea>", re.DOTALL)
    for tag in tags.findall(form):
        if 'type="checkbox"' in tag and " checked" not in tag:
            continue
        name = re.search(r'\sname="([^"]*)"', tag)
        assert name, tag
        found.append((html.unescape(name[1]), _value(tag)))
    sent: dict[str, list[str]] = {}
    for name, value in found:
        sent.setdefault(name, []).append(value)
    return sent


def _value(tag: str) -> str:
    if tag.startswith("<select"):
        chosen = re.search(r'<option value="([^"]*)" selected', tag) or re.search(r'<option value="([^"]*)"', tag)
        return html.unescape(chosen[1]) if chosen else ""
    if tag.startswith("<textarea"):
        body = re.search(r">(.*)</textarea>", tag, re.DOTALL)
        assert body
        return html.unescape(body[1].removeprefix("\n")).replace("\n", "\r\n")
    value = re.search(r'\svalue="([^"]*)"', tag)
    return html.unescape(value[1]) if value else ""


def size_in(text: str) -> int:
    """The count that a page shows."""
    found = re.search(r'id="size"[^>]*><b>([^<]*)</b>', text)
    assert found, "the page shows no count"
    return int(re.sub(r"\D", "", found[1]))


def draft(answer: Any) -> str:
    """The address of the draft to which a change leads."""
    assert answer.status_code == 303, answer.text[:500]
    return str(answer.headers["location"]).partition("?")[0].partition("#")[0]


def test_the_value_lists_of_a_field_are_read_as_they_were_written():
    for values in (["FR", "BE"], ["Paris, 1er", 'say "hi"', " x ", "", "a\nb"], ["1", "2"], []):
        assert unlisted(listed(values)) == values
    assert unlisted("FR\nBE, LU,, ") == ["FR", "BE", "LU"]
    assert unlisted('5" nails, x') == ['5" nails', "x"]


def test_every_definition_of_the_specification_is_the_same_after_the_form_was_opened_and_sent():
    for case in cases():
        try:
            plain = read_segment(case.document).model_dump(mode="json")
        except InvalidDefinition:
            assert case.refused
            continue
        sketch = opened(case.document, case.world.catalog)
        assert written(sketch, case.world.catalog).document == plain, case.title
        assert Sketch.from_json(json.loads(json.dumps(sketch.as_json()))) == sketch


def test_every_ready_made_segment_is_the_same_after_the_form_was_opened_and_sent(reading):
    catalog = reading.catalog
    made = ready_made(catalog, lambda each: value_shares(reading.engine, each.name, catalog, each.of))
    assert made
    for each in made:
        assert written(opened(each.model_dump(mode="json"), catalog), catalog).document == each.model_dump(mode="json")


def test_only_areas_of_places_and_what_nobody_writes_so_have_no_fields():
    shown = [
        node for case in cases() if not case.refused for _, node in nodes(opened(case.document, case.world.catalog))
    ]
    as_yaml = [node.one("text") for node in shown if isinstance(node, Leaf) and node.kind == "yaml"]
    assert len([each for each in as_yaml if not each.startswith("place:")]) < len(shown) / 50


def test_a_definition_opened_in_the_browser_and_sent_unchanged_stays_the_same(browser: Callable[..., Browser]):
    owner = browser("owner", "fr")
    page = owner.get("/segments/new", params={"definition": json.dumps(LOYAL)})
    assert page.status_code == 200
    where = draft(owner.post_form("/segments/drafts", {**fields_in(page.text), "do": "show"}))
    again = owner.get(where).text
    text = owner.post_form(where, {**fields_in(again), "do": "text"})
    shown = fields_in(owner.get(draft(text)).text)["text"][0]
    assert yaml.safe_load(shown) == read_segment(LOYAL).model_dump(mode="json")


def test_the_count_of_the_form_is_that_of_the_engine(browser: Callable[..., Browser], reading):
    page = browser("marketer").get("/segments/new", params={"definition": json.dumps(LOYAL)}).text
    assert size_in(page) == reading.preview([LOYAL])[0].size


def chosen(browser: Browser, where: str, values: dict[str, str], do: str = "show") -> str:
    """Choose and type in the form of a draft without any script, press a button, and see the page it leads to."""
    sent = fields_in(browser.get(where).text)
    return draft(browser.post(where, data={**sent, **values, "do": do}))  # the form carries its own proof


def test_the_nested_segment_of_the_design_is_built_by_forms_alone(own_browser: Callable[..., Browser], own_shop):
    marketer = own_browser("marketer", "fr")
    new = fields_in(marketer.get("/segments/new").text)
    named = {"label_fr": "Fidèles des chaussures", "label_en": "Loyal shoe buyers", "population": "customers"}
    where = draft(marketer.post_form("/segments/drafts", {**new, **named, "do": "add:0:trait"}))
    chosen(marketer, where, {"0.0:trait": "country"})
    chosen(marketer, where, {"0.0:test": "in"})
    chosen(marketer, where, {"0.0:test.value": "FR\r\nBE"}, "add:0:trait")
    chosen(marketer, where, {"0.1:trait": "birth_date"})
    chosen(marketer, where, {"0.1:test": "age"})
    chosen(marketer, where, {"0.1:test.years": "between"})
    chosen(marketer, where, {"0.1:test.years.low": "25", "0.1:test.years.high": "40"}, "add:0:event")
    chosen(marketer, where, {"0.2:event": "Order Completed"})
    chosen(marketer, where, {"0.2:where.0": "products.category", "0.2:window": "within"})
    typed = {"0.2:where.0.test.value": "shoes", "0.2:window.oldest.n": "365", "0.2:window.oldest.unit": "day"}
    chosen(marketer, where, typed, "add:0:any")
    chosen(marketer, where, {}, "add:0.3:event")
    chosen(marketer, where, {"0.3.0:event": "Order Completed"})
    chosen(marketer, where, {"0.3.0:measure": "sum", "0.3.0:window": "within"})
    chosen(marketer, where, {"0.3.0:path": "revenue", "0.3.0:test": "more_than"})
    typed = {"0.3.0:test.value": "50", "0.3.0:window.oldest.n": "1", "0.3.0:window.oldest.unit": "year"}
    chosen(marketer, where, typed, "add:0.3:trait")
    chosen(marketer, where, {"0.3.1:trait": "rfm_monetary"})
    chosen(marketer, where, {"0.3.1:test": "top"})
    chosen(marketer, where, {"0.3.1:test.places": "10", "0.3.1:test.of": "percent"}, "add:0:not")
    chosen(marketer, where, {}, "add:0.4:event")
    chosen(marketer, where, {"0.4.0:event": "Product Viewed"})
    chosen(marketer, where, {"0.4.0:window": "within"})
    chosen(marketer, where, {"0.4.0:window.oldest.n": "30"}, "add:0:sequence")
    chosen(marketer, where, {"0.5:step.0": "event"})
    chosen(marketer, where, {"0.5:step.0.event": "Product Added", "0.5:step.1": "not"})
    chosen(marketer, where, {"0.5:step.1.event": "Order Completed", "0.5:step.1.within.n": "1"})
    page = marketer.get(where).text
    assert size_in(page) == own_shop.preview([LOYAL])[0].size
    review = chosen(marketer, where, {}, "review")
    assert review == f"{where}/review"
    assert "Enregistrer le segment" in marketer.get(review).text
    saved = marketer.post_form(f"{where}/save")
    assert saved.headers["location"] == "/segments/loyal-shoe-buyers"
    (kept,) = own_shop.definitions(["loyal-shoe-buyers"])
    assert kept.model_dump(mode="json") == read_segment(LOYAL).model_dump(mode="json")
    assert marketer.get(where).status_code == 404, "what is saved is no draft any more"
    _second_author_decides(own_browser, own_shop)


def _second_author_decides(own_browser: Callable[..., Browser], own_shop) -> None:
    """Two edit one version: the second is shown what differs, and nothing of theirs is lost."""
    analyst, name = own_browser("analyst"), "loyal-shoe-buyers"
    opened_page = fields_in(analyst.get(f"/segments/{name}/edit").text)
    where = draft(analyst.post_form("/segments/drafts", {**opened_page, "0.1:test.years.high": "50", "do": "show"}))
    own_shop.apply_segments([LOYAL | {"population": "identified"}], author="someone@example.org")
    stale = analyst.post_form(f"{where}/save")
    assert stale.status_code == 409
    assert "someone@example.org" in stale.text
    assert "identified" in stale.text
    assert fields_in(analyst.get(where).text)["0.1:test.years.high"] == ["50"]
    assert own_shop.definitions([name])[0].population == "identified"
    over = analyst.post_form(f"{where}/save", {"over": "2"})
    assert over.status_code == 303
    assert own_shop.definitions([name])[0].population == "customers"
    again = draft(analyst.post_form("/segments/drafts", {**opened_page, "do": "show"}))
    assert analyst.post_form(f"{again}/save").status_code == 409
    assert analyst.post_form(f"{again}/theirs").status_code == 303
    assert fields_in(analyst.get(again).text)["0.1:test.years.high"] == ["50"]


def test_what_is_typed_is_kept_and_told_at_its_place_whatever_it_is(browser: Callable[..., Browser]):
    owner, nasty = browser("owner", "en"), "<script>alert(1)</script>"
    fields = {
        "label_en": nasty, "name": nasty, "population": nasty, "0:kind": "all", "0.0:kind": "trait", "0.0:trait": nasty,
        "0.0:test": "is", "0.0:test.value": nasty, "0.1:kind": "trait", "0.1:trait": "birth_date", "0.1:test": "since",
        "0.1:test.value": "2026-02-30", "0.2:kind": "yaml", "0.2:text": "{trait: [", "0.3:kind": "event",
        "0.3:event": nasty, "0.99999999:kind": "trait",
        "9:kind": "all", "0.3.1:kind": "trait", "0.4:kind": "forged", "0.5:kind": "all",
    }  # fmt: skip
    where = draft(owner.post_form("/segments/drafts", {**fields, "do": "remove:../../etc"}))
    page = owner.get(where)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    again = fields_in(page.text)
    for name in ("label_en", "name", "population", "0.0:trait", "0.0:test.value", "0.1:test.value", "0.2:text"):
        assert again[name] == [fields[name]], name
    assert again["0.3:event"][0] == nasty
    assert "there is no trait" in page.text
    assert "this is not a date" in page.text
    assert "this is not valid YAML" in page.text
    refused = owner.post_form(f"{where}/save")
    assert refused.status_code == 400
    assert fields_in(refused.text)["0.0:trait"] == [nasty]


def test_a_whole_definition_is_edited_as_yaml_and_back_and_bad_yaml_is_kept(browser: Callable[..., Browser]):
    owner = browser("owner", "fr")
    bomb = "a: &a [x]\nb: [*a, *a]"
    deep = "segment: s\nwhere: " + "{not: " * 300 + "{persons: [x]}" + "}" * 300
    for text, told in (
        (bomb, "ancres"),
        ("[", "YAML"),
        ("- 1", "segment:"),
        (deep, "imbriqué"),
        ("x" * 600_000, "500"),
    ):
        where = draft(owner.post_form("/segments/drafts", {"text": text, "do": "form"}))
        page = owner.get(where).text
        assert told in page, text[:20]
        assert fields_in(page)["text"] == [text.replace("\n", "\r\n")], "what is wrong is kept as it was typed"
    where = draft(owner.post_form("/segments/drafts", {"text": yaml.safe_dump(LOYAL), "do": "form"}))
    shown = fields_in(owner.get(where).text)
    assert "text" not in shown
    assert shown["0.0:test.value"] == ["FR, BE"]


def test_htmx_gets_the_form_that_stands_in_the_whole_page_and_the_address_of_the_draft(
    browser: Callable[..., Browser],
):
    owner = browser("owner", "en")
    sent = fields_in(owner.get("/segments/new", params={"definition": json.dumps(LOYAL)}).text)
    answer = owner.post_form("/segments/drafts", {**sent, "do": "up:0.1"}, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert answer.headers["hx-reswap"] == "outerHTML"
    where = answer.headers["hx-replace-url"]
    assert answer.text.strip().startswith("<form") or "<form" in answer.text[:200]
    assert fields_in(answer.text) == fields_in(owner.get(where).text)
    assert fields_in(answer.text)["0.0:trait"] == ["birth_date"]
    typed = owner.post_form(where, fields_in(answer.text), headers={"hx-request": "true"})
    assert "hx-reswap" not in typed.headers, "typing moves nothing: the form is patched around what has the focus"


def test_the_buttons_of_the_form_change_the_tree_as_they_say():
    two = edited(edited(EMPTY, "add:0:trait").sketch, "add:0:event").sketch
    assert [each.kind for each in two.where.parts] == ["trait", "event"]
    assert two.where.kind == "all"
    assert [each.kind for each in edited(two, "up:0.1").sketch.where.parts] == ["event", "trait"]
    wrapped = edited(two, "wrap:0.1:not").sketch
    assert [each.kind for each in wrapped.where.parts] == ["trait", "not"]
    assert edited(wrapped, "unwrap:0.1").sketch == two
    assert len(edited(two, "copy:0.0").sketch.where.parts) == 3
    assert [each.kind for each in edited(two, "remove:0.0").sketch.where.parts] == ["event"]
    assert edited(two, "remove:0").sketch.where.parts == ()
    for nonsense in (
        "up:0.0",
        "down:0.1",
        "add:0.7:trait",
        "add:0:forged",
        "wrap:x",
        "unwrap:0.0",
        "value:0:a:b",
        "",
        ":",
    ):
        assert edited(two, nonsense).sketch == two, nonsense


def test_a_draft_is_its_authors_alone_and_only_those_who_may_edit_see_the_editor(browser: Callable[..., Browser]):
    owner = browser("owner")
    where = draft(owner.post_form("/segments/drafts", {"label_en": "Mine", "do": "show"}))
    assert owner.get(where).status_code == 200
    assert browser("marketer").get(where).status_code == 404
    assert browser("viewer").get("/segments/new").status_code == 403
    assert browser("sales").post_form(where, {"do": "discard"}).status_code == 403
    owner.post_form(where, {"do": "discard"})
    assert owner.get(where).status_code == 404


def test_frequent_values_are_offered_with_their_counts(browser: Callable[..., Browser], reading):
    asked = {"segment": "x", "where": {"trait": "country", "in": ["FR"]}}
    page = browser("marketer").get("/segments/new", params={"definition": json.dumps(asked)}).text
    counts = dict(reading.drafting.values_of_trait(reading.catalog.trait("country")))
    assert 'value="value:0.0:test.value:BE"' in page
    assert f"<small>{counts['BE']}</small>" in page
    event = reading.catalog.event("Order Completed")
    assert reading.drafting.values_of_property(event, "products.category"), "values of lines are counted, too"


def test_values_that_may_hurt_are_offered_only_to_those_who_may_see_them(reading):
    country = reading.catalog.trait("country")
    for role, sensitivity, may in (
        ("marketer", Sensitivity.ORDINARY, True),
        ("marketer", Sensitivity.PERSONAL, True),
        ("viewer", Sensitivity.PERSONAL, False),
        ("marketer", Sensitivity.SPECIAL, False),
        ("owner", Sensitivity.SPECIAL, True),
    ):
        signed: Any = SimpleNamespace(user=SimpleNamespace(role=role))
        trait = country.model_copy(update={"sensitivity": sensitivity})
        assert may_see(trait, Visitor(signed, "en", "")) is may, (role, sensitivity)


def test_a_new_form_reproaches_nothing_and_asks_for_a_name_when_it_is_to_be_saved(own_browser: Callable[..., Browser]):
    browser = own_browser()
    assert "a name is needed" not in browser.get("/segments/new").text
    draft = browser.post_form("/segments/drafts", {"do": "review"})
    refused = browser.get(draft.headers["location"])
    assert refused.status_code == 400
    assert "a name is needed" in refused.text
