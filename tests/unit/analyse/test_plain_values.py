"""Results as JSON: stable keys, instants as ISO 8601, sentences in both languages."""

import datetime as dt
import json
from dataclasses import dataclass

import pytest

from quartier.analyse.plain import Plain, plain
from quartier.catalog import Family, Label
from quartier.language import Said, Text

SAID = Text(en="{n} persons", fr="{n} personnes")


@dataclass(frozen=True)
class Inner(Plain):
    share: float


@dataclass(frozen=True)
class Outer(Plain):
    at: dt.datetime
    said: Said
    label: Label
    family: Family
    inner: tuple[Inner, ...]

    @property
    def count(self) -> int:
        return len(self.inner)


def test_fields_and_properties_become_json() -> None:
    outer = Outer(
        dt.datetime(2026, 11, 21, tzinfo=dt.UTC),
        SAID.with_(n=1234),
        Label(fr="âge", en="age"),
        Family.VALUES,
        (Inner(0.5), Inner(float("nan"))),
    )
    assert json.loads(json.dumps(outer.as_json())) == {
        "at": "2026-11-21T00:00:00+00:00",
        "said": {"en": "1,234 persons", "fr": SAID.to("fr", n=1234)},
        "label": {"fr": "âge", "en": "age"},
        "family": "values",
        "inner": [{"share": 0.5}, {"share": None}],
        "count": 2,
    }


def test_what_has_no_plain_form_is_refused() -> None:
    with pytest.raises(TypeError):
        plain(object())
