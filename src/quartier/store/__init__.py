"""The store: our own state and truth, in SQLite or PostgreSQL through SQLAlchemy.

`tables` says what is kept; one module per subject reads and writes it, on a connection from `Store.begin()`.
"""

from quartier.store.store import Store

__all__ = ["Store"]
