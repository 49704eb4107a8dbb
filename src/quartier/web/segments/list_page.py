"""`/segments` as its template shows it, in the reader's language."""

import datetime as dt
from dataclasses import dataclass
from typing import get_args

import pyarrow as pa
from markupsafe import Markup

from quartier.language import Language, percent, whole
from quartier.web.addresses import address
from quartier.web.segments.library import Shelf
from quartier.web.segments.listing import Asked, Listed, Row, Sort
from quartier.web.segments.words import LIST_WORDS, ONLY, SORTS, STATES, TONES


@dataclass(frozen=True)
class Line:
    """One segment in the table."""

    name: str
    label: str
    url: str
    is_of_accounts: bool
    size: str
    share: float | None
    share_words: str
    entries: str
    exits: str
    trend: Markup | None
    author: str
    uses: tuple[str, ...]
    tone: str
    state: str
    has_findings: bool


@dataclass(frozen=True)
class Head:
    """The head of a column that sorts."""

    key: str
    label: str
    url: str
    direction: str
    is_figure: bool


@dataclass(frozen=True)
class ListPage:
    """The list of segments."""

    asked: Asked
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    found: str
    is_empty: bool
    next_url: str
    first_url: str
    csv_url: str
    states: tuple[tuple[str, str, bool], ...]
    shelves: tuple[Shelf, ...]
    at: dt.datetime | None


def list_page(found: Listed, asked: Asked, shelves: tuple[Shelf, ...], language: Language) -> ListPage:
    """The page of a list."""
    return ListPage(
        asked=asked,
        heads=tuple(_head(each, asked, language) for each in get_args(Sort)),
        lines=tuple(line(each, language) for each in found.rows),
        found=LIST_WORDS["found"].to(language, n=found.found, of=found.of),
        is_empty=not found.of,
        next_url=_again(asked, after=found.next_after) if found.next_after else "",
        first_url=_again(asked, after="") if asked.after else "",
        csv_url=address("segments.csv", query=asked.query, sort=asked.sort, order=_order(asked), state=asked.state),
        states=tuple(
            (ONLY[state].to(language), _again(asked, state=state, after=""), state == asked.state) for state in ONLY
        ),
        shelves=shelves,
        at=max((each.at for each in found.rows), default=None),
    )


def line(row: Row, language: Language) -> Line:
    """One segment in the reader's language."""
    return Line(
        name=row.name,
        label=row.label.to(language),
        url=address("segments", row.name),
        is_of_accounts=row.of == "account",
        size=whole(row.size, language),
        share=row.share,
        share_words="" if row.share is None else percent(row.share, language),
        entries=whole(row.entries, language) if row.entries else "",
        exits=whole(row.exits, language) if row.exits else "",
        trend=row.trend,
        author=row.author,
        uses=(*row.users, *row.campaigns),
        tone=TONES[row.health.state],
        state=STATES[row.health.state].to(language),
        has_findings=bool(row.health.findings),
    )


def as_table(found: Listed) -> pa.Table:
    """The list for a file: names of columns do not change with the language."""
    return pa.Table.from_pylist(
        [
            {
                "segment": each.name, "label_en": each.label.en, "label_fr": each.label.fr, "of": each.of,
                "size": each.size, "share": each.share, "entered_7_days": each.entries, "left_7_days": each.exits,
                "author": each.author, "used_by": list(each.users), "campaigns": list(each.campaigns),
                "state": each.health.state, "evaluated_at": each.at,
            }
            for each in found.rows
        ],
        schema=_SCHEMA,
    )  # fmt: skip


def _head(key: Sort, asked: Asked, language: Language) -> Head:
    is_here = key == asked.sort
    direction = ("asc" if asked.is_upward else "desc") if is_here else ""
    order = ("down" if asked.is_upward else "up") if is_here else ("up" if key == "label" else "down")
    url = address("segments", query=asked.query, sort=key, order=order, state=asked.state)
    return Head(key, SORTS[key].to(language), url, direction, key not in ("label", "health"))


def _again(asked: Asked, **changed: str) -> str:
    kept = {"query": asked.query, "sort": asked.sort, "order": _order(asked), "state": asked.state}
    return address("segments", **(kept | {"after": asked.after} | changed))


def _order(asked: Asked) -> str:
    return "up" if asked.is_upward else "down"


_SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("segment", "label_en", "label_fr", "of")]
    + [("size", pa.int64()), ("share", pa.float64()), ("entered_7_days", pa.int64()), ("left_7_days", pa.int64())]
    + [("author", pa.string()), ("used_by", pa.list_(pa.string())), ("campaigns", pa.list_(pa.string()))]
    + [("state", pa.string()), ("evaluated_at", pa.timestamp("us", tz="UTC"))]
)
