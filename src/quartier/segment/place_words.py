"""What a place says of persons: “who are at most 30 km from Lyon (FR)”."""

from quartier.language import Text, decimal, whole
from quartier.segment.clauses import Clause, Reader, who
from quartier.segment.conditions import PlaceLeaf
from quartier.segment.places import Box, Circle, Polygon


def place_clause(leaf: PlaceLeaf, reader: Reader) -> Clause:
    """What a place says of persons."""
    match leaf.area:
        case Circle() as circle:
            return who(reader, _NEAR, distance=distance(circle.km, reader), centre=_centre(circle, reader))
        case Box() as box:
            corners = {"from_": _point(box.south, box.west, reader), "to": _point(box.north, box.east, reader)}
            return who(reader, _IN_BOX, **corners)
        case Polygon() as polygon:
            first = _point(*polygon.corners[0], reader)
            return who(reader, _IN_POLYGON, n=len(polygon.corners), first=first)


def distance(km: float, reader: Reader) -> str:
    """A distance in kilometres: 30 km, 3.2 km."""
    return reader.said(_KM, n=_number(km, reader, 3))


def _centre(circle: Circle, reader: Reader) -> str:
    if circle.name is None:
        return reader.said(_FROM_POINT, point=_point(circle.latitude, circle.longitude, reader))
    is_elided = reader.language == "fr" and circle.name[:1].casefold() in _VOWELS
    return reader.said(_FROM_VOWEL if is_elided else _FROM, name=circle.name)


def _point(latitude: float, longitude: float, reader: Reader) -> str:
    return reader.said(_POINT, latitude=_number(latitude, reader, 6), longitude=_number(longitude, reader, 6))


def _number(number: float, reader: Reader, digits: int) -> str:
    is_whole = number == int(number)
    return whole(number, reader.language) if is_whole else decimal(number, reader.language, digits)


_VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüÿœæ")
_NEAR = Text(en="{is_} at most {distance} {centre}", fr="{is_} à {distance} au plus {centre}")
_KM = Text(en="{n} km", fr="{n}\N{NO-BREAK SPACE}km")
_FROM, _FROM_VOWEL = Text(en="from {name}", fr="de {name}"), Text(en="from {name}", fr="d'{name}")
_FROM_POINT = Text(en="from the point {point}", fr="du point {point}")
_POINT = Text(en="({latitude}; {longitude})", fr="({latitude} ; {longitude})")
_IN_BOX = Text(en="{is_} in the box from {from_} to {to}", fr="{is_} dans le rectangle de {from_} à {to}")
_IN_POLYGON = Text(
    en="{is_} in an area of {n} corners, the first at {first}",
    fr="{is_} dans une zone de {n} sommets, le premier en {first}",
)
