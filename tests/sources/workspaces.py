"""What the tests of sources share: a workspace, its sources, and how one of them runs."""

from collections.abc import Mapping
from typing import Any

import quartier
from quartier.clock import FixedClock
from quartier.collect.sources import run as sources
from quartier.engine import Query
from quartier.store.source_runs import SourceRun
from tests.sources.servers import KEY

ENVIRON = {"KEY": KEY}


def run(
    workspace: quartier.Workspace, document: Mapping[str, Any] | None = None, name: str = "crm", *,
    environ: Mapping[str, str] = ENVIRON, clock: FixedClock | None = None, pauses: list[float] | None = None,
) -> SourceRun:  # fmt: skip
    """Put a source in force, if one is given, and run it; waiting is only noted."""
    waited = [] if pauses is None else pauses
    if document is not None:
        sources.apply(workspace.store, [document], author="t", at=workspace.clock.now())
    return sources.run(
        workspace.store, workspace.engine, workspace.config, workspace.folder, name, clock or workspace.clock, environ,
        author="t", pause=waited.append,
    )  # fmt: skip


def rows(workspace: quartier.Workspace, sql: str) -> list[tuple[object, ...]]:
    return workspace.engine.rows(Query(sql))


def counts(done: SourceRun) -> tuple[int, int, int]:
    return done.rows_in, done.stored, done.rejected


def said(done: SourceRun, language: str = "en") -> str:
    assert done.error is not None
    error = done.error[language]
    return f"{error['where']}: {error['what']} → {error['remedy']}"


def rest(url: str, **settings: Any) -> dict[str, Any]:
    """A source of orders from a service of the kind `rest`."""
    columns = {"id": "order_id", "customer": "user_id", "at": "time", "total": "property.revenue"}
    own = {"base_url": url, "path": "/orders", "rows": "orders", **settings}
    return {"kind": "source", "source": "crm", "from": {"rest": own}, "into": {"layout": "orders", "columns": columns}}


def orders(*numbers: int) -> list[dict[str, Any]]:
    return [
        {"id": f"o{n}", "customer": f"c{n % 3}", "at": f"2026-01-{n:02d}T10:00:00Z", "total": n * 1.5} for n in numbers
    ]
