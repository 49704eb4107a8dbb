"""Persons in an area, as a query over the numbers that hold their positions."""

from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Trait, ValueType
from quartier.engine import KEY, Dialect, Query, dtype_of, kept_sql, parameter, to_sql
from quartier.identify.places.distance import haversine_of
from quartier.segment.comparing import numbered
from quartier.segment.conditions import PlaceLeaf
from quartier.segment.leaves import Asking, LeafQuery, leaf_query
from quartier.segment.moments import Moment
from quartier.segment.places import Area, Box, Circle, Polygon

PERSON_KEY = KEY["person"]


@dataclass(frozen=True)
class PlaceShape:
    """All of a place leaf but its numbers."""

    latitude: tuple[str, ValueType]
    longitude: tuple[str, ValueType]
    kind: str
    corners: int = 0


@leaf_query.register
def _(leaf: PlaceLeaf, _moment: Moment, asking: Asking) -> LeafQuery:
    return LeafQuery(Query(_place_sql(shape_of(leaf), asking.dialect), numbered("p", _numbers(leaf.area))))


def shape_of(leaf: PlaceLeaf) -> PlaceShape:
    """All of a place leaf but its numbers."""
    corners = len(leaf.area.corners) if isinstance(leaf.area, Polygon) else 0
    kind = "box over the date line" if _crosses(leaf.area) else type(leaf.area).__name__.lower()
    return PlaceShape(_column(leaf.latitude), _column(leaf.longitude), kind, corners)


def _column(trait: Trait) -> tuple[str, ValueType]:
    return trait.name, trait.type


def _crosses(area: Area) -> bool:
    return isinstance(area, Box) and area.west > area.east


def _numbers(area: Area) -> list[float]:
    match area:
        case Circle():
            return [area.latitude, area.longitude, haversine_of(area.km)]
        case Box():
            return [area.south, area.west, area.north, area.east]
        case Polygon():
            return [number for corner in area.corners for number in corner]


@kept_sql
def _place_sql(shape: PlaceShape, dialect: Dialect) -> str:
    columns = {name: dtype_of(type_) for name, type_ in (shape.latitude, shape.longitude)}
    persons = ibis.table({PERSON_KEY: dtypes.int32, **columns}, name="person")
    latitude, longitude = (persons[each[0]].cast("float64") for each in (shape.latitude, shape.longitude))
    known = ibis.and_(
        latitude.notnull(), longitude.notnull(), latitude.between(-90.0, 90.0), longitude.between(-180.0, 180.0)
    )
    return to_sql(persons.filter(known, _is_inside(latitude, longitude, shape))[[PERSON_KEY]], dialect)


def _is_inside(latitude: ir.FloatingValue, longitude: ir.FloatingValue, shape: PlaceShape) -> ir.BooleanValue:
    if shape.kind == "circle":
        return _haversine(latitude, longitude) <= _number(2)
    if shape.kind == "polygon":
        return _in_polygon(latitude, longitude, shape.corners)
    eastwards, westwards = longitude >= _number(1), longitude <= _number(3)
    between = eastwards & westwards if shape.kind == "box" else eastwards | westwards
    return latitude.between(_number(0), _number(2)) & between


def _haversine(latitude: ir.FloatingValue, longitude: ir.FloatingValue) -> ir.FloatingValue:
    """The haversine of the angle between a person and the centre, which grows with the distance."""
    north, east = (latitude - _number(0)).radians() / 2, (longitude - _number(1)).radians() / 2
    across = latitude.radians().cos() * _number(0).radians().cos() * east.sin() * east.sin()
    return north.sin() * north.sin() + across


def _in_polygon(latitude: ir.FloatingValue, longitude: ir.FloatingValue, corners: int) -> ir.BooleanValue:
    """Whether a line eastwards from the point crosses the sides an odd number of times."""
    crossed = [
        ibis.ifelse(_crosses_side(latitude, longitude, 2 * place, 2 * ((place + 1) % corners)), 1, 0)
        for place in range(corners)
    ]
    total = crossed[0]
    for each in crossed[1:]:
        total = total + each
    return total % 2 == 1


def _crosses_side(latitude: ir.FloatingValue, longitude: ir.FloatingValue, first: int, second: int) -> ir.BooleanValue:
    lat1, lon1, lat2, lon2 = (_number(each) for each in (first, first + 1, second, second + 1))
    # A level side is crossed by no line eastwards: nothing is then divided by the zero that it is high.
    height = (lat2 - lat1).nullif(0.0)
    meets = (lon2 - lon1) * (latitude - lat1) / height + lon1
    return ((lat1 > latitude) != (lat2 > latitude)) & (longitude < meets)


def _number(place: int) -> ir.FloatingValue:
    return parameter(f"p{place}", dtypes.float64)
