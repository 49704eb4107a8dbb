import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyroaring import BitMap

from quartier.catalog import Catalog, EventType, Label, Property, ValueType
from quartier.config import Config
from quartier.engine import DuckDBEngine, event_schema
from quartier.errors import InvalidDefinition, InvalidRequest, UnknownName
from quartier.evaluate import run
from quartier.evaluate.effect import Caution, Verdict
from quartier.evaluate.report import EffectReport, Kind
from quartier.store import Store, audiences
from quartier.store.audiences import Audience, Exposure

SENT = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
LATER = SENT + dt.timedelta(days=30)
CONFIG = Config(name="Tiny shop")


def _of(name: str, type_: ValueType, properties: tuple[Property, ...] = ()) -> Property:
    return Property(name=name, type=type_, label=Label(fr=name, en=name), properties=properties)


LINES = (_of("product_id", ValueType.TEXT), _of("quantity", ValueType.NUMBER))
ORDER = EventType(
    name="Order Completed",
    label=Label(fr="Commande passée", en="Order Completed"),
    properties=(
        _of("order_id", ValueType.TEXT),
        _of("revenue", ValueType.NUMBER),
        _of("currency", ValueType.TEXT),
        _of("products", ValueType.LINES, LINES),
    ),
)
CATALOG = Catalog(events=(ORDER,))


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{folder / 'store.sqlite'}", SENT)
    yield opened
    opened.close()


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    opened = DuckDBEngine(None, memory_limit="256MB", threads=1)
    opened.ensure(ORDER.table, event_schema(ORDER))
    yield opened
    opened.close()


def _order(engine: DuckDBEngine, person: int, days: float, revenue: float | None, **more: object) -> None:
    at = (SENT + dt.timedelta(days=days)).replace(tzinfo=None)
    row = {"person_key": person, "event_id": f"{person}/{days}", "occurred_at": at, "order_id": f"o{days}"}
    row |= {"revenue": revenue, "currency": "EUR"} | more
    engine.append(ORDER.table, pa.Table.from_pylist([row]))


def _campaign(store: Store, targeted: BitMap, held_out: BitMap, *waves: tuple[float, BitMap]) -> None:
    share = len(held_out) / len(targeted | held_out)
    audience = Audience("spring", "lapsed", 1, SENT, share, "ab", targeted, held_out)
    with store.begin() as connection:
        audiences.freeze(connection, audience)
        for days, persons in waves:
            audiences.expose(connection, Exposure("spring", "file", SENT + dt.timedelta(days=days), persons))


def _small(store: Store) -> None:
    """Persons 1, 2 and 3 are targeted, 4 and 5 held out."""
    _campaign(store, BitMap([1, 2, 3]), BitMap([4, 5]), (0, BitMap([1, 2, 3])))


def _evaluate(
    store: Store,
    engine: DuckDBEngine,
    outcome: str = "sum of revenue of Order Completed within 14 days",
    at: dt.datetime = LATER,
    **segments: BitMap,
) -> EffectReport:
    return run.evaluate(
        store, engine, CATALOG, CONFIG, campaign="spring", outcome=outcome, at=at, segments=segments
    )  # fmt: skip


def _kinds(report: EffectReport) -> set[Kind]:
    return {finding.kind for finding in report.findings}


def test_outcomes_are_summed_per_person_and_nothing_done_is_zero(store: Store, engine: DuckDBEngine) -> None:
    _small(store)
    _order(engine, 1, 1, 10.0)
    _order(engine, 1, 2, 20.0)
    _order(engine, 2, 13.99, 6.0)
    _order(engine, 4, 3, 8.0)
    _order(engine, 99, 3, 1000.0)  # not in the audience
    overall = _evaluate(store, engine).overall
    assert (overall.targeted.persons, overall.targeted.mean, overall.targeted.responders) == (3, 12.0, 2)
    assert (overall.held_out.persons, overall.held_out.mean, overall.held_out.responders) == (2, 4.0, 1)
    assert overall.targeted.variance == pytest.approx(np.var([30, 6, 0], ddof=1))
    assert overall.difference == 8.0


