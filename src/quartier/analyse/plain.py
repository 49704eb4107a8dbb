"""Results as plain values: dicts with stable keys, instants as ISO 8601, sentences in both languages."""

import dataclasses
import datetime as dt
import math
from collections.abc import Mapping
from enum import Enum
from typing import Any

from pydantic import BaseModel

from quartier.language import LANGUAGES, Said, Text


class Plain:
    """A frozen dataclass that can be written as JSON."""

    def as_json(self) -> dict[str, Any]:
        """Every field, then every property, by its name and as JSON has it."""
        fields = [each.name for each in dataclasses.fields(self)]  # type: ignore[arg-type]  # only dataclasses inherit
        derived = [name for name, each in vars(type(self)).items() if isinstance(each, property)]
        return {name: plain(getattr(self, name)) for name in (*fields, *derived)}


def plain(value: object) -> Any:
    """A value as JSON has it; raises TypeError for what has no plain form."""
    match value:
        case Plain():
            return value.as_json()
        case Text() | Said():
            return {language: value.to(language) for language in LANGUAGES}
        case BaseModel():
            return value.model_dump(mode="json")
        case Enum():
            return value.value
        case float():
            return value if math.isfinite(value) else None
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case tuple() | list():
            return [plain(each) for each in value]
        case None | bool() | int() | str():
            return value
        case _:
            raise TypeError(f"no plain form for {type(value).__name__}")
