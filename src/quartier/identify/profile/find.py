"""Finding persons: by what is exactly theirs, else by parts of their names. Reads; writes nothing."""

from quartier.engine import KEY, PUBLIC_ID, Query
from quartier.errors import InvalidRequest
from quartier.identify.by_name import AFTER, FEWEST_LETTERS, MOST, asked_words, search_sql
from quartier.identify.owner import owner_of, written_identities
from quartier.identify.profile.known import Found, FoundPage
from quartier.identify.profile.naming import called, name_traits
from quartier.identify.profile.run import Reading
from quartier.identify.profile.traits import name_of
from quartier.language import Text

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


def _exact(reading: Reading, text: str) -> list[Found]:
    own = owner_of(reading.store, reading.engine, text)
    by = {each.key: each.kind for each in reversed(written_identities(reading.store, text, reading.country))}
    by |= {} if own is None else {own: PUBLIC}
    if not by:
        return []
    persons = called(reading.engine, reading.catalog, list(by)[:MOST])
    return [Found(person, name, by[key], key) for key, (person, name) in persons.items()]


def _by_name(reading: Reading, text: str, limit: int, after: str | None) -> FoundPage:
    names, asked = name_traits(reading.engine, reading.catalog), asked_words(text)
    if not names:
        return FoundPage(())
    start = -1 if after is None else owner_of(reading.store, reading.engine, after)
    if start is None:
        raise InvalidRequest(_NO_SUCH_PAGE)
    sql = search_sql("person", names, len(asked), min(limit, MOST) + 1)
    rows = reading.engine.fetch(Query(sql, {**asked, AFTER: start})).to_pylist()
    shown = rows[: min(limit, MOST)]
    public = PUBLIC_ID["person"]
    key = KEY["person"]
    persons = tuple(Found(row[public], name_of(reading.catalog, row, row[public]), NAME, row[key]) for row in shown)
    return FoundPage(persons, persons[-1].person if len(rows) > len(shown) else None)


_TOO_SHORT = Text(en="at least two letters are needed", fr="il faut au moins deux lettres")
_NO_SUCH_PAGE = Text(en="no page begins after this person", fr="aucune page ne commence après cette personne")
