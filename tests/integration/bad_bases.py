"""Bases that are poor in one way each: nobody, the same values everywhere, no amounts, dates to come, no numbers."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tests.conftest import NOW

SCALES = tuple(f"scale{n}" for n in range(1, 7))
_TRAITS = {"age": "number", "visits": "number", "plan": "text", "churned": "boolean", "note": "text"} | dict.fromkeys(
    SCALES, "integer"
)
PERSONS: dict[str, Any] = {
    "layout": "persons",
    "columns": {"id": "user_id"} | {name: {"to": f"trait.{name}", "type": type_} for name, type_ in _TRAITS.items()},
}
ORDERS: dict[str, Any] = {
    "layout": "orders", "currency": "EUR",
    "columns": {"id": "user_id", "order": "order_id", "at": "time", "revenue": "property.revenue",
                "product": "property.product"},
}  # fmt: skip
EVENTS: dict[str, Any] = {"layout": "events", "columns": {"id": "user_id", "event": "event", "at": "time"}}
_NOTES = ("delivery was late again", "good prices and choice", "nice staff in the shop", "the site is slow")

Row = tuple[int, float, object]
"""A person, days ago, and an amount or the name of an event."""


@dataclass(frozen=True)
class Base:
    """What is brought in; None where there is no such file."""

    persons: pa.Table | None = None
    orders: pa.Table | None = None
    events: pa.Table | None = None


def bases(size: int, glut: int) -> dict[str, Callable[[], Base]]:
    """The bases by name, of so many persons; one of them has somebody with `glut` events."""
    draw, everybody = np.random.default_rng(5), range(size)

    def spread(amount: Callable[[], object] = lambda: round(float(draw.gamma(2, 20)), 2), ahead: int = 0) -> list[Row]:
        return [
            (person, float(draw.uniform(1, 400)) - ahead, amount())
            for person in everybody
            for _ in range(1 + int(draw.poisson(1.5)))
        ]

    def views(ahead: int = 0) -> list[Row]:
        return [(person, days, "Product Viewed") for person, days, _ in spread(ahead=ahead)]

    def usual() -> Base:
        return Base(_persons(size, **_varied(size)), _orders(spread()), _events(views()))

    def of(**parts: pa.Table | None) -> Base:
        return Base(**({"persons": _persons(size, **_varied(size))} | parts))

    same = {"age": "40", "visits": "3", "plan": "a", "churned": "false", "note": "fine"} | dict.fromkeys(SCALES, "3")
    no_number = {"age": ["inf", "40", "NaN", "31", "-inf", "52", "1e400", "28", "1e308", "64"]}
    return {
        "nobody": Base,
        "three persons": lambda: Base(
            _persons(3, **_varied(3)), _orders([(0, 100, 50), (0, 10, 40), (1, 30, 20)]),
            _events([(2, 3, "Product Viewed")]),
        ),
        "all the same": lambda: of(
            persons=_persons(size, **{name: [value] * size for name, value in same.items()}), orders=_orders(spread()),
            events=_events(views()),
        ),
        "nothing known": lambda: of(persons=_persons(size), orders=_orders(spread())),
        "views alone": lambda: of(events=_events(views())),
        "one customer": lambda: of(
            orders=_orders([(0, days, 30) for days in (300, 200, 100, 3)]), events=_events(views())
        ),
        "the same order": lambda: of(orders=_orders([(person, 30, 50) for person in everybody])),
        "free orders": lambda: of(orders=_orders(spread(lambda: 0))),
        "refunds alone": lambda: of(orders=_orders(spread(lambda: -20))),
        "the future": lambda: of(orders=_orders(spread(ahead=500)), events=_events(views(ahead=500))),
        "no numbers": lambda: of(
            persons=_persons(size, **_varied(size) | {name: (each * size)[:size] for name, each in no_number.items()}),
            orders=_orders(spread(lambda: str(draw.choice(["inf", "NaN", "1e308", "1e15", ""])))),
        ),
        "one glutton": lambda: of(
            orders=_orders([*spread(), (0, 5, 1e15)]),
            events=_events([*views(), *((0, 300 * n / glut, "Product Viewed") for n in range(glut))]),
        ),
        "enough": usual,
    }  # fmt: skip


def _persons(size: int, **known: list[str]) -> pa.Table:
    columns = {name: pa.array(known.get(name, [None] * size), pa.string()) for name in _TRAITS}
    return pa.table({"id": [f"P{n}" for n in range(size)]} | columns)


def _varied(size: int) -> dict[str, list[str]]:
    """Answers on two dimensions, and what has nothing to do with them."""
    draw = np.random.default_rng(3)
    lean = draw.normal(size=(size, 2))
    scales = {
        name: np.clip(np.round(3 + lean[:, place // 3] + draw.normal(0, 0.6, size)), 1, 5).astype(int)
        for place, name in enumerate(SCALES)
    }
    other = {
        "age": draw.integers(18, 80, size), "visits": draw.poisson(4, size), "plan": draw.choice(["a", "b", "c"], size),
        "churned": np.where(draw.random(size) < 0.3, "true", "false"), "note": draw.choice(_NOTES, size),
    }  # fmt: skip
    return {name: [str(each) for each in values] for name, values in (scales | other).items()}


def _orders(rows: list[Row]) -> pa.Table:
    return pa.table({
        "id": _ids(rows), "order": [f"O{n}" for n in range(len(rows))], "at": _times(rows),
        "revenue": [str(each[2]) for each in rows], "product": [f"p{n % 4}" for n in range(len(rows))],
    })  # fmt: skip


def _events(rows: list[Row]) -> pa.Table:
    return pa.table({"id": _ids(rows), "event": [str(each[2]) for each in rows], "at": _times(rows)})


def _ids(rows: list[Row]) -> list[str]:
    return [f"P{each[0]}" for each in rows]


def _times(rows: list[Row]) -> list[str]:
    return [(NOW - dt.timedelta(days=each[1])).isoformat() for each in rows]
