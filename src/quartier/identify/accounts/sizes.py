"""Size classes of companies, by the definition of the European Union, which Insee shares up to medium-sized.

Source: Commission Recommendation 2003/361/EC, annex, article 2: fewer than 10, 50 or 250 persons employed, and a yearly
turnover of at most 2, 10 or 50 million euros or a balance sheet total of at most 2, 10 or 43 million.
"""

import re
from enum import StrEnum

from quartier.language import Text


class Size(StrEnum):
    """How large a company is."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @property
    def label(self) -> Text:
        """The class for a reader."""
        return _LABELS[self]


_CEILINGS = (
    (Size.MICRO, 10, 2_000_000, 2_000_000),
    (Size.SMALL, 50, 10_000_000, 10_000_000),
    (Size.MEDIUM, 250, 50_000_000, 43_000_000),
)
"""Below how many employees, and up to which turnover or balance sheet total in euros, a company has each class."""

_LABELS = {
    Size.MICRO: Text(en="Micro-enterprise", fr="Microentreprise"),
    Size.SMALL: Text(en="Small company", fr="Petite entreprise"),
    Size.MEDIUM: Text(en="Medium-sized company", fr="Moyenne entreprise"),
    Size.LARGE: Text(en="Large company", fr="Grande entreprise"),
}


def size_of(employees: float | None, turnover: float | None = None, balance_sheet: float | None = None) -> Size | None:
    """The class of a company; None when nothing is known of it.

    Of the two sums the one that fits decides, as the definition has it. What is not known is taken to fit: where only
    the employees are known they decide alone, and so do the sums.

    Args:
        employees: persons employed over the year; what is below zero is not known.
        turnover: of a year, in euros.
        balance_sheet: the total, in euros.
    """
    staff = employees if employees is not None and employees >= 0 else None
    sums = [None if each is None or each < 0 else each for each in (turnover, balance_sheet)]
    if staff is None and sums == [None, None]:
        return None
    for size, most_staff, *ceilings in _CEILINGS:
        within = [each <= most for each, most in zip(sums, ceilings, strict=True) if each is not None]
        if (staff is None or staff < most_staff) and (not within or any(within)):
            return size
    return Size.LARGE


_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f',.]\d{3})+|\d+"
_HEADCOUNT = re.compile(rf"^\D{{0,20}}?(?P<least>{_NUMBER})(?:\s*[-–àto/]+\s*(?:{_NUMBER}))?\s*\+?\D{{0,40}}$", re.I)
_FEWER = re.compile(r"^(?:<|moins de|less than|fewer than|under)\s*(\d+)", re.I)


def headcount(text: str) -> int | None:
    """How many are employed: `250`, `1 200`, and of a range (`10-49`, `10 à 49 salariés`, `250+`) the least.

    Below a bound (`<10`) it is one less than the bound; None for words.
    """
    written = text.strip()
    if fewer := _FEWER.match(written):
        return max(0, int(fewer[1]) - 1)
    found = _HEADCOUNT.match(written)
    return int(re.sub(r"\D", "", found["least"])) if found else None
