"""How segments moved: sizes over time, movements between two instants, flows between several segments.

Pure: it is given bitmaps and rows of the log, and counts.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Label, Subject
from quartier.store.membership import Change

Period = Literal["day", "week", "month"]
SEVERAL, NOWHERE = "(several)", "(nowhere)"
"""Beside the segments of a flow: in more than one of them, in none. No segment can be called so."""


@dataclass(frozen=True)
class Observed:
    """The members of a segment as they were observed at an instant."""

    segment: str
    at: dt.datetime
    members: BitMap
    of: Subject = "person"

    @property
    def size(self) -> int:
        """How many persons or accounts were members."""
        return len(self.members)

    def as_json(self) -> dict[str, Any]:
        """The size as plain values."""
        return {"segment": self.segment, "of": self.of, "size": self.size, "at": self.at.isoformat()}


@dataclass(frozen=True)
class Size:
    """How many members there were at an instant, and how many entered and left up to it since the size before.

    `entered` and `left` are None where nothing is known of the time before.
    """

    at: dt.datetime
    size: int
    entered: int | None
    left: int | None
    version: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The size as plain values."""
        return vars(self) | {"at": self.at.isoformat()}


@dataclass(frozen=True)
class SizeHistory:
    """The sizes of one segment, oldest first.

    Attributes:
        before: the size when the first of `sizes` came, None where nothing is known of the time before.
        is_reconstructed: computed afterwards from events, and not observed at the time.
        as_today: the conditions that read what has no times (traits), and so say what holds today and not then.
    """

    segment: str
    before: int | None
    sizes: tuple[Size, ...]
    is_reconstructed: bool = False
    as_today: tuple[Label, ...] = ()

    def per(self, period: Period, zone: ZoneInfo) -> "SizeHistory":
        """One size per period of the calendar: the last one, with all that entered and left in it."""
        found: dict[dt.date, Size] = {}
        for each in self.sizes:
            start = _start_of(period, each.at.astimezone(zone).date())
            known = found.get(start)
            found[start] = _together(known, each) if known else each
        return replace(self, sizes=tuple(found.values()))

    def as_json(self) -> dict[str, Any]:
        """The history as plain values."""
        return {
            "segment": self.segment,
            "before": self.before,
            "is_reconstructed": self.is_reconstructed,
            "as_today": [each.model_dump() for each in self.as_today],
            "sizes": [each.as_json() for each in self.sizes],
        }

    def to_arrow(self) -> pa.Table:
        """One row per size."""
        return pa.Table.from_pylist([vars(each) for each in self.sizes], schema=_SIZES)


@dataclass(frozen=True)
class Movement:
    """What became of a segment between two instants.

    `entered` and `left` are net: those who were out at the first instant and in at the second, and the reverse.
    `entries` and `exits` are gross: a person who entered twice counts twice.
    """

    segment: str
    since: dt.datetime
    until: dt.datetime
    before: BitMap
    after: BitMap
    entries: int
    exits: int

    @property
    def entered(self) -> BitMap:
        """In at the end and not at the beginning."""
        return self.after - self.before

    @property
    def left(self) -> BitMap:
        """In at the beginning and not at the end."""
        return self.before - self.after

    def as_json(self) -> dict[str, Any]:
        """The movement in figures."""
        return {
            "segment": self.segment,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "before": len(self.before),
            "after": len(self.after),
            "entered": len(self.entered),
            "left": len(self.left),
            "entries": self.entries,
            "exits": self.exits,
        }

    def to_arrow(self) -> pa.Table:
        """One row per person who was in at either end: the key, and whether they were in then."""
        keys = self.before | self.after
        columns = {
            "person_key": pa.array(keys.to_array(), pa.uint32()).cast(pa.int32()),
            "was_in": pa.array([key in self.before for key in keys], pa.bool_()),
            "is_in": pa.array([key in self.after for key in keys], pa.bool_()),
        }
        return pa.table(columns)


