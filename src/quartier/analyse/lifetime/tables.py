"""The figures of lifetime value as tables: for the command line, and beside the charts."""

from quartier.analyse.lifetime.figures import Cell, Check, Law, LifetimeFigures, Tenth
from quartier.analyse.modelling.shown import Money, Share, Shown
from quartier.language import Said, Text


def tables(figures: LifetimeFigures, customers: int) -> tuple[Shown, ...]:
    """Tenths, check, who is still there, and the parameters."""
    found = [_tenths(figures, customers)]
    if figures.check is not None:
        found.append(_check(figures.check))
    found.append(Shown(_CELLS, _CELL_HEADS, tuple(_cell(each) for each in figures.cells if each.persons)))
    found.append(_law(figures.law))
    if figures.spend is not None:
        found.append(_law(figures.spend))
    return tuple(found)


def span(bounds: tuple[int, int | None]) -> Text | Said | int:
    """A span of counts in words: 2, 3 to 4, 10 or more."""
    low, high = bounds
    if high is None:
        return _OR_MORE.with_(n=low)
    return low if low == high else _FROM_TO.with_(low=low, high=high)


def _tenths(figures: LifetimeFigures, customers: int) -> Shown:
    is_money = figures.value is not None
    total = sum(each.value for each in figures.tenths) or 1.0
    rows = tuple(_tenth(each, total, customers, is_money) for each in figures.tenths)
    return Shown(_TENTHS, _TENTH_HEADS if is_money else _PLAIN_HEADS, rows)


def _tenth(each: Tenth, total: float, customers: int, is_money: bool) -> tuple[int | float | Money | Share, ...]:
    worth = (Money(each.low), Money(each.value), Share(each.value / total)) if is_money else ()
    share = Share(each.persons / (customers or 1))
    return (each.tenth, each.persons, share, *worth, each.purchases, Share(each.alive))


def _check(check: Check) -> Shown:
    rows = tuple(
        (span((each.repeats, None if each.is_open else each.repeats)), each.persons, each.predicted, each.actual,
         each.low, each.high)
        for each in check.groups
    )  # fmt: skip
    return Shown(_CHECK.with_(day=check.cut), _CHECK_HEADS, rows)


def _cell(each: Cell) -> tuple[Text | Said | int | Share | None, ...]:
    alive = None if each.alive is None else Share(each.alive)
    return (_CELL.with_(repeats=span(each.repeats), silent=span(each.silent)), each.persons, alive)


def _law(law: Law) -> Shown:
    rows = tuple((each.name, each.value, each.error, each.low, each.high) for each in law.parameters)
    return Shown(_LAW.with_(method=law.method, n=law.customers), _LAW_HEADS, rows)


_OR_MORE = Text(en="{n} or more", fr="{n} ou plus")
_FROM_TO = Text(en="{low} to {high}", fr="{low} à {high}")
_TENTHS = Text(en="Tenths of customers, the best first", fr="Dixièmes de clients, les meilleurs d'abord")
_PERSONS = Text(en="customers", fr="clients")
_SHARE = Text(en="share of customers", fr="part des clients")
_ALIVE = Text(en="probability of still being a customer", fr="probabilité d'être encore client")
_PURCHASES = Text(en="purchases to expect", fr="achats attendus")
_TENTH_HEADS = (
    Text(en="tenth", fr="dixième"), _PERSONS, _SHARE, Text(en="worth from", fr="valeur à partir de"),
    Text(en="value together", fr="valeur totale"), Text(en="share of value", fr="part de la valeur"),
    _PURCHASES, _ALIVE,
)  # fmt: skip
_PLAIN_HEADS = (_TENTH_HEADS[0], _PERSONS, _SHARE, _PURCHASES, _ALIVE)
_CHECK = Text(
    en="Mean purchases per customer after {day}, by purchases after the first before it",
    fr="Achats moyens par client après le {day}, selon le nombre d'achats après le premier avant cette date",
)
_CHECK_HEADS = (
    Text(en="purchases before", fr="achats avant"), _PERSONS, Text(en="forecast", fr="prévu"),
    Text(en="happened", fr="constaté"), Text(en="95% from", fr="95 % de"), Text(en="to", fr="à"),
)  # fmt: skip
_CELLS = Text(
    en="Who is still a customer: by purchases after the first, and days since the last",
    fr="Qui est encore client : selon les achats après le premier et les jours depuis le dernier",
)
_CELL = Text(en="{repeats}; {silent}", fr="{repeats} ; {silent}")
_CELL_HEADS = (Text(en="purchases; days", fr="achats ; jours"), _PERSONS, _ALIVE)
_LAW = Text(en="{method}, fitted to {n} customers", fr="{method}, ajusté sur {n} clients")
_LAW_HEADS = (
    Text(en="parameter", fr="paramètre"), Text(en="value", fr="valeur"), Text(en="standard error", fr="erreur type"),
    Text(en="95% from", fr="95 % de"), Text(en="to", fr="à"),
)  # fmt: skip
