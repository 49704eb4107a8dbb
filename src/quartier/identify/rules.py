"""Which of several values that were said of a trait is held: the rules of the catalog, and who said what.

Every rule gives each saying a score when it arrives; a saying takes effect when no earlier one of that trait and person
has a higher score. So what takes effect never depends on what comes later: histories only grow, and live, rebuilt and
undone tables agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import pyarrow as pa

from quartier.catalog import Catalog, Subject, ValueRule, ValueType
from quartier.engine import IDENTITY, SEQ, TRAIT, DuckDBEngine, Query, change_columns, kept_sql, parameter, to_sql

SAID_BY, SAID_BY_NEW = "quartier_said_by", "staged_said_by"
SAID_BY_SCHEMA = ibis.schema({"place": "int64", "source": "string"})
"""From which place in the order of arrival on which file, or which source of messages, speaks."""

RULES = "quartier_rules"
_RULES_SCHEMA = ibis.schema({"rules": "string"})
_TYPES = tuple(each for each in ValueType if each is not ValueType.LINES)


@dataclass(frozen=True)
class Ruled:
    """A trait whose value is not simply the one that was said last.

    `sources` are those that its rule names: the most trusted first, or those that verify.
    """

    name: str
    type: ValueType
    rule: ValueRule
    sources: tuple[str, ...] = ()


def ruled(catalog: Catalog, subject: Subject) -> tuple[Ruled, ...]:
    """The traits that have another rule than the most recent value; only those that are given are said by anybody."""
    given = [each for each in catalog.traits if each.of == subject and each.origin == "given"]
    rules = [(each, catalog.rule_of(each)) for each in given]
    return tuple(
        Ruled(each.name, each.type, rule, _named_by(catalog, rule))
        for each, rule in rules
        if rule is not ValueRule.MOST_RECENT and each.type is not ValueType.LINES
    )


def _named_by(catalog: Catalog, rule: ValueRule) -> tuple[str, ...]:
    return {ValueRule.MOST_TRUSTED: catalog.trusted, ValueRule.VERIFIED_FIRST: catalog.verified}.get(rule, ())


def in_effect(told: ir.Table, rules: Sequence[Ruled]) -> ir.Table:
    """The sayings that take effect, of those in a table of all that was said of some persons."""
    if not rules:
        return told
    so_far = ibis.cumulative_window(group_by=["key", told[TRAIT]], order_by=[told[SEQ], told[IDENTITY]])
    scored = _scored(told, rules)
    best = scored.mutate(best_=scored.score_.max().over(so_far))
    return best.filter(best.score_ >= best.best_).drop("score_", "best_")


def note_source(engine: DuckDBEngine, place: int, source: str) -> None:
    """Note that a file speaks at a place in the order of arrival; call it in the transaction that writes its rows."""
    engine.ensure(SAID_BY, SAID_BY_SCHEMA)
    engine.append(SAID_BY, pa.table({"place": pa.array([place], pa.int64()), "source": [source]}))


def note_sources(engine: DuckDBEngine, before: int) -> None:
    """Note which sources the staged messages came by (number, source); `before` counts the imports.

    A row is added where another source speaks than before, however the messages are cut into chunks.
    """
    engine.ensure(SAID_BY, SAID_BY_SCHEMA)
    engine.insert(SAID_BY, Query(_sources_sql(), {"before": before}))
    engine.drop(SAID_BY_NEW)


def rules_text(catalog: Catalog) -> str:
    """The rules in one line, empty for the usual ones."""
    found = [(of, each) for of in ("person", "account") for each in ruled(catalog, of)]
    return repr(found) if found else ""


def rules_followed(engine: DuckDBEngine) -> str:
    """The rules that the engine's tables follow."""
    if engine.schema(RULES) is None:
        return ""
    rows = engine.rows(Query(to_sql(ibis.table(_RULES_SCHEMA, name=RULES))))
    return str(rows[0][0]) if rows else ""


def follow_rules(engine: DuckDBEngine, catalog: Catalog) -> None:
    """Note the rules that the engine's tables follow now; nothing where they are the usual ones."""
    engine.drop(RULES)
    if text := rules_text(catalog):
        engine.ensure(RULES, _RULES_SCHEMA)
        engine.append(RULES, pa.table({"rules": [text]}))


def _scored(told: ir.Table, rules: Sequence[Ruled]) -> ir.Table:
    # The value as text: of the columns of all types one is filled.
    value = ibis.coalesce(*(told[change_columns(type_)[1]].cast(dtypes.string) for type_ in _TYPES))
    same = told.mutate(value_=value)
    alike = ibis.cumulative_window(group_by=["key", same[TRAIT], "value_"], order_by=[same[SEQ], same[IDENTITY]])
    counted = same.mutate(often_=same[TRAIT].count().over(alike))
    spoken = _with_source(counted) if any(each.sources for each in rules) else counted.mutate(source_=ibis.literal(""))
    scores = [(spoken[TRAIT] == each.name, _score(spoken, each)) for each in rules]
    scored = spoken.mutate(score_=ibis.cases(*scores, else_=ibis.literal(0, "int64")))
    return scored.drop("value_", "often_", "source_")


def _score(spoken: ir.Table, ruled: Ruled) -> ir.IntegerValue:
    """How well founded each saying is by the rule of its trait."""
    named = [spoken.source_.like(each.replace("*", "%")).fill_null(False) for each in ruled.sources]
    if ruled.rule is ValueRule.MOST_FREQUENT:
        return spoken.often_
    if not named:
        return ibis.literal(0, "int64")
    if ruled.rule is ValueRule.VERIFIED_FIRST:
        return ibis.or_(*named).cast("int64")
    places = [(is_named, ibis.literal(-place, "int64")) for place, is_named in enumerate(named)]
    return ibis.cases(*places, else_=ibis.literal(-len(named), "int64"))  # those that are not named come last


def _with_source(told: ir.Table) -> ir.Table:
    """With the source of each saying."""
    spoken = ibis.table(SAID_BY_SCHEMA, name=SAID_BY).rename(source_="source", place_="place")
    return told.asof_join(spoken, told[SEQ] >= spoken.place_).drop("place_")


@kept_sql
def _sources_sql() -> str:
    fresh = ibis.table({"number_": "int64", "source": "string"}, name=SAID_BY_NEW)
    known = ibis.table(SAID_BY_SCHEMA, name=SAID_BY)
    last = known.agg(last_=known.source.argmax(known.place))
    both = fresh.cross_join(last)
    before = ibis.coalesce(both.source.lag().over(order_by=both.number_), both.last_)
    told = both.mutate(was_=before)
    found = told.filter(told.source.notnull(), ~told.source.identical_to(told.was_))
    place = found.number_ + parameter("before", dtypes.int64)
    return to_sql(found.select(place=place, source=found.source).order_by("place"))
