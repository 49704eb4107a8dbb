"""One trait of many persons as numbers: what kind of values it has, and which of them are missing."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quartier.catalog import Meaning, Trait, ValueType

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

DAY: Final = np.timedelta64(1, "D")


class Form(StrEnum):
    """What the values of a trait are."""

    NUMBER = "number"
    FLAG = "flag"
    """yes or no, as 1 and 0"""
    CATEGORY = "category"
    """one of a few words, as its place among them"""
    DAYS = "days"
    """whole days since a date or instant"""
    YEARS = "years"
    """completed years since a birth date"""


@dataclass(frozen=True)
class Column:
    """The values of one trait, one per person, NaN where missing.

    Attributes:
        trait: whose values they are.
        form: how they are to be read.
        values: numbers; for a category the place in `categories`.
        categories: the words of a category, the most frequent first.
    """

    trait: Trait
    form: Form
    values: Numbers
    categories: tuple[str, ...] = ()

    @property
    def is_missing(self) -> Flags:
        """Where nothing is known."""
        return np.isnan(self.values)

    def at(self, rows: Flags | Whole) -> "Column":
        """The same for some of the persons."""
        return Column(self.trait, self.form, self.values[rows], self.categories)


def column_of(trait: Trait, values: pa.ChunkedArray, as_of: dt.datetime, zone: ZoneInfo) -> Column | None:
    """The column of a trait as of an instant; None for a trait of several values, which has no place on a line."""
    match trait.type:
        case ValueType.INTEGER | ValueType.NUMBER:
            return Column(trait, Form.NUMBER, _finite(values))
        case ValueType.BOOLEAN:
            return Column(trait, Form.FLAG, _finite(values.cast(pa.int8())))
        case ValueType.DATE | ValueType.INSTANT:
            return _since(trait, values, as_of, zone)
        case ValueType.TEXT:
            return _category(trait, values)
        case _:
            return None


def _finite(values: pa.ChunkedArray) -> Numbers:
    found: Numbers = values.cast(pa.float64()).to_numpy().astype(np.float64)
    found[~np.isfinite(found)] = np.nan
    return found


def _category(trait: Trait, values: pa.ChunkedArray) -> Column:
    """Categories by how many have them, ties by name; an empty text is missing."""
    counted = sorted(
        ((each["values"], each["counts"]) for each in pc.value_counts(values).to_pylist() if each["values"]),
        key=lambda each: (-each[1], each[0]),
    )
    words = tuple(word for word, _ in counted)
    places = pc.index_in(values, value_set=pa.array(words, pa.string()))
    return Column(trait, Form.CATEGORY, _finite(places), words)


def _since(trait: Trait, values: pa.ChunkedArray, as_of: dt.datetime, zone: ZoneInfo) -> Column:
    """Whole days or completed years until `as_of`: dates by the calendar of `zone`, instants by elapsed time."""
    today = np.datetime64(as_of.astimezone(zone).date(), "D")
    if trait.type is ValueType.INSTANT:
        moments = values.cast(pa.timestamp("us")).to_numpy().astype("datetime64[us]")
        elapsed = np.datetime64(as_of.astimezone(dt.UTC).replace(tzinfo=None), "us") - moments
        return Column(trait, Form.DAYS, np.floor(elapsed / DAY))
    days = values.cast(pa.date32()).to_numpy().astype("datetime64[D]")
    if trait.meaning is Meaning.BIRTH_DATE:
        return Column(trait, Form.YEARS, _completed_years(days, today))
    return Column(trait, Form.DAYS, (today - days) / DAY)


def _completed_years(born: npt.NDArray[np.datetime64], today: np.datetime64) -> Numbers:
    is_missing, filled = np.isnat(born), np.where(np.isnat(born), today, born)
    years = today.astype("datetime64[Y]").astype(int) - filled.astype("datetime64[Y]").astype(int)
    completed: Numbers = (years - (_day_of_year(filled) > _day_of_year(today))).astype(np.float64)
    completed[is_missing] = np.nan
    return completed


def _day_of_year(days: npt.NDArray[np.datetime64] | np.datetime64) -> npt.NDArray[np.int64]:
    """Month and day as one number that grows through the year; who is born on 29 February waits until 1 March."""
    months = days.astype("datetime64[M]")
    month, day = months.astype(int) % 12, (days - months.astype("datetime64[D]")).astype(int)
    return np.asarray(month * 100 + day, dtype=np.int64)
