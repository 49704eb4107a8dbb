"""Clusters on real data: what is published, what an outside check says, and a trap. The tables are printed."""

import datetime as dt
import gzip
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv
import pytest
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from quartier.analyse.clusters import preparing, rules
from quartier.analyse.clusters.columns import Column, column_of
from quartier.analyse.clusters.definition import Clusters
from quartier.analyse.clusters.model import Grouped, group
from quartier.catalog import Family, Label, Trait, ValueType

pytestmark = [pytest.mark.data, pytest.mark.slow]
Shared = Callable[[str], Path]
AT = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)


def read(path: Path) -> pa.Table:
    return pyarrow.csv.read_csv(io.BytesIO(gzip.decompress(path.read_bytes())))


def columns(given: Mapping[str, pa.ChunkedArray | np.ndarray], type_: ValueType = ValueType.NUMBER) -> list[Column]:
    found = []
    for place, (name, values) in enumerate(given.items()):
        label = Label(en=name, fr=name)
        trait = Trait(name=f"t{place}", type=type_, family=Family.BEHAVIOURAL, label=label)
        array = values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([pa.array(values)])
        found.append(column_of(trait, array, AT, ZoneInfo("UTC")))
    return [each for each in found if each is not None]


def clustered(given: list[Column], **asked: Any) -> tuple[Grouped, rules.Rules]:
    prepared = preparing.prepare(given, missing=0.4)
    found = group(prepared, Clusters(traits=tuple(each.trait.name for each in given), **asked))
    told = rules.rules_of([each.column for each in prepared.used], found.labels, seed=1)
    for each in found.points:
        print(f"{each.number}: found again {each.stability:.2f}, apart {each.silhouette:.3f}, chance {each.chance:.3f}")
    print(f"sizes {np.bincount(found.labels).tolist()}, fidelity {told.fidelity:.3f}, leaves {told.leaves}")
    return found, told


def test_the_customers_of_the_mall_are_five_clusters(shared_data: Shared) -> None:
    table = read(shared_data("mall_customers.csv.gz"))
    found, told = clustered(columns({name: table[name] for name in table.column_names[3:]}, ValueType.INTEGER))
    assert found.taken.number == 5
    assert found.taken.silhouette == pytest.approx(0.555, abs=0.01)
    assert told.fidelity > 0.9


def test_spending_tells_restaurants_from_shops(shared_data: Shared) -> None:
    table = read(shared_data("wholesale_customers.csv.gz"))
    found, _ = clustered(columns({name: table[name] for name in table.column_names[2:]}, ValueType.INTEGER))
    agreement = adjusted_rand_score(table["Channel"].to_numpy(), found.labels)
    print(f"agreement with the channel {agreement:.3f}")
    assert found.taken.number == 2
    assert agreement > 0.5


def test_rfm_does_not_fall_into_one_cluster_and_a_rest(shared_data: Shared) -> None:
    path = shared_data("online_retail.parquet")
    rfm = duckdb.sql(
        "select date_diff('day', max(InvoiceDate), timestamp '2011-12-10') recency, count(distinct InvoiceNo) orders, "
        f"sum(Quantity * UnitPrice) revenue from '{path}' where CustomerID is not null and Quantity > 0 "
        "and UnitPrice > 0 group by CustomerID order by CustomerID"
    ).to_arrow_table()
    raw = np.column_stack([each.to_numpy().astype(float) for each in rfm.columns])
    as_it_comes = np.bincount(KMeans(4, n_init=10, random_state=1).fit_predict(raw)) / len(raw)
    found, told = clustered(columns({name: rfm[name] for name in rfm.column_names}))
    print(f"unscaled, four clusters: {sorted(as_it_comes.round(4).tolist(), reverse=True)}")
    assert as_it_comes.max() > 0.98
    assert 0.55 < np.bincount(found.labels).max() / len(raw) < 0.7
    assert told.fidelity > 0.9


def answers(shared_data: Shared) -> dict[str, np.ndarray]:
    table = read(shared_data("mcdonalds_survey.csv.gz"))
    return {name: np.array(table[name].to_pylist()) == "Yes" for name in table.column_names[:11]}


def test_the_deviations_of_the_components_are_those_of_the_book(shared_data: Shared) -> None:
    yes = np.column_stack(list(answers(shared_data).values())).astype(float)
    deviations = np.sqrt(np.linalg.eigvalsh(np.cov(yes.T))[::-1])
    print(deviations.round(3))
    published = [0.757, 0.607, 0.505, 0.399, 0.337, 0.310, 0.290, 0.275, 0.265, 0.249, 0.237]
    assert deviations == pytest.approx(published, abs=0.0005)


def test_the_four_segments_of_the_book_are_those_of_taste_and_price(shared_data: Shared) -> None:
    """Dolnicar, Grün and Leisch (2018, appendix A): expensive and liked, cheap and liked, cheap and not, neither."""
    given = answers(shared_data)
    found, _ = clustered(columns(given, ValueType.BOOLEAN), number=4)
    shares = {
        name: [float(given[name][found.labels == each].mean()) for each in range(4)] for name in given
    }  # fmt: skip
    for name, each in shares.items():
        print(f"{name:11}", [f"{share:.2f}" for share in each])
    likes = sorted((round(shares["tasty"][each]), round(shares["cheap"][each])) for each in range(4))
    assert likes == [(0, 0), (0, 1), (1, 0), (1, 1)]
    loathing = int(np.argmax(shares["disgusting"]))
    assert shares["yummy"][loathing] < 0.1
    assert shares["expensive"][loathing] > 0.8
    assert sorted(np.bincount(found.labels)) == pytest.approx([241, 315, 317, 580], abs=30)
