"""Generated sites of organisations, as several lists have them: to see that sites of one organisation stay apart.

    python -m benchmarks.matching_sites

An organisation has one site or several, often under one telephone and names that begin alike; each site is in one list
or several, written differently. The truth is in the id: `42-0` and `42-1` are one site.
"""

import numpy as np
import pyarrow as pa

from benchmarks.matching_people import _few, _mistyped, _phones, _words, person_of
from quartier.identify.matching.measures import PairScores, pair_scores, true_pairs
from quartier.identify.matching.run import match

_NAMED = (
    "Crèche Halte-garderie École Boulangerie Garage Pharmacie Librairie Coiffure Optique Auto-école",
    "Centre Nord Sud Gare Mairie Port Université Plage Parc Château Colline Moulin",
)
_TRADES, _PLACES = (each.split() for each in _NAMED)
_FORMS = ("", "", "", " SARL", " SAS", " Association")
_WAYS = (("rue", "r."), ("avenue", "av"), ("boulevard", "bd"), ("place", "pl"), ("chemin", "ch"))
SEED, SITES = 3, 3_000


def sites(n: int, seed: int) -> pa.Table:
    """About `n` sites, each in one to four lists."""
    rng = np.random.default_rng(seed)
    organisations = np.repeat(np.arange(n), rng.geometric(0.45, n))[:n]
    words, streets = np.char.capitalize(_words(4_000, rng)), np.char.capitalize(_words(900, rng))
    trade, name = rng.integers(len(_TRADES), size=n), _few(len(words), n, rng)
    central, own = _phones(n, rng), _phones(n, rng)
    shares_phone, is_named = rng.random(n) < 0.75, rng.random(n) < 0.6
    town = rng.integers(1_000, 1_060, n)
    rows = []
    for site, org in enumerate(organisations.tolist()):
        title = f"{_TRADES[trade[org]]} {words[name[org]]}"
        suffix = f" {_PLACES[int(rng.integers(len(_PLACES)))]}" if is_named[site] else ""
        way, street = int(rng.integers(len(_WAYS))), str(streets[_few(len(streets), 1, rng)[0]])
        phone = str(central[org] if shares_phone[site] else own[site])
        for copy in range(int(rng.choice([1, 2, 3, 4], p=[0.45, 0.3, 0.15, 0.1]))):
            written = title + (suffix if rng.random() < 0.85 else "") + _FORMS[int(rng.integers(len(_FORMS)))]
            short = _WAYS[way][int(rng.random() < 0.4)]
            number = 1 + site * 7 % 120
            rows.append({
                "id": f"{site}-{copy}",
                "raison_sociale": _varied(written, 0.08, 0.0, rng),
                "adresse": _varied(f"{number} {short} {street}", 0.08, 0.05, rng),
                "code_postal": _varied(f"{town[site]:05d}", 0.02, 0.05, rng),
                "telephone": _varied(phone, 0.03, 0.2, rng),
            })  # fmt: skip
    return pa.Table.from_pylist(rows)


def measured(table: pa.Table) -> PairScores:
    """How good the pairs are that matching finds."""
    found = match(table, record="id").pairs.select(["a", "b"]).to_pydict()
    person = {each: person_of(each) for each in table["id"].to_pylist()}
    return pair_scores(zip(found["a"], found["b"], strict=True), true_pairs(person))


def _varied(value: str, typo: float, empty: float, rng: np.random.Generator) -> str | None:
    draw = rng.random()
    if draw < empty:
        return None
    return _mistyped(value, rng) if draw < empty + typo else value


def main() -> None:
    """Print how good matching is."""
    found = measured(sites(SITES, SEED))
    print(f"precision {found.precision:.3f}, recall {found.recall:.3f}, F1 {found.f1:.3f}, pairs {found.found:,}")


if __name__ == "__main__":
    main()
