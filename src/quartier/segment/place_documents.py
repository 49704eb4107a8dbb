"""Conditions over places as users write them; `bind` reads what stands inside."""

from typing import Any

from quartier.segment.documents import Document


class PlaceCondition(Document):
    """`{place: {near: Lyon, within: 30 km}}` or `{place: {in: {south: 48, west: 2, north: 49, east: 3}}}`."""

    place: dict[str, Any]
