"""The form of a new campaign, and what an audience would hold before it is frozen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.errors import InvalidRequest, UserError
from quartier.language import Language
from quartier.segment.run import Standing
from quartier.target.definition import Campaign
from quartier.target.run import NO_MEASURE, ONE_SIDED
from quartier.web.target.links import RESERVED, RESERVED_NAME
from quartier.workspace.campaigns import Trial

FIELDS = ("segment", "name", "holdout", "purpose")
USUAL = {"segment": "", "name": "", "holdout": "10", "purpose": "marketing"}


@dataclass(frozen=True)
class SegmentChoice:
    """A segment that can be targeted."""

    name: str
    label: str
    persons: int


@dataclass(frozen=True)
class TrialView:
    """What the audience would hold, what that could show, and what to know before."""

    persons: int
    targeted: int
    held_out: int
    share: float
    """of the persons, who would be held out"""
    foresights: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class NewCampaignPage:
    """The form with what was typed; the trial once a segment is chosen and nothing is wrong."""

    values: Mapping[str, str]
    segments: tuple[SegmentChoice, ...]
    trial: TrialView | None
    error: str
    is_named: bool
    """whether it can be frozen under the name that was typed"""


def typed(given: Mapping[str, Any], today: str) -> dict[str, str]:
    """The fields as they were sent, the usual values for the others; a name is proposed once a segment is chosen."""
    values = {name: str(given.get(name, USUAL[name])).strip()[:200] for name in FIELDS}
    if values["segment"] and not values["name"]:
        values["name"] = f"{values['segment']}-{today}"
    return values


def document_of(values: Mapping[str, str]) -> Campaign:
    """The campaign that the fields describe. Raises InvalidDefinition and InvalidRequest."""
    if values["name"] in RESERVED:
        raise InvalidRequest(RESERVED_NAME.with_(name=values["name"]))
    share = values["holdout"].replace("\N{NO-BREAK SPACE}", "").removesuffix("%").strip()
    return Campaign.read(
        {"name": values["name"], "segment": values["segment"], "holdout": f"{share}%", "purpose": values["purpose"]}
    )


def new_campaign_page(
    values: Mapping[str, str],
    standings: Sequence[Standing],
    language: Language,
    *,
    trial: Trial | None = None,
    error: UserError | None = None,
) -> NewCampaignPage:
    """The page from what was typed and what came of it."""
    segments = tuple(_choice(each, language) for each in standings if each.definition.subject == "person")
    said = ""
    if error is not None:
        problems = [*getattr(error, "problems", ())]
        parts = problems or [part for part in (error.what, error.remedy) if part]
        said = " ".join(each.to(language) for each in parts)
    view = _trial(trial, language) if trial else None
    return NewCampaignPage(values, segments, view, said, is_named=trial is not None and bool(values["name"]))


def _choice(each: Standing, language: Language) -> SegmentChoice:
    name, label = each.definition.name, each.definition.label
    return SegmentChoice(name, label.to(language) if label else name, each.size)


def _trial(trial: Trial, language: Language) -> TrialView:
    targeted, held_out = len(trial.targeted), len(trial.held_out)
    persons = targeted + held_out
    warning = None if targeted and held_out else ONE_SIDED if trial.campaign.holdout else NO_MEASURE
    return TrialView(
        persons, targeted, held_out, held_out / persons if persons else 0.0,
        tuple(each.said.to(language) for each in trial.foresights), (warning.to(language),) if warning else (),
    )  # fmt: skip
