"""What is said of conditions on a person's own clock, and which clock that is for one person."""

from dataclasses import dataclass, replace
from typing import Any

from quartier.language import Text
from quartier.segment.clauses import Clause, Reader


@dataclass(frozen=True)
class OnClock:
    """What was found of a person, and the clock that they go by.

    Attributes:
        zone: the name of the zone.
        is_own: whether it is the person's own zone; the workspace's otherwise.
        observed: what was found there.
    """

    zone: str
    is_own: bool
    observed: Any


def own_time_clause(part: Clause, reader: Reader) -> Clause:
    """“who placed an order today in their own time zone”, « qui ont passé une commande aujourd'hui à leur heure »."""
    one, many = reader.said(_ONE), reader.said(_MANY)
    return replace(part, one=f"{part.one} {one}", many=f"{part.many} {many}")


def clock_words(found: OnClock, reader: Reader) -> str:
    """“, on the clock of Pacific/Auckland”, after what was found."""
    return reader.said(_CLOCK if found.is_own else _WORKSPACE_CLOCK, zone=found.zone)


_ONE = Text(en="in their own time zone", fr="à son heure locale")
_MANY = Text(en="in their own time zone", fr="à leur heure locale")
_CLOCK = Text(en=" [time zone {zone}]", fr=" [fuseau horaire {zone}]")
_WORKSPACE_CLOCK = Text(en=" [own time zone unknown, here {zone}]", fr=" [fuseau horaire propre inconnu, ici {zone}]")
