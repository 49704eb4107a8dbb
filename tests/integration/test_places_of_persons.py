"""Where persons live follows what is held of them: by itself, once for each place, and the same after a rebuild."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyroaring import BitMap

import quartier
from quartier.analyse import selecting
from quartier.analyse.places import run as places
from quartier.analyse.places.whereabouts import whereabouts
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.config import Config
from quartier.engine import Query
from quartier.store import catalogs
from tests.projecting import canonical

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
COLUMNS = {
    "id": "user_id", "mail": "email", "zip": "trait.postal_code", "town": "trait.city", "country": "trait.country",
}  # fmt: skip
FILE = "id,mail,zip,town,country\n1,ann@x.fr,69003,Lyon,FR\n2,,97400,,France\n3,bo@x.fr,,,DE\n4,,,,\n5,,69003,Lyon,FR\n"
LIVES = "select user_id, place_country, place_region, place_in_eu, place_settlement, round(place_latitude) from person"


@pytest.fixture
def ws(folder: Path) -> Iterator[quartier.Workspace]:
    path = quartier.create(folder / "shop", Config(name="Shop", memory_limit="512MB", threads=1, places=True))
    with quartier.open(path, clock=FixedClock(NOW)) as opened:
        yield opened


def _collected(ws: quartier.Workspace, text: str, name: str = "persons.csv") -> None:
    (ws.folder / name).write_text(text)
    ws.collect(ws.folder / name, Mapping.read({"layout": "persons", "columns": COLUMNS}))


def _lives(ws: quartier.Workspace) -> dict[object, tuple[object, ...]]:
    return {who: where for who, *rest in ws.engine.rows(Query(LIVES)) for where in [tuple(rest)]}


def test_places_follow_what_is_collected_and_segments_read_them(
    ws: quartier.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    derive = places.derived_places
    monkeypatch.setattr(
        places, "derived_places", lambda rows, *a, **b: asked.append(len(rows)) or derive(rows, *a, **b)
    )
    _collected(ws, FILE)
    assert _lives(ws) == {
        "1": ("FR", "Auvergne-Rhône-Alpes", True, "urban", 46.0), "2": ("RE", "La Réunion", True, "urban", -21.0),
        "3": ("DE", None, True, None, None), "4": (None, None, None, None, None),
        "5": ("FR", "Auvergne-Rhône-Alpes", True, "urban", 46.0),
    }  # fmt: skip
    (south, near) = ws.apply_segments([
        {"segment": "south-east", "where": {"trait": "place_region", "is": "Auvergne-Rhône-Alpes"}},
        {"segment": "near-lyon", "where": {"place": {"near": "Lyon", "within": "10 km"}}},
    ])  # fmt: skip
    assert (south.size, near.size) == (2, 2)
    _collected(ws, "id,mail,zip,town,country\n3,,75011,Paris,FR\n4,,69003,Lyon,FR\n", "later.csv")
    assert [_lives(ws)[who][1] for who in ("3", "4")] == ["Île-de-France", "Auvergne-Rhône-Alpes"]
    assert [each.size for each in ws.refresh()] == [3, 3]
    assert asked == [4, 1]


def test_places_are_the_same_after_a_rebuild(ws: quartier.Workspace) -> None:
    _collected(ws, FILE)
    _collected(ws, "id,mail,zip,town,country\n3,,75011,Paris,FR\n4,,69003,Lyon,FR\n", "later.csv")
    before = canonical(ws.engine)["person"]
    ws.rebuild()
    assert canonical(ws.engine)["person"] == before


def test_nothing_is_derived_unless_it_is_asked_for(folder: Path) -> None:
    path = quartier.create(folder / "other", Config(name="Shop", memory_limit="512MB", threads=1))
    with quartier.open(path, clock=FixedClock(NOW)) as ws:
        _collected(ws, FILE)
        with ws.store.begin() as connection:
            assert catalogs.load(connection).trait("place_region") is None


def test_where_members_live_is_counted_among_the_population_and_small_places_are_withheld(
    ws: quartier.Workspace,
) -> None:
    rows = [f"{n},,69003,Lyon,{'FR' if n % 2 else 'France'}" for n in range(1, 9)]
    _collected(ws, "id,mail,zip,town,country\n" + "\n".join([*rows, "20,,,,DE", "21,,,,", "22,,,,Nowhere"]) + "\n")
    everyone = BitMap(range(11))
    found = whereabouts(ws.engine, ws.catalog, "person", BitMap([0, 1, 2, 8, 9, 10]), everyone)
    assert found is not None
    assert [(each.code, each.members, each.population) for each in found.countries] == [("FR", 3, 8)]
    assert (found.members, found.population, found.unknown, found.withheld) == (6, 11, 2, 1)
    (city,) = found.cities
    assert (city.name, city.code, city.members, city.population) == ("Lyon", "FR", 3, 8)
    assert (round(city.latitude), round(city.longitude)) == (46, 5)
    document = selecting.of_place(
        {"segment": "loyal"}, {found.country: found.countries[0].values, "place_city": ("Lyon",)},
        {"en": "Lyon", "fr": "Lyon"}, "lyon",
    )  # fmt: skip
    ws.apply_segments([{"segment": "loyal", "where": {"trait": "user_id", "in": ["1", "2", "20"]}}, document])
    assert ws.members("loyal-lyon", ["user_id"])["user_id"].to_pylist() == ["1", "2"]


def test_where_members_live_is_not_told_of_accounts_or_traits_that_nobody_has(ws: quartier.Workspace) -> None:
    _collected(ws, FILE)
    assert whereabouts(ws.engine, ws.catalog, "account", BitMap(), BitMap()) is None
