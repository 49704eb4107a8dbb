"""Associations at work: reads the traits of persons."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
from pyroaring import BitMap

from quartier.analyse.association.detail import Detail, detail_of
from quartier.analyse.association.matrix import Associations, matrix_of
from quartier.analyse.learning.clues import Clue, clue_of, narrowed
from quartier.analyse.learning.folds import some
from quartier.analyse.learning.usable import LeftOut, Reason, telling, usable
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.purchases import PERSON
from quartier.catalog import Catalog
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.errors import NoAnswer
from quartier.language import Text

MOST_TRAITS, MOST_PERSONS = 24, 100_000
"""A matrix that can be read; the persons drawn by chance from a larger base."""


def associations(
    engine: DuckDBEngine, catalog: Catalog, config: Config, at: dt.datetime, *,
    traits: Sequence[str] = (), among: BitMap | None = None, seed: int = 0,
) -> Associations:  # fmt: skip
    """How strongly traits go together, pair by pair: the named ones, or those that are known of most persons.

    `among` narrows to the members of a segment. Raises UnknownName for a trait that there is not, NoAnswer where fewer
    than two traits tell persons apart.
    """
    clues, left = _clues(Reading(engine, catalog, config, at), traits, among, seed)
    clues, silent = telling(clues)
    if not traits:
        clues = sorted(clues, key=lambda each: (-int(each.known.sum()), each.name))[:MOST_TRAITS]
    return matrix_of(clues, at, (*left, *silent))


def detail(
    engine: DuckDBEngine, catalog: Catalog, config: Config, at: dt.datetime, first: str, second: str, *,
    among: BitMap | None = None, seed: int = 0,
) -> Detail:  # fmt: skip
    """How the second trait lies over the values of the first.

    Raises UnknownName for a trait that there is not, NoAnswer for one that may not be read.
    """
    clues, left = _clues(Reading(engine, catalog, config, at), (first, second), among, seed)
    if len(clues) < 2:
        raise NoAnswer(_NOT_READ.with_(trait=left[0].trait if left else first), remedy=_OTHER)
    named = {each.name: each for each in clues}
    return detail_of(named[first], named[second])


def _clues(reading: Reading, names: Sequence[str], among: BitMap | None, seed: int) -> tuple[list[Clue], list[LeftOut]]:
    asked = [reading.trait(each).name for each in names]
    kept, left = usable([each for each in reading.catalog.traits if not asked or each.name in asked])
    if not asked:
        made = [each for each in kept if each.origin != "given"]
        left += [LeftOut(each.name, each.label, Reason.MADE.value) for each in made]
        kept = [each for each in kept if each not in made]
    table = reading.persons([each.name for each in kept])
    keys = np.asarray(table[PERSON].to_numpy(), dtype=np.int64)
    rows = np.arange(len(keys)) if among is None else np.flatnonzero(np.isin(keys, np.array(among, dtype=np.int64)))
    if not len(rows):
        raise NoAnswer(_NOBODY, remedy=_OTHERS)
    rows = rows[some(len(rows), MOST_PERSONS, seed)]
    return narrowed([clue_of(each, table[each.name], reading.as_of) for each in kept], rows), left


_NOT_READ = Text(en="“{trait}” names persons or is sensitive", fr="« {trait} » nomme les personnes, ou est délicat")
_OTHER = Text(en="choose an ordinary trait", fr="choisissez un trait ordinaire")
_NOBODY = Text(en="there is nobody to look at", fr="il n'y a personne à regarder")
_OTHERS = Text(
    en="choose another segment, or bring in persons", fr="choisissez un autre segment, ou importez des personnes"
)
