"""Every condition has a sentence in both languages, and the usual ones read as people would say them."""

import datetime as dt
import itertools
import re
from typing import get_args

import pytest

from quartier.catalog import ValueType
from quartier.language import LANGUAGES
from quartier.segment.bind import bind
from quartier.segment.clauses import Reader
from quartier.segment.conditions import (
    All,
    AtLeast,
    Comparison,
    EventLeaf,
    Everyone,
    InSegment,
    Measure,
    Not,
    PersonsLeaf,
    PropertyTest,
    TraitLeaf,
)
from quartier.segment.countries import country
from quartier.segment.definition import read_segment
from quartier.segment.event_documents import COUNTED
from quartier.segment.measures import MEASURES
from quartier.segment.operators import COMPARISONS, NUMERIC, OPERATORS, RANGES
from quartier.segment.periods import Period
from quartier.segment.periods import Unit as PeriodUnit
from quartier.segment.sentence import Line, clause, outline, sentence
from quartier.segment.windows import EVER, Duration, Window
from tests.unit.segment.shop import SHOP, trait

BIKE, ORDER = SHOP.event("Bike Rented"), SHOP.event("Order Completed")
SINGLE = {
    ValueType.TEXT: "blue",
    ValueType.INTEGER: 3,
    ValueType.NUMBER: 2.5,
    ValueType.BOOLEAN: True,
    ValueType.DATE: dt.date(2026, 3, 1),
    ValueType.INSTANT: dt.datetime(2026, 3, 1, 14, 5, tzinfo=dt.UTC),
    ValueType.TEXTS: "blue",
}
WINDOWS = [
    EVER,
    Window(since=dt.date(2026, 1, 1)),
    Window(oldest=Duration(90, "day"), newest=Duration(30, "day")),
    Window(oldest=Duration(1, "year"), newest=Duration(30, "day")),
    Window(until=dt.date(2026, 3, 31)),
    Window(since=dt.date(2026, 1, 1), until=dt.date(2026, 3, 31)),
    *(Window(period=Period(unit, n)) for n in (0, 1, 3) for unit in get_args(PeriodUnit)),
    *(Window(period=Period(unit, n, is_a_year_ago=True)) for n in (0, 1) for unit in ("day", "month")),
    *(Window(oldest=Duration(n, unit)) for n in (1, 3) for unit in ("minute", "hour", "day", "week", "month", "year")),
]
PLACEHOLDER = re.compile(r"[{}]|None|\bDuration|  ")


def value_for(takes: str, type_: ValueType):
    one = SINGLE[type_]
    return {
        "value": one,
        "values": (one, "red") if isinstance(one, str) else (one,),
        "pair": (one, one),
        "duration": Duration(6, "month"),
        "flag": False,
        "pattern": "^b.+e$",
        "days": Duration(7, "day"),
        "range": Comparison("between", (25, 40)),
    }[takes]


def compared(key: str, type_: ValueType = ValueType.NUMBER) -> Comparison:
    return Comparison(key, value_for(OPERATORS[key].takes, type_))


def said(node, language="en") -> str:
    found = sentence(node, language, currency="EUR")
    assert not PLACEHOLDER.search(found), found
    assert found.endswith(".")
    assert len(clause(node, reader_of(language)).one) > 3
    return found


def reader_of(language):
    return Reader(language, "EUR")


def of(where: dict, population: str | None = "customers"):
    return bind(read_segment({"segment": "s", "population": population, "where": where}), SHOP)


