"""placeholder"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Proposal:
    """A proposal."""


def propose_mapping(*a: Any, **k: Any) -> Proposal:
    """x"""
    raise NotImplementedError
