"""The fields of a place: near a city, or near a point."""

from collections.abc import Mapping
from typing import Any

from quartier.web.editor.sketch import Leaf
from quartier.web.editor.trials import Opened
from quartier.web.editor.typed import number, text_of

AROUND = ("city", "point")
DISTANCES = ("km", "m", "miles")


def opened_place(written: Mapping[str, Any]) -> Opened:
    """The fields of a place as a document writes it; areas raise KeyError, they are written as YAML."""
    near = written["near"]
    n, unit = str(written["within"]).split(" ")
    found: Opened = {"within.n": (n,), "within.unit": (unit,)}
    if isinstance(near, list):
        return found | {"near": ("point",), "lat": (text_of(near[0]),), "lon": (text_of(near[1]),)}
    if isinstance(near, Mapping):
        return found | {"near": ("city",), "city": (near["city"],), "country": (near["country"],)}
    return found | {"near": ("city",), "city": (near,)}


def place_document(leaf: Leaf) -> dict[str, Any]:
    """The place that the fields say."""
    n, unit = leaf.one("within.n").strip(), leaf.one("within.unit") or DISTANCES[0]
    return {"place": {"near": _near(leaf), "within": f"{n} {unit}" if n else ""}}


def _near(leaf: Leaf) -> Any:
    if leaf.one("near") == "point":
        return [number(leaf.one("lat")), number(leaf.one("lon"))]
    city, country = leaf.one("city"), leaf.one("country").strip()
    return {"city": city, "country": country} if country else city
