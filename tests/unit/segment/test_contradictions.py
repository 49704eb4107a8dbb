"""Conditions that hold for nobody or for everyone are found and said; those that only look like it are not."""

from typing import Any

import pytest

from quartier.catalog import Catalog, Meaning, ValueType
from quartier.errors import InvalidDefinition
from quartier.segment.bind import bind
from quartier.segment.contradiction import Finding, findings
from quartier.segment.contradiction_words import finding_lines, plain_finding
from quartier.segment.definition import read_segment
from tests.unit.segment.shop import SHOP, trait

PLACED = Catalog(
    traits=(
        *SHOP.traits,
        trait("latitude", ValueType.NUMBER, Meaning.LATITUDE, "Latitude", "Latitude"),
        trait("longitude", ValueType.NUMBER, Meaning.LONGITUDE, "Longitude", "Longitude"),
        trait("industry", ValueType.TEXT, None, "Industry", "Secteur").model_copy(update={"of": "account"}),
    ),
    events=SHOP.events,
)
OTHERS = [
    {"segment": "buyers", "where": {"event": "Order Completed"}},
    {"segment": "adults", "where": {"trait": "age", "at_least": 18}},
    {"segment": "paris", "where": {"trait": "country", "is": "FR"}},
]
READ = {each["segment"]: read_segment(each) for each in OTHERS}
ORDER = {"event": "Order Completed"}


def country(**test: Any) -> dict[str, Any]:
    return {"trait": "country", **{key.rstrip("_"): value for key, value in test.items()}}


def age(**test: Any) -> dict[str, Any]:
    return {"trait": "age", **test}


def born(**test: Any) -> dict[str, Any]:
    return {"trait": "birth_date", **test}


def orders(count: Any, **window: Any) -> dict[str, Any]:
    return {**ORDER, "count": count, **window}


def all_of(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"all": list(parts)}


