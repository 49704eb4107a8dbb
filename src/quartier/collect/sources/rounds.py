"""Sources that are due, fetched beside the thread that owns the engine: a service that is slow holds up nobody else.

Each run waits for its service in a thread of its own, which ends with the process: what it had not put on the shelf by
then is fetched again. Imports are made by the thread that asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from quartier.clock import Clock
from quartier.collect.sources import run as sources
from quartier.collect.sources.definition import Source
from quartier.collect.sources.outside import Outside
from quartier.collect.sources.run import Fetched, Started
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.store import Store
from quartier.store.source_runs import SourceRun

MOST_AT_ONCE = 8
"""Sources that are waited for at the same moment."""


@dataclass
class _Wait:
    thread: Thread
    ready: Fetched | None = None


class Rounds:
    """The runs that wait for their services, by source."""

    def __init__(self) -> None:
        self._waits: dict[str, _Wait] = {}
        self._asked: set[str] = set()

    def ask(self, name: str) -> None:
        """Have a source fetched by the next step, whether it is due or not; any thread may ask."""
        self._asked.add(name)

    def step(
        self, store: Store, engine: DuckDBEngine, config: Config, folder: Path, clock: Clock,
        environ: Mapping[str, str], *, author: str,
    ) -> list[SourceRun]:  # fmt: skip
        """End the runs whose rows have come, and begin those that are due. What became of the ended ones."""
        ended = [sources.finish(store, engine, config, folder, ready, clock, author=author) for ready in self._taken()]
        for source in self._wanted(store, clock):
            if source.source not in self._waits and len(self._waits) < MOST_AT_ONCE:
                outside = Outside(environ, clock.now(), folder)
                self._begin(store, config, folder, sources.start(store, source, clock), outside, author)
                self._asked.discard(source.source)
        return ended

    @property
    def waiting(self) -> tuple[str, ...]:
        """The sources whose services have not yet answered to the end."""
        return tuple(name for name, wait in self._waits.items() if wait.thread.is_alive())

    def _wanted(self, store: Store, clock: Clock) -> list[Source]:
        """Those that are due, and those that somebody asked for."""
        due = sources.due(store, clock.now())
        if not self._asked:
            return due
        known, there = {each.source for each in due}, sources.in_force(store)
        self._asked.intersection_update({each.source for each in there})
        return [*due, *(each for each in there if each.source in self._asked and each.source not in known)]

    def _taken(self) -> list[Fetched]:
        done = [name for name, wait in self._waits.items() if not wait.thread.is_alive()]
        waits = [self._waits.pop(name) for name in done]
        return [wait.ready for wait in waits if wait.ready is not None]

    def _begin(
        self, store: Store, config: Config, folder: Path, started: Started, outside: Outside, author: str
    ) -> None:
        def work() -> None:
            wait.ready = sources.fetched(store, config, folder, started, outside, author)

        wait = _Wait(Thread(target=work, name=f"source-{started.source.source}", daemon=True))
        self._waits[started.source.source] = wait
        wait.thread.start()
