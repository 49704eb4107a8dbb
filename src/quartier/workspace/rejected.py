"""Rejected messages of a workspace: listed, mended and replayed, or dropped."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quartier.collect.tracking import run
from quartier.collect.tracking.verdicts import Verdict
from quartier.store.journal import Journal, KeptRefusal

_PAGE = 500


class Rejected:
    """The messages that could not be stored, and wait."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def all(self, state: str | None = "open", reason: str | None = None) -> Iterator[KeptRefusal]:
        """Every rejected message, oldest first: those that wait, or of another state, or of any (None)."""
        after = 0
        while page := self._journal.refusals(state, after=after, limit=_PAGE):
            yield from (each for each in page if reason in (None, each.refusal.reason))
            after = page[-1].number

    def read(self, number: int) -> KeptRefusal:
        """One of them, with its bytes. Raises UnknownName."""
        return self._journal.refusal(number)

    def replay(self, number: int, message: Mapping[str, Any] | None = None) -> Verdict:
        """Check one again, or what it was mended to, and keep it if it is sound now."""
        return run.replay(self._journal, self.read(number), message)

    def drop(self, numbers: Sequence[int]) -> None:
        """Give some up; they stay listed as dropped."""
        self._journal.drop([self.read(number).number for number in numbers])
