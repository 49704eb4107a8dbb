"""U-turns: a person follows a link, sees that it is the wrong page and goes straight back.

Going back is also how people work through a list: open one, back, open the next. So a U-turn is told only once it is
known what came next: at the next page, or when the visit is over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quartier.collect.signals.clicks import Finding, present
from quartier.collect.signals.parameters import Parameters, Rule
from quartier.collect.signals.report import Signal


@dataclass(frozen=True, slots=True)
class _Turn:
    """Three arrivals in a row: where the person was, the page they left at once, and the first one again."""

    start: int
    wrong: int
    back: int


def u_turn(before: Sequence[Signal], new: Signal, limits: Parameters) -> Finding | None:
    """The U-turn that ended at the page before this new one, if it was one."""
    return turned(before, limits, then=new) if new.kind == "page" else None


def turned(signals: Sequence[Signal], limits: Parameters, then: Signal | None = None) -> Finding | None:
    """The U-turn with which these signals end, knowing the page that came next, if any did."""
    places = [place for place, each in enumerate(signals) if each.kind == "page"]
    if len(places) < 3:
        return None
    turn = _Turn(*places[-3:])
    if not _is_turn(signals, turn, limits) or _goes_through_a_list(signals, places, turn, then):
        return None
    start, wrong, back = (signals[each] for each in (turn.start, turn.wrong, turn.back))
    seconds = round((back.at - wrong.at) / 1000, 1)
    return Finding(Rule.U_TURN, back, present(page=wrong.page, came_from=start.page, seconds=seconds))


def _is_turn(signals: Sequence[Signal], turn: _Turn, limits: Parameters) -> bool:
    start, wrong, back = (signals[each] for each in (turn.start, turn.wrong, turn.back))
    goes_back = wrong.how == "open" and back.how == "back" and start.page == back.page != wrong.page
    acted = any(each.kind in ("click", "form") for each in signals[turn.wrong : turn.back])
    looks_up = any(each.kind == "form" for each in signals[turn.start : turn.wrong])  # the terms, say, and then goes on
    return goes_back and not acted and not looks_up and back.at - wrong.at <= limits.turn_within


def _goes_through_a_list(signals: Sequence[Signal], places: Sequence[int], turn: _Turn, then: Signal | None) -> bool:
    """Whether the next or the earlier page was opened by a link beside the one that led to the wrong page."""
    link = _last_target(signals[turn.start : turn.wrong])
    if link is None:
        return False
    after = _last_target(signals[turn.back :]) if then is not None and then.how == "open" else None
    earlier = _last_target(signals[places[-5] : places[-4]]) if len(places) >= 5 else None
    return link in (after, earlier)


def _last_target(signals: Sequence[Signal]) -> str | None:
    """The last click's target without the numbers that tell the rows of a list apart."""
    targets = [each.target for each in signals if each.kind == "click" and each.target]
    return re.sub(r"\d+", "*", targets[-1]) if targets else None
