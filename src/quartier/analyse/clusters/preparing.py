"""From traits as they are to a matrix in which distances mean something, and what was left out and why.

Unscaled, the trait with the largest numbers decides alone: recency, orders and revenue as they come put 99 % of a
shop's customers into one cluster. So every number is centred and divided by its standard deviation, after its
logarithm where that makes it less skewed, and what lies beyond four deviations counts as four. A category becomes one
column of 0 and 1 per word, unscaled: two persons who differ in it lie as far apart as two who differ in a number by
the usual amount (squared distance 2). A missing number takes the median, and a column of 0 and 1 says that it did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from quartier.analyse.clusters.columns import Column, Flags, Form, Numbers
from quartier.catalog import Label, Meaning, Trait
from quartier.language import LANGUAGES, Said, Text

SKEWED: Final = 1.0
"""Beyond this skewness a number is tried as its logarithm (a bell has 0, an exponential 2)."""
FARTHEST: Final = 4.0
"""In standard deviations: what lies farther counts as if it lay here."""
WORDS: Final = 20
"""A trait of more words is no category: its words would be persons, or need grouping first."""
RARE: Final = 0.01
"""Words of fewer persons than this share are taken together."""
CONSTANT: Final = 0.995
"""A trait in which so many have the same value distinguishes nobody."""
SAME: Final = 0.98
"""Two numbers that correlate more than this say the same, and would count twice."""

_NAMES_ONE = frozenset(
    {
        Meaning.USER_ID, Meaning.ANONYMOUS_ID, Meaning.ACCOUNT_ID, Meaning.PARENT_ACCOUNT, Meaning.EMAIL, Meaning.PHONE,
        Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.FULL_NAME, Meaning.ADDRESS, Meaning.WEBSITE, Meaning.COMPANY,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Used:
    """A trait that has a place in the matrix.

    Attributes:
        column: its values.
        is_logarithm: whether the logarithm was taken.
        missing: the share of its values that is missing.
        places: its columns of the matrix; the first is the number itself, or those of the words.
        words: the words of a category that have a column of their own.
    """

    column: Column
    is_logarithm: bool
    missing: float
    places: slice
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A trait that has no place in it, and why."""

    trait: Trait
    why: Said

    @property
    def reason(self) -> Label:
        """Why, in both languages."""
        return Label(**{language: self.why.to(language) for language in LANGUAGES})


@dataclass(frozen=True)
class Prepared:
    """The matrix, one row per person in the order of the columns' values."""

    matrix: Numbers
    used: tuple[Used, ...]
    left_out: tuple[LeftOut, ...]


def why_not(trait: Trait, *, sensitive: bool) -> LeftOut | None:
    """Why a trait must not be used at all, before its values are read; None where it may."""
    if trait.sensitivity.is_masked and not sensitive:
        return LeftOut(trait, _SENSITIVE.with_())
    if trait.meaning in _NAMES_ONE or trait.name == "id" or trait.name.endswith("_id"):
        return LeftOut(trait, _NAMES.with_())
    return None


def prepare(columns: Sequence[Column], *, missing: float) -> Prepared:
    """The matrix of these columns; those that say nothing or too little are left out, with the reason."""
    used: list[Used] = []
    parts: list[Numbers] = []
    left_out: list[LeftOut] = []
    width = 0
    for column in columns:
        why = _says_nothing(column, missing) or _says_the_same(column, used, parts)
        if why:
            left_out.append(LeftOut(column.trait, why))
            continue
        part, words, is_logarithm = _part(column)
        share = float(np.mean(column.is_missing))
        used.append(Used(column, is_logarithm, share, slice(width, width + part.shape[1]), words))
        parts.append(part)
        width += part.shape[1]
    size = len(columns[0].values) if columns else 0
    return Prepared(np.hstack(parts) if parts else np.zeros((size, 0)), tuple(used), tuple(left_out))


