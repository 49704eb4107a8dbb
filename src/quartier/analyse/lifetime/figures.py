"""What a run of the lifetime value model found, beside its traits: parameters, check, deciles, who is still there."""

import datetime as dt

from quartier.analyse.modelling.computed import Figures


class Part(Figures):
    """A piece of the figures."""


class Estimate(Part):
    """A parameter with its standard error and the 95 % interval."""

    name: str
    value: float
    error: float
    low: float
    high: float


class Law(Part):
    """A law that was fitted: of purchases, or of amounts."""

    method: str
    customers: int
    log_likelihood: float
    parameters: tuple[Estimate, ...]


class Group(Part):
    """Customers with equally many purchases before the cut: mean purchases after it, as forecast and as counted."""

    repeats: int
    """purchases after the first, before the cut"""
    is_open: bool
    """as many or more, the last group"""
    persons: int
    predicted: float
    actual: float
    low: float | None
    """the 95 % interval of the actual mean; None with one person"""
    high: float | None


class Point(Part):
    """Repeat purchases since the beginning, as they were and as the law has them."""

    day: dt.date
    actual: int
    predicted: float


class Check(Part):
    """The forecast of a time that was kept back, against what happened in it."""

    cut: dt.date
    """the last day that the law was fitted on"""
    weeks: float
    customers: int
    predicted: float
    actual: int
    groups: tuple[Group, ...]
    tracking: tuple[Point, ...]


class Tenth(Part):
    """Customers of one tenth by value, the best first: from `low` on, below `high` (None for the best tenth)."""

    tenth: int
    persons: int
    low: float
    high: float | None
    value: float
    purchases: float
    alive: float
    """mean probability of still being a customer"""


class Cell(Part):
    """Customers with about as many purchases and about as long without one; `alive` is None where there is nobody."""

    repeats: tuple[int, int | None]
    """purchases after the first: from, to (None: and more)"""
    silent: tuple[int, int | None]
    """days since the last purchase: from, to (None: and more)"""
    persons: int
    alive: float | None


class LifetimeFigures(Figures):
    """All of it."""

    name: str
    """of the model, with which its traits begin"""
    customers: int
    returned: int
    """of these, who bought again"""
    until: dt.date
    weeks: float
    """how far ahead the forecast goes"""
    purchases: float
    """to be expected of all customers together"""
    alive: float
    """customers to be expected to be still there, the sum of the probabilities"""
    gone: int
    """customers who are more likely gone than not"""
    value: float | None
    margin: float | None
    """the share of revenue that is margin; None when value is revenue"""
    discount: float
    law: Law
    spend: Law | None
    correlation: float | None
    """between how often and for how much"""
    check: Check | None
    tenths: tuple[Tenth, ...]
    cells: tuple[Cell, ...]
    """rows by repeats, then by silence"""
