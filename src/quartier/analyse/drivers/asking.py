"""What outcome the drivers are asked of, in the words of an address or a command: `churned=true`, `segment:loyal`."""

from dataclasses import dataclass

from quartier.errors import InvalidRequest
from quartier.language import Text

SEGMENT = "segment:"


@dataclass(frozen=True)
class Outcome:
    """A value of a trait, or membership of a segment now."""

    trait: str = ""
    value: str = ""
    segment: str = ""

    @property
    def written(self) -> str:
        """As an address or a command has it."""
        return f"{SEGMENT}{self.segment}" if self.segment else f"{self.trait}={self.value}"


def outcome_of(written: str) -> Outcome:
    """The outcome that is written. Raises InvalidRequest for what is none."""
    if written.startswith(SEGMENT) and len(written) > len(SEGMENT):
        return Outcome(segment=written.removeprefix(SEGMENT).strip())
    trait, sign, value = written.partition("=")
    if not sign or not trait.strip() or not value.strip():
        raise InvalidRequest(_NO_OUTCOME.with_(written=written), remedy=_WRITE)
    return Outcome(trait=trait.strip(), value=value.strip())


_NO_OUTCOME = Text(en="“{written}” is no outcome", fr="« {written} » n'est pas un résultat")
_WRITE = Text(
    en="write `churned=true` for a value of a trait, `segment:loyal` for members of a segment",
    fr="écrivez `churned=true` pour la valeur d'un trait, `segment:loyal` pour les membres d'un segment",
)
