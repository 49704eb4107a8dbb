"""Sets that more than one's own rows decide (ranks, what is asked across links), kept between refreshes."""

from collections.abc import Mapping

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.store.tables import kept_sets


def keep(connection: sa.Connection, sets: Mapping[str, BitMap]) -> None:
    """Keep these sets, by the digest of what they answer, in place of all that were kept before."""
    connection.execute(sa.delete(kept_sets))
    rows = [{"digest": digest, "members": members.serialize()} for digest, members in sets.items()]
    if rows:
        connection.execute(sa.insert(kept_sets), rows)


def kept(connection: sa.Connection) -> dict[str, BitMap]:
    """The sets that are kept, by the digest of what they answer."""
    return {row.digest: BitMap.deserialize(row.members) for row in connection.execute(sa.select(kept_sets))}
