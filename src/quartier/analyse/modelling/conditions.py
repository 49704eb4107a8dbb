"""What a model may ask of the condition language, which lies in a later stage: it is given, not imported."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from pyroaring import BitMap

from quartier.catalog import Label

Where = Mapping[str, Any]
"""A condition as documents write it: `{event: Order Completed, within: 90 days}`."""


class Conditions(Protocol):
    """Conditions over persons, asked of everybody."""

    def members(self, wheres: Sequence[Where], at: dt.datetime) -> list[BitMap]:
        """For whom each condition holds at an instant. Raises InvalidDefinition for one that cannot be used."""

    def said(self, where: Where) -> Label:
        """A condition in words, in both languages."""

    def has_past(self, where: Where) -> bool:
        """Whether all that a condition reads bears times, so that it holds of the past as it was."""
