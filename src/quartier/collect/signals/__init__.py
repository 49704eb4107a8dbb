"""What can be derived from arriving messages: the device and its language, and signs of frustration. Pure.

- `technographic`: traits from a message's context (`context.py`, `agent.py`);
- `without_address`, `place`: what is kept of where a person is;
- `frustrations`: derived events from what the browser plug-in reports (`fold.py`, one file per rule).
"""

from quartier.collect.signals.context import place, technographic, without_address
from quartier.collect.signals.fold import State, frustrations, is_report
from quartier.collect.signals.parameters import PARAMETERS, Parameters, Rule
from quartier.collect.signals.words import event_type, technographic_traits

__all__ = [
    "frustrations",
    "is_report",
    "State",
    "Parameters",
    "PARAMETERS",
    "Rule",
    "technographic",
    "without_address",
    "place",
    "event_type",
    "technographic_traits",
]
