"""What every page of one segment has at its top: name, sentence, instant, tabs, what is wrong with it."""

import datetime as dt
from dataclasses import dataclass

from quartier.govern.roles import May
from quartier.language import Language, Text
from quartier.segment.health import Health, Trouble
from quartier.segment.sentence import sentence
from quartier.web.addresses import address
from quartier.web.segments.seen import Seen
from quartier.web.visitor import Visitor

Tab = str
TABS: dict[Tab, tuple[Text, May]] = {
    "": (Text(en="Overview", fr="Vue d'ensemble"), May.SEE_FIGURES),
    "persona": (Text(en="Persona", fr="Persona"), May.SEE_FIGURES),
    "movement": (Text(en="Movement", fr="Mouvements"), May.SEE_FIGURES),
    "members": (Text(en="Members", fr="Membres"), May.SEE_PERSONS),
    "why": (Text(en="Why", fr="Pourquoi"), May.SEE_PERSONS),
    "overlap": (Text(en="Overlap", fr="Recoupements"), May.SEE_FIGURES),
    "quality": (Text(en="Quality", fr="Qualité"), May.SEE_FIGURES),
    "versions": (Text(en="Versions", fr="Versions"), May.SEE_FIGURES),
}
OF_RETIRED = ("", "movement", "versions")
"""What can still be seen of a segment that is out of force."""


@dataclass(frozen=True)
class Head:
    """The top of a segment's page."""

    name: str
    label: str
    sentence: str
    at: dt.datetime | None
    tabs: tuple[tuple[str, str, bool], ...]
    troubles: tuple[tuple[str, str], ...]
    """tone and words"""
    is_in_force: bool
    is_of_accounts: bool
    edit_url: str
    target_url: str


def head_of(seen: Seen, tab: Tab, visitor: Visitor, currency: str, health: Health | None = None) -> Head:
    """The top of a page; `health` where it is known."""
    language = visitor.language
    here = address("segments", seen.name)
    shown = [
        key for key in TABS if (seen.is_in_force or key in OF_RETIRED) and (key != "persona" or seen.of == "person")
    ]
    return Head(
        name=seen.name,
        label=seen.label.to(language),
        sentence=sentence(seen.bound, language, currency=currency) if seen.bound else "",
        at=seen.at,
        tabs=tuple(
            (TABS[key][0].to(language), f"{here}/{key}" if key else here, key == tab)
            for key in shown
            if visitor.may(TABS[key][1])
        ),
        troubles=tuple(_troubles(seen, health, language)),
        is_in_force=seen.is_in_force,
        is_of_accounts=seen.of == "account",
        edit_url=f"{here}/edit" if seen.is_in_force and visitor.may(May.EDIT_SEGMENTS) else "",
        target_url=_target(seen, visitor),
    )


def _target(seen: Seen, visitor: Visitor) -> str:
    can = seen.is_in_force and seen.of == "person" and visitor.may(May.TARGET)
    return address("target", "new", segment=seen.name) if can else ""


def _troubles(seen: Seen, health: Health | None, language: Language) -> list[tuple[str, str]]:
    """What is wrong, in words; that data wait for the next evaluation is told mildly."""
    if not seen.is_in_force:
        return [("attention", _RETIRED.to(language))]
    if seen.refusal:
        problems = [each.to(language) for each in seen.refusal.problems]
        return [("bad", _REFUSED.to(language, problems=" ; ".join(problems)))]
    found = health.troubles if health else ()
    tone = "bad" if Trouble.FAILED in found else "attention"
    return [(tone, " ".join(_capital(each.text.to(language)) for each in found))] if found else []


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


_RETIRED = Text(
    en="This segment is out of force. Its versions and its history stay; it can be brought back under Versions.",
    fr="Ce segment est hors vigueur. Ses versions et son historique restent ; il peut revenir, sous Versions.",
)
_REFUSED = Text(
    en="This segment cannot be evaluated any more: {problems}. Its members are those of the last evaluation.",
    fr="Ce segment ne peut plus être évalué : {problems}. Ses membres sont ceux de la dernière évaluation.",
)
