"""Who entered and who left a segment in a time, week by week, where they came from and where they went."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pyroaring import BitMap

from quartier.language import Language, Text, day, percent, whole
from quartier.report.page import Column, Drawing, KeyFigure, Table
from quartier.segment import history as histories
from quartier.segment.history import Period
from quartier.segment.ways import Ways, ways
from quartier.store import membership
from quartier.web.addresses import address
from quartier.web.segments.flow_figure import FlowView, flow_view
from quartier.web.segments.head import Head
from quartier.web.segments.history_figure import history
from quartier.web.segments.overview import observed_sizes, past_sizes
from quartier.web.segments.seen import Seen
from quartier.workspace import Workspace

DAYS = (7, 30, 90, 365)
STEPS = ("1 day", "1 week", "1 month")
LENGTHS = ("3 months", "1 year", "2 years")


@dataclass(frozen=True)
class Asked:
    """The time that an address asks for: some days up to now, or from one day to another, both with them."""

    days: int = 30
    since: dt.date | None = None
    until: dt.date | None = None

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "Asked":
        """From an address; what makes no sense there is left out."""
        since, until = (_day_of(parameters.get(name, "")) for name in ("since", "until"))
        if since and until and since > until:
            since, until = until, since
        return cls(asked_days(parameters.get("days", "")), since, until if since else None)

    def between(self, now: dt.datetime, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """The two instants, in a time zone; never later than now."""
        if self.since is None:
            return now - dt.timedelta(days=self.days), now
        start = dt.datetime.combine(self.since, dt.time(), zone)
        end = dt.datetime.combine(self.until + dt.timedelta(days=1), dt.time(), zone) if self.until else now
        end = min(end, now)
        return min(start, end - dt.timedelta(seconds=1)), end


@dataclass(frozen=True)
class MovementPage:
    """The movement of a segment between two instants."""

    head: Head
    choices: tuple[tuple[str, str, bool], ...]
    said: str
    glance: tuple[KeyFigure, ...]
    asked: Asked
    today: dt.date
    flows: FlowView
    entered_url: str
    left_url: str
    rows: Table | None
    history: Drawing | None
    csv_url: str


@dataclass(frozen=True)
class Between:
    """Who was in at the beginning of a time, and who is in now."""

    before: BitMap
    after: BitMap

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
        return Between(membership.members_at(connection, seen.name, start), seen.members)


def movement_page(ws: Workspace, seen: Seen, head: Head, asked: Asked, language: Language) -> MovementPage:
    """The page of a time."""
    zone, now = ws.config.zone, ws.clock.now()
    found = ways(ws.store, seen.name, {**seen.known, seen.name: seen.definition}, *asked.between(now, zone))
    changes = _changes(ws, seen, found)
    past = ws.kept_past(seen.name) if seen.is_in_force else None
    here, is_up_to_now = ("segments", seen.name), asked.since is None
    return MovementPage(
        head=head,
        choices=tuple(
            (_DAYS.to(language, n=each), address(*here, "movement", days=each), is_up_to_now and each == asked.days)
            for each in DAYS
        ),
        said=_between(found, is_up_to_now or found.until == now, zone, language),
        glance=_glance(found, changes, language),
        asked=asked,
        today=now.astimezone(zone).date(),
        flows=flow_view(found, seen, language),
        entered_url=address(*here, "members", who="entered", days=asked.days) if found.entered and is_up_to_now else "",
        left_url=address(*here, "members", who="left", days=asked.days) if found.left and is_up_to_now else "",
        rows=_table(ws, seen, changes, _period(found), language),
        history=history(
            seen.label, observed_sizes(ws, seen),
            past_sizes(past), zone, language,
            past.as_today if past else (),
        ),
        csv_url=address(*here, "history.csv"),
    )  # fmt: skip


def _changes(ws: Workspace, seen: Seen, found: Ways) -> list[membership.Change]:
    with ws.store.begin() as connection:
        start, end = (membership.position_as_of(connection, seen.name, at) for at in (found.since, found.until))
        return membership.changes(connection, seen.name, after=start, up_to=end)


def _day_of(written: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def _period(found: Ways) -> Period:
    days = (found.until - found.since).days
    return "day" if days <= 7 else "week" if days <= 90 else "month"


def _between(found: Ways, is_up_to_now: bool, zone: ZoneInfo, language: Language) -> str:
    first, last = (each.astimezone(zone).date() for each in (found.since, found.until - dt.timedelta(seconds=1)))
    since = day(first, language)
    return (
        _BETWEEN.to(language, since=since)
        if is_up_to_now
        else _FROM_TO.to(language, since=since, until=day(last, language))
    )


def _glance(found: Ways, changes: list[membership.Change], language: Language) -> tuple[KeyFigure, ...]:
    entries = sum(len(each.entered) for each in changes)
    exits = sum(len(each.left) for each in changes)
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


def _table(
    ws: Workspace, seen: Seen, changes: list[membership.Change], period: Period, language: Language
) -> Table | None:
    if not changes:
        return None
    zone = ws.config.zone
    sizes = histories.observed(seen.name, changes).per(period, zone).sizes
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
_FROM_TO = Text(en="Between {since} and {until}.", fr="Entre le {since} et le {until}.")
_CAPTION = Text(en="Movement, the newest first", fr="Mouvements, les plus récents d'abord")
_HEADS = (
    Text(en="until", fr="jusqu'au"),
    Text(en="size", fr="effectif"),
    Text(en="entered", fr="entrées"),
    Text(en="left", fr="sorties"),
    Text(en="version", fr="version"),
)
