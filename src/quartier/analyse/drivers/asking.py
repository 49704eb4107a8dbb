"""What outcome the drivers are asked of, in the words of an address or a command.

`churned=true` and `segment:loyal` say how persons are now; `event:Order Completed@90`, `silence:Order Completed@90` and
`segment:loyal@90` say what came within, or after, 90 days of a cut.
"""

from dataclasses import dataclass

from quartier.errors import InvalidRequest
from quartier.language import Text

SEGMENT, EVENT, SILENCE = "segment:", "event:", "silence:"
MOST_DAYS = 730
AFTER = "@"


@dataclass(frozen=True)
class Outcome:
    """A value of a trait, or membership of a segment.

    With `days` it came after a cut that lies so many days back: the event within them, none of it (`is_silence`), or
    membership at their end.
    """

    trait: str = ""
    value: str = ""
    segment: str = ""
    event: str = ""
    is_silence: bool = False
    days: int | None = None


def outcome_of(written: str) -> Outcome:
    """The outcome that is written. Raises InvalidRequest for what is none."""
    for start in (SEGMENT, EVENT, SILENCE):
        if written.startswith(start):
            return _of_name(written, start)
    trait, sign, value = written.partition("=")
    if not sign or not trait.strip() or not value.strip():
        raise _no_outcome(written)
    return Outcome(trait=trait.strip(), value=value.strip())


def _of_name(written: str, start: str) -> Outcome:
    name, sign, after = written.removeprefix(start).rpartition(AFTER)
    if not sign:
        name, after = after, ""
    days = int(after) if after.strip().isdecimal() else None
    if not name.strip() or (sign and not (days and days <= MOST_DAYS)) or (start != SEGMENT and not sign):
        raise _no_outcome(written)
    if start == SEGMENT:
        return Outcome(segment=name.strip(), days=days)
    return Outcome(event=name.strip(), is_silence=start == SILENCE, days=days)


def _no_outcome(written: str) -> InvalidRequest:
    return InvalidRequest(_NO_OUTCOME.with_(written=written), remedy=_WRITE.with_(most=MOST_DAYS))


_NO_OUTCOME = Text(en="“{written}” is no outcome", fr="« {written} » n'est pas un résultat")
_WRITE = Text(
    en="write `churned=true` for a value of a trait, `segment:loyal` for members of a segment; for what comes after a "
    "cut `event:Order Completed@90`, `silence:Order Completed@90` or `segment:loyal@90`, with 1 to {most} days",
    fr="écrivez `churned=true` pour la valeur d'un trait, `segment:loyal` pour les membres d'un segment ; pour ce qui "
    "vient après une coupure `event:Order Completed@90`, `silence:Order Completed@90` ou `segment:loyal@90`, de 1 à "
    "{most} jours",
)
