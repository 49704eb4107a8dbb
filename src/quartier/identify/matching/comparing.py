"""What is compared, inferred from the columns: the fields, and for each the ways in which two values may agree. Pure.

One configuration for all tables. Nothing in it is fitted to a data set: a field's kind decides how its values are
compared, and everything that must be learnt (how much an agreement says) is estimated from the records themselves.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quartier.catalog import Meaning
from quartier.catalog.model import slug
from quartier.identify.matching.cleaning import before_at, cleaned, only_names, sorted_words
from quartier.identify.matching.kinds import OF_PERSONS, OWN, OWN_OF_SITES, PLACES, Kind, kind_of
from quartier.identify.matching.profile import profile, thinned

MOST_FIELDS = 10
"""Fields that are compared at most, the most telling ones: more of them repeat one another."""
_LEAST_BITS, _SKEW, _FOLLOWS = 0.5, 2.0, 0.5


@dataclass(frozen=True)
class Field:
    """A column that is compared, under a name that needs no quotes, and how much agreeing on it says on average."""

    name: str
    column: str
    kind: Kind
    bits: float = 0.0

    @property
    def local(self) -> str:
        """The column of what stands before the @ of an e-mail."""
        return f"{self.column}_local"

    @property
    def named(self) -> str:
        """The column that says whether an e-mail holds nothing but its owner's names."""
        return f"{self.column}_named"

    @property
    def words(self) -> str | None:
        """The column that holds its words in alphabetical order, where order says nothing."""
        return f"{self.column}_words" if self.kind in WORDY else None

    def as_json(self) -> dict[str, Any]:
        """The plain form."""
        return {"name": self.name, "column": self.column, "kind": self.kind.value, "bits": round(self.bits, 3)}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Field":
        """What `as_json` wrote."""
        return cls(document["name"], document["column"], Kind(document["kind"]), document["bits"])


@dataclass(frozen=True)
class Level:
    """One way in which two values agree, the closest first; `how` is a key of `levels.CONDITIONS`."""

    how: str
    amount: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The plain form."""
        return {"how": self.how, "amount": self.amount}


OTHERWISE = Level("different")
WORDY = frozenset([Kind.FULL_NAME, Kind.COMPANY, Kind.ADDRESS, Kind.TEXT])
EXACT, ONE_TYPO, TWO_TYPOS = Level("same"), Level("one typo"), Level("two typos")


def _close(*amounts: float) -> tuple[Level, ...]:
    return tuple(Level("close", each) for each in amounts)


LEVELS: dict[Kind, tuple[Level, ...]] = {
    Kind.FIRST_NAME: (EXACT, *_close(0.92, 0.8)),
    Kind.LAST_NAME: (EXACT, *_close(0.92, 0.8)),
    Kind.FULL_NAME: (EXACT, Level("same words"), *_close(0.92, 0.8)),
    Kind.COMPANY: (EXACT, Level("same words"), *_close(0.92, 0.8)),
    Kind.EMAIL: (EXACT, Level("same before @"), ONE_TYPO, TWO_TYPOS),
    Kind.PHONE: (EXACT, ONE_TYPO, TWO_TYPOS),
    Kind.DATE: (EXACT, ONE_TYPO, Level("day and month swapped"), TWO_TYPOS, Level("same start", 4)),
    Kind.ADDRESS: (EXACT, Level("same words"), *_close(0.92, 0.8)),
    Kind.STREET_NUMBER: (EXACT, ONE_TYPO),
    Kind.POSTAL_CODE: (EXACT, ONE_TYPO, Level("same start", 2)),
    Kind.CITY: (EXACT, *_close(0.88)),
    Kind.NUMBER: (EXACT, ONE_TYPO, TWO_TYPOS),
    Kind.TEXT: (EXACT, Level("same words"), *_close(0.9)),
    Kind.CATEGORY: (EXACT,),
}
"""For each kind the ways to agree, the closest first; what fits none of them differs.

