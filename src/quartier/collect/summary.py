"""What became of the rows of a file."""

from dataclasses import dataclass, field
from pathlib import Path

from quartier.language import Language, Said, Text


@dataclass(frozen=True)
class ImportSummary:
    """Rows in = stored + duplicates + rejected, always; and what they added."""

    name: str
    seq: int | None
    rows_in: int
    stored: int
    duplicates: int
    rejected: int
    events: dict[str, int] = field(default_factory=dict)
    persons: int = 0
    accounts: int = 0
    findings: tuple[Text | Said, ...] = ()
    reasons: tuple[tuple[str, Text | Said, int], ...] = ()
    rejected_file: Path | None = None

    def __post_init__(self) -> None:
        counts = (self.stored, self.duplicates, self.rejected)
        if self.rows_in != sum(counts) or min(counts) < 0:
            raise AssertionError(f"{self.rows_in} rows are not {self.stored} + {self.duplicates} + {self.rejected}")

    def as_json(self, language: Language = "en") -> dict[str, object]:
        """Plain data with stable keys; sentences in one language."""
        return {
            "name": self.name, "seq": self.seq, "rows_in": self.rows_in, "stored": self.stored,
            "duplicates": self.duplicates, "rejected": self.rejected, "events": self.events,
            "persons_added": self.persons, "accounts_added": self.accounts,
            "findings": [each.to(language) for each in self.findings],
            "reasons": [{"column": c, "reason": r.to(language), "rows": n} for c, r, n in self.reasons],
            "rejected_file": str(self.rejected_file) if self.rejected_file else None,
        }  # fmt: skip
