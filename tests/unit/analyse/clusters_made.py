"""Persons made for the tests of clusters: columns from arrays, and groups that are there or are not."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from quartier.analyse.clusters.columns import Column, Numbers, column_of
from quartier.catalog import Family, Label, Meaning, Sensitivity, Trait, ValueType

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
PARIS = ZoneInfo("Europe/Paris")


def trait(
    name: str, type_: ValueType = ValueType.NUMBER, sensitivity: Sensitivity = Sensitivity.ORDINARY,
    meaning: Meaning | None = None,
) -> Trait:  # fmt: skip
    """A trait that is called as its name is."""
    label = Label(en=name, fr=name)
    return Trait(
        name=name, type=type_, family=Family.BEHAVIOURAL, label=label, sensitivity=sensitivity, meaning=meaning
    )


def column(name: str, values: Any, type_: ValueType = ValueType.NUMBER, meaning: Meaning | None = None) -> Column:
    """The column of some values, None where missing."""
    found = column_of(trait(name, type_, meaning=meaning), pa.chunked_array([pa.array(values)]), AT, PARIS)
    assert found is not None
    return found


def blobs(groups: int, each: int, seed: int, *, width: int = 2, apart: float = 8.0) -> tuple[Numbers, Numbers]:
    """Points around corners, and the corner of each; the corners are far apart for their spread of 1."""
    draw = np.random.default_rng(seed)
    corners = np.array([[apart * ((place >> axis) & 1) for axis in range(width)] for place in range(groups)])
    truth = np.repeat(np.arange(groups), each)
    return corners[truth] + draw.normal(size=(len(truth), width)), truth
