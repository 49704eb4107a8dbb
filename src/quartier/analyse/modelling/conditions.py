"""What a model may ask of the condition language, which lies in a later stage: it is given, not imported."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pyroaring import BitMap

from quartier.catalog import Label

Where = Mapping[str, Any]
"""A condition as documents write it: `{event: Order Completed, within: 90 days}`."""


@dataclass(frozen=True)
class Belonging:
    """Who was a member of a segment, by instant.

    `is_observed` tells the log of membership apart from conditions that were evaluated as of the past.
    """

    members: Mapping[dt.datetime, BitMap]
    is_observed: bool


class Conditions(Protocol):
    """Conditions over persons, asked of everybody, and segments in force."""

    def members(self, wheres: Sequence[Where], at: dt.datetime) -> list[BitMap]:
        """For whom each condition holds at an instant. Raises InvalidDefinition for one that cannot be used."""

    def said(self, where: Where) -> Label:
        """A condition in words, in both languages."""

    def has_past(self, where: Where) -> bool:
        """Whether all that a condition reads bears times, so that it holds of the past as it was."""

    def called(self, segment: str) -> Label:
        """What a segment of persons is called. Raises UnknownName with the nearest names."""

    def belonging(self, segment: str, at: Sequence[dt.datetime]) -> Belonging:
        """Who was a member of a segment of persons at some instants. Raises NoAnswer where nobody can know."""
