"""What the worker does, and how often."""

from quartier.serve.worker import Task

PROJECTION_SECONDS = 1.0
REFRESH_SECONDS = 60.0
SOURCES_SECONDS = 2.0


def tasks() -> list[Task]:
    """The tasks of the worker, in their order."""
    return [
        Task("projection", PROJECTION_SECONDS, lambda workspace: workspace.arrivals.project(), is_last_thing=True),
        Task("refresh", REFRESH_SECONDS, lambda workspace: workspace.refresh()),
        Task("sources", SOURCES_SECONDS, lambda workspace: workspace.sources.run_due()),
    ]
