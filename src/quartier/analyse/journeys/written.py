"""Lengths of time as people say them, from a fraction of a day."""

from quartier.language import Language, Text, decimal, whole

_MINUTE, _HOUR = 1 / 1440, 1 / 24


def elapsed(days: float | None, language: Language) -> str:
    """Seconds, minutes, hours or days, whichever a reader would use; “not yet” where so many have not gone on."""
    if days is None:
        return _NOT_YET.to(language)
    if days < _MINUTE:
        return _SECONDS.to(language, n=whole(round(days * 86_400), language))
    if days < _HOUR:
        return _MINUTES.to(language, n=whole(round(days / _MINUTE), language))
    if days < 1:
        return _HOURS.to(language, n=decimal(days / _HOUR, language, places=1))
    return _DAYS.to(language, n=decimal(days, language, places=1) if days < 10 else whole(round(days), language))


_NOT_YET = Text(en="not yet", fr="pas encore")
_SECONDS = Text(en="{n} s", fr="{n} s")
_MINUTES = Text(en="{n} min", fr="{n} min")
_HOURS = Text(en="{n} h", fr="{n} h")
_DAYS = Text(en="{n} d", fr="{n} j")
