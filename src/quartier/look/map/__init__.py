"""The map: countries by shade, cities as dots, drawn around where the persons are."""

from quartier.look.map.drawing import MOST_LABELLED, Dot, Land, MapKey, draw
from quartier.look.map.outlines import is_drawn

__all__ = ["MOST_LABELLED", "Dot", "Land", "MapKey", "draw", "is_drawn"]
