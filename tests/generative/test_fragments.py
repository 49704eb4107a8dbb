"""Fragments of SQL wherever a text can stand in a definition: refused with the place, or taken as the text it is.

Names come from the catalog alone and values are bound: what the engine is asked never holds a word of the document.
"""

import copy
import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from quartier.engine import DuckDBEngine, Query
from quartier.errors import InvalidDefinition
from quartier.language import LANGUAGES
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment, CampaignLeaf
from quartier.segment.contradiction import findings
from quartier.segment.contradiction_words import finding_lines
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.explain import explain
from quartier.segment.moments import Moment
from quartier.segment.operators import OPERATORS
from quartier.segment.sentence import outline, sentence
from quartier.testing import TinyAccount, TinyEvent, TinyPerson, TinyWorld, load, reference_members
from quartier.testing.memories import TinyMemories
from quartier.testing.worlds import TinyMemory
from tests.generative.conditions import OTHERS
from tests.generative.test_engine_is_the_reference import kinds, kinds_of_conditions
from tests.generative.worlds import CATALOG, INSTANTS

PARIS, NOW = ZoneInfo("Europe/Paris"), INSTANTS[0]
READ = {other["segment"]: read_segment(other) for other in OTHERS}
MARK = "zq7"
"""Stands in each fragment, and in nothing else that an engine is ever asked."""
FRAGMENTS = [
    f"{MARK}'; drop table person; --", f"{MARK}$v0", f"{MARK}{{x}}", f'{MARK}" or 1=1 --', f"{MARK}\\", f"{MARK}\0",
    MARK * 3334, f"{MARK}’ оr ‘1’＝‘1", f"{MARK}%s {{0}} :v ?", f"{MARK}\n/* */ union select", f"{MARK}\u202e;--",
]  # fmt: skip
FEW = [f"{MARK}'; drop table person; --{{x}} $v0 \"\\", f"{MARK}\0"]
STORABLE = [each for each in FRAGMENTS if "\0" not in each]

EVENT = {"event": "Order Completed"}
DOCUMENTS: list[dict[str, Any]] = [
    *({"trait": "t_text", key: "shoes"} for key in ("is", "is_not", "contains", "not_contains", "starts_with",
                                                      "ends_with", "matches")),
    *({"trait": "t_text", key: ["shoes", "hats"]} for key in ("in", "not_in")),
    *({"trait": "t_texts", key: ["shoes", "hats"]} for key in ("any_of", "all_of", "none_of")),
    *({"trait": "t_number", key: 2} for key in ("more_than", "at_least", "less_than", "at_most")),
    {"trait": "t_integer", "between": [1, 3]},
    *({"trait": "t_date", key: "2026-01-31"} for key in ("before", "since")),
    *({"trait": "t_instant", key: "7 days"} for key in ("within", "older_than", "in_next", "anniversary")),
    {"trait": "t_date", "age": {"at_least": 18}},
    {"trait": "t_text", "known": True},
    {"trait": "t_text", "changed": {"to": "shoes", "within": "1 year"}},
    {"trait": "t_number", "more_than": {"ago": "90 days"}},
    {"trait": "t_text", "changed": {"within": "1 year", "from": "hats", "to": ["shoes", "caps"]}},
    {"trait": "t_number", "more_than": {"ago": "90 days", "times": 2}},
    {**EVENT, "where": {"p_text": "shoes", "products.line_text": {"contains": "sho"}}, "within": "30 days"},
    {**EVENT, "when": {"weekday": ["monday", "sunday"]}, "ago": {"between": ["1 day", "1 year"]}},
    {**EVENT, "first": "p_text", "is": "shoes", "since": "2020-01-01", "until": "2026-12-31"},
    {**EVENT, "most_frequent": "p_text", "in": ["shoes"], "during": "this year"},
    {**EVENT, "days_since": "last", "at_most": 900},
    {**EVENT, "sum": "p_number", "more_than": {"trait": "t_number"}},
    {**EVENT, "count": {"top": "50 %"}},
    {"trait": "t_number", "share_of_total": "80 %"},
    {"sequence": [{"event": "Order Completed", "where": {"p_text": "shoes"}},
                  {"not": "Page Viewed", "within": "1 day"}], "same": "p_text", "within": "1 year"},
    {"place": {"in": {"south": 0, "west": 0, "north": 9, "east": 9}}},
    {"persons": ["p0", "a@x.fr"]},
    {"segment": "buyers"},
    {"segment": "buyers", "within": "1 year"},
    {"entered": "buyers", "within": "1 year"},
    {"left": "buyers"},
    {"campaign": "spring", "was": "exposed", "within": "1 year"},
    {"own_time": {"event": "Order Completed", "where": {"p_text": "shoes"}, "within": "30 days"}},
    {"account": {"accounts": ["acme", "brio"]}},
    {"account": {"any_person": {"trait": "t_text", "is": "shoes"}}},
    {"account": {"every_person": {"trait": "t_text", "is": "shoes"}}},
    {"account": {"trait": "a_text", "is": "acme"}},
    {"all": [{"any": [{"trait": "email", "is": "a@x.fr"}]}, {"not": {"trait": "email", "is": "b@x.fr"}},
             {"at_least": 1, "of": [{"trait": "t_text", "is": "shoes"}]}, {"none": [{"persons": ["p1"]}]}]},
]  # fmt: skip

IN_A_CITY = {"place": {"near": {"city": "Lyon", "country": "FR"}, "within": "30 km"}}
"""Needs the gazetteer, which takes seconds to read: tried among the long tests."""


