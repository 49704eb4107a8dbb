"""What named sets of persons are worth: their part of persons, orders and net revenue."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse.plain import Plain
from quartier.analyse.purchases import PERSON


@dataclass(frozen=True)
class Worth(Plain):
    """What one named set of persons weighs: its part of persons, orders and net revenue."""

    name: str
    persons: int
    share_of_persons: float | None
    customers: int
    orders: int
    share_of_orders: float | None
    revenue: float
    share_of_revenue: float | None
    """None when all revenue together is not above zero"""


@dataclass(frozen=True)
class Spending:
    """Orders and net revenue by person key: position k is the person of key k, zero for who has not bought."""

    orders: npt.NDArray[np.int64]
    net: npt.NDArray[np.float64]

    @classmethod
    def of(cls, customers: pa.Table) -> "Spending":
        """From one row per customer: person_key, orders, net."""
        keys = customers[PERSON].to_numpy()
        size = int(keys.max()) + 1 if len(keys) else 0
        orders, net = np.zeros(size, np.int64), np.zeros(size, np.float64)
        orders[keys], net[keys] = customers["orders"].to_numpy(), customers["net"].to_numpy()
        return cls(orders, net)


def worth_of(sets: Mapping[str, BitMap], spending: Spending, persons: int) -> tuple[Worth, ...]:
    """The worth of each set, in the order given; `persons` is the number of all persons."""
    orders, revenue = int(spending.orders.sum()), float(spending.net.sum())
    return tuple(_worth(name, members, spending, (persons, orders, revenue)) for name, members in sets.items())


def _worth(name: str, members: BitMap, spending: Spending, all_: tuple[int, int, float]) -> Worth:
    keys = np.frombuffer(members.to_array(), dtype=np.uint32)
    keys = keys[keys < len(spending.orders)]
    orders, revenue = int(spending.orders[keys].sum()), round(float(spending.net[keys].sum()), 4)
    persons, all_orders, all_revenue = all_
    return Worth(
        name=name,
        persons=len(members),
        share_of_persons=len(members) / persons if persons else None,
        customers=int(np.count_nonzero(spending.orders[keys])),
        orders=orders,
        share_of_orders=orders / all_orders if all_orders else None,
        revenue=revenue,
        share_of_revenue=revenue / all_revenue if all_revenue > 0 else None,
    )
