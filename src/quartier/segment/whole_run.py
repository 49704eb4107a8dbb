"""Membership written by the engine itself, for a base whose keys are too many to come home."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from quartier.catalog import Catalog
from quartier.config import Config
from quartier.engine import Counted, MembershipTable
from quartier.segment.conditions import BoundSegment
from quartier.segment.leaves import Asking
from quartier.segment.moments import Moment
from quartier.segment.run import bound, defined
from quartier.segment.shared import batched
from quartier.segment.whole import members_of_each_query
from quartier.store import Store

BATCH = 100
"""Segments of one statement: what their leaves have in common is computed once, and its plan stays small."""


def write_membership(
    table: MembershipTable, segments: Mapping[str, BoundSegment], catalog: Catalog, moment: Moment
) -> list[Counted]:
    """Write who belongs to each segment at a moment, and who entered and left since the segment's run before.

    Spark writes and compares; sizes and deltas come home. Raises Lacking, before anything is written, for a segment
    with a kind of condition that is found at home.
    """
    asking = Asking.of(catalog, table.engine.dialect)
    queries = [members_of_each_query(each, moment, asking) for each in _batches(segments)]
    return table.write(list(segments), queries, moment.now)


def write_in_force(
    store: Store,
    table: MembershipTable,
    catalog: Catalog,
    config: Config,
    *,
    at: dt.datetime,
    names: Sequence[str] | None = None,
) -> list[Counted]:
    """The same for segments in force, all unless some are named, at an aware instant.

    Raises UnknownName for a name that no segment has, InvalidDefinition for a segment that no longer binds.
    """
    known = defined(store)
    segments = {name: bound(name, catalog, known) for name in (known if names is None else names)}
    return write_membership(table, segments, catalog, Moment(at, config.zone))


def _batches(segments: Mapping[str, BoundSegment]) -> Iterator[dict[str, BoundSegment]]:
    for names in batched(segments, BATCH):
        yield {name: segments[name] for name in names}
