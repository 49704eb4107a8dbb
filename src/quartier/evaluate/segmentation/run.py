"""The quality of a segmentation at work: members from the engine, the past from the log, traits of a sample."""

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import numpy as np
from pyroaring import BitMap

from quartier.analyse.overlap import overlap
from quartier.analyse.purchases import instants
from quartier.analyse.reading import stored
from quartier.analyse.sides import CATEGORIES, compared_traits, quantity
from quartier.catalog import Catalog, Meaning, Trait
from quartier.engine import KEY, DuckDBEngine, dtype_of, rows_of_keys, to_sql
from quartier.errors import InvalidRequest, UnknownName, Unusable, suggestion
from quartier.evaluate.enough import ENOUGH
from quartier.evaluate.segmentation.advice import Team, advice_of, check_team
from quartier.evaluate.segmentation.coverage import balance_of, coverage_of, once_and_more
from quartier.evaluate.segmentation.doubles import doubles_of
from quartier.evaluate.segmentation.findings import findings_of
from quartier.evaluate.segmentation.quality import SegmentationQuality, SegmentQuality
from quartier.evaluate.segmentation.reach import WAYS, reach_of
from quartier.evaluate.segmentation.resampling import steadiness
from quartier.evaluate.segmentation.sample import (
    Column,
    Sample,
    category_column,
    drawn_from,
    known_columns,
    membership,
    number_column,
)
from quartier.evaluate.segmentation.separation import Silhouette, TraitSeparation, explained, homogeneity, silhouette
from quartier.evaluate.segmentation.stability import Drift, drift_of, size_range
from quartier.language import Said, Text
from quartier.segment import run as segments
from quartier.segment.bind import Definitions
from quartier.segment.conditions import BoundSegment, Comparison, Condition, TraitLeaf
from quartier.segment.defining import RFM_STEPS, defining_traits
from quartier.segment.evaluate import World
from quartier.segment.population import BUILT_IN, CUSTOMERS, EVERYONE, IDENTIFIED, built_in
from quartier.store import Store
from quartier.store import membership as log

SAMPLED = 20_000
"""Persons whose traits are compared; a larger base is sampled, and two runs draw the same persons."""
SEED = 7
BEFORE = dt.timedelta(days=30)
"""How far back members are compared unless an instant is given."""


def quality(
    store: Store,
    engine: DuckDBEngine,
    world: World,
    *,
    names: Sequence[str] | None = None,
    traits: Sequence[str] | None = None,
    base: str = EVERYONE,
    team: Team | None = None,
    enough: int = ENOUGH,
    since: dt.datetime | None = None,
    seed: int = SEED,
) -> SegmentationQuality:
    """The quality of a set of segments over a base, at the moment of the world.

    Args:
        store: where the definitions and the log of memberships are.
        engine: where the traits are.
        world: its tables at a moment; the leaf sets that it knows already are not computed again.
        names: the segments of the set, all in force unless given.
        traits: on which members are compared; those that a profile compares unless given.
        base: `everyone`, `identified`, `customers` or a segment: who is to be covered.
        team: `small` or `large`, for the advice on the number.
        enough: persons in a segment from which on an effect can be measured there.
        since: the earlier instant with which members are compared, 30 days ago unless given; a younger segment is
            compared with its first members.
        seed: of the sample and of the resampling.

    Raises UnknownName for a segment, population or trait that there is not, and InvalidRequest for a trait that may not
    be compared or a base for which the data lack.
    """
    check_team(team)
    catalog, chosen = stored(engine, world.catalog), _Chosen.of(store, world, names, base)
    compared = _compared(catalog, traits)
    sets = chosen.members
    sample = _sample(engine, world, chosen, compared, np.random.default_rng(seed))
    told_apart = silhouette(sample, np.random.default_rng(seed))
    earlier = since or world.moment.now - BEFORE
    found = _segments(store, world, catalog, chosen, sample, told_apart, earlier, seed)
    pairs = overlap(sets)
    doubles = doubles_of(pairs, _conditions(chosen.bound))
    coverage = coverage_of(sets, chosen.everyone, base)
    return SegmentationQuality(
        at=world.moment.now,
        since=earlier,
        base_label=chosen.label,
        coverage=coverage,
        balance=balance_of(pairs.sizes),
        segments=found,
        overlap=pairs,
        doubles=doubles,
        traits=_separations(sample, chosen.bound, world.catalog),
        silhouette=told_apart,
        sampled=sample.persons,
        findings=findings_of(coverage, found, doubles, enough),
        advice=advice_of(pairs.sizes, team, enough),
    )