@pytest.mark.parametrize(("days", "counts"), [(-0.001, False), (0, True), (13.9999, True), (14, False)])
def test_a_window_has_its_first_instant_and_not_its_last(
    store: Store, engine: DuckDBEngine, days: float, counts: bool
) -> None:
    _small(store)
    _order(engine, 4, days, 8.0)
    assert _evaluate(store, engine).overall.held_out.mean == (4.0 if counts else 0.0)


@pytest.mark.parametrize(
    ("outcome", "targeted", "held_out"),
    [
        ("count of Order Completed within 14 days", 4 / 3, 0.5),
        ("any Order Completed within 14 days", 2 / 3, 0.5),
        ("mean of revenue of Order Completed within 14 days", 12.0, 8.0),
        ("distinct order_id of Order Completed within 14 days", 1.0, 0.5),
        ("sum of products.quantity of Order Completed within 14 days", 3.0, 5.0),
        ("distinct products.product_id of Order Completed within 14 days", 2 / 3, 0.5),
    ],
)
def test_every_measure_gives_what_is_computed_by_hand(
    store: Store, engine: DuckDBEngine, outcome: str, targeted: float, held_out: float
) -> None:
    _small(store)
    two = [{"product_id": "a", "quantity": 2.0}, {"product_id": "b", "quantity": 3.0}]
    _order(engine, 1, 1, 10.0, products=two)
    _order(engine, 1, 2, 20.0, products=[{"product_id": "a", "quantity": 4.0}])
    _order(engine, 1, 3, None, order_id="o2")  # no revenue, no lines, a known order number
    _order(engine, 2, 1, 6.0)
    _order(engine, 4, 1, 8.0, products=[{"product_id": "c", "quantity": 10.0}])
    overall = _evaluate(store, engine, outcome).overall
    assert overall.targeted.mean == pytest.approx(targeted)
    assert overall.held_out.mean == pytest.approx(held_out)


def test_each_person_is_watched_from_their_own_first_exposure(store: Store, engine: DuckDBEngine) -> None:
    _campaign(
        store, BitMap([1, 2, 3]), BitMap([4, 5]), (0, BitMap([1])), (5, BitMap([1, 2]))
    )  # fmt: skip
    _order(engine, 1, 15, 100.0)  # within 14 days of the second exposure only
    _order(engine, 2, 15, 10.0)  # within 14 days of the first exposure of this person
    _order(engine, 3, 1, 1.0)  # never exposed: watched from the first exposure of all, and counted
    _order(engine, 4, 15, 100.0)
    report = _evaluate(store, engine)
    assert report.overall.targeted.mean == pytest.approx(11 / 3)
    assert report.overall.held_out.mean == 0
    assert _kinds(report) >= {Kind.WAVES, Kind.NOT_EXPOSED}
    assert report.starts_at == SENT
    assert report.ends_at == SENT + dt.timedelta(days=19)
    assert any(text.startswith("1 of 3 targeted persons was never exposed") for text in report.sentences("en"))


def test_events_after_the_evaluation_do_not_count_and_the_report_says_partial(
    store: Store, engine: DuckDBEngine
) -> None:
    _small(store)
    _order(engine, 1, 1, 10.0)
    _order(engine, 1, 5, 10.0)
    report = _evaluate(store, engine, at=SENT + dt.timedelta(days=3))
    assert report.overall.targeted.mean == pytest.approx(10 / 3)
    assert report.is_partial
    assert Kind.PARTIAL in _kinds(report)
    assert "Partiel\N{NO-BREAK SPACE}: le 4 mars 2026" in "\n".join(report.sentences("fr"))


def test_data_that_stop_before_the_windows_close_are_said(store: Store, engine: DuckDBEngine) -> None:
    _small(store)
    _order(engine, 1, 1, 10.0)
    assert Kind.LATE_DATA in _kinds(_evaluate(store, engine))
    _order(engine, 99, 13.5, 10.0)
    assert Kind.LATE_DATA not in _kinds(_evaluate(store, engine))


