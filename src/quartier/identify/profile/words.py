"""How a profile is said: values, identifiers, reasons of links, what two persons share."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from quartier.catalog import Label
from quartier.identify.profile.known import Happening, LinkShown, Shared, TraitKnown
from quartier.identify.profile.plain import aware
from quartier.language import Language, Text, day, decimal, instant, percent, whole

MASK = "••••"
DASH = "\N{EN DASH}"
_NEARLY_SURE = 0.99
MOST_VALUES = 6
"""How many values of a list, or lines of an order, are written."""


def written(value: Any, language: Language, zone: ZoneInfo) -> str:
    """A value as the reader writes it; instants in the workspace's time zone."""
    match value:
        case None:
            return DASH
        case bool():
            return (_YES if value else _NO).to(language)
        case int():
            return whole(value, language)
        case float():
            return decimal(value, language)
        case dt.datetime():
            return instant(aware(value), language, zone)
        case dt.date():
            return day(value, language)
        case list():
            shown = [_line(each, language, zone) for each in value[:MOST_VALUES]]
            return ", ".join([*shown, "…"] if len(value) > MOST_VALUES else shown)
        case _:
            return str(value)


def trait_written(trait: TraitKnown, language: Language, zone: ZoneInfo) -> str:
    """The value of a trait, or dots in its place."""
    if trait.is_masked:
        return MASK
    # Years and numbers of years are no counts: nobody writes 1,985 for a year.
    is_year = isinstance(trait.value, int) and not isinstance(trait.value, bool) and trait.name.endswith("year")
    return str(trait.value) if is_year else written(trait.value, language, zone)


def rule_said(trait: TraitKnown, language: Language) -> str:
    """Why a trait has this value, of several that were said; nothing where nothing else was."""
    if trait.rule not in _CHOSEN or (trait.rule == "most_recent" and not trait.earlier):
        return ""
    return _CHOSEN[trait.rule].to(language)


def happening_written(happening: Happening, language: Language, zone: ZoneInfo) -> str:
    """The properties of an event in one line."""
    shown = [MASK if each.is_masked else written(each.value, language, zone) for each in happening.details]
    return " · ".join(shown)


def kind_said(kind: str, language: Language) -> str:
    """What sort of identifier it is."""
    return _KINDS[kind].to(language) if kind in _KINDS else kind


def reason_said(link: LinkShown, language: Language) -> str:
    """Why two identifiers are held for one person, with the probability where there is one."""
    reason = _REASONS[link.reason].to(language) if link.reason in _REASONS else link.reason
    if link.probability is None:
        return reason
    places = 0 if link.probability < _NEARLY_SURE else 1  # what is nearly certain is not written as certain
    return f"{reason} ({percent(link.probability, language, places)})"


def standing_said(link: LinkShown, language: Language) -> str:
    """Whether a link counts, and who decided so."""
    said = _DECIDED[link.decision].to(language, author=link.author or "") if link.decision in _DECIDED else ""
    if link.apart in _APART:
        return said if link.apart == "refused" else _APART[link.apart].to(language)
    return said


def shared_said(shared: Shared, language: Language, zone: ZoneInfo) -> str:
    """What two persons have in common: the value where it is the same, else both."""
    label, value = _label(shared.label, language), written(shared.value, language, zone)
    if shared.value == shared.other:
        return _SAME.to(language, label=label, value=value)
    return _NEAR.to(language, label=label, value=value, other=written(shared.other, language, zone))


def known_since_said(at: dt.datetime | None, language: Language, zone: ZoneInfo) -> str:
    """Since when somebody is known."""
    return _KNOWN_SINCE.to(language, at=day(at.astimezone(zone).date(), language)) if at else ""


def _label(label: Label, language: Language) -> str:
    return label.to(language)


def _line(value: Any, language: Language, zone: ZoneInfo) -> str:
    """A value of a list; of a line its name, or else all of it, with the quantity."""
    if not isinstance(value, dict):
        return written(value, language, zone)
    name = value.get("name") or value.get("product_id")
    quantity = value.get("quantity")
    times = f" × {written(quantity, language, zone)}" if quantity not in (None, 1) else ""
    if name:
        return f"{name}{times}"
    return " ".join(written(each, language, zone) for each in value.values() if each is not None)


_YES, _NO = Text(en="yes", fr="oui"), Text(en="no", fr="non")
_CHOSEN = {
    "most_recent": Text(en="most recent", fr="la plus récente"),
    "most_trusted": Text(en="most trusted", fr="de la source la plus sûre"),
    "verified_first": Text(en="verified first", fr="vérifiée d'abord"),
    "most_frequent": Text(en="most frequent", fr="la plus fréquente"),
}
_KINDS = {
    "user_id": Text(en="customer number", fr="numéro de client"),
    "email": Text(en="e-mail", fr="e-mail"),
    "phone": Text(en="phone", fr="téléphone"),
    "anonymous_id": Text(en="browser or device", fr="navigateur ou appareil"),
}
_REASONS = {
    "record": Text(en="seen together", fr="vus ensemble"),
    "match": Text(en="alike", fr="semblables"),
    "hand": Text(en="linked by hand", fr="reliés à la main"),
}
_DECIDED = {
    "accepted": Text(en="accepted by {author}", fr="accepté par {author}"),
    "refused": Text(en="refused by {author}", fr="refusé par {author}"),
}
_APART = {
    "refused": Text(en="refused", fr="refusé"),
    "withdrawn": Text(en="taken back", fr="retiré"),
    "blocked": Text(en="not followed: one of them tells nobody", fr="non suivi : l'un d'eux ne désigne personne"),
    "apart": Text(
        en="not followed: it would join two customers, or too many identifiers",
        fr="non suivi : il joindrait deux clients, ou trop d'identifiants",
    ),
}
_SAME = Text(en="{label} {value}", fr="{label} {value}")
_NEAR = Text(en="{label} {value} and {other}", fr="{label} {value} et {other}")
_KNOWN_SINCE = Text(en="known since {at}", fr="connue depuis le {at}")
