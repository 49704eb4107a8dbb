"""A survey whose answers are drawn, as a workspace: for notebooks and tests that must know what is behind them."""

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from quartier import workspace
from quartier.clock import FixedClock
from quartier.collect.definition import Mapping
from quartier.config import Config
from quartier.store.folder import create
from quartier.workspace import Workspace

STATEMENTS: Final = {
    "compares": ("Compares prices", "Compare les prix"),
    "waits": ("Waits for the sales", "Attend les soldes"),
    "knows": ("Knows what things cost", "Connaît les prix"),
    "careless": ("Buys without looking at prices", "Achète sans regarder les prix"),
    "curious": ("Tries what is new", "Essaie les nouveautés"),
    "first": ("Is the first to try", "Essaie le premier"),
    "reads": ("Reads about what is new", "Se renseigne sur les nouveautés"),
    "faithful": ("Stays with what is known", "Reste à ce qu'il connaît"),
}
"""Two attitudes, to prices and to what is new, behind four statements each; the last of each speaks against it."""
NEEDS: Final = {
    "delivered": ("Wants delivery", "Veut être livré"),
    "returns": ("Wants free returns", "Veut des retours gratuits"),
    "advice": ("Wants advice", "Veut des conseils"),
    "tries": ("Wants to try on", "Veut essayer"),
    "wrapped": ("Wants gift wrapping", "Veut un paquet cadeau"),
    "on_time": ("Wants a fixed day", "Veut un jour fixe"),
}
"""Three kinds of persons want two of these each, most of them: from afar, in the shop, for somebody else."""
SAID: Final = (
    ("La livraison était lente", "Colis en retard, livraison trop longue", "Livraison tardive, colis abîmé",
     "The delivery was slow", "Slow delivery, parcel damaged"),
    ("Les vendeurs donnent de bons conseils", "Vendeurs aimables, conseils utiles", "Conseils clairs des vendeurs",
     "Friendly staff, useful advice", "The staff gave clear advice"),
    ("Joli paquet cadeau pour ma mère", "Le paquet cadeau a plu", "Paquet soigné pour un anniversaire",
     "Lovely gift wrapping for a birthday", "The gift wrapping was lovely"),
)  # fmt: skip
"""What each kind writes, in two languages."""
AT: Final = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)


@cache
def example_answers(persons: int = 600, seed: int = 2026) -> Workspace:
    """A workspace of persons who answered `STATEMENTS` on five points, `NEEDS` with yes or no, and `why` in words.

    It is made once for a process, in a temporary folder that goes with it, and stays open.

    >>> example_answers().count_everyone()  # doctest: +SKIP
    600
    """
    room = Path(tempfile.mkdtemp(prefix="quartier-answers-"))
    clock = FixedClock(AT)
    ws = workspace.open(create(room / "workspace", Config(name="Example survey"), clock=clock), clock=clock)
    columns = {"id": "user_id", "why": {"to": "trait.why", "type": "text", "label": {"en": "Why?", "fr": "Pourquoi ?"}}}
    types = dict.fromkeys(STATEMENTS, "integer") | dict.fromkeys(NEEDS, "boolean")
    for name, (english, french) in (STATEMENTS | NEEDS).items():
        columns[name] = {"to": f"trait.{name}", "type": types[name], "label": {"en": english, "fr": french}}
    ws.collect(_drawn(persons, seed), Mapping.read({"layout": "persons", "columns": columns}), author="example")
    return ws


def _drawn(persons: int, seed: int) -> pa.Table:
    draw = np.random.default_rng(seed)
    kinds = draw.integers(0, len(SAID), persons)
    behind = draw.normal(size=(persons, 2))
    found: dict[str, list[object]] = {"id": [f"P{place:03}" for place in range(persons)]}
    for place, name in enumerate(STATEMENTS):
        sign = -1 if place % 4 == 3 else 1
        felt = 3 + sign * behind[:, place // 4] + 0.8 * draw.normal(size=persons)
        found[name] = np.clip(np.round(felt), 1, 5).astype(int).tolist()
    for place, name in enumerate(NEEDS):
        found[name] = (draw.random(persons) < np.where(kinds == place // 2, 0.85, 0.15)).tolist()
    found["why"] = [SAID[kind][draw.integers(0, len(SAID[kind]))] for kind in kinds]
    return pa.table(found)
