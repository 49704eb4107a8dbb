import pytest

from quartier.catalog import Catalog, EventType, Label, Property, ValueType
from quartier.errors import InvalidDefinition
from quartier.evaluate.bind import bind

LABEL = Label(fr="montant", en="amount")
CATALOG = Catalog(
    events=(
        EventType(
            name="Order Completed",
            label=Label(fr="commande", en="order"),
            properties=(
                Property(name="revenue", type=ValueType.NUMBER, label=LABEL),
                Property(name="currency", type=ValueType.TEXT, label=LABEL),
                Property(
                    name="products",
                    type=ValueType.LINES,
                    label=LABEL,
                    properties=(
                        Property(name="price", type=ValueType.NUMBER, label=LABEL),
                        Property(name="category", type=ValueType.TEXT, label=LABEL),
                    ),
                ),
            ),
        ),
        EventType(name="Page Viewed", label=LABEL),
    )
)


def test_names_are_found_in_the_catalog_whatever_their_case() -> None:
    bound = bind("sum of revenue of order completed within 14 days", CATALOG)
    assert bound.event.name == bound.outcome.event == "Order Completed"
    assert bound.is_money
    assert bound.is_spending
    assert bound.has_currency


def test_a_property_of_lines_is_measured_too() -> None:
    bound = bind("sum of products.price of Order Completed within 14 days", CATALOG)
    assert bound.lines == "products"
    assert bound.of is not None
    assert bound.of.name == "price"


def test_a_count_is_no_money() -> None:
    assert not bind("count of Order Completed within 14 days", CATALOG).is_money


def test_a_document_is_bound_as_a_sentence_is() -> None:
    document = {"measure": "sum", "of": "revenue", "event": "Order Completed", "within": "14 days"}
    assert bind(document, CATALOG) == bind("sum of revenue of Order Completed within 14 days", CATALOG)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            "count of Order Complete within 14 days",
            ["“Order Complete” (character 10)", "did you mean Order Completed?"],
        ),
        ("sum of revenu of Order Completed within 1 day", ["no property “revenu”", "(character 8)", "revenue"]),
        ("sum of products of Order Completed within 1 day", ["no property “products”"]),
        ("sum of currency of Order Completed within 1 day", ["does not hold numbers", "revenue, products.price"]),
        ("mean of products.category of Order Completed within 1 day", ["does not hold numbers"]),
    ],
)
def test_names_that_do_not_fit_are_refused_with_their_place_and_the_nearest(sentence: str, said: list[str]) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        bind(sentence, CATALOG)
    for part in said:
        assert part in str(refused.value)


def test_a_document_has_no_characters_to_point_at() -> None:
    with pytest.raises(InvalidDefinition, match=r"no event is called “Ordre”$") as refused:
        bind({"measure": "any", "event": "Ordre", "within": "1 day"}, Catalog())
    assert "«\N{NO-BREAK SPACE}Ordre\N{NO-BREAK SPACE}»" in refused.value.to("fr")


def test_distinct_values_of_a_text_can_be_counted() -> None:
    assert bind("distinct products.category of Order Completed within 1 day", CATALOG).lines == "products"
