"""The kept model: what is compared, which pairs, and what each agreement weighs, as one JSON document. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from quartier.identify.matching.blocking import Key, Rule
from quartier.identify.matching.comparing import Configuration
from quartier.identify.matching.learning import Parameters

FORMAT = 1


@dataclass(frozen=True)
class Model:
    """Everything that scores a pair: what is compared, by which rules, and what each agreement weighs.

    The document holds no value of anybody: frequencies are counted anew on the records at hand.
    """

    configuration: Configuration
    rules: tuple[Rule, ...]
    parameters: Parameters
    records: int

    def as_json(self) -> dict[str, Any]:
        """The document."""
        return {
            "kind": "matching_model",
            "format": FORMAT,
            "records": self.records,
            "prior": self.parameters.prior,
            "near": self.parameters.near,
            "steps": self.parameters.steps,
            **self.configuration.as_json(),
            "m": [_rounded(each) for each in self.parameters.m],
            "u": [_rounded(each) for each in self.parameters.u],
            "h": [_rounded(each) for each in self.parameters.h],
            "rules": [each.as_json() for each in self.rules],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "Model":
        """What `as_json` wrote."""
        m, u, h = (tuple(np.array(each, float) for each in document[name]) for name in ("m", "u", "h"))
        return cls(
            Configuration.from_json(document),
            tuple(Rule(tuple(Key(*key) for key in each["equal"]), each["pairs"]) for each in document["rules"]),
            Parameters(m, u, h, document["prior"], document["near"], document["steps"]),
            document["records"],
        )


def _rounded(values: np.ndarray) -> list[float]:
    return [float(f"{each:.9g}") for each in values]
