"""The list of campaigns: whose audience was frozen when, how many are targeted and held out, whom it reached."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from quartier.catalog import Label
from quartier.language import Language
from quartier.web.target.links import target_url
from quartier.workspace.campaigns import Held


@dataclass(frozen=True)
class CampaignView:
    """One campaign; `reached_at` is None while nobody was reached."""

    name: str
    url: str
    segment: str
    at: dt.datetime
    targeted: int
    held_out: int
    reached: int
    reached_at: dt.datetime | None


@dataclass(frozen=True)
class CampaignsPage:
    """Every campaign, the last one frozen first."""

    campaigns: tuple[CampaignView, ...]


def campaigns_page(held: Sequence[Held], label: Callable[[str], Label], language: Language) -> CampaignsPage:
    """The page; `label` says how a segment is called."""
    return CampaignsPage(tuple(_view(each, label, language) for each in held))


def name_of(held: Held, language: Language) -> str:
    """How a campaign is called."""
    return held.document.label.to(language) if held.document.label else held.audience.campaign


def _view(each: Held, label: Callable[[str], Label], language: Language) -> CampaignView:
    audience = each.audience
    return CampaignView(
        name_of(each, language), target_url(audience.campaign), label(audience.segment).to(language), audience.at,
        len(audience.targeted), len(audience.held_out), len(each.reached), each.reached_at,
    )  # fmt: skip
