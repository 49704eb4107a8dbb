"""Profiles of accounts at work: reads the engine's tables; writes nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis
from pyroaring import BitMap

from quartier.catalog import Catalog, Meaning, Trait, ValueType
from quartier.config import Config
from quartier.engine import KEY, OCCURRED_AT, PUBLIC_ID, DuckDBEngine, Query, dtype_of, naive_utc, rows_of_keys
from quartier.engine.compiler import Scalar
from quartier.errors import InvalidRequest, UnknownName
from quartier.identify.accounts import run as accounts
from quartier.identify.accounts.hierarchy import Hierarchy
from quartier.identify.accounts.memberships import MEMBERS
from quartier.identify.accounts.run import Records
from quartier.identify.accounts.shown import queries
from quartier.identify.accounts.shown.known import (
    AccountFound,
    AccountPage,
    AccountProfile,
    Belongs,
    Branch,
    Deed,
    Member,
    TraitShown,
)
from quartier.identify.accounts.traits import HOUSEHOLD_NAME
from quartier.identify.by_name import AFTER, FEWEST_LETTERS, MOST, asked_words, search_sql
from quartier.identify.profile.naming import called as persons_called
from quartier.identify.profile.plain import aware, aware_if_known
from quartier.language import Text

ACCOUNT, PERSON = KEY["account"], KEY["person"]
DEEPEST = 50
BY_KEY = "key"


@dataclass(frozen=True)
class Reading:
    """What a profile is read from.

    Attributes:
        at: the instant up to which events are told.
        shows_all: whether sensitive values are shown, too.
    """

    engine: DuckDBEngine
    catalog: Catalog
    config: Config
    at: dt.datetime
    shows_all: bool = False

    @cached_property
    def traits(self) -> tuple[Trait, ...]:
        """The traits of accounts for which there are columns."""
        held = self.engine.schema("account") or ()
        return tuple(each for each in self.catalog.traits if each.of == "account" and each.name in held)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The traits that say how an account is called, the best first."""
        texts = [each for each in self.traits if each.type is ValueType.TEXT and each.origin == "given"]
        ranked = [
            *(each for each in texts if each.meaning is Meaning.COMPANY),
            *(each for each in texts if each.name in ("name", "nom", "account_name")),
            *(each for each in self.traits if each.name == HOUSEHOLD_NAME.name),
            *(each for each in texts if each.meaning is Meaning.ACCOUNT_ID),
        ]
        return tuple(dict.fromkeys(each.name for each in ranked))

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The traits by which an account is named exactly."""
        own = [each for each in self.traits if each.name in ("firm_siren", "firm_siret", "firm_vat", "firm_domain")]
        given = [each for each in self.traits if each.meaning is Meaning.ACCOUNT_ID and each.type is ValueType.TEXT]
        return tuple(each.name for each in (*own, *given))

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """Who is under whom."""
        records = Records.of(self.catalog, [each.name for each in self.traits], self.config)
        return accounts.read_hierarchy(self.engine, records)


def find(reading: Reading, text: str, *, limit: int, after: str | None) -> AccountPage:
    """Accounts with this public id, number or domain; when there are none, those with every word in the name.

    Raises InvalidRequest for fewer than two letters, UnknownName for an `after` that no account has.
    """
    if len(text.strip()) < FEWEST_LETTERS:
        raise InvalidRequest(_TOO_SHORT)
    if reading.engine.schema("account") is None:
        return AccountPage(())
    most = max(1, min(limit, MOST))
    exact = [] if after else _exact(reading, text, most)
    return AccountPage(tuple(exact)) if exact else _by_name(reading, text, most, after)


def page(reading: Reading, *, limit: int, after: str | None) -> AccountPage:
    """All accounts in the order of their keys, from after one of them on. Raises UnknownName for an unknown one."""
    if reading.engine.schema("account") is None:
        return AccountPage(())
    start, most = -1 if after is None else key_of(reading, after), max(1, min(limit, MOST))
    keys = reading.engine.fetch(Query(queries.in_order_sql(most + 1), {AFTER: start}))[ACCOUNT].to_pylist()
    called = named(reading, keys[:most])
    found = tuple(AccountFound(called[key].account, called[key].name, BY_KEY) for key in keys[:most])
    return AccountPage(found, found[-1].account if len(keys) > most else None)


def of_person(reading: Reading, person_key: int, most: int) -> tuple[Belongs, ...]:
    """The accounts that a person is or was a member of, at most so many; those of now first."""
    if reading.engine.schema(MEMBERS) is None or reading.engine.schema("account") is None:
        return ()
    rows = reading.engine.fetch(Query(queries.of_person_sql(max(1, most)), {"person": person_key})).to_pylist()
    called = named(reading, [row[ACCOUNT] for row in rows])
    return tuple(
        Belongs(
            called[row[ACCOUNT]].account, called[row[ACCOUNT]].name, role=row["role"],
            since=aware_if_known(row["since"]), until=aware_if_known(row["until"]), by=row["by"],
        )
        for row in rows if row[ACCOUNT] in called
    )  # fmt: skip


def key_of(reading: Reading, account: str) -> int:
    """The key of the account with this public id, number or domain.

    Raises UnknownName when no account has it, InvalidRequest when several have.
    """
    found = []
    if reading.engine.schema("account") is not None:
        found = reading.engine.rows(Query(queries.exact_sql(reading.numbers, 2), {"text": account}))
    if not found:
        raise UnknownName(_NO_ACCOUNT)
    if len(found) > 1:
        raise InvalidRequest(_SEVERAL)
    return int(str(found[0][0]))


def profile(reading: Reading, key: int, *, members: int, events: int) -> AccountProfile:
    """What the tables tell of one account: traits, hierarchy, members, events of its persons."""
    columns = tuple((each.name, dtype_of(each.type)) for each in reading.traits)
    (row,) = reading.engine.fetch(Query(queries.row_sql(columns), {"key": key})).to_pylist()
    hierarchy = reading.hierarchy
    above, below = hierarchy.above(key), list(hierarchy.children.get(key, ()))
    called = named(reading, [key, *above, *below])
    shown, in_all, former = members_of(reading, key, members)
    return AccountProfile(
        account=called[key].account, name=called[key].name, at=reading.at,
        traits=tuple(_shown(each, row[each.name], reading) for each in reading.traits if row[each.name] is not None),
        above=tuple(called[each] for each in above), below=tuple(called[each] for each in below),
        members=shown, members_in_all=in_all, former=former, events=_deeds(reading, key, events),
    )  # fmt: skip


def members_of(reading: Reading, key: int, most: int) -> tuple[tuple[Member, ...], int, int]:
    """The members of one account, at most so many; how many there are, and how many of them are members no longer."""
    if reading.engine.schema(MEMBERS) is None:
        return (), 0, 0
    rows = reading.engine.fetch(Query(queries.members_sql(max(1, most)), {"key": key})).to_pylist()
    persons = persons_called(reading.engine, reading.catalog, [row[PERSON] for row in rows])
    found = [
        Member(
            *persons[row[PERSON]], role=row["role"], since=aware_if_known(row["since"]),
            until=aware_if_known(row["until"]), by=row["by"],
        )
        for row in rows if row[PERSON] in persons
    ]  # fmt: skip
    in_all, former = (int(rows[0][name]) for name in ("in_all", "former")) if rows else (0, 0)
    return tuple(found[:most]), in_all, former


def tree(reading: Reading, key: int) -> Branch:
    """The whole hierarchy of one account, from the ultimate parent down, however deep up to 50 levels."""
    hierarchy = reading.hierarchy
    top = hierarchy.ultimate.get(key, key)
    called = named(reading, [top, *hierarchy.below(top)])

    def branch(each: int, depth: int) -> Branch:
        under = hierarchy.children.get(each, ()) if depth < DEEPEST else ()
        children = tuple(branch(one, depth + 1) for one in under)
        return Branch(called[each].account, called[each].name, each == key, children)

    return branch(top, 0)


def named(reading: Reading, keys: Sequence[int]) -> dict[int, AccountFound]:
    """Public id and name of some accounts, by their keys."""
    columns = {ACCOUNT: "int32", PUBLIC_ID["account"]: "string", **dict.fromkeys(reading.names, "string")}
    rows = rows_of_keys(reading.engine, ibis.table(columns, name="account"), ACCOUNT, BitMap(keys)).to_pylist()
    found = {}
    for row in rows:
        public = row[PUBLIC_ID["account"]]
        name = next((str(row[each]).strip() for each in reading.names if row[each]), public)
        found[row[ACCOUNT]] = AccountFound(public, name or public)
    return found


def _exact(reading: Reading, text: str, most: int) -> list[AccountFound]:
    rows = reading.engine.rows(Query(queries.exact_sql(reading.numbers, most), {"text": text.strip()}))
    by = {int(str(key)): "public_id" if name == PUBLIC_ID["account"] else str(name) for key, name in rows}
    called = named(reading, list(by))
    return [AccountFound(each.account, each.name, by[key]) for key, each in called.items()]


def _by_name(reading: Reading, text: str, most: int, after: str | None) -> AccountPage:
    if not reading.names:
        return AccountPage(())
    start = -1 if after is None else key_of(reading, after)
    asked = asked_words(text)
    sql = search_sql("account", reading.names, len(asked), most + 1)
    keys = reading.engine.fetch(Query(sql, {**asked, AFTER: start}))[ACCOUNT].to_pylist()
    called = named(reading, keys[:most])
    found = tuple(called[key] for key in keys[:most])
    return AccountPage(found, found[-1].account if len(keys) > most else None)


def _deeds(reading: Reading, key: int, most: int) -> tuple[Deed, ...]:
    if not most or reading.engine.schema(MEMBERS) is None:
        return ()
    happened = []
    for event in reading.catalog.events:
        if reading.engine.schema(event.table) is None:
            continue
        given: dict[str, Scalar] = {"key": key, "until": naive_utc(reading.at)}
        for row in reading.engine.fetch(Query(queries.happened_sql(event.table, most), given)).to_pylist():
            happened.append((row[OCCURRED_AT], event, row[PERSON]))
    newest = sorted(happened, key=lambda each: (each[0], each[1].name), reverse=True)[:most]
    persons = persons_called(reading.engine, reading.catalog, [person for *_, person in newest])
    return tuple(
        Deed(event.name, event.label, aware(at), *persons[person])
        for at, event, person in newest if person in persons
    )  # fmt: skip


def _shown(trait: Trait, value: Any, reading: Reading) -> TraitShown:
    is_masked = trait.sensitivity.is_masked and not reading.shows_all
    return TraitShown(trait.name, trait.label, trait.family, None if is_masked else value, trait.origin,
                      trait.sensitivity, is_masked)  # fmt: skip


_TOO_SHORT = Text(en="at least two letters are needed", fr="il faut au moins deux lettres")
_NO_ACCOUNT = Text(en="no account has this identifier", fr="aucun compte n'a cet identifiant")
_SEVERAL = Text(
    en="several accounts have this identifier: name one by its public id",
    fr="plusieurs comptes ont cet identifiant : nommez-en un par son identifiant public",
)
