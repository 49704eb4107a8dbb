"""The segment editor: what is opened and sent unchanged stays the same, and counts are those of the engine."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import yaml

from quartier.errors import InvalidDefinition
from quartier.segment.definition import read_segment
from quartier.web.editor.documents import opened, written
from quartier.web.editor.sketch import Leaf, Sketch, nodes
from quartier.web.editor.typed import listed, unlisted
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


def fields_in(text: str) -> dict[str, list[str]]:
    """What a browser would send of the form in a page, without a button."""
    form = text[text.index('<form id="editor"') :]
    form = form[: form.index("</form>")]
    found: list[tuple[str, str]] = []
    tags = re.compile(r"<input[^>]*>|<select[^>]*>.*?</select>|<textarea[^>]*>.*?</textarea>", re.DOTALL)
    for tag in tags.findall(form):
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


def draft(browser: Browser, answer: Any) -> str:
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
    where = draft(owner, owner.post_form("/segments/drafts", {**fields_in(page.text), "do": "show"}))
    again = owner.get(where).text
    text = owner.post_form(where, {**fields_in(again), "do": "text"})
    shown = fields_in(owner.get(draft(owner, text)).text)["text"][0]
    assert yaml.safe_load(shown) == read_segment(LOYAL).model_dump(mode="json")


def test_the_count_of_the_form_is_that_of_the_engine(browser: Callable[..., Browser], reading):
    page = browser("marketer").get("/segments/new", params={"definition": json.dumps(LOYAL)}).text
    assert size_in(page) == reading.preview([LOYAL])[0].size
