"""What a model computes, and what is recorded of a run."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from quartier.analyse.plain import Plain
from quartier.catalog import Trait
from quartier.language import Said
from quartier.store.runs import Run


class Figures(BaseModel):
    """All that a model found beside its traits: parameters, curves, a card. Kept with the run, shown on its page.

    A number that is not finite has no plain form: say what is missing by None.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_inf_nan="null")


@dataclass(frozen=True)
class Computed:
    """What a model computed at an instant.

    Attributes:
        table: `person_key` (int32) and one column named as each trait, with a row for whoever gets a value.
        traits: what the columns are.
        figures: what was found beside them.
        findings: what a reader must know of the result.
    """

    table: pa.Table
    traits: tuple[Trait, ...]
    figures: Figures
    findings: tuple[Said, ...] = ()


@dataclass(frozen=True)
class ModelRun(Plain):
    """What a run of a model did: how many persons it saw, how many got values, and what must be known of the result."""

    model: str
    """the kind: `rfm`"""
    name: str
    at: dt.datetime
    as_of: dt.datetime
    persons: int
    scored: int
    traits: tuple[str, ...]
    """the traits that were written"""
    figures: Figures
    findings: tuple[Said, ...]


# When RFM was the only model its runs had `customers` and `classes`; they are read as they are.
def scored_in(run: Run) -> int:
    """How many persons got values in a recorded run."""
    return int(run.summary["scored"] if "scored" in run.summary else run.summary["customers"])


def figures_in(run: Run) -> Mapping[str, Any]:
    """The figures of a recorded run, as plain data."""
    found: Mapping[str, Any] = run.summary.get("figures") or {"classes": run.summary["classes"]}
    return found
