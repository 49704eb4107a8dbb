"""The catalog in force, kept among the definitions with all its versions."""

import datetime as dt

import sqlalchemy as sa

from quartier.catalog import Catalog
from quartier.store import definitions

KIND = NAME = "catalog"


def load(connection: sa.Connection) -> Catalog:
    """The catalog in force; an empty one in a new workspace."""
    stored = definitions.latest(connection, KIND, NAME)
    return Catalog.model_validate(stored.document) if stored else Catalog()


def save(connection: sa.Connection, catalog: Catalog, *, author: str, at: dt.datetime) -> None:
    """Put a catalog in force; an equal one changes nothing."""
    definitions.save(connection, KIND, NAME, catalog.model_dump(mode="json"), author=author, at=at)
