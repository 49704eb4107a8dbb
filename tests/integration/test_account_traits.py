"""What is computed of accounts: records cleaned, hierarchies, what their persons do; live as after a rebuild."""

import datetime as dt
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

import quartier
from quartier.api.account_models import Account
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.config import Config
from quartier.engine import Query
from quartier.errors import InvalidRequest, UnknownName
from quartier.serve.app import assembled
from tests.conftest import NOW
from tests.projecting import canonical

ACCOUNTS = (
    "account_id,company,effectif,chiffre_d_affaires,naf,date_immatriculation,site_web,siren,parent_id,pays,code_postal\n"
    "B1,SARL Dupont & Fils,12,900000,62.01Z,2001-05-04,https://www.dupont.example/,732829320,,France,75011\n"
    "B2,Dupont Belgique,300,,,2020-12-31,dupont.be,732829321,B1,Belgique,1000\n"
    "B3,Garage Morel,3,,45.20A,1999-01-01,,,B2,France,97400\n"
    "B4,Alone SAS,49,20000000,Conseil,,,,B99,,\n"
)
PERSONS = {"layout": "persons", "columns": {"id": "user_id", "company": "account_id", "role": "trait.account_role"}}
ORDERS = {
    "layout": "orders",
    "columns": {"no": "order_id", "who": "user_id", "day": "time", "total": "property.revenue"},
}
FIRM = ("account", "firm_size", "firm_sector", "firm_age", "firm_legal_form", "firm_domain", "firm_siren",
        "place_country", "place_region")  # fmt: skip


def collect(ws: quartier.Workspace, text: str, mapping: dict[str, object] | None = None) -> None:
    path = ws.folder / "rows.csv"
    path.write_text(text, encoding="utf-8")
    ws.collect(path, Mapping.read(dict(mapping)) if mapping else None)


def utc(*parts: int) -> dt.datetime:
    """An instant as the engine holds it: in UTC, without a zone."""
    return dt.datetime(*parts, tzinfo=dt.UTC).replace(tzinfo=None)  # type: ignore[arg-type, misc]  # year to minute


def read(ws: quartier.Workspace, *names: str, table: str = "account") -> list[tuple[object, ...]]:
    listed = ", ".join(names)
    return ws.engine.rows(Query(f"select {listed} from {table} order by all"))


ORDERED = (
    "no,who,day,total\n1,7,2026-01-05,10\n2,8,2026-11-01,10.5\n3,9,2026-09-15,20\n4,9,2026-12-24,7\n5,10,2026-11-11,5\n"
)


def fill(ws: quartier.Workspace, _clock: FixedClock | None = None) -> None:
    collect(ws, ACCOUNTS)
    collect(ws, "id,company,role\n7,B1,Décideur\n8,B1,utilisateur\n9,B2,Chef\n10,,\n", PERSONS)
    collect(ws, ORDERED, ORDERS)


@pytest.fixture
def shop(filled) -> quartier.Workspace:
    """Four companies, four persons, five orders."""
    return filled(fill)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[quartier.Workspace]:
    """The same for tests that only read."""
    folder = tmp_path_factory.mktemp("accounts") / "shop"
    quartier.create(folder, Config(name="Tiny shop", memory_limit="512MB", threads=1))
    with quartier.open(folder, clock=FixedClock(NOW)) as opened:
        fill(opened)
        opened.apply_segments([{"segment": "large", "of": "account", "where": {"trait": "firm_size", "is": "large"}}])
        yield opened


def test_records_of_companies_are_cleaned_and_what_was_given_stays(standing: quartier.Workspace) -> None:
    assert read(standing, *FIRM) == [
        ("B1", "small", "J", 25, "sarl", "dupont.example", "732829320", "FR", "Île-de-France"),
        ("B2", "large", None, 5, None, "dupont.be", None, "BE", None),
        ("B3", "micro", "G", 27, None, None, None, "RE", "La Réunion"),
        ("B4", "medium", None, None, "sas", None, None, None, None),
    ]
    assert read(standing, "account", "siren")[1] == ("B2", "732829321")


def test_the_figures_of_an_account_are_those_of_its_persons(standing: quartier.Workspace) -> None:
    found = read(standing, "account", "persons_known", "persons_active_30d", "persons_active_90d", "persons_orders",
                 "persons_revenue", "persons_first_active_at")  # fmt: skip
    assert found == [
        ("B1", 2, 1, 1, 2, 20.5, utc(2026, 1, 4, 23)),
        ("B2", 1, 0, 1, 1, 20.0, utc(2026, 9, 14, 22)),
        ("B3", 0, 0, 0, 0, 0.0, None),
        ("B4", 0, 0, 0, 0, 0.0, None),
    ]


