"""The figures of profit as tables: for the command line, and beside the charts."""

from quartier.analyse.modelling.shown import Money, Share, Shown
from quartier.analyse.profit.figures import ProfitFigures
from quartier.language import Text

CLASSES: dict[str, Text] = {
    "very_profitable": Text(en="very profitable", fr="très rentables"),
    "profitable": Text(en="profitable", fr="rentables"),
    "break_even": Text(en="break-even", fr="à l'équilibre"),
    "loss_making": Text(en="loss-making", fr="à perte"),
}
LINES: dict[str, Text] = {
    "revenue": Text(en="net revenue", fr="chiffre d'affaires net"),
    "goods": Text(en="goods", fr="produits"),
    "acquisition": Text(en="acquisition", fr="acquisition"),
    "service": Text(en="service", fr="service"),
    "follow_up": Text(en="follow-up", fr="relances"),
    "profit": Text(en="profit", fr="profit"),
}


def tables(figures: ProfitFigures, customers: int) -> tuple[Shown, ...]:
    """The account, the classes, the tenths."""
    of = customers or 1
    account = tuple((LINES[each.line], None if each.amount is None else Money(each.amount)) for each in figures.account)
    classes = tuple(
        (CLASSES[each.id], each.persons, Share(each.persons / of), Money(each.revenue), Money(each.profit))
        for each in figures.classes
    )
    tenths = tuple(
        (each.tenth, each.persons, Money(each.low), Money(each.profit), Share(each.profit / (figures.profit or 1)))
        for each in figures.tenths
    )
    return (
        Shown(_ACCOUNT, (_LINE, _AMOUNT), account), Shown(_CLASSES, _CLASS_HEADS, classes),
        Shown(_TENTHS, _TENTH_HEADS, tenths),
    )  # fmt: skip


_ACCOUNT = Text(en="The account of all customers", fr="Le compte de tous les clients")
_LINE, _AMOUNT = Text(en="line", fr="ligne"), Text(en="amount", fr="montant")
_CLASSES = Text(en="Profit segments", fr="Segments de profit")
_PERSONS = Text(en="customers", fr="clients")
_CLASS_HEADS = (
    Text(en="segment", fr="segment"), _PERSONS, Text(en="share", fr="part"), LINES["revenue"], LINES["profit"]
)  # fmt: skip
_TENTHS = Text(
    en="Tenths of customers by profit, the best first", fr="Dixièmes de clients par profit, du meilleur au pire"
)
_TENTH_HEADS = (
    Text(en="tenth", fr="dixième"), _PERSONS, Text(en="profit from", fr="profit à partir de"), LINES["profit"],
    Text(en="share of profit", fr="part du profit"),
)  # fmt: skip
