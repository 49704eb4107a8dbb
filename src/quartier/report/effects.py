"""The effects of the campaigns that were sent, measured on what was bought after."""

import datetime as dt
from collections.abc import Mapping

from quartier.catalog import Catalog, Label
from quartier.evaluate import run as evaluation
from quartier.evaluate.effect import Caution, Effect
from quartier.evaluate.report import EffectReport
from quartier.evaluate.wording import Unit
from quartier.report.content import EffectCard, EffectRow
from quartier.store import audiences, membership
from quartier.store.audiences import Audience
from quartier.workspace import Workspace

PURCHASE = "Order Completed"
OUTCOMES = (f"sum of revenue of {PURCHASE} within 14 days", f"any {PURCHASE} within 14 days")


def effects(ws: Workspace, catalog: Catalog, labels: Mapping[str, Label], at: dt.datetime) -> tuple[EffectCard, ...]:
    """What each campaign that reached somebody changed in purchases, overall and per segment.

    Members of segments are those of the instant at which the audience was frozen, so that a campaign cannot change who
    is counted where. Without purchases in the catalog, or without a holdout, there is nothing to measure.
    """
    purchase = catalog.event(PURCHASE)
    if purchase is None or purchase.property("revenue") is None:
        return ()
    return tuple(
        card_of(_measured(ws, catalog, audience, outcome, labels, at), labels)
        for audience in _sent(ws, at)
        for outcome in OUTCOMES
    )


def _sent(ws: Workspace, at: dt.datetime) -> list[Audience]:
    with ws.store.begin() as connection:
        frozen = [each for each in audiences.all_frozen(connection) if each.held_out and each.targeted]
        return [
            each for each in frozen if any(sent.at < at for sent in audiences.exposures_of(connection, each.campaign))
        ]


def _measured(
    ws: Workspace, catalog: Catalog, audience: Audience, outcome: str, labels: Mapping[str, Label], at: dt.datetime
) -> EffectReport:
    with ws.store.begin() as connection:
        members = {name: membership.members_at(connection, name, audience.position) for name in labels}
    # A segment that holds everybody or nobody of the audience would say the overall effect again, or nothing.
    parted = {name: keys for name, keys in members.items() if 0 < len(keys & audience.persons) < len(audience.persons)}
    return evaluation.evaluate(
        ws.store, ws.engine, catalog, ws.config, campaign=audience.campaign, outcome=outcome, at=at, segments=parted
    )


def card_of(report: EffectReport, labels: Mapping[str, Label]) -> EffectCard:
    """An effect as the figures take it; what cannot be compared at all is counted, not drawn."""
    compared = [each for each in (report.overall, *report.segments) if each.interval is not None]
    campaign = report.campaign or ""
    measure = {Unit.MONEY: "amount", Unit.SHARE: "share", Unit.NUMBER: "number"}[report.subject.unit]
    return EffectCard(
        campaign=Label(en=campaign, fr=campaign),
        outcome=report.subject.label,
        measure=measure,  # type: ignore[arg-type]  # the dict holds the three measures
        rows=tuple(row for each in compared if (row := _row(each, labels))),
        is_corrected=len(report.segments) > 1,
        left_out=1 + len(report.segments) - len(compared),
        remarks=tuple(each.said for each in report.findings),
    )


def _row(effect: Effect, labels: Mapping[str, Label]) -> EffectRow | None:
    reached, held_out = effect.targeted.mean, effect.held_out.mean
    if effect.interval is None or effect.difference is None or reached is None or held_out is None:
        return None
    return EffectRow(
        segment=labels[effect.segment] if effect.segment else None,
        reached=effect.targeted.persons,
        held_out=effect.held_out.persons,
        mean_reached=reached,
        mean_held_out=held_out,
        difference=effect.difference,
        low=effect.interval.low,
        high=effect.interval.high,
        needed=effect.needed.targeted + effect.needed.held_out if effect.needed else None,
        is_few=effect.caution is Caution.FEW,
    )
