"""Persons who are joined to accounts by rules: by the domain of their e-mail, and as households."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.engine import Query
from tests.conftest import NOW
from tests.integration.test_account_traits import collect, read
from tests.projecting import canonical

FIRMS = "account_id,company,website\nB1,Dupont,dupont.example\nB2,Mail,https://gmail.com\nB3,Two,two.example\nB4,Two,two.example\n"
STAFF = (
    "customer_id,email,account_id\n1,a@dupont.example,\n2,B@Dupont.example,\n3,c@gmail.com,\n4,d@dupont.example,B3\n"
    "5,e@two.example,\n6,f@sub.dupont.example,\n"
)
HOMES = (
    "customer_id,last_name,address,postal_code\n"
    '1,Martin,12 rue de la Paix,75002\n2,MARTIN,"12, Rue de la Paix",75002\n3,Petit,12 rue de la Paix,75002\n'
    "4,Petit,12 rue de la Paix,69001\n5,Durand,,75002\n6,Durand,,75002\n"
)
Open = Callable[..., quartier.Workspace]


@pytest.fixture
def opened(folder: Path) -> Iterator[Open]:
    """Opens a workspace with some settings, made when it is opened first."""
    last: list[quartier.Workspace] = []

    def open_with(**settings: object) -> quartier.Workspace:
        for each in last:
            each.close()
        last.clear()
        config = Config.model_validate({"name": "Tiny", "memory_limit": "512MB", "threads": 1, **settings})
        if (folder / "shop").exists():
            config.write(folder / "shop")
        else:
            quartier.create(folder / "shop", config)
        last.append(quartier.open(folder / "shop", clock=FixedClock(NOW)))
        return last[0]

    yield open_with
    for each in last:
        each.close()


def members(ws: quartier.Workspace) -> list[tuple[object, ...]]:
    return read(ws, "account_key", "person_key", '"by"', table="account_member")


def test_who_has_the_domain_of_a_company_is_proposed_and_joined_only_where_it_is_set(opened: Open) -> None:
    ws = opened()
    collect(ws, FIRMS)
    collect(ws, STAFF)
    proposed = [(each.name, each.domain, each.persons, each.is_applied) for each in ws.accounts.suggestions()]
    assert proposed == [("Dupont", "dupont.example", 2, False)]
    assert members(ws) == [(2, 3, "trait")]
    ws = opened(join_by_domain=True)
    ws.refresh()
    assert members(ws) == [(0, 0, "domain"), (0, 1, "domain"), (2, 3, "trait")]
    assert read(ws, "account", "persons_known")[0] == ("B1", 2)
    collect(ws, "customer_id,account_id\n1,B3\n")
    assert members(ws) == [(0, 1, "domain"), (2, 0, "trait"), (2, 3, "trait")]
    assert ws.engine.rows(Query("select * from person_account order by all")) == [(0, 2), (1, 0), (3, 2)]


def test_households_are_accounts_of_one_address_and_one_last_name(opened: Open) -> None:
    ws = opened(households=True)
    collect(ws, HOMES)
    assert read(ws, "account_kind", "household_name", "persons_known") == [("household", "Martin", 2)]
    assert members(ws) == [(0, 0, "household"), (0, 1, "household")]
    (found,) = ws.accounts.find("martin").accounts
    assert [each.by for each in ws.accounts.members(found.account)] == ["household"] * 2
    collect(ws, FIRMS)
    assert read(ws, "account_kind") == [("company",)] * 4 + [("household",)]


def test_who_moves_out_leaves_the_household_and_back_it_is_the_same_one(opened: Open) -> None:
    ws = opened(households=True)
    collect(ws, HOMES)
    before = read(ws, "account_id")
    collect(ws, "customer_id,address\n1,3 avenue Foch\n")
    assert (read(ws, "account_id"), members(ws)) == ([], [])
    collect(ws, "customer_id,address\n1,12 rue de la paix\n")
    assert read(ws, "account_id") == before
    live = canonical(ws.engine)
    ws.accounts.bring(whole=True)
    assert canonical(ws.engine) == live
    ws.rebuild()
    for name in ("account", "account_member", "account_joined", "person_account", "person_household"):
        assert canonical(ws.engine)[name] == live[name], name


def test_a_tower_block_and_a_large_group_are_no_households_and_are_told(opened: Open) -> None:
    ws = opened(households=True, household_most=3)
    names = [f"{n},Nom{chr(65 + n // 2)},1 tour Eiffel,75007" for n in range(26)]
    large = [f"{n},Petit,2 rue Haute,69001" for n in range(30, 34)]
    collect(ws, "\n".join(["customer_id,last_name,address,postal_code", *names, *large, ""]))
    assert members(ws) == []
    assert {each.code: each.n for each in ws.accounts.findings()} == {"crowded_address": 1, "household_too_large": 1}


def test_switched_off_households_are_gone(opened: Open) -> None:
    ws = opened(households=True)
    collect(ws, HOMES)
    ws = opened()
    ws.refresh()
    assert (read(ws, "account_id"), members(ws)) == ([], [])
