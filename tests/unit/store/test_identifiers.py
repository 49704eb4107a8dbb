"""The ledger of identifiers in the store."""

import datetime as dt

import pyarrow as pa
import pytest

from quartier.store import Store, identifiers

AT = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("rows", "persons", "accounts"),
    [
        ([], -1, -1),
        ([("person", 0), ("person", 7), ("person", 3)], 7, -1),
        ([("person", 1), ("account", 4), ("account", 2)], 1, 4),
        ([("person", 5), ("account", 5), ("account", 2)], 5, 5),
    ],
)
def test_the_last_numbers_are_the_highest_of_each_subject(
    rows: list[tuple[str, int]], persons: int, accounts: int
) -> None:
    store = Store("sqlite://", AT)
    fresh = [
        {
            "subject": of,
            "kind": "user_id",
            "value": f"{of} {n}",
            "identity": n + 1,
            "key": 0,
            "cluster": 0,
            "own_key": n,
        }
        for of, n in rows
    ]
    with store.begin() as connection:
        identifiers.add(connection, pa.Table.from_pylist(fresh, identifiers.SCHEMA), None)
        for subject, last in (("person", persons), ("account", accounts)):
            identity = last + 1 if last >= 0 else -1
            assert identifiers.last(connection, subject) == identifiers.Last(identity, last)
    store.close()
