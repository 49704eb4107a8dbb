"""The condition language for models: they ask by its documents, and know nothing of how it is evaluated."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from quartier.analyse.modelling.conditions import Belonging
from quartier.catalog import Catalog, Label
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.errors import NoAnswer
from quartier.language import Text
from quartier.segment.bind import bind
from quartier.segment.clauses import Reader, capital
from quartier.segment.conditions import BoundSegment, leaves
from quartier.segment.definition import KIND, Segment, read_segment
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.segment.past import as_today, has_times, members_at_each
from quartier.segment.population import EVERYONE
from quartier.segment.remembering import StoreMemory
from quartier.segment.run import check_of_persons, defined, named
from quartier.segment.sentence import clause
from quartier.store import Store, definitions, membership


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
        known = defined(self.store)
        found = world.members_of_all({str(place): self._bound(each, known) for place, each in enumerate(wheres)})
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

    def called(self, segment: str) -> Label:
        """What a segment of persons is called. Raises UnknownName with the nearest names."""
        return self._named(segment).label or Label(en=segment, fr=segment)

    def belonging(self, segment: str, at: Sequence[dt.datetime]) -> Belonging:
        """Who was a member of a segment of persons at some instants.

        The log tells it where the version in force was observed before the first of them; else the definition is
        evaluated as of each. Raises NoAnswer where it reads what has no times, UnknownName with the nearest names.
        """
        found = bind(self._named(segment), self.catalog, defined(self.store))
        since = self._since(segment)
        if since is not None and since <= min(at):
            with self.store.begin() as connection:
                logged = {each: membership.members_as_of(connection, segment, each) for each in at}
            return Belonging(logged, is_observed=True)
        untimed = as_today(found, self.config.currency)
        if untimed:
            told = _NOT_SINCE.with_(day=since.astimezone(self.config.zone).date()) if since else _NEVER.with_()
            what = _NO_PAST.with_(
                segment=self.called(segment).text, conditions=[each.text for each in untimed], since=told
            )
            raise NoAnswer(what, remedy=_SHORTER)
        memory = StoreMemory(self.store)
        then = members_at_each(self.engine, self.catalog, self.config, found, sorted(set(at)), memory=memory)
        return Belonging(then, is_observed=False)

    def _named(self, segment: str) -> Segment:
        known = defined(self.store)
        check_of_persons([segment], known)
        return named(segment, known)

    def _since(self, segment: str) -> dt.datetime | None:
        """Since when the version in force is observed, None where it never was."""
        with self.store.begin() as connection:
            stored = definitions.latest(connection, KIND, segment)
            return membership.first_at(connection, segment, stored.version) if stored else None

    def _bound(self, where: Mapping[str, Any], known: Mapping[str, Segment] | None = None) -> BoundSegment:
        document = read_segment({"segment": "asked", "population": EVERYONE, "where": dict(where)})
        return bind(document, self.catalog, defined(self.store) if known is None else known)


_NO_PAST = Text(
    en="nobody can know who was in “{segment}” then: it reads what is known only as of today ({conditions}), "
    "and {since}",
    fr="nul ne peut savoir qui était dans « {segment} » alors : il lit ce qui n'est connu qu'à ce jour ({conditions}), "
    "et {since}",
)
_NOT_SINCE = Text(en="its members are observed only since {day}", fr="ses membres ne sont observés que depuis le {day}")
_NEVER = Text(en="its members were never observed", fr="ses membres n'ont jamais été observés")
_SHORTER = Text(
    en="ask for fewer days, wait until two spans were observed, or take a segment of events",
    fr="demandez moins de jours, attendez que deux périodes aient été observées, ou prenez un segment d'événements",
)
