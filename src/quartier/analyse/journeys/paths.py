"""Paths: what persons did right after an event (or right before it), the first time it happened, as a tree.

An event that repeats the one before it counts once. A path ends where nothing more happens within the time. Branches
that few took are one, `others`, so that every place adds up.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from quartier.analyse.journeys.coded import AT, CODE, ID, coded, of_known, of_type
from quartier.analyse.plain import Plain
from quartier.analyse.purchases import PERSON
from quartier.catalog import Catalog, EventType
from quartier.engine import parameter

FEWEST = 0.01
"""A branch that a smaller part of the persons took joins the others."""
_ANCHOR_AT, _ANCHOR_ID, _PLACE, PERSONS = "anchor_at", "anchor_id", "place", "persons"


@dataclass(frozen=True)
class Branch(Plain):
    """The persons on one way: the events from the anchor on, how many, and the branches that go on from there."""

    events: tuple[str, ...]
    persons: int
    branches: tuple["Branch", ...]
    others: int
    """who went on by ways that few took"""
    other_ways: int
    """how many different next events those were"""
    ended: int
    """for whom nothing more happened within the time"""


@dataclass(frozen=True)
class PathsFound(Plain):
    """The tree from the anchor on; `open` have not yet had the whole time to do what comes next."""

    root: Branch
    side: str
    open: int

    @property
    def most(self) -> Branch | None:
        """The first step that most took."""
        return max(self.root.branches, key=lambda each: each.persons, default=None)


def anchors_expression(catalog: Catalog, event: EventType, *, is_windowed: bool) -> ir.Table:
    """The first time of an event, per person: person_key, anchor_at, anchor_id."""
    rows = of_known(of_type(event, is_windowed=is_windowed), catalog)
    nth = ibis.row_number().over(ibis.window(group_by=PERSON, order_by=[AT, ID]))
    rows = rows.mutate(nth=nth)
    return rows.filter(rows["nth"] == 0).select(PERSON, **{_ANCHOR_AT: rows[AT], _ANCHOR_ID: rows[ID]})


def open_expression(anchors: ir.Table) -> ir.Table:
    """How many persons have an anchor, and of how many it is later than `whole_until`."""
    is_open = anchors[_ANCHOR_AT] > parameter("whole_until", "timestamp")
    return anchors.agg(persons=anchors.count(), open=is_open.cast("int64").sum())


def paths_expression(
    anchors: ir.Table, events: Sequence[EventType], anchor: int, *, is_after: bool, places: int
) -> ir.Table:
    """One row per way that somebody took: the codes `c0`, `c1`, ... (empty where it ended) and `persons`.

    Parameters: `instant`, `minutes`, and those of the anchors.
    """
    rows = coded(events, is_windowed=False).inner_join(anchors, PERSON)
    later = (rows[AT] > rows[_ANCHOR_AT]) | ((rows[AT] == rows[_ANCHOR_AT]) & (rows[ID] > rows[_ANCHOR_ID]))
    span = ibis.interval(minutes=1) * parameter("minutes", "int64")
    if is_after:
        rows = rows.filter(later, rows[AT] <= rows[_ANCHOR_AT] + span)
    else:
        is_anchor = (rows[AT] == rows[_ANCHOR_AT]) & (rows[ID] == rows[_ANCHOR_ID])
        rows = rows.filter(~later & ~is_anchor, rows[AT] >= rows[_ANCHOR_AT] - span)
    order = [AT, ID] if is_after else [ibis.desc(AT), ibis.desc(ID)]
    outward = ibis.window(group_by=PERSON, order_by=order)
    before = ibis.coalesce(rows[CODE].lag().over(outward), ibis.literal(anchor, "int16"))
    rows = rows.mutate(before=before)
    rows = rows.filter(rows["before"] != rows[CODE])
    rows = rows.mutate(**{_PLACE: ibis.row_number().over(outward)})
    rows = rows.filter(rows[_PLACE] < places)
    names = [f"c{place}" for place in range(places)]
    ways = rows.group_by(PERSON).agg(
        **{name: rows[CODE].max(where=rows[_PLACE] == place) for place, name in enumerate(names)}
    )
    everyone = anchors.select(PERSON).left_join(ways, PERSON)
    return everyone.group_by(names).agg(**{PERSONS: everyone.count()})


def tree(ways: Sequence[Mapping[str, Any]], names: Sequence[str], anchor: str, *, places: int, width: int) -> Branch:
    """The tree of the ways, each place limited to the branches that most took."""
    counted = [(tuple(way[f"c{place}"] for place in range(places)), int(way[PERSONS])) for way in ways]
    total = sum(persons for _, persons in counted)
    return _branch((anchor,), counted, names, places, width, FEWEST * total)


def _branch(
    events: tuple[str, ...],
    ways: Sequence[tuple[tuple[int | None, ...], int]],
    names: Sequence[str],
    places: int,
    width: int,
    fewest: float,
) -> Branch:
    persons, depth = sum(n for _, n in ways), len(events) - 1
    if depth == places:
        return Branch(events, persons, (), 0, 0, 0)
    by_next: dict[int | None, list[tuple[tuple[int | None, ...], int]]] = {}
    for way in ways:
        by_next.setdefault(way[0][depth], []).append(way)
    ended = sum(n for _, n in by_next.pop(None, []))
    ranked = sorted(by_next.items(), key=lambda each: (-sum(n for _, n in each[1]), each[0]))
    kept = [each for each in ranked[:width] if sum(n for _, n in each[1]) >= fewest]
    rest = ranked[len(kept) :]
    branches = tuple(_branch((*events, names[code or 0]), some, names, places, width, fewest) for code, some in kept)
    return Branch(events, persons, branches, sum(n for _, some in rest for _, n in some), len(rest), ended)


def every(branch: Branch) -> Iterator[Branch]:
    """A branch and all that go on from it."""
    yield branch
    for each in branch.branches:
        yield from every(each)
