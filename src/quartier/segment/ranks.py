"""Places in an order: the top 10 %, the bottom 100, those who make 80 % of the total."""

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, cast

from quartier.errors import Unusable
from quartier.language import Text

Kind = Literal["top", "bottom", "share_of_total"]
RANKS: tuple[Kind, ...] = ("top", "bottom", "share_of_total")
"""The keys of ranks, which stand where a comparison can stand."""

_PERCENT = re.compile(r"\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*%\s*")


@dataclass(frozen=True)
class Rank:
    """Places from one end of an order.

    Attributes:
        kind: the highest values (`top`), the lowest (`bottom`), or the highest that together make a share of the sum.
        places: how many places, None when a share is asked for.
        percent: the share, of the persons or of the sum.

    Who has the value of the last place is in, however many they are. A share of persons is rounded up to a place.
    """

    kind: Kind
    places: int | None = None
    percent: Fraction | None = None

    @classmethod
    def parse(cls, kind: str, written: Any) -> "Rank":
        """Read `10 %` or `100`. Raises Unusable for anything else."""
        known = cast(Kind, kind)
        if isinstance(written, int) and not isinstance(written, bool) and kind != "share_of_total":
            if not 1 <= written <= _MOST:
                raise Unusable(_NO_PLACES, _HOW[known])
            return cls(known, places=written)
        found = _PERCENT.fullmatch(written) if isinstance(written, str) else None
        percent = Fraction(found[1].replace(",", ".")) if found else Fraction(0)
        if not 0 < percent <= 100:
            raise Unusable(_NO_RANK, _HOW[known])
        return cls(known, percent=percent)

    def places_among(self, persons: int) -> int:
        """How many places there are among some persons with a value."""
        if self.percent is None:
            assert self.places is not None  # one of the two
            return self.places
        return math.ceil(persons * self.percent / 100)

    def of_total(self, total: int) -> int:
        """The share of a total in whole units, rounded up."""
        assert self.percent is not None  # a share of a total is in percent
        return math.ceil(total * self.percent / 100)


_MOST = 2**31 - 1
_NO_PLACES = Text(en="the number of places starts at 1", fr="le nombre de places commence à 1")
_NO_RANK = Text(en="this is not a number of places", fr="ceci n'est pas un nombre de places")
_PLACES = Text(en="write `10 %` or `100`", fr="écrivez `10 %` ou `100`")
_HOW = {
    "top": _PLACES,
    "bottom": _PLACES,
    "share_of_total": Text(en="write `80 %`", fr="écrivez `80 %`"),
}
