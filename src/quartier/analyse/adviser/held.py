"""What the data hold, as the adviser needs to know it: columns that could divide persons, and purchases."""

from collections.abc import Sequence
from dataclasses import dataclass

from quartier.analyse.plain import Plain
from quartier.catalog import Family, Label, Meaning, Sensitivity, Subject, Trait, ValueType

MOST = 0.5
"""A trait known of at least half of the rows speaks for the base."""
SOME, FEWEST = 0.05, 100
"""Below this share, or known of fewer rows than that, a trait carries no segmentation at all."""
_MANY, _UNLIKE = 50, 0.5
"""A text with more values than this, as many as half of the rows, names persons rather than dividing them."""
_NAMING = frozenset({
    Meaning.USER_ID, Meaning.ANONYMOUS_ID, Meaning.ACCOUNT_ID, Meaning.EMAIL, Meaning.PHONE, Meaning.FIRST_NAME,
    Meaning.LAST_NAME, Meaning.FULL_NAME, Meaning.ADDRESS, Meaning.WEBSITE, Meaning.PARENT_ACCOUNT, Meaning.COMPANY,
})  # fmt: skip
_OF_FIRMS = frozenset({Family.FIRMOGRAPHIC})


@dataclass(frozen=True)
class Column(Plain):
    """One trait that could divide persons or accounts, and how much of it is there."""

    name: str
    label: Label
    family: Family
    meaning: Meaning | None
    type: ValueType
    of: Subject
    known: int
    rows: int

    @property
    def fill(self) -> float:
        """The share of persons, or accounts, of whom it is known."""
        return self.known / self.rows if self.rows else 0.0

    @property
    def speaks_for_the_base(self) -> bool:
        """Whether it is known of most."""
        return self.fill >= MOST

    @property
    def is_some(self) -> bool:
        """Whether it is known of enough to say something of these."""
        return self.fill >= SOME and self.known >= FEWEST


@dataclass(frozen=True)
class Held(Plain):
    """What the data hold at an instant."""

    persons: int
    accounts: int
    columns: tuple[Column, ...]
    customers: int
    """persons who have bought"""
    repeat_customers: int
    """who have bought in at least two orders"""
    buyers_lately: int
    """who have bought in the last 30 days"""
    event_types: int
    """types of events that happened at all"""
    has_products: bool
    """whether purchases say which products were bought"""
    has_answers: bool = False
    """whether a survey was answered"""

    def of_family(self, family: Family) -> tuple[Column, ...]:
        """The columns of a family, best filled first; those of accounts where they are what the family is about."""
        own = [each for each in self.columns if each.family is family and (each.of == "person" or family in _OF_FIRMS)]
        return tuple(sorted(own, key=lambda each: (-each.fill, each.name)))

    @property
    def usual(self) -> float | None:
        """The share of persons who bought in the last 30 days; None without persons."""
        return self.buyers_lately / self.persons if self.persons else None


def columns_of(traits: Sequence[Trait], counts: dict[str, tuple[int, int]], rows: int) -> tuple[Column, ...]:
    """The traits that could divide, with how much of each is there; `counts` are known and distinct values by name.

    Left out is what names or reaches one person, what has a single value, what is of a special category, and what a
    model wrote: advice stands on data, not on what was made of them.
    """
    return tuple(
        Column(each.name, each.label, each.family, each.meaning, each.type, each.of, counts[each.name][0], rows)
        for each in traits
        if each.name in counts and _divides(each, *counts[each.name])
    )


def _divides(trait: Trait, known: int, distinct: int) -> bool:
    is_made = trait.origin == "predicted" or (trait.origin == "computed" and trait.family is Family.BEHAVIOURAL)
    names = trait.type is ValueType.TEXT and distinct > max(_MANY, known * _UNLIKE)
    is_apart = trait.meaning in _NAMING or trait.sensitivity is Sensitivity.SPECIAL
    return not (is_made or names or is_apart) and distinct > 1
