"""Models at work: a run reads the engine's tables, writes computed traits and is recorded."""

import datetime as dt
import logging
from collections.abc import Sequence
from typing import Final

import ibis
import ibis.expr.types as ir
from pyroaring import BitMap

from quartier.analyse.modelling.computed import Computed, ModelRun
from quartier.analyse.modelling.conditions import Conditions
from quartier.analyse.modelling.document import ModelDocument
from quartier.analyse.modelling.kinds import kind_of, read_model
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.purchases import PERSON
from quartier.analyse.reading import count_persons
from quartier.catalog import Catalog, Trait
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, dtype_of, to_sql
from quartier.engine.feed import note
from quartier.errors import InvalidRequest, UserError
from quartier.language import Text
from quartier.store import Store, catalogs, definitions, runs
from quartier.store.runs import Run

SUBJECT: Final = "person"
_BEFORE = "traits_before"
log = logging.getLogger("quartier.models")


def run_model(
    store: Store,
    engine: DuckDBEngine,
    config: Config,
    model: ModelDocument,
    as_of: dt.datetime,
    at: dt.datetime,
    *,
    author: str,
    conditions: Conditions | None = None,
) -> ModelRun:
    """Run a model as of an instant: write its traits, put them into the catalog, record the run.

    Events after `as_of` (usually now) are not counted; `at` is the present instant and `author` who asked, for the
    record. Raises UnknownName when the catalog lacks what the document names, NoAnswer when the data has no answer, and
    InvalidRequest when an instant is naive, `as_of` lies in the future, or a name is taken. Then nothing is changed.
    """
    _check_instants(as_of, at)
    with store.begin() as connection:
        catalog, before = catalogs.load(connection), runs.last(connection, model.name)
        _check_name(model, before)
        computed = _computed(Reading(engine, catalog, config, as_of, conditions), model)
        _check_traits(catalog, computed.traits, model, before)
        done = _told(engine, model, computed, as_of, at)
        catalogs.save(connection, catalog.with_traits(*computed.traits), author=author, at=at)
        document = model.model_dump(mode="json")
        definitions.save(connection, "model", model.name, document, author=author, at=at)
        runs.append(connection, model.name, document, done.as_json(), as_of=as_of, at=at)
        # Last, so that a refused write leaves neither run nor catalog behind; the engine can always be made again.
        _write(engine, computed, _gone(catalog, before, computed))
    return done


def rerun(
    store: Store, engine: DuckDBEngine, config: Config, conditions: Conditions | None = None
) -> tuple[list[ModelRun], tuple[str, ...]]:
    """Write the traits of the last run of each model again, as of the same instant; for `rebuild`. Records nothing.

    Also which models got no answer: they read what is no longer there, persons who were erased, events past their
    retention, a segment taken out of force. They write nothing until they are run anew.
    """
    with store.begin() as connection:
        catalog, last = catalogs.load(connection), runs.last_of_each(connection)
    done, unanswered = [], []
    for run in last:
        model = read_model(run.parameters)
        try:
            computed = _computed(Reading(engine, catalog, config, run.as_of, conditions), model)
        except UserError as error:
            log.warning("the model %s is not computed again: %s", model.name, error)
            unanswered.append(model.name)
            continue
        _write(engine, computed, ())
        done.append(_told(engine, model, computed, run.as_of, run.at))
    return done, tuple(unanswered)


def _check_instants(as_of: dt.datetime, at: dt.datetime) -> None:
    if as_of.tzinfo is None or at.tzinfo is None:
        raise InvalidRequest(_NAIVE)
    if as_of > at:
        raise InvalidRequest(_FUTURE.with_(as_of=as_of, at=at))


def _check_name(model: ModelDocument, before: Run | None) -> None:
    """Two kinds cannot have one name: the traits of one would take the place of the other's."""
    if before is not None and before.parameters["model"] != model.model:
        raise InvalidRequest(_NAME_TAKEN.with_(name=model.name, kind=before.parameters["model"]), remedy=_OTHER_NAME)


