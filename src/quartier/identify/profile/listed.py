"""Persons as rows of a list: what each is called, and the few traits that tell who it is. Reads; writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from quartier.catalog import Meaning, Trait
from quartier.engine import KEY, PUBLIC_ID, Query, dtype_of
from quartier.engine.keyed import wanted
from quartier.errors import InvalidRequest
from quartier.identify.by_name import AFTER, MOST
from quartier.identify.owner import owner_of
from quartier.identify.profile import queries
from quartier.identify.profile.known import Found, FoundPage
from quartier.identify.profile.naming import name_traits
from quartier.identify.profile.plain import plain
from quartier.identify.profile.run import Reading
from quartier.identify.profile.traits import name_of
from quartier.language import Text

BY_KEY = "key"
TELLING = (Meaning.EMAIL, Meaning.PHONE, Meaning.POSTAL_CODE, Meaning.CITY, Meaning.COUNTRY, Meaning.SIGNUP_AT)
"""The meanings of the traits that tell who somebody is, in the order in which they are read."""
_PERSON, _PUBLIC = KEY["person"], PUBLIC_ID["person"]


@dataclass(frozen=True)
class Listed:
    """One person as a row.

    Attributes:
        key: the person's key.
        person: the public id.
        name: what the person is called.
        values: by trait, what is known of those asked for; None for what is not known, and for what is masked.
    """

    key: int
    person: str
    name: str
    values: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The row as plain values."""
        told = {name: plain(value) for name, value in self.values.items()}
        return {"person": self.person, "name": self.name, "values": told}


def page(reading: Reading, *, limit: int, after: str | None) -> FoundPage:
    """All persons in the order of their keys, from after one of them on. Raises InvalidRequest for an unknown one."""
    if reading.engine.schema("person") is None:
        return FoundPage(())
    start = -1 if after is None else owner_of(reading.store, reading.engine, after)
    if start is None:
        raise InvalidRequest(_NO_SUCH_PAGE)
    names, most = name_traits(reading.engine, reading.catalog), min(max(limit, 1), MOST)
    rows = reading.engine.fetch(Query(queries.in_order_sql(names, most + 1), {AFTER: start})).to_pylist()
    shown = tuple(
        Found(row[_PUBLIC], name_of(reading.catalog, row, row[_PUBLIC]), BY_KEY, row[_PERSON]) for row in rows[:most]
    )
    return FoundPage(shown, shown[-1].person if len(rows) > most else None)


def listed(
    reading: Reading, traits: Sequence[Trait], *, ids: Sequence[str] = (), keys: Sequence[int] = ()
) -> list[Listed]:
    """Rows of some persons, by their public ids in that order, or else by their keys."""
    if reading.engine.schema("person") is None:
        return []
    names = name_traits(reading.engine, reading.catalog)
    columns = {each.name: dtype_of(each.type) for each in reading.traits if each.name in names or each in traits}
    held = tuple(columns.items())
    if ids:
        found = reading.engine.fetch(Query(queries.named_ids_sql(held), {"ids": list(ids)}))
    else:
        with wanted(reading.engine, BitMap(keys)):
            found = reading.engine.fetch(Query(queries.listed_sql(held)))
    rows = [_listed(reading, row, traits) for row in found.to_pylist()]
    place = {person: at for at, person in enumerate(ids)}
    return sorted(rows, key=lambda each: (place.get(each.person, 0), each.key))


def telling_traits(reading: Reading, meanings: Sequence[Meaning] = TELLING) -> list[Trait]:
    """The traits of persons with some meanings, of those that the tables hold."""
    by_meaning = {each.meaning: each for each in reversed(reading.traits)}
    return [by_meaning[meaning] for meaning in meanings if meaning in by_meaning]


def _listed(reading: Reading, row: dict[str, Any], traits: Sequence[Trait]) -> Listed:
    shown = [each for each in traits if reading.shows_all or not each.sensitivity.is_masked]
    values = {each.name: row[each.name] if each in shown else None for each in traits}
    return Listed(row[_PERSON], row[_PUBLIC], name_of(reading.catalog, row, row[_PUBLIC]), values)


_NO_SUCH_PAGE = Text(en="no page begins after this person", fr="aucune page ne commence après cette personne")
