"""Nobody changes whom the links do not reach, and what is needed decides alone."""

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from quartier.catalog import Catalog, Family, Label, Meaning, Trait, ValueType
from quartier.segment.conditions import (
    AtLeast,
    Comparison,
    Condition,
    EveryPerson,
    Not,
    OfAccount,
    SomePersons,
    TraitLeaf,
)
from quartier.segment.links import Links
from quartier.segment.through_links import Touched, needed_for, touched_for
from quartier.testing import TinyAccount, TinyPerson, TinyWorld
from quartier.testing.reference import Case, holds
from quartier.testing.reference_values import Now

NOW = Now(dt.datetime(2026, 11, 21, tzinfo=dt.UTC), ZoneInfo("Europe/Paris"))
LABEL = Label(en="x", fr="x")


def trait(name: str, of: str, meaning: Meaning | None = None) -> Trait:
    type_ = ValueType.TEXT if meaning else ValueType.BOOLEAN
    return Trait(name=name, type=type_, family=Family.VALUES, label=LABEL, of=of, meaning=meaning)


GOOD, BIG = trait("good", "person"), trait("big", "account")
CATALOG = Catalog(traits=(GOOD, BIG, trait("account", "person", Meaning.ACCOUNT_ID)))
IS_GOOD, IS_BIG = (TraitLeaf(each, Comparison("is", True)) for each in (GOOD, BIG))
WITH_ONE = SomePersons(1, IS_GOOD)
OF_ACCOUNTS = [
    IS_BIG, WITH_ONE, SomePersons(2, IS_GOOD), EveryPerson(IS_GOOD), Not(WITH_ONE), AtLeast(1, (IS_BIG, WITH_ONE)),
    SomePersons(1, AtLeast(1, (IS_GOOD, OfAccount(IS_BIG)))), EveryPerson(OfAccount(WITH_ONE)),
]  # fmt: skip
OF_PERSONS = [
    IS_GOOD,
    OfAccount(IS_BIG),
    Not(OfAccount(WITH_ONE)),
    AtLeast(2, (IS_GOOD, OfAccount(EveryPerson(IS_GOOD)))),
]
PERSONS, ACCOUNTS = 4, 3
ROWS = st.tuples(
    st.lists(st.tuples(st.booleans(), st.none() | st.integers(0, 2)), min_size=PERSONS, max_size=PERSONS),
    st.lists(st.booleans(), min_size=ACCOUNTS, max_size=ACCOUNTS),
)


def world(rows: tuple[list[tuple[bool, int | None]], list[bool]]) -> TinyWorld:
    persons = tuple(
        TinyPerson(str(key), {"good": good, "account": None if account is None else str(account)})
        for key, (good, account) in enumerate(rows[0])
    )
    return TinyWorld(
        CATALOG, persons, (), tuple(TinyAccount(str(key), {"big": big}) for key, big in enumerate(rows[1]))
    )


def links(found: TinyWorld) -> Links:
    pairs = [(int(p.id), int(a.id)) for a in found.accounts for p in found.persons_of(a)]
    return Links(*(np.array([pair[place] for pair in pairs], np.uint32) for place in (0, 1)))


def members(node: Condition, of: str, found: TinyWorld) -> BitMap:
    subjects = found.persons if of == "person" else found.accounts
    return BitMap(int(each.id) for each in subjects if holds(node, Case(each, found, NOW)))


EVERY = [*((node, "account") for node in OF_ACCOUNTS), *((node, "person") for node in OF_PERSONS)]


@pytest.mark.parametrize(("node", "of"), EVERY)
@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(ROWS, ROWS)
def test_who_is_not_touched_has_not_changed(node: Condition, of: str, old, new) -> None:
    before, after = world(old), world(new)
    persons = BitMap(key for key in range(PERSONS) if old[0][key] != new[0][key])
    accounts = BitMap(key for key in range(ACCOUNTS) if old[1][key] != new[1][key])
    gone, come = links(before).without(links(after)), links(after).without(links(before))
    relinked = Links(np.append(gone.persons, come.persons), np.append(gone.accounts, come.accounts))
    found = touched_for(node, of, Touched(persons, accounts, relinked), links(after))
    assert (members(node, of, before) ^ members(node, of, after)) <= found


@pytest.mark.parametrize(("node", "of"), EVERY)
@settings(max_examples=60, derandomize=True, deadline=None, database=None)
@given(ROWS, st.integers(0, 2))
def test_the_rows_that_are_needed_decide_alone(node: Condition, of: str, rows, key: int) -> None:
    whole = world(rows)
    needed = needed_for(node, of, BitMap([key]), links(whole))
    part = TinyWorld(
        CATALOG,
        tuple(each for each in whole.persons if int(each.id) in needed.persons),
        (),
        tuple(each for each in whole.accounts if int(each.id) in needed.accounts),
    )
    assert (key in members(node, of, part)) == (key in members(node, of, whole))


def test_a_change_reaches_nobody_whom_no_link_leads_to() -> None:
    one_each = Links(np.array([0, 1], np.uint32), np.array([0, 1], np.uint32))
    assert touched_for(WITH_ONE, "account", Touched(persons=BitMap([1])), one_each) == BitMap([1])
    assert touched_for(OfAccount(IS_BIG), "person", Touched(accounts=BitMap([0])), one_each) == BitMap([0])
    assert touched_for(OfAccount(WITH_ONE), "person", Touched(persons=BitMap([0])), one_each) == BitMap([0])
