"""What an engine says when a query fails: the SQL, never the values of rows."""

from quartier.errors import QuartierError, UserError


class EngineFailure(QuartierError):
    """A query of ours that the engine refused: a defect; the message carries the SQL, never rows."""


class EngineUnreachable(UserError):
    """No engine answers where one was said to be."""


class QueryStopped(UserError):
    """A query that ran longer than the limit that was stated for it."""