def test_no_event_at_all_is_said_and_nothing_is_concluded(store: Store, engine: DuckDBEngine) -> None:
    _small(store)
    report = _evaluate(store, engine)
    assert Kind.LATE_DATA in _kinds(report)
    assert report.overall.caution is Caution.NO_SPREAD


def test_nothing_is_measured_before_anybody_was_exposed(store: Store, engine: DuckDBEngine) -> None:
    _campaign(store, BitMap([1]), BitMap([2]))
    with pytest.raises(InvalidRequest, match="nobody has been exposed to “spring” yet"):
        _evaluate(store, engine)


def test_an_exposure_after_the_instant_asked_for_is_not_known_yet(store: Store, engine: DuckDBEngine) -> None:
    _small(store)
    with pytest.raises(InvalidRequest, match="nobody has been exposed"):
        _evaluate(store, engine, at=SENT)


def test_unknown_campaigns_and_outcomes_are_refused(store: Store, engine: DuckDBEngine) -> None:
    with pytest.raises(UnknownName, match="no campaign is called “spring”"):
        _evaluate(store, engine)
    _small(store)
    with pytest.raises(InvalidDefinition, match="no event is called"):
        _evaluate(store, engine, "any Order Compleated within 1 day")


def test_without_a_holdout_the_report_says_that_nothing_is_known(store: Store, engine: DuckDBEngine) -> None:
    _campaign(store, BitMap([1, 2]), BitMap(), (0, BitMap([1, 2])))
    report = _evaluate(store, engine)
    assert Kind.NO_HOLDOUT in _kinds(report)
    assert report.overall.caution is Caution.EMPTY_ARM
    assert report.sample_ratio is None
    assert report.sentences("fr")[0].startswith("Le groupe témoin est vide")


def test_held_out_persons_who_were_reached_all_the_same_are_a_loud_finding(store: Store, engine: DuckDBEngine) -> None:
    _campaign(store, BitMap([1, 2, 3]), BitMap([4, 5]), (0, BitMap([1, 2, 3, 4])))
    (finding,) = [each for each in _evaluate(store, engine).findings if each.kind is Kind.HELD_OUT_EXPOSED]
    assert finding.is_loud
    assert finding.said.to("en").startswith("1 person of the holdout was exposed")


def test_amounts_of_two_currencies_are_a_loud_finding(store: Store, engine: DuckDBEngine) -> None:
    _small(store)
    _order(engine, 1, 1, 10.0)
    assert Kind.CURRENCIES not in _kinds(_evaluate(store, engine))
    _order(engine, 2, 1, 10.0, currency="CHF")
    (finding,) = [each for each in _evaluate(store, engine).findings if each.kind is Kind.CURRENCIES]
    assert finding.is_loud
    assert "CHF, EUR" in finding.said.to("en")


def test_arms_that_lost_persons_are_a_loud_finding(store: Store, engine: DuckDBEngine) -> None:
    targeted = BitMap(range(600))
    with store.begin() as connection:
        audience = Audience("spring", "s", 1, SENT, 0.5, "ab", targeted, BitMap(range(600, 1000)))
        audiences.freeze(connection, audience)
        audiences.expose(connection, Exposure("spring", "file", SENT, targeted))
    report = _evaluate(store, engine)
    assert report.findings[0].kind is Kind.SAMPLE_RATIO
    assert report.sentences("en")[0].startswith("The arms do not have the sizes that were drawn: 40% are held out")


