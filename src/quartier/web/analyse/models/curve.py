"""Why there are so many clusters: how surely each number is found again, and how far apart its groups lie."""

from typing import Any

from quartier.analyse.clusters.figures import ClustersFigures, Tried
from quartier.language import Language, Text, decimal
from quartier.look.colours import REST
from quartier.look.drawing import Chart, built
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Column, Drawing, Table
from quartier.web.analyse.models.panels import line, over_numbers, panel, side_of, together, whiskers
from quartier.web.kept import DRAWINGS


def curve(figures: ClustersFigures, language: Language) -> Drawing:
    """Two panels over the numbers that were tried; the one taken is filled and named."""
    asked = ("cluster curve", figures.tried, figures.number, figures.is_asked, language)
    return DRAWINGS.get(asked, lambda: _figure(figures, language).placed())


def _figure(figures: ClustersFigures, language: Language) -> ChartFigure:
    said = _ASKED if figures.is_asked else _FOUND
    return ChartFigure(
        key="curve",
        title=said.to(language, n=figures.number),
        description=_DESCRIPTION.to(language, n=len(figures.tried)),
        chart=lambda width: _chart(figures, language, width),
        language=language,
        table=_table(figures.tried, language),
        note=_NOTE.to(language),
    )


def _chart(figures: ClustersFigures, language: Language, width: int) -> Chart:
    rows = [
        each.model_dump(exclude={"refused"}) | {"is_taken": each.number == figures.number} for each in figures.tried
    ]
    ends = [
        {"number": figures.tried[-1].number, "at": figures.tried[-1].silhouette, "says": _APART.to(language)},
        {"number": figures.tried[-1].number, "at": figures.tried[-1].chance, "says": _CHANCE.to(language)},
    ]
    heads = (_AGAIN.to(language), _SILHOUETTE.to(language), _CLUSTERS.to(language))
    return built(lambda alt: _panels(alt, heads, width), rows=rows, ends=ends)


def _panels(alt: Any, heads: tuple[str, str, str], width: int) -> Any:
    base, side = over_numbers(alt, heads[2]), side_of(width)
    again = panel(alt, side, heads[0], whiskers(base, alt), *line(base, alt, "stability"))
    ends = alt.Chart(alt.Data(name="ends")).mark_text(align="right", dy=-10).encode(
        x="number:O", y="at:Q", text="says:N"
    )  # fmt: skip
    apart = panel(
        alt, side, heads[1],
        base.mark_line(color=REST.light, strokeDash=[5, 4]).encode(y=alt.Y("chance:Q", title=None)),
        *line(base, alt, "silhouette"), ends,
    )  # fmt: skip
    return together(alt, (again, apart), width)


def _table(tried: tuple[Tried, ...], language: Language) -> Table:
    rows = tuple(
        (
            str(each.number), decimal(each.stability, language),
            f"{decimal(each.low, language)}–{decimal(each.high, language)}",
            decimal(each.silhouette, language), decimal(each.chance, language),
            each.refused.to(language) if each.refused else "",
        )
        for each in tried
    )  # fmt: skip
    columns = tuple(Column(head.to(language), 0 < place < 5) for place, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language), columns, rows)


_FOUND = Text(
    en="{n} clusters: of those found again and lying apart, the best",
    fr="{n} groupes : le meilleur nombre parmi ceux que l'on retrouve et qui s'écartent",
)
_ASKED = Text(en="{n} clusters, as was asked", fr="{n} groupes, comme demandé")
_NOTE = Text(
    en="Found again: agreement between the clusters of two resamples, 1 being the same; the bars are the least and the "
    "greatest of five pairs. Apart: mean silhouette, against that of the same columns shuffled.",
    fr="Retrouvés : accord entre les groupes de deux rééchantillons, 1 pour les mêmes ; les barres vont du plus faible "
    "au plus fort de cinq paires. Écartés : silhouette moyenne, contre celle des mêmes colonnes mélangées.",
)
_DESCRIPTION = Text(
    en="Two lines over {n} numbers of clusters; figures in the table below.",
    fr="Deux courbes sur {n} nombres de groupes ; chiffres dans le tableau ci-dessous.",
)
_AGAIN = Text(en="Found again (1: the same)", fr="Retrouvés (1 : les mêmes)")
_SILHOUETTE = Text(en="Apart (silhouette)", fr="Écartés (silhouette)")
_CLUSTERS = Text(en="clusters", fr="groupes")
_APART, _CHANCE = Text(en="the data", fr="les données"), Text(en="shuffled", fr="mélangées")
_CAPTION = Text(en="Numbers of clusters that were tried", fr="Nombres de groupes essayés")
_HEADS = (
    Text(en="clusters", fr="groupes"),
    Text(en="found again", fr="retrouvés"),
    Text(en="from–to", fr="de–à"),
    Text(en="apart", fr="écartés"),
    Text(en="shuffled", fr="mélangées"),
    Text(en="refused", fr="refusé"),
)
