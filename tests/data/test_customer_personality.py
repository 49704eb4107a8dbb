"""Demographic segments of Customer Personality, counted by the whole road and by plain SQL over the file."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import quartier
from quartier.collect.definition import Mapping
from quartier.collect.run import collect
from quartier.segment.run import preview

pytestmark = pytest.mark.data
FILE = "marketing_campaign.tsv.gz"
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)

MAPPING = Mapping.read(
    {
        "layout": "persons",
        "date_order": "dmy",
        "columns": {
            "ID": "user_id",
            "Year_Birth": {"to": "trait.birth_year", "type": "integer"},
            "Education": {"to": "trait.education", "type": "text"},
            "Marital_Status": {"to": "trait.marital_status", "type": "text"},
            "Income": {"to": "trait.income", "type": "number"},
            "Kidhome": {"to": "trait.kids", "type": "integer"},
            "Teenhome": {"to": "trait.teens", "type": "integer"},
            "Dt_Customer": {"to": "trait.signed_up_on", "type": "date"},
        },
    }
)

SEGMENTS: dict[str, tuple[dict[str, object], str]] = {
    "in-a-couple": (
        {"trait": "marital_status", "in": ["Married", "Together"]},
        "Marital_Status in ('Married', 'Together')",
    ),
    "odd-answers": (
        {"trait": "marital_status", "in": ["YOLO", "Absurd"]},
        "Marital_Status in ('YOLO', 'Absurd')",
    ),
    "doctors": ({"trait": "education", "is": "PhD"}, "Education = 'PhD'"),
    "born-in-the-seventies": (
        {"trait": "birth_year", "between": [1970, 1979]},
        "Year_Birth between 1970 and 1979",
    ),
    "born-before-1900": ({"trait": "birth_year", "less_than": 1900}, "Year_Birth < 1900"),
    "income-above-sixty-thousand": ({"trait": "income", "more_than": 60_000}, "Income > 60000"),
    "income-unknown": ({"not": {"trait": "income", "known": True}}, "Income is null"),
    "no-child-at-home": (
        {"all": [{"trait": "kids", "is": 0}, {"trait": "teens", "is": 0}]},
        "Kidhome = 0 and Teenhome = 0",
    ),
    "children-or-teenagers-at-home": (
        {"any": [{"trait": "kids", "at_least": 1}, {"trait": "teens", "at_least": 1}]},
        "Kidhome >= 1 or Teenhome >= 1",
    ),
    "graduates-alone-with-low-income": (
        {
            "all": [
                {"trait": "education", "in": ["Graduation", "Master", "PhD"]},
                {"not": {"trait": "marital_status", "in": ["Married", "Together"]}},
                {"trait": "income", "less_than": 30_000},
            ]
        },
        "Education in ('Graduation', 'Master', 'PhD') and Marital_Status not in ('Married', 'Together') "
        "and Income < 30000",
    ),
    "joined-in-2013": (
        {"trait": "signed_up_on", "between": ["2013-01-01", "2013-12-31"]},
        "year(strptime(Dt_Customer, '%d-%m-%Y')) = 2013",
    ),
}


@pytest.fixture
def file(shared_data: Callable[[str], Path]) -> Path:
    return shared_data(FILE)


def test_demographic_segments_have_the_sizes_that_plain_sql_counts(workspace: quartier.Workspace, file: Path) -> None:
    ws = workspace
    summary = collect(ws.store, ws.engine, ws.config, ws.folder, file, MAPPING, AT, author="test")
    assert (summary.rows_in, summary.stored) == (2240, 2240)
    documents = [
        {"segment": name, "population": "everyone", "where": condition} for name, (condition, _) in SEGMENTS.items()
    ]
    found = {
        each.segment.name: each.size for each in preview(ws.store, ws.engine, ws.catalog, ws.config, documents, AT)
    }
    expected = _counted(file)
    assert found == expected
    assert expected["income-unknown"] == 24
    assert all(expected.values())


def _counted(file: Path) -> dict[str, int]:
    """The same counts by DuckDB over the file as it is."""
    rows = duckdb.read_csv(str(file), sep="\t", dtype={"Dt_Customer": "VARCHAR"})
    return {name: len(rows.filter(condition)) for name, (_, condition) in SEGMENTS.items()}
