"""The catalog as a document: names found whatever their case, lines unfolded, doubles refused."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quartier.catalog import Catalog, EventType, Family, Label, Meaning, Property, Sensitivity, Trait, ValueType, slug
from quartier.language import LANGUAGES

LABEL = Label(en="x", fr="x")
COUNTRY = Trait(
    name="country", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=Label(en="Country", fr="Pays"),
    meaning=Meaning.COUNTRY,
)  # fmt: skip
PRICE = Property(name="price", type=ValueType.NUMBER, label=LABEL)
LINES = Property(name="products", type=ValueType.LINES, label=LABEL, properties=(PRICE,))
REVENUE = Property(name="revenue", type=ValueType.NUMBER, label=LABEL)
ORDER = EventType(name="Order Completed", label=LABEL, properties=(REVENUE, LINES))
CATALOG = Catalog(traits=(COUNTRY,), events=(ORDER,))

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
# Without control characters and line separators: a label is one line, and YAML does not keep them.
LINE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]))
LABELS = st.builds(Label, en=LINE, fr=LINE)
TRAITS = st.builds(
    Trait, name=NAMES, type=st.sampled_from(ValueType), family=st.sampled_from(Family), label=LABELS,
    sensitivity=st.sampled_from(Sensitivity), meaning=st.none() | st.sampled_from(Meaning),
    origin=st.sampled_from(["given", "computed", "predicted"]), of=st.sampled_from(["person", "account"]),
)  # fmt: skip
CATALOGS = st.lists(TRAITS, max_size=4, unique_by=lambda each: (each.of, each.name)).map(
    lambda traits: Catalog(traits=tuple(traits), events=(ORDER,))
)


@given(CATALOGS)
def test_a_catalog_goes_through_json_and_yaml_without_loss(catalog: Catalog):
    document = catalog.model_dump(mode="json")
    assert Catalog.model_validate(json.loads(json.dumps(document))) == catalog
    assert Catalog.model_validate(yaml.safe_load(yaml.safe_dump(document, allow_unicode=True))) == catalog


@given(LABELS)
def test_a_label_is_written_as_it_was_given_braces_and_all(label: Label):
    for language in LANGUAGES:
        assert label.text.to(language) == label.to(language) == getattr(label, language)


def test_names_are_found_whatever_their_case_for_events_only():
    assert CATALOG.event("order completed") is ORDER
    assert CATALOG.event("Order Refunded") is None
    assert CATALOG.trait("country") is COUNTRY
    assert CATALOG.trait("Country") is None
    assert CATALOG.trait("country", "account") is None


def test_a_trait_is_found_by_what_it_means():
    assert CATALOG.with_meaning(Meaning.COUNTRY) is COUNTRY
    assert CATALOG.with_meaning(Meaning.EMAIL) is None


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("revenue", REVENUE),
        ("products", LINES),
        ("products.price", PRICE),
        ("products.colour", None),
        ("revenue.x", None),
        ("x", None),
    ],
)
def test_a_property_is_found_by_its_path(path: str, found: Property | None):
    assert ORDER.property(path) is found


def test_the_paths_that_a_condition_can_name_have_lines_unfolded():
    assert ORDER.paths() == ["revenue", "products.price"]


def test_an_event_type_names_its_table():
    assert ORDER.table == "event_order_completed"


def test_a_trait_put_in_replaces_the_one_of_the_same_name_and_subject():
    other = COUNTRY.model_copy(update={"label": LABEL})
    of_account = COUNTRY.model_copy(update={"of": "account"})
    assert CATALOG.with_traits(other).traits == (other,)
    assert CATALOG.with_traits(of_account).traits == (COUNTRY, of_account)
    assert CATALOG.traits == (COUNTRY,)


def test_an_event_type_put_in_replaces_the_one_with_the_same_table():
    other = EventType(name="ORDER completed", label=LABEL)
    assert CATALOG.with_event(other).events == (other,)


@pytest.mark.parametrize(
    "fields",
    [
        {"traits": (COUNTRY, COUNTRY)},
        {"events": (ORDER, EventType(name="order-completed", label=LABEL))},
    ],
)
def test_a_name_used_twice_is_refused(fields):
    with pytest.raises(ValidationError):
        Catalog(**fields)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Property(name="products", type=ValueType.LINES, label=LABEL),
        lambda: Property(name="price", type=ValueType.NUMBER, label=LABEL, properties=(PRICE,)),
        lambda: Property(name="Price", type=ValueType.NUMBER, label=LABEL),
        lambda: Trait(name="2nd", type=ValueType.TEXT, family=Family.NEEDS, label=LABEL),
        lambda: Catalog.model_validate({"colour": "red"}),
    ],
    ids=["lines without properties", "a number with properties", "capital", "digit first", "unknown key"],
)
def test_what_cannot_be_is_refused(make):
    with pytest.raises(ValidationError):
        make()


@pytest.mark.parametrize("members", [Family, Sensitivity])
def test_every_family_and_degree_has_its_own_name_in_both_languages(members):
    for language in LANGUAGES:
        names = [each.label.to(language) for each in members]
        assert all(names)
        assert len(set(names)) == len(names)


def test_the_families_are_nine():
    assert len(Family) == 9


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Prénom du client", "prenom_du_client"),
        ("CustomerID", "customer_id"),
        ("HTTPStatus", "http_status"),
        ("Order Completed", "order_completed"),
        ("  --x--  ", "x"),
        ("2nd Address", "c_2nd_address"),
        ("", "c"),
        ("名前", "c"),
    ],
)
def test_a_name_is_written_as_an_identifier(name: str, written: str):
    assert slug(name) == written


@given(st.text())
def test_a_slug_is_always_an_identifier_and_its_own_slug(name: str):
    assert slug(name).isidentifier()
    assert slug(slug(name)) == slug(name)