Jaro-Winkler similarities for words (Winkler, "String comparator metrics and enhanced decision rules", 1990), one wrong,
lacking, added or exchanged digit for numbers, or two: near the thresholds of Splink's own comparisons for these kinds.
"""


@dataclass(frozen=True)
class Comparison:
    """How two values of one field are compared.

    `other` is the field with which it may be swapped, `around` a coarser one that follows from it, which is compared
    where this one differs and not once more: agreeing on both would count twice. `names` are those that an e-mail may
    be made of: that two Jean Martins have nearly the same address says nothing that their names have not said.
    `by_frequency` says that agreeing on a rare value counts more.
    """

    field: Field
    levels: tuple[Level, ...]
    other: Field | None = None
    around: Field | None = None
    names: tuple[Field, ...] = ()
    by_frequency: bool = False

    def as_json(self) -> dict[str, Any]:
        """The plain form."""
        beside = {"swapped_with": self.other, "around": self.around}
        levels = [each.as_json() for each in self.levels]
        return {
            "field": self.field.as_json(),
            "levels": levels,
            "by_frequency": self.by_frequency,
            "names": [each.as_json() for each in self.names],
            **{name: each.as_json() for name, each in beside.items() if each},
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Comparison":
        """What `as_json` wrote."""
        return cls(
            Field.from_json(document["field"]),
            tuple(Level(**level) for level in document["levels"]),
            Field.from_json(document["swapped_with"]) if "swapped_with" in document else None,
            Field.from_json(document["around"]) if "around" in document else None,
            tuple(Field.from_json(each) for each in document["names"]),
            document["by_frequency"],
        )


@dataclass(frozen=True)
class Configuration:
    """All comparisons of a table's records."""

    comparisons: tuple[Comparison, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that are compared."""
        return tuple(each.field for each in self.comparisons)

    @property
    def needed(self) -> tuple[Field, ...]:
        """The fields that are compared, and the coarser ones that come in where they differ."""
        return (*self.fields, *(each.around for each in self.comparisons if each.around))

    @property
    def is_of_organisations(self) -> bool:
        """Whether the records are of organisations: companies without anything that only persons have."""
        kinds = {each.kind for each in self.fields}
        return Kind.COMPANY in kinds and not kinds & OF_PERSONS

    @property
    def own(self) -> tuple[bool, ...]:
        """For each field whether it is of one alone: a person in a home, a site of an organisation."""
        kinds = OWN_OF_SITES if self.is_of_organisations else OWN
        return tuple(each.kind in kinds for each in self.fields)

    def as_json(self) -> dict[str, Any]:
        """The plain form."""
        return {"comparisons": [each.as_json() for each in self.comparisons]}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Configuration":
        """What `as_json` wrote."""
        return cls(tuple(Comparison.from_json(each) for each in document["comparisons"]))


def configure(table: pa.Table, meanings: Mapping[str, Meaning] | None = None) -> Configuration:
    """The configuration that the columns of a table call for; `meanings` are those the catalog knows."""
    known, seen = meanings or {}, thinned(table)
    found: dict[Field, pa.ChunkedArray] = {}
    for place, name in enumerate(table.column_names):
        kind = kind_of(name, profile(seen[name]), known.get(name))
        if kind is not None:
            values = cleaned(seen[name], kind)
            found[Field(name.strip(), f"f{place}_{_plain(name)}", kind, bits_of(values))] = values
    telling = sorted((each for each in found if each.bits >= _LEAST_BITS), key=lambda each: (-each.bits, each.column))
    around = _around(telling, found)
    chosen = [each for each in telling if each not in around.values()][:MOST_FIELDS]
    return Configuration(_compared([each for each in found if each in chosen], found, around))


def prepared(table: pa.Table, configuration: Configuration) -> pa.Table:
    """The cleaned fields of a table, and their words where order says nothing."""
    names = {name.strip(): name for name in table.column_names}
    columns: dict[str, pa.ChunkedArray] = {}
    for field in configuration.needed:
        here = names.get(field.name)
        values = cleaned(table[here], field.kind) if here is not None else _nulls(table.num_rows)
        columns[field.column] = values
        if field.words:
            columns[field.words] = sorted_words(values)
        if field.kind is Kind.EMAIL:
            columns[field.local] = before_at(values)
    for each in configuration.comparisons:
        if each.names:
            columns[each.field.named] = only_names(columns[each.field.local], *(columns[n.column] for n in each.names))
    return pa.table(columns)


def bits_of(values: pa.ChunkedArray) -> float:
    """What agreeing on a column says on average, in bits: how rarely two records agree by chance, times its fill."""
    counts = pc.value_counts(values.drop_null()).field("counts").to_numpy(zero_copy_only=False).astype(float)
    n = counts.sum()
    if n < 2:
        return 0.0
    by_chance = max((counts * (counts - 1)).sum() / (n * (n - 1)), 1 / (n * n))
    return float(-math.log2(by_chance) * n / len(values))


def is_skewed(values: pa.ChunkedArray) -> bool:
    """Whether some value is much more frequent than values are on average, so that agreeing on it says less."""
    shares = frequencies(values)[1]
    return bool(len(shares)) and bool(shares.max() > _SKEW * (shares**2).sum())


def _around(fields: list[Field], values: Mapping[Field, pa.ChunkedArray]) -> dict[Field, Field]:
    """For each place the coarser one that follows from it: who shares the first nearly always shares the second."""
    places, found = [each for each in fields if each.kind in PLACES], dict[Field, Field]()
    for fine in places:
        for coarse in places[places.index(fine) + 1 :]:
            is_free = not {fine, coarse} & {*found, *found.values()}
            if is_free and shared_too(values[fine], values[coarse]) > _FOLLOWS:
                found[fine] = coarse
    return found


def shared_too(fine: pa.ChunkedArray, coarse: pa.ChunkedArray) -> float:
    """Of the pairs of records that agree on one column, the share that agrees on the other as well."""
    both = pa.table({"fine": fine, "coarse": coarse}).drop_null()
    together = both.group_by(["fine", "coarse"]).aggregate([([], "count_all")])["count_all"]
    alone = both.group_by(["fine"]).aggregate([([], "count_all")])["count_all"]
    n, m = (each.to_numpy().astype(float) for each in (alone, together))
    pairs = (n * (n - 1)).sum()
    return float((m * (m - 1)).sum() / pairs) if pairs else 0.0


def _compared(
    fields: list[Field], values: Mapping[Field, pa.ChunkedArray], around: Mapping[Field, Field]
) -> tuple[Comparison, ...]:
    first = next((each for each in fields if each.kind is Kind.FIRST_NAME), None)
    last = next((each for each in fields if each.kind is Kind.LAST_NAME), None)
    swaps = {first: last, last: first} if first and last else {}
    both = (first, last) if first and last else ()
    return tuple(
        Comparison(
            each,
            _levels(each, each in swaps, each in around),
            swaps.get(each),
            around.get(each),
            both if each.kind is Kind.EMAIL else (),
            is_skewed(values[each]),
        )
        for each in fields
    )


def _levels(field: Field, may_be_swapped: bool, has_around: bool) -> tuple[Level, ...]:
    same, *rest = LEVELS[field.kind]
    swapped = (Level("swapped"),) if may_be_swapped else ()
    around = (Level("same around"),) if has_around else ()
    return (same, *swapped, *rest, *around, OTHERWISE)


def _plain(name: str) -> str:
    letters = "".join(each if each.isascii() and each.isalnum() else "_" for each in slug(name))
    return letters.strip("_")[:30] or "field"


def _nulls(rows: int) -> pa.ChunkedArray:
    return pa.chunked_array([pa.nulls(rows, pa.string())])


def frequencies(values: pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """The distinct values of a column and their shares of the filled rows."""
    counted = pc.value_counts(values.drop_null())
    counts = counted.field("counts").to_numpy(zero_copy_only=False).astype(float)
    return counted.field("values"), counts / max(counts.sum(), 1.0)
