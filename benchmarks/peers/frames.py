"""The segments counted with all events in memory: by pandas, by Polars, and by NumPy, which is the floor.

Each distinct count is computed once. Reading the rows into memory is not timed.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from benchmarks.peers.counting import AT, Bound, Counted, counts, years_before
from benchmarks.shop import CATEGORIES, TYPES, Wanted
from quartier.engine import DuckDBEngine, Query

Values = Any
"""One number per person, in order of keys."""


def numpy_counts(engine: DuckDBEngine, wanted: Sequence[Wanted], persons: int) -> Callable[[], int]:
    """Every distinct count with arrays in memory, in order of time: what no product can beat by much."""
    loaded = {type_: _arrays(engine, type_) for type_ in TYPES}
    found = counts(wanted)

    def work() -> int:
        for each in found:
            _added_up(loaded[each.type], each, persons)
        return len(found)

    return work


def _arrays(engine: DuckDBEngine, type_: str) -> dict[str, np.ndarray]:
    table = engine.fetch(Query(f"select person_key, occurred_at, amount, category from event_{type_}"))
    category = table["category"].to_pandas().map({name: place for place, name in enumerate(CATEGORIES)})
    return {
        "person": table["person_key"].to_numpy(),
        "at": table["occurred_at"].to_numpy().astype("datetime64[us]"),
        "amount": np.nan_to_num(table["amount"].to_numpy()),
        "category": category.to_numpy(np.int8),
    }


def _added_up(columns: Mapping[str, np.ndarray], asked: Counted, persons: int) -> np.ndarray:
    first = np.searchsorted(columns["at"], np.datetime64(asked.since, "us"), "right")
    person, amount = columns["person"][first:], columns["amount"][first:]
    if asked.category:
        same = columns["category"][first:] == CATEGORIES.index(asked.category)
        person, amount = person[same], amount[same]
    return np.bincount(person, amount if asked.is_sum else None, minlength=persons)


def pandas_sizes(engine: DuckDBEngine, wanted: Sequence[Wanted]) -> Callable[[], list[int]]:
    """By pandas."""
    persons = engine.fetch(Query("select * from person order by person_key")).to_pandas()
    events = {type_: engine.fetch(Query(f"select * from event_{type_}")).to_pandas() for type_ in TYPES}

    def measured(asked: Counted) -> Values:
        rows = events[asked.type]
        rows = rows[rows.occurred_at > asked.since]
        if asked.category:
            rows = rows[rows.category == asked.category]
        grouped = rows.groupby("person_key")["amount"]
        values = grouped.sum() if asked.is_sum else grouped.size()
        return values.reindex(persons.person_key, fill_value=0).to_numpy()

    def work() -> list[int]:
        return _sizes(wanted, {name: persons[name] for name in persons.columns}, measured)

    return work


def polars_sizes(engine: DuckDBEngine, wanted: Sequence[Wanted]) -> Callable[[], list[int]]:
    """By Polars."""
    import polars as pl

    persons = pl.from_arrow(engine.fetch(Query("select * from person order by person_key")))
    events = {type_: pl.from_arrow(engine.fetch(Query(f"select * from event_{type_}"))) for type_ in TYPES}

    def measured(asked: Counted) -> Values:
        rows = events[asked.type].lazy().filter(pl.col("occurred_at") > asked.since)
        if asked.category:
            rows = rows.filter(pl.col("category") == asked.category)
        value = pl.col("amount").sum() if asked.is_sum else pl.len()
        found = rows.group_by("person_key").agg(value.alias("value")).collect()
        return persons.select("person_key").join(found, "person_key", "left")["value"].fill_null(0).to_numpy()

    def work() -> list[int]:
        columns = {name: persons[name].to_pandas() for name in persons.columns}
        return _sizes(wanted, columns, measured)

    return work


def _sizes(wanted: Sequence[Wanted], columns: Mapping[str, Any], measured: Callable[[Counted], Values]) -> list[int]:
    values = {each: measured(each) for each in counts(wanted)}
    return [
        int(np.logical_and.reduce([_holds(part.document, columns, values) for part in each.parts]).sum())
        for each in wanted
    ]


def _holds(document: Mapping[str, Any], columns: Mapping[str, Any], values: Mapping[Counted, Values]) -> np.ndarray:
    if "event" in document:
        asked = Bound.of(document)
        value = np.round(values[asked.counted], 6)
        return value < asked.bound if asked.is_below else value >= asked.bound
    column = columns[document["trait"]]
    match document:
        case {"in": several}:
            return column.isin(several).to_numpy()
        case {"age": {"at_least": years}}:
            return (column.astype("datetime64[us]") <= np.datetime64(years_before(years))).to_numpy()
        case {"at_least": bound}:
            return (column >= bound).to_numpy()
        case {"within": duration}:
            since = AT - dt.timedelta(days=int(duration.split()[0]))
            return ((column > since) & (column <= AT)).to_numpy()
    return (column == document["is"]).to_numpy()
