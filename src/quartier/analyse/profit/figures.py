"""What a run of the profit model found beside its traits: the account of all customers, whale curve, classes."""

from typing import Literal

from quartier.analyse.modelling.computed import Figures

ClassId = Literal["very_profitable", "profitable", "break_even", "loss_making"]
Line = Literal["revenue", "goods", "acquisition", "service", "follow_up", "profit"]


class Part(Figures):
    """A piece of the figures."""


class Sum(Part):
    """One line of the account, over all customers; None for a cost that was not stated."""

    line: Line
    amount: float | None


class WhalePoint(Part):
    """The best `customers` share of customers made the `profit` share of all profit; above 1 before losses come in."""

    customers: float
    profit: float


class Class(Part):
    """Customers with a profit from `low` on, below `high` (None: no bound)."""

    id: ClassId
    low: float | None
    high: float | None
    persons: int
    revenue: float
    profit: float


class Tenth(Part):
    """Customers of one tenth by profit, the best first: from `low` on, below `high` (None for the best tenth)."""

    tenth: int
    persons: int
    low: float
    high: float | None
    profit: float


class ProfitFigures(Figures):
    """All of it."""

    name: str
    """of the model, with which its traits begin"""
    customers: int
    account: tuple[Sum, ...]
    losing: int
    """customers who cost more than they brought"""
    lost: float
    """what these cost together, beyond what they brought; zero or less"""
    peak: WhalePoint | None
    """where the whale curve is highest; None when all profit together is not above zero"""
    whale: tuple[WhalePoint, ...]
    classes: tuple[Class, ...]
    """from the most profitable down"""
    tenths: tuple[Tenth, ...]

    @property
    def profit(self) -> float:
        """Of all customers together."""
        return sum(each.amount or 0.0 for each in self.account if each.line == "profit")
