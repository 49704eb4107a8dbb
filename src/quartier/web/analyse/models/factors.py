"""The page of factors: how reliable each is, and how strongly each item goes with it."""

from typing import Final

from quartier.analyse.psychographic.factors import LOADS
from quartier.analyse.psychographic.factors_model import RELIABLE, FactorFigures, FactorsFigures
from quartier.catalog import Label
from quartier.language import Language, Plural, Text, decimal, with_sign
from quartier.web.analyse.models.found import COMMON, TEMPLATE, FoundPage, FoundView, RowView, segment_of, tone
from quartier.web.analyse.models.parallel import parallel
from quartier.web.analyse.models.views import Looking, View


def build(figures: FactorsFigures, at: Looking) -> FoundPage:
    """Factors with their reliability, and the loading of each item on each."""
    language = at.visitor.language
    found = tuple(_factor(each, place, at) for place, each in enumerate(figures.factors, 1))
    rows = tuple(
        RowView(each.label.to(language), tuple(_loading(one, language) for one in each.loadings))
        for each in figures.items
    )
    return FoundPage(found, rows, parallel(figures, language))


def _factor(each: FactorFigures, place: int, at: Looking) -> FoundView:
    language, name = at.visitor.language, f"{at.run.model}-{place}"
    is_reliable = each.alpha >= RELIABLE
    return FoundView(
        str(place), each.label.to(language), None, None,
        (
            str(each.items), decimal(each.alpha, language, padded=True), decimal(each.omega, language, padded=True),
            (_GOOD if is_reliable else _POOR).to(language),
        ),
        segment_of(
            at.visitor, f"{name}-high", _part(_HIGHEST, each.label), {"trait": each.trait, "top": "20 %"}, _KEEP_HIGH
        )
        + segment_of(
            at.visitor, f"{name}-low", _part(_LOWEST, each.label), {"trait": each.trait, "bottom": "20 %"}, _KEEP_LOW
        ),
    )  # fmt: skip


def _part(which: Text, factor: Label) -> Label:
    said = which.with_(factor=factor.text)
    return Label(fr=said.to("fr"), en=said.to("en"))


def _loading(value: float, language: Language) -> tuple[str, str]:
    rounded = round(value, 2) or 0.0
    return with_sign(decimal(rounded, language, padded=True), rounded), tone(value, LOADS, 2 * LOADS)


_GOOD, _POOR = Text(en="reliable", fr="fiable"), Text(en="rough", fr="approximatif")
_HIGHEST = Text(en="Highest fifth: {factor}", fr="Cinquième le plus haut : {factor}")
_LOWEST = Text(en="Lowest fifth: {factor}", fr="Cinquième le plus bas : {factor}")
_KEEP_HIGH = Text(en="Segment of the highest fifth", fr="Segment du cinquième le plus haut")
_KEEP_LOW = Text(en="of the lowest", fr="du plus bas")
VIEW: Final = View(
    TEMPLATE,
    COMMON | {
        "found_title": Plural(Text(en="{n} factor", fr="{n} facteur"), Text(en="{n} factors", fr="{n} facteurs")),
        "found_note": Text(
            en="Alpha and omega say how well the items of a factor agree: 0.7 and more is reliable.",
            fr="Alpha et oméga disent à quel point les questions d'un facteur s'accordent : fiable à partir de 0,7.",
        ),
        "found": Text(en="Factor", fr="Facteur"),
        "figure_1": Text(en="Items", fr="Questions"),
        "figure_2": Text(en="Alpha", fr="Alpha"),
        "figure_3": Text(en="Omega", fr="Oméga"),
        "figure_4": Text(en="Reliability", fr="Fiabilité"),
        "rows_title": Text(
            en="How strongly each item goes with each factor", fr="Le lien de chaque question avec chaque facteur"
        ),
        "rows_note": Text(
            en="Loadings from −1 to 1; shaded from 0.3 on, strongly from 0.6. Items with a minus speak against it.",
            fr="Saturations de −1 à 1 ; teinté à partir de 0,3, fortement à partir de 0,6. Un moins : la question va à "
            "l'inverse.",
        ),
        "row": Text(en="Item", fr="Question"),
    },
    build,
)  # fmt: skip
