"""A mapping made ready to run: every column that is kept, with its place, its type and how its text is read."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import dataclass

from quartier.catalog import Catalog, Meaning, Subject, ValueType
from quartier.catalog.recognise import Recognised, recognise, type_of
from quartier.collect.definition import IDENTIFIERS, Column, Layout, Mapping
from quartier.engine import RESERVED
from quartier.errors import InvalidDefinition, Problem, suggestion
from quartier.language import Text

COMPLETED, REFUNDED = "Order Completed", "Order Refunded"
Samples = Dict[str, Sequence[str | None]]

_ROLE_TYPES = {"time": ValueType.INSTANT}
_KNOWN_NUMBERS = {"property.revenue", "line.price", "line.quantity", "line.amount"}
_IDENTIFIER_TRAITS = {**dict.fromkeys(IDENTIFIERS), "account_id": "account"}


@dataclass(frozen=True)
class Field:
    """One column of the file that is kept: where it is staged, what it becomes and as which type."""

    column: str
    place: str
    to: str
    kind: str
    name: str
    type: ValueType


@dataclass(frozen=True)
class Plan:
    """What to do with a file; everything is decided but for the rows."""

    mapping: Mapping
    fields: tuple[Field, ...]
    recognised: Dict[str, Recognised]

    @property
    def subject(self) -> Subject:
        """Whose traits the file holds."""
        return "account" if self.mapping.layout is Layout.ACCOUNTS else "person"

    @property
    def has_events(self) -> bool:
        """Whether rows are events, orders or lines, and not persons or accounts."""
        return self.mapping.layout not in (Layout.PERSONS, Layout.ACCOUNTS)

    @property
    def identifiers(self) -> tuple[Field, ...]:
        """The columns that say who it is, the strongest first."""
        kinds = ("account_id",) if self.subject == "account" else IDENTIFIERS
        return tuple(each for kind in kinds for each in self.fields if each.kind == kind)

    def of_kind(self, kind: str) -> tuple[Field, ...]:
        """The fields of one kind: trait, property, line or a role."""
        return tuple(each for each in self.fields if each.kind == kind)

    def field(self, to: str) -> Field | None:
        """The field with exactly this target, or None."""
        return next((each for each in self.fields if each.to == to), None)


def make_plan(mapping: Mapping, names: Sequence[str], samples: Samples, catalog: Catalog, where: str) -> Plan:
    """Decide every type. Raises InvalidDefinition with all that does not fit this file or this catalog."""
    _check_columns(mapping, names, where)
    subject: Subject = "account" if mapping.layout is Layout.ACCOUNTS else "person"
    kept = {name: column for name, column in mapping.columns.items() if column.to != "skip"}
    recognised = {name: recognise(name, _values(samples[name], mapping), subject) for name in kept}
    fields = tuple(
        Field(name, f"c{place}", column.to, column.kind, column.name,
              _type(column, recognised[name], _values(samples[name], mapping), catalog, mapping, subject))
        for place, (name, column) in enumerate(kept.items())
    )  # fmt: skip
    _check_names(mapping, catalog, subject, where)
    return Plan(_with_types(mapping, fields), fields, recognised)


def trait_of(field: Field) -> str | None:
    """The trait that keeps this field, or None. Identifiers are traits as well, so that they can be searched."""
    if field.kind == "trait":
        return field.name
    if field.kind in _IDENTIFIER_TRAITS:
        return _IDENTIFIER_TRAITS[field.kind] or field.kind
    return None


def meaning_of(field: Field) -> Meaning | None:
    """What an identifier means, whatever the file calls its column."""
    return Meaning(field.kind) if field.kind in _IDENTIFIER_TRAITS else None


def wider(known: ValueType, found: ValueType) -> ValueType:
    """The type that a later file of another type leads to: numbers widen; else what is known stays."""
    if {known, found} == {ValueType.INTEGER, ValueType.NUMBER}:
        return ValueType.NUMBER
    if {known, found} == {ValueType.DATE, ValueType.INSTANT}:
        return ValueType.INSTANT
    return known


def _type(
    column: Column, found: Recognised, values: Sequence[str | None], catalog: Catalog, mapping: Mapping, of: Subject
) -> ValueType:
    if column.to in _KNOWN_NUMBERS:
        return ValueType.NUMBER
    if column.kind not in ("trait", "property", "line"):
        return _ROLE_TYPES.get(column.kind, ValueType.TEXT)
    asked = column.type or (found.type if column.kind == "trait" else type_of(column.name, values))
    known = _known(column, catalog, mapping, of)
    return asked if known is None else wider(known, asked)


def _known(column: Column, catalog: Catalog, mapping: Mapping, of: Subject) -> ValueType | None:
    if column.kind == "trait":
        trait = catalog.trait(column.name, of)
        return trait.type if trait else None
    event = catalog.event(event_name(mapping) or "")
    path = f"products.{column.name}" if column.kind == "line" else column.name
    found = event.property(path) if event else None
    return found.type if found else None


def event_name(mapping: Mapping) -> str | None:
    """The one event type of a mapping, None when a column says it."""
    if mapping.layout in (Layout.ORDERS, Layout.ORDER_LINES):
        return COMPLETED
    return mapping.event


def _values(values: Sequence[str | None], mapping: Mapping) -> list[str | None]:
    words = {each.lower() for each in mapping.missing}
    return [None if each is not None and each.strip().lower() in words else each for each in values]


def _with_types(mapping: Mapping, fields: tuple[Field, ...]) -> Mapping:
    """The mapping as it is kept with the import: no type is left to be found out again."""
    typed = {each.column: replace_type(mapping.columns[each.column], each) for each in fields}
    return mapping.model_copy(update={"columns": {**mapping.columns, **typed}})


def replace_type(column: Column, field: Field) -> Column:
    """The column with the type that was decided, where a type can be chosen."""
    return column.model_copy(update={"type": field.type}) if column.kind in ("trait", "property", "line") else column


def _check_columns(mapping: Mapping, names: Sequence[str], where: str) -> None:
    unknown = [name for name in mapping.columns if name not in names]
    if unknown:
        problems = [
            Problem(f"columns.{each}", _NO_COLUMN.with_(where=where), suggestion(each, names)) for each in unknown
        ]
        raise InvalidDefinition("mapping", problems)


def _check_names(mapping: Mapping, catalog: Catalog, of: Subject, where: str) -> None:
    problems = []
    for name, column in mapping.columns.items():
        if column.kind in ("trait", "property") and column.name in RESERVED:
            problems.append(
                Problem(f"columns.{name}", _RESERVED.with_(name=column.name), _RENAME.with_(kind=column.kind))
            )
        trait = catalog.trait(column.name, of) if column.kind == "trait" else None
        if trait is not None and trait.origin != "given":
            problems.append(Problem(f"columns.{name}", _COMPUTED.with_(name=column.name), _RENAME.with_(kind="trait")))
        if column.kind == "property" and _known(column, catalog, mapping, of) is ValueType.LINES:
            problems.append(Problem(f"columns.{name}", _LINES.with_(name=column.name), _RENAME.with_(kind="property")))
    if problems:
        raise InvalidDefinition(where, problems)


_NO_COLUMN = Text(en="{where} has no such column", fr="{where} n'a pas de colonne de ce nom")
_RESERVED = Text(
    en="“{name}” is a name that Quartier keeps for itself",
    fr="«\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}» est un nom que Quartier se réserve",
)
_COMPUTED = Text(
    en="“{name}” is a computed trait already",
    fr="«\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}» est déjà un trait calculé",
)
_LINES = Text(
    en="“{name}” holds the lines of an order, and not one value",
    fr="«\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}» contient les lignes d'une commande, et non une seule valeur",
)
_RENAME = Text(
    en="map the column to another name: `{kind}.NAME`",
    fr="donnez un autre nom à la colonne\N{NO-BREAK SPACE}: `{kind}.NOM`",
)
