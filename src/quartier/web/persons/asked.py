"""What an address asks of a profile: which side, as of when, of which events, with what is sensitive or not."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from quartier.errors import InvalidRequest
from quartier.identify.profile.timeline import Mark
from quartier.language import Text
from quartier.web.addresses import part, with_query

TABS = ("traits", "timeline", "segments", "links", "accounts", "similar")


@dataclass(frozen=True)
class Asked:
    """What is asked of a profile.

    Attributes:
        tab: which side of it.
        at: as of when; None for now.
        written_at: the same as it was written, for the next address.
        shows_all: whether sensitive values are asked for.
        event: the type of events; None for all.
        after: the event after which older ones are asked for.
    """

    tab: str = "traits"
    at: dt.datetime | None = None
    written_at: str = ""
    shows_all: bool = False
    event: str | None = None
    after: Mark | None = None

    def url(self, person: str, **more: object) -> str:
        """The same of a person, with some of it changed."""
        kept: dict[str, object] = {
            "tab": self.tab, "at": self.written_at, "sensitive": "1" if self.shows_all else "",
        }  # fmt: skip
        asked = {**kept, **more}
        return with_query(
            f"/persons/{part(person)}", **{**asked, "tab": "" if asked["tab"] == TABS[0] else asked["tab"]}
        )


def read_asked(query: Mapping[str, str], zone: ZoneInfo) -> Asked:
    """What a query asks. Raises InvalidRequest for an instant or a mark that is none."""
    tab, written = query.get("tab", ""), query.get("at", "").strip()
    return Asked(
        tab=tab if tab in TABS else TABS[0], at=read_instant(written, zone) if written else None, written_at=written,
        shows_all=query.get("sensitive") == "1", event=query.get("event") or None,
        after=Mark.read(query["after"]) if query.get("after") else None,
    )  # fmt: skip


def read_instant(written: str, zone: ZoneInfo) -> dt.datetime:
    """An instant as a form has it: a day (its end), or a day and a time; in this zone where it names none."""
    try:
        found = dt.datetime.fromisoformat(written)
        if len(written) == len("2026-01-31"):
            found = found.replace(hour=23, minute=59, second=59)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidRequest(_NO_INSTANT, remedy=_WRITE_IT) from error


_NO_INSTANT = Text(en="This is no day and no instant", fr="Ce n'est ni un jour ni un instant")
_WRITE_IT = Text(en="Write it as 2026-10-31 or 2026-10-31T14:05.", fr="Écrivez 2026-10-31 ou 2026-10-31T14:05.")
