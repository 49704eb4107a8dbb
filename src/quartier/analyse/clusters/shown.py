"""The figures of clusters as tables."""

from quartier.analyse.clusters.figures import ClustersFigures
from quartier.analyse.modelling.shown import Cell, Share, Shown
from quartier.language import Text


def tables(figures: ClustersFigures, scored: int) -> tuple[Shown, ...]:
    """The clusters with their rules' quality, how they differ, and the numbers that were tried."""
    return (_clusters(figures, scored), _profile(figures), _tried(figures))


def _clusters(figures: ClustersFigures, scored: int) -> Shown:
    rows: list[tuple[Cell, ...]] = [
        (each.id, each.name.text, each.persons, Share(each.share), _share(each.precision), _share(each.recall))
        for each in figures.clusters
    ]
    return Shown(_TITLE.with_(n=figures.number, persons=scored), _HEADS, tuple(rows))


def _profile(figures: ClustersFigures) -> Shown:
    heads = (_TRAIT, *(Text(en=each.id, fr=each.id) for each in figures.clusters), _ALL)
    rows: list[tuple[Cell, ...]] = []
    for each in figures.profile:
        cells: list[Cell] = [_share(one) if each.is_share else one for one in (*each.typical, each.overall)]
        rows.append((each.label.text, *cells))
    return Shown(_PROFILE, heads, tuple(rows))


def _tried(figures: ClustersFigures) -> Shown:
    rows: list[tuple[Cell, ...]] = [
        (each.number, each.stability, each.silhouette, each.chance, each.refused.text if each.refused else "")
        for each in figures.tried
    ]
    return Shown(_NUMBERS, _NUMBER_HEADS, tuple(rows))


def _share(value: float | None) -> Cell:
    return None if value is None else Share(value)


_TITLE = Text(en="{n} clusters of {persons} persons", fr="{n} groupes de {persons} personnes")
_HEADS = (
    Text(en="Cluster", fr="Groupe"),
    Text(en="What sets it apart", fr="Ce qui le distingue"),
    Text(en="Persons", fr="Personnes"),
    Text(en="Share", fr="Part"),
    Text(en="Condition: rightly taken", fr="Condition : pris à raison"),
    Text(en="Condition: reached", fr="Condition : atteints"),
)
_TRAIT = Text(en="Trait", fr="Trait")
_ALL = Text(en="Everybody", fr="Tout le monde")
_PROFILE = Text(
    en="What is typical of each cluster: medians and shares", fr="Typique de chaque groupe : médianes, parts"
)
_NUMBERS = Text(en="How many clusters", fr="Combien de groupes")
_NUMBER_HEADS = (
    Text(en="Clusters", fr="Groupes"),
    Text(en="Found again", fr="Retrouvés"),
    Text(en="Apart", fr="Écartés"),
    Text(en="By chance", fr="Par hasard"),
    Text(en="Refused", fr="Refusé"),
)
