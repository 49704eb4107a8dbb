"""The quality of a set of segments on the 7,043 customers of Telco Churn, against figures by plain SQL and SciPy."""

import datetime as dt
import gzip
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from scipy.stats import f_oneway

import quartier
from quartier.collect.definition import Mapping

pytestmark = pytest.mark.data
FILE = "telco_churn.csv.gz"

MAPPING = Mapping.read(
    {
        "layout": "persons",
        "columns": {
            "customerID": "user_id",
            "Contract": {"to": "trait.contract", "type": "text"},
            "tenure": {"to": "trait.tenure", "type": "integer"},
            "MonthlyCharges": {"to": "trait.monthly_charges", "type": "number"},
            "Churn": {"to": "trait.churned", "type": "text"},
        },
    }
)
CONTRACTS = {"monthly": "Month-to-month", "one-year": "One year", "two-years": "Two year"}


def test_contracts_part_the_customers_and_tell_their_tenure_apart(
    shared_data: Callable[[str], Path], workspace: quartier.Workspace, folder: Path
) -> None:
    path = folder / "telco.csv"
    path.write_bytes(gzip.decompress(shared_data(FILE).read_bytes()))
    workspace.collect(path, MAPPING)
    workspace.apply_segments(
        [{"segment": name, "where": {"trait": "contract", "is": each}} for name, each in CONTRACTS.items()]
    )
    found = workspace.segmentation_quality(team="small")

    rows = duckdb.sql(f"select Contract, tenure, Churn from read_csv('{path}')").fetchall()
    by_contract = [[tenure for contract, tenure, _ in rows if contract == each] for each in CONTRACTS.values()]
    f = f_oneway(*by_contract).statistic
    eta = f * 2 / (f * 2 + len(rows) - 3)

    told = {each.trait: each for each in found.traits}
    assert [each.persons for each in found.segments] == [3_875, 1_473, 1_695]
    assert (found.coverage.in_none, found.coverage.in_one, found.coverage.in_several) == (0, 7_043, 0)
    assert told["contract"].is_defining
    assert told["contract"].explained == pytest.approx(1.0)
    assert told["tenure"].explained == pytest.approx(1 - (1 - eta) * (len(rows) - 1) / (len(rows) - 3))
    assert told["churned"].explained == pytest.approx(0.168, abs=0.005)  # Cramér's V is 0.41
    assert found.silhouette is not None
    assert min(each.steadiness or 0 for each in found.segments) > 0.99
    assert found.advice.said.to("en").startswith("3 segments suit a small team")
    assert found.advice.measurable == 1
    assert found.at == dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
