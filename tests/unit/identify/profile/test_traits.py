"""What a profile says of one trait: the value that is held, since when, from where, and what was held before."""

import datetime as dt

from quartier.catalog import Catalog, Family, Label, Meaning, Sensitivity, Trait, ValueType
from quartier.identify.profile.traits import Change, Computed, Told, computed_by, held_values, known, masked, name_of


def day(year: int, month: int, of_month: int) -> dt.datetime:
    """An instant as the engine holds it: in UTC, without a zone."""
    return dt.datetime(year, month, of_month, tzinfo=dt.UTC).replace(tzinfo=None)


FIRST = Told(day(2026, 1, 1), 1)
SPRING, SUMMER = Told(day(2026, 4, 1), 5), Told(day(2026, 7, 1), 9)
CHANGES = [Change(SPRING, "free", "pro"), Change(SUMMER, "pro", "team")]
LATE = day(2026, 11, 1)
SOURCES = {1: "customers.csv", 5: "crm.csv", 9: "web"}


def trait(name: str = "plan", **other) -> Trait:
    given = {"type": ValueType.TEXT, "family": Family.ACCOUNT, "label": Label(en=name, fr=name), **other}
    return Trait(name=name, **given)


def source_of(told: Told) -> str | None:
    return SOURCES.get(told.seq)


def test_values_come_newest_first_with_their_instants_and_sources():
    found = held_values("team", CHANGES, FIRST, LATE, source_of)
    assert [(each.value, each.source) for each in found] == [
        ("team", "web"),
        ("pro", "crm.csv"),
        ("free", "customers.csv"),
    ]
    assert [each.until and each.until.month for each in found] == [None, 7, 4]
    assert all(each.since.tzinfo is dt.UTC for each in found)


def test_as_of_an_instant_later_changes_did_not_happen():
    (held,) = held_values("team", CHANGES, FIRST, day(2026, 3, 1), source_of)
    assert (held.value, held.until) == ("free", None)


def test_a_value_that_came_upon_nothing_has_none_before_it():
    found = held_values("pro", [Change(SPRING, None, "pro")], FIRST, LATE, source_of)
    assert [each.value for each in found] == ["pro"]
    assert found[0].source == "crm.csv"


def test_a_trait_tells_how_many_values_were_held_before():
    said = known(trait(), held_values("team", CHANGES, FIRST, LATE, source_of), shows_all=False)
    assert (said.value, said.source, said.earlier, said.is_masked) == ("team", "web", 2, False)


def test_sensitive_values_are_masked_unless_asked_for():
    values = held_values("team", CHANGES, FIRST, LATE, source_of)
    for sensitivity in (Sensitivity.SENSITIVE, Sensitivity.SPECIAL):
        hidden = known(trait(sensitivity=sensitivity), values, shows_all=False)
        assert (hidden.value, hidden.is_masked) == (None, True)
        assert "team" not in str(hidden.as_json())
        assert known(trait(sensitivity=sensitivity), values, shows_all=True).value == "team"
    assert {each.value for each in masked(values)} == {None}


def test_a_computed_trait_is_said_by_its_model_as_of_its_run():
    at = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    computed = computed_by(trait("rfm_class", origin="computed"), {"rfm_class": Computed("rfm", at)})
    said = known(
        trait("rfm_class"), held_values("loyal", [], FIRST, LATE, source_of), shows_all=False, computed=computed
    )
    assert (said.source, said.since) == ("rfm", at)
    assert computed_by(trait("rfm_class"), {"rfm_class": Computed("rfm", at)}) is None


def test_a_person_is_called_by_name_else_by_e_mail_else_by_the_public_id():
    named = [("first", Meaning.FIRST_NAME), ("last", Meaning.LAST_NAME), ("mail", Meaning.EMAIL)]
    catalog = Catalog(traits=tuple(trait(name, meaning=meaning) for name, meaning in named))
    assert name_of(catalog, {"first": "Ana", "last": "Dupont", "mail": "a@b.fr"}, "p_1") == "Ana Dupont"
    assert name_of(catalog, {"first": None, "last": "Dupont"}, "p_1") == "Dupont"
    assert name_of(catalog, {"mail": "a@b.fr"}, "p_1") == "a@b.fr"
    assert name_of(catalog, {}, "p_1") == "p_1"
