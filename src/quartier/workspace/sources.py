"""The sources of a workspace: `ws.sources`."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quartier.collect.sources import run as sources
from quartier.collect.sources.definition import Source, read_source
from quartier.collect.sources.outside import Outside
from quartier.collect.sources.rounds import Rounds
from quartier.collect.sources.run import Standing
from quartier.collect.sources.sample import Sample
from quartier.store.source_runs import SourceRun

if TYPE_CHECKING:
    from quartier.workspace.workspace import Workspace

SOMEONE = "quartier"


class Sources:
    """Where records come from, over and over: databases, REST services, folders, prepared connectors.

    Secrets are taken from `environ`, which is that of the process unless given.
    """

    def __init__(self, workspace: "Workspace", environ: Mapping[str, str] = os.environ) -> None:
        self._ws, self._environ = workspace, environ
        self._rounds = Rounds()

    def apply(self, documents: Sequence[Mapping[str, Any]], *, author: str = SOMEONE) -> list[Source]:
        """Put sources in force, all of them or none. Raises InvalidDefinition."""
        return sources.apply(self._ws.store, documents, author=author, at=self._ws.clock.now())

    def standings(self) -> list[Standing]:
        """Every source in force: its last run, and when it is due next."""
        return sources.standings(self._ws.store, self._ws.clock.now())

    def named(self, name: str) -> Source:
        """A source in force. Raises UnknownName."""
        return sources.named(self._ws.store, name)

    def runs(self, name: str, limit: int = 20) -> list[SourceRun]:
        """The last runs of a source, the newest first. Raises UnknownName."""
        return sources.runs(self._ws.store, name, limit)

    def sample(self, source: str | Mapping[str, Any]) -> list[Sample]:
        """The first rows of each stream and its mapping, given or guessed; nothing is stored. Raises SourceFailed."""
        ws = self._ws
        found = self.named(source) if isinstance(source, str) else read_source(dict(source))
        return sources.samples(ws.store, ws.config, found, Outside(self._environ, ws.clock.now(), ws.folder))

    def run(self, name: str, *, author: str = SOMEONE) -> SourceRun:
        """Fetch what is new in a source; a failure is told in the run. Raises UnknownName."""
        ws = self._ws
        return sources.run(ws.store, ws.engine, ws.config, ws.folder, name, ws.clock, self._environ, author=author)

    def ask(self, name: str) -> None:
        """Have a source fetched by the next `run_due`, whether it is due or not. Raises UnknownName."""
        self._rounds.ask(self.named(name).source)

    def run_due(self, *, author: str = SOMEONE) -> list[SourceRun]:
        """Begin the runs that are due, and end those whose rows have come; it waits for no service.

        Call it again and again, as `quartier serve` does. What became of the runs that ended.
        """
        ws = self._ws
        return self._rounds.step(ws.store, ws.engine, ws.config, ws.folder, ws.clock, self._environ, author=author)

    def retire(self, name: str, *, author: str = SOMEONE) -> None:
        """Take a source out of force; what it brought stays. Raises UnknownName."""
        sources.retire(self._ws.store, name, author=author, at=self._ws.clock.now())