FRANCE, BELGIUM = country(is_="FR"), country(is_="BE")
LYON = {"place": {"near": [45.76, 4.84], "within": "30 km"}}
PARIS = {"place": {"near": [48.86, 2.35], "within": "30 km"}}
ABROAD = {"place": {"in": {"south": -10, "west": -80, "north": 10, "east": -60}}}
SEQUENCE = {"sequence": [{"event": "Product Added"}, {"event": "Order Completed", "within": "1 day"}]}
NEVER = [
    all_of(FRANCE, BELGIUM),
    all_of(age(at_least=40), age(less_than=30)),
    all_of(age(more_than=30), age(less_than=31)),
    all_of(age(known=False), age(at_least=18)),
    all_of(country(in_=["FR", "BE"]), country(not_in=["BE", "FR", "LU"])),
    all_of(country(in_=["FR", "BE"]), country(is_="DE")),
    all_of(FRANCE, {"not": FRANCE}),
    all_of(FRANCE, country(known=False)),
    all_of(country(starts_with="B"), country(starts_with="F")),
    all_of(country(contains="ran"), country(not_contains="an")),
    all_of(country(ends_with="ce"), country(is_="FR")),
    all_of({"trait": "newsletter", "is": True}, {"trait": "newsletter", "is": False}),
    all_of({"trait": "newsletter", "is_not": True}, {"trait": "newsletter", "is_not": False}),
    all_of({"trait": "interests", "all_of": ["golf"]}, {"trait": "interests", "none_of": ["golf", "chess"]}),
    all_of({"trait": "interests", "any_of": ["golf"]}, {"not": {"trait": "interests", "any_of": ["golf", "tea"]}}),
    all_of(born(age={"at_least": 40}), born(age={"at_most": 30})),
    born(age={"less_than": 0}),
    all_of(born(age={"at_least": 18}), born(within="10 years")),
    all_of(born(before="1980-01-01"), born(since="1990-01-01")),
    all_of({"trait": "signup", "within": "30 days"}, {"trait": "signup", "older_than": "30 days"}),
    all_of({"trait": "signup", "within": "30 days"}, {"trait": "signup", "older_than": "3 months"}),
    all_of({"trait": "seen_at", "in_next": "7 days"}, {"trait": "seen_at", "within": "7 days"}),
    all_of({"trait": "signup", "in_next": "7 days"}, {"trait": "signup", "older_than": "1 day"}),
    all_of({"trait": "seen_at", "since": "2026-05-01"}, {"trait": "seen_at", "before": "2026-04-01T12:00:00+00:00"}),
    all_of(orders({"at_least": 3}), orders({"less_than": 2})),
    all_of(orders({"at_least": 3}, within="30 days"), orders({"less_than": 2}, within="90 days")),
    all_of(orders({"at_least": 1}, within="1 month"), {"not": ORDER}),
    orders({"less_than": 0}),
    orders({"between": [0.2, 0.8]}),
    all_of({**ORDER, "sum": "revenue", "more_than": 100}, {"not": ORDER}),
    all_of({**ORDER, "where": {"currency": "EUR"}}, {"not": ORDER}),
    all_of({**ORDER, "mean": "revenue", "at_least": 50}, {**ORDER, "mean": "revenue", "at_most": 40}),
    {**ORDER, "days_since": "last", "at_least": 40, "within": "30 days"},
    all_of({**ORDER, "days_since": "last", "at_most": 3}, {"not": {**ORDER, "within": "1 year"}}, {"not": ORDER}),
    {**ORDER, "when": {"month": "february", "day_of_month": {"at_least": 30}}},
    all_of(SEQUENCE, {"not": {"event": "Product Added"}}),
    all_of({"trait": "ltv", "top": 10}, {"not": {"trait": "ltv", "top": 20}}),
    all_of({"trait": "ltv", "top": "10 %"}, {"trait": "ltv", "known": False}),
    all_of(LYON, PARIS),
    all_of(LYON, ABROAD),
    all_of(LYON, {"not": {"place": {"near": [45.76, 4.84], "within": "50 km"}}}),
    all_of({"trait": "ltv", "more_than": {"trait": "age"}}, {"trait": "ltv", "less_than": {"trait": "age"}}),
    all_of({"segment": "buyers"}, {"not": {"segment": "buyers"}}),
    all_of({"segment": "adults"}, age(less_than=10)),
    all_of({"entered": "adults", "within": "7 days"}, {"not": {"entered": "adults", "within": "30 days"}}),
    all_of({"persons": ["C1", "C2"]}, {"none": [{"persons": ["C1", "C2", "C3"]}]}),
    all_of(FRANCE, {"any": [BELGIUM, all_of(FRANCE, age(known=True), age(known=False))]}),
    {"at_least": 2, "of": [FRANCE, BELGIUM, country(is_="LU")]},
    {"account": all_of({"trait": "industry", "is": "Arts"}, {"trait": "industry", "is": "Law"})},
    {"none": [FRANCE, {"not": FRANCE}]},
]
LOOK_ALIKES = [
    {"not": age(at_least=0)},  # who has no known age
    all_of({"not": age(at_least=30)}, {"not": age(less_than=30)}),
    all_of(country(contains="F"), country(contains="B")),
    all_of(country(starts_with="F"), country(starts_with="fr")),
    all_of(country(matches="^F"), country(matches="^B|F")),
    all_of({"trait": "interests", "all_of": ["golf"]}, {"trait": "interests", "all_of": ["tea"]}),
    all_of({"trait": "interests", "any_of": ["golf", "tea"]}, {"trait": "interests", "none_of": ["golf"]}),
    all_of({"trait": "ltv", "more_than": 30}, {"trait": "ltv", "less_than": 31}),
    all_of(age(at_least=30), age(at_most=30)),
    all_of({"trait": "signup", "within": "31 days"}, {"trait": "signup", "older_than": "1 month"}),
    all_of({"trait": "signup", "in_next": "7 days"}, {"trait": "signup", "within": "7 days"}),  # today
    all_of(born(age={"is": 40}), born(anniversary="30 days")),
    all_of({"trait": "seen_at", "since": "2026-05-01"}, {"trait": "seen_at", "before": "2026-05-01T12:00:00+00:00"}),
    all_of(orders({"at_least": 3}, within="90 days"), orders({"less_than": 2}, within="30 days")),
    all_of(orders({"at_least": 3}), {**ORDER, "where": {"currency": "EUR"}, "count": {"less_than": 2}}),
    all_of({**ORDER, "sum": "revenue", "at_most": 0}, ORDER),
    {"none": [{**ORDER, "mean": "revenue", "at_least": 50}, {**ORDER, "mean": "revenue", "less_than": 50}]},
    {**ORDER, "days_since": "first", "at_least": 30, "within": "1 month"},
    {**ORDER, "when": {"month": "february", "day_of_month": 29}},
    all_of({"trait": "ltv", "top": 20}, {"not": {"trait": "ltv", "top": 10}}),
    all_of({"trait": "ltv", "top": 10}, {"trait": "ltv", "bottom": 10}),
    all_of(PARIS, {"place": {"near": [49.0, 2.6], "within": "10 km"}}),
    all_of({"persons": ["C1"]}, {"persons": ["a@x.fr"]}),  # one person may have both
    all_of({"segment": "buyers"}, {"not": {"segment": "adults"}}),
    {"at_least": 2, "of": [FRANCE, BELGIUM, age(known=True)]},
    {"any": [FRANCE, country(is_not="FR")]},  # the country may be missing
    {"account": {"all": [{"not": {"trait": "industry", "is": "Arts"}}, {"not": {"trait": "industry", "is": "Law"}}]}},
]  # fmt: skip
ALWAYS = [
    {"any": [FRANCE, {"not": FRANCE}]},
    orders({"at_least": 0}),
    {"not": orders({"less_than": 0})},
    {"any": [age(known=True), age(known=False)]},
    {"any": [age(known=False), age(at_least=30), age(less_than=30)]},
    {"any": [{"not": age(at_least=30)}, age(more_than=10)]},
    {"none": [all_of(FRANCE, BELGIUM)]},
    {"any": [{"not": ORDER}, ORDER]},
    {"any": [{"not": {**ORDER, "within": "7 days"}}, {**ORDER, "within": "30 days"}]},
]


