"""What the contexts of messages tell of devices, as traits: each message tells it anew, the last one has the say.

Nothing is done per message in Python: each device is read once, and a message counts where it tells of another device
than the one before it of the same person. What somebody gave (an `identify`, a file) stands; no context changes it.
"""

import json
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import orjson
import pyarrow as pa

from quartier.catalog import Catalog, ValueType
from quartier.collect.convert import one_argument, two_arguments
from quartier.collect.given import GIVEN, GIVEN_SCHEMA, SINCE, keep_given
from quartier.collect.projector.chunks import Chunk
from quartier.collect.projector.reading import CONTEXT, READ
from quartier.collect.projector.subjects import TRAITS, Named
from quartier.collect.signals import technographic, technographic_traits
from quartier.collect.signals.context import COLUMNS, READ_AT
from quartier.engine import IDENTITY, TRAIT, DuckDBEngine, Query, kept_sql, to_sql
from quartier.engine.ndjson import NUMBER

CONTEXTS, DEVICES, TOLD = "staged_contexts", "staged_devices", "staged_told"
STAGED = (CONTEXTS, DEVICES, TOLD)
_PART, _DEVICE = "part_", "device_"
_PARTS_ARROW = pa.schema({_PART: pa.string(), _DEVICE: pa.int32()})
_TOLD_ARROW = pa.schema({_DEVICE: pa.int32(), **dict.fromkeys(COLUMNS, pa.string())})
_TOLD_SCHEMA = ibis.schema({_DEVICE: "int32", **dict.fromkeys(COLUMNS, "string")})
_MARK = b'"context"'


def stage_devices(engine: DuckDBEngine, chunk: Chunk) -> None:
    """Stage what the devices of a chunk are, and which message tells of which; call it while its lines are staged."""
    told: dict[tuple[str | None, ...], int] = {}
    parts: dict[str, int] = {}
    if any(_MARK in each.body for each in chunk.entries):
        engine.stage(CONTEXTS, Query(_contexts_sql()))
        found = [str(part) for (part,) in engine.rows(Query(_parts_sql()))]
        for part, traits in zip(found, technographic(map(orjson.loads, found)), strict=True):
            if traits:
                parts[part] = told.setdefault(tuple(map(traits.get, COLUMNS)), len(told))
    engine.stage(TOLD, _table(_TOLD_ARROW, [(place, *values) for values, place in told.items()]))
    if parts:
        engine.stage(DEVICES, _table(_PARTS_ARROW, list(parts.items())))
        engine.stage(DEVICES, Query(_devices_sql()))


def with_devices(engine: DuckDBEngine, catalog: Catalog) -> Catalog:
    """The catalog with the traits that the staged devices have."""
    counts = dict(zip(COLUMNS, *engine.rows(Query(_counts_sql())), strict=True))
    fresh = [each for each in technographic_traits() if counts[each.name] and not catalog.trait(each.name)]
    return catalog.with_traits(*fresh) if fresh else catalog


def add_devices(engine: DuckDBEngine, catalog: Catalog, keyed: str, named: Named) -> Named:
    """Add to the staged traits of persons what devices tell, and note what messages gave. Returns all names."""
    keep_given(engine, TRAITS, [name for name, _ in named])
    names = tuple(each for each in COLUMNS if _is_told(catalog, each))
    if not names or not engine.rows(Query(_any_sql())):
        return named
    engine.ensure(GIVEN, GIVEN_SCHEMA)
    engine.ensure(TRAITS, ibis.schema(dict.fromkeys(names, "string")))
    engine.insert(TRAITS, Query(_added_sql(keyed, names)))
    known = {name for name, _ in named}
    return (*named, *((each, ValueType.TEXT) for each in names if each not in known))


def _is_told(catalog: Catalog, name: str) -> bool:
    """Whether the trait of a name may hold what a context says: a file may have made a number of it, or a model."""
    trait = catalog.trait(name)
    return trait is not None and trait.type is ValueType.TEXT and trait.origin == "given"


