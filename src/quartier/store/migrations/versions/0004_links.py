"""Links between identifiers: each identifier gets a number of its own, and what people decide of links is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SEEN_TOGETHER = 2
_STRENGTH = {"user_id": 0, "email": 1, "phone": 2}


def upgrade() -> None:
    """Add the tables; identifiers that shared a key until now are linked as seen together."""
    with op.batch_alter_table("identifiers") as identifiers:
        identifiers.add_column(sa.Column("identity", sa.Integer, nullable=False, server_default="0"))
        identifiers.add_column(sa.Column("cluster", sa.Integer, nullable=False, server_default="0"))
        identifiers.add_column(sa.Column("own_key", sa.Integer))
    links = op.create_table(
        "links",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("subject", sa.String(16), nullable=False),
        sa.Column("a", sa.Integer, nullable=False),
        sa.Column("b", sa.Integer, nullable=False),
        sa.Column("reason", sa.SmallInteger, nullable=False),
        sa.Column("rule", sa.String(200)),
        sa.Column("probability", sa.Float),
        sa.Column("evidence", sa.JSON),
        sa.Column("at", sa.String(32), nullable=False),
        sa.UniqueConstraint("subject", "a", "b", "reason"),
    )
    op.create_index("ix_links_b", "links", ["subject", "b"])
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("subject", sa.String(16), nullable=False),
        sa.Column("a", sa.Integer, nullable=False),
        sa.Column("b", sa.Integer),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("note", sa.String(500)),
        sa.Column("takes_back", sa.Integer),
        sqlite_autoincrement=True,
    )
    _number(op.get_bind(), links)
    with op.batch_alter_table("identifiers") as identifiers:
        identifiers.alter_column("identity", server_default=None)
        identifiers.alter_column("cluster", server_default=None)
    op.create_index("ix_identifiers_subject_identity", "identifiers", ["subject", "identity"])
    op.create_index("ix_identifiers_subject_own_key", "identifiers", ["subject", "own_key"])
    elsewhere = sa.text("own_key <> key")
    op.create_index(
        "ix_identifiers_elsewhere", "identifiers", ["subject"], sqlite_where=elsewhere, postgresql_where=elsewhere
    )


def _number(connection: sa.Connection, links: sa.Table) -> None:
    """Number the identifiers of each subject in order of their keys; the strongest of a key keeps it as its own."""
    identifiers = sa.table(
        "identifiers", *map(sa.column, ("subject", "kind", "value", "key", "identity", "cluster", "own_key"))
    )
    update = sa.update(identifiers).where(
        identifiers.c.subject == sa.bindparam("of"), identifiers.c.kind == sa.bindparam("its_kind"),
        identifiers.c.value == sa.bindparam("its_value"),
    )  # fmt: skip
    update = update.values(
        identity=sa.bindparam("numbered"), cluster=sa.bindparam("first"), own_key=sa.bindparam("kept")
    )
    held = sa.select(identifiers.c.subject, identifiers.c.kind, identifiers.c.value, identifiers.c.key)
    rows = [*connection.execute(held)]
    rows.sort(key=lambda row: (row.subject, row.key, _STRENGTH.get(row.kind, len(_STRENGTH)), row.kind, row.value))
    changes, linked = [], []
    subject, key, identity, first = None, None, -1, -1
    for row in rows:
        identity = identity + 1 if row.subject == subject else 0
        is_first = (row.subject, row.key) != (subject, key)
        subject, key = row.subject, row.key
        first = identity if is_first else first
        changes.append({
            "of": row.subject, "its_kind": row.kind, "its_value": row.value, "numbered": identity, "first": first,
            "kept": row.key if is_first else None,
        })  # fmt: skip
        if not is_first:
            linked.append((row.subject, first, identity))
    if changes:
        connection.execute(update, changes)
    since = connection.execute(sa.text("select created_at from workspace")).scalar()
    for number, (of, a, b) in enumerate(linked, start=1):
        linking = sa.insert(links).values(number=number, subject=of, a=a, b=b, reason=_SEEN_TOGETHER, at=since)
        connection.execute(linking)
