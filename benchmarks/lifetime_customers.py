"""Generated customers who follow the law BG/NBD exactly, with parameters that are known."""

import numpy as np

from quartier.analyse.lifetime.histories import DAYS, Histories

TRUE = {"r": 0.6, "alpha": 40 / DAYS, "a": 0.8, "b": 2.5}
"""In weeks: a shop that most customers try once."""


def customers(n: int, seed: int, *, days: int = 730, in_days: bool = True) -> Histories:
    """`n` customers who came at random within `days`, observed to their end; times in whole days unless told."""
    rng = np.random.default_rng(seed)
    age = rng.uniform(1, days, n) / DAYS
    age = np.ceil(age * DAYS) / DAYS if in_days else age
    rate = rng.gamma(TRUE["r"], 1 / TRUE["alpha"], n)
    leaving = rng.beta(TRUE["a"], TRUE["b"], n)
    repeats, last, now, here = np.zeros(n), np.zeros(n), np.zeros(n), np.arange(n)
    while len(here):
        with np.errstate(divide="ignore", over="ignore"):
            now[here] += rng.exponential(1.0, len(here)) / rate[here]
        here = here[now[here] <= age[here]]
        repeats[here] += 1
        last[here] = now[here]
        here = here[rng.random(len(here)) >= leaving[here]]
    # Purchases of one day are one, so in whole days nobody has more of them than days.
    last = np.ceil(last * DAYS) / DAYS if in_days else last
    return Histories(np.minimum(repeats, np.round(last * DAYS)) if in_days else repeats, last, age)
