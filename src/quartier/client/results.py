"""What the API tells of segments, persons, campaigns, files and jobs, each as a frozen dataclass.

Texts for people are plain dictionaries by language: `{"en": …, "fr": …}`.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from quartier.client.failures import ApiProblem, Flaw
from quartier.client.told import Told

Subject = Literal["person", "account"]
ByLanguage = Mapping[str, str]
Document = Mapping[str, Any]
"""A document in the form that files have, too."""


@dataclass(frozen=True)
class Standing(Told):
    """A segment as it stood at its last evaluation; `entered` and `left` count since the one before."""

    segment: str
    of: Subject
    label: ByLanguage | None
    version: int
    size: int
    at: dt.datetime
    entered: int
    left: int


@dataclass(frozen=True)
class Segment(Standing):
    """A segment in force: its document, what it means in words, how it is doing."""

    document: Document
    sentence: ByLanguage
    health: Mapping[str, Any]


@dataclass(frozen=True)
class Validation:
    """Whether definitions could be put in force, and all that is wrong with them."""

    is_valid: bool
    problems: tuple[Flaw, ...]


@dataclass(frozen=True)
class Preview(Told):
    """What a definition gives now; `sample` are some of its members, as many as were asked for."""

    segment: str
    of: Subject
    size: int
    population: int
    at: dt.datetime
    sentence: ByLanguage
    findings: Sequence[Mapping[str, Any]]
    sample: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class DryRun(Told):
    """What putting a definition in force would change.

    `users` are the segments, and `campaigns` the campaigns, that hang on it.
    """

    segment: str
    of: Subject
    size_before: int
    size: int
    entering: int
    leaving: int
    at: dt.datetime
    is_new: bool
    sentence_before: ByLanguage | None
    sentence: ByLanguage
    entering_worth: Mapping[str, float | None]
    leaving_worth: Mapping[str, float | None]
    users: Sequence[Mapping[str, Any]]
    campaigns: Sequence[str]


@dataclass(frozen=True)
class Size(Told):
    """How many members there were at an instant, and how many had come and gone since the size before."""

    at: dt.datetime
    size: int
    entered: int | None
    left: int | None
    version: int | None


@dataclass(frozen=True)
class History:
    """The sizes of a segment as they were observed, oldest first; `before` is the size before the first of them."""

    segment: str
    before: int | None
    is_reconstructed: bool
    sizes: tuple[Size, ...]


@dataclass(frozen=True)
class Version(Told):
    """One version of a segment, with its author."""

    segment: str
    version: int
    at: dt.datetime
    author: str
    is_retired: bool
    document: Document


@dataclass(frozen=True)
class FoundPerson(Told):
    """A person by public id; `by` is the kind of identifier that was asked for, `public_id`, or `name`."""

    person: str
    name: str
    by: str


@dataclass(frozen=True)
class FoundAccount(Told):
    """An account by public id; `by` is the trait that holds what was asked for, `public_id`, or `name`."""

    account: str
    name: str
    by: str


@dataclass(frozen=True)
class FrozenAudience(Told):
    """The frozen audience of a campaign in figures; `holdout` is the share that was to be held out."""

    campaign: str
    segment: str
    at: dt.datetime
    holdout: float
    targeted: int
    held_out: int


@dataclass(frozen=True)
class Exposure(Told):
    """How many persons were reached at one instant, through one channel."""

    at: dt.datetime
    channel: str
    persons: int


@dataclass(frozen=True)
class Campaign:
    """A campaign: its audience, and whom it reached."""

    audience: FrozenAudience
    exposures: tuple[Exposure, ...]


@dataclass(frozen=True)
class Exported(Told):
    """A list that was written; `campaigns.fetch` gets it, for an hour and until the server ends."""

    campaign: str
    columns: Sequence[str]
    persons: int
    held_out: int
    at: dt.datetime
    file: str


@dataclass(frozen=True)
class Run(Told):
    """One run of a model: what it was told, as of when, what it found."""

    model: str
    at: dt.datetime
    as_of: dt.datetime
    parameters: Mapping[str, Any]
    summary: Mapping[str, Any]


@dataclass(frozen=True)
class Imported(Told):
    """What became of a file: rows in = stored + duplicates + rejected."""

    name: str
    seq: int | None
    rows_in: int
    stored: int
    duplicates: int
    rejected: int
    events: Mapping[str, int]
    persons_added: int
    accounts_added: int
    findings: Sequence[str]
    reasons: Sequence[Mapping[str, Any]]
    segments_added: Sequence[str]


@dataclass(frozen=True)
class Import(Told):
    """A file that was brought in before."""

    seq: int
    at: dt.datetime
    name: str
    bytes: int
    rows_in: int
    stored: int
    duplicates: int
    rejected: int
    mapping: Document


@dataclass(frozen=True)
class Job(Told):
    """A change that takes long: `share` from 0 to 1 where it is known, `result` once it is done."""

    job: str
    title: ByLanguage
    state: Literal["waiting", "running", "done", "failed"]
    share: float | None
    asked_at: dt.datetime
    ended_at: dt.datetime | None
    result: Any
    problem: ApiProblem | None

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> Self:
        """Read it from plain data."""
        failed = told.get("problem")
        return super().of_json({**told, "problem": ApiProblem.of_json(failed) if failed else None})
