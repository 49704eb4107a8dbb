"""The same workspace for the questions of another thread, while its own thread goes on to write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quartier.workspace.workspace import Workspace

SECONDS_ASIDE = 30.0
"""How long a question may take that is asked while the workspace goes on with its work."""


@contextmanager
def aside(workspace: "Workspace", seconds: float = SECONDS_ASIDE) -> Iterator["Workspace"]:
    """A workspace whose tables are those of one instant. It is for reading: what would write is asked of `Work`.

    It shares store and journal, which take questions of many threads; whoever opened `workspace` closes them.
    """
    with workspace.engine.reader(seconds) as engine, engine.transaction():
        other = object.__new__(type(workspace))
        other.folder, other.config, other.clock = workspace.folder, workspace.config, workspace.clock
        other.store, other.engine, other.opener = workspace.store, engine, workspace.opener
        if workspace.kept_journal is not None:
            vars(other)["journal"] = workspace.journal
        yield other
