"""Sources in a workspace: put in force, fetch what is new, import it, record what became of it.

A run imports what an earlier one left on the shelf, fetches each stream onto the shelf, and imports that. Fetching
needs no engine and importing no network, so that a server may do them in two threads.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quartier.clock import Clock
from quartier.collect import run as collecting
from quartier.collect.definition import Form
from quartier.collect.readers import open_file, survey
from quartier.collect.sources import failures, schedule
from quartier.collect.sources.columns import Change
from quartier.collect.sources.definition import KIND, Files, Source, read_source
from quartier.collect.sources.fetch import fetch
from quartier.collect.sources.fitting import fitted
from quartier.collect.sources.outside import Outside
from quartier.collect.sources.sample import Sample, sample_of
from quartier.collect.sources.shelf import Load, Shelf
from quartier.collect.sources.streams import Stream, streams
from quartier.collect.summary import ImportSummary
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.errors import QuartierError, UnknownName, suggestion
from quartier.language import LANGUAGES, Text
from quartier.store import Store, catalogs, definitions, imports, source_runs
from quartier.store.source_runs import SourceRun

FOLDER = "sources"


@dataclass(frozen=True)
class Standing:
    """A source in force: its document, how its last run went, when it is due next."""

    source: Source
    last: SourceRun | None
    next_at: dt.datetime | None

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "source": self.source.source, "from": self.source.origin.kind, "every": self.source.every,
            "next_at": self.next_at.isoformat() if self.next_at else None,
            "last_run": told(self.last) if self.last else None, "document": self.source.as_json(),
        }  # fmt: skip


@dataclass
class Brought:
    """What was imported in a run so far, and the first thing that went wrong."""

    summaries: list[ImportSummary] = field(default_factory=list)
    newest_at: dt.datetime | None = None
    changes: list[Change] = field(default_factory=list)
    failure: QuartierError | None = None

    def note(self, failure: QuartierError | None) -> None:
        """Keep the first failure."""
        self.failure = self.failure or failure

    def take(self, load: Load) -> None:
        """Count what a load says of its stream."""
        self.changes += load.changes
        self.newest_at = max(filter(None, (self.newest_at, load.newest_at)), default=None)

    @property
    def error(self) -> dict[str, Any] | None:
        """The failure as plain values, by language."""
        return {each: self.failure.as_json(each) for each in LANGUAGES} if self.failure else None


def told(run: SourceRun) -> dict[str, Any]:
    """A run as plain data with stable keys; `lag_seconds` is how old the newest row was when the run ended."""
    lag = (run.ended_at - run.newest_at).total_seconds() if run.ended_at and run.newest_at else None
    return {
        "id": run.id, "source": run.source, "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None, "rows_in": run.rows_in, "stored": run.stored,
        "rejected": run.rejected, "newest_at": run.newest_at.isoformat() if run.newest_at else None,
        "lag_seconds": None if lag is None else max(0.0, lag), "changes": run.changes, "error": run.error,
    }  # fmt: skip


def apply(store: Store, documents: Sequence[Mapping[str, Any]], *, author: str, at: dt.datetime) -> list[Source]:
    """Put sources in force, all of them or none. Raises InvalidDefinition with all that is wrong in one of them."""
    read = [read_source(dict(each)) for each in documents]
    for each in read:
        streams(each)  # what a connector needs and has not got shows here
    with store.begin() as connection:
        for each in read:
            definitions.save(connection, KIND, each.source, each.as_json(), author=author, at=at)
    return read


def retire(store: Store, name: str, *, author: str, at: dt.datetime) -> None:
    """Take a source out of force; what it brought stays. Raises UnknownName."""
    named(store, name)
    with store.begin() as connection:
        definitions.retire(connection, KIND, name, author=author, at=at)


def in_force(store: Store) -> list[Source]:
    """Every source in force, by name."""
    with store.begin() as connection:
        return [read_source(each.document) for each in definitions.all_latest(connection, KIND)]


def named(store: Store, name: str) -> Source:
    """The source of a name. Raises UnknownName with the nearest names."""
    known = {each.source: each for each in in_force(store)}
    if name not in known:
        raise UnknownName(_NO_SOURCE.with_(name=name), remedy=suggestion(name, known))
    return known[name]


def standings(store: Store, now: dt.datetime) -> list[Standing]:
    """Every source in force with its last run and when it is due next."""
    found = in_force(store)
    with store.begin() as connection:
        last = source_runs.last(connection, [each.source for each in found])
    return [Standing(each, last.get(each.source), schedule.next_at(each, last.get(each.source), now)) for each in found]


def runs(store: Store, name: str, limit: int = 20) -> list[SourceRun]:
    """The last runs of a source, the newest first. Raises UnknownName."""
    named(store, name)
    with store.begin() as connection:
        return source_runs.of_source(connection, name, limit)


def due(store: Store, now: dt.datetime) -> list[Source]:
    """The sources that are to be fetched now."""
    return [each.source for each in standings(store, now) if each.next_at is not None and each.next_at <= now]


def run(
    store: Store, engine: DuckDBEngine, config: Config, folder: Path, name: str, clock: Clock,
    environ: Mapping[str, str], *, author: str, **outside: Any,
) -> SourceRun:  # fmt: skip
    """Fetch what is new in a source and import it. A failure of the source is told in the run, and raises nothing.

    Raises UnknownName for a source that is not in force.
    """
    started = start(store, named(store, name), clock)
    ready = fetched(store, config, folder, started, Outside(environ, clock.now(), folder, **outside), author)
    return finish(store, engine, config, folder, ready, clock, author=author)


@dataclass(frozen=True)
class Started:
    """A run that has begun, and the source that it fetches."""

    run: SourceRun
    source: Source


@dataclass(frozen=True)
class Fetched:
    """A run whose rows are on the shelf, and what stopped it, if anything did."""

    run: SourceRun
    source: Source
    failure: Exception | None


def start(store: Store, source: Source, clock: Clock) -> Started:
    """Record that a run begins."""
    with store.begin() as connection:
        return Started(source_runs.start(connection, source.source, clock.now()), source)


def fetched(store: Store, config: Config, folder: Path, started: Started, outside: Outside, author: str) -> Fetched:
    """Put what is new on the shelf: the part of a run that waits for others and needs no engine. Raises nothing."""
    source = started.source
    try:
        source = with_mapping(store, config, source, outside, author)
        return Fetched(started.run, source, fetch_all(store, source, _shelf(folder, source), outside))
    except Exception as error:  # told, or raised, by the thread that finishes the run
        return Fetched(started.run, source, error)


def finish(
    store: Store, engine: DuckDBEngine, config: Config, folder: Path, ready: Fetched, clock: Clock, *, author: str
) -> SourceRun:
    """Import what is on the shelf, and record what became of the run."""
    brought = Brought()
    try:
        bring_in(
            store, engine, config, folder, ready.source, _shelf(folder, ready.source), clock, brought, author=author
        )
        if ready.failure is not None:
            raise ready.failure
    except QuartierError as error:
        brought.note(error)
    except Exception as error:
        defect: dict[str, Any] = {each: {"kind": "defect", "what": type(error).__name__} for each in LANGUAGES}
        _end(store, ready.run, brought, clock, defect)
        raise
    return _end(store, ready.run, brought, clock, brought.error)


def _shelf(folder: Path, source: Source) -> Shelf:
    return Shelf(folder / FOLDER / source.source)


def with_mapping(store: Store, config: Config, source: Source, outside: Outside, author: str) -> Source:
    """The source with a mapping: where it has none, one is guessed, and kept as its next version.

    Raises SourceFailed when the guess needs an answer.
    """
    lacking = [each for each in streams(source) if each.mapping is None]
    if not lacking:
        return source
    (found,) = samples(store, config, source, outside)
    if found.questions or found.mapping is None:
        raise failures.unsure(found.stream) if found.rows else failures.nothing_yet(found.stream)
    settled = source.model_copy(update={"into": found.mapping})
    with store.begin() as connection:
        definitions.save(connection, KIND, source.source, settled.as_json(), author=author, at=outside.now)
    return settled


def samples(store: Store, config: Config, source: Source, outside: Outside) -> list[Sample]:
    """The first rows of each stream, with its mapping or the one that would be guessed. Raises SourceFailed."""
    with store.begin() as connection:
        catalog = catalogs.load(connection)
    return [sample_of(each, config, catalog, outside) for each in streams(source)]


def fetch_all(store: Store, source: Source, shelf: Shelf, outside: Outside) -> QuartierError | None:
    """Put what is new in every stream on the shelf; what stopped one of them, the first of it, or None."""
    with store.begin() as connection:
        seq = imports.last_seq(connection)
    found = [fetch(shelf, source.source, each, outside, seq) for each in streams(source)]
    return next((each for each in found if each is not None), None)


def bring_in(
    store: Store, engine: DuckDBEngine, config: Config, folder: Path, source: Source, shelf: Shelf, clock: Clock,
    brought: Brought, *, author: str,
) -> None:  # fmt: skip
    """Import what is on the shelf. A load that cannot be imported stays there, and those of its stream that follow."""
    known, stopped = {each.name: each for each in streams(source)}, set[str]()
    for load in shelf.pending():
        stream = known.get(load.stream)
        if stream is None or stream.mapping is None or load.stream in stopped:
            continue
        if not shelf.file(load).is_file():  # a file of the user's that was taken away before it was collected
            shelf.drop(load)
            continue
        try:
            if _is_imported(store, load):
                collecting.catch_up(store, engine, config, folder)
            else:
                brought.summaries.append(_collected(store, engine, config, folder, stream, shelf, load, clock, author))
            brought.take(load)
            shelf.done(load)
        except QuartierError as error:
            brought.note(error)
            if not isinstance(stream.reads, Files):
                stopped.add(load.stream)


def _collected(
    store: Store, engine: DuckDBEngine, config: Config, folder: Path, stream: Stream, shelf: Shelf, load: Load,
    clock: Clock, author: str,
) -> ImportSummary:  # fmt: skip
    path = shelf.file(load)
    if stream.mapping is None:
        raise AssertionError(stream.name)  # a source without a mapping gets one before it is fetched
    reading = open_file(path, Form() if load.is_ours else stream.mapping.form, survey(path))
    reading.close()
    mapping = fitted(stream.mapping, reading.names, stream.name, is_ours=load.is_ours)
    return collecting.collect(store, engine, config, folder, path, mapping, clock.now(), author=author)


def _is_imported(store: Store, load: Load) -> bool:
    """Whether the store has recorded this import already: a crash came before the shelf knew."""
    with store.begin() as connection:
        since = imports.after(connection, load.imports_before)
    return any(each.name == load.name and load.digest in (None, each.digest) for each in since)


def _end(store: Store, begun: SourceRun, brought: Brought, clock: Clock, error: dict[str, Any] | None) -> SourceRun:
    ended = replace(
        begun, ended_at=clock.now(), rows_in=sum(each.rows_in for each in brought.summaries),
        stored=sum(each.stored for each in brought.summaries),
        rejected=sum(each.rejected for each in brought.summaries), newest_at=brought.newest_at,
        changes=[each.as_json() for each in brought.changes], error=error,
    )  # fmt: skip
    with store.begin() as connection:
        source_runs.end(connection, ended)
    return ended


_NO_SOURCE = Text(en="there is no source “{name}”", fr="il n'y a pas de source « {name} »")
