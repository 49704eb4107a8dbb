"""The overview of a segment: how large, how it went, what distinguishes it, where it lives, what hangs on it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pyroaring import BitMap

from quartier.analyse import run as analysis
from quartier.analyse.places.whereabouts import whereabouts
from quartier.analyse.shared_values import value_counts
from quartier.catalog import Family, Meaning, Trait
from quartier.language import Language, Text, percent, whole
from quartier.report.content import SizeAt
from quartier.report.figures import distinction
from quartier.report.gather import Drawn, card, families_of
from quartier.report.page import Chip, Drawing, KeyFigure
from quartier.report.sections.quality import chip
from quartier.report.written import money
from quartier.segment.bind import bind_each
from quartier.segment.conditions import segments_within
from quartier.segment.history import SizeHistory
from quartier.store import audiences, sizes
from quartier.store.sizes import Moved
from quartier.web.addresses import address
from quartier.web.analyse.links import editor_for
from quartier.web.kept import DRAWINGS
from quartier.web.segments.head import Head
from quartier.web.segments.history_figure import history
from quartier.web.segments.listing import WEEK
from quartier.web.segments.map_figure import MapView, map_view
from quartier.web.segments.seen import Seen, population_of
from quartier.web.segments.words import COUNTED
from quartier.web.visitor import Visitor
from quartier.workspace import Workspace

NEXT_OFFER, MOST_OFFERS = "recommendations_offer", 6
YEAR = dt.timedelta(days=365)
HALF = 440
"""How wide a drawing is that stands beside another."""


@dataclass(frozen=True)
class Bar:
    """How often a value occurs among the members, against everybody."""

    value: str
    share: float
    words: str
    everyone: str
    is_frequent: bool


@dataclass(frozen=True)
class Bars:
    """The most frequent values of one trait among the members."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Use:
    """Something that refers to the segment."""

    label: str
    url: str


@dataclass(frozen=True)
class Overview:
    """The first page of a segment."""

    head: Head
    glance: tuple[KeyFigure, ...]
    chips: tuple[Chip, ...]
    history: Drawing | None
    has_past: bool
    distinction: Drawing | None
    silence: str
    regions: Bars | None
    offers: Bars | None
    """the next best offers of the members, once recommendations have been run"""
    map: MapView | None
    segments: tuple[Use, ...]
    campaigns: tuple[Use, ...]


def overview(ws: Workspace, seen: Seen, head: Head, visitor: Visitor) -> Overview:
    """The page, with the members of the last evaluation."""
    language = visitor.language
    population, at = population_of(ws, seen), ws.clock.now()
    figure, silence, worth = _distinction(ws, seen, population, at, language)
    past = ws.kept_past(seen.name) if seen.is_in_force else None
    before = past_sizes(past)
    drawn = history(
        seen.label,
        observed_sizes(ws, seen),
        before,
        ws.config.zone,
        language,
        past.as_today if past else (),
        width=HALF,
    )
    return Overview(
        head=head,
        glance=(*_glance(ws, seen, population, language), *worth),
        chips=tuple(chip(each, language) for each in _families(seen)),
        history=drawn,
        has_past=bool(before),
        distinction=figure,
        silence=silence,
        regions=_regions(ws, seen, language),
        offers=_offers(ws, seen, language),
        map=_map(ws, seen, population, visitor),
        segments=_users(seen, language),
        campaigns=_campaigns(ws, seen),
    )


def observed_sizes(ws: Workspace, seen: Seen, length: dt.timedelta = YEAR) -> list[SizeAt]:
    """The sizes of a time that the log remembers, one a day, then the size at the last evaluation."""
    since = ws.clock.now() - length
    with ws.store.begin() as connection:
        past = sizes.sizes(connection, [seen.name], since)[seen.name]
    by_day = {at.astimezone(ws.config.zone).date(): SizeAt(max(at, since), size) for at, size in past}
    last = [SizeAt(seen.at, len(seen.members))] if seen.at and by_day else []
    return [each for each in by_day.values() if not last or each.at < last[0].at] + last


def past_sizes(past: SizeHistory | None) -> list[SizeAt]:
    """The sizes that were computed afterwards, if they were."""
    return [SizeAt(each.at, each.size) for each in past.sizes] if past else []


def _families(seen: Seen) -> tuple[Family, ...]:
    return families_of(seen.bound) if seen.bound else ()


def _glance(ws: Workspace, seen: Seen, population: BitMap, language: Language) -> list[KeyFigure]:
    of, size = len(population), len(seen.members)
    with ws.store.begin() as connection:
        week = sizes.moved(connection, ws.clock.now() - WEEK).get(seen.name, Moved())
    part = percent(size / of, language) if of else ""
    counted = COUNTED[seen.of].to(language, n=of)
    entries, exits = whole(week.entries, language), whole(week.exits, language)
    moved = KeyFigure(f"+{entries} · −{exits}" if week != Moved() else "0", _WEEK.to(language), "")
    return [KeyFigure(whole(size, language), _SIZE.to(language), _OF.to(language, of=counted, part=part)), moved]


