"""How alike two texts are, as DuckDB counts it, for engines that count otherwise. Pure."""

from functools import lru_cache

_BOOSTED_FROM, _PREFIX, _WEIGHT = 0.7, 4, 0.1


@lru_cache(maxsize=200_000)  # the same names are compared again and again
def jaro_winkler(one: str | None, other: str | None) -> float | None:
    """Jaro's similarity of bytes, raised by a common beginning (Winkler, 1990); None where a text is missing."""
    if one is None or other is None:
        return None
    a, b = one.encode(), other.encode()
    similarity = _jaro(a, b)
    if similarity <= _BOOSTED_FROM:
        return similarity
    same = next((place for place, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return similarity + min(same, _PREFIX) * _WEIGHT * (1 - similarity)


def _jaro(a: bytes, b: bytes) -> float:
    """Jaro, "Advances in record-linkage methodology" (JASA 84, 1989)."""
    reach = max(max(len(a), len(b)) // 2 - 1, 0)
    taken, found = [False] * len(b), []
    for place, sign in enumerate(a):
        for at in range(max(0, place - reach), min(len(b), place + reach + 1)):
            if not taken[at] and b[at] == sign:
                taken[at] = True
                found.append(sign)
                break
    if not found:
        return 0.0
    theirs = [sign for sign, is_taken in zip(b, taken, strict=True) if is_taken]
    moved = sum(x != y for x, y in zip(found, theirs, strict=True)) // 2
    n = len(found)
    return (n / len(a) + n / len(b) + (n - moved) / n) / 3
