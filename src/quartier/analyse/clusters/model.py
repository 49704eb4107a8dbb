"""Clusters as a kind of model: from persons to the letter of each one's cluster, with the figures that support it."""

import dataclasses
import string
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa

from quartier.analyse.clusters import choosing, fitting, naming, preparing, rules, selecting
from quartier.analyse.clusters.columns import Column, Numbers, Whole, column_of
from quartier.analyse.clusters.definition import Clusters
from quartier.analyse.clusters.figures import (
    ClusterFigures,
    ClustersFigures,
    LeftOutTrait,
    Row,
    Tried,
    UsedTrait,
)
from quartier.analyse.clusters.preparing import LeftOut, Prepared
from quartier.analyse.clusters.shown import tables
from quartier.analyse.modelling.computed import Computed
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.purchases import PERSON
from quartier.catalog import Family, Label, Trait, ValueType
from quartier.errors import NoAnswer
from quartier.language import LANGUAGES, Plural, Said, Text

FEWEST: Final = 50
"""Persons without whom groups are anecdotes."""
FAITHFUL: Final = 0.8
"""Rules that are right in fewer are said to be rough."""


@dataclasses.dataclass(frozen=True)
class Grouped:
    """The clusters of the persons that a matrix is of.

    Attributes:
        labels: the cluster of each, the largest being 0, -1 for none.
        points: what is known of each number tried.
        taken: that of the number that was taken.
        sample: how many persons were looked at for each.
    """

    labels: Whole
    points: tuple[choosing.Point, ...]
    taken: choosing.Point
    sample: int


def compute(reading: Reading, asked: Clusters) -> Computed:
    """The clusters of all persons of whom any of the traits is known.

    Raises UnknownName for a trait that does not exist, and NoAnswer when too few persons or traits are left, or the
    data shows no clusters.
    """
    keys, columns, refused = _columns(reading, asked)
    if columns and len(keys) < FEWEST:
        raise NoAnswer(_FEW_PERSONS.with_(n=len(keys), least=FEWEST), remedy=_COLLECT)
    prepared = preparing.prepare(columns, missing=asked.missing)
    prepared = dataclasses.replace(prepared, left_out=(*refused, *prepared.left_out))
    _check(prepared)
    grouped = group(prepared, asked)
    found = rules.rules_of([each.column for each in prepared.used], grouped.labels, asked.seed)
    figures = _figures(asked, prepared, grouped, found)
    return Computed(_table(asked, keys, grouped.labels), traits_of(asked), figures, _findings(figures))


def group(prepared: Prepared, asked: Clusters) -> Grouped:
    """The clusters of everybody in a matrix. Raises NoAnswer when there are none."""
    fit = fitting.fitter(asked.method, prepared)
    rows = fitting.sample_of(prepared.matrix, fitting.TRIED[asked.method], asked.seed)
    sample = prepared.matrix[rows]
    points = choosing.curve(sample, fit, _numbers(asked), asked.seed)
    taken = _taken(points, asked, len(sample), partial(choosing.confirmed, sample, fit, seed=asked.seed))
    points = tuple(taken if each.number == taken.number else each for each in points)
    all_rows = fitting.sample_of(prepared.matrix, fitting.LARGEST[asked.method], asked.seed)
    labels = fitting.assigned(fit(prepared.matrix[all_rows], taken.number, asked.seed), prepared.matrix)
    return Grouped(_by_size(labels), points, taken, len(sample))


def traits_of(asked: Clusters) -> tuple[Trait, ...]:
    """What a run writes: the letter of a person's cluster."""
    named = _TRAIT.with_(name=asked.name)
    label = _TRAIT_OF_KIND if asked.name == asked.model else named
    return (
        Trait(
            name=asked.trait, type=ValueType.TEXT, family=Family.BEHAVIOURAL, origin="computed",
            label=Label(**{language: label.to(language) for language in LANGUAGES}),
        ),
    )  # fmt: skip


def _columns(reading: Reading, asked: Clusters) -> tuple[pa.ChunkedArray, list[Column], tuple[LeftOut, ...]]:
    """The persons of whom anything is known, the traits that may be used, and those that may not."""
    traits = [reading.trait(name) for name in asked.traits]
    refused = [why for each in traits if (why := preparing.why_not(each, sensitive=asked.sensitive))]
    allowed = [each for each in traits if each not in [one.trait for one in refused]]
    table = reading.persons([each.name for each in allowed])
    columns = []
    for trait in allowed:
        column = column_of(trait, table[trait.name], reading.as_of, reading.config.zone)
        if column is None:
            refused.append(LeftOut(trait, preparing.SEVERAL.with_()))
        else:
            columns.append(column)
    if not columns:
        return table[PERSON][:0], [], tuple(refused)
    known = preparing.anything_known(columns)
    return table[PERSON].filter(pa.array(known)), [each.at(known) for each in columns], tuple(refused)


