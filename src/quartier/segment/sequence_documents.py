"""Sequences as users write them: events one after the other, and events that must not happen between or afterwards."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field, model_serializer, model_validator

from quartier.errors import Unusable
from quartier.language import Text
from quartier.segment.documents import Document, Test, Value, check_keys
from quartier.segment.event_documents import WINDOW_KEYS, property_test, short_test

MOST_STEPS, MOST_TIMES = 10, 10
"""Each step and each repetition is one more pass over the rows."""


class StepDocument(Document):
    """`{event: Order Completed, where: {...}, within: 1 day}`, or `{not: Email Link Clicked, within: 2 hours}`."""

    names: tuple[str, ...] = Field(min_length=1)
    is_absent: bool
    where: dict[str, Test] = Field(default_factory=dict)
    within: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        check_keys(data, ("event", "not", "where", "within"))
        is_absent = "not" in data
        if is_absent and isinstance(data["not"], Mapping):  # {not: {event: ...}, within: 2 hours}
            check_keys(data["not"], ("event", "where"))
            data = {**{key: value for key, value in data.items() if key != "not"}, **data["not"]}
        elif is_absent and "event" not in data:
            data = {"event" if key == "not" else key: value for key, value in data.items()}
        if "event" not in data or "not" in data:
            raise Unusable(_EVENT_OR_NOT, _STEPS_ARE)
        where = data.get("where") or {}
        if not isinstance(where, Mapping):
            raise Unusable(_WHERE)
        names = data["event"]
        rest = {key: value for key, value in data.items() if key not in ("event", "where")}
        return {
            **rest,
            "names": (names,) if isinstance(names, str) else names,
            "is_absent": is_absent,
            "where": {str(path): property_test(path, test) for path, test in where.items()},
        }

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        written: dict[str, Value] = {"not" if self.is_absent else "event": _one_or_list(self.names)}
        if self.where:
            written["where"] = {path: short_test(test) for path, test in self.where.items()}
        return written | ({"within": self.within} if self.within is not None else {})


class SequenceCondition(Document):
    """`{sequence: [{event: Product Added}, {not: Order Completed, within: 1 day}], within: 30 days}`.

    `window` says when the first step counts; `times` is how often the whole happens at least; `same` names a property
    that has one value in all steps.
    """

    sequence: tuple[StepDocument, ...] = Field(min_length=2, max_length=MOST_STEPS)
    window: dict[str, Value] = Field(default_factory=dict)
    times: int = Field(default=1, ge=1, le=MOST_TIMES)
    same: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        check_keys(data, ("sequence", *WINDOW_KEYS, "times", "same"))
        rest = {key: value for key, value in data.items() if key not in WINDOW_KEYS}
        return {**rest, "window": {key: data[key] for key in WINDOW_KEYS if data.get(key) is not None}}

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        written: dict[str, Value] = {"sequence": [step.model_dump() for step in self.sequence], **self.window}
        if self.times > 1:
            written["times"] = self.times
        return written | ({"same": self.same} if self.same is not None else {})


def _one_or_list(names: tuple[str, ...]) -> Value:
    return names[0] if len(names) == 1 else list(names)


_EVENT_OR_NOT = Text(
    en="a step is one event, or one that must not happen",
    fr="une étape est un événement, ou un événement qui ne doit pas avoir lieu",
)
_STEPS_ARE = Text(
    en="write `{{event: Order Completed, within: 1 day}}` or `{{not: Order Completed, within: 1 day}}`",
    fr="écrivez `{{event: Order Completed, within: 1 day}}` ou `{{not: Order Completed, within: 1 day}}`",
)
_WHERE = Text(
    en="`where` takes properties and what they must be, such as {{category: shoes}}",
    fr="`where` attend des propriétés et leurs valeurs, par exemple {{category: shoes}}",
)
