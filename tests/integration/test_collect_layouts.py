"""Events, accounts, orders: every layout keeps its persons, and says what it could not use."""

import pytest

import quartier
from quartier.catalog import Meaning
from quartier.collect import run as collecting
from quartier.collect.definition import Mapping
from quartier.collect.summary import ImportSummary
from quartier.engine import Query
from quartier.errors import InvalidDefinition, WorkspaceDamaged

EVENTS = (
    "event_id,visitor,what,when,page\ne1,v1,Page Viewed,2026-01-05T10:00:00Z,home\n"
    "e2,v1,Product Viewed,2026-01-05T10:01:00Z,shoes\ne2,v1,Product Viewed,2026-01-05T10:01:00Z,shoes\n"
    "e2,v2,Product Viewed,2026-01-06T10:01:00Z,hats\ne3,v2,,2026-01-06T10:02:00Z,hats\n"
)
OF_EVENTS = {"layout": "events", "columns": {
    "event_id": "event_id", "visitor": "anonymous_id", "what": "event", "when": "time", "page": "property.page",
}}  # fmt: skip
PERSONS = {"layout": "persons", "columns": {"id": "user_id", "mail": "email", "tel": "phone", "city": "trait.city"}}
ORDERS = {"layout": "orders", "columns": {
    "no": "order_id", "who": "user_id", "mail": "email", "day": "time", "total": "property.revenue",
}}  # fmt: skip


def collected(
    workspace: quartier.Workspace, text: str, mapping: dict[str, object], name: str = "file.csv"
) -> ImportSummary:
    path = workspace.folder / name
    path.write_text(text)
    return workspace.collect(path, Mapping.read(mapping))


def rows(workspace: quartier.Workspace, sql: str) -> list[tuple[object, ...]]:
    return workspace.engine.rows(Query(sql))


def counts(summary: ImportSummary) -> tuple[int, int, int, int]:
    return summary.rows_in, summary.stored, summary.duplicates, summary.rejected


def test_events_go_to_the_table_of_their_type_and_each_number_counts_once(workspace: quartier.Workspace) -> None:
    summary = collected(workspace, EVENTS, OF_EVENTS)
    assert counts(summary) == (5, 2, 1, 2)
    assert summary.events == {"Page Viewed": 1, "Product Viewed": 1}
    assert rows(workspace, "select event_id, page from event_product_viewed") == [("e2", "shoes")]
    assert rows(workspace, "select anonymous_id from person order by 1") == [("v1",)]
    assert sorted((column, n) for column, _, n in summary.reasons) == [("event_id", 1), ("what", 1)]
    assert counts(collected(workspace, EVENTS, OF_EVENTS, "again.csv")) == (5, 0, 3, 2)


def test_accounts_are_kept_beside_the_persons_who_belong_to_them(workspace: quartier.Workspace) -> None:
    accounts = {"layout": "accounts", "columns": {"id": "account_id", "name": "trait.company", "n": "trait.employees"}}
    summary = collected(workspace, "id,name,n\nB1,Fontaine,15\nB2,Dubois,2\n,Nobody,1\n", accounts)
    assert counts(summary) == (3, 2, 0, 1)
    assert (summary.accounts, summary.persons) == (2, 0)
    assert rows(workspace, "select account, company, employees from account order by 1") == [
        ("B1", "Fontaine", 15), ("B2", "Dubois", 2),
    ]  # fmt: skip
    members = {"layout": "persons", "columns": {"id": "user_id", "company": "account_id"}}
    collected(workspace, "id,company\n7,B1\n", members, "members.csv")
    assert rows(workspace, "select user_id, account from person") == [("7", "B1")]


OF_ACCOUNTS = {"layout": "accounts", "columns": {"id": "account_id", "name": "trait.company"}}
OF_THEIR_PERSONS = {"layout": "persons", "columns": {"id": "user_id", "company": "account_id"}}
LINKS = """select p.user_id, a.account from person_account join person p using (person_key)
           join account a using (account_key) order by 1, 2"""


