"""How tests of an event's own time are bound: `when: {weekday: [saturday, sunday], hour: {between: [18, 21]}}`.

Whatever the comparison, what passes is a set of weekdays, hours, days or months; a range may go round the end, as a
night does: `hour: {between: [22, 5]}`.
"""

from collections.abc import Mapping
from typing import Any

from quartier.errors import Unusable, suggestion
from quartier.language import Text
from quartier.segment.binding import Placed
from quartier.segment.conditions import ClockTest, Comparison
from quartier.segment.documents import Test
from quartier.segment.numbers import holds_for_number
from quartier.segment.wall_clock import CLOCK_PARTS, ClockPart

_COMPARISONS = ("is", "is_not", "in", "not_in", "more_than", "at_least", "less_than", "at_most", "between")


def clock_tests(written: Mapping[str, Test], place: str) -> tuple[ClockTest, ...]:
    """The tests of `when`, in the order of the parts. Raises Placed for the first that cannot be used."""
    for key in written:
        if key not in CLOCK_PARTS:
            raise Placed(f"{place}.when.{key}", _no_part(key))
    return tuple(_test(key, written[key], f"{place}.when.{key}") for key in CLOCK_PARTS if key in written)


def _test(key: str, test: Test, place: str) -> ClockTest:
    try:
        values = _passing(CLOCK_PARTS[key], test)
    except Unusable as error:
        raise Placed(place, error) from error
    if not values:
        raise Placed(place, Unusable(_NEVER))
    return ClockTest(key, values)


def _passing(part: ClockPart, test: Test) -> tuple[int, ...]:
    """The values that satisfy a test, in order."""
    if test.operator not in _COMPARISONS:
        raise Unusable(_UNFIT.with_(key=test.operator), _FITTING.with_(names=list(_COMPARISONS)))
    if test.operator in ("in", "not_in"):
        listed = {_value(part, each) for each in _list(test.value)}
        return tuple(each for each in part.values if (each in listed) == (test.operator == "in"))
    if test.operator == "between":
        first, last = _pair(part, test.value)
        goes_round = first > last
        return tuple(n for n in part.values if (n >= first or n <= last if goes_round else first <= n <= last))
    compared = Comparison(test.operator, _value(part, test.value))
    return tuple(each for each in part.values if holds_for_number(compared, each))


def _value(part: ClockPart, written: Any) -> int:
    """One value, by its name or its number."""
    if isinstance(written, str) and written.lower() in part.names:
        return part.names.index(written.lower()) + part.first
    if part.has_numbers and isinstance(written, int) and not isinstance(written, bool) and written in part.values:
        return written
    if part.has_numbers:
        raise Unusable(_NO_NUMBER, _NUMBERS.with_(first=part.first, last=part.last))
    raise Unusable(_NO_NAME, _NAMES.with_(names=list(part.names)))


def _no_part(key: str) -> Unusable:
    if key == "zone":
        return Unusable(_WORKSPACE_ZONE, _OWN_ZONE)
    return Unusable(_UNKNOWN.with_(key=key), suggestion(key, tuple(CLOCK_PARTS)))


def _list(written: Any) -> list[Any]:
    if not isinstance(written, list | tuple) or not written:
        raise Unusable(_NO_LIST)
    return list(written)


def _pair(part: ClockPart, written: Any) -> tuple[int, int]:
    if not isinstance(written, list | tuple) or len(written) != 2:
        raise Unusable(_NO_PAIR)
    return _value(part, written[0]), _value(part, written[1])


_UNKNOWN = Text(
    en="“{key}” is no part of the time of an event", fr="« {key} » n'est pas une partie de l'heure d'un événement"
)
_WORKSPACE_ZONE = Text(
    en="the time of an event is read in the workspace's time zone here",
    fr="l'heure d'un événement se lit ici dans le fuseau horaire de l'espace de travail",
)
_OWN_ZONE = Text(
    en="put the condition under `own_time` to read it in the person's own",
    fr="mettez la condition sous `own_time` pour la lire dans celui de la personne",
)
_NEVER = Text(en="no time can ever pass this", fr="aucune heure ne peut satisfaire ceci")
_UNFIT = Text(en="`{key}` does not apply here", fr="`{key}` ne s'applique pas ici")
_FITTING = Text(en="what applies: {names}", fr="ce qui s'applique : {names}")
_NO_NUMBER = Text(en="this value does not exist", fr="cette valeur n'existe pas")
_NUMBERS = Text(en="from {first} to {last}", fr="de {first} à {last}")
_NO_NAME = Text(en="this is not the name of a day", fr="ceci n'est pas le nom d'un jour")
_NAMES = Text(en="one of: {names}", fr="au choix : {names}")
_NO_LIST = Text(en="a list with at least one value is expected", fr="une liste d'au moins une valeur est attendue")
_NO_PAIR = Text(en="two bounds are expected", fr="deux bornes sont attendues")
