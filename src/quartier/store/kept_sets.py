"""The sets of leaves that are global by nature, kept from one refresh to the next."""

from collections.abc import Mapping

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.store.tables import kept_sets


def keep(connection: sa.Connection, sets: Mapping[str, BitMap]) -> None:
    """Keep these sets, by the digest of their leaf, in place of all that were kept before."""
    connection.execute(sa.delete(kept_sets))
    rows = [{"digest": digest, "members": members.serialize()} for digest, members in sets.items()]
    if rows:
        connection.execute(sa.insert(kept_sets), rows)


def kept(connection: sa.Connection) -> dict[str, BitMap]:
    """The sets that are kept, by the digest of their leaf."""
    return {row.digest: BitMap.deserialize(row.members) for row in connection.execute(sa.select(kept_sets))}
