"""The figures of a segment as the description of the API (OpenAPI) tells them: flows, map, funnel."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

_OF = {"segment": "frequent-buyers", "of": "person"}


def _example(example: object) -> ConfigDict:
    return ConfigDict(json_schema_extra={"example": example})  # type: ignore[dict-item]  # plain data


class Stream(BaseModel):
    """How many came from, or went to, another segment."""

    segment: str
    persons: int


class Ways(BaseModel):
    """The flows of a segment: who left, or entered, several others is counted in each of them."""

    model_config = _example(
        {
            **_OF, "since": "2026-10-01T00:00:00+00:00", "until": "2026-11-01T00:00:00+00:00", "before": 2931,
            "after": 2975, "entered": 163, "left": 119, "came_from": [{"segment": "inactive", "persons": 76}],
            "went_to": [{"segment": "occasional-customers", "persons": 8}], "from_nowhere": 66, "to_nowhere": 105,
        }
    )  # fmt: skip

    segment: str
    of: Literal["person", "account"]
    since: str
    until: str
    before: int
    after: int
    entered: int
    left: int
    came_from: list[Stream]
    went_to: list[Stream]
    from_nowhere: int
    to_nowhere: int


class InCountry(BaseModel):
    """How many live in one country; `values` are how the trait writes it."""

    code: str
    members: int
    population: int
    values: list[str]
    share: float


class InCity(BaseModel):
    """How many live in one city, and where it lies in degrees."""

    name: str
    code: str
    members: int
    population: int
    latitude: float
    longitude: float
    values: list[str]
    share: float


class Whereabouts(BaseModel):
    """Where members live; places where fewer than five of the population live are `withheld`."""

    model_config = _example(
        {
            **_OF, "members": 2975, "population": 12863, "unknown": 3, "withheld": 0, "country": "country",
            "city": "place_city",
            "countries": [{"code": "FR", "members": 2156, "population": 9270, "values": ["FR"], "share": 0.2326}],
            "cities": [{"name": "Lyon", "code": "FR", "members": 214, "population": 872, "latitude": 45.75,
                        "longitude": 4.85, "values": ["FR"], "share": 0.2454}],
        }
    )  # fmt: skip

    segment: str
    of: Literal["person", "account"]
    members: int
    population: int
    countries: list[InCountry]
    cities: list[InCity]
    unknown: int
    withheld: int
    country: str | None
    city: str | None


class Persona(BaseModel):
    """A portrait of a segment: what is distinct and usual, what members did and answered, said and did otherwise."""

    model_config = ConfigDict(extra="allow") | _example(
        {
            "segment": "frequent-buyers", "at": "2026-11-22T10:00:00+00:00", "persons": 2975, "of": 12863,
            "revenue": 1027132.11, "share_of_revenue": 0.46, "distinct": [], "standing": [], "answers": [],
            "typical": [{
                "trait": "country", "label": {"en": "Country", "fr": "Pays"}, "family": "geographic", "known": 2975,
                "values": [{"value": "FR", "persons": 2156, "share": 0.7247}], "low": None, "median": None,
                "high": None, "unit": None,
            }],
            "habits": [{
                "event": "Order Completed", "label": {"en": "Order completed", "fr": "Commande passée"},
                "persons": 2041, "share": 0.686, "rest": 0.445,
            }],
            "divergences": [{
                "pair": "satisfied", "deed": "lapsed", "trait": "satisfaction",
                "label": {"en": "Satisfaction", "fr": "Satisfaction"}, "at_least": 4, "points": 5, "days": 365,
                "amount": None, "rest": None,
                "own": {"persons": 150, "observed": 58, "share": 0.3867, "low": 0.3125, "high": 0.4665},
            }],
            "unpaired": ["intends"], "is_withheld": False,
        }
    )  # fmt: skip

    segment: str
    at: str
    persons: int
    of: int
    revenue: float | None
    share_of_revenue: float | None
    distinct: list[dict[str, Any]]
    typical: list[dict[str, Any]]
    standing: list[dict[str, Any]]
    habits: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    divergences: list[dict[str, Any]]
    unpaired: list[str]
    is_withheld: bool


class Stage(BaseModel):
    """One condition: for how many it holds, and how many are left after it in a group of all (or gathered, of any)."""

    place: str
    of: Literal["person", "account"]
    holding: int
    left: int | None


class Funnel(BaseModel):
    """What each condition of a segment takes away, evaluated now; `place` is where it stands in the document."""

    model_config = _example(
        {
            **_OF, "size": 2975, "population": 12863, "at": "2026-11-22T10:00:00+00:00",
            "stages": [{"place": "where", "of": "person", "holding": 2975, "left": None}],
        }
    )  # fmt: skip

    segment: str
    of: Literal["person", "account"]
    size: int
    population: int
    at: str
    stages: list[Stage]


class Quality(BaseModel):
    """What the set of segments is worth: coverage, overlaps, what is told apart, doubles, what to look at."""

    model_config = ConfigDict(extra="allow") | _example(
        {
            "at": "2026-11-16T00:00:00+00:00", "since": "2026-10-17T00:00:00+00:00",
            "base_label": {"en": "everybody", "fr": "tout le monde"},
            "coverage": {
                "base": "everyone", "persons": 20000, "in_none": 10368, "in_one": 9632, "in_several": 0,
                "share_in_none": 0.5184, "share_in_one": 0.4816, "share_in_several": 0.0,
            },
            "balance": {"smallest": 4592, "largest": 5040, "evenness": 0.998, "effective": 2.0, "ratio": 0.911},
            "findings": [],
        }
    )  # fmt: skip

    coverage: dict[str, Any]
    findings: list[dict[str, Any]]
