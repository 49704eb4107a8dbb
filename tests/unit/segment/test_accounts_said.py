"""Segments of accounts in words, and why an account belongs to one or does not."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from quartier.catalog import Catalog, Meaning, Trait, ValueType
from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.explain import explain
from quartier.segment.moments import Moment
from quartier.segment.sentence import outline, sentence
from quartier.testing import load, tiny_world
from tests.unit.segment.shop import SHOP, trait

SPACE = "\N{NO-BREAK SPACE}"
BOUGHT = {"event": "Order Completed", "within": "90 days"}
FRENCH = {"trait": "country", "is": "FR"}


def of_accounts(name: str, type_: ValueType, meaning: Meaning) -> Trait:
    return trait(name, type_, meaning).model_copy(update={"of": "account"})


CATALOG: Catalog = SHOP.with_traits(
    of_accounts("industry", ValueType.TEXT, Meaning.INDUSTRY),
    of_accounts("employees", ValueType.INTEGER, Meaning.EMPLOYEES),
)
OTHERS = {
    each.name: each
    for each in [
        read_segment({"segment": "buyers", "where": {"event": "Order Completed"}}),
        read_segment({"segment": "big", "of": "account", "where": {"trait": "employees", "at_least": 250}}),
    ]
}


def bound(where: object, **document: str) -> BoundSegment:
    return bind(read_segment({"segment": "said", **document, "where": where}), CATALOG, OTHERS)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"trait": "industry", "is": "Software"}, "Accounts whose industry is “Software”."),
        ({"at_least": 3, "persons": BOUGHT},
         "Accounts with at least 3 persons who placed an order in the last 90 days."),
        ({"any_person": FRENCH}, "Accounts with at least one person whose country is France."),
        ({"at_least": 2, "persons": {"all": [FRENCH, BOUGHT]}},
         "Accounts with at least 2 persons "
         "(whose country is France, and who placed an order in the last 90 days)."),
        ({"every_person": {"segment": "buyers"}}, "Accounts with only persons who are in “buyers”."),
        ({"segment": "big"}, "Accounts that are in “big”."),
        ({"accounts": ["B1", "B2"]}, "Accounts that are on a list of 2 accounts."),
    ],
)  # fmt: skip
def test_a_segment_of_accounts_reads_well_in_english(where: object, said: str) -> None:
    assert sentence(bound(where, of="account"), "en") == said


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"all": [{"trait": "industry", "is": "Software"}, {"at_least": 3, "persons": BOUGHT}]},
         f"Comptes dont le secteur est «{SPACE}Software{SPACE}» et dont au moins 3 personnes ont passé une commande "
         "au cours des 90 derniers jours."),
        ({"any_person": BOUGHT},
         "Comptes dont au moins une personne a passé une commande au cours des 90 derniers jours."),
        ({"any_person": FRENCH}, "Comptes avec au moins une personne dont le pays est la France."),
        ({"every_person": FRENCH}, "Comptes avec uniquement des personnes dont le pays est la France."),
        ({"accounts": ["B1"]}, "Comptes qui sont le seul compte d'une liste."),
    ],
)  # fmt: skip
def test_a_segment_of_accounts_reads_well_in_french(where: object, said: str) -> None:
    assert sentence(bound(where, of="account"), "fr") == said


def test_the_populations_of_accounts_have_their_names() -> None:
    nobody = {"no_person": BOUGHT}
    assert sentence(bound(nobody, of="account", population="everyone"), "en") == (
        "All accounts without any person who placed an order in the last 90 days."
    )
    assert sentence(bound(nobody, of="account", population="customers"), "fr") == (
        "Comptes clients sans aucune personne qui a passé une commande au cours des 90 derniers jours."
    )
    assert outline(bound(nobody, of="account", population="everyone"), "fr").text == "Parmi tous les comptes"


def test_the_account_of_a_person_is_said_in_the_singular() -> None:
    both = {"account": {"all": [{"segment": "big"}, {"any_person": BOUGHT}]}}
    assert sentence(bound(both), "en") == (
        "Persons who belong to an account "
        "(that is in “big”, and with at least one person who placed an order in the last 90 days)."
    )
    assert sentence(bound({"account": {"not": {"segment": "big"}}}), "fr") == (
        f"Personnes qui font partie d'un compte qui n'est pas dans «{SPACE}big{SPACE}»."
    )


WORLD = tiny_world("""
account | industry | employees: integer
acme    | Software | 250
brio    |          | 12

person | account | country
ann    | acme    | FR
abe    | acme    | BE
eve    |         | FR
""")


@pytest.fixture
def world() -> Iterator[World]:
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    load(WORLD, engine)
    at = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
    yield World(engine, WORLD.catalog, Moment(at, ZoneInfo("Europe/Paris")))
    engine.close()


def explained(world: World, key: int, document: dict[str, object], language: str = "en") -> list[str]:
    segment = bind(read_segment({"segment": "why", **document}), WORLD.catalog)
    return explain(world, segment, key).lines(language)  # type: ignore[arg-type]  # one of the two languages


def test_an_explanation_counts_the_persons_of_the_account(world: World) -> None:
    document = {
        "of": "account",
        "where": {"all": [{"trait": "employees", "at_least": 100}, {"at_least": 2, "persons": FRENCH}]},
    }
    assert explained(world, 0, document) == [
        "✗ All of these",
        "  ✓ “employees” is at least 100 (here 250)",
        "  ✗ With at least 2 persons whose “country” is France (here 1 of 2 persons)",
    ]
    only = {"of": "account", "where": {"every_person": FRENCH}}
    assert explained(world, 1, only, "fr")[0].endswith(" (ici 0 personne sur 0)")


def test_an_explanation_of_a_person_shows_the_account(world: World) -> None:
    document = {"where": {"account": {"trait": "industry", "is": "Software"}}}
    assert explained(world, 0, document) == [
        "✓ Belongs to an account whose “industry” is “Software”",
        "  ✓ “industry” is “Software” (here “Software”)",
    ]
    assert explained(world, 2, document) == ["✗ Belongs to an account whose “industry” is “Software” (here no account)"]


def test_an_explanation_as_json_holds_the_headcount(world: World) -> None:
    segment = bind(read_segment({"segment": "why", "of": "account", "where": {"any_person": FRENCH}}), WORLD.catalog)
    found = explain(world, segment, 0).as_json()
    assert (found["kind"], found["observed"]) == ("persons", {"holding": 1, "persons": 2})
