"""The members of a segment, fetched page by page while they are looped over."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from quartier.client.results import Subject


@dataclass(frozen=True)
class Members:
    """The members of a segment as they were at one instant; iterating fetches page after page, once.

    Attributes:
        segment: its name.
        of: whether they are persons or accounts.
        size: how many there are in all.
        at: as of when, the same for all pages.
    """

    segment: str
    of: Subject
    size: int
    at: dt.datetime
    _rows: Iterator[dict[str, Any]] = field(repr=False, compare=False)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self._rows
