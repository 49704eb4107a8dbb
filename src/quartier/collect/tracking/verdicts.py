"""What became of each message: stored, a duplicate of one that is stored, or rejected with the reason and the field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from quartier.collect.tracking.reasons import REJECTIONS, Flaw
from quartier.language import LANGUAGES

Outcome = Literal["stored", "duplicate", "rejected"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one message: `index` is its place in the batch, `refusal` the number under which it waits."""

    index: int
    outcome: Outcome
    message_id: str | None
    flaw: Flaw | None = None
    refusal: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys; of a rejected one with reason, field and the reason in both languages."""
        told: dict[str, Any] = {"index": self.index, "outcome": self.outcome, "message_id": self.message_id}
        if self.flaw is None:
            return told
        text = REJECTIONS[self.flaw.code]
        why = {"reason": self.flaw.code, "field": self.flaw.field, "text": {each: text.to(each) for each in LANGUAGES}}
        return {**told, **why, "id": self.refusal}


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What became of a body: the messages that were kept with whether each is new, and those that were rejected."""

    kept: tuple[tuple[int, str], ...]
    is_new: tuple[bool, ...]
    refused: tuple[Verdict, ...]

    @property
    def stored(self) -> int:
        """How many messages are stored now and were not before."""
        return sum(self.is_new)

    @property
    def duplicates(self) -> int:
        """How many messages were stored before, by their id."""
        return len(self.is_new) - self.stored

    @property
    def rejected(self) -> int:
        """How many messages could not be stored."""
        return len(self.refused)

    @property
    def accepted(self) -> int:
        """How many messages there were: stored, duplicates and rejected."""
        return len(self.is_new) + self.rejected

    def each(self) -> Iterator[Verdict]:
        """One verdict per message, in their order."""
        outcomes: dict[bool, Outcome] = {True: "stored", False: "duplicate"}
        kept = [
            Verdict(index, outcomes[is_new], message_id)
            for (index, message_id), is_new in zip(self.kept, self.is_new, strict=True)
        ]
        yield from sorted([*kept, *self.refused], key=lambda verdict: verdict.index)

    def as_json(self) -> dict[str, Any]:
        """The three counts and every rejected message."""
        return {
            "stored": self.stored,
            "duplicates": self.duplicates,
            "rejected": self.rejected,
            "rejections": [each.as_json() for each in self.refused],
        }
