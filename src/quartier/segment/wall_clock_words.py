"""How the time of an event on the wall clock is said: “on Saturday or Sunday between 18:00 and 22:00”."""

from collections.abc import Iterator, Sequence

from quartier.language import Text, joined
from quartier.segment.clauses import Reader
from quartier.segment.conditions import ClockTest
from quartier.segment.wall_clock import CLOCK_PARTS

Run = tuple[int, int]
"""First and last of some values that follow one another, round the end where they do."""


def clock_words(tests: Sequence[ClockTest], reader: Reader) -> str:
    """“on Saturday or Sunday between 18:00 and 22:00”, nothing without a test."""
    return " ".join(_test(test, reader) for test in tests)


def _test(test: ClockTest, reader: Reader) -> str:
    runs = [_run(test.part, run, reader) for run in _runs(test)]
    return joined(runs, reader.language, "or")


def _runs(test: ClockTest) -> Iterator[Run]:
    """The values in runs; two that only touch are named one by one, but for hours."""
    part = CLOCK_PARTS[test.part]
    chosen = set(test.values)
    if len(chosen) == len(part.values):
        yield part.first, part.last
        return
    size = len(part.values)
    for value in test.values:
        if (value - 1 - part.first) % size + part.first in chosen:
            continue
        length = next(n for n in range(1, size) if (value + n - part.first) % size + part.first not in chosen)
        last = (value + length - 1 - part.first) % size + part.first
        if length == 2 and test.part != "hour":
            yield from ((value, value), (last, last))
        else:
            yield value, last


def _run(part: str, run: Run, reader: Reader) -> str:
    first, last = run
    if part == "hour":
        return reader.said(_BETWEEN, first=_hour(first, reader), last=_hour((last + 1) % 24, reader))
    if part == "day_of_month":
        return reader.said(_DAY if first == last else _DAYS, first=_ordinal(first, reader), last=_ordinal(last, reader))
    names = _WEEKDAYS if part == "weekday" else _MONTHS
    one, several = (_WEEKDAY, _WEEKDAYS_TO) if part == "weekday" else (_MONTH, _MONTHS_TO)
    return reader.said(one if first == last else several, first=reader.said(names[first - 1]),
                       last=reader.said(names[last - 1]))  # fmt: skip


def _hour(hour: int, reader: Reader) -> str:
    return reader.said(_HOUR, hour=hour)


def _ordinal(day: int, reader: Reader) -> str:
    """« 1er » of the month; English days stay numbers."""
    return "1er" if reader.language == "fr" and day == 1 else str(day)


_HOUR = Text(en="{hour}:00", fr="{hour}\N{NO-BREAK SPACE}h")
_BETWEEN = Text(en="between {first} and {last}", fr="entre {first} et {last}")
_DAY = Text(en="on day {first} of the month", fr="le {first} du mois")
_DAYS = Text(en="from day {first} to day {last} of the month", fr="du {first} au {last} du mois")
_WEEKDAY = Text(en="on {first}", fr="le {first}")
_WEEKDAYS_TO = Text(en="from {first} to {last}", fr="du {first} au {last}")
_MONTH = Text(en="in {first}", fr="en {first}")
_MONTHS_TO = Text(en="from {first} to {last}", fr="entre {first} et {last}")
_WEEKDAYS = (
    Text(en="Monday", fr="lundi"), Text(en="Tuesday", fr="mardi"), Text(en="Wednesday", fr="mercredi"),
    Text(en="Thursday", fr="jeudi"), Text(en="Friday", fr="vendredi"), Text(en="Saturday", fr="samedi"),
    Text(en="Sunday", fr="dimanche"),
)  # fmt: skip
_MONTHS = (
    Text(en="January", fr="janvier"), Text(en="February", fr="février"), Text(en="March", fr="mars"),
    Text(en="April", fr="avril"), Text(en="May", fr="mai"), Text(en="June", fr="juin"), Text(en="July", fr="juillet"),
    Text(en="August", fr="août"), Text(en="September", fr="septembre"), Text(en="October", fr="octobre"),
    Text(en="November", fr="novembre"), Text(en="December", fr="décembre"),
)  # fmt: skip
