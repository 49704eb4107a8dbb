"""What the worker does, and how often."""

from quartier.serve.worker import Task

REFRESH_SECONDS = 60.0
SOURCES_SECONDS = 2.0


def tasks(period: float) -> list[Task]:
    """The tasks of the worker, in their order; `period` is how many seconds pass between two projections."""
    return [
        Task("projection", period, lambda workspace: workspace.arrivals.project(), is_urgent=True, is_last_thing=True),
        Task("refresh", REFRESH_SECONDS, lambda workspace: workspace.refresh()),
        Task("sources", SOURCES_SECONDS, lambda workspace: workspace.sources.run_due()),
    ]
