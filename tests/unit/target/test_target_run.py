import csv
import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from pyroaring import BitMap

from quartier.catalog import Catalog, Family, Label, Meaning, Sensitivity, Trait, ValueType
from quartier.engine import DuckDBEngine, subject_schema
from quartier.errors import InvalidDefinition, InvalidRequest, UnknownName
from quartier.store import Store, audiences, definitions
from quartier.store.audiences import Audience
from quartier.target import run
from quartier.target.definition import Campaign

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
PERSONS = 200


def _trait(name: str, meaning: Meaning | None = None, sensitivity: Sensitivity = Sensitivity.PERSONAL) -> Trait:
    label = Label(fr=name, en=name)
    return Trait(
        name=name, type=ValueType.TEXT, family=Family.DEMOGRAPHIC, label=label, meaning=meaning, sensitivity=sensitivity
    )


CATALOG = Catalog(
    traits=(
        _trait("mail", Meaning.EMAIL),
        _trait("first_name", Meaning.FIRST_NAME),
        _trait("city"),
        _trait("belief", sensitivity=Sensitivity.SPECIAL),
    )
)


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{folder / 'store.sqlite'}", AT)
    yield opened
    opened.close()


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    opened = DuckDBEngine(None, memory_limit="256MB", threads=1)
    opened.ensure("person", subject_schema(CATALOG))
    rows = {
        "person_key": pa.array(range(PERSONS), pa.int32()),
        "person_id": [f"p_{key}" for key in range(PERSONS)],
        "mail": [f"=p{key}@example.org" for key in range(PERSONS)],
        "first_name": ["Zoé"] * PERSONS,
        "city": ["Lille"] * PERSONS,
        "belief": ["none"] * PERSONS,
    }
    opened.append("person", pa.table(rows))
    yield opened
    opened.close()


@pytest.fixture
def out(folder: Path) -> Path:
    (folder / "out").mkdir()
    return folder / "out"


def _frozen(store: Store, holdout: float = 0.1, members: BitMap | None = None, name: str = "spring") -> Audience:
    campaign = Campaign(name=name, segment="lapsed", holdout=holdout)
    everybody = BitMap(range(PERSONS)) if members is None else members
    return run.freeze(store, campaign=campaign, members=everybody, position=7, at=AT, author="Ada")


def _exposures(store: Store) -> list[audiences.Exposure]:
    with store.begin() as connection:
        return audiences.exposures_of(connection, "spring")


def test_a_frozen_audience_reads_back_as_it_was_frozen(store: Store) -> None:
    audience = _frozen(store)
    assert run.audience_of(store, "spring") == audience
    assert audience.persons == BitMap(range(PERSONS))
    assert (audience.position, audience.at, audience.holdout) == (7, AT, 0.1)
    with store.begin() as connection:
        document = definitions.latest(connection, "campaign", "spring")
    assert document is not None
    assert Campaign.read(document.document) == Campaign(name="spring", segment="lapsed")


def test_a_campaign_is_frozen_once(store: Store) -> None:
    audience = _frozen(store)
    with pytest.raises(
        InvalidRequest, match="“spring” has had its audience since 21 November 2026, 14:05; it is frozen"
    ):
        _frozen(store, members=BitMap([1]))
    assert run.audience_of(store, "spring") == audience


def test_an_empty_segment_cannot_be_targeted_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(InvalidRequest, match="the segment “lapsed” has no members"):
        _frozen(store, members=BitMap())
    with store.begin() as connection:
        assert audiences.all_frozen(connection) == []
        assert definitions.latest(connection, "campaign", "spring") is None


def test_two_campaigns_on_one_segment_hold_out_different_persons(store: Store) -> None:
    assert _frozen(store).held_out != _frozen(store, name="summer").held_out


def test_without_a_holdout_the_campaign_says_that_nothing_can_be_measured(store: Store) -> None:
    audience = _frozen(store, holdout=0)
    assert audience.targeted == BitMap(range(PERSONS))
    assert run.warnings_of(audience) == [run.NO_MEASURE]


def test_a_segment_too_small_to_have_two_sides_says_so(store: Store) -> None:
    assert run.warnings_of(_frozen(store, members=BitMap([3]), holdout=1e-9)) == [run.ONE_SIDED]


