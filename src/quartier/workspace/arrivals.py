"""What arrives message by message, of an open workspace."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quartier.collect.projector import run as projector
from quartier.collect.projector.marks import JournalMark, journal_mark, set_aside
from quartier.collect.tracking import run as tracking
from quartier.collect.tracking.verdicts import Verdicts

if TYPE_CHECKING:
    from quartier.workspace.workspace import Workspace


class Arrivals:
    """The messages of a workspace: into the journal, then into the tables."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def take(self, messages: Sequence[Mapping[str, Any]], *, source: str) -> Verdicts:
        """Check messages and keep them in the journal; returns once they are durable."""
        workspace = self._workspace
        return tracking.take(workspace.journal, messages, source=source, received_at=workspace.clock.now())

    def project(self) -> projector.Projected:
        """Bring the messages that arrived since into the tables, up to the end of the journal."""
        workspace = self._workspace
        return projector.project(
            workspace.store, workspace.engine, workspace.journal, country=workspace.config.country,
            folder=workspace.folder,
        )  # fmt: skip

    @property
    def mark(self) -> JournalMark:
        """How far the tables have come in the journal."""
        return journal_mark(self._workspace.engine)

    @property
    def set_aside(self) -> dict[str, int]:
        """How many messages could not be projected, by reason; the journal keeps them."""
        return set_aside(self._workspace.engine)