def _check(prepared: Prepared) -> None:
    if len(prepared.used) < 2:
        reasons = [_REASON.with_(trait=each.trait.label.text, why=each.why) for each in prepared.left_out]
        raise NoAnswer(_FEW_TRAITS.with_(n=len(prepared.used), reasons=reasons), remedy=_NAME_OTHERS)


def _numbers(asked: Clusters) -> Sequence[int]:
    if asked.method == "hdbscan":
        return (0,)
    return range(2, max(asked.most, asked.number or 2) + 1)


def _taken(
    points: Sequence[choosing.Point], asked: Clusters, size: int, confirm: Callable[[choosing.Point], choosing.Point]
) -> choosing.Point:
    """The number asked for where its groups are sound, else the best one."""
    if asked.number is None or asked.method == "hdbscan":
        return choosing.best(points, size, confirm)
    return choosing.best([each for each in points if each.number == asked.number], size, confirm, is_asked=True)


def _by_size(labels: Whole) -> Whole:
    """Clusters from the largest to the smallest, so that letters do not hang on the seed."""
    found, counts = np.unique(labels[labels >= 0], return_counts=True)
    order = found[np.argsort(-counts, kind="stable")]
    place = np.full(int(labels.max(initial=0)) + 1, fitting.NOWHERE)
    place[order] = np.arange(len(order))
    return np.where(labels >= 0, place[labels], fitting.NOWHERE)


def _table(asked: Clusters, keys: pa.ChunkedArray, labels: Whole) -> pa.Table:
    letters = np.array(list(string.ascii_uppercase))
    inside = labels >= 0
    return pa.table(
        {
            PERSON: keys.filter(pa.array(inside)).cast(pa.int32()),
            asked.trait: pa.array(letters[labels[inside]], pa.string()),
        }
    )


def _figures(asked: Clusters, prepared: Prepared, grouped: Grouped, found: rules.Rules) -> ClustersFigures:
    groups = range(int(grouped.labels.max()) + 1)
    marks = naming.marks_of(prepared, grouped.labels, groups)
    names = naming.names_of(marks, len(groups))
    counts = np.bincount(grouped.labels[grouped.labels >= 0], minlength=len(groups))
    by_group = {each.group: each for each in found.rules}
    size = len(grouped.labels)
    return ClustersFigures(
        trait=asked.trait,
        method=asked.method,
        number=len(groups),
        is_asked=asked.number is not None and asked.method != "hdbscan",
        persons=size,
        nowhere=int(np.count_nonzero(grouped.labels < 0)),
        sample=grouped.sample,
        tried=tuple(_tried(each, grouped.sample) for each in grouped.points),
        used=tuple(_used(each) for each in prepared.used),
        left_out=tuple(_left_out(each) for each in prepared.left_out),
        profile=tuple(_row(each) for each in marks),
        clusters=tuple(_cluster(each, names[each], int(counts[each]), size, by_group[each]) for each in groups),
        fidelity=found.fidelity,
        unseen=found.unseen,
        leaves=found.leaves,
    )


def _tried(point: choosing.Point, size: int) -> Tried:
    why = point.why_not(size)
    refused = Label(**{language: why.to(language) for language in LANGUAGES}) if why else None
    return Tried(
        number=point.number, stability=point.stability, low=point.low, high=point.high,
        silhouette=point.silhouette, chance=point.chance, refused=refused,
    )  # fmt: skip


def _used(used: preparing.Used) -> UsedTrait:
    trait = used.column.trait
    return UsedTrait(
        trait=trait.name, label=trait.label, form=used.column.form.value, is_logarithm=used.is_logarithm,
        missing=used.missing,
    )  # fmt: skip


def _left_out(left: LeftOut) -> LeftOutTrait:
    return LeftOutTrait(trait=left.trait.name, label=left.trait.label, why=left.reason)


def _row(mark: naming.Mark) -> Row:
    return Row(
        trait=mark.column.trait.name, label=mark.label, form=mark.column.form.value, is_share=mark.is_share,
        typical=tuple(_or_none(each) for each in mark.typical), overall=_or_none(mark.overall), apart=mark.apart,
    )  # fmt: skip


def _cluster(place: int, name: Label, persons: int, size: int, rule: rules.Rule) -> ClusterFigures:
    where = dict(rule.where) if rule.where is not None else None
    return ClusterFigures(
        id=string.ascii_uppercase[place], name=name, persons=persons, share=persons / size, where=where,
        precision=rule.precision, recall=rule.recall,
    )  # fmt: skip