def test_the_hierarchy_leads_to_the_ultimate_parent_and_sums_are_rolled_up(standing: quartier.Workspace) -> None:
    ids = dict(read(standing, "account", "account_id"))
    found = read(standing, "account", "hierarchy_parent", "hierarchy_top", "hierarchy_level", "hierarchy_children",
                 "group_accounts", "group_persons", "group_revenue")  # fmt: skip
    assert found == [
        ("B1", None, ids["B1"], 0, 1, 3, 3, 40.5),
        ("B2", ids["B1"], ids["B1"], 1, 1, 2, 1, 20.0),
        ("B3", ids["B2"], ids["B1"], 2, 0, 1, 0, 0.0),
        ("B4", None, None, None, None, 1, 0, 0.0),
    ]


def test_parents_in_a_circle_are_parents_of_nobody_and_their_records_stay(shop: quartier.Workspace) -> None:
    collect(shop, "account_id,parent_id\nB1,B2\n")
    assert read(shop, "account", "hierarchy_parent", "group_persons")[:2] == [("B1", None, 2), ("B2", None, 1)]
    assert read(shop, "account", "parent_account")[0] == ("B1", "B2")


def test_who_changes_employer_is_a_member_of_both_and_what_she_bought_stays(
    shop: quartier.Workspace, clock: FixedClock
) -> None:
    clock.advance(dt.timedelta(days=1))
    collect(shop, "id,company,role\n7,B3,admin\n", PERSONS)
    clock.advance(dt.timedelta(days=1))
    collect(shop, "no,who,day,total\n9,7,2026-11-23,100\n", ORDERS)
    clock.advance(dt.timedelta(days=1))
    shop.refresh()
    moved = utc(2026, 11, 22, 14, 5)
    assert read(shop, "account_key", "person_key", "role", "since", "until", table="account_member") == [
        (0, 0, None, None, moved),
        (0, 1, "user", None, None),
        (1, 2, "Chef", None, None),
        (2, 0, "administrator", moved, None),
    ]
    assert read(shop, "account", "persons_known", "persons_orders", "persons_revenue")[:3] == [
        ("B1", 1, 2, 20.5), ("B2", 1, 1, 20.0), ("B3", 1, 1, 100.0),
    ]  # fmt: skip


ROUNDS: list[list[tuple[str, dict[str, object] | None]]] = [
    [
        ("account_id,company,effectif,parent_id\nB4,Alone SA,60,B1\nB5,New,1,B4\n", None),
        ("id,company,role\n10,B5,DSI\n7,B2,\n", PERSONS),
    ],
    [
        ("no,who,day,total\n11,10,2026-11-30,3\n12,8,2026-10-01,3\n", ORDERS),
        ("account_id,parent_id,date_immatriculation\nB1,B3,2001-12-24\nB2,B2,2020-12-01\n", None),
    ],
]


def test_what_is_brought_up_to_date_is_what_is_computed_from_scratch(
    shop: quartier.Workspace, clock: FixedClock
) -> None:
    shop.refresh()
    for files in ROUNDS:
        clock.advance(dt.timedelta(days=19, hours=7))
        for text, mapping in files:
            collect(shop, text, mapping)
        clock.advance(dt.timedelta(days=3))
        assert not shop.accounts.bring().is_whole
        live = canonical(shop.engine)
        assert shop.accounts.bring(whole=True).is_whole
        assert canonical(shop.engine) == live
    shop.rebuild()
    rebuilt = canonical(shop.engine)
    assert [rebuilt[name] for name in ("account", "account_member")] == [
        live[name] for name in ("account", "account_member")
    ]


def test_only_the_accounts_that_changed_or_that_time_has_moved_are_looked_at(
    shop: quartier.Workspace, clock: FixedClock
) -> None:
    assert shop.accounts.bring().looked_at == 0
    collect(shop, "no,who,day,total\n20,8,2026-11-02,3\n", ORDERS)
    assert shop.accounts.bring().looked_at == 0
    clock.advance(dt.timedelta(days=11))
    assert shop.accounts.bring().looked_at == 1  # the order of 1 November is 30 days old


def test_a_segment_of_accounts_reads_what_is_computed(shop: quartier.Workspace, clock: FixedClock) -> None:
    shop.apply_segments(
        [{"segment": "awake", "of": "account", "where": {"trait": "persons_active_30d", "at_least": 1}}]
    )
    assert shop.members("awake", ["account"])["account"].to_pylist() == ["B1"]
    clock.advance(dt.timedelta(days=40))
    (standing,) = [each for each in shop.refresh() if each.definition.name == "awake"]
    assert (standing.entered, standing.left, standing.size) == (1, 1, 1)


