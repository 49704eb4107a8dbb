"""How good pairs and clusters are against a known truth. Pure."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[Hashable, Hashable]


@dataclass(frozen=True)
class PairScores:
    """How many pairs were found, are true, and are both."""

    found: int
    true: int
    both: int

    @property
    def precision(self) -> float:
        """Share of the found pairs that are true; 1 when none was found."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that were found; 1 when there is none."""
        return self.both / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall (van Rijsbergen, "Information Retrieval", 1979)."""
        return 2 * self.both / (self.found + self.true) if self.found + self.true else 1.0


@dataclass(frozen=True)
class ClusterScores:
    """How clusters compare with the true persons.

    B-cubed precision and recall: for each record the share of its cluster that is of its person, and of its person
    that is in its cluster, on average (Bagga and Baldwin, "Entity-based cross-document coreferencing", 1998). Adjusted
    Rand index: agreement over pairs beyond chance, 1 when the same (Hubert and Arabie, "Comparing partitions", 1985).
    An impure cluster holds records of several persons; a split person is spread over several clusters.
    """

    precision: float
    recall: float
    adjusted_rand: float
    clusters: int
    impure: int
    split: int

    @property
    def f1(self) -> float:
        """The harmonic mean of B-cubed precision and recall."""
        together = self.precision + self.recall
        return 2 * self.precision * self.recall / together if together else 0.0


def pair_scores(found: Iterable[Pair], true: Iterable[Pair]) -> PairScores:
    """Found pairs against the true ones; the order within a pair does not count."""
    here, there = {frozenset(each) for each in found}, {frozenset(each) for each in true}
    return PairScores(len(here), len(there), len(here & there))


def true_pairs(person: Mapping[Hashable, Hashable]) -> set[Pair]:
    """All pairs of records of one person, from the person of each record."""
    records: dict[Hashable, list[Hashable]] = {}
    for record, of in person.items():
        records.setdefault(of, []).append(record)
    return {(one, other) for each in records.values() for i, one in enumerate(each) for other in each[i + 1 :]}


def cluster_scores(cluster: Mapping[Hashable, Hashable], person: Mapping[Hashable, Hashable]) -> ClusterScores:
    """Clusters against persons, over the records that have both; at least one record is needed."""
    cells = Counter((cluster[record], person[record]) for record in person if record in cluster)
    clusters, persons = Counter[Hashable](), Counter[Hashable]()
    for (here, there), n in cells.items():
        clusters[here] += n
        persons[there] += n
    records = sum(cells.values())
    return ClusterScores(
        precision=sum(n * n / clusters[here] for (here, _), n in cells.items()) / records,
        recall=sum(n * n / persons[there] for (_, there), n in cells.items()) / records,
        adjusted_rand=_adjusted_rand(cells, clusters, persons),
        clusters=len(clusters),
        impure=sum(n > 1 for n in Counter(here for here, _ in cells).values()),
        split=sum(n > 1 for n in Counter(there for _, there in cells).values()),
    )


def _adjusted_rand(cells: Counter[Pair], clusters: Counter[Hashable], persons: Counter[Hashable]) -> float:
    together, here, there = (sum(n * (n - 1) / 2 for n in each.values()) for each in (cells, clusters, persons))
    records = sum(clusters.values())
    possible = records * (records - 1) / 2
    by_chance = here * there / possible if possible else 0.0
    most = (here + there) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)