def customers(where: dict, language="en") -> str:
    """The sentence of a condition among customers, without its first word."""
    return sentence(of(where), language, currency="EUR").partition(" ")[2]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "type_"), [(key, type_) for key, row in OPERATORS.items() for type_ in sorted(row.accepts)]
)
def test_every_operator_has_a_sentence_for_every_type_that_it_accepts(key, type_, language):
    plain = TraitLeaf(trait("x", type_, None, "Shade", "Teinte"), compared(key, type_))
    assert "Shade" in said(plain)
    assert "Teinte" in said(plain, "fr")
    tested = PropertyTest("x", BIKE.property(f"a_{type_.value}"), plain.comparison)
    leaf = EventLeaf((BIKE,), (tested,), EVER, Measure("count"), Comparison("at_least", 2))
    assert f"a_{type_.value}" not in said(leaf, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", MEASURES)
def test_every_measure_has_a_sentence_for_every_comparison_and_window(kind, language):
    path = None if kind in COUNTED or kind.startswith("days_since") else "a_number"
    measure = Measure(kind, path, BIKE.property("a_number") if path else None)
    keys = RANGES if kind.startswith("days_since") else COMPARISONS
    sentences = [
        said(EventLeaf(events, (), window, measure, Comparison(key, (2, 3) if key == "between" else 2)), language)
        for events in ((BIKE,), (ORDER, BIKE))
        for key, window in itertools.product(keys, WINDOWS)
    ]
    assert len(set(sentences)) == len(sentences), "two different conditions read the same"


def test_an_operator_or_measure_without_a_sentence_would_be_noticed():
    assert {type_ for row in OPERATORS.values() for type_ in row.accepts} == set(SINGLE)
    assert set(SINGLE) >= NUMERIC
    with pytest.raises(KeyError):
        sentence(EventLeaf((BIKE,), (), EVER, Measure("mode"), Comparison("at_least", 1)), "en")


def test_what_is_no_condition_has_no_sentence():
    with pytest.raises(TypeError, match="not a condition: str"):
        sentence("country is FR", "en")


USUAL = [
    (
        {"trait": "country", "in": ["FR", "GB"]},
        "whose country is France or the United Kingdom.",
        "dont le pays est la France ou le Royaume-Uni.",
    ),
    (
        {"trait": "plan", "not_in": ["free", "pro"]},
        "whose plan is not “free” or “pro”.",
        "dont la formule n'est ni « free » ni « pro ».",
    ),
    (
        {"trait": "birth_date", "age": {"between": [25, 40]}},
        "who are between 25 and 40 years old.",
        "qui ont entre 25 et 40 ans.",
    ),
    (
        {"event": "Order Completed", "where": {"products.category": "shoes"}, "within": "90 days",
         "count": {"at_least": 2}},
        "who placed at least 2 orders containing a product whose category is “shoes” in the last 90 days.",
        "qui ont passé au moins 2 commandes contenant un produit dont la catégorie est « shoes » "
        "au cours des 90 derniers jours.",
    ),
    (
        {"event": "Order Completed", "sum": "revenue", "more_than": 1234.5, "within": "1 year"},
        "who spent more than €1,234.50 in the last year.",
        "qui ont dépensé plus de 1 234,50 € au cours des 12 derniers mois.",
    ),
    (
        {"event": "Order Completed", "days_since": "last", "at_least": 180},
        "whose last order was at least 180 days ago.",
        "dont la dernière commande remonte à 180 jours au moins.",
    ),
    (
        {"not": {"event": "Email Link Clicked", "within": "30 days"}},
        "who did not click a link in an e-mail in the last 30 days.",
        "qui n'ont pas cliqué dans un e-mail au cours des 30 derniers jours.",
    ),
    (
        {"event": ["Order Completed", "Page Viewed"], "count": 0},
        "who never placed an order or viewed a page.",
        "qui n'ont jamais passé de commande ni consulté de page.",
    ),
    (
        {"event": [each.name for each in SHOP.events[2:6]], "count": 0, "within": "1 year"},
        "who did not take any action (product views, products put in the cart, page views or e-mails opened) "
        "in the last year.",
        "qui n'ont pas fait la moindre action (consultations de produit, ajouts au panier, pages consultées "
        "ou e-mails ouverts) au cours des 12 derniers mois.",
    ),
    (
        {"event": "Order Completed", "during": "last month"},
        "who placed an order last month.",
        "qui ont passé une commande le mois dernier.",
    ),
    (
        {"event": "Order Completed", "during": "last 3 months", "mean": "revenue", "more_than": 50},
        "whose average order in the 3 whole months before this one is more than €50.",
        "dont le panier moyen au cours des 3 mois entiers avant celui-ci dépasse 50 €.",
    ),
    (
        {"event": "Order Completed", "during": "this month a year ago", "days_since": "last", "more_than": 2},
        "whose last order this month, a year earlier was more than 2 days ago.",
        "dont la dernière commande de ce mois-ci, un an plus tôt remonte à plus de 2 jours.",
    ),
    (
        {"event": "Page Viewed", "since": "2026-01-01", "until": "2026-03-31"},
        "who viewed a page from 1 January 2026 to 31 March 2026.",
        "qui ont consulté une page du 1er janvier 2026 au 31 mars 2026.",
    ),
    (
        {"event": "Order Completed", "when": {"weekday": ["saturday", "sunday"], "hour": {"between": [22, 5]}}},
        "who placed an order on Saturday or on Sunday between 22:00 and 6:00.",
        "qui ont passé une commande le samedi ou le dimanche entre 22 h et 6 h.",
    ),
    (
        {"event": "Order Completed", "where": {"revenue": {"more_than": 20}}, "sum": "revenue", "more_than": 100,
         "when": {"month": {"not_in": ["july", "august"]}, "day_of_month": {"at_most": 7}}},
        "who spent more than €100 on orders whose amount is more than €20, from day 1 to day 7 of the month "
        "from September to June.",
        "qui ont dépensé plus de 100 € en commandes dont le montant dépasse 20 €, du 1er au 7 du mois "
        "entre septembre et juin.",
    ),
    (
        {"event": "Page Viewed", "days": {"at_least": 3}, "during": "last week"},
        "who viewed a page on at least 3 different days last week.",
        "qui ont consulté une page sur au moins 3 jours différents la semaine dernière.",
    ),
    (
        {"event": "Order Completed", "most_frequent": "products.category", "is": "shoes"},
        "whose most frequent category in orders is “shoes”.",
        "dont la valeur la plus fréquente de la catégorie dans les commandes est « shoes ».",
    ),
    ({"event": "Order Completed", "count": 1}, "who placed exactly 1 order.", "qui ont passé exactement 1 commande."),
    (
        {"event": "Bike Rented", "count": {"more_than": 3}},
        "who did “Bike rented” more than 3 times.",
        "qui ont fait l'action « Vélo loué » plus de 3 fois.",
    ),
    (
        {"trait": "rfm_class", "is": "cannot_lose"},
        "whose RFM class is “Cannot lose them”.",
        "dont la classe RFM est « À ne pas perdre ».",
    ),
    (
        {"trait": "birth_date", "anniversary": "30 days"},
        "whose birthday is today or within 30 days.",
        "dont l'anniversaire tombe aujourd'hui ou d'ici 30 jours.",
    ),
    (
        {"trait": "signup", "anniversary": "1 day"},
        "whose registration date has its anniversary today or within 1 day.",
        "dont la date d'inscription a son anniversaire aujourd'hui ou d'ici 1 jour.",
    ),
    (
        {"trait": "signup", "in_next": "2 weeks"},
        "whose registration date is in the next 2 weeks.",
        "dont la date d'inscription tombe d'ici 2 semaines.",
    ),
    (
        {"trait": "email", "matches": r"\.(fr|be)$"},
        r"whose e-mail matches the pattern “\.(fr|be)$”.",
        r"dont l'e-mail correspond au motif « \.(fr|be)$ ».",
    ),
    ({"trait": "email", "known": False}, "whose e-mail is not known.", "dont on ne connaît pas l'e-mail."),
]  # fmt: skip


@pytest.mark.parametrize(("where", "en", "fr"), USUAL)
def test_the_usual_conditions_read_as_people_say_them(where, en, fr):
    plain = {ord("\N{NO-BREAK SPACE}"): " ", ord("\N{NARROW NO-BREAK SPACE}"): " "}
    assert customers(where) == en
    assert customers(where, "fr").translate(plain) == fr


FR, PRO = {"trait": "country", "is": "FR"}, {"trait": "plan", "is": "pro"}
BOUGHT = {"event": "Order Completed"}


def test_and_and_or_are_never_left_to_be_guessed():
    first = customers({"any": [FR, {"all": [PRO, BOUGHT]}]})
    second = customers({"all": [{"any": [FR, PRO]}, BOUGHT]})
    assert first == "either whose country is France, or (whose plan is “pro”, and who placed an order)."
    assert second == "(either whose country is France, or whose plan is “pro”), and who placed an order."


def test_a_choice_at_the_end_of_a_list_needs_no_parentheses():
    found = customers({"all": [FR, {"any": [PRO, BOUGHT]}]})
    assert found == "whose country is France, and either whose plan is “pro”, or who placed an order."


def test_at_least_n_lists_its_parts():
    found = customers({"at_least": 2, "of": [FR, PRO, BOUGHT]})
    assert found == "who meet at least 2 of these 3 conditions (country is France; plan is “pro”; placed an order)."


def test_none_of_some_conditions_reads_neither_nor():
    found = customers({"none": [FR, PRO]})
    assert found == "who are neither among those whose country is France, nor among those whose plan is “pro”."


def test_a_negation_does_not_say_that_the_value_is_known():
    assert customers({"not": FR}) == "who are not among those whose country is France."


def test_the_population_begins_the_sentence():
    assert sentence(of(FR, "identified"), "en").startswith("Identified persons whose")
    assert sentence(of(FR, None), "fr").startswith("Personnes dont")
    loyal = bind(read_segment({"segment": "loyal", "label": {"fr": "Fidèles", "en": "Loyal"}, "where": FR}), SHOP)
    inside = InSegment(loyal)
    assert sentence(inside, "en") == "Persons who are in “Loyal”."
    assert sentence(Not(Everyone()), "en") == "Persons who are not among those who are anyone at all."


def test_a_list_of_persons_does_not_name_them():
    found = sentence(PersonsLeaf(("ada@example.com", "bob@example.com")), "en")
    assert found == "Persons who are on a list of 2 persons."


def test_a_label_of_the_users_own_is_quoted_as_it_is():
    own = trait("country", ValueType.TEXT, SHOP.trait("country").meaning, "Ships to {x}", "Livré en {x}")
    assert sentence(TraitLeaf(own, Comparison("is", "FR")), "fr") == (
        "Personnes dont «\N{NO-BREAK SPACE}Livré en {x}\N{NO-BREAK SPACE}» est la France."
    )
    rented = BIKE.model_copy(update={"label": SHOP.event("Bike Rented").label.model_copy(update={"en": "{a} bike"})})
    leaf = EventLeaf((rented,), (), EVER, Measure("count"), Comparison("at_least", 2))
    assert sentence(leaf, "en") == "Persons who did “{a} bike” at least 2 times."


def test_an_outline_says_how_the_parts_of_each_group_combine():
    found = outline(of({"all": [FR, {"not": {"any": [PRO, BOUGHT]}}]}), "en")
    assert found == Line(
        "Among customers",
        (
            Line(
                "All of these",
                (
                    Line("Country is France"),
                    Line(
                        "Not this", (Line("At least one of these", (Line("Plan is “pro”"), Line("Placed an order"))),)
                    ),
                ),
            ),
        ),
    )
    assert found.as_json()["parts"][0]["parts"][0] == {"text": "Country is France", "parts": []}


def test_an_outline_is_in_the_singular():
    assert outline(of(BOUGHT), "fr").parts[0].text == "A passé une commande"


@pytest.mark.parametrize(
    ("code", "fr"),
    [("CH", "la Suisse"), ("PT", "le Portugal"), ("IT", "l'Italie"), ("NL", "les Pays-Bas"), ("MT", "Malte"),
     ("MX", "le Mexique"), ("DK", "le Danemark"), ("JP", "le Japon"), ("YE", "le Yémen"), ("US", "les États-Unis")],
)  # fmt: skip
def test_countries_have_their_french_article(code, fr):
    assert country(code, "fr") == fr
    assert country("XQ", "fr") is None


def test_groups_of_one_part_are_that_part():
    leaf = TraitLeaf(SHOP.trait("plan"), Comparison("is", "pro"))
    assert sentence(All((leaf,)), "en") == sentence(AtLeast(1, (leaf,)), "en") == sentence(leaf, "en")
