"""From a place in the figures of lifetime value to its persons: the definition of just that segment."""

from quartier.analyse.lifetime.figures import Cell, LifetimeFigures, Tenth
from quartier.analyse.lifetime.standing import EVEN_ODDS
from quartier.analyse.selecting import Document
from quartier.analyse.tenths import described, of_span
from quartier.language import Text


def of_tenth(figures: LifetimeFigures, tenth: Tenth) -> Document:
    """The customers of one tenth, as the run saw them."""
    trait = figures.name if figures.value is not None else f"{figures.name}_purchases"
    name = f"{figures.name}-tenth-{tenth.tenth}"
    return of_span(name, _TENTH.with_(n=tenth.tenth), (trait, tenth.low, tenth.high))


def of_gone(figures: LifetimeFigures) -> Document:
    """The customers who are more likely gone than not."""
    where = {"trait": f"{figures.name}_alive", "less_than": EVEN_ODDS}
    return described(f"{figures.name}-gone", _GONE, where)


def of_cell(figures: LifetimeFigures, cell: Cell) -> Document:
    """The customers of one cell of the heat map."""
    (few, many), (short, long) = cell.repeats, cell.silent
    name = f"{figures.name}-{few}-repeats-{short}-days"
    parts = [_within(f"{figures.name}_repeats", few, many), _within(f"{figures.name}_silent_days", short, long)]
    return described(name, _CELL.with_(few=few, short=short), {"all": parts})


def _within(trait: str, low: int, high: int | None) -> Document:
    if high is None:
        return {"trait": trait, "at_least": low}
    return {"trait": trait, "is": low} if low == high else {"trait": trait, "between": [low, high]}


_TENTH = Text(en="Lifetime value: tenth {n}", fr="Valeur vie client : dixième {n}")
_GONE = Text(en="More likely gone than still customers", fr="Plus sûrement partis que clients")
_CELL = Text(
    en="From {few} repeat purchases, from {short} days without one",
    fr="À partir de {few} réachats, à partir de {short} jours sans achat",
)