def _table(schema: pa.Schema, rows: list[tuple[Any, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [[] for _ in schema]
    arrays = [pa.array(each, type_) for each, type_ in zip(columns, schema.types, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


# ---- SQL: from contexts to rows beside the staged traits


def _read_at() -> tuple[str, dtypes.Struct]:
    """What of a context is read, as DuckDB takes it, and the type of the result."""
    tree: dict[str, Any] = {}
    for first, *inner in READ_AT:
        if inner:
            tree.setdefault(first, {})[inner[0]] = "JSON"
        else:
            tree[first] = "JSON"
    types = {k: dtypes.Struct(dict.fromkeys(v, dtypes.json)) if isinstance(v, dict) else dtypes.json
             for k, v in tree.items()}  # fmt: skip
    return json.dumps(tree), dtypes.Struct(types)


@kept_sql
def _contexts_sql() -> str:
    """What of each context is read, as JSON again: pages and campaigns differ in each message, devices do not."""
    tree, struct = _read_at()
    part = ibis.udf.scalar.builtin(
        two_arguments, name="json_transform", signature=((dtypes.string, dtypes.string), struct)
    )
    written = ibis.udf.scalar.builtin(one_argument, name="to_json", signature=((struct,), dtypes.string))
    rows = ibis.table({NUMBER: "int64", CONTEXT: "string"}, name=READ)
    said = rows.filter(rows[CONTEXT].notnull())
    return to_sql(said.select(NUMBER, **{_PART: written(part(said[CONTEXT], tree))}))


def _contexts() -> ir.Table:
    return ibis.table({NUMBER: "int64", _PART: "string"}, name=CONTEXTS)


@kept_sql
def _parts_sql() -> str:
    return to_sql(_contexts().select(_PART).distinct().order_by(_PART))


@kept_sql
def _devices_sql() -> str:
    parts = ibis.table({_PART: "string", _DEVICE: "int32"}, name=DEVICES)
    return to_sql(_contexts().join(parts, _PART).select(NUMBER, _DEVICE))


@kept_sql
def _counts_sql() -> str:
    told = ibis.table(_TOLD_SCHEMA, name=TOLD)
    return to_sql(told.agg(**{name: told[name].count() for name in COLUMNS}))


@kept_sql
def _any_sql() -> str:
    return to_sql(ibis.table(_TOLD_SCHEMA, name=TOLD).select(_DEVICE).limit(1))


@kept_sql
def _added_sql(keyed: str, names: tuple[str, ...]) -> str:
    """The messages that tell of another device than the one before, with what they may tell."""
    key = IDENTITY
    rows = ibis.table({key: "int32", NUMBER: "int64"}, name=keyed)
    devices = ibis.table({NUMBER: "int64", _DEVICE: "int32"}, name=DEVICES)
    known = rows.filter(rows[key].notnull()).join(devices, NUMBER)
    before = known[_DEVICE].lag().over(ibis.window(group_by=known[key], order_by=known[NUMBER]))
    others = known.mutate(before=before).filter(lambda r: ~r[_DEVICE].identical_to(r.before)).drop("before")
    told = others.join(ibis.table(_TOLD_SCHEMA, name=TOLD), _DEVICE)
    both = told.left_join(_given(names), key)
    free = {name: ibis.ifelse((both[_since(name)] <= both[NUMBER]).fill_null(False), ibis.null(dtypes.string),
                              both[name]) for name in names}  # fmt: skip
    return to_sql(both.select(key, NUMBER, **free), in_steps=True)


def _given(names: tuple[str, ...]) -> ir.Table:
    """Since which message each trait was given, one row per person."""
    given = ibis.table(GIVEN_SCHEMA, name=GIVEN)
    since = {_since(name): given[SINCE].min(where=given[TRAIT] == name) for name in names}
    return given.group_by(IDENTITY).agg(**since)


def _since(name: str) -> str:
    return f"since_{name}"
