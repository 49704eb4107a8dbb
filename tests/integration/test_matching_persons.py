"""Matching the identities of a workspace: certain pairs are linked, doubtful ones wait, refused ones are left alone."""

import datetime as dt
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import quartier
from benchmarks.matching_people import people, person_of
from quartier.config import Config
from quartier.errors import InvalidRequest
from quartier.identify.components import Reason
from quartier.identify.deciding import decide, of_pair
from quartier.identify.matching.persons import FOLDER, propose
from quartier.identify.matching.proposing import Proposals, Thresholds
from quartier.store import links as kept_links
from tests.integration.test_collect import collected, rows
from tests.needs import requires_module

COUNT = "select count(*) from person"
AT = dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC)


@pytest.fixture(scope="module", autouse=True)
def _splink() -> None:
    requires_module("splink")


@pytest.fixture(scope="module")
def customers() -> pa.Table:
    """Each under a customer number of its own, so that nothing but likeness joins them."""
    table = people(320, 0.3, seed=11).drop_columns(["email"])
    mixed = table.take(pa.array(np.random.default_rng(2).permutation(table.num_rows)))
    return mixed.rename_columns(["customer_id", *table.column_names[1:]])


def brought(workspace: quartier.Workspace, table: pa.Table, name: str) -> None:
    lines = [",".join(table.column_names)]
    lines += [",".join(value or "" for value in row.values()) for row in table.to_pylist()]
    collected(workspace, "\n".join(lines) + "\n", name)


def matched(workspace: quartier.Workspace, **how: object) -> Proposals:
    return propose(
        workspace.store, workspace.engine, workspace.catalog, workspace.folder / FOLDER, AT, **how  # type: ignore[arg-type]
    )  # fmt: skip


def joined(workspace: quartier.Workspace) -> set[frozenset[str]]:
    """The customer numbers that are one person's, where there are several."""
    query = "select key, list(value) from quartier_ledger where kind = 'user_id' group by key having count(*) > 1"
    return {frozenset(values) for _, values in rows(workspace, query)}


def test_certain_pairs_are_linked_with_their_reasons_and_a_dry_run_tells_as_many(
    workspace: quartier.Workspace, customers: pa.Table
) -> None:
    brought(workspace, customers, "customers.csv")
    before, told = rows(workspace, COUNT)[0][0], matched(workspace, is_dry=True)
    assert not joined(workspace)
    found = matched(workspace)
    groups = joined(workspace)
    assert (told.is_written, found.is_written) == (False, True)
    assert told.certain.equals(found.certain)
    assert told.followed == found.followed
    assert found.doubtful.num_rows <= told.doubtful.num_rows  # whoever was joined by others is one person by now
    assert len(groups) > 60
    wrong = [each for each in groups if len({person_of(number) for number in each}) > 1]
    assert len(wrong) <= 2
    assert len(found.followed.gone) == before - rows(workspace, COUNT)[0][0]
    with workspace.store.begin() as connection:
        links = kept_links.of_identities(connection, "person", [found.links(1)[0].a])
    (link, *_) = (each for each in links if each.reason == Reason.MATCH)
    assert (link.probability or 0) >= 0.99
    assert link.rule
    assert {"en", "fr"} == set((link.evidence or {})["reasons"][0]["what"])
    assert all(0.5 <= each.probability < 0.99 for each in found.to_review())
    assert matched(workspace).as_json() == {**found.as_json(), "certain": 0, "merged_persons": 0, "touched_persons": 0,
                                            "new_records": 0, "pairs_compared": 0}  # fmt: skip


@pytest.mark.slow
def test_what_comes_in_parts_gives_the_persons_of_one_run_by_the_same_model(
    folder: Path, workspace: quartier.Workspace, customers: pa.Table
) -> None:
    brought(workspace, customers.slice(0, 200), "first.csv")
    matched(workspace)
    for start in (200, 260):
        brought(workspace, customers.slice(start, 60), f"part{start}.csv")
        assert 50 < matched(workspace).new <= 60
    in_parts = joined(workspace)
    quartier.create(folder / "another", Config(name="Another", memory_limit="512MB", threads=1))
    with quartier.open(folder / "another", clock=workspace.clock) as other:
        brought(other, customers.slice(0, 200), "first.csv")
        matched(other, is_dry=True)
        brought(other, customers.slice(200), "rest.csv")
        matched(other)
        assert joined(other) == in_parts
    assert len(in_parts) > 60


