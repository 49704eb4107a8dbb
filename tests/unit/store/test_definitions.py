"""Documents in all their versions."""

import datetime as dt

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from quartier.catalog import Catalog, Family, Label, Trait, ValueType
from quartier.errors import InvalidRequest
from quartier.store import Store, catalogs, definitions

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@pytest.fixture
def connection():
    store = Store("sqlite://", AT)
    with store.begin() as opened:
        yield opened
    store.close()


def save(connection, document, *, name="loyal", kind="segment", at=AT):
    return definitions.save(connection, kind, name, document, author="ann", at=at)


def test_a_changed_document_is_a_new_version_and_the_last_one_is_in_force(connection):
    first = save(connection, {"label": "Loyal"})
    second = save(connection, {"label": "Fidèles"}, at=AT + dt.timedelta(hours=1))
    assert (first.version, second.version) == (1, 2)
    found = definitions.latest(connection, "segment", "loyal")
    assert found == second
    assert found.document == {"label": "Fidèles"}
    assert (found.author, found.at) == ("ann", AT + dt.timedelta(hours=1))


def test_an_equal_document_adds_no_version_whatever_the_order_of_its_keys(connection):
    first = save(connection, {"a": 1, "b": {"c": 2, "d": 3}})
    again = save(connection, {"b": {"d": 3, "c": 2}, "a": 1}, at=AT + dt.timedelta(days=1))
    assert again == first


def test_a_document_put_back_to_an_older_form_is_a_new_version(connection):
    for label in ("a", "b", "a"):
        last = save(connection, {"label": label})
    assert last.version == 3


def test_names_of_different_kinds_do_not_meet(connection):
    save(connection, {"a": 1}, kind="segment")
    save(connection, {"a": 2}, kind="campaign")
    save(connection, {"a": 3}, kind="campaign")
    assert [each.document for each in definitions.all_latest(connection, "segment")] == [{"a": 1}]
    assert [each.version for each in definitions.all_latest(connection, "campaign")] == [2]


def test_all_documents_of_a_kind_come_by_name_in_their_last_version(connection):
    for name, value in (("b", 1), ("a", 1), ("b", 2)):
        save(connection, {"value": value}, name=name)
    found = definitions.all_latest(connection, "segment")
    assert [(each.name, each.version, each.document) for each in found] == [
        ("a", 1, {"value": 1}),
        ("b", 2, {"value": 2}),
    ]


def test_a_name_that_nothing_has_is_none(connection):
    assert definitions.latest(connection, "segment", "loyal") is None
    assert definitions.all_latest(connection, "segment") == []


def test_every_version_is_kept_with_its_author_and_undo_is_one_more(connection):
    first = save(connection, {"label": "a"})
    save(connection, {"label": "b"}, at=AT + dt.timedelta(hours=1))
    definitions.save(connection, "segment", "loyal", first.document, author="bob", at=AT + dt.timedelta(hours=2))
    found = definitions.versions(connection, "segment", "loyal")
    assert [(each.version, each.document["label"], each.author) for each in found] == [
        (1, "a", "ann"), (2, "b", "ann"), (3, "a", "bob"),
    ]  # fmt: skip
    assert definitions.versions(connection, "segment", "nothing") == []


def test_a_retired_document_is_out_of_force_until_it_is_saved_again(connection):
    save(connection, {"a": 1})
    later = AT + dt.timedelta(days=1)
    retired = definitions.retire(connection, "segment", "loyal", author="bob", at=later)
    assert (retired.version, retired.is_retired, retired.author) == (2, True, "bob")
    assert definitions.all_latest(connection, "segment") == []
    assert definitions.latest(connection, "segment", "loyal") == retired
    back = save(connection, {"a": 1}, at=later)
    assert (back.version, back.is_retired) == (3, False)
    assert definitions.all_latest(connection, "segment") == [back]


def test_what_is_not_in_force_cannot_be_retired(connection):
    def retire():
        return definitions.retire(connection, "segment", "loyal", author="bob", at=AT)

    assert retire() is None
    save(connection, {"a": 1})
    assert retire() is not None
    assert retire() is None
    assert len(definitions.versions(connection, "segment", "loyal")) == 2


@given(st.dictionaries(st.text(), JSON, max_size=5))
def test_equal_documents_have_equal_digests_and_others_do_not(document):
    reversed_keys = dict(reversed(document.items()))
    assert definitions.digest_of(document) == definitions.digest_of(reversed_keys)
    assert definitions.digest_of(document) != definitions.digest_of({**document, "one more": 1})


def test_the_catalog_is_empty_in_a_new_store_and_reads_back_as_saved(connection):
    assert catalogs.load(connection) == Catalog()
    trait = Trait(
        name="country", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=Label(en="Country", fr="Pays {x}")
    )
    catalogs.save(connection, Catalog(traits=(trait,)), author="ann", at=AT)
    catalogs.save(connection, Catalog(traits=(trait,)), author="ann", at=AT)
    assert catalogs.load(connection) == Catalog(traits=(trait,))
    assert definitions.latest(connection, "catalog", "catalog").version == 1


@pytest.mark.parametrize(("kind", "name"), [("segment", "new"), ("segment", "drafts"), ("campaign", "quality")])
def test_nothing_new_gets_a_name_that_a_page_has_and_what_has_it_already_keeps_it(connection, kind: str, name: str):
    with pytest.raises(InvalidRequest, match=name):
        save(connection, {"a": 1}, kind=kind, name=name)
    connection.execute(
        sa.insert(definitions.definitions).values(
            kind=kind, name=name, version=1, digest="x", document={}, author="ann", at=AT, is_retired=False
        )
    )
    assert save(connection, {"a": 1}, kind=kind, name=name).version == 2