@dataclass(frozen=True)
class Flows:
    """Where the persons of some segments were at one instant and at another.

    Attributes:
        places: the segments, then those in several of them, then those in none.
        counts: persons by place at the first instant (rows) and at the second (columns); each person once.
        before: the members of each segment at the first instant, `after` at the second.
        shared: members of the segment of the row at the first instant who are in that of the column at the second;
            who is in several segments counts in each.
    """

    since: dt.datetime
    until: dt.datetime
    segments: tuple[str, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    shared: tuple[tuple[int, ...], ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the rows and columns of `counts`."""
        return (*self.segments, SEVERAL, NOWHERE)

    def as_json(self) -> dict[str, Any]:
        """The flows as plain values."""
        return {
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "segments": list(self.segments),
            "before": list(self.before),
            "after": list(self.after),
            "shared": [list(row) for row in self.shared],
            "places": list(self.places),
            "counts": [list(row) for row in self.counts],
        }

    def to_arrow(self) -> pa.Table:
        """One row per pair of places."""
        places = self.places
        rows = [
            {"since": places[i], "until": places[j], "persons": count}
            for i, row in enumerate(self.counts)
            for j, count in enumerate(row)
        ]
        return pa.Table.from_pylist(rows, schema=_FLOWS)


def observed(
    segment: str, changes: Iterable[Change], since: dt.datetime | None = None, until: dt.datetime | None = None
) -> SizeHistory:
    """The sizes that the log holds of one segment between two instants, the second one included."""
    rows = [each for each in changes if until is None or each.at <= until]
    earlier = [each for each in rows if since is not None and each.at < since]
    sizes = [Size(each.at, each.size, len(each.entered), len(each.left), each.version) for each in rows[len(earlier) :]]
    return SizeHistory(segment, earlier[-1].size if earlier else None, tuple(sizes))


def reconstructed(segment: str, past: Mapping[dt.datetime, BitMap], as_today: Sequence[Label]) -> SizeHistory:
    """The sizes of a past that was computed afterwards; nothing is known of the time before its first instant."""
    before: BitMap | None = None
    sizes = []
    for at, members in sorted(past.items()):
        moved = (len(members - before), len(before - members)) if before is not None else (None, None)
        sizes.append(Size(at, len(members), *moved))
        before = members
    return SizeHistory(segment, None, tuple(sizes), is_reconstructed=True, as_today=tuple(as_today))


def flows(
    before: Mapping[str, BitMap], after: Mapping[str, BitMap], everyone: BitMap, since: dt.datetime, until: dt.datetime
) -> Flows:
    """Where everyone was at two instants, by the members of the same segments then."""
    old, new = _places(before, everyone), _places(after, everyone)
    return Flows(
        since,
        until,
        tuple(before),
        tuple(map(len, before.values())),
        tuple(len(after[name]) for name in before),
        tuple(tuple(each.intersection_cardinality(after[name]) for name in before) for each in before.values()),
        tuple(tuple(row.intersection_cardinality(column) for column in new) for row in old),
    )


def _places(members: Mapping[str, BitMap], everyone: BitMap) -> list[BitMap]:
    """Each person in one place only."""
    somewhere, several = BitMap(), BitMap()
    for each in members.values():
        several |= somewhere & each
        somewhere |= each
    return [*(each - several for each in members.values()), several, everyone - somewhere]


def _together(earlier: Size, later: Size) -> Size:
    entered, left = (earlier.entered or 0) + (later.entered or 0), (earlier.left or 0) + (later.left or 0)
    return replace(later, entered=entered, left=left)


def _start_of(period: Period, day: dt.date) -> dt.date:
    match period:
        case "day":
            return day
        case "week":
            return day - dt.timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)


_INSTANT = pa.timestamp("us", tz="UTC")
_SIZES = pa.schema(
    [("at", _INSTANT), *((name, pa.int64()) for name in ("size", "entered", "left")), ("version", pa.int64())]
)
_FLOWS = pa.schema([("since", pa.string()), ("until", pa.string()), ("persons", pa.int64())])
