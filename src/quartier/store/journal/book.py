"""Where entries are written: the one seam between the journal and its database."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from quartier.store.journal.entry import KeptRefusal, Receipt
from quartier.store.journal.group import Head, Link, Row, Submission


class Reader(Protocol):
    """Reads entries beside the writer."""

    def row(self, number: int) -> Row | None:
        """The entry that begins at a number, or the first one that begins after it.

        Raises JournalDamaged where the database cannot read it.
        """
        ...

    def link_before(self, number: int) -> Link | None:
        """The place and digest of the last entry that begins before a number; None where they cannot be read."""
        ...

    def refusals(self, state: str | None, after: int, limit: int) -> list[KeptRefusal]:
        """A page of refusals after a number, in order; of any state where None is asked."""
        ...

    def refusal(self, number: int) -> KeptRefusal | None:
        """One refusal, or None."""
        ...


class Book(Protocol):
    """Writes entries; called by one thread, but for `head` and `reader`."""

    def write(self, submissions: Sequence[Submission], at: datetime) -> list[Receipt]:
        """Keep all of them in one transaction, or nothing; what is returned is durable.

        Raises JournalFull where nothing could be written for a reason that passes. After any other error the book must
        not be written to again.
        """
        ...

    def tidy(self) -> None:
        """What may be done after receipts were given. Raises as `write` does; JournalFull does no harm."""
        ...

    def probe(self) -> None:
        """Write something that changes nothing, to learn whether writing works again. Raises as `write` does."""
        ...

    def head(self) -> Head:
        """The end of the journal."""
        ...

    def mark(self) -> int:
        """The highest number that was ever acknowledged from this book, as far as is known outside of its entries."""
        ...

    def reader(self) -> AbstractContextManager[Reader]:
        """A connection that reads."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...
