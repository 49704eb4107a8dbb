"""The places of many records, derived once for each that differs."""

from dataclasses import asdict, fields
from typing import Any

import numpy as np
import pyarrow as pa

from quartier.identify.places.gazetteer import Gazetteer
from quartier.identify.places.place import Place, derived_place, territories

COLUMNS = tuple(each.name for each in fields(Place))
_TYPES = {"in_eu": pa.bool_(), "in_eea": pa.bool_(), "latitude": pa.float64(), "longitude": pa.float64()}
_KEYS = ("country", "postal_code", "city")


def derived_places(records: pa.Table, gazetteer: Gazetteer | None = None, *, region: str = "FR") -> pa.Table:
    """The places of records with the columns `country`, `postal_code` and `city`, row by row.

    A column may be missing. The gazetteer is one that was read for `territories_of` these records.
    """
    rows, place_of_row = _distinct(records)
    found = [
        asdict(derived_place(row["country"], row["postal_code"], row["city"], gazetteer, region=region))
        for row in rows.to_pylist()
    ]
    indices = pa.array(place_of_row)
    return pa.table(
        {
            name: pa.array([each[name] for each in found], _TYPES.get(name, pa.string())).take(indices)
            for name in COLUMNS
        }
    )


def territories_of(records: pa.Table, *, region: str = "FR") -> frozenset[str]:
    """The territories that records may be in, by their ISO 3166 codes."""
    rows, _ = _distinct(records.select([each for each in records.column_names if each != "city"]))
    return territories(rows["country"].to_pylist(), rows["postal_code"].to_pylist(), region)


def _distinct(records: pa.Table) -> tuple[pa.Table, "np.ndarray[Any, np.dtype[np.int64]]"]:
    """The records that differ, as texts, and for each row which of them it is."""
    texts = pa.table({key: _texts(records, key) for key in _KEYS})
    combined = np.zeros(records.num_rows, np.int64)
    for key in _KEYS:
        coded = texts[key].combine_chunks().dictionary_encode(null_encoding="encode")
        _, combined = np.unique(combined * (len(coded.dictionary) + 1) + coded.indices.to_numpy(), return_inverse=True)
    _, first, place_of_row = np.unique(combined, return_index=True, return_inverse=True)
    return texts.take(pa.array(first)), place_of_row


def _texts(records: pa.Table, key: str) -> pa.ChunkedArray:
    if key not in records.column_names:
        return pa.chunked_array([pa.nulls(records.num_rows, pa.string())])
    values = records[key]
    return values if values.type == pa.string() else values.cast(pa.string())
