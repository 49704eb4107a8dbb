"""Where those who entered a segment came from, and where those who left it went: flows to and from other segments."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Subject
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.segment import log
from quartier.segment.definition import Segment
from quartier.store import Store, membership


@dataclass(frozen=True)
class Ways:
    """The flows of one segment between two instants.

    Attributes:
        segment: its name.
        of: persons or accounts.
        since: the first instant; that of the first evaluation where the segment is younger.
        until: the second instant.
        before: members at the first instant.
        after: members at the second.
        came_from: by other segment, those who entered and left it in the same time; who left several is in each.
        went_to: by other segment, those who left and entered it in the same time; who entered several is in each.
    """

    segment: str
    of: Subject
    since: dt.datetime
    until: dt.datetime
    before: BitMap
    after: BitMap
    came_from: Mapping[str, BitMap]
    went_to: Mapping[str, BitMap]

    @property
    def entered(self) -> BitMap:
        """In at the end and not at the beginning."""
        return self.after - self.before

    @property
    def left(self) -> BitMap:
        """In at the beginning and not at the end."""
        return self.before - self.after

    @property
    def from_nowhere(self) -> BitMap:
        """Those who entered and left no other segment."""
        return self.entered - BitMap().union(*self.came_from.values())

    @property
    def to_nowhere(self) -> BitMap:
        """Those who left and entered no other segment."""
        return self.left - BitMap().union(*self.went_to.values())

    def as_json(self) -> dict[str, Any]:
        """The flows in figures, the largest first."""
        return {
            "segment": self.segment, "of": self.of, "since": self.since.isoformat(), "until": self.until.isoformat(),
            "before": len(self.before), "after": len(self.after), "entered": len(self.entered),
            "left": len(self.left), "came_from": _counted(self.came_from), "went_to": _counted(self.went_to),
            "from_nowhere": len(self.from_nowhere), "to_nowhere": len(self.to_nowhere),
        }  # fmt: skip


def ways(store: Store, name: str, known: Mapping[str, Segment], since: dt.datetime, until: dt.datetime) -> Ways:
    """The flows between a segment and others of the same subject that are in force, as they were observed.

    Raises UnknownName with the nearest names, and InvalidRequest where the second instant is not after the first.
    """
    if until <= since:
        raise InvalidRequest(_BACKWARDS)
    with store.begin() as connection:
        log.check_name(connection, name)
        first = membership.first_at(connection, name)
        since = max(since, min(first or until, until))
        before, after = (_members(connection, name, at) for at in (since, until))
        of: Subject = known[name].subject if name in known else "person"
        entered, left = after - before, before - after
        came_from, went_to = {}, {}
        for other in (each for each in known if each != name and known[each].subject == of):
            if not membership.position_as_of(connection, other, since):
                continue  # not evaluated yet: nobody knows who was in it
            then, later = (_members(connection, other, at) for at in (since, until))
            came_from[other], went_to[other] = entered & (then - later), left & (later - then)
    return Ways(name, of, since, until, before, after, _some(came_from), _some(went_to))


def _members(connection: sa.Connection, name: str, at: dt.datetime) -> BitMap:
    return membership.members_at(connection, name, membership.position_as_of(connection, name, at))


def _some(found: Mapping[str, BitMap]) -> dict[str, BitMap]:
    return {name: each for name, each in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])) if each}


def _counted(found: Mapping[str, BitMap]) -> list[dict[str, Any]]:
    return [{"segment": name, "persons": len(each)} for name, each in found.items()]


_BACKWARDS = Text(en="the second instant is not after the first", fr="le second instant n'est pas après le premier")