def _shop(store: Store, engine: DuckDBEngine, persons: int = 4000) -> None:
    """Even keys are held out; targeted persons of the first half spend 5 more, of the second nothing more."""
    keys = np.arange(persons)
    spent = 10 + (keys % 7) + np.where((keys % 2 == 1) & (keys < persons // 2), 5.0, 0.0)
    rows = {
        "person_key": pa.array(keys, pa.int32()),
        "event_id": [str(key) for key in keys],
        "occurred_at": pa.array([(SENT + dt.timedelta(days=13.5)).replace(tzinfo=None)] * persons),
        "revenue": spent,
        "currency": ["EUR"] * persons,
    }
    engine.append(ORDER.table, pa.table(rows))
    targeted = BitMap(range(1, persons, 2))
    _campaign(store, targeted, BitMap(range(0, persons, 2)), (0, targeted))


def test_segments_show_where_the_effect_is(store: Store, engine: DuckDBEngine) -> None:
    _shop(store, engine)
    report = _evaluate(store, engine, first=BitMap(range(2000)), second=BitMap(range(2000, 9000)), none=BitMap())
    first, second, none = report.segments
    assert report.overall.difference == pytest.approx(2.5, abs=0.01)
    assert first.difference == pytest.approx(5.0, abs=0.01)
    assert (first.verdict, second.verdict) == (Verdict.GAIN, Verdict.TOO_SMALL)
    assert (second.targeted.persons, second.held_out.persons) == (1000, 1000)
    assert none.caution is Caution.EMPTY_ARM
    assert first.confidence == pytest.approx(1 - 0.05 / 3)
    assert first.pvalue_adjusted is not None
    assert first.pvalue is not None
    assert first.pvalue_adjusted >= first.pvalue


def test_the_report_speaks_both_languages(store: Store, engine: DuckDBEngine) -> None:
    _shop(store, engine)
    report = _evaluate(store, engine, first=BitMap(range(2000)))
    english, french = report.sentences("en"), report.sentences("fr")
    assert (
        english[0] == "Targeted persons spent €2.50 more on average than the held out (95% interval: +€2.33 to +€2.66)."
    )
    assert french[0] == (
        "Les personnes ciblées ont dépensé en moyenne 2,50\N{NO-BREAK SPACE}€ de plus que le groupe témoin "
        "(intervalle à 95\N{NO-BREAK SPACE}%\N{NO-BREAK SPACE}: "
        "de +2,33\N{NO-BREAK SPACE}€ à +2,66\N{NO-BREAK SPACE}€)."
    )
    assert english[2].startswith("“first”: Targeted persons spent €5.00 more")
    assert "ont dépensé en moyenne 5,00" in french[2]
    assert french[2].startswith("«\N{NO-BREAK SPACE}first\N{NO-BREAK SPACE}»")


def test_shares_are_told_in_points(store: Store, engine: DuckDBEngine) -> None:
    _small(store)
    _order(engine, 1, 1, 10.0)
    (first, *_, last) = _evaluate(store, engine, "any Order Completed within 14 days").sentences("en")[:2]
    assert first.startswith(
        "Persons with at least one “Order Completed” within 14 days: 33.33% of the targeted, 0% of the held out, "
        "a difference of +33.33 points (95% interval: "
    )
    assert (
        last == "Too small to tell: the smaller side has 2 persons; an interval is trusted, whether it leaves zero out "
        "or not, from 30 persons and 10 expected to respond on each side."
    )


def test_the_report_is_plain_json_and_an_arrow_table(store: Store, engine: DuckDBEngine) -> None:
    import json

    _shop(store, engine)
    report = _evaluate(store, engine, first=BitMap(range(2000)))
    plain = json.loads(json.dumps(report.as_json(), allow_nan=False))
    assert plain["campaign"] == "spring"
    assert plain["starts_at"] == "2026-03-01T09:00:00+00:00"
    assert plain["outcome"]["unit"] == "money"
    assert plain["overall"]["interval"][0] < plain["overall"]["difference"] < plain["overall"]["interval"][1]
    assert plain["segments"][0]["verdict"] == "gain"
    table = report.to_arrow()
    assert table["segment"].to_pylist() == [None, "first"]
    assert table["targeted_persons"].to_pylist() == [2000, 1000]
    assert table["difference"].to_pylist() == [report.overall.difference, report.segments[0].difference]
