"""How profit is shown: the account line by line, who carries the business, and who costs more than they bring."""

from dataclasses import dataclass

from quartier.analyse.profit import selecting
from quartier.analyse.profit.figures import ProfitFigures
from quartier.analyse.profit.tables import CLASSES, LINES
from quartier.language import Plural, Text
from quartier.report.page import Drawing
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.models import profit_figures
from quartier.web.analyse.models.views import Looking, View


@dataclass(frozen=True)
class LineView:
    """One line of the account; None for a cost that was not stated."""

    label: str
    amount: float | None
    share: float
    """of revenue"""
    is_cost: bool


@dataclass(frozen=True)
class GroupView:
    """A profit segment or a tenth: its bounds, its persons, what they bring, where they are."""

    label: str
    low: float | None
    high: float | None
    persons: int
    share: float
    profit: float
    share_of_profit: float | None
    url: str


@dataclass(frozen=True)
class ProfitPage:
    """What the template shows."""

    customers: int
    account: tuple[LineView, ...]
    whale: Drawing | None
    losing: int
    lost: float
    losing_url: str
    classes: tuple[GroupView, ...]
    tenths: tuple[GroupView, ...]


def build(figures: ProfitFigures, looking: Looking) -> ProfitPage:
    """The page of a run."""
    visitor = looking.visitor
    losing_url = editor_for(visitor, selecting.of_losing(figures)) if figures.losing else ""
    return ProfitPage(
        figures.customers, _account(figures, looking), profit_figures.whale(figures, visitor.language),
        figures.losing, -figures.lost, losing_url, _classes(figures, looking), _tenths(figures, looking),
    )  # fmt: skip


def _account(figures: ProfitFigures, looking: Looking) -> tuple[LineView, ...]:
    revenue = next((each.amount for each in figures.account if each.line == "revenue"), None) or 1.0
    return tuple(
        LineView(
            LINES[each.line].to(looking.visitor.language), each.amount, (each.amount or 0.0) / revenue,
            each.line not in ("revenue", "profit"),
        )
        for each in figures.account
    )  # fmt: skip


def _classes(figures: ProfitFigures, looking: Looking) -> tuple[GroupView, ...]:
    return tuple(
        GroupView(
            CLASSES[each.id].to(looking.visitor.language), each.low, each.high, each.persons,
            each.persons / (figures.customers or 1), each.profit, _part(each.profit, figures),
            editor_for(looking.visitor, selecting.of_class(figures, each)) if each.persons else "",
        )
        for each in figures.classes
    )  # fmt: skip


def _tenths(figures: ProfitFigures, looking: Looking) -> tuple[GroupView, ...]:
    return tuple(
        GroupView(
            _TENTH.to(looking.visitor.language, n=each.tenth), each.low, each.high, each.persons,
            each.persons / (figures.customers or 1), each.profit, _part(each.profit, figures),
            editor_for(looking.visitor, selecting.of_tenth(figures, each)),
        )
        for each in figures.tenths
    )  # fmt: skip


def _part(profit: float, figures: ProfitFigures) -> float | None:
    # Rounded as it is shown, so that hardly anything is no "-0 %".
    return round(profit / figures.profit, 3) or 0.0 if figures.profit > 0 else None


_TENTH = Text(en="tenth {n}", fr="dixième {n}")
WORDS: dict[str, Text | Plural] = {
    "account_title": Text(en="The account of all customers", fr="Le compte de tous les clients"),
    "line": Text(en="line", fr="ligne"),
    "amount": Text(en="amount", fr="montant"),
    "of_revenue": Text(en="of revenue", fr="du chiffre d'affaires"),
    "not_stated": Text(en="not stated", fr="non indiqué"),
    "losing_said": Plural(
        Text(
            en="{n} customer costs more than they bring, by {lost}.",
            fr="{n} client coûte plus qu'il ne rapporte, de {lost}.",
        ),
        Text(
            en="{n} customers cost more than they bring, by {lost} together.",
            fr="{n} clients coûtent plus qu'ils ne rapportent, de {lost} en tout.",
        ),
    ),
    "open_them": Text(en="Open them as a segment", fr="Les ouvrir en segment"),
    "no_whale": Text(
        en="All customers together bring no profit: there is no share to draw.",
        fr="Tous les clients ensemble ne font pas de profit : il n'y a pas de part à dessiner.",
    ),
    "classes_title": Text(en="Profit segments", fr="Segments de profit"),
    "profit_classes_caption": Text(
        en="{n} customers by profit; each row opens as a segment.",
        fr="{n} clients selon leur profit ; chaque ligne s'ouvre en segment.",
    ),
    "profit_tenths_caption": Text(
        en="Tenths of {n} customers, the best first; each opens as a segment.",
        fr="Dixièmes de {n} clients, les meilleurs d'abord ; chacun s'ouvre en segment.",
    ),
    "group": Text(en="segment", fr="segment"),
    "bounds": Text(en="profit per customer", fr="profit par client"),
    "from": Text(en="from {low}", fr="à partir de {low}"),
    "below": Text(en="below {high}", fr="moins de {high}"),
    "from_to": Text(en="{low} to {high}", fr="de {low} à {high}"),
    "profit_head": Text(en="profit", fr="profit"),
    "share_of_profit": Text(en="share of profit", fr="part du profit"),
    "profit_tenths": Text(en="Tenths of customers by profit", fr="Dixièmes de clients par profit"),
}
VIEW = View("analyse/models/profit.html", WORDS, build)
