"""Snapshots beside the log, refreshes, kept sets, a reconstructed past, definitions out of force."""

import sqlalchemy as sa
from alembic import op
from pyroaring import BitMap

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables and give every segment of the log its first snapshot."""
    op.add_column("definitions", sa.Column("is_retired", sa.Boolean, nullable=False, server_default=sa.false()))
    op.drop_index("ix_membership_log_segment", "membership_log")
    op.create_index("ix_membership_log_segment_position", "membership_log", ["segment", "position"])
    op.create_index("ix_membership_log_segment_at", "membership_log", ["segment", "at"])
    snapshots = op.create_table(
        "membership_snapshots",
        sa.Column("segment", sa.String(200), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("members", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "membership_past",
        sa.Column("segment", sa.String(200), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(32), primary_key=True),
        sa.Column("members", sa.LargeBinary, nullable=False),
        sa.Column("computed_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "refreshes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("generation", sa.String(64)),
        sa.Column("mark", sa.BigInteger),
        sa.Column("catalog_digest", sa.String(64)),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("segments", sa.Integer, nullable=False),
        sa.Column("touched", sa.BigInteger),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("error", sa.JSON),
    )
    op.create_index("ix_refreshes_at", "refreshes", ["at"])
    op.create_table(
        "kept_sets",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("members", sa.LargeBinary, nullable=False),
    )
    _create_evaluations()
    _take_snapshots(op.get_bind(), snapshots)


def _create_evaluations() -> None:
    op.create_table(
        "segment_evaluations",
        sa.Column("segment", sa.String(200), primary_key=True),
        sa.Column("digest", sa.String(64)),
        sa.Column("generation", sa.String(64)),
        sa.Column("mark", sa.BigInteger),
        sa.Column("at", sa.String(32)),
        sa.Column("error", sa.JSON),
        sa.Column("tried_at", sa.String(32), nullable=False),
    )


def _take_snapshots(connection: sa.Connection, snapshots: sa.Table) -> None:
    """The members of every segment after its last row: until now the log was read from its beginning."""
    log = sa.table("membership_log", *map(sa.column, ("position", "segment", "entered", "left")))
    standing: dict[str, tuple[int, BitMap]] = {}
    for row in connection.execute(sa.select(log).order_by(log.c.position)):
        _, members = standing.get(row.segment, (0, BitMap()))
        members |= BitMap.deserialize(row.entered)
        members -= BitMap.deserialize(row.left)
        standing[row.segment] = (row.position, members)
    for segment, (position, members) in standing.items():
        connection.execute(sa.insert(snapshots).values(segment=segment, position=position, members=members.serialize()))
