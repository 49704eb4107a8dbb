"""A persona at work: the sheet of a segment, read from the engine's tables as they are."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse import run
from quartier.analyse.journeys.coded import RECEIVED
from quartier.analyse.personas import typical
from quartier.analyse.personas.answers import answered
from quartier.analyse.personas.divergences import (
    ANSWERED_ON,
    PAIRS,
    USUAL_LAPSE,
    Deeds,
    Divergence,
    divergence,
    said_by,
)
from quartier.analyse.personas.sheet import Answered, Habit, Persona, Typical, is_told
from quartier.analyse.purchases import PERSON, instants
from quartier.analyse.reading import dicts, first, naming, stored
from quartier.analyse.sides import FEWEST_PERSONS, compared_traits
from quartier.catalog import Catalog, Trait, ValueType
from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.messages import Happening
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, subject_table, to_sql
from quartier.engine.keyed import wanted

HABIT_DAYS: Final = 365
MOST_HABITS: Final = 6
MOST_VALUES: Final = 3


@dataclass(frozen=True)
class Drawn:
    """Whom a persona portrays.

    Attributes:
        name: of the segment.
        members: who is in it.
        population: among whom it is drawn.
        defining: traits that define it: that they differ from the rest is no finding.
    """

    name: str
    members: BitMap
    population: BitMap
    defining: Collection[str] = ()

    @property
    def sides(self) -> tuple[BitMap, BitMap]:
        """The members within the population, and the rest of it."""
        return self.members & self.population, self.population - self.members


def persona(
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    drawn: Drawn,
    at: dt.datetime,
    *,
    surveys: Sequence[Survey] = (),
    lapsed_after: int | None = None,
) -> Persona:
    """The portrait of a segment, as of an instant.

    Under five members nothing but the size is told. `lapsed_after`: days without a purchase after which a customer has
    lapsed; a year unless given.
    """
    members, rest = drawn.sides
    if len(members) < FEWEST_PERSONS or engine.schema("person") is None:
        return Persona(drawn.name, at, len(members), len(drawn.population))
    catalog = stored(engine, catalog)
    profile = run.profile(
        engine, catalog, members, at, population=drawn.population, excluded=drawn.defining,
    )  # fmt: skip
    (worth,) = run.worth(engine, catalog, {drawn.name: members}, at)
    traits = compared_traits(catalog)
    found = tuple(_divergences(engine, catalog, config, drawn.sides, at, surveys, lapsed_after))
    is_sold = worth.share_of_revenue is not None
    return Persona(
        drawn.name, at, len(members), len(drawn.population),
        revenue=worth.revenue if is_sold else None,
        share_of_revenue=worth.share_of_revenue,
        distinct=tuple(each for each in profile.distinct() if is_told(each)),
        typical=_usual(engine, typical.told(traits, profile), members, at),
        standing=_usual(engine, typical.standing(traits), members, at),
        habits=_habits(engine, catalog, members, rest, at),
        answers=_answers(engine, surveys, members, rest, at),
        divergences=found,
        unpaired=tuple(each.name for each in PAIRS if each.name not in {one.pair for one in found}),
    )  # fmt: skip


def _usual(engine: DuckDBEngine, traits: Sequence[Trait], members: BitMap, at: dt.datetime) -> tuple[Typical, ...]:
    ordered, found = typical.quantities(traits), dict[str, Typical | None]()
    with wanted(engine, members):
        for each in typical.categories(traits):
            rows = dicts(engine.fetch(Query(typical.values_sql(each, MOST_VALUES))))
            found[each.name] = typical.of_values(each, rows)
        if ordered:
            sql = typical.quarters_sql(ordered, at.astimezone(dt.UTC).year)
            row = first(dicts(engine.fetch(naming(sql, instants(at)))))
            found |= {each.name: typical.of_quarters(each, row) for each in ordered}
    return tuple(told for each in traits if (told := found.get(each.name)))


def _habits(
    engine: DuckDBEngine, catalog: Catalog, members: BitMap, rest: BitMap, at: dt.datetime
) -> tuple[Habit, ...]:
    """What most members did in the last year, less what only happens to them and what surveys note."""
    given, found = instants(at, at - dt.timedelta(days=HABIT_DAYS)), []
    left_out = {each.value for each in Happening} | set(RECEIVED)
    for event in catalog.events:
        if event.name in left_out:
            continue
        counts = []
        for side in (members, rest):
            with wanted(engine, side):
                counts.append(int(first(dicts(engine.fetch(Query(typical.doers_sql(event), given))))["persons"]))
        own, others = counts
        if own >= FEWEST_PERSONS:
            against = others / len(rest) if len(rest) >= FEWEST_PERSONS and others >= FEWEST_PERSONS else None
            found.append(Habit(event.name, event.label, own, own / len(members), against))
    return tuple(sorted(found, key=lambda each: (-each.persons, each.event))[:MOST_HABITS])


def _answers(
    engine: DuckDBEngine, surveys: Sequence[Survey], members: BitMap, rest: BitMap, at: dt.datetime
) -> tuple[Answered, ...]:
    from quartier.analyse.surveys.run import results  # statistics take a second to load

    found: list[Answered] = []
    for survey in surveys:
        own, others = results(engine, survey, at, {"own": members, "rest": rest}).groups
        found += answered(survey, own.questions, others.questions)
    return tuple(found)


def _divergences(
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    sides: tuple[BitMap, BitMap],
    at: dt.datetime,
    surveys: Sequence[Survey],
    lapsed_after: int | None,
) -> Iterator[Divergence]:
    asked, answered_on = _asked(surveys), _answered_on(catalog)
    today = at.astimezone(config.zone).date()
    said = said_by(catalog.traits, asked, dated=answered_on is not None)
    if not any(said.values()) or catalog.event("Order Completed") is None:
        return
    deeds = Deeds.of(run.customers(engine, catalog, at), today, lapsed_after or USUAL_LAPSE)
    for pair in PAIRS:
        for trait in said[pair.name]:
            table = _said(engine, catalog, trait, answered_on if pair.deed == "not_since" else None)
            told = divergence(pair, trait, table, sides, deeds, today, kind=asked.get(trait.name))
            if told:
                yield told


def _said(engine: DuckDBEngine, catalog: Catalog, trait: Trait, answered_on: Trait | None) -> pa.Table:
    """person_key and value of whoever said something, and the day of the answer where that is asked."""
    persons = subject_table(catalog)
    columns = {"value": persons[trait.name]}
    if answered_on:
        columns["day"] = persons[answered_on.name].cast("date")
    rows = persons.filter(persons[trait.name].notnull()).select(PERSON, **columns)
    return engine.fetch(Query(to_sql(rows)))


def _asked(surveys: Sequence[Survey]) -> Mapping[str, str]:
    """The kind of question, by the trait that keeps its answers."""
    return {
        survey.trait_name(question.name): question.type
        for survey in surveys for question in survey.questions if question.trait is not None
    }  # fmt: skip


def _answered_on(catalog: Catalog) -> Trait | None:
    dates = {each.name: each for each in catalog.traits
             if each.of == "person" and each.type in (ValueType.DATE, ValueType.INSTANT)}  # fmt: skip
    return next((dates[name] for name in ANSWERED_ON if name in dates), None)
