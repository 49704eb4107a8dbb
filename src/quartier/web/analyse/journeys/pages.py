"""The pages of paths, of coming back, and of common sequences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from quartier.analyse.cohorts import Cohort, Cohorts
from quartier.analyse.journeys import selecting
from quartier.analyse.journeys.definition import Paths, Retention, Sequences
from quartier.analyse.journeys.paths import Branch, PathsFound, every
from quartier.analyse.journeys.run import SequencesFound, seen
from quartier.analyse.months import later
from quartier.catalog import Catalog
from quartier.language import percent, whole
from quartier.report.figures.cohorts import SHOWN, step
from quartier.report.written import month
from quartier.web.analyse.cohorts import CohortView, ReturnView
from quartier.web.analyse.journeys import picture, words
from quartier.web.analyse.journeys.asking import Choices
from quartier.web.analyse.links import editor_for
from quartier.web.visitor import Visitor

MOST_SEQUENCES = 30


@dataclass(frozen=True)
class WayView:
    """One way of the tree in words, with its persons and their part of all."""

    way: str
    persons: int
    share: float
    url: str


@dataclass(frozen=True)
class PathsPage:
    """The page of paths; without a picture nobody did the event."""

    title: str
    picture: Markup | None
    ways: tuple[WayView, ...]
    persons: int
    open: int
    choices: Choices
    asked: Mapping[str, Any]


@dataclass(frozen=True)
class RetentionPage:
    """The page of coming back, the newest cohort first."""

    title: str
    columns: tuple[int, ...]
    rows: tuple[CohortView, ...]
    persons: int
    choices: Choices
    asked: Mapping[str, Any]


@dataclass(frozen=True)
class SequenceView:
    """One common sequence."""

    way: str
    persons: int
    share: float
    url: str


@dataclass(frozen=True)
class SequencesPage:
    """The page of common sequences; `drawn` says that not everybody was looked at."""

    title: str
    rows: tuple[SequenceView, ...]
    looked_at: int
    persons: int
    is_whole: bool
    left_out: str
    choices: Choices
    asked: Mapping[str, Any]


def paths_page(found: PathsFound, asked: Paths, catalog: Catalog, choices: Choices, visitor: Visitor) -> PathsPage:
    """The page of paths for a visitor."""
    names, language = [each.name for each in seen(catalog, *_event(catalog, asked.event))], visitor.language
    shown = picture.Words(
        label=lambda name: _label(catalog, name, visitor),
        persons=lambda n: whole(n, language),
        others=lambda n: words.OTHERS.to(language, n=n),
        ended=(words.ENDED if asked.side == "after" else words.BEGAN).to(language),
        description=_title(found, asked, catalog, visitor),
    )

    def url_of(branch: Branch) -> str:
        return editor_for(visitor, selecting.of_branch(asked, branch.events, names, catalog))

    total = found.root.persons
    ways = tuple(
        WayView(_way(each, asked, catalog, visitor), each.persons, each.persons / total, url_of(each))
        for each in every(found.root)
        if total and len(each.events) > 1
    )
    drawn = picture.drawn(found.root, shown, url_of) if total else None
    return PathsPage(
        shown.description, drawn, ways, total, found.open, choices, asked.model_dump()
    )  # fmt: skip


def retention_page(
    found: Cohorts, asked: Retention, choices: Choices, visitor: Visitor
) -> RetentionPage:  # fmt: skip
    """The page of coming back for a visitor: the last year of cohorts."""
    kept = found.cohorts[-SHOWN:]
    columns = tuple(range(1, max((len(each.ordered) for each in kept), default=1)))
    rows = tuple(_row(each, columns, asked, visitor) for each in reversed(kept))
    again = found.again(1)
    title = words.BACK_FOUND.to(visitor.language, share=percent(again, visitor.language)) if again is not None else ""
    return RetentionPage(title, columns, rows, found.customers, choices, asked.model_dump())


def sequences_page(
    found: SequencesFound, asked: Sequences, catalog: Catalog, choices: Choices, visitor: Visitor
) -> SequencesPage:
    """The page of common sequences for a visitor."""
    language = visitor.language
    rows = tuple(
        SequenceView(
            " → ".join(_label(catalog, name, visitor) for name in each.events), each.persons, each.share,
            editor_for(visitor, selecting.of_sequence(asked, each.events, catalog)),
        )
        for each in found.sequences[:MOST_SEQUENCES]
    )  # fmt: skip
    title = (
        words.SEQUENCES_FOUND.to(language, share=percent(rows[0].share, language), n=found.looked_at, way=rows[0].way)
        if rows
        else ""
    )
    left_out = ", ".join(_label(catalog, each, visitor) for each in found.left_out)
    return SequencesPage(
        title, rows, found.looked_at, found.persons, found.is_whole, left_out, choices,
        asked.model_dump() | {"support": f"{asked.support:g}"},
    )  # fmt: skip


def _title(found: PathsFound, asked: Paths, catalog: Catalog, visitor: Visitor) -> str:
    event, most = _label(catalog, asked.event, visitor), found.most
    if most is None:
        return words.NO_PATH.to(visitor.language, event=event)
    said = words.MOST_AFTER if asked.side == "after" else words.MOST_BEFORE
    share = percent(most.persons / found.root.persons, visitor.language)
    return said.to(visitor.language, event=event, share=share, next=_label(catalog, most.events[-1], visitor))


def _way(branch: Branch, asked: Paths, catalog: Catalog, visitor: Visitor) -> str:
    labels = [_label(catalog, each, visitor) for each in branch.events]
    return " → ".join(labels if asked.side == "after" else reversed(labels))


def _row(cohort: Cohort, columns: tuple[int, ...], asked: Retention, visitor: Visitor) -> CohortView:
    after = tuple(_return(cohort, n, asked, visitor) for n in columns if n < len(cohort.ordered))
    url = editor_for(visitor, selecting.of_return(asked.start, asked.back, cohort.month)) if cohort.persons else ""
    return CohortView(month(cohort.month, visitor.language), cohort.persons, url, after)


def _return(cohort: Cohort, n: int, asked: Retention, visitor: Visitor) -> ReturnView:
    persons, share = cohort.ordered[n], cohort.share(n) or 0.0
    document = selecting.of_return(asked.start, asked.back, cohort.month, later(cohort.month, n))
    url = editor_for(visitor, document) if persons else ""
    return ReturnView(share, persons, step(share), url, n == len(cohort.ordered) - 1)


def _event(catalog: Catalog, name: str) -> list[Any]:
    found = catalog.event(name)
    return [found] if found else []


def _label(catalog: Catalog, name: str, visitor: Visitor) -> str:
    found = catalog.event(name)
    return found.label.to(visitor.language) if found else name
