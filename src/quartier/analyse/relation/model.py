"""The stages of the relation as a model: reads conditions at the instant and at steps of a month before it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse.modelling.computed import Computed
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.modelling.shown import Cell, Share, Shown
from quartier.analyse.purchases import PERSON, events_until
from quartier.analyse.relation import lapse, pipeline
from quartier.analyse.relation.definition import (
    LABELS,
    STAGES,
    Lapse,
    Relation,
    RelationFigures,
    StageFigures,
    StageName,
)
from quartier.analyse.relation.pipeline import Stages
from quartier.analyse.relation.proposing import conditions
from quartier.catalog import Family, Label, Trait, ValueType
from quartier.engine import OCCURRED_AT, local_time
from quartier.errors import NoAnswer
from quartier.language import Said, Text

STEP_DAYS, STEPS, MOVED_STEPS = 30, 12, 3
_EPOCH = dt.date(1970, 1, 1)


def compute(reading: Reading, document: Relation) -> Computed:
    """The stage of each person, and the pipeline over the last year.

    Raises NoAnswer where the data hold nothing from which a stage could be told, UnknownName for a stated event.
    """
    for name in document.committed:
        reading.event(name)
    lapsing = _lapsing(reading, document)
    wheres = conditions(document, reading.catalog, lapsing.days if lapsing else None)
    keys = reading.persons([])[PERSON].to_numpy()
    if not wheres or not len(keys):
        raise NoAnswer(_NOTHING, remedy=_BRING)
    history = _history(reading, wheres, keys)
    table = pa.table(
        {PERSON: pa.array(keys, pa.int32()), trait_name(document): _values(history[-1])}
    ).filter(pa.array(history[-1] > 0))  # fmt: skip
    figures = _figures(reading, wheres, history, lapsing)
    return Computed(table, (_trait(document),), figures, tuple(_findings(reading, wheres, lapsing)))


def trait_name(document: Relation) -> str:
    """The trait that is written: `stage`, or under another name `<name>_stage`."""
    return "stage" if document.name == "relation" else f"{document.name}_stage"


def tables(figures: RelationFigures, _scored: int) -> tuple[Shown, ...]:
    """Stages with their sizes, and what became of those who were there a while ago."""
    total = sum(each.persons for each in figures.stages) + figures.without
    stages: list[tuple[Cell, ...]] = [
        (LABELS[each.stage], each.persons, Share(each.persons / (total or 1)), each.entered, each.left)
        for each in figures.stages
    ]
    moved: list[tuple[Cell, ...]] = [
        (LABELS[each.stage], each.persons, *(Share(n / each.persons) if each.persons else None
                                             for n in (each.further, each.still, each.back)))
        for each in figures.moved
    ]  # fmt: skip
    return (
        Shown(_STAGES.with_(days=figures.step_days), (_STAGE, _PERSONS, _SHARE, _ENTERED, _LEFT), tuple(stages)),
        Shown(_MOVED.with_(days=figures.moved_days), (_STAGE, _PERSONS, _FURTHER, _STILL, _BACK), tuple(moved)),
    )


def _lapsing(reading: Reading, document: Relation) -> Lapse | None:
    event = reading.catalog.event(document.purchase)
    if event is None:
        return None
    rows = events_until(event)
    days = rows.select(PERSON, day=local_time(rows[OCCURRED_AT], reading.config.time_zone).date()).distinct()
    table = reading.fetch(days.order_by([PERSON, "day"]))
    today = (reading.as_of.astimezone(reading.config.zone).date() - _EPOCH).days
    persons, bought = table[PERSON].to_numpy(), table["day"].cast(pa.int32()).to_numpy().astype(np.int64)
    found = lapse.proposed(persons, bought, today)
    gaps, proposed = (found.gaps, found.days) if found else (0, None)
    if document.lapsed_after is None:
        days_, after = (found.days, found.returned_after) if found else (lapse.USUAL, None)
        return Lapse(days=days_, is_proposed=True, gaps=gaps, returned_after=after, proposed=proposed)
    _, lasted = lapse.intervals(persons, bought)
    after = lapse.later(lasted, document.lapsed_after) if found else None
    return Lapse(
        days=document.lapsed_after, is_proposed=False, gaps=gaps, returned_after=after, proposed=proposed
    )  # fmt: skip


def _history(reading: Reading, wheres: Mapping[StageName, Any], keys: npt.NDArray[np.int32]) -> list[Stages]:
    """The stage of each person at each step, oldest first; the last is now."""
    steps = [reading.as_of - dt.timedelta(days=STEP_DAYS * back) for back in range(STEPS, -1, -1)]
    return [_at(reading.holding(*wheres.values(), at=each), tuple(wheres), keys) for each in steps]


def _at(members: Sequence[BitMap], names: Sequence[StageName], keys: npt.NDArray[np.int32]) -> Stages:
    stages = np.zeros(int(keys.max()) + 1, np.int8)
    for name, those in zip(names, members, strict=True):
        stages[np.frombuffer(those.to_array(), np.uint32)] = STAGES.index(name) + 1
    return stages[keys]


def _values(stages: Stages) -> pa.Array:
    return pa.array(np.array(["", *STAGES])[stages])


def _figures(
    reading: Reading, wheres: Mapping[StageName, Any], history: Sequence[Stages], lapsing: Lapse | None
) -> RelationFigures:
    before, now = history[-2], history[-1]
    days = [(reading.as_of - dt.timedelta(days=STEP_DAYS * back)).date() for back in range(STEPS, -1, -1)]
    return RelationFigures(
        stages=tuple(_stage(reading, name, wheres.get(name), before, now) for name in STAGES),
        without=int(np.sum(now == pipeline.NONE)),
        step_days=STEP_DAYS,
        months=tuple((day.isoformat(), pipeline.sizes(each)) for day, each in zip(days, history, strict=True)),
        flows=pipeline.flows(before, now),
        moved_days=STEP_DAYS * MOVED_STEPS,
        moved=pipeline.moved(history[-1 - MOVED_STEPS], now),
        staying=pipeline.staying(history, STEP_DAYS),
        lapse=lapsing,
    )


def _stage(reading: Reading, name: StageName, where: Any, before: Stages, now: Stages) -> StageFigures:
    place = STAGES.index(name) + 1
    was, is_ = before == place, now == place
    return StageFigures(
        stage=name, where=where, said=reading.asked.said(where) if where else None, persons=int(is_.sum()),
        before=int(was.sum()), entered=int(np.sum(is_ & ~was)), left=int(np.sum(was & ~is_)),
    )  # fmt: skip


def _findings(reading: Reading, wheres: Mapping[StageName, Any], lapsing: Lapse | None) -> list[Said]:
    said: list[Said] = []
    if lapsing and lapsing.is_proposed:
        said.append(
            _PROPOSED.with_(days=lapsing.days, n=lapsing.gaps) if lapsing.gaps else _USUAL.with_(days=lapsing.days)
        )
    missing = [name for name in STAGES if name not in wheres]
    said += [_MISSING.with_(stage=LABELS[name]) for name in missing]
    said += [_NO_PAST.with_(stage=LABELS[name]) for name, where in wheres.items() if not reading.asked.has_past(where)]
    return said


def _trait(document: Relation) -> Trait:
    suffix = "" if document.name == "relation" else f" ({document.name})"
    label = Label(en=f"Stage of the relation{suffix}", fr=f"Stade de la relation{suffix}")
    name = trait_name(document)
    return Trait(name=name, type=ValueType.TEXT, family=Family.BEHAVIOURAL, label=label, origin="computed")


_NOTHING = Text(en="nothing in the data tells who is at which stage", fr="rien dans les données ne dit qui en est où")
_BRING = Text(
    en="bring in persons with an e-mail or a number, or what they do: visits, carts, orders",
    fr="apportez des personnes avec un e-mail ou un numéro, ou ce qu'elles font : visites, paniers, commandes",
)
_PROPOSED = Text(
    en="Lapsed after {days} days is proposed from {n} intervals between purchases: nine in ten of those who came back "
    "had done so by then.",
    fr="Perdu après {days} jours est proposé d'après {n} intervalles entre achats : neuf sur dix de ceux qui sont "
    "revenus l'avaient fait d'ici là.",
)
_USUAL = Text(
    en="Too few purchases were repeated to propose when a customer has lapsed: {days} days are taken.",
    fr="Trop peu d'achats répétés pour proposer quand un client est perdu : on prend {days} jours.",
)
_MISSING = Text(
    en="Nothing in the data tells who is at the stage “{stage}”.",
    fr="Rien dans les données ne dit qui est au stade « {stage} ».",
)
_NO_PAST = Text(
    en="The stage “{stage}” reads traits, which are known as of today only: its past sizes count who is known now.",
    fr="Le stade « {stage} » lit des traits, connus à ce jour seulement : ses effectifs passés comptent ceux que l'on "
    "connaît aujourd'hui.",
)
_STAGES = Text(en="Stages, and what moved in {days} days", fr="Stades, et ce qui a bougé en {days} jours")
_MOVED = Text(en="Where they are {days} days later", fr="Où ils en sont {days} jours plus tard")
_STAGE = Text(en="stage", fr="stade")
_PERSONS = Text(en="persons", fr="personnes")
_SHARE = Text(en="share", fr="part")
_ENTERED = Text(en="came", fr="arrivées")
_LEFT = Text(en="left", fr="départs")
_FURTHER = Text(en="further", fr="plus loin")
_STILL = Text(en="still there", fr="toujours là")
_BACK = Text(en="back", fr="en arrière")

KIND: Final = Kind(
    name="relation",
    label=Text(en="Stages of the relation", fr="Stades de la relation"),
    sentence=Text(
        en="Who is a lead, a prospect, a committed prospect, a customer or lapsed, and how they move.",
        fr="Qui est piste, prospect, prospect engagé, client ou perdu, et comment on passe de l'un à l'autre.",
    ),
    document=Relation,
    figures=RelationFigures,
    compute=compute,
    tables=tables,
)
