"""Names of columns, and which values of a message go into which columns."""

import json

from quartier.catalog import Label, Property, ValueType
from quartier.collect.projector.fitting import Source, fitted
from quartier.collect.projector.learning import Values, learned_property, sightings, widened_property
from quartier.collect.projector.naming import column_name, event_key, event_name, pointer
from quartier.collect.projector.shapes import Kind, shape_of

NAME = Label(en="name", fr="nom")


def _held(**types: ValueType) -> dict[str, Property]:
    return {name: Property(name=name, type=type_, label=NAME) for name, type_ in types.items()}


def _structure(**values: object) -> str:
    return json.dumps(values)


def test_names_are_written_as_identifiers_are_and_never_taken_from_quartier() -> None:
    assert column_name(("productId",)) == column_name(("product_id",)) == "product_id"
    assert column_name(("address", "postalCode")) == "address_postal_code"
    assert [column_name((each,)) for each in ("rest", "event_id", "account")] == ["rest_", "event_id_", "account_"]


def test_names_in_another_script_stay_apart() -> None:
    keys = {event_key(each) for each in ("注文", "支払", "Order Completed", "order completed")}
    assert len(keys) == 3
    assert event_name("Order Completed") == "Order Completed"
    assert event_name("注文").startswith("注文 ")
    assert column_name(("cœur",)) == "cur"


def test_pointers_escape_what_rfc_6901_says() -> None:
    assert pointer(("a/b", "c~d")) == "/a~1b/c~0d"


def test_a_shape_is_flattened_one_level_and_products_are_lines() -> None:
    structure = _structure(
        a={"b": "VARCHAR", "c": {"d": "DOUBLE"}}, n=["NULL"], t=["UBIGINT"], products=[{"price": "DOUBLE"}]
    )
    kinds = {leaf.path: leaf.kind for leaf in shape_of(structure).leaves}
    assert kinds == {
        ("a", "b"): Kind.STRING, ("a", "c"): Kind.OTHER, ("n",): Kind.EMPTY, ("t",): Kind.TEXTS,
        ("products",): Kind.LINES,
    }  # fmt: skip


def test_what_fits_needs_no_look_at_the_rest() -> None:
    columns, odd = fitted(
        [_structure(plan="VARCHAR", size="UBIGINT")], _held(plan=ValueType.TEXT, size=ValueType.NUMBER)
    )
    assert [(each.name, each.sources) for each in columns] == [
        ("plan", (Source(("plan",)),)), ("size", (Source(("size",)),))
    ]  # fmt: skip
    assert odd == ()


def test_a_value_of_another_kind_stays_in_the_rest_under_its_key() -> None:
    structure = _structure(plan="VARCHAR", size="VARCHAR", new="DOUBLE")
    _, (odd,) = fitted([structure], _held(plan=ValueType.TEXT, size=ValueType.NUMBER))
    assert set(odd.misfits) == {"/size", "/new"}
    assert odd.patch == '{"plan": null}'


def test_of_two_keys_for_one_column_the_first_one_that_is_not_empty_has_it() -> None:
    held = _held(price=ValueType.NUMBER)
    _, (odd,) = fitted([_structure(Price="VARCHAR", price="DOUBLE")], held)
    assert set(odd.misfits) == {"/Price", "/price"}
    columns, odd_ones = fitted([_structure(Price="NULL", price="DOUBLE")], held)
    assert (columns[0].sources, odd_ones) == ((Source(("price",)),), ())


def test_a_field_that_does_not_fit_keeps_the_lines_in_the_rest_and_the_others_in_the_column() -> None:
    lines = Property(
        name="products",
        type=ValueType.LINES,
        label=NAME,
        properties=tuple(_held(price=ValueType.NUMBER, sku=ValueType.TEXT).values()),
    )
    (column,), (odd,) = fitted([_structure(products=[{"price": "VARCHAR", "sku": "VARCHAR"}])], {"products": lines})
    assert [each.sources for each in column.lines] == [(), (Source(("sku",)),)]
    assert (odd.misfits, odd.patch) == (("/products/price",), "{}")


def test_a_new_name_gets_the_type_of_its_values() -> None:
    seen = sightings([_structure(order_id="UBIGINT", size="UBIGINT", flag="BOOLEAN", when="VARCHAR", tags=["VARCHAR"])])
    dates = Values(("2026-01-02",), are_dates=True, are_instants=True)
    found = {name: learned_property(each, dates if name == "when" else Values(("7",))) for name, each in seen.items()}
    assert {name: each.type for name, each in found.items() if each} == {
        "order_id": ValueType.TEXT, "size": ValueType.INTEGER, "flag": ValueType.BOOLEAN, "when": ValueType.DATE,
        "tags": ValueType.TEXTS,
    }  # fmt: skip
    assert {name for name, each in found.items() if each and not each.is_new} == {"order_id"}


def test_types_only_ever_widen() -> None:
    held = _held(size=ValueType.INTEGER, plan=ValueType.TEXT)
    seen = sightings([_structure(size="DOUBLE", plan="UBIGINT")])
    widened = {name: widened_property(held[name], seen[name], Values()).type for name in held}
    assert widened == {"size": ValueType.NUMBER, "plan": ValueType.TEXT}


def test_only_names_that_nobody_has_heard_of_wait_in_the_inbox() -> None:
    seen = sightings(['{"revenue":"DOUBLE","sku":"VARCHAR","city":"VARCHAR","shoe_size":"UBIGINT"}'])
    found = {name: learned_property(each, Values(("Lyon",))) for name, each in seen.items()}
    assert {name for name, each in found.items() if each and each.is_new} == {"shoe_size"}
