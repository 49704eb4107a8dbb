"""Findings about a definition in words: what never holds or always does, where, why, and what to do."""

from typing import Any

from quartier.language import LANGUAGES, Language, Text, joined
from quartier.segment.clauses import Reader, quoted
from quartier.segment.conditions import All, AtLeast, Not
from quartier.segment.contradiction import Finding, Part
from quartier.segment.sentence import said


def finding_lines(found: Finding, language: Language, *, currency: str | None = None) -> list[str]:
    """What was found with its place, and what to do, in two lines."""
    reader = Reader(language, currency)
    line = reader.said(_LINE, place=found.part.place, what=finding_said(found, reader))
    return [line, reader.said(_TO_DO, remedy=reader.said(_remedy(found)))]


def finding_said(found: Finding, reader: Reader) -> str:
    """As: “this segment will always be empty: “Country is France” and “Country is Belgium” exclude one another”."""
    return reader.said(_WHAT[found.verdict, _is_whole(found)], why=_why(found, reader))


def plain_finding(found: Finding, currency: str | None = None) -> dict[str, Any]:
    """The finding as plain values, its words in both languages."""
    readers = {language: Reader(language, currency) for language in LANGUAGES}
    return {
        "verdict": found.verdict,
        "place": found.part.place,
        "because": [each.place for each in found.because],
        "is_of_the_population": found.of_population,
        "what": {language: finding_said(found, reader) for language, reader in readers.items()},
        "remedy": {language: reader.said(_remedy(found)) for language, reader in readers.items()},
    }


def _is_whole(found: Finding) -> bool:
    return found.part.place == "where"


def _why(found: Finding, reader: Reader) -> str:
    named = [_named(each, reader) for each in found.because]
    if found.of_population and found.verdict == "always_all":
        return reader.said(_NOBODY_LEFT_OUT)
    if found.of_population:
        one = named or [_condition(found.part, reader)]
        return reader.said(_AGAINST_POPULATION, conditions=joined(one, reader.language))
    if len(named) > 1:
        return reader.said(_EXCLUDE, conditions=joined(named, reader.language))
    return reader.said(_ALONE[found.verdict], condition=(named or [_condition(found.part, reader)])[0])


def _named(part: Part, reader: Reader) -> str:
    return reader.said(_NAMED, condition=_condition(part, reader), place=part.place)


def _condition(part: Part, reader: Reader) -> str:
    """What a condition says; a group says only how its parts combine, and is called the group."""
    node = part.node
    if isinstance(node, All | AtLeast) or (isinstance(node, Not) and isinstance(node.part, All | AtLeast | Not)):
        return reader.said(_GROUP)
    sentence = said(node.part, reader) if isinstance(node, Not) else said(node, reader)
    return reader.said(_NOT, condition=quoted(sentence, reader)) if isinstance(node, Not) else quoted(sentence, reader)


def _remedy(found: Finding) -> Text:
    if found.verdict == "always_all":
        return _ASK_MORE
    return _TAKE_ONE_OUT if len(found.because) > 1 else _CHANGE


_LINE = Text(en="⚠ {place}: {what}", fr="⚠ {place} : {what}")
_TO_DO = Text(en="    → {remedy}", fr="    → {remedy}")
_WHAT = {
    ("always_empty", True): Text(
        en="this segment will always be empty: {why}", fr="ce segment restera toujours vide : {why}"
    ),
    ("always_all", True): Text(
        en="this segment will always hold its whole population: {why}",
        fr="ce segment comprendra toujours toute sa population : {why}",
    ),
    ("always_empty", False): Text(en="this never holds: {why}", fr="ceci n'est jamais vrai : {why}"),
    ("always_all", False): Text(en="this always holds: {why}", fr="ceci est toujours vrai : {why}"),
}
_ALONE = {
    "always_empty": Text(en="no data can satisfy {condition}", fr="aucune donnée ne peut satisfaire {condition}"),
    "always_all": Text(en="no data can fail {condition}", fr="aucune donnée ne peut contredire {condition}"),
}
_EXCLUDE = Text(en="{conditions} exclude one another", fr="{conditions} s'excluent")
_AGAINST_POPULATION = Text(
    en="nobody of its population can satisfy {conditions}",
    fr="personne de sa population ne peut satisfaire {conditions}",
)
_NOBODY_LEFT_OUT = Text(en="its condition leaves nobody of it out", fr="sa condition n'en écarte personne")
_NAMED = Text(en="{condition} ({place})", fr="{condition} ({place})")
_NOT = Text(en="not {condition}", fr="non {condition}")
_GROUP = Text(en="this group of conditions", fr="ce groupe de conditions")
_TAKE_ONE_OUT = Text(
    en="take one of them out, or let one of them be enough: `any`",
    fr="retirez-en une, ou faites qu'une seule suffise : `any`",
)
_CHANGE = Text(en="change what it asks for, or take it out", fr="changez ce qui est demandé, ou retirez-le")
_ASK_MORE = Text(
    en="take it out, or ask for what some of them do not have",
    fr="retirez-le, ou demandez ce que certains n'ont pas",
)
