"""Generated French-like customers of whom some come twice, with typos: for times and memory, and to see families.

The truth is in the id: `42` and `42-1` are one person. Families share surname, address and often the phone, which real
customers do and generated sets seldom.
"""

import numpy as np
import pyarrow as pa

_FIRST = (
    "Jean Marie Pierre Michel Camille Nathalie Isabelle Philippe Catherine Nicolas Sylvie Christophe Laurent Emma"
    " Louise Gabriel Raphaël Léo Arthur Jules Hugo Louis Adam Lucas Maël Alice Jade Chloé Inès Léa Manon Zoé Anna"
    " Éléonore Françoise Jacqueline Monique Christine Valérie Sandrine Stéphanie Aurélie Émilie Mélanie Céline Élodie"
    " Julie Thomas Alexandre Antoine Maxime Kévin Julien Romain Benoît Cédric Fabrice Olivier Thierry Pascal Éric"
    " Patrick Alain Bernard André Jacques Gérard Marcel René Robert Henri Georges Maurice Karim Mohamed Fatima Yasmine"
    " Mehdi"
)
_BEGINNINGS = (
    "ba be bo bru cha che cor da du fa fer ga gau gi gre ha ju la le lo ma mar me mo mu na ni pa pe pi po ra re ri ro"
    " sa se so ta te to va ve vi vo"
)
_ENDINGS = "rd t x s n ault eau ier in on et ot y z lle nd ng"
FIRST, _SYLLABLES, _ENDS = _FIRST.split(), _BEGINNINGS.split(), _ENDINGS.split()
_WAYS = ("rue", "avenue", "boulevard", "place", "chemin", "impasse", "allée")
_LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz"))


def people(n: int, duplicates: float, seed: int) -> pa.Table:
    """`n` records, the share `duplicates` of them of persons who are there already."""
    rng = np.random.default_rng(seed)
    extra = round(n * duplicates)
    originals = _originals(n - extra, rng)
    again = rng.integers(0, n - extra, extra)
    copies = {name: values[again].copy() for name, values in originals.items()}
    copies["id"] = np.array([f"{of}-{k}" for k, of in enumerate(again)], object)
    _vary(copies, rng)
    return pa.table(
        {name: pa.array(np.concatenate([originals[name], copies[name]]), pa.string()) for name in originals}
    )


def person_of(record: str) -> str:
    """The person of a record."""
    return record.split("-")[0]


