"""Measure what a campaign changed: one query for what everybody did, then effects overall and per segment."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Catalog
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, naive_utc, to_sql
from quartier.errors import InvalidRequest
from quartier.evaluate import findings, measure
from quartier.evaluate.arms import arm_of, sample_ratio
from quartier.evaluate.assess import Responses, assess
from quartier.evaluate.bind import bind
from quartier.evaluate.foresight import Foresight, foreseen
from quartier.evaluate.outcome import BoundOutcome, Measure, Outcome
from quartier.evaluate.report import EffectReport, Finding
from quartier.evaluate.windows import Windows, windows_of
from quartier.evaluate.wording import subject_of
from quartier.language import Text
from quartier.store import Store, audiences
from quartier.store.audiences import Audience, Exposure
from quartier.target.run import audience_of


def evaluate(
    store: Store,
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    *,
    campaign: str,
    outcome: Outcome | str | Mapping[str, object],
    at: dt.datetime,
    segments: Mapping[str, BitMap] | None = None,
    minimal: float | None = None,
) -> EffectReport:
    """The effect of a campaign on one outcome, overall and in each segment.

    Args:
        store: where the frozen audience and its exposures are.
        engine: where the events are.
        catalog: what the outcome's names mean.
        config: for the currency of amounts.
        campaign: its name.
        outcome: a document, or a sentence such as `sum of revenue of Order Completed within 14 days`.
        at: the instant of the evaluation; events from then on do not count.
        segments: members by name, as of the position at which the audience was frozen: membership that the campaign
            itself could have changed would bias the effect.
        minimal: the smallest difference that matters, in the unit of the outcome, for the sizes that would be needed.

    Raises UnknownName for a campaign without an audience, InvalidDefinition for an outcome that cannot be measured, and
    InvalidRequest when nobody has been exposed before `at`.
    """
    audience = audience_of(store, campaign)
    bound = bind(outcome, catalog)
    exposures = _exposures(store, campaign, at)
    windows = windows_of(audience, exposures, bound.window)
    did = _observed(engine, bound, windows, at)
    rows = {name: windows.rows_of(members) for name, members in (segments or {}).items()}
    overall, effects = assess(did.responses, rows, minimal=minimal)
    ratio = sample_ratio(targeted=len(audience.targeted), held_out=len(audience.held_out), expected=audience.holdout)
    found = (
        *findings.mismatch(ratio), *findings.of_currencies(did.currencies, config.currency),
        *_reached(audience, exposures), *findings.of_time(windows, at, did.last_event),
    )  # fmt: skip
    subject = subject_of(bound, config.currency)
    return EffectReport(campaign, subject, at, windows.first, windows.last, overall, effects, ratio, found)


def foresee(
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    *,
    targeted: BitMap,
    held_out: BitMap,
    outcome: Outcome | str | Mapping[str, object],
    at: dt.datetime,
) -> Foresight:
    """The smallest effect on an outcome that two sides of an audience could show, were they reached at `at`.

    Raises InvalidDefinition for an outcome that cannot be measured.
    """
    bound = bind(outcome, catalog)
    keys = np.asarray((targeted | held_out).to_array(), dtype=np.uint32)
    since = np.datetime64(naive_utc(at - bound.window), "us")
    windows = Windows(keys, np.isin(keys, targeted.to_array()), np.full(len(keys), since), bound.window)
    subject, sizes = subject_of(bound, config.currency), {"targeted": len(targeted), "held_out": len(held_out)}
    if not len(keys):
        return foreseen(subject, arm_of(np.zeros(0)), **sizes)
    did = _observed(engine, bound, windows, at).responses
    return foreseen(subject, arm_of(did.values, did.base), **sizes)


_WINDOWS = "asked_windows"


@dataclass(frozen=True)
class _Observed:
    """What the engine says of everybody in the audience."""

    responses: Responses
    currencies: set[str]
    last_event: dt.datetime | None


def _exposures(store: Store, campaign: str, at: dt.datetime) -> list[Exposure]:
    """Those before `at`, in order of time."""
    with store.begin() as connection:
        known = audiences.exposures_of(connection, campaign)
    exposures = [each for each in known if each.at < at]
    if not exposures:
        raise InvalidRequest(_NOT_EXPOSED.with_(campaign=campaign), remedy=_EXPORT)
    return exposures


def _reached(audience: Audience, exposures: list[Exposure]) -> list[Finding]:
    everybody = BitMap.union(BitMap(), *(each.persons for each in exposures))
    return findings.of_audience(
        audience, len(everybody & audience.targeted), len(everybody & audience.held_out)
    )  # fmt: skip


def _observed(engine: DuckDBEngine, outcome: BoundOutcome, windows: Windows, at: dt.datetime) -> _Observed:
    until = np.minimum(windows.ends_at, np.datetime64(naive_utc(at), "us"))
    view = pa.table(
        {
            measure.PERSON: windows.keys.astype(np.int32),
            measure.STARTS_AT: pa.array(windows.starts_at),
            measure.ENDS_AT: pa.array(until),
        }
    )
    bounds = {measure.FIRST: naive_utc(windows.first), measure.LAST: naive_utc(min(windows.last, at))}
    with engine.view(view, _WINDOWS) as name:  # of one name, so that the query is compiled once
        rows = engine.fetch(Query(to_sql(measure.per_person(outcome, name)), bounds))
    ((last,),) = engine.rows(Query(to_sql(measure.last_event(outcome))))
    return _Observed(_responses(outcome, windows, rows), _currencies(rows), _aware(last))


def _responses(outcome: BoundOutcome, windows: Windows, rows: pa.Table) -> Responses:
    """One value per person: nothing done is zero."""
    place = np.searchsorted(windows.keys, rows[measure.PERSON].to_numpy().astype(np.uint32))
    values, base = np.zeros(len(windows.keys)), np.zeros(len(windows.keys))
    values[place] = rows["value"].to_numpy()
    base[place] = rows["events"].to_numpy()
    return Responses(windows.is_targeted, values, base if outcome.measure is Measure.MEAN else None)


def _currencies(rows: pa.Table) -> set[str]:
    ends = [name for name in ("min_currency", "max_currency") if name in rows.column_names]
    return {value for name in ends for value in rows[name].unique().to_pylist() if value is not None}


def _aware(instant: object) -> dt.datetime | None:
    return instant.replace(tzinfo=dt.UTC) if isinstance(instant, dt.datetime) else None


_NOT_EXPOSED = Text(
    en="nobody has been exposed to “{campaign}” yet: there is nothing to measure",
    fr="personne n'a encore été exposé à « {campaign} » : il n'y a rien à mesurer",
)
_EXPORT = Text(
    en="write its list first with `quartier target export`", fr="écrivez d'abord sa liste avec `quartier target export`"
)
