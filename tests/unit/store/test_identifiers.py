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
def test_the_last_key_is_the_highest_of_each_subject(rows: list[tuple[str, int]], persons: int, accounts: int) -> None:
    store = Store("sqlite://", AT)
    fresh = [{"subject": of, "kind": "user_id", "value": f"{of} {key}", "key": key} for of, key in rows]
    with store.begin() as connection:
        identifiers.add(connection, pa.Table.from_pylist(fresh, identifiers.SCHEMA), None)
        assert identifiers.last_key(connection, "person") == persons
        assert identifiers.last_key(connection, "account") == accounts
    store.close()
