"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "definitions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.UniqueConstraint("kind", "name", "version", name="uq_definitions_kind"),
    )
    op.create_table(
        "imports",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("bytes", sa.BigInteger, nullable=False),
        sa.Column("kept_at", sa.Text, nullable=False),
        sa.Column("is_copied", sa.Boolean, nullable=False),
        sa.Column("mapping", sa.JSON, nullable=False),
        sa.Column("rows_in", sa.BigInteger, nullable=False),
        sa.Column("stored", sa.BigInteger, nullable=False),
        sa.Column("duplicates", sa.BigInteger, nullable=False),
        sa.Column("rejected", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "identifiers",
        sa.Column("subject", sa.String(16), primary_key=True),
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("value", sa.String(500), primary_key=True),
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("import_seq", sa.Integer, sa.ForeignKey("imports.seq"), nullable=False),
    )
    op.create_index("ix_identifiers_key", "identifiers", ["key"])
    op.create_table(
        "membership_log",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("segment", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("entered", sa.LargeBinary, nullable=False),
        sa.Column("left", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_membership_log_segment", "membership_log", ["segment"])
    op.create_table(
        "audiences",
        sa.Column("campaign", sa.String(200), primary_key=True),
        sa.Column("segment", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("holdout", sa.Float, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("targeted", sa.LargeBinary, nullable=False),
        sa.Column("held_out", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "exposures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("campaign", sa.String(200), sa.ForeignKey("audiences.campaign"), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("persons", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_exposures_campaign", "exposures", ["campaign"])
    op.create_table(
        "model_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("as_of", sa.String(32), nullable=False),
        sa.Column("parameters", sa.JSON, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
    )
    op.create_index("ix_model_runs_model", "model_runs", ["model"])
