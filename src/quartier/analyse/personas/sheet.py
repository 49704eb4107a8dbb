"""The sheet of a persona: what is told of a segment as plain figures. Nothing that fewer than five persons make up."""

import datetime as dt
from dataclasses import dataclass

from quartier.analyse.personas.divergences import Divergence
from quartier.analyse.plain import Plain
from quartier.analyse.profile import MeanDifference, ShareDifference, Unit
from quartier.analyse.sides import FEWEST_PERSONS
from quartier.catalog import Family, Label

MOST_OF_FAMILY = 3
"""Traits of one family that are told, so that the sheet stays a page."""


@dataclass(frozen=True)
class Frequent(Plain):
    """One value of a trait: `persons` of those of whom the trait is known have it."""

    value: str
    """as text; "true" and "false" for yes and no"""
    persons: int
    share: float


@dataclass(frozen=True)
class Typical(Plain):
    """What is usual among the members: the most frequent values of a category, the middle half of a quantity."""

    trait: str
    label: Label
    family: Family
    known: int
    """members of whom the trait is known"""
    values: tuple[Frequent, ...] = ()
    """the most frequent first; none for a quantity"""
    low: float | None = None
    """a quarter of the members lie below"""
    median: float | None = None
    high: float | None = None
    """a quarter of the members lie above"""
    unit: Unit | None = None


@dataclass(frozen=True)
class Habit(Plain):
    """How many did something in the last year: of the members, and of the rest of the population."""

    event: str
    label: Label
    persons: int
    share: float
    rest: float | None
    """None where fewer than five of the rest did it, or the rest is as small"""


@dataclass(frozen=True)
class Estimated(Plain):
    """An answer summed up: NPS (`nps`, in points), satisfied (a share), a mean, a median, or the share of an option."""

    kind: str
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Answered(Plain):
    """How the members answered a question, against the rest of the population."""

    survey: str
    question: str
    title: Label
    """of the survey"""
    text: Label
    """of the question"""
    option: Label | None
    """the option that most members chose, where the question is a choice"""
    persons: int
    """members who answered"""
    own: Estimated
    rest: Estimated | None
    """None where fewer than five of the rest answered"""


@dataclass(frozen=True)
class Persona(Plain):
    """A portrait of a segment at an instant.

    Attributes:
        segment: name of the segment.
        at: the instant of the figures.
        persons: members.
        of: its population.
        revenue: net revenue of the members; None where nothing is sold, or under five members.
        share_of_revenue: of all net revenue.
        distinct: what tells the members from the rest beyond chance, the strongest first.
        typical: what is usual among them, by family.
        standing: the same of what models wrote: stage, class, score, value, propensity.
        habits: what they did in the last year, what most did first.
        answers: how they answered surveys.
        divergences: what they said against what they did.
        unpaired: the pairs of these for which the data hold nothing that was said.
    """

    segment: str
    at: dt.datetime
    persons: int
    of: int
    revenue: float | None = None
    share_of_revenue: float | None = None
    distinct: tuple[ShareDifference | MeanDifference, ...] = ()
    typical: tuple[Typical, ...] = ()
    standing: tuple[Typical, ...] = ()
    habits: tuple[Habit, ...] = ()
    answers: tuple[Answered, ...] = ()
    divergences: tuple[Divergence, ...] = ()
    unpaired: tuple[str, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """Whether nothing but the size is told: fewer than five persons could be named by it."""
        return self.persons < FEWEST_PERSONS


def is_told(difference: ShareDifference | MeanDifference) -> bool:
    """Whether a difference names nobody: at least five members are behind it, and behind the share that it tells."""
    if isinstance(difference, MeanDifference):
        return min(difference.persons, difference.others) >= FEWEST_PERSONS
    inside = round(difference.share * difference.persons)
    outside = round(difference.rest * difference.others)
    return all(count == 0 or count >= FEWEST_PERSONS for count in (inside, outside))
