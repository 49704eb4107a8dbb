"""How conditions over what the store remembers are bound."""

from quartier.language import Text
from quartier.segment import memory_documents as written
from quartier.segment.bind_windows import window
from quartier.segment.binding import Binder, Placed, bind_condition
from quartier.segment.conditions import EVER, CampaignLeaf, Condition, HistoryLeaf, InSegment, Was
from quartier.segment.windows import Window


@bind_condition.register
def _(node: written.SegmentCondition, binder: Binder, place: str) -> Condition:
    if not node.window:
        return binder.in_segment(node.segment, f"{place}.segment")
    return _history(node.segment, "member", node, binder, (place, "segment"))


@bind_condition.register
def _(node: written.EnteredCondition, binder: Binder, place: str) -> Condition:
    return _history(node.entered, "entered", node, binder, (place, "entered"))


@bind_condition.register
def _(node: written.LeftCondition, binder: Binder, place: str) -> Condition:
    return _history(node.left, "left", node, binder, (place, "left"))


@bind_condition.register
def _(node: written.CampaignCondition, binder: Binder, place: str) -> Condition:
    if binder.campaigns is not None and node.campaign not in binder.campaigns:
        return binder.unknown(f"{place}.campaign", _NO_CAMPAIGN, node.campaign, sorted(binder.campaigns))
    return CampaignLeaf(node.campaign, node.was, _window(node, binder, place))


def _history(name: str, was: Was, node: written.Windowed, binder: Binder, place: tuple[str, str]) -> Condition:
    """The other segment is bound as if its members were asked for: one that reads its own past is a cycle."""
    found = binder.in_segment(name, ".".join(place))
    when = _window(node, binder, place[0])
    return HistoryLeaf(found.segment, was, when) if isinstance(found, InSegment) else found


def _window(node: written.Windowed, binder: Binder, place: str) -> Window:
    try:
        return window(node.window, place)
    except Placed as error:
        binder.unusable(error.place, error.cause)
        return EVER


_NO_CAMPAIGN = Text(en="there is no campaign “{name}”", fr="il n'y a pas de campagne « {name} »")
