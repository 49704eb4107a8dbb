"""The model as Splink's settings: which conditions its SQL evaluates, in whichever dialect the engine speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quartier.identify.matching.comparing import Comparison, Configuration, Field, Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from quartier.identify.matching.learning import Parameters

NUMBER, SIDE = "record_number", "side"
"""The columns that Splink tells records apart by: their place, and which of two tables they are of."""
BLOCK = "block_"
"""What the columns of blocks begin with, one for each rule."""


def settings(
    configuration: Configuration,
    parameters: Parameters | None,
    *,
    rules: int = 0,
    only: str = "",
) -> Any:
    """Splink's settings; without parameters every level weighs one bit more than the one before, to tell levels apart.

    `rules` is how many columns of blocks the table has; `only` is a condition on sides that a pair must meet besides.
    """
    from splink import SettingsCreator

    comparisons = [
        _comparison(each, _probabilities(parameters, place, len(each.levels)), by_frequency=parameters is not None)
        for place, each in enumerate(configuration.comparisons)
    ]
    equal = [f"l.{BLOCK}{number} = r.{BLOCK}{number}" for number in range(rules)] or ["1=1"]
    blocked: list[Any] = [f"{each} AND {only}" if only else each for each in equal]
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocked,
        probability_two_random_records_match=parameters.prior if parameters else 0.5,
        unique_id_column_name=NUMBER,
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
        linker_uid="quartier",
    )


def _probabilities(parameters: Parameters | None, place: int, size: int) -> list[tuple[float, float]]:
    if parameters is None:
        return [(0.5, 0.5 * 2.0 ** -(number + 1)) for number in range(size)]
    return list(zip(parameters.m[place].tolist(), parameters.u[place].tolist(), strict=True))


def _comparison(comparison: Comparison, probabilities: list[tuple[float, float]], *, by_frequency: bool) -> Any:
    import splink.comparison_library as comparisons

    column, weighed = comparison.field.column, dict(zip(comparison.levels, probabilities, strict=True))
    made = [_says_nothing(comparison)]
    for level, condition in _in_order(comparison):
        m, u = weighed[level]
        made.append(condition.configure(m_probability=m, u_probability=u, label_for_charts=label(level)))
    if by_frequency and comparison.by_frequency:
        made[1].configure(tf_adjustment_column=column, tf_adjustment_weight=1.0)
    return comparisons.CustomComparison(output_column_name=column, comparison_levels=made)


def _says_nothing(comparison: Comparison) -> Any:
    """One of the values is missing; or two e-mails are alike only because their owners' names are."""
    import splink.comparison_level_library as levels

    missing = levels.NullLevel(comparison.field.column)
    if not comparison.names:
        return missing
    field = comparison.field
    alike = levels.And(
        levels.ExactMatchLevel(comparison.names[0].column),
        levels.ExactMatchLevel(comparison.names[1].column),
        levels.CustomLevel(f"{field.named}_l AND {field.named}_r", base_dialect_str="duckdb"),
        levels.Not(levels.ExactMatchLevel(field.column)),
        levels.Or(levels.ExactMatchLevel(field.local), levels.LevenshteinLevel(field.column, 2)),
    )
    return levels.Or(missing, alike).configure(is_null_level=True)


def label(level: Level) -> str:
    """The level in a few words."""
    return f"{level.how} {level.amount:g}" if level.amount else level.how


def _in_order(comparison: Comparison) -> list[tuple[Level, Any]]:
    """The levels with their conditions, as SQL is to try them.

    Most pairs that are compared differ. Where a measure of likeness decides between the last levels, "less alike than
    all of them" is asked first, so that it is computed once for such a pair and not once for each level.
    """
    import splink.comparison_level_library as levels

    *agreeing, last, otherwise = comparison.levels
    if last.how not in ("close", "two typos"):
        return [(each, _condition(comparison, each)) for each in comparison.levels]
    alike = [each for each in agreeing if each.how in ("close", "one typo")]
    equal = [each for each in agreeing if each not in alike]
    return [
        *((each, _condition(comparison, each)) for each in equal),
        (otherwise, levels.Not(_condition(comparison, last))),
        *((each, _condition(comparison, each)) for each in alike),
        (last, levels.ElseLevel()),
    ]


def _condition(comparison: Comparison, level: Level) -> Any:
    import splink.comparison_level_library as levels
    from splink import ColumnExpression

    field, amount = comparison.field, level.amount
    made: dict[str, Callable[[], Any]] = {
        "same": lambda: levels.ExactMatchLevel(field.column),
        "same words": lambda: levels.ExactMatchLevel(field.words or field.column),
        "swapped": lambda: levels.ColumnsReversedLevel(field.column, _column(comparison.other), symmetrical=True),
        "same around": lambda: levels.ExactMatchLevel(_column(comparison.around)),
        "same before @": lambda: levels.ExactMatchLevel(field.local),
        "same start": lambda: levels.ExactMatchLevel(ColumnExpression(field.column).substr(1, int(amount))),
        "close": lambda: levels.JaroWinklerLevel(field.column, amount),
        # the second condition says it all; the first one is six times faster, and true of few
        "one typo": lambda: levels.And(
            levels.LevenshteinLevel(field.column, 2), levels.DamerauLevenshteinLevel(field.column, 1)
        ),
        "two typos": lambda: levels.LevenshteinLevel(field.column, 2),
        "day and month swapped": lambda: levels.CustomLevel(_SWAPPED_DAY.format(column=field.column), None, "duckdb"),
        "different": levels.ElseLevel,
    }
    return made[level.how]()


def _column(field: Field | None) -> str:
    if field is None:
        raise ValueError("the level needs another field than its own")
    return field.column


_SWAPPED_DAY = (
    "substr({column}_l, 1, 4) = substr({column}_r, 1, 4) AND substr({column}_l, 5, 2) = substr({column}_r, 7, 2)"
    " AND substr({column}_l, 7, 2) = substr({column}_r, 5, 2)"
)
