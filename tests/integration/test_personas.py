"""The portrait of a segment, read from tables small enough to count by hand."""

import datetime as dt
from collections.abc import Iterator

import pyarrow as pa
import pytest
from pyroaring import BitMap

from quartier.analyse.personas.run import Drawn, persona
from quartier.catalog import Catalog, EventType, Family, Property, Sensitivity, Trait, ValueType
from quartier.config import Config
from quartier.engine import DuckDBEngine, event_schema, subject_schema
from tests.integration.tables import AT, NAME, events, table

CONFIG = Config(name="tiny")
ORDERED = EventType(name="Order Completed", label=NAME, properties=(
    Property(name="order_id", type=ValueType.TEXT, label=NAME),
    Property(name="revenue", type=ValueType.NUMBER, label=NAME),
))  # fmt: skip
TYPES = {
    "person_key": pa.int32(), "person_id": pa.string(), "country": pa.string(), "belief": pa.string(),
    "satisfaction": pa.int64(), "will_buy": pa.bool_(), "answered_on": pa.date32(), "rfm_class": pa.string(),
}  # fmt: skip


def _trait(name: str, type_: ValueType = ValueType.TEXT, **given: object) -> Trait:
    return Trait(name=name, type=type_, family=Family.BEHAVIOURAL, label=NAME, **given)  # type: ignore[arg-type]


CATALOG = Catalog(
    traits=(
        _trait("country"), _trait("belief", sensitivity=Sensitivity.SPECIAL),
        _trait("satisfaction", ValueType.INTEGER), _trait("will_buy", ValueType.BOOLEAN),
        _trait("answered_on", ValueType.DATE), _trait("rfm_class", origin="computed"),
    ),
    events=(ORDERED,),
)  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[DuckDBEngine]:
    """Forty persons, all bought for 10: the first twenty are French, satisfied and bought 400 days ago only."""
    opened = DuckDBEngine(memory_limit="512MB", threads=1)
    opened.ensure("person", subject_schema(CATALOG))
    day = (AT - dt.timedelta(days=100)).date()
    rows = [
        (key, f"p{key}", "FR" if key < 20 else "BE", "secret", 5 if key < 20 else 2, True, day, "lost")
        for key in range(40)
    ]
    opened.append("person", table(rows, TYPES))
    opened.ensure(ORDERED.table, event_schema(ORDERED))
    bought = [(key, 400 if key < 20 else 10, str(key), 10.0) for key in range(40)]
    opened.append(ORDERED.table, events(bought))
    yield opened
    opened.close()


def test_a_persona_tells_size_worth_what_is_usual_and_words_against_deeds(engine: DuckDBEngine) -> None:
    found = persona(engine, CATALOG, CONFIG, Drawn("french", BitMap(range(20)), BitMap(range(40))), AT)
    assert (found.persons, found.of, found.revenue, found.share_of_revenue) == (20, 40, 200.0, 0.5)
    assert {each.trait for each in found.distinct} == {"country"}
    assert {each.trait for each in found.typical} <= {"country", "satisfaction", "will_buy"}
    assert [(each.trait, each.values[0].value) for each in found.standing] == [("rfm_class", "lost")]
    assert found.habits == ()  # nobody of them did anything in the last year
    assert [(each.pair, each.own.persons, each.own.observed) for each in found.divergences] == [
        ("satisfied", 20, 20), ("intends", 20, 20),
    ]  # fmt: skip
    assert [each.rest and each.rest.observed for each in found.divergences] == [None, 0]
    assert found.unpaired == ("recommends", "price")
    assert "belief" not in str(found.as_json())


def test_of_fewer_than_five_persons_only_the_size_is_told(engine: DuckDBEngine) -> None:
    found = persona(engine, CATALOG, CONFIG, Drawn("few", BitMap(range(4)), BitMap(range(40))), AT)
    assert (found.persons, found.revenue, found.typical, found.is_withheld) == (4, None, (), True)


def test_a_customer_lapses_when_the_stages_say_so(engine: DuckDBEngine) -> None:
    drawn = Drawn("french", BitMap(range(20)), BitMap(range(40)))
    found = persona(engine, CATALOG, CONFIG, drawn, AT, lapsed_after=500)
    assert [(each.days, each.own.observed) for each in found.divergences if each.pair == "satisfied"] == [(500, 0)]
