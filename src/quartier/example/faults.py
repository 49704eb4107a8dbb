"""Faulty rows, put among the good ones as real exports have them; how many is written in the manifest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from quartier.language import Text


@dataclass(frozen=True)
class Fault:
    """So many extra rows whose `column` holds `value`; without a column they repeat a good row to the letter."""

    name: str
    label: Text
    rows: int
    column: str | None = None
    value: str = ""


_REPEATED = Text(en="the row is there twice", fr="ligne en double")
_NO_SUCH_DAY = Text(en="a day that does not exist", fr="jour qui n'existe pas")
_NO_NUMBER = Text(en="an amount that is no number", fr="montant qui n'est pas un nombre")
_NO_CUSTOMER = Text(en="no customer number", fr="numéro de client absent")
IN_CUSTOMERS: tuple[Fault, ...] = (
    Fault("repeated", _REPEATED, 6),
    Fault("impossible_date", _NO_SUCH_DAY, 4, "Inscrit le", "31/02/2025"),
    Fault("unreadable_number", _NO_NUMBER, 2, "Avoir fidélité", "12,5O"),
)
IN_ORDER_LINES: tuple[Fault, ...] = (
    Fault("impossible_date", _NO_SUCH_DAY, 3, "placed_at", "2025-02-30T10:00:00Z"),
    Fault("unreadable_number", _NO_NUMBER, 4, "price", "12.9O"),
    Fault("no_customer", _NO_CUSTOMER, 5, "user_id"),
)


def with_faults(rng: np.random.Generator, table: pa.Table, faults: Sequence[Fault]) -> pa.Table:
    """The table with the faulty rows at places of their own; all its columns as text, the good rows in their order."""
    text = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    extras = [_faulty(rng, text, fault) for fault in faults]
    places = rng.integers(1, len(text), sum(fault.rows for fault in faults))
    in_place = np.argsort(np.concatenate([np.arange(len(text)), places - 0.5]), kind="stable")
    return pa.concat_tables([text, *extras]).take(pa.array(in_place))


def _faulty(rng: np.random.Generator, table: pa.Table, fault: Fault) -> pa.Table:
    rows = table.take(pa.array(rng.choice(len(table), fault.rows, replace=False)))
    if fault.column is None:
        return rows
    value = pa.array([fault.value or None] * fault.rows, pa.string())
    return rows.set_column(rows.column_names.index(fault.column), fault.column, value)
