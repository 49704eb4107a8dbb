"""Identifiers as they are compared, in queries: cleaning decides, and gets each column in parts, not value by value."""

from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import pyarrow as pa

from quartier.collect.convert import one_argument, two_arguments
from quartier.engine import DuckDBEngine
from quartier.identify.cleaning import Fault
from quartier.identify.cleaning.identifiers import IDENTIFYING, comparable_emails, comparable_phones, fault_of

_EMAIL, _PHONE = "quartier_email", "quartier_phone"
_text = dtypes.string
_email = ibis.udf.scalar.builtin(one_argument, name=_EMAIL, signature=((_text,), _text))
_phone = ibis.udf.scalar.builtin(two_arguments, name=_PHONE, signature=((_text, _text), _text))


def teach(engine: DuckDBEngine) -> None:
    """Let queries of an engine clean identifiers."""
    engine.define(_EMAIL, lambda raw: comparable_emails(_whole(raw)), 1)
    engine.define(_PHONE, _phones, 2)


def is_cleaned(kind: str) -> bool:
    """Whether identifiers of a kind have a clean form, and some have none."""
    return kind in IDENTIFYING


def compared(text: ir.Value, kind: str, region: str | ir.Value) -> ir.StringValue:
    """A text as an identifier of a kind that is cleaned; empty where nothing should be compared by it.

    `region` is the country of phones that name none.
    """
    return _email(text) if kind == "email" else _phone(text, region)


def is_filling(kind: str, value: str, region: str) -> bool:
    """Whether a value by which nothing is compared was typed to fill its field, or says that there is none."""
    return fault_of(kind, value, region) in (Fault.PLACEHOLDER, Fault.NO_VALUE, Fault.EMPTY)


def _phones(raw: Any, regions: Any) -> pa.Array:
    """Of a column of phones; all rows of a query have one region."""
    return comparable_phones(_whole(raw), _region(regions)) if len(raw) else pa.array([], pa.string())


def _region(regions: Any) -> str:
    return str(regions[0].as_py())


def _whole(column: Any) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
