"""In which language a visitor reads: as asked in the address, else as the browser says (RFC 9110, section 12.5.4)."""

from quartier.language import LANGUAGES, Language


def negotiated(asked: str | None, header: str | None, otherwise: Language) -> Language:
    """The language asked for, else the one that the browser likes best of ours, else the workspace's."""
    for language in (asked, *_liked(header or "")):
        if language in LANGUAGES:
            return language
    return otherwise


def _liked(header: str) -> list[str]:
    """The languages of an Accept-Language header, the most liked first: `fr-CH` counts as `fr`."""
    weighted = []
    for place, part in enumerate(header[:500].split(",")):
        name, _, weight = part.partition(";")
        weighted.append((-_weight(weight), place, name.strip().lower().partition("-")[0]))
    return [name for weight, _, name in sorted(weighted) if weight < 0]


def _weight(written: str) -> float:
    name, _, value = written.strip().partition("=")
    if not name:
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
