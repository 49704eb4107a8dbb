"""The store's tables: what cannot be recomputed. Instants are UTC, written as ISO 8601 text by `Instant`.

A change of state is a new row with its instant, not a flag that is overwritten. A migration in `migrations/versions`
goes with every change here; a test holds the two against each other.
"""

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


class Instant(sa.TypeDecorator[dt.datetime]):
    """An aware UTC instant, as text that sorts in order of time on every database."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        """Refuse naive instants, write the others in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("the store takes aware instants only")
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        """Read back as an aware instant."""
        return None if value is None else dt.datetime.fromisoformat(value)


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

# Facts about the workspace itself: its secret salt for public ids and holdouts, and when it was made.
workspace = sa.Table(
    "workspace",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("secret", sa.LargeBinary, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
)

# Every version of every document that a user wrote (catalog, mapping, segment, campaign), never overwritten.
definitions = sa.Table(
    "definitions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("document", sa.JSON, nullable=False),
    sa.Column("author", sa.String(200), nullable=False),
    sa.Column("at", Instant, nullable=False),
    # A version that takes its document out of force; a later version brings it back.
    sa.Column("is_retired", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("kind", "name", "version"),
)

# Every file that was collected, with the mapping that read it: `rebuild` reads these again, in this order.
imports = sa.Table(
    "imports",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("name", sa.String(500), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column(
        "kept_at", sa.Text, nullable=False
    ),  # in the workspace's imports/, or the original's path when not copied
    sa.Column("is_copied", sa.Boolean, nullable=False),
    sa.Column("mapping", sa.JSON, nullable=False),
    sa.Column("rows_in", sa.BigInteger, nullable=False),
    sa.Column("stored", sa.BigInteger, nullable=False),
    sa.Column("duplicates", sa.BigInteger, nullable=False),
    sa.Column("rejected", sa.BigInteger, nullable=False),
    # The number of the last message of the journal that was in the tables then: `rebuild` keeps the order of arrival.
    sa.Column("journal_until", sa.BigInteger, nullable=False, server_default="0"),
)

# Every identifier that was ever seen. `identity` is its own number. What links make of it: `key` is the person or
# account that it belongs to now, `cluster` the smallest identity that links reach from it. `own_key` is the key that it
# was given for good: a person has the smallest of those of its identities, so that keys outlive every link.
identifiers = sa.Table(
    "identifiers",
    metadata,
    sa.Column("subject", sa.String(16), primary_key=True),  # person or account
    sa.Column("kind", sa.String(32), primary_key=True),
    sa.Column("value", sa.String(500), primary_key=True),
    sa.Column("identity", sa.Integer, nullable=False),
    sa.Column("key", sa.Integer, nullable=False, index=True),
    sa.Column("cluster", sa.Integer, nullable=False),
    sa.Column("own_key", sa.Integer),
    sa.Column("import_seq", sa.Integer, sa.ForeignKey("imports.seq")),  # null: it came by the journal
    sa.Index("ix_identifiers_subject_identity", "subject", "identity"),
    sa.Index("ix_identifiers_subject_own_key", "subject", "own_key"),
    sa.Index(
        "ix_identifiers_elsewhere",
        "subject",
        sqlite_where=sa.text("own_key <> key"),
        postgresql_where=sa.text("own_key <> key"),
    ),
)

# Reasons to hold two identifiers for one person; they are never changed nor removed: decisions say which count.
links = sa.Table(
    "links",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("subject", sa.String(16), nullable=False),
    sa.Column("a", sa.Integer, nullable=False),
    sa.Column("b", sa.Integer, nullable=False),
    sa.Column("reason", sa.SmallInteger, nullable=False),  # identify.components.Reason
    sa.Column("rule", sa.String(200)),
    sa.Column("probability", sa.Float),
    sa.Column("evidence", sa.JSON(none_as_null=True)),
    sa.Column("at", Instant, nullable=False),
    sa.UniqueConstraint("subject", "a", "b", "reason"),
    sa.Index("ix_links_b", "subject", "b"),
)

# What people decided: of two identities (accepted, refused, open again), or of one (blocked, allowed): `b` is empty.
decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("subject", sa.String(16), nullable=False),
    sa.Column("a", sa.Integer, nullable=False),
    sa.Column("b", sa.Integer),
    sa.Column("answer", sa.String(16), nullable=False),
    sa.Column("author", sa.String(200), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("note", sa.String(500)),
    sa.Column("takes_back", sa.Integer),  # the number of the decision that this one takes back
    sqlite_autoincrement=True,
)

# What entered and what left each segment, one row when it moved; positions order everything that happened.
membership_log = sa.Table(
    "membership_log",
    metadata,
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("segment", sa.String(200), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("entered", sa.LargeBinary, nullable=False),
    sa.Column("left", sa.LargeBinary, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Index("ix_membership_log_segment_position", "segment", "position"),
    sa.Index("ix_membership_log_segment_at", "segment", "at"),
    sqlite_autoincrement=True,
)

# All members of a segment as of a position in the log, so that reading them replays a few rows and not all.
membership_snapshots = sa.Table(
    "membership_snapshots",
    metadata,
    sa.Column("segment", sa.String(200), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("members", sa.LargeBinary, nullable=False),
)

# Who would have been a member, computed afterwards from events: kept apart from the log, which holds what was observed.
membership_past = sa.Table(
    "membership_past",
    metadata,
    sa.Column("segment", sa.String(200), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("at", Instant, primary_key=True),
    sa.Column("members", sa.LargeBinary, nullable=False),
    sa.Column("computed_at", Instant, nullable=False),
)

# Every evaluation of all segments in force: what the engine held then, how many persons were looked at, what failed.
refreshes = sa.Table(
    "refreshes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Instant, nullable=False, index=True),
    sa.Column("generation", sa.String(64)),
    sa.Column("mark", sa.BigInteger),
    sa.Column("catalog_digest", sa.String(64)),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("segments", sa.Integer, nullable=False),
    sa.Column("touched", sa.BigInteger),  # null: everyone
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("error", sa.JSON(none_as_null=True)),
)

# How each segment was last evaluated: which condition, over which making of the tables and how far they had come.
segment_evaluations = sa.Table(
    "segment_evaluations",
    metadata,
    sa.Column("segment", sa.String(200), primary_key=True),
    sa.Column("digest", sa.String(64)),
    sa.Column("generation", sa.String(64)),
    sa.Column("mark", sa.BigInteger),
    sa.Column("at", Instant),
    sa.Column("error", sa.JSON(none_as_null=True)),  # why the last attempt failed; null when it did not
    sa.Column("tried_at", Instant, nullable=False),
)

# The sets of leaves that are global by nature (top 10 %), as of the last refresh.
kept_sets = sa.Table(
    "kept_sets",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("members", sa.LargeBinary, nullable=False),
)

# The frozen audience of a campaign: who is to be reached and who is held out, as of a position in the membership log.
audiences = sa.Table(
    "audiences",
    metadata,
    sa.Column("campaign", sa.String(200), primary_key=True),
    sa.Column("segment", sa.String(200), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("holdout", sa.Float, nullable=False),
    sa.Column("salt", sa.String(64), nullable=False),
    sa.Column("targeted", sa.LargeBinary, nullable=False),
    sa.Column("held_out", sa.LargeBinary, nullable=False),
)

# Who was reached by a campaign, through which channel and when.
exposures = sa.Table(
    "exposures",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("campaign", sa.String(200), sa.ForeignKey("audiences.campaign"), nullable=False, index=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("persons", sa.LargeBinary, nullable=False),
)

# Every run of a model: `rebuild` runs the last of each again, as of the same instant.
model_runs = sa.Table(
    "model_runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("model", sa.String(200), nullable=False, index=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("as_of", Instant, nullable=False),
    sa.Column("parameters", sa.JSON, nullable=False),
    sa.Column("summary", sa.JSON, nullable=False),
)

# The keys with which pages, applications and servers send messages to one source; they open nothing else.
write_keys = sa.Table(
    "write_keys",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("source", sa.String(200), nullable=False),
    sa.Column("origins", sa.JSON, nullable=False),  # the web origins that may use it; none: all
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
)

# The keys with which programs read and settle what was rejected: their digests, and how each starts.
secret_keys = sa.Table(
    "secret_keys",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("start", sa.String(16), nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("revoked_at", Instant),
    sa.Column("name", sa.String(200)),
    sa.Column("scopes", sa.JSON(none_as_null=True)),  # null: all that programs may do
    sa.Column("expires_at", Instant),
)

# Every run of a source: what it brought, how old the newest of it was, which columns changed, why it failed.
source_runs = sa.Table(
    "source_runs",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source", sa.String(200), nullable=False, index=True),
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),  # null: it is running, or its process was killed
    sa.Column("rows_in", sa.BigInteger, nullable=False),
    sa.Column("stored", sa.BigInteger, nullable=False),
    sa.Column("rejected", sa.BigInteger, nullable=False),
    sa.Column("newest_at", Instant),
    sa.Column("changes", sa.JSON, nullable=False),
    sa.Column("error", sa.JSON(none_as_null=True)),
)

# Who was asked which survey and when: nobody is asked more often than the surveys say.
survey_asks = sa.Table(
    "survey_asks",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("survey", sa.String(200), nullable=False),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("value", sa.String(500), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("answered_at", Instant),
    sa.Index("ix_survey_asks_kind_value", "kind", "value"),
)

# Those who sign in: what they may do follows from their role; a password is kept as Argon2id writes it.
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("email", sa.String(320), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("role", sa.String(32), nullable=False),
    sa.Column("password", sa.String(300)),  # null: they sign in elsewhere, or have not chosen one yet
    sa.Column("language", sa.String(8)),
    sa.Column("theme", sa.String(8)),
    sa.Column("subject", sa.String(300), unique=True),  # who they are to the OpenID provider
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
)

# Browsers that are signed in: the digest of what their cookie holds.
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("user", sa.Integer, sa.ForeignKey("users.id"), nullable=False, index=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("ended_at", Instant),
    sa.Column("agent", sa.String(200), nullable=False),
)

# What the telephone of a user counts with, in force once confirmed; the half minute whose code was taken last.
second_factors = sa.Table(
    "second_factors",
    metadata,
    sa.Column("user", sa.Integer, sa.ForeignKey("users.id"), primary_key=True, autoincrement=False),
    sa.Column("secret", sa.String(64), nullable=False),
    sa.Column("begun_at", Instant, nullable=False),
    sa.Column("confirmed_at", Instant),
    sa.Column("last_step", sa.BigInteger),
)

# Digests of the codes with which a user comes in whose telephone is lost; each works once.
recovery_codes = sa.Table(
    "recovery_codes",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("user", sa.Integer, sa.ForeignKey("users.id"), nullable=False, index=True),
    sa.Column("used_at", Instant),
)

# Links that work once: for the first owner, for who is invited, for a new password.
invitations = sa.Table(
    "invitations",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("purpose", sa.String(16), nullable=False),
    sa.Column("email", sa.String(320)),
    sa.Column("role", sa.String(32)),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("used_at", Instant),
    sa.Column("author", sa.String(320), nullable=False),
)

# What users did that somebody may have to answer for; each row holds the digest of the one before.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("author", sa.String(320), nullable=False),
    sa.Column("deed", sa.String(64), nullable=False),
    sa.Column("about", sa.JSON, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
)

# What a user has begun to write and not put in force: nothing typed is lost by a reload.
drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("number", sa.String(32), primary_key=True),
    sa.Column("user", sa.Integer, sa.ForeignKey("users.id"), nullable=False, index=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),  # the version it was begun from; 0 for something new
    sa.Column("document", sa.JSON, nullable=False),
    sa.Column("changed_at", Instant, nullable=False),
)