@dataclass(frozen=True)
class _Chosen:
    """The segments of the set, their members in the base, and the base with its words."""

    bound: Mapping[str, BoundSegment]
    members: Mapping[str, BitMap]
    everyone: BitMap
    label: Text | Said

    @classmethod
    def of(cls, store: Store, world: World, names: Sequence[str] | None, base: str) -> "_Chosen":
        known = segments.defined(store)
        wanted = dict.fromkeys(names if names is not None else segments.of_persons(known))
        segments.check_of_persons(wanted, known)
        bound = {name: segments.bound(name, world.catalog, known) for name in wanted}
        label, population = _base(base, world.catalog, known)
        everyone = world.holding(population)
        members = {name: each & everyone for name, each in world.members_of_all(bound).items()}
        return cls(bound, members, everyone, label)


def _base(name: str, catalog: Catalog, known: Definitions) -> tuple[Text | Said, Condition]:
    try:
        population = built_in(name, catalog)
    except Unusable as error:
        raise InvalidRequest(error.what, where=name, remedy=error.remedy) from error
    if population is not None:
        return _BASES[name], population
    if name not in known:
        raise UnknownName(_NO_BASE.with_(name=name), remedy=suggestion(name, [*BUILT_IN, *known]))
    segments.check_of_persons([name], known)
    found = segments.bound(name, catalog, known)
    return _MEMBERS.with_(label=found.label.text), found.condition


def _compared(catalog: Catalog, names: Sequence[str] | None) -> list[Trait]:
    """The traits asked for, or all that a profile compares; the steps of RFM only repeat its figures."""
    allowed = {each.name: each for each in compared_traits(catalog)}
    if names is None:
        return [each for each in allowed.values() if each.name not in RFM_STEPS]
    for name in names:
        if catalog.trait(name) is None:
            raise UnknownName(_NO_TRAIT.with_(name=name), remedy=suggestion(name, allowed))
        if name not in allowed:
            raise InvalidRequest(_NOT_COMPARED.with_(name=name), remedy=_CHOOSE_ANOTHER)
    return [allowed[name] for name in dict.fromkeys(names)]


def _sample(
    engine: DuckDBEngine, world: World, chosen: _Chosen, traits: Sequence[Trait], random: np.random.Generator
) -> Sample:
    keys = drawn_from(chosen.everyone, SAMPLED, random)
    columns = known_columns(_columns(engine, keys, traits, world.moment.now)) if keys and traits else ()
    return Sample(tuple(chosen.members), membership(keys, chosen.members), columns)


def _columns(engine: DuckDBEngine, keys: BitMap, traits: Sequence[Trait], at: dt.datetime) -> list[Column | None]:
    """The traits of some persons, in the order of their keys."""
    person = KEY["person"]
    table = ibis.table({person: dtypes.int32} | {each.name: dtype_of(each.type) for each in traits}, name="person")
    values = {each.name: _value(each, at.year) for each in traits}
    asked = table.select(person, **values)
    given = instants(at) if "$instant" in to_sql(asked) else {}
    rows = rows_of_keys(engine, asked, person, keys, given)
    make = {True: category_column, False: number_column}
    return [make[each.type in CATEGORIES](each.name, each.label, rows[each.name]) for each in traits]


def _value(trait: Trait, year: int) -> object:
    if trait.type in CATEGORIES:
        return lambda rows: rows[trait.name].cast("string")
    return quantity(trait, year)


