"""The page of funnels: steps with their drop-offs, time between them, the same by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.analyse.journeys import selecting
from quartier.analyse.journeys.definition import MOST_STEPS, Funnel
from quartier.analyse.journeys.funnel import FunnelFound, Group
from quartier.analyse.journeys.times import Waiting
from quartier.analyse.journeys.written import elapsed
from quartier.catalog import Catalog
from quartier.language import Language, percent
from quartier.web.analyse.journeys import words
from quartier.web.analyse.journeys.asking import SHOWN_STEPS, Choices
from quartier.web.analyse.links import editor_for
from quartier.web.visitor import Visitor


@dataclass(frozen=True)
class StepView:
    """One step: how many, what part of the step before with its interval, how many dropped off before it."""

    label: str
    persons: int
    of_first: float
    share: float | None
    low: float | None
    high: float | None
    dropped: int
    url: str
    drop_url: str


@dataclass(frozen=True)
class TimeView:
    """The time from one step to the next, as people say it."""

    way: str
    done: int
    waiting: int
    of_done: tuple[str, ...]
    of_all: tuple[str, ...]


@dataclass(frozen=True)
class GroupView:
    """One group: its persons at the first step, and for each later step the share that came so far."""

    label: str
    persons: int
    shares: tuple[tuple[float | None, str], ...]


@dataclass(frozen=True)
class FunnelPage:
    """The page; `title` is empty where nobody took the first step."""

    title: str
    steps: tuple[StepView, ...]
    times: tuple[TimeView, ...]
    groups: tuple[GroupView, ...]
    choices: Choices
    chosen: tuple[str, ...]
    asked: Mapping[str, Any]


def funnel_page(
    found: FunnelFound, asked: Funnel, catalog: Catalog, choices: Choices, visitor: Visitor, labels: Mapping[str, str]
) -> FunnelPage:
    """The page for a visitor; `labels` are those of the segments that are compared."""
    language = visitor.language
    names = tuple(_label(catalog, each, language) for each in asked.steps)
    steps = tuple(_step(found, place, name, asked, catalog, visitor) for place, name in enumerate(names))
    by = f"trait:{asked.by}" if asked.by else f"segment:{asked.segments[0]}" if asked.segments else ""
    shown = max(SHOWN_STEPS, min(MOST_STEPS, len(asked.steps) + 1))
    return FunnelPage(
        _title(found, names, language),
        steps,
        tuple(_time(each, names[place : place + 2], language) for place, each in enumerate(found.times)),
        tuple(_groups(found, asked, catalog, visitor, labels)),
        choices,
        (*asked.steps, *[""] * (shown - len(asked.steps))),
        {"within": asked.within or "", "during": asked.during or "", "by": by},
    )


def _title(found: FunnelFound, names: Sequence[str], language: Language) -> str:
    if found.whole is None:
        return ""
    said = words.FOUND.to(
        language, n=found.steps[0].persons, first=names[0], last=names[-1], share=percent(found.whole, language)
    )
    worst = found.widest_drop
    return said if worst is None or len(names) < 3 else words.DROPS.to(language, found=said, step=names[worst])


def _step(
    found: FunnelFound, place: int, name: str, asked: Funnel, catalog: Catalog, visitor: Visitor
) -> StepView:  # fmt: skip
    each, first = found.steps[place], found.steps[0].persons
    url = editor_for(visitor, selecting.of_step(asked, place, catalog)) if each.persons else ""
    drop = editor_for(visitor, selecting.of_drop(asked, place, catalog)) if place and each.dropped else ""
    share = each.share if place else None
    low, high = (each.low, each.high) if place else (None, None)
    return StepView(name, each.persons, each.persons / first if first else 0, share, low, high, each.dropped, url, drop)


def _time(each: Waiting, way: Sequence[str], language: Language) -> TimeView:
    of_done = tuple(elapsed(days, language) for days in each.of_done) if each.of_done else ()
    return TimeView(
        " → ".join(way), each.done, each.waiting, of_done, tuple(elapsed(days, language) for days in each.of_all)
    )  # fmt: skip


def _groups(
    found: FunnelFound, asked: Funnel, catalog: Catalog, visitor: Visitor, labels: Mapping[str, str]
) -> list[GroupView]:
    rows = [
        (each, _condition(asked, each, found)) for each in (*found.groups, *([found.others] if found.others else []))
    ]
    return [_group(each, among, asked, catalog, visitor, labels) for each, among in rows if each.steps[0].persons]


def _condition(asked: Funnel, group: Group, found: FunnelFound) -> dict[str, Any]:
    if asked.segments:
        return {"segment": group.value}
    if group.value is None:
        return {"none": [{"trait": asked.by, "is": each.value} for each in found.groups]}
    return {"trait": asked.by, "is": group.value}


def _group(
    each: Group, among: dict[str, Any], asked: Funnel, catalog: Catalog, visitor: Visitor, labels: Mapping[str, str]
) -> GroupView:
    first = each.steps[0].persons
    shares = []
    for place, step in enumerate(each.steps[1:], 1):
        document = selecting.of_step(asked, place, catalog, among)
        shares.append((step.persons / first, editor_for(visitor, document) if step.persons else ""))
    return GroupView(_value(each, labels, visitor.language), first, tuple(shares))


def _value(group: Group, labels: Mapping[str, str], language: Language) -> str:
    match group.value:
        case None:
            return words.OTHER_VALUES.to(language)
        case bool():
            return (words.YES if group.value else words.NO).to(language)
        case _:
            return labels.get(str(group.value), str(group.value))


def _label(catalog: Catalog, name: str, language: Language) -> str:
    found = catalog.event(name)
    return found.label.to(language) if found else name
