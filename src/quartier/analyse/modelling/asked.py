"""How a setting of a model is asked for: on a form, on the command line, in the reference."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from quartier.language import Text

Choice = Literal[
    "purchase",
    "event",
    "events",
    "amount",
    "trait",
    "traits",
    "number_traits",
    "segment",
    "answer",
    "answers",
    "scales",
]
"""What of the catalog a setting names: an event that holds an amount, an event, several, a number property of the
chosen purchase, a trait, several traits, several that are numbers, a segment; and of what persons said, no model having
made it: a text, several traits, several that are numbers."""


@dataclass(frozen=True)
class Asked:
    """What is asked, put into the annotation of a field.

    >>> Asked(Text(en="bins", fr="tranches")).label.to("fr")
    'tranches'

    Attributes:
        label: what the setting is called.
        help: one sentence that helps to answer.
        choose: what of the catalog is chosen, None for a setting of its own.
        options: what the values of a closed list are called; of `""` what it is called to name none.
        is_advanced: whether most people leave it as it is.
    """

    label: Text
    help: Text | None = None
    choose: Choice | None = None
    options: Mapping[str, Text] = field(default_factory=dict)
    is_advanced: bool = False
