"""What arrives by itself: write keys, runs of sources, surveys asked; how far the journal was at each import."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables and columns; an identifier may come from the journal from now on."""
    op.add_column("imports", sa.Column("journal_until", sa.BigInteger, nullable=False, server_default="0"))
    with op.batch_alter_table("identifiers") as identifiers:
        identifiers.alter_column("import_seq", existing_type=sa.Integer, nullable=True)
    op.create_table(
        "write_keys",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("origins", sa.JSON, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("revoked_at", sa.String(32)),
    )
    op.create_table(
        "secret_keys",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("start", sa.String(16), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("revoked_at", sa.String(32)),
    )
    op.create_table(
        "source_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32)),
        sa.Column("rows_in", sa.BigInteger, nullable=False),
        sa.Column("stored", sa.BigInteger, nullable=False),
        sa.Column("rejected", sa.BigInteger, nullable=False),
        sa.Column("newest_at", sa.String(32)),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.Column("error", sa.JSON),
    )
    op.create_index("ix_source_runs_source", "source_runs", ["source"])
    op.create_table(
        "survey_asks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("survey", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("value", sa.String(500), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("answered_at", sa.String(32)),
    )
    op.create_index("ix_survey_asks_kind_value", "survey_asks", ["kind", "value"])