def whole(where: dict[str, Any]) -> dict[str, Any]:
    label = {"fr": "Étiquette", "en": "Label"}
    return {"segment": "drawn", "label": label, "of": "person", "population": "everyone", "where": where}


def places(node: Any) -> Iterator[tuple[Any, Any, bool]]:
    """Where a text or a number can stand: each value, and each key of a mapping (True)."""
    items = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    for key, value in items:
        if isinstance(node, dict):
            yield node, key, True
        if isinstance(value, dict | list):
            yield from places(value)
        else:
            yield node, key, False


def poisoned(document: dict[str, Any], fragment: str) -> Iterator[dict[str, Any]]:
    """The document with a fragment in each place in turn."""
    for number in range(len(list(places(document)))):
        copied = copy.deepcopy(document)
        holder, key, is_key = list(places(copied))[number]
        if is_key:
            holder[fragment] = holder.pop(key)
        else:
            holder[key] = fragment
        yield copied


class Overheard:
    """An engine that remembers all that it was asked."""

    def __init__(self, engine: DuckDBEngine) -> None:
        self.engine, self.asked = engine, []

    def __getattr__(self, name: str) -> Any:
        given = getattr(self.engine, name)
        return partial(self._heard, given) if name in ("fetch", "rows", "keys", "batches", "execute") else given

    def _heard(self, answer: Callable[..., Any], query: Query, *more: Any) -> Any:
        self.asked.append(query.sql)
        return answer(query, *more)


@pytest.fixture(scope="module")
def engine() -> Iterator[Overheard]:
    opened = DuckDBEngine(memory_limit="256MB", threads=1)
    load(WORLD, opened)
    yield Overheard(opened)
    opened.close()


def _person(number: int, text: str) -> TinyPerson:
    traits = {
        "t_text": text,
        "t_texts": (text, "shoes"),
        "email": text,
        "account": text,
        "time_zone": text,
        "t_number": float(number),
    }
    return TinyPerson(f"p{number}", traits)


PERSONS = tuple(_person(number, text) for number, text in enumerate([*STORABLE, "shoes", "acme"]))
WORLD = TinyWorld(
    CATALOG,
    PERSONS,
    tuple(
        TinyEvent(each.id, "Order Completed", NOW - dt.timedelta(days=3), f"e{each.id}",
                  {"p_text": each.traits["t_text"], "products": ({"line_text": each.traits["t_text"]},)})
        for each in PERSONS
    ),
    (*(TinyAccount(each, {"a_text": each}) for each in STORABLE), TinyAccount("acme", {"a_text": "acme"})),
    tuple(TinyMemory("exposed", each, "p1", NOW - dt.timedelta(days=2)) for each in (*STORABLE, "spring")),
)  # fmt: skip


def check(document: dict[str, Any], engine: Overheard) -> bool:
    """Whether the document is used; refused, it is with reasons and a place that can be said in both languages."""
    segment = _bound(document)
    if isinstance(segment, InvalidDefinition):
        is_of_its_own_keys = any("\0" in key for key in document)  # the place is the document
        assert is_of_its_own_keys or all(problem.place for problem in segment.problems), (document, segment)
        assert all(segment.to(language) for language in LANGUAGES)
        return False
    engine.asked.clear()
    world = World(engine, CATALOG, Moment(NOW, PARIS), memory=TinyMemories(WORLD))
    found = {PERSONS[key].id for key in world.members(segment)}
    assert found == reference_members(segment, WORLD, NOW, PARIS), document
    _say(document, segment, world)
    assert engine.asked or isinstance(segment.where, CampaignLeaf), document
    assert not [sql for sql in engine.asked if MARK in sql], document
    return True


def _bound(document: dict[str, Any]) -> BoundSegment | InvalidDefinition:
    try:
        return bind(read_segment(document), CATALOG, READ)
    except InvalidDefinition as refused:
        return refused


def _say(document: dict[str, Any], segment: BoundSegment, world: World) -> None:
    """Every way in which a person reads it."""
    explained = explain(world, segment, 1)
    for language in LANGUAGES:
        assert sentence(segment, language)
        assert outline(segment, language).as_json()
        assert explained.lines(language)
        assert all(finding_lines(each, language) for each in findings(read_segment(document), segment))


def rows_of(engine: Overheard) -> dict[str, object]:
    return {table: engine.rows(Query(f'select count(*) from "{table}"')) for table in engine.tables()}


@pytest.mark.parametrize("where", DOCUMENTS, ids=str)
def test_a_fragment_of_sql_is_a_text_like_any_other(where: dict[str, Any], engine: Overheard) -> None:
    before = rows_of(engine)
    assert check(whole(where), engine)
    for fragment in FEW:
        for document in poisoned(whole(where), fragment):
            check(document, engine)
    assert rows_of(engine) == before


@pytest.mark.slow
@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda each: ascii(each[:30]))
def test_every_fragment_in_every_place_is_a_text_like_any_other(fragment: str, engine: Overheard) -> None:
    before = rows_of(engine)
    used = [
        check(document, engine) for where in (*DOCUMENTS, IN_A_CITY) for document in poisoned(whole(where), fragment)
    ]
    assert any(used) or "\0" in fragment
    assert rows_of(engine) == before


def test_fragments_stand_in_every_kind_of_condition_and_beside_every_operator() -> None:
    bound = [bind(read_segment(whole(where)), CATALOG, READ) for where in DOCUMENTS]
    seen = {kind for segment in bound for kind in (*kinds(segment.condition), *kinds(segment.population))}
    assert not kinds_of_conditions() - seen
    assert not {f"operator {key}" for key in OPERATORS} - seen
