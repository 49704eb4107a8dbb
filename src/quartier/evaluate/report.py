"""What an evaluation gives back: effects, the check of the arms, and what must be said about them."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from quartier.evaluate.arms import SampleRatio
from quartier.evaluate.effect import Effect
from quartier.evaluate.wording import Subject, sentences_of
from quartier.language import Language, Said, Text


class Kind(StrEnum):
    """What a finding is about."""

    SAMPLE_RATIO = "sample_ratio_mismatch"
    HELD_OUT_EXPOSED = "held_out_exposed"
    ON_BOTH_SIDES = "on_both_sides"
    CURRENCIES = "several_currencies"
    NO_HOLDOUT = "no_holdout"
    PARTIAL = "window_not_over"
    LATE_DATA = "data_stop_early"
    WAVES = "several_waves"
    NOT_EXPOSED = "targeted_not_exposed"


@dataclass(frozen=True)
class Finding:
    """Something to know before the figures are believed; a loud one makes them doubtful."""

    kind: Kind
    said: Said | Text
    is_loud: bool = False

    def as_json(self) -> dict[str, object]:
        """The plain form, for machines, with both languages."""
        return {"kind": self.kind.value, "is_loud": self.is_loud, "en": self.said.to("en"), "fr": self.said.to("fr")}


@dataclass(frozen=True)
class EffectReport:
    """The effect of a campaign (or of any experiment, `campaign` None) on one outcome.

    `starts_at` is the first exposure and `ends_at` the end of the last window; `is_partial` says that it is not over.
    """

    campaign: str | None
    subject: Subject
    at: dt.datetime | None
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    overall: Effect
    segments: tuple[Effect, ...]
    sample_ratio: SampleRatio | None
    findings: tuple[Finding, ...]

    @property
    def is_partial(self) -> bool:
        """Whether some windows were still open at the time of the evaluation."""
        return self.at is not None and self.ends_at is not None and self.ends_at > self.at

    def sentences(self, language: Language) -> list[str]:
        """What can be said, in one language: the findings that are loud, the effect overall, then each segment."""
        loud = [finding.said.to(language) for finding in self.findings if finding.is_loud]
        effects = [each.to(language) for effect in (self.overall, *self.segments) for each in self.wording(effect)]
        return loud + effects + [each.said.to(language) for each in self.findings if not each.is_loud]

    def wording(self, effect: Effect) -> list[Said]:
        """What can be said of one effect."""
        return sentences_of(effect, self.subject)

    def as_json(self) -> dict[str, object]:
        """The plain form, for machines."""
        return {
            "campaign": self.campaign,
            "outcome": self.subject.as_json(),
            "at": _iso(self.at),
            "starts_at": _iso(self.starts_at),
            "ends_at": _iso(self.ends_at),
            "is_partial": self.is_partial,
            "overall": self.overall.as_json(),
            "segments": [each.as_json() for each in self.segments],
            "sample_ratio": self.sample_ratio.as_json() if self.sample_ratio else None,
            "findings": [each.as_json() for each in self.findings],
        }

    def to_arrow(self) -> pa.Table:
        """One row for the overall effect (`segment` empty), then one per segment."""
        return pa.Table.from_pylist([_row(each) for each in (self.overall, *self.segments)], schema=_SCHEMA)


def _iso(instant: dt.datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _row(effect: Effect) -> dict[str, object]:
    arms = {"targeted": effect.targeted, "held_out": effect.held_out}
    return {
        "segment": effect.segment,
        **{f"{arm}_{name}": value for arm, known in arms.items() for name, value in vars(known).items()},
        "difference": effect.difference,
        "low": effect.interval.low if effect.interval else None,
        "high": effect.interval.high if effect.interval else None,
        "lift": effect.lift,
        "lift_low": effect.lift_interval.low if effect.lift_interval else None,
        "lift_high": effect.lift_interval.high if effect.lift_interval else None,
        "confidence": effect.confidence,
        "pvalue": effect.pvalue,
        "pvalue_adjusted": effect.pvalue_adjusted,
        "verdict": effect.verdict.value,
        "caution": effect.caution.value if effect.caution else None,
        "needed_targeted": effect.needed.targeted if effect.needed else None,
        "needed_held_out": effect.needed.held_out if effect.needed else None,
        "visible": effect.visible,
    }


_ARM = {"persons": pa.int64(), "mean": pa.float64(), "variance": pa.float64(), "responders": pa.int64()}
_SCHEMA = pa.schema(
    [("segment", pa.string())]
    + [(f"{arm}_{name}", type_) for arm in ("targeted", "held_out") for name, type_ in _ARM.items()]
    + [(name, pa.float64()) for name in ("difference", "low", "high", "lift", "lift_low", "lift_high")]
    + [(name, pa.float64()) for name in ("confidence", "pvalue", "pvalue_adjusted")]
    + [("verdict", pa.string()), ("caution", pa.string())]
    + [("needed_targeted", pa.int64()), ("needed_held_out", pa.int64()), ("visible", pa.float64())]
)
