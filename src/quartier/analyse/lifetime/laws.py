"""The laws of purchases by their names: which there are, and what each of them can do."""

from collections.abc import Mapping
from typing import Literal, Protocol

from quartier.analyse.lifetime.beta_bernoulli import BetaBernoulli
from quartier.analyse.lifetime.beta_geometric import BetaGeometric
from quartier.analyse.lifetime.fitting import Fit
from quartier.analyse.lifetime.histories import Distinct, Histories, Numbers
from quartier.analyse.lifetime.pareto import Pareto

Method = Literal["bg-nbd", "mbg-nbd", "pareto-nbd", "bg-bb"]


class PurchaseLaw(Protocol):
    """What every law of purchases can do; times are in weeks."""

    def fit(self, customers: Distinct) -> Fit:
        """The parameters of greatest likelihood. Raises NoAnswer where the data do not settle them."""

    def alive(self, fit: Fit, of: Histories) -> Numbers:
        """The probability that each customer has not left."""

    def expected(self, fit: Fit, of: Histories, weeks: float) -> Numbers:
        """The purchases to expect of each customer in the `weeks` to come."""

    def typical(self, fit: Fit, weeks: Numbers) -> Numbers:
        """The repeat purchases to expect of a customer of whom nothing is known, so many weeks after the first."""


# BG/BB is not among them: its occasions have a length, and its purchases are moved to them first (`law_of`).
LAWS: Mapping[Method, PurchaseLaw] = {
    "bg-nbd": BetaGeometric(),
    "mbg-nbd": BetaGeometric(chances=1),
    "pareto-nbd": Pareto(),
}
NAMES: Mapping[Method, str] = {
    "bg-nbd": "BG/NBD", "mbg-nbd": "MBG/NBD", "pareto-nbd": "Pareto/NBD", "bg-bb": "BG/BB"
}  # fmt: skip


def law_of(method: Method, occasion: int) -> PurchaseLaw:
    """A law by its name; that of occasions takes how many days one has."""
    return BetaBernoulli(occasion) if method == "bg-bb" else LAWS[method]
