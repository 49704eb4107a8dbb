"""Estimates of a survey in words: a mean, an NPS, a share of satisfied, a median, each with its interval."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from quartier.language import Language, Text, decimal, percent, with_sign

if TYPE_CHECKING:
    from quartier.analyse.surveys.results import Estimate


def written(estimate: "Estimate", language: Language) -> str:
    """An estimate with its interval, in words."""
    form = shaped(estimate.kind, language)
    text, bounds = _ESTIMATES[estimate.kind].to(language, value=form(estimate.value)), estimate.interval
    if bounds is None:
        return text
    return f"{text} {BETWEEN.to(language, low=form(bounds[0]), high=form(bounds[1]))}"


def shaped(kind: str, language: Language) -> Callable[[float], str]:
    """How the value of an estimate is written: points with their sign, a share, a number."""
    if kind == "satisfied":
        return lambda value: percent(value, language)
    if kind == "nps":
        return lambda value: with_sign(decimal(value, language, 0), round(value))
    return lambda value: decimal(value, language)


BETWEEN = Text(en="(between {low} and {high})", fr="(entre {low} et {high})")
"""An interval beside an estimate."""
_ESTIMATES = {
    "nps": Text(en="NPS {value}", fr="NPS {value}"),
    "satisfied": Text(en="satisfied {value}", fr="satisfaits {value}"),
    "mean": Text(en="mean {value}", fr="moyenne {value}"),
    "median": Text(en="median {value}", fr="médiane {value}"),
}