def test_persons_belong_to_the_account_that_they_name_whichever_comes_first(workspace: quartier.Workspace) -> None:
    collected(workspace, "id,company\n7,B1\n8,B2\n9,\n10,B9\n", OF_THEIR_PERSONS, "persons.csv")
    assert rows(workspace, "select * from person_account") == []
    collected(workspace, "id,name\nB1,Fontaine\nB2,Dubois\n", OF_ACCOUNTS, "accounts.csv")
    assert rows(workspace, LINKS) == [("7", "B1"), ("8", "B2")]
    collected(workspace, "id,company\n8,B1\n11,B2\n", OF_THEIR_PERSONS, "more.csv")
    assert rows(workspace, LINKS) == [("11", "B2"), ("7", "B1"), ("8", "B1")]
    collected(workspace, "id,name\nB9,Tardif\n", OF_ACCOUNTS, "late.csv")
    linked = [("10", "B9"), ("11", "B2"), ("7", "B1"), ("8", "B1")]
    assert rows(workspace, LINKS) == linked
    workspace.rebuild()
    assert rows(workspace, LINKS) == linked


def test_a_number_of_an_account_is_the_same_with_and_without_decimals(workspace: quartier.Workspace) -> None:
    collected(workspace, "id,name\n17,Fontaine\n", OF_ACCOUNTS, "accounts.csv")
    collected(workspace, "id,company\n7,17.0\n8,18.0\n", OF_THEIR_PERSONS, "persons.csv")
    assert rows(workspace, LINKS) == [("7", "17")]


def test_what_the_catalog_calls_the_number_of_an_account_links_to_it(workspace: quartier.Workspace) -> None:
    collected(workspace, "id,name\n17,Fontaine\nB2,Dubois\n", OF_ACCOUNTS, "accounts.csv")
    columns = {"id": "user_id", "firm": {"to": "trait.firm", "type": "integer"}}
    collected(workspace, "id,firm\n7,17\n", {"layout": "persons", "columns": columns}, "persons.csv")
    assert rows(workspace, LINKS) == []
    catalog = workspace.catalog
    firm = catalog.trait("firm")
    assert firm is not None
    workspace.put_catalog(catalog.with_traits(firm.model_copy(update={"meaning": Meaning.ACCOUNT_ID})))
    assert rows(workspace, LINKS) == [("7", "17")]


def test_a_workspace_made_before_there_were_links_gets_them_when_it_is_opened(workspace: quartier.Workspace) -> None:
    collected(workspace, "id,name\nB1,Fontaine\n", OF_ACCOUNTS, "accounts.csv")
    collected(workspace, "id,company\n7,B1\n", OF_THEIR_PERSONS, "persons.csv")
    workspace.engine.drop("person_account")
    workspace.close()
    with quartier.open(workspace.folder) as again:
        assert rows(again, LINKS) == [("7", "B1")]


def test_identifiers_are_traits_with_their_meaning_in_every_layout(workspace: quartier.Workspace) -> None:
    collected(workspace, "no,who,mail,day,total\n1,C7,ann@x.fr,2026-01-05,10\n", ORDERS)
    catalog = workspace.catalog
    for meaning in (Meaning.USER_ID, Meaning.EMAIL):
        trait = catalog.with_meaning(meaning)
        assert trait is not None
        assert trait.name == meaning.value
    assert rows(workspace, "select user_id, email from person") == [("C7", "ann@x.fr")]


def test_an_impossible_email_is_kept_and_told_and_identifies_nobody(workspace: quartier.Workspace) -> None:
    text = "id,mail,tel,city\n1,ann(at)x.fr,,Lyon\n2,ann(at)x.fr,call me,Paris\n3,bo@x.fr,01 23 45 67 89,Nice\n"
    summary = collected(workspace, text, PERSONS)
    assert counts(summary) == (3, 3, 0, 0)
    assert rows(workspace, "select user_id, email, phone from person order by 1") == [
        ("1", "ann(at)x.fr", None), ("2", "ann(at)x.fr", "call me"), ("3", "bo@x.fr", "01 23 45 67 89"),
    ]  # fmt: skip
    assert [each.to("en").partition(":")[0] for each in summary.findings] == [
        "2 rows have an e-mail address that cannot be one", "1 row has a phone number that cannot be one",
        "1 row has a phone number that only fills the field",
    ]  # fmt: skip
    assert counts(collected(workspace, text, PERSONS, "again.csv")) == (3, 0, 3, 0)


