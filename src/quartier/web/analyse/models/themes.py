"""The page of themes: their words, and what persons wrote for who may see persons."""

from typing import Final

from quartier.analyse.psychographic import selecting
from quartier.analyse.psychographic.run import answers
from quartier.analyse.psychographic.themes_model import ThemesFigures
from quartier.govern.roles import May
from quartier.language import Plural, Text
from quartier.web.analyse.models.found import COMMON, TEMPLATE, FoundPage, FoundView, link_to
from quartier.web.analyse.models.theme_sizes import sizes
from quartier.web.analyse.models.views import Looking, View


def build(figures: ThemesFigures, at: Looking) -> FoundPage:
    """Themes by their words; what persons wrote is read now, and only for who may see persons."""
    may_read = at.visitor.may(May.SEE_PERSONS) and not _is_masked(figures.answer, at)
    near = [key for each in figures.themes for key in each.nearest]
    texts = answers(at.workspace.engine, at.workspace.catalog, figures.answer, near) if may_read else {}
    found = tuple(
        FoundView(
            each.id, ", ".join(each.words), each.persons, each.share, (), link_to(at.visitor, document),
            tuple(texts[key] for key in each.nearest if key in texts),
        )
        for each, document in zip(figures.themes, selecting.of_themes(figures, at.run.model), strict=True)
    )  # fmt: skip
    return FoundPage(found, drawing=sizes(figures, at.visitor.language), may_read=may_read)


def _is_masked(name: str, at: Looking) -> bool:
    trait = at.workspace.catalog.trait(name)
    return trait is None or trait.sensitivity.is_masked


VIEW: Final = View(
    TEMPLATE,
    COMMON | {
        "found_title": Plural(
            Text(en="{n} theme", fr="{n} thème"),
            Text(en="{n} themes, the largest first", fr="{n} thèmes, le plus grand d'abord"),
        ),
        "found_note": Text(
            en="The words that set each theme apart; each was written by at least five persons.",
            fr="Les mots qui distinguent chaque thème ; chacun a été écrit par au moins cinq personnes.",
        ),
        "found": Text(en="Theme", fr="Thème"),
    },
    build,
)  # fmt: skip
