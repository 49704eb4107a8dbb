"""The side of a profile that tells what somebody did, the newest first, older ones on request. Pure."""

from dataclasses import dataclass

from quartier.config import Config
from quartier.identify.profile import Happening, Timeline
from quartier.identify.profile.timeline import Mark
from quartier.identify.profile.words import MASK, written
from quartier.language import Language, instant, whole
from quartier.web.persons.asked import Asked

EVENTS = 50
"""How many events are shown at once."""


@dataclass(frozen=True)
class Shown:
    """One event: when, what, and its properties as pairs of words."""

    at: str
    label: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TimelineSide:
    """Events, the newest first.

    Attributes:
        types: label with how many, address, whether only these are shown.
        older_url: where older ones are; empty at the end.
        newest_url: the way back from older ones; empty where these are the newest.
    """

    events: tuple[Shown, ...]
    types: tuple[tuple[str, str, bool], ...]
    older_url: str
    newest_url: str


def timeline_side(
    found: Timeline, person: str, asked: Asked, language: Language, config: Config, all_: str
) -> TimelineSide:
    """The side in one language; `found` has one event more than is shown where there are older ones."""
    shown = found.happenings[:EVENTS]
    is_more = len(found.happenings) > EVENTS
    here = {"tab": "timeline", "event": asked.event}
    older = asked.url(person, **here, after=Mark.of(shown[-1])) if is_more else ""
    types = [(all_, found.events, None), *((label.to(language), n, event) for event, label, n in found.counts)]
    return TimelineSide(
        tuple(_shown(each, language, config) for each in shown),
        tuple(
            (f"{label} ({whole(n, language)})", asked.url(person, tab="timeline", event=event), event == asked.event)
            for label, n, event in types
        ),
        older, asked.url(person, **here) if asked.after else "",
    )  # fmt: skip


def _shown(each: Happening, language: Language, config: Config) -> Shown:
    details = tuple(
        (one.label.to(language), MASK if one.is_masked else written(one.value, language, config.zone))
        for one in each.details
    )
    return Shown(instant(each.at, language, config.zone), each.label.to(language), details)
