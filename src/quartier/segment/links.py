"""Who belongs to which account, as two columns of keys: the way from a set of persons to accounts and back."""

from dataclasses import dataclass, field

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Subject
from quartier.engine import BELONGING, BELONGING_SCHEMA, KEY, Dialect, Query, Reads, kept_sql, to_sql
from quartier.engine.keyed import of_wanted, wanted
from quartier.engine.keys import key_set, marked

Keys = npt.NDArray[np.uint32]
_NONE = np.empty(0, np.uint32)


@dataclass(frozen=True, eq=False)
class Links:
    """Each link once: the person at a place belongs to the account at the same place."""

    persons: Keys = field(default_factory=lambda: _NONE)
    accounts: Keys = field(default_factory=lambda: _NONE)

    @classmethod
    def of(cls, table: pa.Table) -> "Links":
        """The links of a table with the columns of both keys."""
        persons, accounts = (table.column(KEY[of]).to_numpy().astype(np.uint32) for of in ("person", "account"))
        return cls(persons, accounts)

    @classmethod
    def some(cls, engine: Reads, of: Subject, keys: BitMap) -> "Links":
        """Every link of some persons or accounts (`of`)."""
        if not keys:
            return cls()
        with wanted(engine, keys):
            return cls.of(engine.fetch(Query(_some_links_sql(KEY[of], engine.dialect))))

    def accounts_of(self, persons: BitMap) -> BitMap:
        """The accounts to which some persons belong."""
        return key_set(self.accounts[_is_in(self.persons, persons)])

    def persons_of(self, accounts: BitMap) -> BitMap:
        """The persons who belong to some accounts."""
        return key_set(self.persons[_is_in(self.accounts, accounts)])

    def accounts_with(self, persons: BitMap, count: int) -> BitMap:
        """The accounts to which at least `count` (1 or more) of some persons belong."""
        if count == 1:
            return self.accounts_of(persons)
        found = np.bincount(self.accounts[_is_in(self.persons, persons)])
        return marked(found >= count)

    def accounts_with_only(self, persons: BitMap) -> BitMap:
        """The accounts that have persons, all of whom are among some persons."""
        is_in = _is_in(self.persons, persons)
        return key_set(self.accounts[is_in]) - key_set(self.accounts[~is_in])


def links_query(dialect: Dialect) -> Query:
    """Every link, in order of the accounts."""
    return Query(_links_sql(dialect))


@kept_sql
def _links_sql(dialect: Dialect) -> str:
    return to_sql(ibis.table(BELONGING_SCHEMA, name=BELONGING), dialect)


@kept_sql
def _some_links_sql(key: str, dialect: Dialect) -> str:
    return to_sql(of_wanted(ibis.table(BELONGING_SCHEMA, name=BELONGING), key), dialect)


def _is_in(keys: Keys, members: BitMap) -> npt.NDArray[np.bool_]:
    """For each key whether it is a member."""
    if not keys.size or not members:
        return np.zeros(keys.size, np.bool_)
    is_there = np.zeros(max(int(keys.max()), int(members.max())) + 1, np.bool_)
    is_there[np.frombuffer(members.to_array(), np.uint32)] = True
    return is_there[keys]
