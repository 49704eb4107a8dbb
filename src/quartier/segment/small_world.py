"""The small world: the rows of the touched persons or accounts in small tables, on which the ordinary evaluation runs.

There is one evaluator and no second way: inside the block the same queries read small tables of the same names. Keys
are renumbered from zero, so that no cost follows those that were not touched. What others decide (a rank, what is asked
across the links of persons and accounts) is known there from the greater world.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import ibis
import ibis.expr.datatypes as dtypes
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Catalog, Subject
from quartier.engine import (
    KEY,
    Dialect,
    Query,
    Shadows,
    event_schema,
    history_schemas,
    kept_sql,
    subject_schema,
    to_sql,
)
from quartier.engine.keys import key_array
from quartier.segment.conditions import Condition
from quartier.segment.edges import is_global
from quartier.segment.evaluate import World
from quartier.segment.levels import own_leaves
from quartier.segment.reads import columns_read

TOUCHED = "quartier_touched"


class SmallWorld:
    """A world of some persons (or accounts) of a greater one, and the way between their keys here and there."""

    def __init__(self, world: World, touched: BitMap) -> None:
        self.keys: npt.NDArray[np.uint32] = key_array(touched)
        self.world = World(world.engine, world.catalog, world.moment, of=world.of)
        for node, members in world.known.items():  # what depends on more than the touched is known from there
            self.world.known[node] = self.here(members & touched)

    def here(self, members: BitMap) -> BitMap:
        """Some of the touched of the greater world by their keys in this one."""
        return BitMap(np.searchsorted(self.keys, key_array(members)).astype(np.uint32).data)

    def there(self, members: BitMap) -> BitMap:
        """Some of this world by their keys in the greater one."""
        return BitMap(self.keys[key_array(members)].data)


@contextmanager
def small_world(
    world: World, engine: Shadows, touched: BitMap, conditions: Iterable[Condition]
) -> Iterator[SmallWorld]:
    """A world of the touched for the length of the block, with the columns that some conditions read.

    The greater world knows whatever is decided through links between persons and accounts.
    """
    known = own_leaves(conditions)
    for leaf in known:
        if is_global(leaf):
            world.holding(leaf)  # found among everyone, since a few of them cannot tell
    small = SmallWorld(world, touched)
    columns = columns_read(known, world.catalog, world.of)
    places = {"key": pa.array(small.keys, pa.int32()), "place": pa.array(np.arange(len(small.keys)), pa.int32())}
    tables = {table: _rows_of_touched(engine, small, table, names) for table, names in columns.items()}
    with engine.shadowed({TOUCHED: pa.table(places), **tables}):
        yield small


def _rows_of_touched(engine: Shadows, small: SmallWorld, table: str, columns: tuple[str, ...]) -> Query | pa.Table:
    """The rows of the touched, their keys renumbered: at hand, or to be found by a query."""
    rows = engine.rows_of(table, columns, small.keys)
    if rows is None:
        return _copy(table, columns, small.world)
    key = KEY[small.world.of]
    places = np.searchsorted(small.keys, rows[key].to_numpy()).astype(np.int32)
    renumbered = rows.set_column(columns.index(key), key, pa.array(places))
    return renumbered.combine_chunks()  # what is read from one piece comes home in few


def _copy(table: str, columns: tuple[str, ...], world: World) -> Query:
    schema = _schemas(world.catalog)[table]
    typed = tuple((name, schema[name]) for name in columns)
    return Query(_copy_sql(table, typed, world.of, world.asking.dialect))


def _schemas(catalog: Catalog) -> dict[str, ibis.Schema]:
    subjects: dict[str, ibis.Schema] = {
        "person": subject_schema(catalog),
        "account": subject_schema(catalog, "account"),
    }
    events = {event.table: event_schema(event) for event in catalog.events}
    return subjects | events | history_schemas()


@kept_sql
def _copy_sql(table: str, columns: tuple[tuple[str, dtypes.DataType], ...], of: Subject, dialect: Dialect) -> str:
    """The rows of the touched, their keys renumbered."""
    rows, key = ibis.table(dict(columns), name=table), KEY[of]
    touched = ibis.table({"key": dtypes.int32, "place": dtypes.int32}, name=TOUCHED)
    found = rows.inner_join(touched, rows[key] == touched.key)
    others = [name for name, _ in columns if name != key]
    return to_sql(found.select(*others, **{key: found.place}), dialect)