def found(where: dict[str, Any], population: str = "everyone") -> tuple[Finding, ...]:
    segment = read_segment({"segment": "s", "population": population, "where": where})
    return findings(segment, bind(segment, PLACED, READ))


@pytest.mark.parametrize("where", NEVER, ids=str)
def test_what_nobody_can_satisfy_is_found(where: dict[str, Any]) -> None:
    first = found(where)[0]
    assert (first.verdict, first.part.place) == ("always_empty", "where")


@pytest.mark.parametrize("where", LOOK_ALIKES, ids=str)
def test_what_only_looks_contradictory_is_left_alone(where: dict[str, Any]) -> None:
    assert found(where) == ()


@pytest.mark.parametrize("where", ALWAYS, ids=str)
def test_what_holds_for_everyone_is_found(where: dict[str, Any]) -> None:
    first = found(where)[0]
    assert (first.verdict, first.part.place) == ("always_all", "where")


@pytest.mark.parametrize(
    ("where", "place"),
    [
        (born(between=["2020-01-01", "2010-01-01"]), "where.between"),
        ({**ORDER, "ago": {"between": ["10 days", "5 days"]}}, "where.ago"),
        ({**ORDER, "since": "2026-05-01", "until": "2026-04-01"}, "where.until"),
        ({"at_least": 3, "of": [FRANCE, BELGIUM]}, "where.at_least"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused_with_its_place(where: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        found(where)
    assert [each.place for each in refused.value.problems] == [place]


def test_the_parts_that_exclude_one_another_are_named_and_no_others() -> None:
    (only,) = found(all_of(age(at_least=18), FRANCE, ORDER, BELGIUM, age(known=True)))
    assert [each.place for each in only.because] == ["where.all[1]", "where.all[3]"]


def test_a_part_that_nobody_can_satisfy_is_found_where_others_can() -> None:
    (only,) = found({"any": [ORDER, {"not": age(at_least=0)}, all_of(ORDER, FRANCE, BELGIUM)]})
    assert (only.verdict, only.part.place) == ("always_empty", "where.any[2]")


def test_a_part_that_asks_nothing_is_found_where_others_do() -> None:
    (only,) = found(all_of(FRANCE, orders({"at_least": 0})))
    assert (only.verdict, only.part.place) == ("always_all", "where.all[1]")


def test_what_the_population_excludes_is_found() -> None:
    (empty,) = found({"not": ORDER}, population="buyers")
    assert (empty.verdict, empty.of_population) == ("always_empty", True)
    (everyone,) = found(orders({"more_than": 0}), population="buyers")
    assert (everyone.verdict, everyone.of_population) == ("always_all", True)


def test_contradictions_are_said_in_both_languages_with_what_to_do() -> None:
    (only,) = found(all_of(FRANCE, BELGIUM))
    assert finding_lines(only, "en") == [
        "⚠ where: this segment will always be empty: “Country is France” (where.all[0]) and “Country is Belgium”"
        " (where.all[1]) exclude one another",
        "    → take one of them out, or let one of them be enough: `any`",
    ]
    assert finding_lines(only, "fr") == [
        "⚠ where\u00a0: ce segment restera toujours vide\u00a0: «\u00a0Le pays est la France\u00a0» (where.all[0]) et"
        " «\u00a0Le pays est la Belgique\u00a0» (where.all[1]) s'excluent",
        "    → retirez-en une, ou faites qu'une seule suffise\u00a0: `any`",
    ]
    (part,) = found(all_of(FRANCE, orders({"at_least": 0})))
    assert finding_lines(part, "en")[0].startswith("⚠ where.all[1]: this always holds: no data can fail “")


def test_findings_as_plain_values_have_stable_keys() -> None:
    (only,) = found({"not": ORDER}, population="buyers")
    plain = plain_finding(only)
    assert {key: plain[key] for key in ("verdict", "place", "because", "is_of_the_population")} == {
        "verdict": "always_empty", "place": "where", "because": [], "is_of_the_population": True,
    }  # fmt: skip
    assert set(plain["what"]) == set(plain["remedy"]) == {"en", "fr"}


def test_a_definition_of_many_conditions_is_decided_in_little_time() -> None:
    many = [{"any": [age(**{"is": n}), age(**{"is": n + 1})]} for n in range(300)]
    assert found({"any": many}) == ()
    assert found({"all": many})[0].verdict == "always_empty"
