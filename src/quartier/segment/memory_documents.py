"""Conditions over what the store remembers, as users write them: segments in a period, entries, exits, campaigns."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, model_serializer, model_validator

from quartier.segment.documents import Document, Value
from quartier.segment.event_documents import WINDOW_KEYS


class Windowed(Document):
    """A condition with a window of time beside it."""

    window: dict[str, Value] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or "window" in data:
            return data
        rest = {key: value for key, value in data.items() if key not in WINDOW_KEYS}
        return {**rest, "window": {key: data[key] for key in WINDOW_KEYS if data.get(key) is not None}}

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        written = {name: getattr(self, name) for name in type(self).model_fields if name != "window"}
        return {name: value for name, value in written.items() if value is not None} | self.window


class SegmentCondition(Windowed):
    """`{segment: loyal}`: member of another segment at the same instant; with a window, at some time in it."""

    segment: str


class EnteredCondition(Windowed):
    """`{entered: loyal, within: 30 days}`: seen to enter another segment."""

    entered: str


class LeftCondition(Windowed):
    """`{left: loyal, within: 30 days}`: seen to leave another segment."""

    left: str


class CampaignCondition(Windowed):
    """`{campaign: spring, was: exposed, within: 30 days}`: what a campaign did with the person."""

    campaign: str
    was: Literal["targeted", "held_out", "exposed"]