def _or_none(value: Numbers | float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _findings(figures: ClustersFigures) -> tuple[Said, ...]:
    """What a reader must know: the number and its support, who is in none, what was left out, how good rules are."""
    taken = next(each for each in figures.tried if each.number == figures.number or len(figures.tried) == 1)
    said = [_FOUND.with_(n=figures.number, stability=taken.stability, silhouette=taken.silhouette, chance=taken.chance)]
    if taken.stability < choosing.STABLE:
        said.append(_UNSTABLE.with_())
    if figures.nowhere:
        said.append(_NOWHERE.with_(n=figures.nowhere, of=figures.persons))
    said += [_LEFT_OUT.with_(trait=each.label.text, why=each.why.text) for each in figures.left_out]
    imputed = [each.label.text for each in figures.used if each.missing > 0]
    if imputed:
        said.append(_IMPUTED.with_(traits=imputed))
    share = round(100 * figures.fidelity)
    said.append((_FAITHFUL if figures.fidelity >= FAITHFUL else _ROUGH).with_(share=share, n=figures.unseen))
    return tuple(said)


_TRAIT_OF_KIND = Text(en="Cluster", fr="Groupe")
_TRAIT = Text(en="Cluster ({name})", fr="Groupe ({name})")
_FEW_PERSONS = Plural(
    one=Text(
        en="of {n} person any of these traits is known; groups need at least {least}",
        fr="on ne connaît l'un de ces traits que pour {n} personne ; il en faut au moins {least} pour des groupes",
    ),
    other=Text(
        en="of {n} persons any of these traits is known; groups need at least {least}",
        fr="on ne connaît l'un de ces traits que pour {n} personnes ; il en faut au moins {least} pour des groupes",
    ),
)
_COLLECT = Text(
    en="collect more persons, or name traits that more of them have",
    fr="collectez plus de personnes, ou nommez des traits que davantage d'entre elles ont",
)
_FEW_TRAITS = Plural(
    one=Text(
        en="{n} trait is left to be alike in, and two are needed ({reasons})",
        fr="il reste {n} trait pour se ressembler, il en faut deux ({reasons})",
    ),
    other=Text(
        en="{n} traits are left to be alike in, and two are needed ({reasons})",
        fr="il reste {n} traits pour se ressembler, il en faut deux ({reasons})",
    ),
)
_REASON = Text(en="{trait}: {why}", fr="{trait} : {why}")
_NAME_OTHERS = Text(
    en="name other traits, which vary and are known of most persons",
    fr="nommez d'autres traits, qui varient et sont connus pour la plupart des personnes",
)
_FOUND = Text(
    en="{n} clusters: another sample gives the same to {stability} of 1, and they lie apart by {silhouette}, "
    "where shuffled data gives {chance}",
    fr="{n} groupes : un autre échantillon donne les mêmes à {stability} sur 1, et leur écart est de {silhouette}, "
    "contre {chance} dans des données mélangées",
)
_UNSTABLE = Text(
    en="this number was asked for, and another sample gives other clusters: take them as a way to divide, not as found",
    fr="ce nombre a été demandé, et un autre échantillon donne d'autres groupes : un découpage possible, pas une "
    "découverte",
)
_NOWHERE = Text(
    en="in no cluster: {n} of {of} persons, who lie between them",
    fr="dans aucun groupe : {n} personnes sur {of}, qui se trouvent entre eux",
)
_LEFT_OUT = Text(en="left out: {trait}, {why}", fr="laissé de côté : {trait}, {why}")
_IMPUTED = Text(
    en="missing values took the median, and count as missing beside it: {traits}",
    fr="les valeurs absentes ont pris la médiane, et comptent à part comme absentes : {traits}",
)
_FAITHFUL = Text(
    en="the conditions give {share}% of persons their own cluster, on {n} that they had not seen",
    fr="les conditions donnent leur propre groupe à {share} % des personnes, sur {n} qu'elles n'avaient pas vues",
)
_ROUGH = Text(
    en="the conditions are rough: they give only {share}% of persons their own cluster, on {n} that they had not seen; "
    "a segment by the trait itself is exact",
    fr="les conditions sont grossières : elles ne donnent leur propre groupe qu'à {share} % des personnes, sur {n} "
    "qu'elles n'avaient pas vues ; un segment par le trait lui-même est exact",
)
KIND: Final = Kind(
    name="clusters",
    label=Text(en="Clusters", fr="Groupes"),
    sentence=Text(
        en="Which persons are alike in several traits at once, and by which conditions to tell them apart.",
        fr="Quelles personnes se ressemblent par plusieurs traits à la fois, et quelles conditions les distinguent.",
    ),
    document=Clusters,
    figures=ClustersFigures,
    compute=compute,
    tables=tables,
    segments={"condition": selecting.all_by_rule, "run": selecting.all_by_trait},
)
