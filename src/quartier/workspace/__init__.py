"""One open workspace: store, engine, catalog and clock; the stages hang on it."""

from quartier.workspace.opening import open, open_to_rebuild  # noqa: A004 - read as quartier.open
from quartier.workspace.workspace import Workspace

__all__ = ["Workspace", "open", "open_to_rebuild"]
