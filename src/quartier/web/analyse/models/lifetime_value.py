"""How lifetime value is shown: is the forecast any good, where does the value lie, who is still a customer."""

from dataclasses import dataclass

from quartier.analyse.lifetime import selecting
from quartier.analyse.lifetime.figures import Cell, LifetimeFigures
from quartier.analyse.lifetime.laws import NAMES
from quartier.analyse.lifetime.standing import SILENT
from quartier.analyse.lifetime.tables import span
from quartier.language import Language, Plural, Text, whole
from quartier.report.page import Drawing
from quartier.report.shades import by_part
from quartier.report.written import money
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.models import lifetime_figures
from quartier.web.analyse.models.views import Looking, View


@dataclass(frozen=True)
class TenthView:
    """One tenth with where it leads; `low` and `value` are amounts, or purchases where no value was forecast."""

    tenth: int
    persons: int
    low: float
    value: float
    share: float
    purchases: int
    alive: float
    url: str


@dataclass(frozen=True)
class CellView:
    """One cell: how many persons, how likely they are still customers, how deep its ground is, where it leads."""

    persons: int
    alive: float | None
    shade: int
    url: str


@dataclass(frozen=True)
class RowView:
    """Customers with about as many repeat purchases, the most recent first."""

    repeats: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class LifetimePage:
    """What the template shows. Drawings are None where there is nothing to draw."""

    glance: tuple[tuple[str, str, str], ...]
    has_value: bool
    customers: int
    is_sure_of_once: bool
    """whether the law takes everyone who bought once for still there"""
    gone: int
    gone_url: str
    groups: Drawing | None
    tracking: Drawing | None
    tenths_drawing: Drawing | None
    tenths: tuple[TenthView, ...]
    columns: tuple[str, ...]
    rows: tuple[RowView, ...]


def build(figures: LifetimeFigures, looking: Looking) -> LifetimePage:
    """The page of a run."""
    language, check = looking.visitor.language, figures.check
    return LifetimePage(
        _glance(figures, looking), figures.value is not None, figures.customers,
        figures.law.method == NAMES["bg-nbd"], figures.gone,
        editor_for(looking.visitor, selecting.of_gone(figures)) if figures.gone else "",
        lifetime_figures.groups(check, language) if check and check.groups else None,
        lifetime_figures.tracking(check, language) if check else None,
        lifetime_figures.tenths(figures, language), _tenths(figures, looking),
        tuple(_written(each, language) for each in SILENT), _rows(figures, looking),
    )  # fmt: skip


def _glance(figures: LifetimeFigures, looking: Looking) -> tuple[tuple[str, str, str], ...]:
    """Label, figure, of how many."""
    language, weeks = looking.visitor.language, round(figures.weeks)
    found = (
        []
        if figures.value is None
        else [(_VALUE.to(language, weeks=weeks), money(figures.value, looking.workspace.config.currency, language), "")]
    )
    found.append((_PURCHASES.to(language, weeks=weeks), whole(round(figures.purchases), language), ""))
    found.append((_THERE.to(language), whole(round(figures.alive), language), _OF.to(language, n=figures.customers)))
    return tuple(found)


def _tenths(figures: LifetimeFigures, looking: Looking) -> tuple[TenthView, ...]:
    total = sum(each.value for each in figures.tenths) or 1.0
    return tuple(
        TenthView(
            each.tenth, each.persons, each.low, each.value, each.value / total, round(each.purchases), each.alive,
            editor_for(looking.visitor, selecting.of_tenth(figures, each)),
        )
        for each in figures.tenths
    )  # fmt: skip


def _rows(figures: LifetimeFigures, looking: Looking) -> tuple[RowView, ...]:
    rows = list(dict.fromkeys(each.repeats for each in figures.cells))
    return tuple(
        RowView(
            _written(row, looking.visitor.language),
            tuple(_cell(each, figures, looking) for each in figures.cells if each.repeats == row),
        )
        for row in reversed(rows)
    )


def _cell(each: Cell, figures: LifetimeFigures, looking: Looking) -> CellView:
    url = editor_for(looking.visitor, selecting.of_cell(figures, each)) if each.persons else ""
    return CellView(each.persons, each.alive, by_part(each.alive or 0.0, 1.0), url)


def _written(bounds: tuple[int, int | None], language: Language) -> str:
    found = span(bounds)
    return str(found) if isinstance(found, int) else found.to(language)


_VALUE = Text(en="value within {weeks} weeks", fr="valeur d'ici {weeks} semaines")
_PURCHASES = Text(en="purchases within {weeks} weeks", fr="achats d'ici {weeks} semaines")
_THERE = Text(en="customers still there", fr="clients encore là")
_OF = Text(en="of {n} who have bought", fr="sur {n} qui ont acheté")
WORDS: dict[str, Text | Plural] = {
    "to_come": Text(en="What is to come", fr="Ce qui vient"),
    "tenths_head": Text(en="tenth", fr="dixième"),
    "tenth_number": Text(en="tenth {n}", fr="dixième {n}"),
    "tenths_caption": Text(
        en="Tenths of {n} customers, the best first; each opens as a segment.",
        fr="Dixièmes de {n} clients, les meilleurs d'abord ; chacun s'ouvre en segment.",
    ),
    "worth_from": Text(en="worth from", fr="à partir de"),
    "value_head": Text(en="value to come", fr="valeur à venir"),
    "share_of_value": Text(en="share", fr="part"),
    "purchases_head": Text(en="purchases to expect", fr="achats attendus"),
    "alive_head": Text(en="still a customer", fr="encore client"),
    "gone_title": Plural(
        Text(en="{n} of {of} customers is more likely gone than not", fr="{n} client sur {of} est sans doute parti"),
        Text(
            en="{n} of {of} customers are more likely gone than not", fr="{n} clients sur {of} sont sans doute partis"
        ),
    ),
    "gone_link": Text(en="Open them as a segment", fr="Les ouvrir en segment"),
    "cells_note": Text(
        en="Mean probability of still being a customer, and how many customers, by purchases after the first (rows) "
        "and days since the last (columns). A cell opens as a segment.",
        fr="Probabilité moyenne d'être encore client, et nombre de clients, selon les achats après le premier (lignes) "
        "et les jours depuis le dernier (colonnes). Une case s'ouvre en segment.",
    ),
    "once_note": Text(
        en="In BG/NBD nobody leaves before a second purchase, so the lowest row says 100% whatever the silence: it is "
        "no finding.",
        fr="Dans BG/NBD, personne ne part avant un deuxième achat : la ligne du bas dit donc 100 % quel que soit le "
        "silence ; ce n'est pas un constat.",
    ),
    "cells_caption": Text(en="Who is still a customer", fr="Qui est encore client"),
    "repeats_head": Text(en="repeat purchases", fr="réachats"),
    "days_head": Text(en="days since the last", fr="jours depuis le dernier"),
    "check_title": Text(en="Does the forecast hold?", fr="La prévision tient-elle ?"),
    "no_check": Text(
        en="The forecast was not checked: the findings above say why.",
        fr="La prévision n'a pas été vérifiée : les constats ci-dessus disent pourquoi.",
    ),
}
VIEW = View("analyse/models/lifetime_value.html", WORDS, build)
