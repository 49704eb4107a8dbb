"""From a place in the figures of profit to its persons: the definition of just that segment."""

from quartier.analyse.profit.figures import Class, ProfitFigures, Tenth
from quartier.analyse.profit.tables import CLASSES
from quartier.analyse.selecting import Document
from quartier.analyse.tenths import described, of_span
from quartier.language import Text


def of_class(figures: ProfitFigures, each: Class) -> Document:
    """The customers of one profit segment, as the run saw them."""
    where = {"trait": f"{figures.name}_class", "is": each.id}
    return described(f"{figures.name}-{each.id}", _CLASS.with_(name=CLASSES[each.id]), where)


def of_losing(figures: ProfitFigures) -> Document:
    """The customers who cost more than they bring."""
    return described(f"{figures.name}-losing", _LOSING, {"trait": figures.name, "less_than": 0})


def of_tenth(figures: ProfitFigures, tenth: Tenth) -> Document:
    """The customers of one tenth."""
    name = f"{figures.name}-tenth-{tenth.tenth}"
    return of_span(name, _TENTH.with_(n=tenth.tenth), (figures.name, tenth.low, tenth.high))


_CLASS = Text(en="Customers by profit: {name}", fr="Clients par profit : {name}")
_LOSING = Text(en="Customers who cost more than they bring", fr="Clients qui coûtent plus qu'ils ne rapportent")
_TENTH = Text(en="Profit: tenth {n}", fr="Profit : dixième {n}")
