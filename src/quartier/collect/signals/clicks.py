"""Rules that look at one click, or at an error after it, and at what came before. Each is a function of that alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.collect.signals.parameters import Parameters, Rule
from quartier.collect.signals.report import Signal

_SAME_LOAD = 100
"""Milliseconds by which two clicks may differ on when a load began: browsers round their clocks."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that holds at a signal, with the properties of the event to derive; the page goes without saying."""

    rule: Rule
    signal: Signal
    properties: dict[str, Any]


def rage_click(before: Sequence[Signal], new: Signal, limits: Parameters) -> Finding | None:
    """Clicks on one target in quick succession while nothing answers; told once, at the click that makes it a burst."""
    if new.kind != "click":
        return None
    burst = 1 + sum(1 for _ in _burst_before(before, new, limits))
    return _at_target(Rule.RAGE_CLICK, new) if burst == limits.rage_clicks else None


def dead_click(before: Sequence[Signal], new: Signal, limits: Parameters) -> Finding | None:
    """A click after which nothing happens, on what looks as if it did something; once a target and page."""
    if not _is_dead(new, limits):
        return None
    told = any(_is_dead(each, limits) and each.target == new.target for each in _on_this_page(before))
    return None if told else _at_target(Rule.DEAD_CLICK, new)


def click_while_loading(before: Sequence[Signal], new: Signal, limits: Parameters) -> Finding | None:
    """Several clicks while one load lasts, the first long enough to be a wait; told once a load."""
    if not _waits(new, limits):
        return None
    same = sum(_waits(each, limits) and abs(_began(each) - _began(new)) <= _SAME_LOAD for each in before)
    if same + 1 != limits.loading_clicks:
        return None
    return _at_target(Rule.CLICK_WHILE_LOADING, new, seconds=round((new.loading or 0) / 1000, 1))


def error_seen(before: Sequence[Signal], new: Signal, limits: Parameters) -> Finding | None:
    """An error shortly after a click; once a class of error and page."""
    if new.kind != "error" or new.error is None:
        return None
    here = _on_this_page(before)
    told = any(each.kind == "error" and each.error == new.error for each in here)
    followed = any(each.kind == "click" and 0 <= new.at - each.at <= limits.error_after_click for each in before)
    if told or not followed:
        return None
    return Finding(Rule.ERROR, new, present(error=new.error))


def present(**properties: Any) -> dict[str, Any]:
    """The properties that are known."""
    return {name: value for name, value in properties.items() if value is not None}


def _burst_before(before: Sequence[Signal], new: Signal, limits: Parameters) -> Iterator[Signal]:
    later = new
    for each in reversed(before):
        if each.kind != "click" or not _continues(each, later, limits):
            return
        yield each
        later = each


def _continues(each: Signal, later: Signal, limits: Parameters) -> bool:
    """Whether the later click follows this one unanswered."""
    gap = later.at - each.at
    is_answered = each.changed is not None and each.changed <= gap
    is_innocent = each.repeats or later.repeats or each.selected or later.selected
    return (
        gap <= limits.rage_gap and each.target == later.target and _is_near(each, later, limits.rage_radius)
    ) and not (is_answered or is_innocent)


def _is_near(one: Signal, other: Signal, radius: int) -> bool:
    if one.x is None or one.y is None or other.x is None or other.y is None:
        return True
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2 <= radius**2


def _is_dead(click: Signal, limits: Parameters) -> bool:
    if click.kind != "click" or click.selected or (limits.dead_acts_only and not click.acts):
        return False
    return click.changed is None and click.asked is None and click.loading is None


def _waits(click: Signal, limits: Parameters) -> bool:
    """A click that comes late in a load and that nothing answers; who reads on beside it gets answers."""
    if click.kind != "click" or click.repeats or click.changed is not None:
        return False
    return (click.loading or 0) >= limits.loading_waited


def _began(click: Signal) -> int:
    """When the load began that was going on at a click."""
    return click.at - (click.loading or 0)


def _on_this_page(before: Sequence[Signal]) -> Iterator[Signal]:
    for each in reversed(before):
        if each.kind == "page":
            return
        yield each


def _at_target(rule: Rule, click: Signal, **more: Any) -> Finding:
    return Finding(rule, click, present(target=click.target, **more))
