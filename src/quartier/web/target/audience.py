"""The page of one audience: who is in it by counts, what its segment meant then, whom it reached, its list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from quartier.catalog import Catalog, Sensitivity, Trait
from quartier.engine import PUBLIC_ID
from quartier.govern.roles import May
from quartier.language import Language
from quartier.target.columns import columns_of
from quartier.target.run import warnings_of
from quartier.web.target.links import evaluate_url, segment_url, target_url
from quartier.web.target.overview import name_of
from quartier.web.visitor import Visitor
from quartier.workspace import Workspace
from quartier.workspace.campaigns import Held


@dataclass(frozen=True)
class ShareView:
    """A segment within the audience, as it was then."""

    label: str
    url: str
    targeted: int
    held_out: int


@dataclass(frozen=True)
class ExposureView:
    """One time that the campaign reached somebody."""

    at: dt.datetime
    channel: str
    persons: int


@dataclass(frozen=True)
class ColumnView:
    """A trait that the list may have; `is_usual` when it has it unless told otherwise."""

    name: str
    label: str
    is_usual: bool


@dataclass(frozen=True)
class AudiencePage:
    """One audience. `columns` are empty for who may not export; `ready` is the address of a list that waits."""

    name: str
    campaign: str
    url: str
    evaluate_url: str
    segment: str
    segment_url: str
    sentence: str
    purpose: str
    at: dt.datetime
    holdout: float
    targeted: int
    held_out: int
    on_both_sides: int
    reached: int
    exposures: tuple[ExposureView, ...]
    shares: tuple[ShareView, ...]
    warnings: tuple[str, ...]
    columns: tuple[ColumnView, ...]
    ready: str


def audience_page(ws: Workspace, held: Held, visitor: Visitor, *, ready: str) -> AudiencePage:
    """The page from what the workspace says."""
    audience, language = held.audience, visitor.language
    definition = ws.campaigns.definition(audience)
    return AudiencePage(
        name=name_of(held, language),
        campaign=audience.campaign,
        url=target_url(audience.campaign),
        evaluate_url=evaluate_url(audience.campaign),
        segment=ws.label(audience.segment).to(language),
        segment_url=segment_url(audience.segment),
        sentence=ws.sentence(definition, language) if definition else "",
        purpose=held.document.purpose,
        at=audience.at,
        holdout=audience.holdout,
        targeted=len(audience.targeted),
        held_out=len(audience.held_out),
        on_both_sides=len(audience.on_both_sides),
        reached=len(held.reached),
        exposures=tuple(ExposureView(each.at, each.channel, len(each.persons)) for each in held.exposures),
        shares=_shares(ws, held, language),
        warnings=tuple(each.to(language) for each in warnings_of(audience)),
        columns=_columns(ws.catalog, visitor) if may_export(visitor) else (),
        ready=ready,
    )


def may_export(visitor: Visitor) -> bool:
    """Whether a visitor may write the list of a campaign: it hands out persons, and it marks them as reached."""
    return visitor.may(May.EXPORT) and visitor.may(May.TARGET)


def chosen_columns(catalog: Catalog, visitor: Visitor, wanted: Sequence[str]) -> list[str]:
    """The traits of a list that a visitor asked for; sensitive ones only for who may see them.

    Raises InvalidDefinition for a trait that is unknown or of a special category.
    """
    open_to = {each.name for each in _offered(catalog, visitor)}
    columns_of(catalog, wanted)
    return [name for name in wanted if name in open_to]


def _columns(catalog: Catalog, visitor: Visitor) -> tuple[ColumnView, ...]:
    usual = set(columns_of(catalog))
    views = [
        ColumnView(each.name, each.label.to(visitor.language), each.name in usual)
        for each in _offered(catalog, visitor)
    ]
    return tuple(sorted(views, key=lambda each: not each.is_usual))


def _offered(catalog: Catalog, visitor: Visitor) -> list[Trait]:
    hidden = {Sensitivity.SPECIAL} if visitor.may(May.SEE_SENSITIVE) else {Sensitivity.SPECIAL, Sensitivity.SENSITIVE}
    return [
        each
        for each in catalog.traits
        if each.of == "person" and each.sensitivity not in hidden and each.name != PUBLIC_ID["person"]
    ]


def _shares(ws: Workspace, held: Held, language: Language) -> tuple[ShareView, ...]:
    return tuple(
        ShareView(ws.label(each.segment).to(language), segment_url(each.segment), each.targeted, each.held_out)
        for each in ws.campaigns.shares(held.audience)
    )
