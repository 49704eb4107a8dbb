"""The persons of an open workspace: rows of many, and all that is known of one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Subject
from quartier.errors import InvalidRequest
from quartier.identify.profile import FoundPage, Profile, Similar, Timeline, TraitHistory
from quartier.language import Text
from quartier.segment import run as segments

if TYPE_CHECKING:
    from quartier.catalog import Meaning, Trait
    from quartier.identify.profile.listed import Listed
    from quartier.identify.profile.run import Reading
    from quartier.identify.profile.timeline import Mark
    from quartier.segment.lasting import Until
    from quartier.workspace.workspace import Workspace

EVENTS, SIMILAR, FOUND = 50, 5, 25
"""How many events, similar persons and found persons are shown unless told otherwise."""


class Persons:
    """The persons of a workspace; reached as `ws.persons`. A person is named by public id or by any identifier."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace, self._engine = workspace, workspace.engine

    def __call__(self, keys: BitMap, traits: Sequence[str] | None = None, of: Subject = "person") -> pa.Table:
        """The persons (or accounts) of some keys, one row each: the public id and the traits asked for."""
        return segments.persons(self._engine, self._workspace.catalog, keys, traits, of)

    def find(self, text: str, *, limit: int = FOUND, after: str | None = None) -> FoundPage:
        """Persons with this public id or identifier; when there are none, those with such a name or e-mail.

        Args:
            text: a public id, an identifier, or parts of a name; accents and capitals of names do not count.
            limit: at most so many.
            after: the `next` of the page before.

        Raises InvalidRequest for fewer than two letters.
        """
        from quartier.identify.profile.find import find

        return find(self._reading(), text, limit=limit, after=after)

    def page(self, *, limit: int = FOUND, after: str | None = None) -> FoundPage:
        """All persons in the order in which they came to be known, from `after` one of them on.

        Raises InvalidRequest for an `after` that nobody has.
        """
        from quartier.identify.profile.listed import page

        return page(self._reading(), limit=limit, after=after)

    def listed(
        self, ids: Sequence[str] = (), *, keys: Sequence[int] = (), meanings: "Sequence[Meaning] | None" = None
    ) -> "tuple[list[Listed], list[Trait]]":
        """Some persons as rows with the traits that tell who they are, and these traits; no sensitive ones.

        Args:
            ids: public ids; the rows come in their order.
            keys: the keys of persons, where no ids are given.
            meanings: what the traits mean; e-mail, phone, place and sign-up unless given.
        """
        from quartier.identify.profile.listed import TELLING, listed, telling_traits

        reading = self._reading()
        traits = [each for each in telling_traits(reading, meanings or TELLING) if not each.sensitivity.is_masked]
        return (listed(reading, traits, ids=ids, keys=keys) if ids or keys else []), traits

    def timeline(
        self,
        person: str,
        *,
        limit: int = EVENTS,
        event: str | None = None,
        after: "Mark | None" = None,
        at: dt.datetime | None = None,
        sensitive: bool = False,
    ) -> Timeline:
        """The events of a person up to an instant, the newest first.

        Args:
            person: a public id or an identifier.
            limit: at most so many.
            event: the type of events, all of them unless given.
            after: those older than this mark (`Mark.of` an event).
            at: up to when; now unless given.
            sensitive: whether sensitive values are shown, too.
        """
        from quartier.identify.profile.run import person_key, timeline_of

        reading = self._reading(at, sensitive)
        return timeline_of(reading, person_key(reading, person), limit, event=event, after=after)

    def profile(
        self,
        person: str,
        *,
        timeline: int = EVENTS,
        similar: int = SIMILAR,
        at: dt.datetime | None = None,
        sensitive: bool = False,
    ) -> Profile:
        """All that is known of one person, now or as of an instant.

        Args:
            person: a public id or an identifier.
            timeline: how many of the newest events.
            similar: how many similar persons; they are compared as they are now.
            at: as of when; now unless given. Identifiers are those of now.
            sensitive: whether sensitive values are shown, too; else they are masked.

        Raises UnknownName when nobody has this identifier, InvalidRequest when several persons have.
        """
        from quartier.analyse.similar.run import similar as nearest
        from quartier.identify.profile.run import person_key, public_part
        from quartier.segment.of_person import memberships

        reading = self._reading(at, sensitive)
        key = person_key(reading, person)
        return replace(
            public_part(reading, key, most_events=timeline),
            memberships=memberships(reading.store, reading.catalog, key, at=reading.at, shows_all=sensitive),
            similar=nearest(reading, key, similar),
        )

    def similar(self, person: str, n: int = 10) -> tuple[Similar, ...]:
        """The persons most similar to one in the traits that are known, with what they share."""
        from quartier.analyse.similar.run import similar
        from quartier.identify.profile.run import person_key

        reading = self._reading()
        return similar(reading, person_key(reading, person), n)

    def untils(self, person: str, names: Sequence[str]) -> "dict[str, Until]":
        """How long a person stays in, or out of, some segments if no data change; of those that read no accounts."""
        from quartier.segment import answering

        ws, reading = self._workspace, self._reading()
        known = segments.defined(ws.store)
        asked = [segments.bound(name, reading.catalog, known) for name in names]
        world = segments.world(self._engine, reading.catalog, ws.config, reading.at, ws.store)
        return answering.untils(self._engine, world, asked, self.key(person))

    def history(self, person: str, trait: str, *, sensitive: bool = False) -> TraitHistory:
        """Every value that a trait of a person had, the newest first; sensitive ones are masked unless asked for."""
        from quartier.identify.profile.run import person_key, trait_history

        reading = self._reading(sensitive=sensitive)
        return trait_history(reading, person_key(reading, person), trait)

    def key(self, person: str) -> int:
        """The key of the person with a public id or an identifier. Raises UnknownName and InvalidRequest."""
        from quartier.identify.profile.run import person_key

        return person_key(self._reading(), person)

    def _reading(self, at: dt.datetime | None = None, sensitive: bool = False) -> "Reading":
        from quartier.identify.profile.run import Reading

        ws = self._workspace
        return Reading(
            ws.store,
            self._engine,
            ws.catalog,
            _utc(at or ws.clock.now()),
            ws.kept_journal,
            sensitive,
            ws.config.country,
        )


def _utc(at: dt.datetime) -> dt.datetime:
    """An instant in UTC; at the ends of the calendar some have none."""
    try:
        return at.astimezone(dt.UTC)
    except OverflowError as error:
        raise InvalidRequest(_NO_SUCH_INSTANT) from error


_NO_SUCH_INSTANT = Text(en="this instant lies outside of the calendar", fr="cet instant est hors du calendrier")