def test_a_row_with_nothing_but_an_impossible_email_is_rejected_with_it(workspace: quartier.Workspace) -> None:
    summary = collected(workspace, "id,mail,tel,city\n,nobody,,Lyon\n1,,,Nice\n", PERSONS)
    assert counts(summary) == (2, 1, 0, 1)
    assert summary.rejected_file is not None
    told = summary.rejected_file.read_text().splitlines()[1]
    assert told.startswith("2,mail,nobody,")
    assert "nobody's e-mail address" in told


def test_an_email_of_two_persons_is_told_in_words(workspace: quartier.Workspace) -> None:
    text = "id,mail,tel,city\n1,a@x.fr,,Lyon\n2,a@x.fr,,Nice\n"
    (finding,) = collected(workspace, text, PERSONS).findings
    assert finding.to("en") == "1 e-mail address belongs to several persons, who were kept apart"
    assert finding.to("fr") == "1 adresse e-mail appartient à plusieurs personnes, qui restent distinctes"


def test_rejected_rows_of_two_files_of_which_nothing_is_stored_are_both_kept(workspace: quartier.Workspace) -> None:
    first = collected(workspace, "id,mail,tel,city\n,,,Lyon\n", PERSONS)
    second = collected(workspace, "id,mail,tel,city\n,,,Nice\n,,,Metz\n", PERSONS)
    assert first.rejected_file is not None
    assert second.rejected_file is not None
    assert [len(each.rejected_file.read_text().splitlines()) for each in (first, second)] == [2, 3]  # type: ignore[union-attr]  # both are there


def test_rebuild_drops_nothing_when_an_original_is_gone(workspace: quartier.Workspace) -> None:
    collected(workspace, "id,mail,tel,city\n1,a@x.fr,,Lyon\n", PERSONS)
    collected(workspace, "id,mail,tel,city\n2,b@x.fr,,Nice\n", PERSONS, "second.csv")
    (workspace.folder / "imports" / "000002-second.csv").unlink()
    with pytest.raises(WorkspaceDamaged, match="no longer at"):
        collecting.rebuild(workspace.store, workspace.engine, workspace.config, workspace.folder)
    assert rows(workspace, "select count(*) from person") == [(2,)]


def test_a_file_cannot_write_a_computed_trait(workspace: quartier.Workspace) -> None:
    collected(workspace, "no,who,mail,day,total\n1,C7,,2026-01-05,10\n2,C8,,2026-01-06,12\n", ORDERS)
    workspace.run_model({"model": "rfm"})
    computed = next(each.name for each in workspace.catalog.traits if each.origin == "computed")
    mapping = {"layout": "persons", "columns": {"id": "user_id", "x": f"trait.{computed}"}}
    with pytest.raises(InvalidDefinition, match="is a computed trait already"):
        collected(workspace, "id,x\nC7,1\n", mapping, "x.csv")


@pytest.mark.parametrize(
    ("mapping", "en", "fr"),
    [
        ({"layout": "persons", "columns": {"a": "nobody"}}, "cannot be “nobody”", "ne peut pas être"),
        ({"layout": "persons", "columns": {"a": "email", "b": "email"}}, "“a”, “b” → email", "“a”, “b” → email"),
        ({"layout": "events", "columns": {"a": "email"}}, "events have no name", "les événements n'ont pas de nom"),
        ({"layout": "persons", "currency": "XXZ", "columns": {"a": "email"}}, "unknown currency", "devise inconnue"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_told_in_both_languages(mapping: dict[str, object], en: str, fr: str) -> None:
    with pytest.raises(InvalidDefinition) as told:
        Mapping.read(mapping)
    assert en in told.value.to("en")
    assert fr in told.value.to("fr")
