"""How windows of time are bound: durations, days and periods of the calendar."""

from collections.abc import Callable, Mapping
from typing import Any

from quartier.errors import Unusable
from quartier.language import Text
from quartier.segment.binding import Placed
from quartier.segment.event_documents import check_one_window
from quartier.segment.periods import Period
from quartier.segment.values import day, duration
from quartier.segment.windows import Window


def window(written: Mapping[str, Any], place: str) -> Window:
    """The window that some of `WINDOW_KEYS` describe, ever when none is given. Raises Placed for what is wrong."""
    try:
        check_one_window(written)
    except Unusable as error:
        raise Placed(place, error) from error
    made: dict[str, Any] = {}
    for key, value in written.items():
        try:
            made |= _READ[key](value)
        except Unusable as error:
            raise Placed(f"{place}.{key}", error) from error
    if "since" in made and "until" in made and made["since"] > made["until"]:
        raise Placed(f"{place}.until", Unusable(_NO_LENGTH, _EARLIER_FIRST))
    return Window(**made)


def _within(written: Any) -> dict[str, Any]:
    return {"oldest": duration(written)}


def _ago(written: Any) -> dict[str, Any]:
    bounds = written.get("between") if isinstance(written, Mapping) and len(written) == 1 else None
    if not isinstance(bounds, list | tuple) or len(bounds) != 2:
        raise Unusable(_NO_BOUNDS, _NEWEST_FIRST)
    newest, oldest = (duration(each) for each in bounds)
    if newest.days >= oldest.days:
        raise Unusable(_NO_LENGTH, _NEWEST_FIRST)
    return {"newest": newest, "oldest": oldest}


def _during(written: Any) -> dict[str, Any]:
    try:
        return {"period": Period.parse(written)}
    except (ValueError, TypeError) as error:
        raise Unusable(_NO_PERIOD, _PERIODS) from error


_READ: dict[str, Callable[[Any], dict[str, Any]]] = {
    "within": _within,
    "ago": _ago,
    "since": lambda written: {"since": day(written)},
    "until": lambda written: {"until": day(written)},
    "during": _during,
}
_NO_LENGTH = Text(en="this window has no length", fr="cette fenêtre n'a pas de durée")
_NO_BOUNDS = Text(en="two durations are expected", fr="deux durées sont attendues")
_NEWEST_FIRST = Text(
    en="write the shorter duration first: `{{between: [30 days, 90 days]}}`",
    fr="écrivez d'abord la durée la plus courte : `{{between: [30 days, 90 days]}}`",
)
_EARLIER_FIRST = Text(en="write the earlier day after `since`", fr="écrivez le jour le plus ancien après `since`")
_NO_PERIOD = Text(en="this is not a period of the calendar", fr="ceci n'est pas une période du calendrier")
_PERIODS = Text(
    en="write `today`, `yesterday`, `this week`, `last month`, `last 3 months` or `this quarter a year ago`",
    fr="écrivez `today`, `yesterday`, `this week`, `last month`, `last 3 months` ou `this quarter a year ago`",
)
