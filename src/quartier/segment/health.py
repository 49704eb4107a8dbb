"""How each segment is doing: when it was last evaluated, whether that failed, whether it is stuck.

Only the log, the evaluations and the feed of changes are read: nothing is evaluated here.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Literal

from quartier.catalog import Catalog
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.engine.feed import Changed, changed_since, generation
from quartier.language import Text
from quartier.segment.answering import due
from quartier.segment.contradiction import Finding, findings
from quartier.segment.contradiction_words import plain_finding
from quartier.segment.definition import KIND
from quartier.segment.refreshing import Prepared, prepare, told
from quartier.store import Store, definitions, evaluations, membership, refreshes
from quartier.store.evaluations import Evaluation
from quartier.store.refreshes import Refresh

OLDEST = dt.timedelta(days=2)
"""A segment that was not evaluated for longer is stuck, unless told otherwise."""

State = Literal["well", "failed", "stuck"]


class Trouble(StrEnum):
    """Why a segment is not doing well. All but `FAILED` are ways of being stuck."""

    FAILED = "failed"
    NEVER = "never_evaluated"
    MISSED = "missed_refresh"
    REDEFINED = "redefined"
    REBUILT = "tables_rebuilt"
    WAITING = "data_waiting"
    OLD = "too_old"

    @property
    def text(self) -> Text:
        """The trouble in words."""
        return _TROUBLES[self]


@dataclass(frozen=True)
class Health:
    """How one segment is doing at an instant.

    Attributes:
        segment: its name.
        evaluated_at: the instant as of which its members are known; None before its first evaluation.
        since: the instant of its first evaluation.
        lag: the time since its last evaluation.
        age: the time since its first one.
        waiting: how many persons have data that changed since its last evaluation; 0 where that is not known.
        troubles: why it is not doing well.
        error: why its last evaluation failed, by language; None where it did not.
        findings: what its definition can never give; that is no trouble of its evaluation.
    """

    segment: str
    evaluated_at: dt.datetime | None
    since: dt.datetime | None
    lag: dt.timedelta | None
    age: dt.timedelta | None
    waiting: int = 0
    troubles: tuple[Trouble, ...] = ()
    error: Mapping[str, Any] | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def state(self) -> State:
        """In a word."""
        if Trouble.FAILED in self.troubles:
            return "failed"
        return "stuck" if self.troubles else "well"

    def as_json(self) -> dict[str, Any]:
        """The health as plain values."""
        return {
            "segment": self.segment,
            "state": self.state,
            "troubles": [str(each) for each in self.troubles],
            "evaluated_at": self.evaluated_at.isoformat() if self.evaluated_at else None,
            "lag_seconds": _seconds(self.lag),
            "since": self.since.isoformat() if self.since else None,
            "age_seconds": _seconds(self.age),
            "waiting": self.waiting,
            "error": self.error,
            "findings": [plain_finding(each) for each in self.findings],
        }


@dataclass(frozen=True)
class Known:
    """What the store and the engine know of the segments in force, read at one time.

    Attributes:
        prepared: the segments, bound.
        evaluations: how each was last evaluated.
        since: when each was first logged.
        attempt: the last refresh, complete or not.
        refreshed: the last complete one.
        generation: which making of the engine's tables there is.
        changed: what changed since each mark at which a segment was evaluated.
    """

    prepared: Prepared
    evaluations: Mapping[str, Evaluation]
    since: Mapping[str, dt.datetime]
    attempt: Refresh | None
    refreshed: Refresh | None
    generation: str
    changed: Mapping[int, Changed]

    @classmethod
    def of(cls, store: Store, engine: DuckDBEngine, catalog: Catalog, config: Config) -> "Known":
        """What is known now."""
        with store.begin() as connection:
            prepared = prepare(definitions.all_latest(connection, KIND), catalog, config.zone)
            last, since = evaluations.last_of_each(connection), membership.first_instants(connection)
            attempt, refreshed = refreshes.last_attempt(connection), refreshes.last(connection)
        marks = {each.mark for name, each in last.items() if name in prepared.versions and each.mark is not None}
        changed = {mark: changed_since(engine, mark) for mark in marks}
        return cls(prepared, last, since, attempt, refreshed, generation(engine), changed)

    def changed_since_evaluation(self, segment: str) -> Changed | None:
        """Whose data changed since a segment was evaluated; None where that is not known."""
        last = self.evaluations.get(segment)
        if last is None or last.mark is None or last.generation != self.generation:
            return None
        return self.changed[last.mark]


def health(
    store: Store,
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    *,
    at: dt.datetime,
    oldest: dt.timedelta = OLDEST,
) -> dict[str, Health]:
    """How every segment in force is doing, by name.

    One that was not evaluated for longer than `oldest` is stuck, unless no refresh is due.
    """
    known = Known.of(store, engine, catalog, config)
    found = {name: _health(name, known, at, oldest) for name in known.prepared.versions}
    is_old = any(Trouble.OLD in each.troubles for each in found.values())
    if is_old and not due(store, engine, catalog, config, at=at).is_over(at):  # time has changed nothing since
        found = {name: _health(name, known, at, dt.timedelta.max) for name in found}
    written = known.prepared.written
    said = {name: findings(written[name], each) for name, each in known.prepared.bound.items()}
    return {name: replace(each, findings=said.get(name, ())) for name, each in found.items()}


def _health(name: str, known: Known, at: dt.datetime, oldest: dt.timedelta) -> Health:
    last, since = known.evaluations.get(name), known.since.get(name)
    evaluated_at = last.at if last else None
    refused = known.prepared.refused.get(name)
    error = told(refused) if refused else last.error if last else None
    changed = known.changed_since_evaluation(name)
    return Health(
        segment=name,
        evaluated_at=evaluated_at,
        since=since,
        lag=_between(evaluated_at, at),
        age=_between(since, at),
        waiting=len(changed.persons) if changed else 0,
        troubles=(Trouble.FAILED,) if error else tuple(_ways_of_being_stuck(name, known, at, oldest)),
        error=error,
    )


def _ways_of_being_stuck(name: str, known: Known, at: dt.datetime, oldest: dt.timedelta) -> list[Trouble]:
    last = known.evaluations.get(name)
    if last is None or last.at is None:
        return [Trouble.NEVER]
    changed = known.changed_since_evaluation(name)
    has_missed = known.attempt is not None and last.at < known.attempt.at
    facts = {
        Trouble.MISSED: has_missed,
        Trouble.REDEFINED: last.digest != known.prepared.digests.get(name),
        Trouble.REBUILT: last.generation != known.generation,
        Trouble.WAITING: changed is not None and bool(changed.persons or changed.accounts),
        Trouble.OLD: at - last.at > oldest,
    }
    return [trouble for trouble, holds in facts.items() if holds]


def _between(start: dt.datetime | None, end: dt.datetime) -> dt.timedelta | None:
    return None if start is None else max(end - start, dt.timedelta())


def _seconds(length: dt.timedelta | None) -> float | None:
    return None if length is None else length.total_seconds()


_TROUBLES = {
    Trouble.FAILED: Text(en="its last evaluation failed", fr="sa dernière évaluation a échoué"),
    Trouble.NEVER: Text(en="it was never evaluated", fr="il n'a jamais été évalué"),
    Trouble.MISSED: Text(
        en="the last refresh failed or left it out", fr="la dernière actualisation a échoué ou l'a laissé de côté"
    ),
    Trouble.REDEFINED: Text(
        en="what it refers to was changed since its last evaluation",
        fr="ce à quoi il renvoie a changé depuis sa dernière évaluation",
    ),
    Trouble.REBUILT: Text(
        en="the engine's tables were rebuilt since its last evaluation",
        fr="les tables du moteur ont été refaites depuis sa dernière évaluation",
    ),
    Trouble.WAITING: Text(
        en="data arrived since its last evaluation", fr="des données sont arrivées depuis sa dernière évaluation"
    ),
    Trouble.OLD: Text(
        en="it was not evaluated for longer than allowed", fr="il n'a pas été évalué depuis plus longtemps que permis"
    ),
}
