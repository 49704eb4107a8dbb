"""When a source is due again. Pure."""

import datetime as dt

from quartier.collect.sources.definition import Source
from quartier.collect.sources.durations import duration
from quartier.store.source_runs import SourceRun


def next_at(source: Source, last: SourceRun | None, now: dt.datetime) -> dt.datetime | None:
    """When a source is to be fetched next; now when it never was, or was cut short.

    None for one that is fetched by hand, or that is paused.
    """
    if source.every is None or source.is_paused:
        return None
    if last is None or last.ended_at is None:
        return now
    return last.started_at + duration(source.every)


def is_due(source: Source, last: SourceRun | None, now: dt.datetime) -> bool:
    """Whether a source is to be fetched now."""
    at = next_at(source, last, now)
    return at is not None and at <= now
