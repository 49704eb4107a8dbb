"""What a workspace holds, read at one instant: findings, segments, effects. Nothing is written here."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from quartier.analyse import Overlap, Profile, Worth, overlap
from quartier.analyse import run as analysis
from quartier.analyse.quality.run import quality
from quartier.catalog import Catalog, Family, Label
from quartier.evaluate.segmentation.run import quality as judged
from quartier.language import LANGUAGES, Text
from quartier.report.content import ReportContent, SegmentCard, SizeAt
from quartier.report.effects import effects
from quartier.segment import run as segments
from quartier.segment.conditions import BoundSegment, ChangedLeaf, EarlierLeaf, EventLeaf, Everyone, TraitLeaf, leaves
from quartier.segment.defining import defining_traits
from quartier.segment.evaluate import World
from quartier.segment.own_time import without_clocks
from quartier.segment.population import CUSTOMERS, IDENTIFIED
from quartier.segment.sentence import sentence
from quartier.store import membership
from quartier.workspace import Workspace


@dataclass(frozen=True)
class Drawn:
    """A segment with its members and the population from which they are drawn."""

    bound: BoundSegment
    members: BitMap
    population: BitMap


def gather(ws: Workspace) -> ReportContent:
    """Everything that a report says of a workspace, at the present instant of its clock."""
    at, catalog = ws.clock.now(), ws.catalog
    reader = segments.world(ws.engine, catalog, ws.config, at, ws.store)
    drawn = _drawn(ws, catalog, reader)
    return ReportContent(
        name=ws.config.name,
        at=at,
        zone=ws.config.zone,
        currency=ws.config.currency,
        is_synthetic=ws.config.is_synthetic,
        overview=analysis.overview(ws.engine, catalog, ws.config, at),
        quality=quality(ws.engine, catalog, at, country=ws.config.country),
        grid=analysis.rfm_grid(ws.store, ws.engine),
        concentration=analysis.concentration(ws.engine, catalog, at),
        cohorts=analysis.cohorts(ws.engine, catalog, ws.config, at),
        segments=_cards(ws, catalog, drawn, at),
        overlap=_overlap(drawn),
        segmentation=judged(ws.store, ws.engine, reader) if drawn else None,
        effects=effects(ws, catalog, {name: each.bound.label for name, each in drawn.items()}, at),
    )


def _drawn(ws: Workspace, catalog: Catalog, reader: World) -> dict[str, Drawn]:
    """The segments in force, evaluated at the instant of the report."""
    others = segments.defined(ws.store)
    found = {}
    for name in segments.of_persons(others):
        bound = segments.bound(name, catalog, others)
        found[name] = Drawn(bound, reader.members(bound), reader.holding(bound.population))
    return found


def _overlap(drawn: Mapping[str, Drawn]) -> Overlap | None:
    return overlap({name: each.members for name, each in drawn.items()}) if len(drawn) > 1 else None


def _cards(ws: Workspace, catalog: Catalog, drawn: Mapping[str, Drawn], at: dt.datetime) -> tuple[SegmentCard, ...]:
    worths = {each.name: each for each in analysis.worth(ws.engine, catalog, _members(drawn), at)} if drawn else {}
    return tuple(card(ws, catalog, each, worths[name], at) for name, each in drawn.items())


def card(ws: Workspace, catalog: Catalog, drawn: Drawn, worth: Worth, at: dt.datetime) -> SegmentCard:
    """The facts of one segment of persons."""
    is_sold = worth.share_of_revenue is not None
    return SegmentCard(
        name=drawn.bound.name,
        label=drawn.bound.label,
        sentence=_sentence(drawn.bound, ws.config.currency),
        population=population_of(drawn.bound),
        persons=len(drawn.members),
        of=len(drawn.population),
        revenue=worth.revenue if is_sold else None,
        share_of_revenue=worth.share_of_revenue,
        families=families_of(drawn.bound),
        profile=_profile(ws, catalog, drawn, at),
        history=_history(ws, drawn.bound.name, at, len(drawn.members)),
    )


def _members(drawn: Mapping[str, Drawn]) -> dict[str, BitMap]:
    return {name: each.members for name, each in drawn.items()}


def _profile(ws: Workspace, catalog: Catalog, each: Drawn, at: dt.datetime) -> Profile | None:
    """What distinguishes the members; that the traits which define them differ is no finding."""
    if not each.members or each.members == each.population:
        return None
    excluded = defining_traits(each.bound, catalog)
    return analysis.profile(ws.engine, catalog, each.members, at, population=each.population, excluded=excluded)


def _sentence(bound: BoundSegment, currency: str) -> Label:
    en, fr = (sentence(bound, language, currency=currency) for language in LANGUAGES)
    return Label(en=en, fr=fr)


def population_of(bound: BoundSegment) -> Text | Label:
    """Among whom it is drawn, as it follows a number."""
    if bound.population_name == CUSTOMERS:
        return _CUSTOMERS
    if bound.population_name == IDENTIFIED:
        return _IDENTIFIED
    if bound.population_name is None or isinstance(bound.population, Everyone):
        return _PERSONS
    return Label(en=f"persons in “{bound.population_name}”", fr=f"personnes de « {bound.population_name} »")


def families_of(bound: BoundSegment) -> tuple[Family, ...]:
    """The families of segmentation that its conditions draw on, in their order."""
    found = []
    for leaf in without_clocks(leaves(bound.where)):
        match leaf:
            case TraitLeaf() | ChangedLeaf() | EarlierLeaf():
                found.append(leaf.trait.family)
            case EventLeaf():
                found.append(Family.BEHAVIOURAL)
    return tuple(dict.fromkeys(found))


def _history(ws: Workspace, name: str, at: dt.datetime, now: int) -> tuple[SizeAt, ...]:
    """The sizes that the log remembers, then the size now."""
    with ws.store.begin() as connection:
        logged = [SizeAt(each.at, each.size) for each in membership.changes(connection, name) if each.at < at]
    return (*logged, SizeAt(at, now)) if logged else ()


_PERSONS = Text(en="persons", fr="personnes")
_CUSTOMERS = Text(en="customers", fr="clients")
_IDENTIFIED = Text(en="identified persons", fr="personnes identifiées")
