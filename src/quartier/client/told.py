"""What the API tells, read into frozen dataclasses: fields by their names, instants as datetimes.

Values are taken as they are told. A field that is new to this client is passed over, so that it goes on working with a
newer server; a field that is missing is no answer of the API's.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, Self, get_type_hints

from quartier.client.failures import NOT_OURS, UnexpectedAnswer

INSTANTS = (dt.datetime, dt.datetime | None)


@dataclasses.dataclass(frozen=True)
class Told:
    """Something that the API tells."""

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Self:
        """Read it from plain data. Raises UnexpectedAnswer where something is missing."""
        kinds = get_type_hints(cls)
        try:
            return cls(**{each.name: _value(kinds[each.name], told[each.name]) for each in dataclasses.fields(cls)})
        except (KeyError, TypeError):
            raise UnexpectedAnswer(NOT_OURS, 200) from None


def instant(told: Any) -> dt.datetime:
    """An aware instant. Raises UnexpectedAnswer for what is none."""
    try:
        return dt.datetime.fromisoformat(told)
    except (TypeError, ValueError):
        raise UnexpectedAnswer(NOT_OURS, 200) from None


def _value(kind: Any, value: Any) -> Any:
    return instant(value) if kind in INSTANTS and value is not None else value
