"""Criteria that a catalog proposes, and candidates that the data offer: a start, to be changed by who knows better."""

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from quartier.analyse.journeys.coded import deeds
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.relation.proposing import committing
from quartier.analyse.score.definition import FULL, MOST_CRITERIA, Criterion, Score
from quartier.catalog import Catalog, Meaning, Sensitivity, Trait, ValueType, slug

_UNDOING = re.compile(r"refund|cancel|return|unsubscribe|removed|bounce|complain")
HALF_LIFE, ACTIVE_TYPES, FEW = 30.0, 4, 20
RAREST, MOST_VALUES, QUANTILES = 0.02, 30, (0.25, 0.5, 0.75)
_WEIGHTS = {"known": 5.0, "yes": 5.0, "activity": 12.0, "committed": 20.0, "again": 15.0}


def criteria(asked: Score, reading: Reading) -> tuple[Criterion, ...]:
    """Those that are stated; else those of the catalog; else, where there are no events, values of traits."""
    if asked.criteria:
        return asked.criteria
    proposed = of_catalog(reading.catalog, asked.outcome)
    return proposed if any(each.sort != "explicit" for each in proposed) else of_traits(reading, asked)


def of_catalog(catalog: Catalog, outcome: str) -> tuple[Criterion, ...]:
    """Reachable, said yes, active lately, about to buy, has bought: in points that make 100 together."""
    found: list[Criterion] = []
    for meaning in (Meaning.EMAIL, Meaning.PHONE):
        if trait := catalog.with_meaning(meaning):
            found.append(Criterion(trait=trait.name, test={"known": True}, points=_WEIGHTS["known"]))
    yes = [each for each in _open_traits(catalog, ()) if each.type is ValueType.BOOLEAN and each.origin == "given"]
    found += [Criterion(trait=each.name, test={"is": True}, points=_WEIGHTS["yes"]) for each in yes[:2]]
    commits = committing(catalog, outcome)
    told = {outcome, *commits}
    active = [
        each.name for each in deeds(catalog.events) if each.name not in told and not _UNDOING.search(slug(each.name))
    ]
    for name in active[:ACTIVE_TYPES]:
        most = _WEIGHTS["activity"]
        found.append(Criterion(event=name, points=most / 4, at_most=most, half_life=HALF_LIFE))
    if commits:
        found.append(Criterion(where={"event": list(commits), "within": "30 days"}, points=_WEIGHTS["committed"]))
    if catalog.event(outcome):
        found.append(Criterion(where={"event": outcome, "within": "365 days"}, points=_WEIGHTS["again"]))
    return scaled(found)


def of_traits(reading: Reading, asked: Score) -> tuple[Criterion, ...]:
    """One criterion for each common value of a trait, for numbers from each quartile on: equal points to begin with."""
    found: list[Criterion] = []
    for trait in _open_traits(reading.catalog, (*asked.without, *_traits_of(asked))):
        column = reading.persons([trait.name])[trait.name]
        found += _of_column(trait, column)
    return scaled(found[:MOST_CRITERIA])


def scaled(criteria: Sequence[Criterion]) -> tuple[Criterion, ...]:
    """The same in proportion, in whole points while they are few; what is left of 100 goes to the strongest."""
    total = sum(each.most for each in criteria)
    if not total:
        return tuple(criteria)
    parts = 1 if len(criteria) <= FEW else 10
    most = [int(each.most * FULL / total * parts) / parts for each in criteria]
    strongest = most.index(max(most))
    most[strongest] += FULL - sum(most)
    return tuple(_bringing(each, round(points, 1)) for each, points in zip(criteria, most, strict=True))


def _bringing(each: Criterion, most: float) -> Criterion:
    """A criterion that can bring so many points; an event's share of its cap stays."""
    if each.at_most is None:
        return each.model_copy(update={"points": most})
    return each.model_copy(update={"points": most * each.points / each.at_most, "at_most": most})


def _of_column(trait: Trait, column: pa.ChunkedArray) -> list[Criterion]:
    known = column.drop_null()
    fewest = RAREST * len(column)
    if not len(known):
        return []
    if trait.type in (ValueType.NUMBER, ValueType.INTEGER):
        cuts = sorted({round(float(each), 6) for each in pc.quantile(known, list(QUANTILES)).to_pylist()})
        low = float(pc.min(known).as_py())
        return [Criterion(trait=trait.name, test={"at_least": cut}, points=1) for cut in cuts if cut > low]
    counts = sorted((each["counts"], str(each["values"]), each["values"]) for each in known.value_counts().to_pylist())
    common = [value for n, _, value in reversed(counts) if fewest <= n < len(column)]
    if len(counts) > MOST_VALUES and not common:
        return []
    return [Criterion(trait=trait.name, test={"is": value}, points=1) for value in common[:MOST_VALUES]]


def _open_traits(catalog: Catalog, without: Sequence[str]) -> list[Trait]:
    """Traits of persons that a score may read by itself: ordinary, given, no names or numbers of persons."""
    types = (ValueType.TEXT, ValueType.BOOLEAN, ValueType.NUMBER, ValueType.INTEGER)
    return [
        each
        for each in catalog.traits
        if each.of == "person"
        and each.sensitivity is Sensitivity.ORDINARY
        and each.origin == "given"
        and each.type in types
        and each.meaning not in (Meaning.USER_ID, Meaning.ACCOUNT_ID)
        and each.name not in without
    ]


def _traits_of(asked: Score) -> list[str]:
    return [str(asked.converted["trait"])] if asked.converted and "trait" in asked.converted else []
