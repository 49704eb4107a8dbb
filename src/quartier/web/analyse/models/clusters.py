"""The page of clusters: what each is and its rule, how they differ, and why there are so many."""

from dataclasses import dataclass
from typing import Any, Final

from quartier.analyse.clusters import selecting
from quartier.analyse.clusters.figures import ClusterFigures, ClustersFigures, Row, UsedTrait
from quartier.errors import UserError
from quartier.language import Language, Plural, Text, decimal, percent, with_sign
from quartier.report.page import Drawing
from quartier.segment.definition import read_segment
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.models.curve import curve
from quartier.web.analyse.models.views import Looking, View
from quartier.web.visitor import Visitor

_STEPS: Final = (0.3, 1.0)
"""From here on a difference is shown, and shown strongly (see `naming`)."""


@dataclass(frozen=True)
class ClusterView:
    """One cluster; the addresses are empty for who may not edit segments."""

    id: str
    name: str
    persons: int
    share: float
    sentence: str
    precision: float | None
    recall: float | None
    rule_url: str
    trait_url: str


@dataclass(frozen=True)
class CellView:
    """What is typical of one cluster; `tone` is much-less, less, same, more or much-more than everybody."""

    typical: str
    apart: str
    tone: str


@dataclass(frozen=True)
class RowView:
    """One trait, or one word of it, over the clusters."""

    label: str
    cells: tuple[CellView, ...]
    overall: str


@dataclass(frozen=True)
class ClustersPage:
    """All of it."""

    clusters: tuple[ClusterView, ...]
    rows: tuple[RowView, ...]
    curve: Drawing | None
    fidelity: float
    unseen: int
    nowhere: int
    persons: int
    used: tuple[tuple[str, str], ...]
    left_out: tuple[tuple[str, str], ...]


def build(figures: ClustersFigures, at: Looking) -> ClustersPage:
    """The page from what a run found."""
    visitor = at.visitor
    language: Language = visitor.language
    return ClustersPage(
        tuple(_cluster(each, figures, at) for each in figures.clusters),
        tuple(_row(each, language) for each in figures.profile),
        curve(figures, language) if len(figures.tried) > 1 else None,
        figures.fidelity, figures.unseen, figures.nowhere, figures.persons,
        tuple((each.label.to(language), _how(each, language)) for each in figures.used),
        tuple((each.label.to(language), each.why.to(language)) for each in figures.left_out),
    )  # fmt: skip


def _cluster(each: ClusterFigures, figures: ClustersFigures, at: Looking) -> ClusterView:
    model = at.run.model
    by_rule = selecting.by_rule(model, each)
    return ClusterView(
        each.id, each.name.to(at.visitor.language), each.persons, each.share, _sentence(by_rule, at),
        each.precision, each.recall, _url(at.visitor, by_rule),
        _url(at.visitor, selecting.by_trait(model, figures.trait, each)),
    )  # fmt: skip


def _url(visitor: Visitor, document: dict[str, Any] | None) -> str:
    return editor_for(visitor, document) if document else ""


def _sentence(document: dict[str, Any] | None, at: Looking) -> str:
    """The rule in words; empty where there is none, or a trait that it names has gone."""
    if document is None:
        return ""
    try:
        return at.workspace.sentence(read_segment(document), at.visitor.language)
    except UserError:
        return ""


def _row(row: Row, language: Language) -> RowView:
    cells = tuple(
        CellView(_typical(value, row, language), _signed(apart, language), _tone(apart))
        for value, apart in zip(row.typical, row.apart, strict=True)
    )
    return RowView(row.label.to(language), cells, _typical(row.overall, row, language))


def _typical(value: float | None, row: Row, language: Language) -> str:
    if value is None:
        return "–"
    if row.is_share:
        return percent(value, language, 0)
    return decimal(value, language, 0 if abs(value) >= 100 else 1)


def _signed(apart: float, language: Language) -> str:
    rounded = round(apart, 1) or 0.0  # no minus before nothing
    return with_sign(decimal(rounded, language, 1), rounded)


def _tone(apart: float) -> str:
    told, strongly = _STEPS
    if abs(apart) < told:
        return "same"
    much = "much-" if abs(apart) >= strongly else ""
    return f"{much}{'more' if apart > 0 else 'less'}"


def _how(used: UsedTrait, language: Language) -> str:
    said = (_LOGARITHM if used.is_logarithm else _FORMS[used.form]).to(language)
    return f"{said}, {_MISSING.to(language, share=percent(used.missing, language, 0))}" if used.missing else said


_FORMS = {
    "number": Text(en="number", fr="nombre"),
    "flag": Text(en="yes or no", fr="oui ou non"),
    "category": Text(en="category", fr="catégorie"),
    "days": Text(en="days since", fr="jours depuis"),
    "years": Text(en="age in years", fr="âge en années"),
}
_LOGARITHM = Text(en="logarithm of the number, which is skewed", fr="logarithme du nombre, qui est asymétrique")
_MISSING = Text(en="{share} missing", fr="{share} de valeurs absentes")

WORDS: Final[dict[str, Text | Plural]] = {
    "clusters_title": Plural(
        Text(en="{n} cluster", fr="{n} groupe"),
        Text(en="{n} clusters, the largest first", fr="{n} groupes, le plus grand d'abord"),
    ),
    "clusters_note": Text(
        en="Each cluster is offered as conditions that go on with the data, and as it was at this run.",
        fr="Chaque groupe est proposé par des conditions qui suivent les données, et tel qu'il était à ce calcul.",
    ),
    "cluster": Text(en="Cluster", fr="Groupe"),
    "persons": Text(en="Persons", fr="Personnes"),
    "share": Text(en="Share", fr="Part"),
    "rule": Text(en="Condition", fr="Condition"),
    "right": Text(en="Rightly taken", fr="Pris à raison"),
    "reached": Text(en="Reached", fr="Atteints"),
    "no_rule": Text(en="no short condition finds this cluster", fr="aucune condition courte ne trouve ce groupe"),
    "keep_rule": Text(en="Segment by the condition", fr="Segment par la condition"),
    "keep_trait": Text(en="Segment of this run", fr="Segment de ce calcul"),
    "fidelity": Text(
        en="The conditions give {share} of persons their own cluster, measured on {n} persons that they had not seen.",
        fr="Les conditions donnent leur propre groupe à {share} des personnes, mesuré sur {n} personnes qu'elles "
        "n'avaient pas vues.",
    ),
    "profile": Text(en="What is typical of each cluster", fr="Ce qui est typique de chaque groupe"),
    "profile_note": Text(
        en="Medians, and shares for yes, no and words. Below each, how far the cluster's mean lies from everybody's, "
        "in standard deviations; shaded from 0.3 on, strongly from 1.",
        fr="Médianes, et parts pour oui, non et les mots. Au-dessous, la distance entre la moyenne du groupe et celle "
        "de tout le monde, en écarts-types ; teinté à partir de 0,3, fortement à partir de 1.",
    ),
    "trait": Text(en="Trait", fr="Trait"),
    "everybody": Text(en="Everybody", fr="Tout le monde"),
    "prepared": Text(en="How the traits were prepared", fr="Comment les traits ont été préparés"),
    "left_out": Text(en="Left out", fr="Laissés de côté"),
}
VIEW: Final = View("analyse/models/clusters.html", WORDS, build)