def _says_nothing(column: Column, missing: float) -> Said | None:
    share = float(np.mean(column.is_missing))
    if share > missing:
        return _MISSING.with_(share=round(100 * share))
    known = column.values[~column.is_missing]
    distinct, counts = np.unique(known, return_counts=True)
    if counts.max(initial=0) >= CONSTANT * len(known):
        return _CONSTANT.with_()
    if column.form is Form.CATEGORY and len(distinct) > WORDS:
        return _MANY_WORDS.with_(n=len(distinct), most=WORDS)
    return None


def _says_the_same(column: Column, used: Sequence[Used], parts: Sequence[Numbers]) -> Said | None:
    """Whether a number runs along with one that has its place already."""
    if column.form is Form.CATEGORY:
        return None
    number = _scaled(column)[0]
    for other, part in zip(used, parts, strict=True):
        if other.column.form is not Form.CATEGORY and abs(float(np.mean(number * _unit(part[:, 0])))) > SAME:
            return _SAME.with_(other=other.column.trait.label.text)
    return None


def _part(column: Column) -> tuple[Numbers, tuple[str, ...], bool]:
    """The columns of one trait, its words and whether its logarithm was taken."""
    unknown = column.is_missing
    told = [unknown.astype(np.float64)] if unknown.any() else []
    if column.form is Form.CATEGORY:
        counts = np.bincount(column.values[~unknown].astype(int), minlength=len(column.categories))
        frequent = int(np.count_nonzero(counts >= RARE * len(column.values)))
        flags = [(column.values == place).astype(np.float64) for place in range(frequent)]
        rest = (column.values >= frequent).astype(np.float64)
        return np.column_stack([*flags, *([rest] if rest.any() else []), *told]), column.categories[:frequent], False
    number, is_logarithm = _scaled(column)
    if column.form is Form.FLAG:
        number = np.where(unknown, np.nanmean(column.values), column.values) * np.sqrt(2)
    return np.column_stack([np.clip(number, -FARTHEST, FARTHEST), *told]), (), is_logarithm


def _scaled(column: Column) -> tuple[Numbers, bool]:
    """Centred, with deviation 1, the median where missing; the logarithm where the values are skewed less by it."""
    filled = np.where(column.is_missing, np.nanmedian(column.values), column.values)
    logged = np.sign(filled) * np.log1p(np.abs(filled))
    is_better = (
        column.form is not Form.FLAG and abs(_skewness(filled)) > max(SKEWED, abs(_skewness(logged)))
    )  # fmt: skip
    return _unit(logged if is_better else filled), bool(is_better)


def _unit(values: Numbers) -> Numbers:
    spread = values.std()
    return np.asarray((values - values.mean()) / (spread or 1.0), dtype=np.float64)


def _skewness(values: Numbers) -> float:
    return float(np.mean(_unit(values) ** 3))


def anything_known(columns: Sequence[Column]) -> Flags:
    """Where at least one of the traits is known."""
    found = np.zeros(len(columns[0].values), dtype=np.bool_)
    for each in columns:
        found |= ~each.is_missing
    return found


_SENSITIVE = Text(en="it is sensitive; `sensitive: true` uses it", fr="il est délicat ; `sensitive: true` l'emploie")
_NAMES = Text(en="it names or reaches one person", fr="il nomme une personne ou permet de la joindre")
SEVERAL = Text(en="it has several values for one person", fr="il a plusieurs valeurs pour une personne")
_MISSING = Text(en="{share}% of its values are missing", fr="{share} % de ses valeurs manquent")
_CONSTANT = Text(en="nearly everybody has the same value", fr="presque tout le monde a la même valeur")
_MANY_WORDS = Text(
    en="it has {n} different words, more than the {most} of a category",
    fr="il a {n} mots différents, plus que les {most} d'une catégorie",
)
_SAME = Text(en="it says nearly the same as “{other}”", fr="il dit presque la même chose que « {other} »")
