"""Who has a value of a trait, where the value is written as in an address or a command: `true`, `1`, `premium`."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from quartier.analyse.learning.clues import Flags
from quartier.catalog import Trait
from quartier.errors import MOST_NAMES, NoAnswer
from quartier.language import Text

LEAST_HAVING = 5
"""A value that fewer persons have may say who they are: it is not named among those there are."""


def in_words(value: object) -> str | None:
    """A value as it is written: `true` for yes, `1` for 1.0; None where it is not known."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def having(trait: Trait, values: Sequence[object], wanted: str) -> tuple[Flags, Flags]:
    """Who has the value that is written, and of whom the trait is known.

    Raises NoAnswer where the trait is known of some and nobody has the value; it names the values there are, if few.
    """
    told = [in_words(each) for each in values]
    has = np.array([each == wanted for each in told], dtype=bool)
    known = np.array([each is not None for each in told], dtype=bool)
    if known.any() and not has.any():
        found = Counter(each for each in told if each is not None)
        there = [each for each, n in found.most_common() if n >= LEAST_HAVING] if len(found) <= MOST_NAMES else []
        raise NoAnswer(
            _NOBODY.with_(value=wanted, trait=trait.name), remedy=_THERE_ARE.with_(values=there) if there else _LOOK
        )
    return has, known


_NOBODY = Text(en="nobody has the value “{value}” of “{trait}”", fr="personne n'a la valeur « {value} » de « {trait} »")
_THERE_ARE = Text(en="its values are: {values}", fr="ses valeurs sont : {values}")
_LOOK = Text(en="write it as the page of a person shows it", fr="écrivez-la comme la page d'une personne la montre")
