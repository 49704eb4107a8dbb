"""What the first page of the room of data shows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from quartier.collect.sources.run import Standing
from quartier.errors import Sentence
from quartier.language import Language
from quartier.store.imports import Import
from quartier.store.write_keys import WriteKey
from quartier.web.data.live.arriving import WINDOW, Window
from quartier.web.data.overview import words
from quartier.web.data.sources.pages import shown
from quartier.workspace.imports import RejectedFile

MOST_COUNTED = 1000


@dataclass(frozen=True)
class Point:
    """Something that waits for somebody, and where."""

    tone: str
    said: str
    url: str


@dataclass(frozen=True)
class Origin:
    """Where data come from: a source, or the pages and applications of a write key."""

    name: str
    way: str
    url: str
    last_at: dt.datetime | None
    tone: str
    state: str
    rows: int | None


@dataclass(frozen=True)
class OverviewPage:
    """What came from where and when."""

    points: tuple[Point, ...]
    origins: tuple[Origin, ...]
    imports: tuple[Import, ...]
    recent: int


def points(
    standings: Sequence[Standing], files: Sequence[RejectedFile], messages: int, names: int, language: Language
) -> tuple[Point, ...]:
    """What waits, the most pressing first."""
    found: list[tuple[str, Sentence, str]] = [
        ("bad", words.SOURCE_FAILED.with_(name=each.source.source), f"/data/sources/{each.source.source}")
        for each in standings
        if each.last is not None and each.last.error
    ]
    rows = sum(each.rows for each in files)
    if rows:
        found.append(("attention", words.ROWS_WAIT.with_(n=rows), "/data/rejected"))
    if messages > MOST_COUNTED:
        found.append(("attention", words.MANY_MESSAGES_WAIT.with_(n=MOST_COUNTED), "/data/rejected"))
    elif messages:
        found.append(("attention", words.MESSAGES_WAIT.with_(n=messages), "/data/rejected"))
    if names:
        found.append(("attention", words.NAMES_WAIT.with_(n=names), "/data/catalog/inbox"))
    return tuple(Point(tone, said.to(language), url) for tone, said, url in found)


def origins(
    standings: Sequence[Standing], keys: Sequence[WriteKey], window: Window | None, language: Language
) -> tuple[Origin, ...]:
    """Sources, then what sends messages; keys are not told, only what they are for."""
    fetched = [
        Origin(each.name, words.BY_SOURCE.to(language), f"/data/sources/{each.name}",
               each.last.started_at if each.last else None, each.tone, each.said, each.last.rows if each.last else None)
        for each in (shown(one, language) for one in standings)
    ]  # fmt: skip
    counted = window.sources if window else {}
    last = window.last_at if window else {}
    names = sorted({each.source for each in keys if each.revoked_at is None} | set(counted))
    sent = [
        Origin(name, words.BY_MESSAGES.to(language), "/data/live", last.get(name), "calm", "", counted.get(name, 0))
        for name in names
    ]
    return (*fetched, *sent)


def recent(window: Window | None) -> int:
    """Of how many messages the traffic is told."""
    return min(window.end, WINDOW) if window else 0