def _distinction(
    ws: Workspace, seen: Seen, population: BitMap, at: dt.datetime, language: Language
) -> tuple[Drawing | None, str, tuple[KeyFigure, ...]]:
    """The figure or why there is none, and what the members are worth; for persons only."""
    if seen.of == "account" or seen.bound is None:
        return None, "", ()
    (worth,) = analysis.worth(ws.engine, seen.catalog, {seen.name: seen.members}, at)
    facts = card(ws, seen.catalog, Drawn(seen.bound, seen.members & population, population), worth, at)
    asked = ("distinction", seen.name, seen.label, facts.profile, language)
    drawn = DRAWINGS.get(asked, lambda: figure.placed() if (figure := distinction.figure(facts, language)) else None)
    known: tuple[KeyFigure, ...] = ()
    if worth.share_of_revenue is not None:
        amount = money(worth.revenue, ws.config.currency, language)
        known = (
            KeyFigure(
                amount, _REVENUE.to(language), _OF_REVENUE.to(language, part=percent(worth.share_of_revenue, language))
            ),
        )
    return drawn, "" if drawn else (_NOTHING if seen.members else _EMPTY).to(language), known


def _map(ws: Workspace, seen: Seen, population: BitMap, visitor: Visitor) -> MapView | None:
    """Where members live; a place opens in the editor for whoever may write segments, while this one is in force."""
    found = whereabouts(ws.engine, seen.catalog, seen.of, seen.members, population) if seen.members else None
    if found is None:
        return None
    document = seen.definition.model_dump(mode="json", exclude_defaults=True)
    links = partial(editor_for, visitor) if seen.is_in_force else _nowhere
    return map_view(found, document, links, visitor.language)


def _nowhere(_document: dict[str, Any]) -> str:
    return ""


def _regions(ws: Workspace, seen: Seen, language: Language) -> Bars | None:
    trait = seen.catalog.with_meaning(Meaning.REGION)
    if trait is None or trait.of != seen.of or trait.sensitivity.is_masked:
        return None
    found = _bars(ws, seen, trait, language)
    return found if found.bars else None


def _offers(ws: Workspace, seen: Seen, language: Language) -> Bars | None:
    trait = seen.catalog.trait(NEXT_OFFER)
    if trait is None or seen.of != "person":
        return None
    found = _bars(ws, seen, trait, language)
    return Bars(found.title, found.bars[:MOST_OFFERS]) if found.bars else None


def _bars(ws: Workspace, seen: Seen, trait: Trait, language: Language) -> Bars:
    size, everyone = len(seen.members), ws.count_everyone() if seen.of == "person" else ws.count_accounts()
    bars = [
        Bar(
            each.value, each.members / size, percent(each.members / size, language),
            _AGAINST.to(language, n=each.members, part=percent(each.everyone / everyone, language)) if everyone else "",
            each.members * everyone > each.everyone * size,
        )
        for each in value_counts(ws.engine, trait, seen.members)
    ]  # fmt: skip
    return Bars(trait.label.to(language), tuple(bars))


def _users(seen: Seen, language: Language) -> tuple[Use, ...]:
    bound, _ = bind_each(seen.known, seen.catalog)
    names = [name for name, tree in bound.items() if seen.name in segments_within(tree)]
    return tuple(Use(bound[name].label.to(language), address("segments", name)) for name in names)


def _campaigns(ws: Workspace, seen: Seen) -> tuple[Use, ...]:
    with ws.store.begin() as connection:
        found: Sequence[str] = audiences.campaigns_of(connection, seen.name).get(seen.name, ())
    return tuple(Use(each, address("target", each)) for each in found)


_SIZE = Text(en="members", fr="membres")
_OF = Text(en="{part} of {of}", fr="{part} de {of}")
_WEEK = Text(en="entered and left in 7 days", fr="entrées et sorties en 7 jours")
_REVENUE = Text(en="net revenue", fr="chiffre d'affaires net")
_OF_REVENUE = Text(en="{part} of all", fr="{part} du total")
_NOTHING = Text(
    en="Nothing known distinguishes the members from the rest beyond chance, or there is no rest.",
    fr="Rien de connu ne distingue les membres du reste au-delà du hasard, ou il n'y a pas de reste.",
)
_EMPTY = Text(en="Nobody is in this segment.", fr="Personne n'est dans ce segment.")
_AGAINST = Text(en="{n}; {part} of everybody", fr="{n} ; {part} de l'ensemble")
