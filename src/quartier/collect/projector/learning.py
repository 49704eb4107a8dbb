"""New names in the catalog: what is seen for the first time gets its type, then only ever a wider one. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quartier.catalog import EventType, Property, Subject, Trait, ValueType
from quartier.catalog.recognise import Recognised, recognise
from quartier.collect.events import EVENT_LABELS, event_label
from quartier.collect.plan import wider
from quartier.collect.projector.fitting import Held
from quartier.collect.projector.naming import Path, column_name
from quartier.collect.projector.shapes import SCALARS, Kind, shape_of
from quartier.collect.projector.spoken import SPOKEN

MOST_NAMES = 200
"""So many properties of an event type, or traits of a subject, get columns; what comes after stays in `rest`."""

MOST_FIELDS = 50
"""The same of the lines of an order."""

VIEWED = {"page": "Page Viewed", "screen": "Screen Viewed"}
"""The event types of the calls that name none."""

_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER})
_CODES = frozenset(["id", "code", "zip", "postcode", "siret", "siren", "sku", "ean", "upc", "isbn", "iban"])


@dataclass
class Sighting:
    """A name in some messages: the places and kinds of its values, and the fields of its lines."""

    name: str
    paths: set[Path] = field(default_factory=set)
    kinds: set[Kind] = field(default_factory=set)
    fields: dict[str, set[Kind]] = field(default_factory=dict)


@dataclass(frozen=True)
class Values:
    """What is told of the values of a name: some of them, and how all of them are written."""

    some: tuple[str, ...] = ()
    are_dates: bool = False
    are_instants: bool = False
    has_instants: bool = False
    has_huge: bool = False


def sightings(structures: Iterable[str]) -> dict[str, Sighting]:
    """Every name in some shapes, by name."""
    found: dict[str, Sighting] = {}
    for structure in structures:
        for leaf in shape_of(structure).leaves:
            if leaf.kind not in (Kind.NOTHING, Kind.EMPTY, Kind.OTHER):
                one = found.setdefault(column_name(leaf.path), Sighting(column_name(leaf.path)))
                one.paths.add(leaf.path)
                one.kinds.add(leaf.kind)
                for raw, kind in leaf.fields:
                    one.fields.setdefault(column_name((raw,)), set()).add(kind)
    return found


def to_look_at(found: Mapping[str, Sighting], held: Held, room: int) -> list[Sighting]:
    """The names of which the values have to be looked at: new ones that there is room for, and dates."""
    fresh = [found[name] for name in sorted(found) if name not in held][: max(room, 0)]
    dates = [found[name] for name, each in held.items() if each.type is ValueType.DATE and name in found]
    return fresh + [each for each in dates if Kind.STRING in each.kinds]


def learned_property(seen: Sighting, values: Values) -> Property | None:
    """The property that a new name becomes; None where none of its values has a type."""
    type_ = _first_type(seen, values)
    fields = _fields((), seen) if type_ is ValueType.LINES else ()
    if type_ is None or (type_ is ValueType.LINES and not fields):
        return None
    found = _recognised(seen, values)
    label = SPOKEN.get(seen.name, found.label)
    return Property(name=seen.name, type=type_, label=label, sensitivity=found.sensitivity, meaning=found.meaning,
                    properties=fields, is_new=_is_unheard_of(seen.name, found))  # fmt: skip


def learned_trait(seen: Sighting, values: Values, of: Subject) -> Trait | None:
    """The trait that a new name becomes; None where none of its values has a type."""
    type_ = _first_type(seen, values)
    if type_ is None or type_ is ValueType.LINES:
        return None
    found = _recognised(seen, values, of)
    is_new = _is_unheard_of(seen.name, found)
    return found.trait(seen.name, of).model_copy(update={"type": type_, "is_new": is_new})


def widened_type(known: ValueType, seen: Sighting, values: Values) -> ValueType:
    """The type of a known name after these values: whole numbers widen to numbers, dates to instants."""
    if known is ValueType.INTEGER and Kind.NUMBER in seen.kinds:
        return wider(known, ValueType.NUMBER)
    return wider(known, ValueType.INSTANT) if known is ValueType.DATE and values.has_instants else known


def widened_property(known: Property, seen: Sighting, values: Values) -> Property:
    """A known property after these values; lines also get the fields that are new."""
    if known.type is not ValueType.LINES:
        type_ = widened_type(known.type, seen, values)
        return known if type_ is known.type else known.model_copy(update={"type": type_})
    fields = _fields(known.properties, seen)
    return known if fields == known.properties else known.model_copy(update={"properties": fields})


def learned_event(name: str) -> EventType:
    """A new event type."""
    return EventType(name=name, label=event_label(name), is_new=name not in EVENT_LABELS)


def _first_type(seen: Sighting, values: Values) -> ValueType | None:
    scalars = seen.kinds & SCALARS
    if not scalars:
        if Kind.LINES in seen.kinds:
            return ValueType.LINES
        return ValueType.TEXTS if Kind.TEXTS in seen.kinds else None
    if scalars == {Kind.STRING}:
        return _type_of_strings(values)
    if scalars == {Kind.BOOLEAN}:
        return ValueType.BOOLEAN
    if not scalars <= _NUMBERS or values.has_huge or _is_code(seen, values):
        return ValueType.TEXT
    return ValueType.NUMBER if Kind.NUMBER in scalars else ValueType.INTEGER


def _type_of_strings(values: Values) -> ValueType:
    if values.are_dates:
        return ValueType.DATE
    return ValueType.INSTANT if values.are_instants else ValueType.TEXT


def _is_code(seen: Sighting, values: Values) -> bool:
    """Whether numbers are names: an order number, a postcode, a phone."""
    found = _recognised(seen, values)
    is_meant_as_text = found.meaning is not None and found.type is ValueType.TEXT
    return is_meant_as_text or bool(_CODES & set(seen.name.split("_")))


def _recognised(seen: Sighting, values: Values, of: Subject = "person") -> Recognised:
    return recognise("_".join(min(seen.paths)), values.some, of)


def _is_unheard_of(name: str, found: Recognised) -> bool:
    """Whether a name waits in the inbox: neither the Segment specification nor our dictionary says what it is."""
    return name not in SPOKEN and found.meaning is None


def _fields(known: tuple[Property, ...], seen: Sighting) -> tuple[Property, ...]:
    """The fields of lines with those that are new; whole numbers in them are numbers from the start."""
    kept = tuple(
        each.model_copy(update={"type": wider(each.type, ValueType.NUMBER)})
        if each.type is ValueType.INTEGER and Kind.NUMBER in seen.fields.get(each.name, ())
        else each
        for each in known
    )
    names = {each.name for each in known}
    fresh = [name for name in sorted(seen.fields) if name not in names and seen.fields[name] & SCALARS]
    return kept + tuple(_field(name, seen.fields[name]) for name in fresh[: max(MOST_FIELDS - len(known), 0)])


def _field(name: str, kinds: set[Kind]) -> Property:
    scalars = kinds & SCALARS
    type_ = ValueType.BOOLEAN if scalars == {Kind.BOOLEAN} else ValueType.TEXT
    if scalars <= _NUMBERS and not _CODES & set(name.split("_")):
        type_ = ValueType.NUMBER
    found = recognise(name, ())
    return Property(name=name, type=type_, label=SPOKEN.get(name, found.label),
                    sensitivity=found.sensitivity, is_new=_is_unheard_of(name, found))  # fmt: skip
