"""What persons said held against what they did: a closed table of pairs, each with how it is read.

A pair is told only where both sides mean the same thing: somebody who says they are satisfied and has stopped buying,
who says that price decides and spends more than most on an order, who said they would buy and has not since. Where the
data hold no trait that says the first, nothing is told. A difference is a reason to ask, not a verdict on persons:
means, stock and season part word and deed too.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse.compare import wilson
from quartier.analyse.plain import Plain
from quartier.analyse.purchases import PERSON
from quartier.analyse.sides import FEWEST_PERSONS
from quartier.catalog import Label, Meaning, Trait, ValueType

Deed = Literal["lapsed", "dear", "not_since"]
USUAL_LAPSE, TIME_TO_ACT = 365, 30
"""Days without a purchase where no run of the stages says how many; days that somebody has to do as they said."""
ANSWERED_ON: Final = ("answered_on", "answered_at", "survey_date", "date_de_reponse", "repondu_le")
"""Traits that say when somebody answered."""
_Z = 1.959963984540054
_SCALES: Final = {1: 1, 5: 4, 7: 6, 10: 9}
"""The last point of a scale, and the point from which on an answer agrees: 4 of 5, 6 of 7, 9 of 10, yes."""
_ASKED: Final = {"csat": 5, "nps": 10}


@dataclass(frozen=True)
class Pair:
    """One pair.

    Attributes:
        name: its name.
        names: traits that say it, by name.
        meanings: traits that say it, by meaning.
        questions: the kinds of survey questions whose trait says it.
        deed: what is observed against it.
    """

    name: str
    names: tuple[str, ...]
    deed: Deed
    meanings: tuple[Meaning, ...] = ()
    questions: tuple[str, ...] = ()

    def is_said_by(self, trait: Trait, asked: Mapping[str, str]) -> bool:
        """Whether a trait says it; `asked` is the kind of question by the trait that keeps its answers."""
        return trait.name in self.names or trait.meaning in self.meanings or asked.get(trait.name) in self.questions


PAIRS: Final = (
    Pair("satisfied", ("satisfaction", "satisfied", "satisfait", "csat"), "lapsed", questions=("csat",)),
    Pair(
        "recommends", ("recommends", "would_recommend", "recommande", "recommanderait"), "lapsed",
        (Meaning.RECOMMENDATION,), ("nps",),
    ),
    Pair(
        "price", ("price_matters", "price_sensitive", "price_sensitivity", "sensible_au_prix", "sensibilite_prix"),
        "dear",
    ),
    Pair(
        "intends", ("purchase_intent", "intends_to_buy", "will_buy", "intention_achat", "intention_d_achat"),
        "not_since",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Part(Plain):
    """Of `persons` who said it, how many did otherwise; None where a count of one to four would be told."""

    persons: int
    observed: int | None = None
    share: float | None = None
    low: float | None = None
    """the 95 % interval of the share (Wilson 1927)"""
    high: float | None = None

    @classmethod
    def of(cls, said: BitMap, observed: BitMap) -> "Part | None":
        """None under five persons."""
        persons, count = len(said), len(said & observed)
        if persons < FEWEST_PERSONS:
            return None
        if 0 < count < FEWEST_PERSONS or 0 < persons - count < FEWEST_PERSONS:
            return cls(persons)
        low, high = wilson(count, persons, _Z)
        return cls(persons, count, count / persons, low, high)


@dataclass(frozen=True)
class Divergence(Plain):
    """One pair: of those members who said it, how many did otherwise, and of those in the rest who said it."""

    pair: str
    deed: Deed
    trait: str
    label: Label
    at_least: int | None
    """the point from which on an answer agrees; None for yes and no"""
    points: int | None
    """the last point of its scale"""
    days: int | None
    """without a purchase, or since the answer"""
    amount: float | None
    """the median of the mean order value of all customers, where that is what is exceeded"""
    own: Part
    rest: Part | None
    """None where fewer than five of the rest said it"""


@dataclass(frozen=True)
class Deeds:
    """What customers did: one row per customer, by key."""

    customers: BitMap
    lapsed: BitMap
    dear: BitMap
    """whose mean order is above the median"""
    median: float | None
    days: int
    last: Mapping[int, dt.date]

    @classmethod
    def of(cls, table: pa.Table, today: dt.date, days: int) -> "Deeds":
        """From person_key, last_at, orders and net; lapsed are those without a purchase for more than `days` days."""
        keys = table[PERSON].to_numpy().astype(np.uint32)
        last: npt.NDArray[np.datetime64] = table["last_at"].to_numpy().astype("datetime64[D]")
        mean = table["net"].to_numpy() / np.maximum(table["orders"].to_numpy(), 1)
        median = float(np.median(mean)) if len(mean) else None
        since = (np.datetime64(today) - last).astype(int)
        return cls(
            BitMap(keys), BitMap(keys[since > days]), BitMap(keys[mean > median]) if median is not None else BitMap(),
            median, days, dict(zip(keys.tolist(), last.tolist(), strict=True)),
        )  # fmt: skip


def scale_of(trait: Trait, values: Iterable[Any], kind: str | None = None) -> tuple[int, int] | None:
    """From which point on an answer agrees, and the last point of the scale; None where it is no scale that is known.

    Yes and no are 1 of 1. A question of a survey says its scale by its kind, a likelihood to recommend by its meaning;
    of any other the last point is told by the highest answer: 5, 7 or 10.
    """
    if trait.type is ValueType.BOOLEAN:
        return 1, 1
    if trait.type not in (ValueType.INTEGER, ValueType.NUMBER):
        return None
    given = {each for each in values if each is not None}
    if not given or min(given) < 0 or given == {1}:
        return None
    last = _ASKED.get(kind or "") or (10 if trait.meaning is Meaning.RECOMMENDATION else None)
    last = last or next((each for each in _SCALES if max(given) <= each), None)
    return None if last is None or max(given) > last else (_SCALES[last], last)


def divergence(
    pair: Pair,
    trait: Trait,
    said: pa.Table,
    sides: tuple[BitMap, BitMap],
    deeds: Deeds,
    today: dt.date,
    *,
    kind: str | None = None,
) -> Divergence | None:
    """One pair by one trait; None where it cannot be read, or fewer than five members said so.

    Args:
        pair: what is read.
        trait: what says it.
        said: person_key, the trait as `value` and, for what somebody will do, the day of the answer as `day`.
        sides: the members and the rest.
        deeds: what customers did.
        today: the day of the reading.
        kind: that of the question whose answers the trait keeps.
    """
    values, (members, rest) = said["value"].to_pylist(), sides
    scale = scale_of(trait, values, kind)
    if scale is None:
        return None
    at_least, points = scale
    keys = said[PERSON].to_pylist()
    agreed = BitMap(key for key, each in zip(keys, values, strict=True) if each is not None and each >= at_least)
    days = said["day"].to_pylist() if "day" in said.column_names else []
    judged, observed = _judged(pair, agreed, deeds, dict(zip(keys, days, strict=True)) if days else {}, today)
    own = Part.of(judged & members, observed)
    if own is None:
        return None
    return Divergence(
        pair=pair.name, deed=pair.deed, trait=trait.name, label=trait.label,
        at_least=None if points == 1 else at_least, points=None if points == 1 else points,
        days={"lapsed": deeds.days, "not_since": TIME_TO_ACT, "dear": None}[pair.deed],
        amount=deeds.median if pair.deed == "dear" else None, own=own, rest=Part.of(judged & rest, observed),
    )  # fmt: skip


def _judged(
    pair: Pair, agreed: BitMap, deeds: Deeds, answered: Mapping[int, dt.date | None], today: dt.date
) -> tuple[BitMap, BitMap]:
    """Of whom it can be told, and who did otherwise: customers, or those who had the time to buy since they said so."""
    if pair.deed == "lapsed":
        return agreed & deeds.customers, deeds.lapsed
    if pair.deed == "dear":
        return agreed & deeds.customers, deeds.dear
    had_time = {
        key: day for key in agreed
        if (day := answered.get(key)) is not None and (today - day).days >= TIME_TO_ACT
    }  # fmt: skip
    never = dt.date.min
    return BitMap(had_time), BitMap(key for key, day in had_time.items() if deeds.last.get(key, never) < day)


def said_by(traits: Sequence[Trait], asked: Mapping[str, str], dated: bool) -> dict[str, tuple[Trait, ...]]:
    """By pair, the traits that say it: ordinary ones of persons. What somebody will do needs the day of the answer."""
    told = [each for each in traits if each.of == "person" and not each.sensitivity.is_masked]
    return {
        pair.name: tuple(each for each in told if pair.is_said_by(each, asked))
        if pair.deed != "not_since" or dated else ()
        for pair in PAIRS
    }  # fmt: skip
