"""The condition language for models: they ask by its documents, and know nothing of how it is evaluated."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from quartier.catalog import Catalog, Label
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.segment.bind import bind
from quartier.segment.clauses import Reader, capital
from quartier.segment.conditions import BoundSegment, leaves
from quartier.segment.definition import read_segment
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.segment.past import has_times
from quartier.segment.population import EVERYONE
from quartier.segment.remembering import StoreMemory
from quartier.segment.run import defined
from quartier.segment.sentence import clause
from quartier.store import Store


@dataclass(frozen=True)
class Holding:
    """Conditions of a workspace, over everybody; those that name segments read the definitions in force."""

    store: Store
    engine: DuckDBEngine
    catalog: Catalog
    config: Config

    def members(self, wheres: Sequence[Mapping[str, Any]], at: dt.datetime) -> list[BitMap]:
        """For whom each condition holds at an instant. Raises InvalidDefinition for one that cannot be used."""
        if self.engine.schema("person") is None:
            return [BitMap() for _ in wheres]
        world = World(self.engine, self.catalog, Moment(at, self.config.zone), memory=StoreMemory(self.store))
        found = world.members_of_all({str(place): self._bound(each) for place, each in enumerate(wheres)})
        return list(found.values())

    def said(self, where: Mapping[str, Any]) -> Label:
        """A condition in words, in both languages."""
        node, currency = self._bound(where).where, self.config.currency
        return Label(
            en=capital(clause(node, Reader("en", currency)).one), fr=capital(clause(node, Reader("fr", currency)).one)
        )

    def has_past(self, where: Mapping[str, Any]) -> bool:
        """Whether all that a condition reads bears times, so that it holds of the past as it was."""
        return all(has_times(leaf) for leaf in leaves(self._bound(where).where))

    def _bound(self, where: Mapping[str, Any]) -> BoundSegment:
        document = read_segment({"segment": "asked", "population": EVERYONE, "where": dict(where)})
        return bind(document, self.catalog, defined(self.store))
