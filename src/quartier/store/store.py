"""The store: opened once per process, migrated to the present schema, one transaction at a time."""

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from quartier.errors import WorkspaceBusy, WorkspaceDamaged
from quartier.language import Text
from quartier.store import tables

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0006"
_NEWER = Text(
    en="the store was written by a newer version of Quartier (schema {found}, this one knows {known})",
    fr="la base a été écrite par une version plus récente de Quartier (schéma {found}, celle-ci connaît {known})",
)
_DAMAGED = Text(en="the store cannot be read", fr="la base est illisible")
_RESTORE = Text(
    en="put store.sqlite back from a backup: it holds what cannot be computed again",
    fr="remettez store.sqlite depuis une sauvegarde\N{NO-BREAK SPACE}: ce fichier contient ce qui ne se recalcule pas",
)
_BUSY = Text(en="another process is writing to the store", fr="un autre processus écrit dans la base")
_WAIT = Text(en="wait until it has finished, then try again", fr="attendez qu'il ait fini, puis recommencez")
_UPGRADE = Text(en="install that version or a later one", fr="installez cette version ou une plus récente")


# Where Alembic keeps which migration was the last.
_versions = sa.Table("alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), primary_key=True))


class Store:
    """Our own state and truth. `url` is a SQLAlchemy URL: SQLite by default.

    A new store takes `secret` (32 bytes, drawn unless given): the salt of public ids and holdouts. Who gives one gets
    the same ids and the same holdouts each time, which only examples should want.
    """

    def __init__(self, url: str, at: dt.datetime, secret: bytes | None = None) -> None:
        self._engine = sa.create_engine(url)
        if self._engine.dialect.name == "sqlite":
            sa.event.listen(self._engine, "connect", _durable)
        with _explained():
            self._migrate()
        self.secret = self._found(at, secret)

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """A transaction: committed at the end of the block, rolled back by an exception."""
        with _explained(), self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def _migrate(self) -> None:
        found = self._schema()
        if found == HEAD:
            return
        if found is not None and found > HEAD:
            raise WorkspaceDamaged(_NEWER.with_(found=found, known=HEAD), remedy=_UPGRADE)
        if found is None and self._is_made():
            return
        # Imported here: Alembic is needed when the schema changes and not at each start.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self._engine.begin() as connection:
            if connection.dialect.name == "sqlite":  # its driver would commit each change of schema by itself
                connection.exec_driver_sql("begin immediate")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _is_made(self) -> bool:
        """Make the tables of a new store as they are now, which is what all migrations one after the other make.

        Whether there was nothing before: another process may be making them at the same moment.
        """
        with self._engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("begin immediate")
            if sa.inspect(connection).get_table_names():
                return False
            tables.metadata.create_all(connection)
            _versions.create(connection)
            connection.execute(sa.insert(_versions).values(version_num=HEAD))
        return True

    def _schema(self) -> str | None:
        with self._engine.connect() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(sa.text("select version_num from alembic_version")).scalar()

    def _found(self, at: dt.datetime, given: bytes | None) -> bytes:
        """The workspace's secret; made when the store is new."""
        with self.begin() as connection:
            secret: bytes | None = connection.execute(sa.select(tables.workspace.c.secret)).scalar()
            if secret is None:
                secret = given or secrets.token_bytes(32)
                connection.execute(sa.insert(tables.workspace).values(id=1, secret=secret, created_at=at))
        return secret


@contextmanager
def _explained() -> Iterator[None]:
    """What SQLite says of its file, as one of ours; everything else is a defect and passes."""
    try:
        yield
    except sa.exc.DatabaseError as error:
        said = str(error.orig)
        if "database is locked" in said:
            raise WorkspaceBusy(_BUSY, remedy=_WAIT) from error
        if "not a database" in said or "malformed" in said:
            raise WorkspaceDamaged(_DAMAGED, remedy=_RESTORE) from error
        raise


def _durable(connection: object, _record: object) -> None:
    """FULL, not NORMAL: in WAL mode NORMAL loses acknowledged commits when the power is cut."""
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a DB-API connection, which has no type of its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
