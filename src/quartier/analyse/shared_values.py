"""How often each value of a trait occurs among some persons or accounts, against all others."""

from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
from pyroaring import BitMap

from quartier.analyse.plain import Plain
from quartier.analyse.sides import FEWEST_PERSONS
from quartier.catalog import Subject, Trait
from quartier.engine import KEY, DuckDBEngine, Query, kept_sql, to_sql
from quartier.engine.keyed import WANTED, wanted


@dataclass(frozen=True)
class ValueCount(Plain):
    """How many have one value: of a set, and of all."""

    value: str
    members: int
    everyone: int


def value_counts(engine: DuckDBEngine, trait: Trait, keys: BitMap, most: int = 12) -> tuple[ValueCount, ...]:
    """The most frequent values of a trait of text among some keys, with how many of all have them.

    A value that fewer than five of all have is left out: it could name someone.
    """
    if trait.name not in (engine.schema(trait.of) or ()):
        return ()
    with wanted(engine, keys):
        rows = engine.rows(Query(_counts_sql(trait.name, trait.of), {}))
    return tuple(ValueCount(str(value), int(str(own)), int(str(all_))) for value, own, all_ in rows[:most])


@kept_sql
def _counts_sql(name: str, of: Subject) -> str:
    key = KEY[of]
    subjects = ibis.table({key: dtypes.int32, name: dtypes.string}, name=of)
    members = ibis.table({"key": dtypes.int32}, name=WANTED)
    told = subjects.left_join(members, subjects[key] == members.key)
    counts = (
        told.filter(lambda row: row[name].notnull())
        .group_by(name)
        .agg(members=lambda row: row.key.count(), everyone=lambda row: row.count())
    )
    shown = counts.filter(lambda row: (row.members > 0) & (row.everyone >= FEWEST_PERSONS))
    return to_sql(shown.order_by([lambda row: row.members.desc(), name]))
