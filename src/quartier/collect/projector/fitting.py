"""Which values go into which columns, and what of a shape stays in `rest`. Pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quartier.catalog import Property, Trait, ValueType
from quartier.collect.projector.naming import Path, column_name, pointer
from quartier.collect.projector.shapes import Kind, Leaf, Shape, shape_of

FITS: Mapping[ValueType, frozenset[Kind]] = {
    ValueType.TEXT: frozenset({Kind.STRING, Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN}),
    ValueType.INTEGER: frozenset({Kind.INTEGER}),
    ValueType.NUMBER: frozenset({Kind.INTEGER, Kind.NUMBER}),
    ValueType.BOOLEAN: frozenset({Kind.BOOLEAN}),
    ValueType.DATE: frozenset({Kind.STRING}),
    ValueType.INSTANT: frozenset({Kind.STRING}),
    ValueType.TEXTS: frozenset({Kind.TEXTS}),
    ValueType.LINES: frozenset({Kind.LINES}),
}
IN_LINES = (ValueType.TEXT, ValueType.INTEGER, ValueType.NUMBER, ValueType.BOOLEAN)
"""The types that fields of lines are read as; others stay in `rest`."""

Held = Mapping[str, Property | Trait]
"""The columns of a table that messages write, by name."""


@dataclass(frozen=True)
class Source:
    """A place that feeds a column; a guarded one has values that do not fit in some rows."""

    path: Path
    is_guarded: bool = False


@dataclass(frozen=True)
class Column:
    """A column and the places that feed it; of lines, the fields and their places in each line."""

    name: str
    type: ValueType
    sources: tuple[Source, ...]
    lines: tuple["Column", ...] = ()


@dataclass(frozen=True)
class Odd:
    """A shape of which something does not fit: the places, and the keys that `rest` goes without (as a patch)."""

    structure: str
    misfits: tuple[str, ...]
    patch: str | None


@dataclass
class _Judgement:
    held: Held
    placed: dict[str, set[Path]] = field(default_factory=dict)
    line_fields: dict[str, set[str]] = field(default_factory=dict)
    misfits: list[str] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)


def fitted(structures: Iterable[str], held: Held) -> tuple[tuple[Column, ...], tuple[Odd, ...]]:
    """The columns that rows of some shapes fill, and the shapes of which something stays in `rest`."""
    placed: dict[str, set[Path]] = {}
    fields: dict[str, set[str]] = {}
    odd = []
    for structure in structures:
        judged = _judged(shape_of(structure), held)
        for name, paths in judged.placed.items():
            placed.setdefault(name, set()).update(paths)
        for name, raws in judged.line_fields.items():
            fields.setdefault(name, set()).update(raws)
        if judged.misfits:
            odd.append(Odd(structure, tuple(judged.misfits), _patch(shape_of(structure), judged.kept)))
    misfits = {each for one in odd for each in one.misfits}
    return tuple(_column(held[name], placed[name], fields, misfits) for name in sorted(placed)), tuple(odd)


def _column(held: Property | Trait, paths: set[Path], fields: Mapping[str, set[str]], misfits: set[str]) -> Column:
    sources = tuple(Source(path, pointer(path) in misfits) for path in sorted(paths))
    if not isinstance(held, Property) or held.type is not ValueType.LINES:
        return Column(held.name, held.type, sources)
    raws = fields.get(held.name, set())
    lines = tuple(
        Column(each.name, each.type, _line_sources(each.name, paths, raws, misfits)) for each in held.properties
    )
    return Column(held.name, held.type, sources, lines)


def _line_sources(name: str, paths: set[Path], raws: set[str], misfits: set[str]) -> tuple[Source, ...]:
    return tuple(
        Source((raw,), any(pointer((*path, raw)) in misfits for path in paths))
        for raw in sorted(raws)
        if column_name((raw,)) == name
    )


def _judged(shape: Shape, held: Held) -> _Judgement:
    judged = _Judgement(held)
    judged.misfits += [pointer((key,)) for key in shape.objects if column_name((key,)) in held]
    claimed: set[str] = set()
    for leaf in shape.leaves:
        if leaf.kind is Kind.NOTHING:
            continue
        name = column_name(leaf.path)
        if leaf.kind is Kind.EMPTY:  # it says nothing, but would be read as text
            judged.misfits.append(pointer(leaf.path))
            continue
        if name in claimed or not _place(leaf, name, judged):
            judged.misfits.append(pointer(leaf.path))
            judged.kept.add(leaf.path[0])
        claimed.add(name)  # the first place that is not empty has the column, whether its value fits or not
    return judged


def _place(leaf: Leaf, name: str, judged: _Judgement) -> bool:
    held = judged.held.get(name)
    if held is None or leaf.kind not in FITS[held.type]:
        return False
    if isinstance(held, Property) and held.type is ValueType.LINES and not _place_fields(leaf, held, judged):
        return False
    judged.placed.setdefault(name, set()).add(leaf.path)
    return True


def _place_fields(leaf: Leaf, held: Property, judged: _Judgement) -> bool:
    """Whether any field of the lines has a place; those without one are noted."""
    types = {each.name: each.type for each in held.properties}
    claimed: set[str] = set()
    for raw, kind in leaf.fields:
        name = column_name((raw,))
        type_ = types.get(name)
        if kind is Kind.NOTHING:
            continue
        if name not in claimed and type_ in IN_LINES and kind in FITS[type_]:
            judged.line_fields.setdefault(held.name, set()).add(raw)
        else:
            judged.misfits.append(pointer((*leaf.path, raw)))
            judged.kept.add(leaf.path[0])
        claimed.add(name)
    return bool(judged.line_fields.get(held.name))


def _patch(shape: Shape, kept: set[str]) -> str | None:
    """The keys that are told in full by columns, as a merge patch that takes them out (RFC 7396)."""
    if not kept:
        return None
    return json.dumps(dict.fromkeys(key for key in shape.keys if key not in kept), ensure_ascii=False)
