"""The page of factors: how reliable each is, and how strongly each item goes with it."""

from typing import Final

from quartier.analyse.psychographic.factors import LOADS
from quartier.analyse.psychographic.factors_model import RELIABLE, FactorsFigures
from quartier.catalog import Label
from quartier.language import Language, Plural, Text, decimal, with_sign
from quartier.web.analyse.models.found import COMMON, TEMPLATE, FoundPage, FoundView, RowView, segment_of, tone
from quartier.web.analyse.models.views import Looking, View


def build(figures: FactorsFigures, at: Looking) -> FoundPage:
    """Factors with their reliability, and the loading of each item on each."""
    language = at.visitor.language
    found = tuple(
        FoundView(
            str(place + 1), each.label.to(language), figures.persons, 1.0,
            (
                decimal(each.alpha, language), decimal(each.omega, language),
                (_GOOD if each.alpha >= RELIABLE else _POOR).to(language),
            ),
            segment_of(
                at.visitor, f"{at.run.model}-{place + 1}-high", _high(each.label), {"trait": each.trait, "top": "20 %"}
            ),
        )
        for place, each in enumerate(figures.factors)
    )  # fmt: skip
    rows = tuple(
        RowView(each.label.to(language), tuple(_loading(one, language) for one in each.loadings))
        for each in figures.items
    )
    return FoundPage(found, rows)


def _high(label: Label) -> Label:
    said = _HIGHEST.with_(factor=label.text)
    return Label(fr=said.to("fr"), en=said.to("en"))


def _loading(value: float, language: Language) -> tuple[str, str]:
    rounded = round(value, 2) or 0.0
    return with_sign(decimal(rounded, language), rounded), tone(value, LOADS, 2 * LOADS)


_GOOD, _POOR = Text(en="reliable", fr="fiable"), Text(en="rough", fr="approximatif")
_HIGHEST = Text(en="Highest fifth: {factor}", fr="Cinquième le plus haut : {factor}")
VIEW: Final = View(
    TEMPLATE,
    COMMON | {
        "found_title": Plural(Text(en="{n} factor", fr="{n} facteur"), Text(en="{n} factors", fr="{n} facteurs")),
        "found_note": Text(
            en="Alpha and omega say how well the items of a factor agree: 0.7 and more is reliable.",
            fr="Alpha et oméga disent à quel point les questions d'un facteur s'accordent : fiable à partir de 0,7.",
        ),
        "found": Text(en="Factor", fr="Facteur"),
        "figure_1": Text(en="Alpha", fr="Alpha"),
        "figure_2": Text(en="Omega", fr="Oméga"),
        "figure_3": Text(en="Reliability", fr="Fiabilité"),
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