@pytest.mark.slow
def test_a_refused_pair_is_not_proposed_again_and_one_that_is_lifted_counts(
    workspace: quartier.Workspace, customers: pa.Table
) -> None:
    brought(workspace, customers, "customers.csv")
    first = matched(workspace, is_dry=True).links(1)[0]
    refusal = of_pair(first.a, first.b, "refused", author="Ada", at=AT)
    decide(workspace.store, workspace.engine, [refusal])
    found = matched(workspace)
    proposed = {(each.a, each.b) for each in (*found.links(), *found.to_review())}
    assert (first.a, first.b) not in proposed
    anew = matched(workspace, is_anew=True)
    assert (first.a, first.b) not in {(each.a, each.b) for each in (*anew.links(), *anew.to_review())}
    decide(workspace.store, workspace.engine, [of_pair(first.a, first.b, "open", author="Ada", at=AT)])
    assert (first.a, first.b) in {(each.a, each.b) for each in matched(workspace).links()}


def test_a_changed_value_is_compared_again_and_other_thresholds_hold_at_once(
    workspace: quartier.Workspace, customers: pa.Table
) -> None:
    brought(workspace, customers, "customers.csv")
    strict = matched(workspace, is_dry=True, thresholds=Thresholds(certain=0.999999))
    assert strict.certain.num_rows < matched(workspace, is_dry=True).certain.num_rows
    one, other = customers.drop_null().slice(0, 2)["customer_id"].to_pylist()
    told_anew = customers.drop_null().slice(0, 1).set_column(0, "customer_id", pa.array([other]))
    brought(workspace, told_anew, "later.csv")
    assert matched(workspace).new == 1
    assert any({one, other} <= group for group in joined(workspace))


def test_a_workspace_that_knows_nobody_proposes_nothing(workspace: quartier.Workspace) -> None:
    assert matched(workspace).as_json()["records"] == 0
    collected(workspace, "order_id,customer_id,order_date,total\n1,u1,2026-01-05,10\n", "orders.csv")
    assert matched(workspace).as_json()["certain"] == 0


def test_thresholds_in_the_wrong_order_are_told() -> None:
    with pytest.raises(InvalidRequest, match=r"0\.9"):
        Thresholds(certain=0.5, doubtful=0.9)


@pytest.mark.slow
def test_a_link_that_would_make_too_large_a_person_is_not_followed_and_waits(workspace: quartier.Workspace) -> None:
    thrice = people(40, 0.0, seed=3).drop_columns(["email", "telephone"]).drop_null().slice(0, 12)
    again = [
        thrice.set_column(0, "id", pa.array([f"{name}{side}" for name in thrice["id"].to_pylist()])) for side in "ab"
    ]
    table = pa.concat_tables([thrice, *again])
    brought(workspace, table.rename_columns(["customer_id", *table.column_names[1:]]), "thrice.csv")
    workspace.identification.apply_limits({"most_identifiers": 2})
    found = matched(workspace, thresholds=Thresholds(certain=0.9))
    groups = joined(workspace)
    assert len(groups) >= 10
    assert {len(each) for each in groups} == {2}
    waiting = workspace.identification.review()
    assert waiting.alike_in_all == found.doubtful.num_rows >= len(groups)
    workspace.identification.apply_limits({"most_identifiers": 3})
    assert {len(each) for each in joined(workspace)} == {3}
    assert workspace.identification.review().alike_in_all < waiting.alike_in_all


def test_without_splink_it_is_told_what_to_install(
    workspace: quartier.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(InvalidRequest, match="not installed"):
        workspace.identification.match()
    assert workspace.identification.review().alike == ()