def _check_traits(catalog: Catalog, traits: Sequence[Trait], model: ModelDocument, before: Run | None) -> None:
    """A trait that came with data, or that another model writes, is not overwritten."""
    ours = set(before.summary["traits"]) if before else set()
    there = {each.name: each for each in catalog.traits if each.of == SUBJECT and not _was_ours(each, model, ours)}
    taken = [each.name for each in traits if each.name in there]
    if taken:
        raise InvalidRequest(_TRAIT_TAKEN.with_(name=taken[0], model=model.name), remedy=_OTHER_NAME)


def _was_ours(trait: Trait, model: ModelDocument, ours: set[str]) -> bool:
    """Whether this model wrote a trait, in the last run or in an earlier one."""
    return trait.name in ours or (trait.origin != "given" and trait.name.startswith(model.name))


def _computed(reading: Reading, model: ModelDocument) -> Computed:
    return kind_of(model.model).compute(reading, model)


def _gone(catalog: Catalog, before: Run | None, computed: Computed) -> tuple[Trait, ...]:
    """The traits that the run before wrote and this one no longer does; they are emptied."""
    written = {each.name for each in computed.traits}
    were = set(before.summary["traits"]) - written if before else set()
    return tuple(each for each in catalog.traits if each.of == SUBJECT and each.name in were)


def _write(engine: DuckDBEngine, computed: Computed, gone: Sequence[Trait]) -> None:
    """Put the traits in place of those of the run before; whoever gets no value now has none."""
    traits = (*computed.traits, *gone)
    if engine.schema(SUBJECT) is None or not traits:
        return
    columns = ibis.schema({PERSON: "int32"} | {each.name: dtype_of(each.type) for each in traits})
    with engine.transaction():
        engine.ensure(SUBJECT, columns)
        engine.stage(_BEFORE, Query(to_sql(_holding(columns, SUBJECT))))
        engine.clear(SUBJECT, *(each.name for each in traits))
        engine.merge(SUBJECT, PERSON, computed.table)
        was, is_now = ibis.table(columns, name=_BEFORE), _holding(columns, SUBJECT)
        differing = ibis.union(was.difference(is_now), is_now.difference(was))
        note(engine, SUBJECT, BitMap(engine.keys(Query(to_sql(differing[[PERSON]])))))
        engine.drop(_BEFORE)


def _holding(columns: ibis.Schema, table: str) -> ir.Table:
    """The persons who have some of the traits, with these traits."""
    persons = ibis.table(columns, name=table)
    return persons.filter(ibis.or_(*(persons[each].notnull() for each in columns.names if each != PERSON)))


def _told(
    engine: DuckDBEngine, model: ModelDocument, computed: Computed, as_of: dt.datetime, at: dt.datetime
) -> ModelRun:
    return ModelRun(
        model=model.model,
        name=model.name,
        at=at,
        as_of=as_of,
        persons=count_persons(engine),
        scored=computed.table.num_rows,
        traits=tuple(each.name for each in computed.traits),
        figures=computed.figures,
        findings=computed.findings,
    )


_NAIVE = Text(en="an instant without its time zone", fr="un instant sans son fuseau horaire")
_FUTURE = Text(
    en="a model cannot look from the future: {as_of} is after {at}",
    fr="un modèle ne peut pas regarder depuis l'avenir\N{NO-BREAK SPACE}: {as_of} vient après {at}",
)
_NAME_TAKEN = Text(
    en="“{name}” is already the name of a model of another kind ({kind})",
    fr="« {name} » est déjà le nom d'un modèle d'une autre sorte ({kind})",
)
_TRAIT_TAKEN = Text(
    en="the model “{model}” would write over the trait “{name}”, which is not its own",
    fr="le modèle « {model} » écraserait le trait « {name} », qui n'est pas à lui",
)
_OTHER_NAME = Text(en="give the model another `name`", fr="donnez au modèle un autre `name`")
