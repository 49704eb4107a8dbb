"""What an engine says when a query fails: the SQL, never the values of rows."""

from quartier.engine.compiler import Query
from quartier.errors import QuartierError, UserError
from quartier.language import Text


class EngineFailure(QuartierError):
    """A query of ours that the engine refused: a defect; the message carries the SQL, never rows."""


class EngineUnreachable(UserError):
    """No engine answers where one was said to be."""


class QueryStopped(UserError):
    """A query that needed more time or memory than it may take; the message carries the SQL, never rows."""


def too_long(query: Query, seconds: float, remedy: Text) -> QueryStopped:
    """A query that was stopped after so many seconds, and where to allow it more."""
    return QueryStopped(_TOO_LONG.with_(n=seconds), where=query.sql, remedy=remedy)


def too_large(query: Query) -> QueryStopped:
    """A query that was stopped for want of memory."""
    return QueryStopped(_TOO_LARGE, where=query.sql, remedy=_ALLOW_MORE)


_TOO_LONG = Text(en="a query was stopped after {n} seconds", fr="une requête a été arrêtée au bout de {n} secondes")
_TOO_LARGE = Text(en="a query needed more memory than it may take", fr="une requête dépasse la mémoire autorisée")
_ALLOW_MORE = Text(
    en="narrow the condition, or raise `memory_limit` in quartier.toml",
    fr="restreignez la condition, ou augmentez `memory_limit` dans quartier.toml",
)
