"""Segments at work: kept in the store, evaluated in the engine, their entries and exits logged."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Catalog, Sensitivity, Subject
from quartier.config import Config
from quartier.engine import (
    KEY,
    PUBLIC_ID,
    DuckDBEngine,
    Query,
    dtype_of,
    parameter,
    rows_of_keys,
    subject_table,
    to_sql,
)
from quartier.engine.feed import changed_since, generation
from quartier.errors import InvalidDefinition, InvalidRequest, Problem, UnknownName, suggestion
from quartier.language import Text
from quartier.segment import refreshing
from quartier.segment.bind import Definitions, bind, bind_each
from quartier.segment.conditions import BoundSegment, segments_within
from quartier.segment.contradiction import Finding, findings
from quartier.segment.definition import KIND, Segment, read_segment
from quartier.segment.evaluate import World
from quartier.segment.leaves import identifying_traits
from quartier.segment.memory import Forgetful
from quartier.segment.moments import Moment
from quartier.segment.remembering import StoreMemory, campaigns
from quartier.store import Store, definitions, membership, refreshes
from quartier.store.refreshes import Refresh


@dataclass(frozen=True)
class Standing:
    """A segment as it stood when it was last evaluated."""

    definition: Segment
    version: int
    size: int
    at: dt.datetime
    position: int
    entered: int
    left: int

    def as_json(self) -> dict[str, Any]:
        """The standing as plain values."""
        label = self.definition.label
        return {
            "segment": self.definition.name,
            "of": self.definition.subject,
            "label": label.model_dump() if label else None,
            "version": self.version,
            "size": self.size,
            "at": self.at.isoformat(),
            "position": self.position,
            "entered": self.entered,
            "left": self.left,
        }


@dataclass(frozen=True)
class Preview:
    """What a definition would give at an instant, nothing being stored, and what it can never give."""

    segment: BoundSegment
    members: BitMap
    population: int
    at: dt.datetime
    findings: tuple[Finding, ...] = ()

    @property
    def of(self) -> Subject:
        """Of whom the segment is: persons or accounts."""
        return self.segment.of

    @property
    def size(self) -> int:
        """How many persons or accounts are members."""
        return len(self.members)


def defined(store: Store) -> dict[str, Segment]:
    """Every segment in force, by name."""
    with store.begin() as connection:
        return {each.name: read_segment(each.document) for each in definitions.all_latest(connection, KIND)}


def world(
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    at: dt.datetime,
    store: Store | None = None,
    changed: Collection[str] = (),
) -> World:
    """The engine's tables at an instant and what the store remembers, where `changed` have other definitions."""
    memory = StoreMemory(store, changed) if store else Forgetful()
    return World(engine, catalog, Moment(at, config.zone), memory=memory)


def named(name: str, known: Definitions) -> Segment:
    """The segment of that name. Raises UnknownName with the nearest names."""
    if name not in known:
        raise UnknownName(_NO_SEGMENT.with_(name=name), remedy=suggestion(name, known) or _DRAW_ONE)
    return known[name]


def bound(name: str, catalog: Catalog, known: Definitions) -> BoundSegment:
    """The segment of that name, bound. Raises UnknownName with the nearest names."""
    return bind(named(name, known), catalog, known)


def apply(
    store: Store,
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    documents: Sequence[Mapping[str, Any]],
    *,
    author: str,
    at: dt.datetime,
) -> list[Standing]:
    """Put segments in force, all of them or none, and evaluate them. They may refer to one another in any order."""
    segments = read_all(documents)
    before = defined(store)
    others = before | {each.name: each for each in segments}
    trees, refused = bound_all(others, catalog, segments, before, campaigns(store))
    changed = {each.name for each in segments}
    affected = {name: tree for name, tree in trees.items() if name in changed or changed & segments_within(tree)}
    done = Refresh(at, 0, len(affected), 0.0, generation(engine), changed_since(engine, 0).mark)
    reader = world(engine, catalog, config, at, store, changed)
    members = reader.members_of_all(affected)
    with store.begin() as connection:
        for each in segments:
            _save(connection, each, author=author, at=at)
        stored = definitions.all_latest(connection, KIND)
        prepared = refreshing.Prepared.of(others, stored, trees, refused, config.zone)
        changes = refreshing.log(connection, prepared, members, done)
        refreshing.keep_applied(connection, reader, affected, trees)
    by_name = {change.segment: change for change in changes}
    return [_standing(each, by_name[each.name], at) for each in segments]


def refresh(
    store: Store, engine: DuckDBEngine, catalog: Catalog, config: Config, *, at: dt.datetime, whole: bool = False
) -> list[Standing]:
    """Bring every segment to an instant and log what entered and what left; `whole` looks at everyone again."""
    changes, _ = refreshing.refresh(store, engine, catalog, config, at=at, whole=whole)
    known = defined(store)
    return [_standing(known[change.segment], change, at) for change in changes]