def _originals(n: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    surnames, streets, cities = _words(20_000, rng), _words(3_000, rng), _words(3_000, rng)
    home = np.sort(rng.integers(0, max(n * 2 // 3, 1), n))  # of a person and a half on average
    of_home = {
        "nom": np.char.capitalize(surnames)[_few(len(surnames), n, rng)],
        "adresse": _addresses(streets, n, rng),
        "telephone": _phones(n, rng),
    }
    town = _few(len(cities), n, rng)
    first = np.array(FIRST)[_few(len(FIRST), n, rng)]
    shares_phone, own_name = rng.random(n) < 0.4, rng.random(n) < 0.15
    surname = np.where(own_name, np.char.capitalize(surnames)[_few(len(surnames), n, rng)], of_home["nom"][home])
    table = {
        "id": np.arange(n).astype(str),
        "prenom": first,
        "nom": surname,
        "email": _emails(first, surname, rng),
        "telephone": np.where(shares_phone, of_home["telephone"][home], _phones(n, rng)),
        "date_naissance": _births(n, rng),
        "adresse": of_home["adresse"][home],
        "code_postal": np.char.zfill((1000 + town[home] * 31 % 95_000).astype(str), 5),
        "ville": np.char.capitalize(cities)[town[home]],
    }
    return {name: _emptied(values.astype(object), _EMPTY.get(name, 0.0), rng) for name, values in table.items()}


_EMPTY = {"email": 0.2, "telephone": 0.25, "date_naissance": 0.35, "adresse": 0.15, "prenom": 0.02}
_TYPOS = {"prenom": 0.12, "nom": 0.12, "email": 0.1, "telephone": 0.06, "date_naissance": 0.06, "adresse": 0.2,
          "code_postal": 0.04, "ville": 0.08}  # fmt: skip
_REPLACED = {"email": 0.15, "telephone": 0.15, "adresse": 0.12}


def _vary(copies: dict[str, np.ndarray], rng: np.random.Generator) -> None:
    n = len(copies["id"])
    for name, share in _REPLACED.items():
        copies[name] = np.where(rng.random(n) < share, rng.permutation(copies[name]), copies[name])
    for name, share in _TYPOS.items():
        for place in np.flatnonzero(rng.random(n) < share):
            copies[name][place] = _mistyped(copies[name][place], rng)
        copies[name] = _emptied(copies[name], 0.1, rng)
    swapped = rng.random(n) < 0.02
    copies["prenom"], copies["nom"] = (
        np.where(swapped, copies["nom"], copies["prenom"]),
        np.where(swapped, copies["prenom"], copies["nom"]),
    )
    loud = rng.random(n) < 0.2
    copies["nom"] = np.array(
        [each and each.upper() if up else each for each, up in zip(copies["nom"], loud, strict=True)], object
    )


def _mistyped(value: str | None, rng: np.random.Generator) -> str | None:
    if not value or len(value) < 3:
        return value
    place, how = int(rng.integers(1, len(value) - 1)), int(rng.integers(4))
    other = str(rng.integers(10)) if value[place].isdigit() else str(rng.choice(_LETTERS))
    changed = (other, value[place] + other, "", value[place + 1] + value[place])[how]
    return value[:place] + changed + value[place + (2 if how == 3 else 1) :]


def _words(n: int, rng: np.random.Generator) -> np.ndarray:
    parts = rng.choice(_SYLLABLES, (n, 3))
    short = rng.random(n) < 0.5
    return np.char.add(
        np.char.add(parts[:, 0], parts[:, 1]), np.char.add(np.where(short, "", parts[:, 2]), rng.choice(_ENDS, n))
    )


def _few(kinds: int, n: int, rng: np.random.Generator) -> np.ndarray:
    """Places of which the first ones are frequent, as names and towns are."""
    share = 1 / (np.arange(kinds) + 10)
    return np.searchsorted(np.cumsum(share / share.sum())[:-1], rng.random(n))


def _addresses(streets: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    number, way = rng.integers(1, 120, n).astype(str), rng.choice(_WAYS, n)
    return _spaced(number, way, "de", np.char.capitalize(streets)[_few(len(streets), n, rng)])


def _spaced(*parts: np.ndarray | str) -> np.ndarray:
    whole = parts[0]
    for each in parts[1:]:
        whole = np.char.add(np.char.add(whole, " "), each)
    return np.asarray(whole)


def _phones(n: int, rng: np.random.Generator) -> np.ndarray:
    return np.char.add(rng.choice(["06", "07", "01", "04"], n), np.char.zfill(rng.integers(0, 10**8, n).astype(str), 8))


def _emails(first: np.ndarray, surname: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    n = len(first)
    name = np.char.lower(np.char.add(np.char.add(first.astype(str), "."), surname.astype(str)))
    number = np.where(rng.random(n) < 0.6, rng.integers(1, 999, n).astype(str), "")
    host = rng.choice(["gmail.com", "orange.fr", "free.fr", "hotmail.fr", "laposte.net", "wanadoo.fr"], n)
    return _each_once(np.char.add(name, number), host)


def _each_once(local: np.ndarray, host: np.ndarray) -> np.ndarray:
    """Addresses of which nobody else has the same, as mail servers see to: who comes later takes one more number."""
    whole = np.char.add(np.char.add(local, "@"), host)
    order = np.argsort(whole, kind="stable")
    is_first = np.append(True, whole[order][1:] != whole[order][:-1])
    place = np.arange(len(whole))
    later = np.empty(len(whole), np.int64)
    later[order] = place - np.maximum.accumulate(np.where(is_first, place, 0))
    more = np.where(later > 0, np.char.add("_", later.astype(str)), "")
    return np.char.add(np.char.add(np.char.add(local, more), "@"), host)


def _births(n: int, rng: np.random.Generator) -> np.ndarray:
    return (np.datetime64("1935-01-01") + rng.integers(0, 26_000, n)).astype(str)


def _emptied(values: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random(len(values)) < share, None, values)
