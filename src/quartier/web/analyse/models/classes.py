"""The page of classes of answers: how sure their persons are in them, and what each answers."""

from typing import Final

from quartier.analyse.clusters.naming import MUCH, TOLD
from quartier.analyse.psychographic import selecting
from quartier.analyse.psychographic.class_figures import ClassesFigures
from quartier.language import Plural, Text, percent
from quartier.web.analyse.models.class_numbers import numbers
from quartier.web.analyse.models.found import COMMON, TEMPLATE, FoundPage, FoundView, RowView, link_to, tone
from quartier.web.analyse.models.views import Looking, View


def build(figures: ClassesFigures, at: Looking) -> FoundPage:
    """Classes with how sure their persons are in them, and the share of each answer in each."""
    language = at.visitor.language
    found = tuple(
        FoundView(
            each.id, each.name.to(language), each.persons, each.share, (percent(each.certainty, language, 0),),
            link_to(at.visitor, document),
        )
        for each, document in zip(figures.classes, selecting.of_classes(figures, at.run.model), strict=True)
    )  # fmt: skip
    rows = tuple(
        RowView(
            each.label.to(language),
            tuple(
                (percent(share, language, 0), tone(apart, TOLD, MUCH))
                for share, apart in zip(each.shares, each.apart, strict=True)
            ),
            percent(each.overall, language, 0),
        )
        for each in figures.answers
    )
    return FoundPage(found, rows, numbers(figures, language))


VIEW: Final = View(
    TEMPLATE,
    COMMON | {
        "found_title": Plural(
            Text(en="{n} class", fr="{n} classe"),
            Text(en="{n} classes, the largest first", fr="{n} classes, la plus grande d'abord"),
        ),
        "found_note": Text(
            en="Certainty is the mean probability with which the persons of a class belong to it.",
            fr="La certitude est la probabilité moyenne avec laquelle les personnes d'une classe en font partie.",
        ),
        "found": Text(en="Class", fr="Classe"),
        "figure_1": Text(en="Certainty", fr="Certitude"),
        "rows_title": Text(en="How each class answers", fr="Ce que répond chaque classe"),
        "rows_note": Text(
            en="Share of each answer among those who answered; shaded where a class differs from everybody.",
            fr="Part de chaque réponse parmi ceux qui ont répondu ; teinté là où une classe diffère de tout le monde.",
        ),
        "row": Text(en="Answer", fr="Réponse"),
    },
    build,
)  # fmt: skip
