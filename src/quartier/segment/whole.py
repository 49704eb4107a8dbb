"""A whole condition as one statement, for an engine whose persons are too many to bring their keys home.

Each distinct leaf is the query that it always is, a part of the statement; groups become and, or, not and sums of
truths over the joined parts. What `World` finds by set algebra at home, the engine finds here: generated worlds hold
the two against one another.
"""

from collections.abc import Mapping

import ibis
import ibis.expr.datatypes as dtypes

from quartier.catalog import Subject
from quartier.engine import (
    KEY,
    Capability,
    Dialect,
    Every,
    Formula,
    KeySet,
    Member,
    Negation,
    Query,
    Some,
    combined,
    kept_sql,
    members_of_each,
    refuse,
    to_sql,
)
from quartier.engine.lacks import LACKS
from quartier.segment import (  # noqa: F401 - they register how leaves are asked for
    compared_queries,
    earlier_queries,
    sequence_queries,
)
from quartier.segment.conditions import (
    AccountsLeaf,
    All,
    AtLeast,
    BoundSegment,
    ChangedLeaf,
    ComparedLeaf,
    Condition,
    EarlierLeaf,
    EventLeaf,
    Everyone,
    InSegment,
    Not,
    PersonsLeaf,
    PlaceLeaf,
    SequenceLeaf,
    TraitLeaf,
)
from quartier.segment.leaves import Asking, leaf_query
from quartier.segment.moments import Moment

Found = Mapping[Condition, str]
"""Tables of the engine, of the one column of keys, that hold those for whom conditions hold that were found at home."""

_ONCE = (
    TraitLeaf, EventLeaf, SequenceLeaf, PersonsLeaf, PlaceLeaf, AccountsLeaf, ComparedLeaf, ChangedLeaf, EarlierLeaf,
)  # fmt: skip
"""The kinds whose query gives each person or account once."""


def members_query(segment: BoundSegment, moment: Moment, asking: Asking, found: Found | None = None) -> Query:
    """The query that gives the keys of a segment's members, each once. Raises what `holding_query` raises."""
    return holding_query(segment.condition, moment, asking, found)


def holding_query(node: Condition, moment: Moment, asking: Asking, found: Found | None = None) -> Query:
    """The query that gives the keys of those for whom a condition holds, each once.

    Raises Lacking for a kind of condition that is found at home and not in `found`.
    """
    given, numbers = found or {}, dict[Condition, int]()
    formula = _formula(node, given, numbers)
    sets = [_key_set(atom, moment, asking, given) for atom in numbers]
    everyone = leaf_query(Everyone(), moment, asking).query
    return combined(everyone, sets, formula, KEY[asking.subject], asking.dialect)


def members_of_each_query(segments: Mapping[str, BoundSegment], moment: Moment, asking: Asking) -> Query:
    """Spark's query that gives the members of several segments at once, as rows of `segment` and `person_key`.

    What their leaves have in common is computed once. Raises Lacking for segments of accounts, and for kinds of
    conditions that are found at home.
    """
    if (asking.dialect, Capability.MEMBERSHIP_TABLE) in LACKS:
        refuse(asking.dialect, Capability.MEMBERSHIP_TABLE)
    if any(segment.of != "person" for segment in segments.values()):
        refuse(asking.dialect, Capability.MEMBERSHIP_OF_ACCOUNTS)
    numbers: dict[Condition, int] = {}
    formulas = {name: _formula(segment.condition, {}, numbers) for name, segment in segments.items()}
    sets = [_key_set(atom, moment, asking, {}) for atom in numbers]
    return members_of_each(leaf_query(Everyone(), moment, asking).query, sets, formulas, KEY["person"])


def found_at_home(node: Condition) -> list[Condition]:
    """The conditions inside a condition that no query of the engine answers, each once."""
    numbers: dict[Condition, int] = {}
    _formula(node, {}, numbers)
    return [atom for atom in numbers if not _has_query(atom)]


def _formula(node: Condition, found: Found, numbers: dict[Condition, int]) -> Formula:
    """The groups of a condition over the numbers of its sets, which are given in the order of reading."""
    if node not in found:
        match node:
            case Everyone():
                return Every()
            case All(parts):
                return Every(tuple(_formula(part, found, numbers) for part in parts))
            case AtLeast(count, parts):
                return Some(count, tuple(_formula(part, found, numbers) for part in parts))
            case Not(part):
                return Negation(_formula(part, found, numbers))
            case InSegment(segment):
                return _formula(segment.condition, found, numbers)
    return Member(numbers.setdefault(node, len(numbers)))


def _key_set(atom: Condition, moment: Moment, asking: Asking, found: Found) -> KeySet:
    if atom in found:
        return KeySet(Query(_keys_sql(found[atom], asking.subject, asking.dialect)))
    if not _has_query(atom):
        refuse(asking.dialect, Capability.HOME_KINDS)
    asked = leaf_query(atom, moment, asking)  # type: ignore[arg-type]  # what has a query is a leaf
    return KeySet(asked.query, asked.is_complement, is_distinct=isinstance(atom, _ONCE))


def _has_query(atom: Condition) -> bool:
    return leaf_query.dispatch(type(atom)) is not leaf_query.dispatch(object)


@kept_sql
def _keys_sql(table: str, of: Subject, dialect: Dialect) -> str:
    return to_sql(ibis.table({KEY[of]: dtypes.int32}, name=table), dialect)
