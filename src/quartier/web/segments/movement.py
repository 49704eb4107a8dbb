"""Who entered and who left a segment in a time, week by week, where they came from and where they went."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from quartier.language import Language, Text, day, percent, whole
from quartier.report.page import Column, Drawing, KeyFigure, Table
from quartier.segment import history as histories
from quartier.segment.history import Period
from quartier.store import membership
from quartier.web.addresses import address
from quartier.web.segments.head import Head
from quartier.web.segments.history_figure import history
from quartier.web.segments.overview import observed_sizes, past_sizes
from quartier.web.segments.seen import Seen
from quartier.workspace import Workspace

DAYS = (7, 30, 90, 365)
MOST_WAYS = 10
_PERIODS: Mapping[int, Period] = {7: "day", 30: "week", 90: "week", 365: "month"}
STEPS = ("1 day", "1 week", "1 month")
LENGTHS = ("3 months", "1 year", "2 years")


@dataclass(frozen=True)
class Way:
    """A segment from which persons came, or to which they went."""

    label: str
    url: str
    share: float
    words: str


@dataclass(frozen=True)
class MovementPage:
    """The movement of a segment between two instants."""

    head: Head
    choices: tuple[tuple[str, str, bool], ...]
    said: str
    glance: tuple[KeyFigure, ...]
    came_from: tuple[Way, ...]
    went_to: tuple[Way, ...]
    entered_url: str
    left_url: str
    rows: Table | None
    history: Drawing | None
    csv_url: str


@dataclass(frozen=True)
class Between:
    """What happened between two instants: members at both, and the changes between."""

    since: dt.datetime
    until: dt.datetime
    before: BitMap
    after: BitMap
    changes: list[membership.Change]

    @property
    def entered(self) -> BitMap:
        """In at the end and not at the beginning."""
        return self.after - self.before

    @property
    def left(self) -> BitMap:
        """In at the beginning and not at the end."""
        return self.before - self.after


def asked_days(written: str) -> int:
    """The time that an address asks for; a month where it asks for none that is offered."""
    return int(written) if written in map(str, DAYS) else 30


def between(ws: Workspace, seen: Seen, days: int) -> Between:
    """What the log holds of the last days; of a younger segment, since it was first evaluated."""
    until = ws.clock.now()
    with ws.store.begin() as connection:
        first = membership.first_at(connection, seen.name)
        since = max(until - dt.timedelta(days=days), first or until)
        start = membership.position_as_of(connection, seen.name, since)
        before = membership.members_at(connection, seen.name, start)
        changes = membership.changes(connection, seen.name, after=start)
    return Between(since, until, before, seen.members, changes)


def movement_page(ws: Workspace, seen: Seen, head: Head, days: int, language: Language) -> MovementPage:
    """The page of a time."""
    found, zone = between(ws, seen, days), ws.config.zone
    past = ws.kept_past(seen.name) if seen.is_in_force else None
    came, went = _ways(ws, seen, found, language)
    here = ("segments", seen.name)
    return MovementPage(
        head=head,
        choices=tuple(
            (_DAYS.to(language, n=each), address(*here, "movement", days=each), each == days) for each in DAYS
        ),
        said=_BETWEEN.to(language, since=day(found.since.astimezone(zone).date(), language)),
        glance=_glance(found, language),
        came_from=came,
        went_to=went,
        entered_url=address(*here, "members", who="entered", days=days) if found.entered else "",
        left_url=address(*here, "members", who="left", days=days) if found.left else "",
        rows=_table(ws, seen, found, days, language),
        history=history(
            seen.label, observed_sizes(ws, seen),
            past_sizes(past), zone, language,
            past.as_today if past else (),
        ),
        csv_url=address(*here, "history.csv"),
    )  # fmt: skip


def _glance(found: Between, language: Language) -> tuple[KeyFigure, ...]:
    entries = sum(len(each.entered) for each in found.changes)
    exits = sum(len(each.left) for each in found.changes)
    stayed = len(found.before & found.after)
    kept = percent(stayed / len(found.before), language) if found.before else ""
    before = whole(len(found.before), language)
    return (
        KeyFigure(whole(len(found.entered), language), _ENTERED.to(language), _ENTRIES.to(language, n=entries)),
        KeyFigure(whole(len(found.left), language), _LEFT.to(language), _EXITS.to(language, n=exits)),
        KeyFigure(
            whole(stayed, language), _STAYED.to(language), _OF.to(language, part=kept, of=before) if kept else ""
        ),
    )


def _ways(ws: Workspace, seen: Seen, found: Between, language: Language) -> tuple[tuple[Way, ...], tuple[Way, ...]]:
    """The segments that those who entered left in the same time, and those that those who left came into."""
    others = {name: each for name, each in seen.known.items() if name != seen.name and each.subject == seen.of}
    came, went = {}, {}
    with ws.store.begin() as connection:
        for name in others:
            start = membership.position_as_of(connection, name, found.since)
            then = membership.members_at(connection, name, start) if start else BitMap()
            now = membership.members_at(connection, name)
            came[name], went[name] = found.entered & (then - now), found.left & (now - then if start else BitMap())
    labels = {name: each.label.to(language) if each.label else name for name, each in others.items()}
    return (
        _shares(found.entered, came, labels, _LEFT_NONE.to(language), language),
        _shares(found.left, went, labels, _ENTERED_NONE.to(language), language),
    )


def _shares(
    moved: BitMap, places: Mapping[str, BitMap], labels: Mapping[str, str], none: str, language: Language
) -> tuple[Way, ...]:
    if not moved:
        return ()
    ways = [
        _way(labels[name], address("segments", name), len(each), len(moved), language)
        for name, each in sorted(places.items(), key=lambda pair: -len(pair[1]))[:MOST_WAYS]
        if each
    ]
    elsewhere = len(moved - BitMap.union(*places.values())) if places else len(moved)
    return (*ways, _way(none, "", elsewhere, len(moved), language)) if elsewhere else tuple(ways)


def _way(label: str, url: str, n: int, of: int, language: Language) -> Way:
    return Way(label, url, n / of, f"{whole(n, language)} · {percent(n / of, language, 0)}")


def _table(ws: Workspace, seen: Seen, found: Between, days: int, language: Language) -> Table | None:
    if not found.changes:
        return None
    zone = ws.config.zone
    sizes = histories.observed(seen.name, found.changes).per(_PERIODS[days], zone).sizes
    rows = tuple(
        (
            day(each.at.astimezone(zone).date(), language), whole(each.size, language),
            whole(each.entered or 0, language), whole(each.left or 0, language), str(each.version),
        )
        for each in reversed(sizes)
    )  # fmt: skip
    columns = tuple(Column(head.to(language), place > 0) for place, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language), columns, rows)


_DAYS = Text(en="{n} days", fr="{n} jours")
_BETWEEN = Text(en="Between {since} and now.", fr="Entre le {since} et maintenant.")
_ENTERED = Text(en="entered and are in", fr="entrées, toujours là")
_LEFT = Text(en="left and are out", fr="sorties, toujours dehors")
_ENTRIES = Text(en="of {n} entries in all", fr="sur {n} entrées en tout")
_EXITS = Text(en="of {n} exits in all", fr="sur {n} sorties en tout")
_STAYED = Text(en="stayed throughout", fr="n'ont pas bougé")
_OF = Text(en="{part} of the {of} at the start", fr="{part} des {of} du début")
_LEFT_NONE = Text(en="left no other segment", fr="n'ont quitté aucun autre segment")
_ENTERED_NONE = Text(en="entered no other segment", fr="ne sont entrées dans aucun autre segment")
_CAPTION = Text(en="Movement, the newest first", fr="Mouvements, les plus récents d'abord")
_HEADS = (
    Text(en="until", fr="jusqu'au"),
    Text(en="size", fr="effectif"),
    Text(en="entered", fr="entrées"),
    Text(en="left", fr="sorties"),
    Text(en="version", fr="version"),
)