def test_a_given_trait_is_never_written_over(workspace: quartier.Workspace) -> None:
    mapping = {"layout": "accounts", "columns": {"id": "account_id", "n": "trait.employees", "size": "trait.firm_size"}}
    collect(workspace, "id,n,size\nB1,12,ours\n", mapping)
    assert read(workspace, "account", "firm_size") == [("B1", "ours")]
    trait = workspace.catalog.trait("firm_size", "account")
    assert trait is not None
    assert trait.origin == "given"


def test_a_profile_tells_all_of_an_account(standing: quartier.Workspace) -> None:
    found = standing.accounts.profile("B2")
    assert (found.name, found.value("firm_age")) == ("Dupont Belgique", 5)
    assert ([each.name for each in found.above], [each.name for each in found.below]) == (
        ["SARL Dupont & Fils"], ["Garage Morel"],
    )  # fmt: skip
    assert [(each.role, each.until) for each in found.members] == [("Chef", None)]
    assert [(each.event, each.at) for each in found.events] == [
        ("Order Completed", utc(2026, 9, 14, 22).replace(tzinfo=dt.UTC))
    ]
    assert [each.segment for each in found.segments] == ["large"]


def test_accounts_are_found_by_number_domain_and_words_of_the_name(standing: quartier.Workspace) -> None:
    def names(text: str) -> list[tuple[str, str]]:
        return [(each.name, each.by) for each in standing.accounts.find(text).accounts]

    assert names("732829320") == [("SARL Dupont & Fils", "firm_siren")]
    assert names("dupont.be") == [("Dupont Belgique", "firm_domain")]
    assert names("DUPONT bélg") == [("Dupont Belgique", "name")]
    assert names("B4") == [("Alone SAS", "account")]
    assert names("nobody") == []
    first = standing.accounts.find("dupont", limit=1)
    assert [each.name for each in standing.accounts.find("dupont", limit=1, after=first.next).accounts] == [
        "Dupont Belgique"
    ]


def test_the_tree_of_an_account_begins_at_the_top(standing: quartier.Workspace) -> None:
    top = standing.accounts.tree("B3")
    (under,) = top.children
    assert (top.name, under.name, under.children[0].is_asked) == ("SARL Dupont & Fils", "Dupont Belgique", True)


def test_what_is_wrong_with_records_is_found_and_holds_no_values(shop: quartier.Workspace) -> None:
    collect(shop, "account_id,siren,parent_id\nB5,732 829 320,B6\nB6,,B5\n")
    found = {each.code: each for each in shop.accounts.findings()}
    assert {code: each.n for code, each in found.items()} == {
        "check_digits": 1, "same_siren": 2, "parents_in_a_circle": 2, "unknown_parent": 1,
    }  # fmt: skip
    assert not any("732829" in str(each.as_json()) for each in found.values())


def test_nobody_and_several_are_said(shop: quartier.Workspace) -> None:
    with pytest.raises(UnknownName, match="no account has this identifier"):
        shop.accounts.profile("B99")
    collect(shop, "account_id,siren\nB5,732 829 320\n")
    with pytest.raises(InvalidRequest, match="several accounts"):
        shop.accounts.profile("732829320")


def test_the_api_tells_of_accounts_what_python_is_told(standing: quartier.Workspace) -> None:
    key = {"authorization": f"Bearer {standing.keys.create_secret()}"}
    with TestClient(assembled(standing, tasks=dict)) as served:
        found = served.get("/api/v1/accounts", params={"query": "dupont", "limit": 1}, headers=key).json()
        assert found == standing.accounts.find("dupont", limit=1).as_json()
        shown = served.get("/api/v1/accounts/B2", params={"events": 3}, headers=key)
        assert shown.json() == standing.accounts.profile("B2", events=3).as_json()
        assert Account.model_validate(shown.json()).model_dump(mode="json") == shown.json()
        refused = {
            "/api/v1/accounts/nobody": 404, "/api/v1/accounts?query=a": 400, "/api/v1/accounts": 400,
        }  # fmt: skip
        assert {path: served.get(path, headers=key).status_code for path in refused} == refused
        assert served.get("/api/v1/accounts/B2").status_code == 401


def test_a_workspace_without_accounts_pays_nothing_for_them(workspace: quartier.Workspace) -> None:
    collect(workspace, "id,role\n7,buyer\n", {"layout": "persons", "columns": {"id": "user_id", "role": "trait.role"}})
    workspace.refresh()
    assert "account_member" not in workspace.engine.tables()
