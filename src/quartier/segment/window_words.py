"""How windows of time are said: “ in the last 90 days”, « le mois dernier »."""

from quartier.language import Plural, Text, day
from quartier.segment.clauses import Reader
from quartier.segment.periods import Period
from quartier.segment.periods import Unit as PeriodUnit
from quartier.segment.predicates import duration
from quartier.segment.windows import Duration, Window
from quartier.segment.windows import Unit as TimeUnit


def window_words(window: Window, reader: Reader) -> str:
    """“ in the last 90 days”, with the space that sets it apart; nothing for ever."""
    if window.period:
        return _period(window.period, reader)
    if window.since or window.until:
        return _between_days(window, reader)
    if window.oldest is None:
        return ""
    if window.newest is None:
        return _WITHIN[window.oldest.unit].to(reader.language, n=window.oldest.count)
    return reader.said(_BETWEEN, low=_near(window.newest, window.oldest, reader), high=duration(window.oldest, reader))


def after_noun(words: str, reader: Reader) -> str:
    """The words of a window after a noun: « les commandes d'il y a entre 30 et 90 jours », « du mois dernier »."""
    if reader.language == "en":
        return words
    return next((article + words.removeprefix(start) for start, article in _OF_THE if words.startswith(start)), words)


def _period(period: Period, reader: Reader) -> str:
    if period.unit == "day" and period.count < 2:
        said = reader.said(_YESTERDAY if period.count else _TODAY)
    elif period.count == 0:
        said = reader.said(_THIS[period.unit])
    else:
        said = _LAST[period.unit].to(reader.language, n=period.count)
    return f"{said}{reader.said(_A_YEAR_EARLIER)}" if period.is_a_year_ago else said


def _between_days(window: Window, reader: Reader) -> str:
    if window.until is None:
        return reader.said(_SINCE, day=day(window.since, reader.language)) if window.since else ""
    until = day(window.until, reader.language)
    if window.since is None:
        return reader.said(_UNTIL, day=until)
    return reader.said(_FROM_TO, first=day(window.since, reader.language), last=until)


def _near(newest: Duration, oldest: Duration, reader: Reader) -> str:
    """The nearer bound, whose unit is said once when both have the same."""
    return str(newest.count) if newest.unit == oldest.unit else duration(newest, reader)


def _whole(en_one: str, en_many: str, fr_one: str, fr_many: str) -> Plural:
    return Plural(
        Text(en=f" {en_one}", fr=f" {fr_one}"),
        Text(en=f" in the {en_many}", fr=f" au cours des {fr_many}"),
    )


def _in_the_last(unit: str, fr_one: str, fr_other: str) -> Plural:
    return Plural(
        Text(en=f" in the last {unit}", fr=f" {fr_one}"),
        Text(en=f" in the last {{n}} {unit}s", fr=f" au cours des {{n}} {fr_other}"),
    )


_WITHIN: dict[TimeUnit, Plural] = {
    "minute": _in_the_last("minute", "au cours de la dernière minute", "dernières minutes"),
    "hour": _in_the_last("hour", "au cours de la dernière heure", "dernières heures"),
    "day": _in_the_last("day", "au cours des dernières 24 heures", "derniers jours"),
    "week": _in_the_last("week", "au cours des 7 derniers jours", "dernières semaines"),
    "month": _in_the_last("month", "depuis un mois", "derniers mois"),
    "year": _in_the_last("year", "au cours des 12 derniers mois", "dernières années"),
}
_SINCE = Text(en=" since {day}", fr=" depuis le {day}")
_BETWEEN = Text(en=" between {low} and {high} ago", fr=" il y a entre {low} et {high}")
_UNTIL = Text(en=" until {day}", fr=" jusqu'au {day}")
_FROM_TO = Text(en=" from {first} to {last}", fr=" du {first} au {last}")
_TODAY, _YESTERDAY = Text(en=" today", fr=" aujourd'hui"), Text(en=" yesterday", fr=" hier")
_THIS: dict[PeriodUnit, Text] = {
    "week": Text(en=" this week", fr=" cette semaine"),
    "month": Text(en=" this month", fr=" ce mois-ci"),
    "quarter": Text(en=" this quarter", fr=" ce trimestre"),
    "year": Text(en=" this year", fr=" cette année"),
}
_LAST: dict[PeriodUnit, Plural] = {
    "day": _whole("yesterday", "{n} whole days before today", "hier", "{n} jours entiers avant aujourd'hui"),
    "week": _whole("last week", "{n} whole weeks before this one", "la semaine dernière",
                   "{n} semaines entières avant celle-ci"),
    "month": _whole("last month", "{n} whole months before this one", "le mois dernier",
                    "{n} mois entiers avant celui-ci"),
    "quarter": _whole("last quarter", "{n} whole quarters before this one", "le trimestre dernier",
                      "{n} trimestres entiers avant celui-ci"),
    "year": _whole("last year", "{n} whole years before this one", "l'année dernière",
                   "{n} années entières avant celle-ci"),
}  # fmt: skip
_A_YEAR_EARLIER = Text(en=", a year earlier", fr=", un an plus tôt")
_OF_THE = (
    (" il y a", " d'il y a"), (" le ", " du "), (" la ", " de la "), (" l'", " de l'"), (" ce", " de ce"),
    (" hier", " d'hier"), (" aujourd'hui", " d'aujourd'hui"),
)  # fmt: skip
"""What a window begins with in French, alone and after a noun."""
