"""What Splink found, told by the records' names: probability, weight, and what each field adds to it. Pure."""

import numpy as np
import pyarrow as pa

from quartier.identify.matching.learning import probability, with_missing
from quartier.identify.matching.model import Model
from quartier.identify.matching.splinking import NUMBER


def asked(model: Model) -> list[str]:
    """The columns of Splink's scores that are needed."""
    weights = [
        name
        for each in model.configuration.comparisons
        for name in (f"mw_{each.field.column}", f"mw_tf_adj_{each.field.column}")[: 1 + each.by_frequency]
    ]
    return [f"{NUMBER}_l", f"{NUMBER}_r", "match_weight", *weights]


def told(scores: pa.Table, ids: pa.ChunkedArray, model: Model) -> pa.Table:
    """The pairs by their names, the likeliest first."""
    parameters, fields = model.parameters, dict[str, pa.Array]()
    against_near = np.full(scores.num_rows, np.log2(parameters.prior / parameters.near) if parameters.near else np.inf)
    for place, each in enumerate(model.configuration.comparisons):
        column, by_level = each.field.column, parameters.weights(place)
        own = scores[f"mw_{column}"].to_numpy()
        rare = scores[f"mw_tf_adj_{column}"].to_numpy() if each.by_frequency else 0.0
        level = _levels(own, by_level)
        is_own = model.configuration.own[place]
        against_near += own + rare if is_own else with_missing(parameters.against_near(place))[level]
        fields |= {f"level_{column}": pa.array(level, pa.int8()), f"weight_{column}": pa.array(own + rare)}
    strangers = scores["match_weight"].to_numpy()
    weight = -np.logaddexp2(-strangers, -against_near)
    pairs = {
        "a": ids.take(scores[f"{NUMBER}_l"]),
        "b": ids.take(scores[f"{NUMBER}_r"]),
        "probability": pa.array(probability(strangers, against_near)),
        "match_weight": pa.array(weight),
        "weight_near": pa.array(weight - strangers),
    }
    return pa.table(pairs | fields).sort_by([("match_weight", "descending"), ("a", "ascending"), ("b", "ascending")])


def nobody(ids: pa.ChunkedArray) -> pa.Table:
    """No pair: no field tells anybody apart, or there is but one record."""
    none, numbers = ids.slice(0, 0), pa.array([], pa.float64())
    return pa.table({"a": none, "b": none, "probability": numbers, "match_weight": numbers, "weight_near": numbers})


def _levels(weights: np.ndarray, by_level: np.ndarray) -> np.ndarray:
    """The level that each weight stands for; a weight of nothing stands for a value that is missing."""
    nearest = np.abs(weights[:, None] - by_level[None, :]).argmin(axis=1)
    return np.where(weights == 0, -1, nearest)
