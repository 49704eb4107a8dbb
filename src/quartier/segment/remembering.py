"""The store as a memory: the membership log, the audiences of campaigns and who was exposed."""

from collections.abc import Collection, Sequence

from quartier.segment.definition import KIND
from quartier.segment.memory import Moved, Reached, Was
from quartier.store import Store, audiences, definitions, membership


class StoreMemory:
    """What the store remembers, read when it is asked for.

    `changed` are segments whose definition in hand is not the one in the store.
    """

    def __init__(self, store: Store, changed: Collection[str] = ()) -> None:
        self.store, self.changed = store, frozenset(changed)

    def changes(self, segment: str) -> Sequence[Moved]:
        """The log of a segment; the first row of each version is as found."""
        with self.store.begin() as connection:
            rows = membership.changes(connection, segment)
        before = [None, *(row.version for row in rows[:-1])] if rows else []
        pairs = zip(rows, before, strict=True)
        return [Moved(row.at, row.entered, row.left, row.version != version) for row, version in pairs]

    def is_of_this_version(self, segment: str) -> bool:
        """Whether the last row of the log is of the version in force."""
        if segment in self.changed:
            return False
        with self.store.begin() as connection:
            last = membership.last_version(connection, segment)
            stored = definitions.latest(connection, KIND, segment)
        return stored is not None and not stored.is_retired and stored.version == last

    def reached(self, campaign: str, was: Was) -> Sequence[Reached]:
        """The frozen audience at its instant, or each exposure at its own."""
        with self.store.begin() as connection:
            if was == "exposed":
                return [Reached(each.at, each.persons) for each in audiences.exposures_of(connection, campaign)]
            found = audiences.find(connection, campaign)
        return [Reached(found.at, found.targeted if was == "targeted" else found.held_out)] if found else []


def campaigns(store: Store) -> list[str]:
    """The names of the campaigns that have an audience."""
    with store.begin() as connection:
        return [each.campaign for each in audiences.all_frozen(connection)]