def _segments(
    store: Store,
    world: World,
    catalog: Catalog,
    chosen: _Chosen,
    sample: Sample,
    told_apart: Silhouette | None,
    since: dt.datetime,
    seed: int,
) -> tuple[SegmentQuality, ...]:
    reached, drifts = _reached(world, catalog), _drifts(store, chosen, since, world.moment.now)
    only_here, _ = once_and_more(chosen.members.values())
    steady = steadiness(sample, np.random.default_rng(seed))
    alike = {each.trait: homogeneity(each, sample.is_member) for each in sample.columns}
    persons = len(chosen.everyone)
    return tuple(
        SegmentQuality(
            name=name,
            label=chosen.bound[name].label,
            persons=len(members),
            share=len(members) / persons if persons else None,
            alone=len(members & only_here),
            reach=reach_of(members, reached),
            drift=drifts.get(name),
            size_range=size_range(len(members), persons),
            steadiness=steady[place],
            homogeneity={trait: values[place] for trait, values in alike.items()},
            silhouette=told_apart.segments.get(name) if told_apart else None,
        )
        for place, (name, members) in enumerate(chosen.members.items())
    )


def _reached(world: World, catalog: Catalog) -> dict[Meaning, BitMap]:
    """Who has each way to be reached."""
    found: dict[Meaning, BitMap] = {}
    for trait in catalog.traits:
        if trait.of == "person" and trait.meaning in WAYS:
            known = world.holding(TraitLeaf(trait, Comparison("known", True)))
            found[trait.meaning] = found.get(trait.meaning, BitMap()) | known
    return {meaning: found[meaning] for meaning in WAYS if meaning in found}


def _drifts(store: Store, chosen: _Chosen, since: dt.datetime, now: dt.datetime) -> dict[str, Drift]:
    """What the log remembers of each segment at the earlier instant, or when it was first evaluated."""
    found = {}
    with store.begin() as connection:
        first = log.first_instants(connection)
        for name, members in chosen.members.items():
            if name in first and (earlier := max(since, first[name])) < now:
                then = log.members_as_of(connection, name, earlier) & chosen.everyone
                found[name] = drift_of(then, members, earlier)
    return found


def _separations(sample: Sample, bound: Mapping[str, BoundSegment], catalog: Catalog) -> tuple[TraitSeparation, ...]:
    defining = {name for each in bound.values() for name in defining_traits(each, catalog)}
    found = [
        TraitSeparation(
            trait=each.trait,
            label=each.label,
            kind=each.kind,
            persons=int(each.is_known.sum()),
            explained=explained(each, sample.is_member),
            is_defining=each.trait in defining,
        )
        for each in sample.columns
    ]
    return tuple(sorted(found, key=lambda each: (each.is_defining, -(each.explained or 0.0), each.trait)))


def _conditions(bound: Mapping[str, BoundSegment]) -> dict[str, Hashable]:
    return {name: each.condition for name, each in bound.items()}


_BASES = {
    EVERYONE: Text(en="everybody", fr="tout le monde"),
    IDENTIFIED: Text(en="identified persons", fr="les personnes identifiées"),
    CUSTOMERS: Text(en="customers", fr="les clients"),
}
_MEMBERS = Text(en="the members of “{label}”", fr="les membres de « {label} »")
_NO_BASE = Text(
    en="there is no population or segment “{name}”", fr="il n'y a pas de population ni de segment « {name} »"
)
_NO_TRAIT = Text(en="there is no trait “{name}”", fr="il n'y a pas de trait « {name} »")
_NOT_COMPARED = Text(
    en="the trait “{name}” cannot be compared: it names or reaches one person, is sensitive, or is a list",
    fr="le trait « {name} » ne peut pas être comparé : il désigne ou joint une personne, il est délicat, ou c'est "
    "une liste",
)
_CHOOSE_ANOTHER = Text(
    en="choose traits that many persons share; `quartier catalog show` lists them",
    fr="choisissez des traits que beaucoup de personnes partagent ; `quartier catalog show` les montre",
)
