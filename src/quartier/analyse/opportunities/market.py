"""Where the base is small against its market: shares, their ratio with its interval, and how many more there could be.

The market is what a table says, without error of its own; the base is counted. The ratio of the shares of a cell (its
index) has the Wilson interval of the share of the base, its p-value is that of the binomial law under the market's
share, corrected for all cells (Benjamini and Hochberg); intervals of what is picked are wider (Benjamini and
Yekutieli). Sources: see `analyse/compare.py`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quartier.analyse.compare import LEVEL, Shares, corrected, width, wilson
from quartier.analyse.plain import Plain
from quartier.analyse.profile import Interval
from quartier.analyse.sides import FEWEST_PERSONS

LARGE = 0.02
"""A cell with a smaller share of the market is no opportunity: a rule of practice."""


class Standing(StrEnum):
    """How the base stands in one cell."""

    UNTAPPED = "untapped"
    """large in the market, clearly smaller in the base: an opportunity"""
    SMALL = "small"
    """clearly smaller in the base, and small in the market, too"""
    AS_REST = "as_rest"
    """chance would explain the difference"""
    STRONG = "strong"
    """clearly larger in the base"""
    ABSENT = "absent"
    """nobody of the base has that value"""
    IMPOSSIBLE = "impossible"
    """more persons in the base than the table says there are"""


@dataclass(frozen=True)
class Counted:
    """One cell before it is compared: the market's persons and what they spend, those of the base."""

    values: tuple[str, ...]
    market: int
    persons: int
    spend: float | None = None
    is_absent: bool = False
    """whether nobody at all has one of its values"""

    @property
    def is_possible(self) -> bool:
        """Whether the market can hold the base's persons."""
        return self.persons <= self.market


@dataclass(frozen=True)
class Weighed(Plain):
    """One cell, compared.

    Fewer than five persons count as four wherever they are counted, so that no cell names anybody.
    """

    values: tuple[str, ...]
    standing: Standing
    market: int
    market_share: float
    spend_share: float | None
    persons: int
    is_few: bool
    """whether fewer than five persons, but somebody, are in it: `persons` is four then"""
    base_share: float
    base_interval: Interval
    index: float | None
    """share of the base by share of the market; None for an empty cell"""
    index_interval: Interval | None
    p_value: float | None
    """corrected for the number of cells"""
    rest: float | None = None
    """the share of the market reached in comparable cells: those that differ in one trait only"""
    more: float | None = None
    """persons there would be beside those there are if the cell were reached as the comparable ones are"""
    more_interval: Interval | None = None
    spend: float | None = None
    """what so many persons spend in the year, at any seller"""

    @property
    def penetration(self) -> float | None:
        """The share of the market's persons who are in the base."""
        return self.persons / self.market if self.market else None


def weigh(cells: Sequence[Counted]) -> tuple[Weighed, ...]:
    """Every cell compared; opportunities first, by how many more there could be, then the largest of the market."""
    cells = [replace(each, persons=_shown(each.persons)) for each in cells]
    market, base = sum(each.market for each in cells), sum(each.persons for each in cells)
    if not base or not market:
        return ()
    told = [each for each in cells if each.market and each.is_possible]
    p_values = dict(
        zip([each.values for each in told], corrected([_p(each, market, base) for each in told]), strict=True)
    )
    picked = sum(each <= LEVEL for each in p_values.values())
    spend = sum(each.spend or 0.0 for each in cells)
    around = _around(told)
    found = [
        _weighed(
            each, market, base, spend, p_values.get(each.values), width(picked, len(told)), around.get(each.values)
        )
        for each in cells
    ]
    return tuple(sorted(found, key=lambda each: (each.standing is not Standing.UNTAPPED, -_gain(each), -each.market)))


def _shown(persons: int) -> int:
    return FEWEST_PERSONS - 1 if 0 < persons < FEWEST_PERSONS else persons


def _gain(each: Weighed) -> float:
    return (each.more or 0.0) if each.standing is Standing.UNTAPPED else 0.0


def _p(each: Counted, market: int, base: int) -> float:
    """That the base has so few or so many in the cell if it were drawn from the market: binomial, two-sided."""
    from scipy.special import bdtr, bdtrc

    share = each.market / market
    below = float(bdtr(each.persons, base, share))
    above = float(bdtrc(each.persons - 1, base, share)) if each.persons else 1.0
    return min(1.0, 2 * min(below, above))


def _around(cells: Sequence[Counted]) -> Mapping[tuple[str, ...], tuple[int, int]]:
    """The persons and the market of the comparable cells: those that differ in one trait only, else all others."""
    slices: dict[tuple[int, tuple[str, ...]], list[int]] = defaultdict(lambda: [0, 0])
    for each in cells:
        for key in _slices(each.values):
            slices[key][0] += each.persons
            slices[key][1] += each.market
    all_persons, all_market = sum(each.persons for each in cells), sum(each.market for each in cells)
    found = {}
    for each in cells:
        own = [slices[key] for key in _slices(each.values)]
        persons = sum(one for one, _ in own) - len(own) * each.persons
        market = sum(one for _, one in own) - len(own) * each.market
        found[each.values] = (persons, market) if market else (all_persons - each.persons, all_market - each.market)
    return found


def _slices(values: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    return [(place, values[:place] + values[place + 1 :]) for place in range(len(values))]


def _weighed(
    each: Counted,
    market: int,
    base: int,
    spend: float,
    p_value: float | None,
    wide: float,
    around: tuple[int, int] | None,
) -> Weighed:
    share, is_clear = each.market / market, p_value is not None and p_value <= LEVEL
    z = wide if is_clear else width(0, 1)
    low, high = wilson(each.persons, base, z)
    found = Weighed(
        each.values, Standing.AS_REST, each.market, share,
        each.spend / spend if each.spend is not None and spend else None,
        each.persons, each.persons == FEWEST_PERSONS - 1, each.persons / base, Interval(low, high),
        each.persons / base / share if share else None, Interval(low / share, high / share) if share else None, p_value,
    )  # fmt: skip
    if around is not None and around[1]:
        found = _with_more(found, each, around, z)
    return replace(found, standing=_standing(each, found, is_clear=is_clear))


def _with_more(found: Weighed, each: Counted, around: tuple[int, int], z: float) -> Weighed:
    """The cell reached as those around it: the difference of the two shares (Newcombe) times the market's persons."""
    shares = Shares(around[0], around[1], each.persons, each.market)
    low, high = (end * each.market for end in shares.difference_interval(z))
    more = (shares.share - shares.rest) * each.market
    spent = max(0.0, more) * each.spend / each.market if each.spend is not None else None
    return replace(found, rest=shares.share, more=more, more_interval=Interval(low, high), spend=spent)


def _standing(each: Counted, found: Weighed, *, is_clear: bool) -> Standing:
    if not each.is_possible:
        return Standing.IMPOSSIBLE
    if each.is_absent:
        return Standing.ABSENT
    if not is_clear or found.index_interval is None:
        return Standing.AS_REST
    if found.index_interval.low > 1:
        return Standing.STRONG
    is_short = found.more_interval is not None and found.more_interval.low > 0
    if found.index_interval.high >= 1 or not is_short:
        return Standing.AS_REST
    return Standing.UNTAPPED if found.market_share >= LARGE else Standing.SMALL
