"""Which segments each person belongs to, for many segments at once, as one statement of Spark.

Every distinct set of keys is computed once and marks its persons with a bit of its own; the bits of a person are
gathered in one grouping, whatever the number of segments; a formula over the bits decides each segment. Nothing is
joined, so nothing depends on the number of persons times the number of segments.
"""

from collections.abc import Mapping, Sequence

from quartier.engine.compiler import Query, Scalar
from quartier.engine.compose import Formula, KeySet, prefixed, written
from quartier.engine.dialects import quoted

SEGMENT = "segment"
WORD = 62
"""Bits in each of the numbers that hold them: all but the sign of a bigint."""


def members_of_each(everyone: Query, sets: Sequence[KeySet], formulas: Mapping[str, Formula], key: str) -> Query:
    """Rows of `segment` and `key`, one per member of each segment; `key` is the one column of each query."""
    column = quoted(key, "pyspark")
    words = len(sets) // WORD + 1
    given: dict[str, Scalar] = dict(everyone.parameters)
    marked = [_marked(everyone.sql, 0, words, column)]
    for number, each in enumerate(sets):
        own = prefixed(each.query, f"s{number}_", "pyspark")
        marked.append(_marked(own.sql, number + 1, words, column))
        given |= own.parameters

    def member(number: int) -> str:
        return f"{_bit(number + 1)} {'=' if sets[number].is_complement else '<>'} 0"

    names = {f"segment_{number}": name for number, name in enumerate(formulas)}
    chosen = [
        f"CASE WHEN {written(formula, member)} THEN :{name} END"
        for name, formula in zip(names, formulas.values(), strict=True)
    ]
    gathered = ", ".join(f"BIT_OR(w{word}) AS w{word}" for word in range(words))
    held = f"SELECT {column}, {gathered} FROM ({' UNION ALL '.join(marked)}) GROUP BY {column}"
    each_segment = f"EXPLODE(ARRAY_COMPACT(ARRAY({', '.join(chosen)})))"
    sql = f"SELECT {each_segment} AS {SEGMENT}, {column} FROM ({held}) WHERE {_bit(0)} <> 0"
    return Query(sql, given | names)


def _marked(sql: str, number: int, words: int, column: str) -> str:
    bits = ", ".join(f"{_value(number, word)}L AS w{word}" for word in range(words))
    return f"SELECT {column}, {bits} FROM ({sql})"


def _value(number: int, word: int) -> int:
    """The bit of a set in one of the words."""
    return 1 << number % WORD if number // WORD == word else 0


def _bit(number: int) -> str:
    return f"(w{number // WORD} & {_value(number, number // WORD)}L)"
