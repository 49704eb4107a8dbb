"""The sheet of a persona: a portrait of a segment on one page, to be printed and pinned up."""

from collections.abc import Sequence
from dataclasses import dataclass

from quartier.analyse import CLASS_BY_ID
from quartier.analyse.personas.sheet import Frequent, Habit, Persona, Typical
from quartier.analyse.relation.definition import LABELS as STAGES
from quartier.catalog import Family
from quartier.language import Language, Text, decimal, percent, whole
from quartier.report.figures import distinction
from quartier.report.page import Chip, KeyFigure, Table
from quartier.report.sections.quality import chip
from quartier.report.written import between, money
from quartier.web.answers import persona
from quartier.web.segments.head import Head
from quartier.web.segments.overview import Bar
from quartier.web.segments.persona_words import said_and_done, survey_answers, unpaired
from quartier.web.segments.seen import Seen
from quartier.web.visitor import Visitor
from quartier.workspace import Workspace

MOST_DISTINCT = 4
"""Differences of one family that are told."""


@dataclass(frozen=True)
class OfFamily:
    """What is told of one family."""

    chip: Chip
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PersonaPage:
    """The page; `silence` says why there is nothing but the size, and is empty where there is more."""

    head: Head
    glance: tuple[KeyFigure, ...]
    silence: str
    distinct: tuple[OfFamily, ...] = ()
    typical: tuple[OfFamily, ...] = ()
    standing: tuple[str, ...] = ()
    habits: tuple[Bar, ...] = ()
    answers: Table | None = None
    divergences: Table | None = None
    unpaired: tuple[str, ...] = ()


def persona_page(ws: Workspace, seen: Seen, head: Head, visitor: Visitor) -> PersonaPage:
    """The page; a segment of accounts, or one that cannot be read, has none."""
    language = visitor.language
    if seen.of == "account" or seen.bound is None or not seen.is_in_force:
        return PersonaPage(head, (), _OF_PERSONS.to(language))
    return sheet(persona(ws, seen.name), head, ws.config.currency, language)


def sheet(found: Persona, head: Head, currency: str, language: Language) -> PersonaPage:
    """A persona in words."""
    glance = _glance(found, currency, language)
    if found.is_withheld:
        return PersonaPage(head, glance, _WITHHELD.to(language))
    return PersonaPage(
        head, glance, "",
        distinct=_by_family(
            [(each.family, distinction.said(each, language)) for each in found.distinct], language, MOST_DISTINCT
        ),
        typical=_by_family([(each.family, usual(each, found.persons, language)) for each in found.typical], language),
        standing=tuple(usual(each, found.persons, language) for each in found.standing),
        habits=tuple(_habit(each, language) for each in found.habits),
        answers=survey_answers(found.answers, language),
        divergences=said_and_done(found.divergences, currency, language),
        unpaired=unpaired(found.unpaired, language),
    )  # fmt: skip


def usual(each: Typical, persons: int, language: Language) -> str:
    """“Country: FR 72%, BE 15%”, or “Age: 30 years, half of them 28 to 33”; of how many where that is not of all."""
    if each.values:
        told = ", ".join(_valued(each.trait, value, language) for value in each.values)
    else:
        low, middle, high = (_number(value, language) for value in (each.low, each.median, each.high))
        unit = f"\N{NO-BREAK SPACE}{_UNITS[each.unit].to(language)}" if each.unit else ""
        told = _HALF.to(language, middle=f"{middle}{unit}", between=between(low, high, language))
    sentence = _USUAL if each.known == persons else _USUAL_OF
    return sentence.to(language, label=each.label.to(language), told=told, known=each.known)


def _glance(found: Persona, currency: str, language: Language) -> tuple[KeyFigure, ...]:
    part = percent(found.persons / found.of, language) if found.of else ""
    size = KeyFigure(
        whole(found.persons, language), _MEMBERS.to(language), _OF.to(language, of=found.of, part=part)
    )  # fmt: skip
    if found.share_of_revenue is None:
        return (size,)
    part = percent(found.share_of_revenue, language)
    amount = money(found.revenue, currency, language)
    mean = money((found.revenue or 0.0) / found.persons, currency, language)
    return (
        size,
        KeyFigure(amount, _REVENUE.to(language), _OF_ALL.to(language, part=part)),
        KeyFigure(mean, _EACH.to(language), ""),
    )


def _by_family(
    lines: Sequence[tuple[Family, str]], language: Language, most: int | None = None
) -> tuple[OfFamily, ...]:
    found: dict[Family, list[str]] = {}
    for family, line in lines:
        found.setdefault(family, []).append(line)
    return tuple(OfFamily(chip(family, language), tuple(told[:most])) for family, told in found.items())


def _habit(each: Habit, language: Language) -> Bar:
    rest = "" if each.rest is None else _REST.to(language, part=percent(each.rest, language, 0))
    return Bar(
        each.label.to(language), each.share, percent(each.share, language, 0), rest, each.share > (each.rest or 0)
    )


def _valued(trait: str, each: Frequent, language: Language) -> str:
    return f"{_value(trait, each.value, language)} {percent(each.share, language, 0)}"


def _value(trait: str, value: str, language: Language) -> str:
    """A value as people say it: yes and no, and the names of stages and RFM classes."""
    if trait == "rfm_class" and value in CLASS_BY_ID:
        return CLASS_BY_ID[value].label.to(language)
    if trait == "stage" and value in _STAGES:
        return _STAGES[value].to(language)
    return _TRUTHS[value].to(language) if value in _TRUTHS else value


def _number(value: float | None, language: Language) -> str:
    places = 0 if value is None or abs(value) >= 100 or float(value).is_integer() else 1
    return decimal(round(value or 0.0, places), language, places)


_STAGES: dict[str, Text] = dict(STAGES.items())
_MEMBERS = Text(en="members", fr="membres")
_OF = Text(en="{part} of {of} persons", fr="{part} de {of} personnes")
_REVENUE = Text(en="net revenue", fr="chiffre d'affaires net")
_OF_ALL = Text(en="{part} of all", fr="{part} du total")
_EACH = Text(en="net revenue per member", fr="chiffre d'affaires net par membre")
_USUAL = Text(en="{label}: {told}", fr="{label} : {told}")
_USUAL_OF = Text(en="{label}: {told} (known of {known})", fr="{label} : {told} (connu pour {known})")
_HALF = Text(en="{middle}, half of them {between}", fr="{middle}, la moitié {between}")
_REST = Text(en="{part} of the rest", fr="{part} du reste")
_UNITS = {"years": Text(en="years", fr="ans"), "days": Text(en="days", fr="jours")}
_TRUTHS: dict[str, Text] = {"true": Text(en="yes", fr="oui"), "false": Text(en="no", fr="non")}
_OF_PERSONS = Text(
    en="A persona portrays a segment of persons that is in force and can be read.",
    fr="Un persona fait le portrait d'un segment de personnes en vigueur et lisible.",
)
_WITHHELD = Text(
    en="Fewer than five persons: a portrait could name them, so none is drawn.",
    fr="Moins de cinq personnes : un portrait pourrait les désigner, il n'y en a donc pas.",
)
