"""The specification of the condition language: one file per feature, tiny worlds and the members expected."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from quartier.segment.bind import bind
from quartier.segment.conditions import BoundSegment
from quartier.segment.definition import read_segment
from quartier.testing import TinyWorld, tiny_world

FEATURES = Path(__file__).parent / "features"
DEFAULT_NOW = "2026-11-21 14:05"
DEFAULT_ZONE = "Europe/Paris"


@dataclass(frozen=True)
class Case:
    """One condition over the world of its feature, with the members expected or words of the refusal."""

    feature: str
    title: str
    document: dict[str, Any]
    others: tuple[dict[str, Any], ...]
    world: TinyWorld
    now: dt.datetime
    zone: ZoneInfo
    members: tuple[str, ...] | None
    refused: str | None

    def bound(self) -> BoundSegment:
        """The segment of the case, bound to the catalog of its world."""
        others = {each["segment"]: read_segment(each) for each in self.others}
        return bind(read_segment(self.document), self.world.catalog, others)


@lru_cache(maxsize=1)
def features() -> list[dict[str, Any]]:
    """Every feature as written, in the order of the files."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FEATURES.glob("*.yaml"))]


@lru_cache(maxsize=1)
def cases() -> list[Case]:
    """Every case of every feature; the cases of a feature share one world."""
    return [case for feature in features() for case in _cases(feature)]


def _cases(feature: dict[str, Any]) -> list[Case]:
    world = tiny_world(feature["world"])
    return [
        Case(
            feature=feature["feature"],
            title=case["title"],
            document={"segment": "spec", **{key: case[key] for key in ("of", "population", "where") if key in case}},
            others=tuple(feature.get("segments", ())),
            world=world,
            now=dt.datetime.fromisoformat(str(case.get("now") or feature.get("now", DEFAULT_NOW))).replace(
                tzinfo=dt.UTC
            ),
            zone=ZoneInfo(feature.get("zone", DEFAULT_ZONE)),
            members=tuple(case["members"]) if "members" in case else None,
            refused=case.get("refused"),
        )
        for case in feature["cases"]
    ]
