"""The definition of truth for what is remembered: the moves of one person or account, instant by instant."""

import datetime as dt
from collections.abc import Sequence

from quartier.segment.windows import Window
from quartier.testing.reference_events import is_in_window
from quartier.testing.reference_values import Now
from quartier.testing.worlds import TinyWorld

Move = tuple[dt.datetime, str]


def moves_of(segment: str, subject: str, world: TinyWorld, now: Now, is_member: bool) -> list[Move]:
    """When a person (or account) was found in a segment, entered or left it; the evaluation now is one as well."""
    of_segment = [
        each for each in world.remembered if each.name == segment and each.kind in ("found", "entered", "left")
    ]
    seen = sorted((each for each in of_segment if each.at <= now.instant), key=lambda each: each.at)
    moves = [(each.at, each.kind) for each in seen if each.person == subject]
    was_in = bool(moves) and moves[-1][1] != "left"
    if is_member and not was_in:
        moves.append((now.instant, "entered" if seen else "found"))
    if was_in and not is_member:
        moves.append((now.instant, "left"))
    return moves


def was_member(moves: Sequence[Move], window: Window, now: Now) -> bool:
    """Whether a person was a member at some instant in the window, however shortly."""
    for number, (at, kind) in enumerate(moves):
        if kind == "left":
            continue
        until = next((later for later, other in moves[number + 1 :] if other == "left"), None)
        if is_in_window(at, window, now) or spans_start(at, until, window, now):
            return True
    return False


def spans_start(at: dt.datetime, until: dt.datetime | None, window: Window, now: Now) -> bool:
    """Whether a stay that began before the window lasted into it."""
    start, end = window.edges(now.instant, now.zone)
    return start is not None and start < end and at <= start and (until is None or until > start)
