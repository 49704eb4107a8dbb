"""Segments of accounts at work: applied, logged, listed, explained, kept out where persons are needed."""

import pytest

import quartier
from quartier.cli.main import run
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.errors import InvalidDefinition, InvalidRequest, UnknownName
from quartier.store import membership, refreshes

ACCOUNTS = {"layout": "accounts", "columns": {"id": "account_id", "sector": "trait.industry", "n": "trait.employees"}}
PERSONS = {"layout": "persons", "columns": {"id": "user_id", "company": "account_id"}}
ORDERS = {
    "layout": "orders",
    "columns": {"no": "order_id", "who": "user_id", "day": "time", "total": "property.revenue"},
}
FILES = {
    "accounts.csv": ("id,sector,n\nB1,Software,250\nB2,Trade,12\nB3,Software,3\n", ACCOUNTS),
    "persons.csv": ("id,company\n7,B1\n8,B1\n9,B2\n10,\n", PERSONS),
    "orders.csv": ("no,who,day,total\n1,7,2026-01-05,10\n2,8,2026-02-05,10\n3,9,2026-03-05,10\n", ORDERS),
}
SOFTWARE = {"segment": "software", "of": "account", "where": {"trait": "industry", "is": "Software"}}
BUYING = {"segment": "buying", "of": "account", "where": {"at_least": 2, "persons": {"event": "Order Completed"}}}
THEIR_PERSONS = {"segment": "their-persons", "where": {"account": {"segment": "buying"}}}


@pytest.fixture
def shop(filled) -> quartier.Workspace:
    return filled(fill)


def fill(workspace: quartier.Workspace, _clock: FixedClock) -> None:
    for name, (text, mapping) in FILES.items():
        path = workspace.folder / name
        path.write_text(text, encoding="utf-8")
        workspace.collect(path, Mapping.read(dict(mapping)))
    workspace.apply_segments([SOFTWARE, BUYING, THEIR_PERSONS])


def test_segments_of_both_kinds_are_applied_together_and_hold_their_own_members(shop: quartier.Workspace) -> None:
    assert {each.definition.name: each.size for each in shop.segments()} == {
        "software": 2, "buying": 1, "their-persons": 2,
    }  # fmt: skip
    found = shop.members("software", ["account", "employees"]).drop_columns("account_id")
    assert found.to_pylist() == [{"account": "B1", "employees": 250}, {"account": "B3", "employees": 3}]
    assert shop.members("their-persons", ["user_id"])["user_id"].to_pylist() == ["7", "8"]
    assert (shop.count_everyone(), shop.count_accounts()) == (4, 3)


def test_a_refresh_follows_accounts_and_those_who_change_theirs(shop: quartier.Workspace) -> None:
    shop.refresh()
    path = shop.folder / "more.csv"
    path.write_text("id,company\n9,B1\n7,B3\n", encoding="utf-8")
    shop.collect(path, Mapping.read(dict(PERSONS)))
    path.write_text("id,sector,n\nB2,Software,13\n", encoding="utf-8")
    shop.collect(path, Mapping.read(dict(ACCOUNTS)))
    moved = {each.definition.name: (each.entered, each.left, each.size) for each in shop.refresh()}
    assert moved == {"software": (1, 0, 3), "buying": (0, 0, 1), "their-persons": (1, 1, 2)}


@pytest.fixture
def large(workspace: quartier.Workspace) -> quartier.Workspace:
    """Forty accounts of two persons each, of whom the first has bought."""
    numbers = range(40)
    collect(workspace, ACCOUNTS, "id,sector,n", [f"B{n},Software,{n}" for n in numbers])
    collect(workspace, PERSONS, "id,company", [f"{n},B{n % 40}" for n in range(80)])
    collect(workspace, ORDERS, "no,who,day,total", [f"{n},{n},2026-01-05,10" for n in numbers])
    workspace.apply_segments([SOFTWARE, BUYING, THEIR_PERSONS])
    workspace.refresh()
    return workspace


def collect(ws: quartier.Workspace, mapping: dict[str, object], header: str, rows: list[str]) -> None:
    path = ws.folder / "rows.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    ws.collect(path, Mapping.read(dict(mapping)))


HAPPENED = [  # what is collected, and how many persons and accounts at most it makes a refresh look at
    (ORDERS, "no,who,day,total", "50,41,2026-03-05,10", 4),  # the buyer, the account, its persons
    (PERSONS, "id,company", "5,B6", 5),
    (PERSONS, "id,company", "5,B99", 4),
    (ACCOUNTS, "id,sector,n", "B7,Trade,7", 1),
    (ACCOUNTS, "id,sector,n", "B98,Software,7", 1),
]


def test_a_refresh_looks_at_few_of_many_accounts(large: quartier.Workspace) -> None:
    for mapping, header, row, at_most in HAPPENED:
        collect(large, mapping, header, [row])
        large.refresh()
        with large.store.begin() as connection:
            members, last = membership.members_now(connection), refreshes.last(connection)
        assert members == {name: large.evaluated(name).members for name in members}
        assert last is not None
        assert last.touched is not None
        assert last.touched <= at_most


def test_an_account_that_is_collected_after_its_persons_is_linked_and_noted(large: quartier.Workspace) -> None:
    collect(large, PERSONS, "id,company", ["5,B97", "6,B97", "45,B97"])
    collect(large, ORDERS, "no,who,day,total", ["50,45,2026-03-05,10"])
    large.refresh()
    collect(large, ACCOUNTS, "id,sector,n", ["B97,Trade,7"])
    moved = {each.definition.name: (each.entered, each.left) for each in large.refresh()}
    assert moved == {"software": (0, 0), "buying": (1, 0), "their-persons": (3, 0)}


def test_accounts_are_explained_by_their_number(shop: quartier.Workspace) -> None:
    assert shop.explain("buying", "B1").holds
    assert not shop.explain("buying", "B2").holds
    with pytest.raises(UnknownName, match="no account has this identifier"):
        shop.explain("buying", "7")


def test_a_campaign_over_accounts_is_refused_with_the_way_to_their_persons(shop: quartier.Workspace) -> None:
    with pytest.raises(InvalidRequest, match="segment of accounts") as refused:
        shop.freeze({"name": "spring", "segment": "buying"})
    assert "account: {segment: buying}" in refused.value.to("en")


def test_a_segment_stays_of_what_it_is(shop: quartier.Workspace) -> None:
    with pytest.raises(InvalidDefinition, match="is of accounts and stays so"):
        shop.apply_segments([{"segment": "software", "where": {"event": "Order Completed"}}])


def test_the_list_says_of_whom_each_segment_is(shop: quartier.Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    shop.close()
    assert run(["-w", str(shop.folder), "segment", "list"], {}) == 0
    told = capsys.readouterr().out
    assert "of 4 persons and 3 accounts" in told
    assert told.splitlines()[1].split() == ["buying", "accounts", "1", "33.3%"]
