"""What each customer is worth over a horizon: purchases to come, times what one brings, times margin, discounted.

Refuses where the purchases say too little: Fader, Hardie and Lee (2005) fit four parameters, and what tells them apart
is when customers come back.
"""

import math
from dataclasses import dataclass

import numpy as np

from quartier.analyse.lifetime.fitting import Fit
from quartier.analyse.lifetime.histories import Distinct, Histories, Numbers
from quartier.analyse.lifetime.laws import PurchaseLaw
from quartier.errors import NoAnswer
from quartier.language import Plural, Text

LEAST_RETURNED = 30
"""Customers who bought again, below which nothing is fitted: about seven for each parameter."""
WEEKS_OF_A_YEAR = 365.25 / 7
PIECE = WEEKS_OF_A_YEAR / 12
"""A month, the time over which purchases are discounted alike."""


@dataclass(frozen=True)
class Fitted:
    """A law that was fitted to customers, ready to forecast for them."""

    law: PurchaseLaw
    fit: Fit
    customers: Distinct

    def alive(self) -> Numbers:
        """Of each customer, the probability of not having left."""
        return self.law.alive(self.fit, self.customers.histories)[self.customers.place]

    def expected(self, weeks: float) -> Numbers:
        """Of each customer, the purchases to come within `weeks`."""
        return self._distinct(weeks)[self.customers.place]

    def discounted(self, weeks: float, discount: float) -> Numbers:
        """The same, a purchase t years from now counted as 1 / (1 + discount) ** t, month by month."""
        if discount == 0:
            return self.expected(weeks)
        ends = np.append(np.arange(1, math.ceil(weeks / PIECE)) * PIECE, weeks)
        begun, total, before = 0.0, np.zeros(len(self.customers.histories)), np.zeros(len(self.customers.histories))
        for end in ends:
            now = self._distinct(float(end))
            total += (now - before) * (1 + discount) ** -((begun + float(end)) / 2 / WEEKS_OF_A_YEAR)
            begun, before = float(end), now
        return total[self.customers.place]

    def _distinct(self, weeks: float) -> Numbers:
        return self.law.expected(self.fit, self.customers.histories, weeks)


def fit_purchases(law: PurchaseLaw, histories: Histories) -> Fitted:
    """A law fitted to the histories of customers.

    Raises NoAnswer with too few who bought again, when all of them look the same, and where the law does not settle.
    """
    returned = int(np.count_nonzero(histories.repeats))
    if returned < LEAST_RETURNED:
        raise NoAnswer(_TOO_FEW.with_(n=returned, least=LEAST_RETURNED), remedy=_WAIT)
    customers = Distinct.of(histories)
    if len(customers.histories) == 1:
        raise NoAnswer(_ALL_SAME, remedy=_OTHERS)
    return Fitted(law, law.fit(customers), customers)


_TOO_FEW = Plural(
    one=Text(
        en="only {n} customer bought on a second day; at least {least} are needed to tell how often customers return",
        fr="seul {n} client a acheté un deuxième jour ; il en faut au moins {least} pour dire à quel rythme on revient",
    ),
    other=Text(
        en="only {n} customers bought on a second day; at least {least} are needed to tell how often customers return",
        fr="seuls {n} clients ont acheté un deuxième jour ; il en faut au moins {least} pour dire à quel rythme on "
        "revient",
    ),
)
_WAIT = Text(
    en="bring in older orders, or wait until more customers have come back",
    fr="importez des commandes plus anciennes, ou attendez que davantage de clients soient revenus",
)
_ALL_SAME = Text(
    en="all customers have exactly the same history: nothing tells them apart",
    fr="tous les clients ont exactement le même historique : rien ne les distingue",
)
_OTHERS = Text(
    en="check the dates of the orders, for example whether an import gave all of them one day",
    fr="vérifiez les dates des commandes, par exemple si un import leur a donné à toutes le même jour",
)
