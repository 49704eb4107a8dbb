"""From matched pairs to links between identities: certain ones link, doubtful ones wait for somebody. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from quartier.errors import InvalidRequest
from quartier.identify.components import Reason as Why
from quartier.identify.deciding import Followed
from quartier.identify.matching.evidence import Reason, reasons
from quartier.identify.matching.identities import Standing, coded
from quartier.identify.matching.model import Model
from quartier.identify.matching.segments import Numbers
from quartier.language import Text
from quartier.store.links import InForce, Link

_FIELDS_NAMED = 4


@dataclass(frozen=True)
class Thresholds:
    """From which probability on a pair is linked by itself, and from which on somebody is asked.

    Raises:
        InvalidRequest: they are not between 0 and 1, or in the other order.
    """

    certain: float = 0.99
    doubtful: float = 0.5

    def __post_init__(self) -> None:
        if not 0 < self.doubtful <= self.certain <= 1:
            raise InvalidRequest(_THRESHOLDS.with_(doubtful=self.doubtful, certain=self.certain), remedy=_IN_ORDER)


@dataclass(frozen=True)
class Proposal:
    """Two identities that are probably one person's: how probably, by what, for which reasons, found when."""

    a: int
    b: int
    probability: float
    rule: str
    reasons: tuple[Reason, ...]
    at: dt.datetime

    def as_link(self) -> Link:
        """The link that the ledger keeps; its evidence holds what each field says, and no value of anybody."""
        evidence = {"reasons": [each.as_json() for each in self.reasons]}
        return Link(0, "person", self.a, self.b, int(Why.MATCH), self.rule, self.probability, evidence, self.at)

    def as_json(self) -> dict[str, Any]:
        """The plain form; the words in both languages."""
        told = {"a": self.a, "b": self.b, "probability": round(self.probability, 6), "rule": self.rule}
        return {**told, "reasons": [each.as_json() for each in self.reasons], "at": self.at.isoformat()}


@dataclass(frozen=True)
class Proposals:
    """What matching proposes.

    Attributes:
        certain: pairs that likeness links, of those that it did not link before.
        doubtful: pairs of two persons that nobody has decided of, the likeliest first: the review list.
        followed: what the certain ones change.
        records: how many identities were compared, of which `new` were compared now.
        compared: how many pairs were looked at.
        is_written: whether the certain ones were linked, or only told.
        model: how the pairs were weighed.
        at: when.
    """

    certain: pa.Table
    doubtful: pa.Table
    followed: Followed
    records: int
    new: int
    compared: int
    is_written: bool
    model: Model
    at: dt.datetime

    def links(self, most: int | None = None) -> list[Proposal]:
        """The certain pairs with their reasons."""
        return proposed(self.certain.slice(0, most), self.model, self.at)

    def to_review(self, most: int | None = None) -> list[Proposal]:
        """The doubtful pairs with their reasons."""
        return proposed(self.doubtful.slice(0, most), self.model, self.at)

    def as_json(self, examples: int = 0) -> dict[str, Any]:
        """The plain form, with some examples of both."""
        return {
            "at": self.at.isoformat(),
            "is_written": self.is_written,
            "records": self.records,
            "new_records": self.new,
            "pairs_compared": self.compared,
            "certain": self.certain.num_rows,
            "doubtful": self.doubtful.num_rows,
            "merged_persons": len(self.followed.gone),
            "touched_persons": len(self.followed.persons),
            "links": [each.as_json() for each in self.links(examples)],
            "to_review": [each.as_json() for each in self.to_review(examples)],
        }


def proposed(pairs: pa.Table, model: Model, at: dt.datetime) -> list[Proposal]:
    """Pairs of identities, as matching found them, with the rule and the reasons of each."""
    return [
        Proposal(row["a"], row["b"], row["probability"], _rule(said), said, at)
        for row in pairs.to_pylist()
        for said in (reasons(row, model),)
    ]


def certain_pairs(pairs: pa.Table, now: Standing, decisions: InForce, certain: float) -> pa.Table:
    """The pairs that are to be linked: certain, not linked by likeness before, and refused by nobody."""
    p, codes = pairs["probability"].to_numpy(), _codes(pairs)
    chosen = (p >= certain) & ~np.isin(codes, now.linked) & ~np.isin(codes, _coded(decisions.refused))
    return pairs.filter(pa.array(chosen))


def doubtful_pairs(pairs: pa.Table, now: Standing, decisions: InForce, thresholds: Thresholds) -> pa.Table:
    """The pairs that somebody is to look at: of two persons, decided by nobody.

    Those that are certain and yet two persons' are among them, once they were linked: a limit kept them apart.
    """
    p, codes = pairs["probability"].to_numpy(), _codes(pairs)
    decided = np.isin(codes, _coded(decisions.refused | decisions.accepted))
    is_due = (p < thresholds.certain) | np.isin(codes, now.linked)
    chosen = (p >= thresholds.doubtful) & is_due & now.are_apart(*_ends(pairs)) & ~decided
    return pairs.filter(pa.array(chosen))


def _ends(pairs: pa.Table) -> tuple[Numbers, Numbers]:
    a, b = (pairs[name].to_numpy().astype(np.int64) for name in "ab")
    return a, b


def _codes(pairs: pa.Table) -> Numbers:
    return coded(*_ends(pairs))


def _coded(pairs: Iterable[tuple[int, int]]) -> Numbers:
    both = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return coded(both[:, 0], both[:, 1])


def _rule(said: tuple[Reason, ...]) -> str:
    """The fields that say most for one person, by their names."""
    telling = [each.field for each in said if each.field and each.weight > 0]
    return " + ".join(telling[:_FIELDS_NAMED])


def meanings_as_json(meanings: Mapping[str, str]) -> dict[str, str]:
    """Traits with their meanings, as plain data."""
    return {name: str(meaning) for name, meaning in sorted(meanings.items())}


_THRESHOLDS = Text(
    en="The thresholds {doubtful} (doubtful) and {certain} (certain) cannot be used",
    fr="Les seuils {doubtful} (douteux) et {certain} (certain) sont inutilisables",
)
_IN_ORDER = Text(
    en="Give two probabilities above 0 and up to 1, the doubtful one not above the certain one.",
    fr="Donnez deux probabilités supérieures à 0 et d'au plus 1, celle du doute n'étant pas la plus grande.",
)
