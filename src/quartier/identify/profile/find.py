"""Finding persons: by what is exactly theirs, else by parts of their names. Reads; writes nothing."""

import unicodedata
from collections.abc import Sequence

from quartier.catalog import Catalog, Meaning, ValueType
from quartier.engine import KEY, PUBLIC_ID, Query
from quartier.errors import InvalidRequest
from quartier.identify.owner import owner_of
from quartier.identify.profile import queries
from quartier.identify.profile.known import Found, FoundPage
from quartier.identify.profile.run import Reading, owners
from quartier.identify.profile.traits import name_of
from quartier.language import Text

NAMES = (Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.FULL_NAME, Meaning.EMAIL)
FEWEST_LETTERS, MOST_WORDS, MOST = 2, 8, 1000
PUBLIC, NAME = "public_id", "name"


def find(reading: Reading, text: str, *, limit: int, after: str | None) -> FoundPage:
    """Persons with this public id or identifier; when there are none, those of whose names every word is a part.

    Raises InvalidRequest for fewer than two letters, UnknownName for an `after` that nobody has.
    """
    if len(text.strip()) < FEWEST_LETTERS:
        raise InvalidRequest(_TOO_SHORT)
    exact = [] if after else _exact(reading, text)
    if exact:
        return FoundPage(tuple(exact[:limit]))
    return _by_name(reading, text, limit, after)


def called(reading: Reading, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Public id and name of some persons, by their keys."""
    names = _name_traits(reading)
    found = reading.engine.fetch(Query(queries.named_sql(names), {"keys": list(keys)})).to_pylist()
    return {
        row[KEY["person"]]: (row[PUBLIC_ID["person"]], name_of(reading.catalog, row, row[PUBLIC_ID["person"]]))
        for row in found
    }


def _exact(reading: Reading, text: str) -> list[Found]:
    own = owner_of(reading.store, reading.engine, text)
    by = {key: kind for kind, key in reversed(owners(reading.store, text, reading.country))} | (
        {} if own is None else {own: PUBLIC}
    )
    if not by:
        return []
    return [Found(person, name, by[key]) for key, (person, name) in called(reading, list(by)[:MOST]).items()]


def _by_name(reading: Reading, text: str, limit: int, after: str | None) -> FoundPage:
    names, asked = _name_traits(reading), _plain(text).split()[:MOST_WORDS]
    if not names:
        return FoundPage(())
    start = -1 if after is None else owner_of(reading.store, reading.engine, after)
    if start is None:
        raise InvalidRequest(_NO_SUCH_PAGE)
    given: dict[str, str | int] = {f"word_{place}": word for place, word in enumerate(asked)}
    sql = queries.search_sql(names, len(asked), min(limit, MOST) + 1)
    rows = reading.engine.fetch(Query(sql, {**given, "after": start})).to_pylist()
    shown = rows[: min(limit, MOST)]
    public = PUBLIC_ID["person"]
    persons = tuple(Found(row[public], name_of(reading.catalog, row, row[public]), NAME) for row in shown)
    return FoundPage(persons, persons[-1].person if len(rows) > len(shown) else None)


def _name_traits(reading: Reading) -> tuple[str, ...]:
    found = [_text_trait(reading.catalog, meaning) for meaning in NAMES]
    held = {each.name for each in reading.traits}
    return tuple(name for name in found if name in held)


def _text_trait(catalog: Catalog, meaning: Meaning) -> str:
    trait = catalog.with_meaning(meaning)
    return trait.name if trait and trait.type is ValueType.TEXT else ""


def _plain(text: str) -> str:
    """Without accents and capitals, as names are compared."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(each for each in apart if not unicodedata.combining(each))


_TOO_SHORT = Text(en="at least two letters are needed", fr="il faut au moins deux lettres")
_NO_SUCH_PAGE = Text(en="no page begins after this person", fr="aucune page ne commence après cette personne")