def standings(store: Store) -> list[Standing]:
    """Every segment as it stood when it was last evaluated, by name."""
    segments = defined(store)
    with store.begin() as connection:
        last = membership.last_changes(connection)
        refreshed = refreshes.last(connection)
    since = refreshed.at if refreshed else None
    return [_standing(segment, last[name], since) for name, segment in segments.items() if name in last]


def preview(
    store: Store,
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    documents: Sequence[Mapping[str, Any]],
    at: dt.datetime,
) -> list[Preview]:
    """Evaluate definitions at an instant without storing anything. They may refer to one another."""
    segments = read_all(documents)
    before = defined(store)
    others = before | {each.name: each for each in segments}
    reader = world(engine, catalog, config, at, store, [each.name for each in segments])
    trees, _ = bound_all(others, catalog, segments, before, campaigns(store))
    return [_previewed(each, trees[each.name], reader) for each in segments]


def evaluated(
    store: Store, engine: DuckDBEngine, catalog: Catalog, config: Config, name: str, at: dt.datetime
) -> Preview:
    """Evaluate a segment in force at an instant without logging it."""
    reader = world(engine, catalog, config, at, store)
    known = defined(store)
    definition = named(name, known)
    return _previewed(definition, bind(definition, catalog, known), reader)


def findings_of(store: Store, catalog: Catalog, names: Iterable[str]) -> dict[str, tuple[Finding, ...]]:
    """What the definitions of some segments in force can never give."""
    known = defined(store)
    return {name: findings(named(name, known), bound(name, catalog, known)) for name in names}


def persons(
    engine: DuckDBEngine,
    catalog: Catalog,
    keys: BitMap,
    traits: Sequence[str] | None = None,
    of: Subject = "person",
) -> pa.Table:
    """One row per person or account: the public id, then the traits asked for (all but special categories else)."""
    table = subject_table(catalog, of)
    names = list(traits) if traits is not None else _ordinary(catalog, of)
    for name in names:
        if catalog.trait(name, of) is None:
            known = [each.name for each in catalog.traits if each.of == of]
            raise UnknownName(_NO_TRAIT.with_(name=name), remedy=suggestion(name, known))
    rows = rows_of_keys(engine, table.select(KEY[of], PUBLIC_ID[of], *names), KEY[of], keys)
    return rows.drop_columns([KEY[of]])


def subject_key(engine: DuckDBEngine, catalog: Catalog, identifier: str, of: Subject = "person") -> int:
    """The key of the person or account that an identifier names; nobody or several of them are an error.

    Persons are named by public id, user id or e-mail, accounts by public id or account number.
    """
    names = [PUBLIC_ID[of], *(each.name for each in identifying_traits(catalog.traits, of))]
    table = ibis.table({KEY[of]: dtypes.int32, **dict.fromkeys(names, dtypes.string)}, name=of)
    wanted = parameter("identifier", dtypes.string)
    found = table.filter(ibis.or_(*(table[name] == wanted for name in names)))[[KEY[of]]]
    keys = engine.keys(Query(to_sql(found), {"identifier": identifier}))
    if len(keys) == 0:
        raise UnknownName(_NOBODY[of], remedy=_NAME_ONE[of])
    if len(keys) > 1:
        raise InvalidRequest(_SEVERAL[of].with_(n=len(keys)), remedy=_BY_PUBLIC_ID[of])
    return int(keys[0])


def value_shares(engine: DuckDBEngine, name: str, catalog: Catalog, of: Subject = "person") -> list[tuple[Any, float]]:
    """The values of a trait with their shares of those who have one, most frequent first."""
    trait = catalog.trait(name, of)
    if trait is None:
        raise UnknownName(_NO_TRAIT.with_(name=name))
    table = ibis.table({name: dtype_of(trait.type)}, name=of)
    known = table.filter(table[name].notnull())
    counts = known.group_by(name).agg(n=lambda rows: rows.count()).order_by(ibis.desc("n"), name)
    rows = engine.rows(Query(to_sql(counts)))
    total = sum(int(str(n)) for _, n in rows)
    return [(value, int(str(n)) / total) for value, n in rows]


def of_persons(known: Definitions) -> dict[str, Segment]:
    """The segments of persons: those that can divide persons, and be written to."""
    return {name: each for name, each in known.items() if each.subject == "person"}


def check_of_persons(names: Iterable[str], known: Definitions) -> None:
    """Raise InvalidRequest for a segment of accounts among some that are known, where persons are needed."""
    for name in names:
        if name in known and known[name].subject != "person":
            raise InvalidRequest(_OF_ACCOUNTS.with_(name=name), remedy=_ITS_PERSONS.with_(name=name))


def read_all(documents: Sequence[Mapping[str, Any]]) -> list[Segment]:
    """All the documents' problems together; a name that stands twice is one of them."""
    segments, problems = [], []
    for document in documents:
        try:
            segments.append(read_segment(document))
        except InvalidDefinition as error:
            problems += _under(error)
    names = [each.name for each in segments]
    problems += [Problem(name, _TWICE) for name in sorted({name for name in names if names.count(name) > 1})]
    _refuse(problems, documents)
    return segments


