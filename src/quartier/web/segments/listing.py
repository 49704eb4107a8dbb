"""The list of segments: sizes with their trend, who moved in a week, who wrote them, what uses them, how they do."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from markupsafe import Markup

from quartier.catalog import Label, Subject
from quartier.language import Language
from quartier.report.content import SizeAt
from quartier.report.figures.sparkline import sparkline
from quartier.segment import run as segments
from quartier.segment.bind import bind_each
from quartier.segment.conditions import segments_within
from quartier.segment.definition import KIND
from quartier.segment.health import Health
from quartier.segment.of_person import label_of
from quartier.store import audiences, definitions, sizes
from quartier.store.sizes import Moved
from quartier.workspace import Workspace

WEEK, TREND = dt.timedelta(days=7), dt.timedelta(days=90)
ON_A_PAGE = 50
Sort = Literal["label", "size", "entries", "exits", "health"]
_STATES = {"failed": 0, "stuck": 1, "well": 2}


@dataclass(frozen=True)
class Row:
    """One segment in the list. `entries` and `exits` are those of the last seven days."""

    name: str
    label: Label
    of: Subject
    size: int
    share: float | None
    at: dt.datetime
    entries: int
    exits: int
    author: str
    users: tuple[str, ...]
    campaigns: tuple[str, ...]
    health: Health
    trend: Markup | None = None

    @property
    def uses(self) -> int:
        """How many segments and campaigns refer to it."""
        return len(self.users) + len(self.campaigns)


@dataclass(frozen=True)
class Asked:
    """What of the list is asked for, as its address says."""

    query: str = ""
    sort: Sort = "size"
    is_upward: bool = False
    state: str = ""
    after: str = ""
    language: Language = "en"

    @classmethod
    def of(cls, parameters: Mapping[str, str], language: Language) -> "Asked":
        """From an address; what makes no sense there is left out."""
        sort = parameters.get("sort", "")
        known: Sort = sort if sort in get_args(Sort) else "size"  # type: ignore[assignment]  # one of the sorts
        is_upward = parameters.get("order", "up" if known == "label" else "down") == "up"
        state = parameters.get("state", "")
        return cls(
            parameters.get("query", "").strip()[:200], known, is_upward,
            state if state in ("failed", "stuck", "findings") else "", parameters.get("after", ""),
            language,
        )  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A page of the list: its rows, how many were found of how many, and after which row the next page begins."""

    rows: tuple[Row, ...]
    found: int
    of: int
    next_after: str = ""
    everyone: Mapping[Subject, int] = field(default_factory=dict)


def listed(ws: Workspace, asked: Asked, most: int | None = ON_A_PAGE) -> Listed:
    """The segments that are asked for, in their order, at most so many of them (all for None)."""
    everyone = sizes_of_all(ws)
    rows = rows_of(ws, everyone)
    found = sorted((each for each in rows if _is_asked(each, asked)), key=lambda row: _place(row, asked))
    names = [each.name for each in found]
    start = names.index(asked.after) + 1 if asked.after in names else 0
    page = found[start:] if most is None else found[start : start + most]
    more = page[-1].name if page and start + len(page) < len(found) else ""
    return Listed(tuple(with_trends(ws, page)), len(found), len(rows), more, everyone)


def sizes_of_all(ws: Workspace) -> dict[Subject, int]:
    """How many persons and accounts there are."""
    world = segments.world(ws.engine, ws.catalog, ws.config, ws.clock.now())
    return {"person": world.size, "account": world.accounts.size}


def rows_of(ws: Workspace, everyone: Mapping[Subject, int], health: Mapping[str, Health] | None = None) -> list[Row]:
    """Every segment in force that was evaluated, without its trend; `health` where it is known already."""
    at, health = ws.clock.now(), ws.health() if health is None else health
    standings = [each for each in ws.segments() if each.definition.name in health]  # others came this moment
    with ws.store.begin() as connection:
        moved = sizes.moved(connection, at - WEEK)
        authors = {each.name: each.author for each in definitions.all_latest(connection, KIND)}
        campaigns = audiences.campaigns_of(connection)
    users = _users(ws)
    rows = []
    for each in standings:
        definition, name = each.definition, each.definition.name
        whole, week = everyone[definition.subject], moved.get(name, Moved())
        rows.append(
            Row(
                name=name,
                label=label_of(definition),
                of=definition.subject,
                size=each.size,
                share=each.size / whole if whole else None,
                at=each.at,
                entries=week.entries,
                exits=week.exits,
                author=authors[name],
                users=users.get(name, ()),
                campaigns=campaigns.get(name, ()),
                health=health[name],
            )
        )
    return rows


def with_trends(ws: Workspace, rows: Sequence[Row]) -> list[Row]:
    """The same rows with a line of their sizes over three months."""
    at = ws.clock.now()
    with ws.store.begin() as connection:
        past = sizes.sizes(connection, [each.name for each in rows], at - TREND)
    return [replace(row, trend=sparkline(_daily(past[row.name], at, row.size))) for row in rows]


def _daily(past: Sequence[sizes.Sized], at: dt.datetime, now: int) -> list[SizeAt]:
    """The last size of each day, then the size now."""
    by_day = {instant.date(): SizeAt(max(instant, at - TREND), size) for instant, size in past}
    return [*by_day.values(), SizeAt(at, now)] if by_day else []


def _users(ws: Workspace) -> dict[str, tuple[str, ...]]:
    """By segment, the segments that refer to it."""
    bound, _ = bind_each(segments.defined(ws.store), ws.catalog)
    found: dict[str, tuple[str, ...]] = {}
    for name, tree in bound.items():
        for used in segments_within(tree):
            found[used] = (*found.get(used, ()), name)
    return found


def _is_asked(row: Row, asked: Asked) -> bool:
    words = asked.query.casefold().split()
    text = f"{row.name} {row.label.en} {row.label.fr} {row.author}".casefold()
    is_in_state = {"": True, "findings": bool(row.health.findings)}.get(asked.state, row.health.state == asked.state)
    return is_in_state and all(word in text for word in words)


def _place(row: Row, asked: Asked) -> tuple[object, str]:
    """Where a row stands: by what is sorted by, then by name."""
    if asked.sort == "label":
        letters = row.label.to(asked.language).casefold()
        return (letters if asked.is_upward else _Backwards(letters), row.name)
    value = {"size": row.size, "entries": row.entries, "exits": row.exits, "health": _STATES[row.health.state]}
    return (value[asked.sort] if asked.is_upward else -value[asked.sort], row.name)


@dataclass(frozen=True)
class _Backwards:
    text: str

    def __lt__(self, other: "_Backwards") -> bool:
        return other.text < self.text
