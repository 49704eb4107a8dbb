"""What a rule would do: which persons would become members of which account."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Suggestion:
    """Persons whose e-mail has the domain of one company, and of whom no company is known.

    Attributes:
        account: the public id of the company.
        name: how it is called.
        domain: the domain that they share.
        persons: how many they are.
        is_applied: whether the rule is switched on, so that they are members.
    """

    account: str
    name: str
    domain: str
    persons: int
    is_applied: bool = False

    def as_json(self) -> dict[str, Any]:
        """The suggestion as plain values."""
        return {
            "account": self.account, "name": self.name, "domain": self.domain, "persons": self.persons,
            "is_applied": self.is_applied,
        }  # fmt: skip
