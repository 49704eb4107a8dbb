"""New names wait until someone says what they are."""

import pytest

from quartier.catalog import Catalog, EventType, Family, Label, Property, Sensitivity, Trait, ValueType
from quartier.catalog.inbox import Answer, classified, waiting
from quartier.errors import UnknownName

NAME = Label(en="Size", fr="Taille")


def _property(name: str, *, is_new: bool = True) -> Property:
    return Property(name=name, type=ValueType.TEXT, label=NAME, is_new=is_new)


LINES = Property(
    name="products", type=ValueType.LINES, label=NAME, properties=(_property("size"), _property("sku", is_new=False))
)
CATALOG = Catalog(
    traits=(
        Trait(name="size", type=ValueType.TEXT, family=Family.NEEDS, label=NAME, is_new=True),
        Trait(name="size", type=ValueType.TEXT, family=Family.NEEDS, label=NAME, of="account", is_new=True),
        Trait(name="city", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=NAME),
    ),
    events=(
        EventType(name="Order Completed", label=NAME, properties=(_property("gift"), LINES)),
        EventType(name="Shelf Seen", label=NAME, properties=(_property("height"),), is_new=True),
    ),
)


def test_everything_that_nobody_classified_waits() -> None:
    assert [each.place for each in waiting(CATALOG)] == [
        "traits.size", "traits.account.size", "events.Order Completed.gift", "events.Order Completed.products.size",
        "events.Shelf Seen", "events.Shelf Seen.height",
    ]  # fmt: skip


def test_an_answer_is_taken_for_the_names_given_and_no_other() -> None:
    answer = Answer(Family.DEMOGRAPHIC, Sensitivity.SENSITIVE, Label(en="Shoe size", fr="Pointure"))
    after = classified(CATALOG, ["traits.size"], answer)
    trait = after.trait("size")
    assert trait is not None
    assert (trait.family, trait.sensitivity, trait.label.fr, trait.is_new) == (
        Family.DEMOGRAPHIC, Sensitivity.SENSITIVE, "Pointure", False,
    )  # fmt: skip
    assert after.trait("size", "account") == CATALOG.trait("size", "account")
    assert next(each.place for each in waiting(after)) == "traits.account.size"


def test_an_event_type_is_classified_with_its_properties() -> None:
    after = classified(CATALOG, ["events.Shelf Seen", "events.Order Completed.products.size"])
    assert [each.place for each in waiting(after)] == [
        "traits.size", "traits.account.size", "events.Order Completed.gift",
    ]  # fmt: skip


def test_when_all_is_classified_nothing_else_has_changed() -> None:
    after = classified(CATALOG, [each.place for each in waiting(CATALOG)])
    assert waiting(after) == ()
    shown = {"traits": {"__all__": {"is_new"}}}
    assert after.model_dump(exclude=shown)["traits"] == CATALOG.model_dump(exclude=shown)["traits"]


def test_a_name_that_does_not_wait_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"did you mean traits\.size"):
        classified(CATALOG, ["traits.siez"])
