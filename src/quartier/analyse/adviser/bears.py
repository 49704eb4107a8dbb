"""How many segments a base of this size bears: as many as stay large enough to measure an effect in."""

from collections.abc import Callable
from dataclasses import dataclass

from quartier.analyse.plain import Plain
from quartier.language import Said, Text

USUAL = 0.1
"""Stands for the usual share where nothing was bought: the textbook case, and said as such."""
GAINS = (0.25, 0.5, 1.0)
"""Effects that are weighed: a quarter, a half more, and twice as many buyers."""
_MOST_IN_HAND = 8
"""What a large team keeps up with: a rule of practice, the same as for a set of segments."""

Smallest = Callable[[float, float], int | None]
"""From a usual share and a difference to the persons of the smallest segment that would show it."""


@dataclass(frozen=True)
class Bears(Plain):
    """One effect that one wants to see: the share it starts from, the difference, the smallest segment, how many."""

    usual: float
    difference: float
    smallest: int | None
    """persons, those held out counted; None where no size would do"""
    segments: int
    """segments of equal size, each person in one"""


@dataclass(frozen=True)
class Sizing(Plain):
    """How many segments the base bears."""

    persons: int
    usual: float
    is_assumed: bool
    """whether nothing was bought lately, so that `usual` is an assumption"""
    held_out: float
    """the share of a segment that is held out"""
    rows: tuple[Bears, ...]

    @property
    def said(self) -> Said:
        """The advice, from the middle one of the effects."""
        middle = self.rows[len(self.rows) // 2]
        if not middle.segments:
            return _NONE.with_(persons=self.persons, smallest=middle.smallest or 0)
        if middle.segments > _MOST_IN_HAND:
            return _MORE.with_(persons=self.persons, segments=middle.segments, most=_MOST_IN_HAND)
        if middle.segments == 1:
            return _ONE.with_(persons=self.persons, smallest=middle.smallest)
        return _BEARS.with_(persons=self.persons, segments=middle.segments, smallest=middle.smallest)


def sizing(persons: int, usual: float | None, held_out: float, smallest: Smallest) -> Sizing:
    """The sizing for a base; `smallest` says which segment shows a difference from a usual share."""
    start = usual or USUAL
    rows = []
    for gain in GAINS:
        difference = min(start * gain, 1 - start)
        fewest = smallest(start, difference)
        rows.append(Bears(start, difference, fewest, persons // fewest if fewest else 0))
    return Sizing(persons, start, not usual, held_out, tuple(rows))


_NONE = Text(
    en="The base of {persons} persons is too small to divide and still measure: one segment would need {smallest}. "
    "Measure over everybody.",
    fr="La base de {persons} personnes est trop petite pour être divisée et mesurée : un segment en demanderait "
    "{smallest}. Mesurez sur l'ensemble.",
)
_ONE = Text(
    en="A base of {persons} persons is one segment: one needs {smallest} persons for half as many buyers again to "
    "show. Measure over everybody.",
    fr="Une base de {persons} personnes fait un seul segment : il faut {smallest} personnes pour que moitié plus "
    "d'acheteurs se voie. Mesurez sur l'ensemble.",
)
_BEARS = Text(
    en="A base of {persons} persons bears {segments} segments of equal size: each needs {smallest} persons for half as "
    "many buyers again to show.",
    fr="Une base de {persons} personnes porte {segments} segments de même taille : chacun demande {smallest} personnes "
    "pour que moitié plus d'acheteurs se voie.",
)
_MORE = Text(
    en="A base of {persons} persons could bear {segments} segments: people are the limit, a large team keeps up with "
    "{most}.",
    fr="Une base de {persons} personnes pourrait porter {segments} segments : la limite est humaine, une grande équipe "
    "en suit {most}.",
)