def bound_all(
    known: Definitions,
    catalog: Catalog,
    segments: Iterable[Segment],
    before: Definitions,
    reached: Collection[str] | None = None,
) -> tuple[dict[str, BoundSegment], dict[str, InvalidDefinition]]:
    """All segments bound, with the changed ones; the problems that the change makes are told together.

    A segment that could not be bound `before` either is given back among the refused: it stops nobody else.
    """
    found, refused = bind_each(known, catalog, reached)
    changed = {each.name for each in segments}
    problems = [
        problem
        for name, error in refused.items()
        if name in changed or _is_bindable(before[name], catalog, before)
        for problem in _under(error)
    ]
    problems += [
        Problem(f"{each.name}: of", _STAYS[before[each.name].subject], _OTHER_NAME)
        for each in segments
        if each.name in before and each.subject != before[each.name].subject
    ]
    _refuse(problems, list(changed))
    return found, refused


def _is_bindable(segment: Segment, catalog: Catalog, known: Definitions) -> bool:
    try:
        bind(segment, catalog, known)
    except InvalidDefinition:
        return False
    return True


def _under(error: InvalidDefinition) -> list[Problem]:
    return [Problem(f"{error.document}: {each.place}", each.what, each.remedy) for each in error.problems]


def _refuse(problems: Sequence[Problem], documents: Sequence[object]) -> None:
    if problems:
        raise InvalidDefinition(f"{len(documents)} segments" if len(documents) > 1 else "segment", problems)


def _save(connection: Any, segment: Segment, *, author: str, at: dt.datetime) -> definitions.Stored:
    return definitions.save(connection, KIND, segment.name, segment.model_dump(mode="json"), author=author, at=at)


def _standing(segment: Segment, change: membership.Change, refreshed: dt.datetime | None) -> Standing:
    """`refreshed` is the instant of the last evaluation of all: a change before it did not happen in it."""
    at = max(change.at, refreshed or change.at)
    moved = (len(change.entered), len(change.left)) if at == change.at else (0, 0)
    return Standing(segment, change.version, change.size, at, change.position, *moved)


def _previewed(definition: Segment, segment: BoundSegment, reader: World) -> Preview:
    population = reader.about(segment.of).holding(segment.population)
    said = findings(definition, segment)
    return Preview(segment, reader.members(segment), len(population), reader.moment.now, said)


def _ordinary(catalog: Catalog, of: Subject) -> list[str]:
    return [each.name for each in catalog.traits if each.of == of and each.sensitivity is not Sensitivity.SPECIAL]


_DRAW_ONE = Text(en="there is none yet: draw one first", fr="il n'y en a pas encore : créez-en un d'abord")
_NO_SEGMENT = Text(en="there is no segment “{name}”", fr="il n'y a pas de segment « {name} »")
_NO_TRAIT = Text(en="there is no trait “{name}”", fr="il n'y a pas de trait « {name} »")
_NOBODY: dict[Subject, Text] = {
    "person": Text(en="no person has this identifier", fr="personne n'a cet identifiant"),
    "account": Text(en="no account has this identifier", fr="aucun compte n'a cet identifiant"),
}
_NAME_ONE: dict[Subject, Text] = {
    "person": Text(
        en="give a customer id, an e-mail or a public id such as p_…",
        fr="donnez un identifiant client, un e-mail ou un identifiant public tel que p_…",
    ),
    "account": Text(
        en="give an account number or a public id such as a_…",
        fr="donnez un numéro de compte ou un identifiant public tel que a_…",
    ),
}
_SEVERAL: dict[Subject, Text] = {
    "person": Text(en="{n} persons have this identifier", fr="{n} personnes ont cet identifiant"),
    "account": Text(en="{n} accounts have this identifier", fr="{n} comptes ont cet identifiant"),
}
_BY_PUBLIC_ID: dict[Subject, Text] = {
    "person": Text(en="name one by its public id (p_…)", fr="désignez-en une par son identifiant public (p_…)"),
    "account": Text(en="name one by its public id (a_…)", fr="désignez-en un par son identifiant public (a_…)"),
}
_OF_ACCOUNTS = Text(
    en="“{name}” is a segment of accounts, and persons are needed here",
    fr="« {name} » est un segment de comptes, et il faut ici des personnes",
)
_ITS_PERSONS = Text(
    en="make a segment of the persons of these accounts: `where: {{account: {{segment: {name}}}}}`",
    fr="créez un segment des personnes de ces comptes : `where: {{account: {{segment: {name}}}}}`",
)
_STAYS = {
    "person": Text(en="this segment is of persons and stays so", fr="ce segment est de personnes et le reste"),
    "account": Text(en="this segment is of accounts and stays so", fr="ce segment est de comptes et le reste"),
}
_OTHER_NAME = Text(en="give the other segment another name", fr="donnez un autre nom à l'autre segment")
_TWICE = Text(en="this name stands twice", fr="ce nom figure deux fois")
