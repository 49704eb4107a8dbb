"""An operator with its value, of the type that the operator takes: what a leaf asks of a trait or a measure."""

import datetime as dt
from dataclasses import dataclass

from quartier.segment.operators import OPERATORS, Operator
from quartier.segment.windows import Duration

Single = str | int | float | bool | dt.date | dt.datetime


@dataclass(frozen=True)
class Comparison:
    """An operator and its value, of the type that the operator takes.

    `value` is one value (`value`, `flag`), a tuple of them (`values`), two bounds (`pair`), a Duration (`duration`) or
    a Comparison of whole years (`range`).
    """

    operator_key: str
    value: "Single | tuple[Single, ...] | Duration | Comparison"

    @property
    def operator(self) -> Operator:
        """The operator's row."""
        return OPERATORS[self.operator_key]
