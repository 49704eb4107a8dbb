"""The names of columns: every one once, none empty, and not so many that no table could hold them."""

import re
from collections import Counter
from collections.abc import Sequence

from quartier.collect.readers.reading import LINE, MOST_COLUMNS
from quartier.errors import UnreadableFile
from quartier.language import Text

_DATA_CELL = re.compile(r"^\s*([+-]?[\d.,:/\s-]*\d[\d.,:/\s€$£%TZ-]*|[^@\s]+@[^@\s]+\.[^@\s]+|true|false)\s*$", re.I)


def checked_names(cells: Sequence[str], where: str) -> tuple[str, ...]:
    """The names in a header line. Raises UnreadableFile when they cannot be names."""
    if len(cells) > MOST_COLUMNS:
        raise UnreadableFile(_TOO_MANY.with_(n=len(cells), most=MOST_COLUMNS), where=where, remedy=_FEWER)
    trimmed = [cell.strip().lstrip("\ufeff").strip() for cell in cells]
    if not any(trimmed):
        raise UnreadableFile(_NO_HEADER, where=where, remedy=_NAME_THEM)
    if all(not cell or _DATA_CELL.match(cell) for cell in trimmed):
        raise UnreadableFile(_NO_HEADER, where=where, remedy=_NAME_THEM)
    names = [cell or f"column_{place}" for place, cell in enumerate(trimmed, start=1)]
    doubled = sorted(name for name, times in Counter(names).items() if times > 1)
    if doubled:
        raise UnreadableFile(_DOUBLED.with_(names=doubled), where=where, remedy=_RENAME)
    return tuple("line" if name == LINE else name for name in names)


_NO_HEADER = Text(
    en="the first line holds values and no names of columns", fr="la première ligne contient des valeurs, pas des noms"
)
_NAME_THEM = Text(
    en="add a header line, or name the columns in the mapping: `form: {{columns: [customer, date, amount]}}`",
    fr="ajoutez une ligne d'en-tête, ou nommez les colonnes dans le mapping\N{NO-BREAK SPACE}: "
    "`form: {{columns: [client, date, montant]}}`",
)
_DOUBLED = Text(en="several columns are named {names}", fr="plusieurs colonnes s'appellent {names}")
_RENAME = Text(en="give each column its own name", fr="donnez à chaque colonne un nom à elle")
_TOO_MANY = Text(
    en="{n} columns, more than {most}: rows and columns may be exchanged, or the delimiter is another",
    fr="{n} colonnes, plus de {most}\N{NO-BREAK SPACE}: lignes et colonnes sont peut-être inversées, "
    "ou le séparateur est un autre",
)
_FEWER = Text(en="keep one row per person, event or order", fr="gardez une ligne par personne, événement ou commande")
