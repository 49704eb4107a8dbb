"""Lists that were written and wait to be fetched by whoever asked for them: for an hour, then they are gone."""

import datetime as dt
import re
import threading
from dataclasses import dataclass
from pathlib import Path

from quartier.workspace.scratch import Scratch

FORMS = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet", "json": "application/json"}
"""The forms of a list, with their media types."""
KEPT = dt.timedelta(hours=1)


@dataclass(frozen=True)
class WrittenList:
    """A list on its way to a browser: where it is, how it is called, who asked for it, when it was written."""

    campaign: str
    path: Path
    name: str
    by: str
    at: dt.datetime

    @property
    def media_type(self) -> str:
        """What the file is."""
        return FORMS[self.path.suffix.removeprefix(".")]


class Lists:
    """A folder that nobody else can read and that goes away with the process."""

    def __init__(self) -> None:
        self._folder = Scratch("quartier-lists-")
        self._lists: dict[str, WrittenList] = {}
        self._lock = threading.Lock()

    def path(self, number: str, form: str) -> Path:
        """Where the list of a job is to be written. Raises KeyError for a form that there is not."""
        if form not in FORMS:
            raise KeyError(form)
        return self._folder.path / f"{number}.{form}"

    def keep(self, number: str, path: Path, *, campaign: str, by: str, at: dt.datetime) -> None:
        """Remember a list that was written."""
        name = re.sub(r"[^\w.-]+", "-", campaign, flags=re.ASCII).strip("-.") or "list"
        with self._lock:
            self._lists[number] = WrittenList(campaign, path, f"{name}{path.suffix}", by, at)

    def find(self, number: str, *, campaign: str, by: str, now: dt.datetime) -> WrittenList | None:
        """The list that a user asked for; None where it is another's, or gone."""
        with self._lock:
            for each in [key for key, known in self._lists.items() if now - known.at > KEPT]:
                self._lists.pop(each).path.unlink(missing_ok=True)
            found = self._lists.get(number)
        return found if found and (found.by, found.campaign) == (by, campaign) else None
