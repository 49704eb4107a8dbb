"""Persons and accounts by words of their names: what both searches ask, compiled once."""

import unicodedata

import ibis
import ibis.expr.datatypes as dtypes

from quartier.catalog import Subject
from quartier.engine import KEY, PUBLIC_ID, kept_sql, parameter, to_sql

FEWEST_LETTERS, MOST_WORDS, MOST = 2, 8, 1000
AFTER = "after"


@kept_sql
def search_sql(subject: Subject, names: tuple[str, ...], words: int, most: int) -> str:
    """Those in one of whose names every word occurs, in order of their keys after one; accents, case do not count."""
    columns = {KEY[subject]: dtypes.int32, PUBLIC_ID[subject]: dtypes.string, **dict.fromkeys(names, dtypes.string)}
    table = ibis.table(columns, name=subject)
    # Column by column: names repeat, and what is done to a name that is kept once is done once.
    plain = [_without_accents(table[name].lower()) for name in names]
    given = [parameter(_word(place), dtypes.string) for place in range(words)]
    asked = [ibis.or_(*(each.contains(word) for each in plain)) for word in given]
    later = table[KEY[subject]] > parameter(AFTER, dtypes.int32)
    return to_sql(table.filter(later, *asked).order_by(KEY[subject]).limit(most))


def asked_words(text: str) -> dict[str, str]:
    """The words of a text without accents and capitals, as parameters of `search_sql`."""
    apart = unicodedata.normalize("NFD", text.lower())
    plain = "".join(each for each in apart if not unicodedata.combining(each))
    return {_word(place): word for place, word in enumerate(plain.split()[:MOST_WORDS])}


def _word(place: int) -> str:
    return f"word_{place}"


def _one(_text: str) -> None:
    """Never run: stands for a function that DuckDB has."""


_without_accents = ibis.udf.scalar.builtin(_one, name="strip_accents", signature=((dtypes.string,), dtypes.string))
