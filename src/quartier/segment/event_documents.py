"""Conditions over events as users write them: which events count, what is measured of them, how it compares."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import Field, model_serializer, model_validator

from quartier.errors import Unusable, suggestion
from quartier.language import Text
from quartier.segment.documents import Document, Test, Value
from quartier.segment.operators import COMPARISONS, OPERATORS
from quartier.segment.ranks import RANKS

WINDOW_KEYS = ("within", "ago", "since", "until", "during")
EVENT_KEYS = ("event", "where", "when", *WINDOW_KEYS)
COUNTED = ("count", "days", "weeks", "months")
"""The measures that are written with their comparison: `count: {at_least: 2}`."""
MEASURES = (*COUNTED, "distinct", "sum", "mean", "min", "max", "first", "last", "most_frequent", "days_since")


OF_ONE_EVENT = tuple(key for key in OPERATORS if key not in EVENT_KEYS)
"""The comparisons of the first, last or most frequent value: `within` and `since` beside it speak of the window."""

OF_MEASURES = (*COMPARISONS, *RANKS)
"""What may follow a measure that is a number."""


class Ago(Document):
    """`ago: {between: [30 days, 90 days]}`."""

    between: tuple[str, str]


class EventCondition(Document):
    """`{event: Order Completed, where: {...}, within: 90 days, sum: revenue, more_than: 500}`."""

    event: tuple[str, ...] = Field(min_length=1)
    where: dict[str, Test] = Field(default_factory=dict)
    when: dict[str, Test] = Field(default_factory=dict)
    within: str | None = None
    ago: Ago | None = None
    since: str | None = None
    until: str | None = None
    during: str | None = None
    measure: str = "count"
    path: str | None = None
    test: Test

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or isinstance(data.get("test"), Test):
            return data
        given = {key: data[key] for key in EVENT_KEYS if key in data}
        events = given.pop("event")
        where, when = given.pop("where", None) or {}, given.pop("when", None) or {}
        if not isinstance(where, Mapping):
            raise Unusable(_WHERE)
        if not isinstance(when, Mapping):
            raise Unusable(_WHEN)
        rest = {key: value for key, value in data.items() if key not in EVENT_KEYS}
        return {
            **given,
            "event": (events,) if isinstance(events, str) else events,
            "where": {str(path): property_test(path, test) for path, test in where.items()},
            "when": {str(part): property_test(part, test) for part, test in when.items()},
            **_measured(rest),
        }

    @model_validator(mode="after")
    def _one_window(self) -> Self:
        check_one_window(self.window)
        return self

    @property
    def window(self) -> dict[str, Value]:
        """The window as written; nothing for ever."""
        ago = {"between": list(self.ago.between)} if self.ago else None
        found = {key: ago if key == "ago" else getattr(self, key) for key in WINDOW_KEYS}
        return {key: value for key, value in found.items() if value is not None}

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        written: dict[str, Value] = {"event": self.event[0] if len(self.event) == 1 else list(self.event)}
        for key, tests in (("where", self.where), ("when", self.when)):
            if tests:
                written[key] = {path: short_test(test) for path, test in tests.items()}
        written |= self.window
        if self.measure in COUNTED:
            return {**written, self.measure: {self.test.operator: self.test.value}}
        return {**written, self.measure: self.path, self.test.operator: self.test.value}


def check_one_window(written: Mapping[str, Value]) -> None:
    """Only `since` and `until` stand together, and the keys are those of windows. Raises Unusable otherwise."""
    for key in written:
        if key not in WINDOW_KEYS:
            raise Unusable(_NO_WINDOW.with_(key=key), suggestion(str(key), WINDOW_KEYS))
    if len(written) > 1 and set(written) != {"since", "until"}:
        raise Unusable(_ONE_WINDOW)


def property_test(path: object, written: Value) -> Test:
    """`{category: shoes}`, `{category: [shoes, bags]}` or `{price: {more_than: 20}}`."""
    if isinstance(written, Test):
        return written
    if isinstance(written, Mapping):
        return Test.read(written, tuple(OPERATORS))
    if written is None:
        raise Unusable(_NO_VALUE.with_(path=path))
    return Test(operator="in" if isinstance(written, list) else "is", value=written)


def short_test(test: Test) -> Value:
    """A test of a property as people write it: `shoes` for `{is: shoes}`."""
    is_list = isinstance(test.value, list)
    is_single = test.value is not None and not is_list and not isinstance(test.value, Mapping)
    is_short = (test.operator == "is" and is_single) or (test.operator == "in" and is_list)
    return test.value if is_short else {test.operator: test.value}


def _measured(rest: Mapping[str, Value]) -> dict[str, Value]:
    """The measure and its comparison; counting at least one event unless said otherwise."""
    named = [key for key in rest if key in MEASURES]
    if len(named) > 1:
        raise Unusable(_ONE_MEASURE.with_(names=named))
    if not named:
        test = Test.read(rest, OF_MEASURES) if rest else Test(operator="at_least", value=1)
        return {"measure": "count", "test": test}
    (measure,) = named
    compared = {key: value for key, value in rest.items() if key != measure}
    if measure in COUNTED:
        return {"measure": measure, "test": _counted(measure, rest[measure], compared)}
    allowed = (*OF_ONE_EVENT, *RANKS) if measure in ("first", "last", "most_frequent") else OF_MEASURES
    return {"measure": measure, "path": rest[measure], "test": Test.read(compared, allowed)}


def _counted(measure: str, count: Value, compared: Mapping[str, Value]) -> Test:
    if compared:
        raise Unusable(_BESIDE_COUNT.with_(measure=measure, names=list(compared)))
    if isinstance(count, Mapping):
        return Test.read(count, OF_MEASURES)
    return Test(operator="is", value=count)


_WHERE = Text(
    en="`where` takes properties and what they must be, such as {{category: shoes}}",
    fr="`where` attend des propriétés et leurs valeurs, par exemple {{category: shoes}}",
)
_WHEN = Text(
    en="`when` takes parts of the event's time, such as {{weekday: [saturday, sunday]}}",
    fr="`when` attend des parties de l'heure de l'événement, par exemple {{weekday: [saturday, sunday]}}",
)
_NO_WINDOW = Text(en="“{key}” is not a window of time", fr="« {key} » n'est pas une fenêtre de temps")
_ONE_WINDOW = Text(
    en="only one of `within`, `ago`, `during`, and `since` with or without `until` can stand here",
    fr="un seul de `within`, `ago`, `during`, et `since` avec ou sans `until` est possible",
)
_NO_VALUE = Text(
    en="`{path}` has no value; to ask whether it is known, write {{known: false}}",
    fr="`{path}` n'a pas de valeur ; pour demander si elle est connue, écrivez {{known: false}}",
)
_ONE_MEASURE = Text(en="one measure only, found: {names}", fr="une seule mesure est possible, trouvées : {names}")
_BESIDE_COUNT = Text(en="unknown beside `{measure}`: {names}", fr="inconnu à côté de `{measure}` : {names}")
