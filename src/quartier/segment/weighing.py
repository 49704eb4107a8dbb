"""A definition that is being written, weighed now: its members, what each condition takes away, what can never be."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartier.catalog import Catalog
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.contradiction import findings
from quartier.segment.definition import read_segment
from quartier.segment.funnel import Stage, funnel
from quartier.segment.remembering import campaigns
from quartier.segment.run import Preview, defined, world
from quartier.store import Store


@dataclass(frozen=True)
class Weighed:
    """What a definition gives at an instant, nothing being stored, and its funnel."""

    preview: Preview
    stages: tuple[Stage, ...]


def weigh(
    store: Store,
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    document: Mapping[str, Any],
    at: dt.datetime,
) -> Weighed:
    """Evaluate one definition in one world, the funnel from the sets that its members needed anyway.

    Raises InvalidDefinition with all problems at once. That other segments can still refer to it is not looked at:
    `dry_run` does.
    """
    segment = read_segment(document)
    known = defined(store)
    bound = bind(segment, catalog, known, campaigns(store))
    reader = world(engine, catalog, config, at, store, [segment.name])
    members = reader.members(bound)
    population = reader.about(bound.of).holding(bound.population)
    found = Preview(bound, members, len(population), at, findings(segment, bound))
    return Weighed(found, funnel(segment, bound, reader))
