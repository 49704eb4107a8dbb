"""For our tests and for yours: tiny worlds, a clock that stands still, the reference evaluator."""

from quartier.clock import FixedClock
from quartier.testing.loading import assert_members, engine_members, load, tables_of, whole_members
from quartier.testing.reference import reference_members
from quartier.testing.tables import tiny_world
from quartier.testing.worlds import TinyAccount, TinyEvent, TinyPerson, TinyWorld

__all__ = [
    "FixedClock",
    "TinyAccount",
    "TinyEvent",
    "TinyPerson",
    "TinyWorld",
    "assert_members",
    "engine_members",
    "load",
    "reference_members",
    "tables_of",
    "tiny_world",
    "whole_members",
]