def test_a_holdout_that_takes_everyone_is_refused_before_anything_is_kept(store: Store) -> None:
    with pytest.raises(InvalidRequest, match="everyone in it was drawn for the holdout") as refused:
        _frozen(store, members=BitMap([3]), holdout=1 - 1e-9)
    assert refused.value.remedy is not None
    with store.begin() as connection:
        assert audiences.all_frozen(connection) == []


def test_an_audience_with_two_sides_needs_no_warning(store: Store) -> None:
    assert run.warnings_of(_frozen(store)) == []


def test_an_unknown_campaign_is_said_with_the_nearest_name(store: Store) -> None:
    _frozen(store)
    with pytest.raises(UnknownName, match="did you mean spring"):
        run.audience_of(store, "sprint")


def test_the_list_has_the_targeted_and_never_the_held_out(store: Store, engine: DuckDBEngine, out: Path) -> None:
    audience = _frozen(store)
    exported = run.export(store, engine, CATALOG, campaign="spring", path=out / "list.csv", at=AT)
    with (out / "list.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert [row["person_id"] for row in rows] == [f"p_{key}" for key in audience.targeted]
    assert {row["mail"][:3] for row in rows} == {"'=p"}
    assert exported.columns == ("person_id", "mail", "first_name")
    assert (exported.persons, exported.held_out) == (len(audience.targeted), len(audience.held_out))
    assert audience.held_out


def test_the_exposure_is_recorded_for_those_who_are_in_the_list(store: Store, engine: DuckDBEngine, out: Path) -> None:
    audience = _frozen(store, members=BitMap(range(PERSONS + 50)))  # 50 of them are not known any more
    run.export(store, engine, CATALOG, campaign="spring", path=out / "list.parquet", at=AT)
    known = audience.targeted & BitMap(range(PERSONS))
    assert _exposures(store) == [audiences.Exposure("spring", "file", AT, known)]
    assert pyarrow.parquet.read_table(out / "list.parquet").num_rows == len(known)


def test_an_export_that_fails_records_nothing(
    store: Store, engine: DuckDBEngine, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _frozen(store)

    def full_disk(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        run.export(store, engine, CATALOG, campaign="spring", path=out / "list.csv", at=AT)
    assert _exposures(store) == []
    assert not list(out.iterdir())


def test_a_list_whose_exposure_cannot_be_recorded_is_taken_away(store: Store, engine: DuckDBEngine, out: Path) -> None:
    _frozen(store)
    with pytest.raises(Exception, match="aware instants"):
        run.export(
            store, engine, CATALOG, campaign="spring", path=out / "list.csv", at=AT.replace(tzinfo=None)
        )  # fmt: skip
    assert not list(out.iterdir())
    assert _exposures(store) == []


def test_chosen_traits_are_the_columns_of_the_list(store: Store, engine: DuckDBEngine, out: Path) -> None:
    _frozen(store)
    exported = run.export(
        store, engine, CATALOG, campaign="spring", path=out / "list.csv", at=AT, traits=["city", "person_id", "city"]
    )
    assert exported.columns == ("person_id", "city")


def test_unknown_and_special_traits_are_refused_together_and_nothing_is_written(
    store: Store, engine: DuckDBEngine, out: Path
) -> None:
    _frozen(store)
    with pytest.raises(InvalidDefinition) as refused:
        run.export(
            store, engine, CATALOG, campaign="spring", path=out / "list.csv", at=AT, traits=["belief", "cty", "city"]
        )
    assert [problem.place for problem in refused.value.problems] == ["belief", "cty"]
    assert "special category" in str(refused.value)
    assert "did you mean city?" in str(refused.value)
    assert not list(out.iterdir())
    assert _exposures(store) == []


def test_a_special_trait_is_not_in_the_default_list_even_when_it_reaches_a_person() -> None:
    from quartier.target.columns import columns_of

    catalog = Catalog(traits=(_trait("mail", Meaning.EMAIL, Sensitivity.SPECIAL),))
    assert columns_of(catalog) == ("person_id",)


def test_an_export_is_told_in_plain_json(store: Store, engine: DuckDBEngine, out: Path) -> None:
    audience = _frozen(store)
    exported = run.export(store, engine, CATALOG, campaign="spring", path=out / "list.csv", at=AT)
    assert exported.as_json() == {
        "campaign": "spring",
        "path": str(out / "list.csv"),
        "columns": ["person_id", "mail", "first_name"],
        "persons": len(audience.targeted),
        "held_out": len(audience.held_out),
        "at": "2026-11-21T14:05:00+00:00",
    }
