"""From what a person typed to answers: checked against the questions, with words for what cannot be taken."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.pages import Answer, is_shown
from quartier.collect.surveys.questions import OTHER, Choice, Number, Question, Scale
from quartier.errors import Sentence
from quartier.language import Language, Text

Typed = Mapping[str, Sequence[str]]
"""The fields of a form as they were typed: `overall`, `reason`, `reason.other`."""

LONGEST_OTHER = 200
LONGEST_EMAIL = 254
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_EMAIL = re.compile(r"[^@\s,;<>\"']+@[^@\s,;<>\"']+\.[^@\s,;<>\"'.]+")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass
class Reading:
    """What was answered, and what is wrong, by the name of the question."""

    answers: dict[str, Answer] = field(default_factory=dict)
    wrong: dict[str, Sentence] = field(default_factory=dict)


def read(survey: Survey, typed: Typed, language: Language) -> Reading:
    """The answers to all questions that are shown; answers to questions that are not are left out."""
    found = Reading()
    for question in survey.questions:
        if is_shown(question, found.answers):
            _read_one(question, typed, language, found)
    return found


def read_email(typed: Typed) -> str | None:
    """The e-mail address, None where it cannot be one."""
    written = _only(typed, "email").lower()
    return written if len(written) <= LONGEST_EMAIL and _EMAIL.fullmatch(written) else None


def _read_one(question: Question, typed: Typed, language: Language, found: Reading) -> None:
    try:
        found.answers |= _answer(question, typed, language)
    except _Refused as refused:
        found.wrong[question.name] = refused.why
        return
    if question.required and question.name not in found.answers:
        found.wrong[question.name] = _MISSING_CHOICE if isinstance(question, Scale | Choice) else _MISSING


def _answer(question: Question, typed: Typed, language: Language) -> dict[str, Answer]:
    if isinstance(question, Choice):
        return _choice(question, typed)
    written = _only(typed, question.name)
    if not written:
        return {}
    if isinstance(question, Scale):
        return {question.name: _point(question, written)}
    if isinstance(question, Number):
        return {question.name: _number(question, written, language)}
    return {question.name: _words(written, question.longest)}


def _choice(question: Choice, typed: Typed) -> dict[str, Answer]:
    chosen = list(dict.fromkeys(each for each in typed.get(question.name, ()) if each))
    if not chosen:
        return {}
    if not set(chosen) <= question.answers or (len(chosen) > 1 and not question.several):
        raise _Refused(_NO_SUCH)
    own = _only(typed, f"{question.name}.{OTHER}") if OTHER in chosen and question.other else ""
    answers: dict[str, Answer] = {question.name: tuple(chosen) if question.several else chosen[0]}
    return answers | ({question.other_name: _words(own, LONGEST_OTHER)} if own else {})


def _point(question: Scale, written: str) -> int:
    if not re.fullmatch(r"\d{1,2}", written) or int(written) not in question.points:
        raise _Refused(_NO_SUCH)
    return int(written)


def _number(question: Number, written: str, language: Language) -> int | float:
    """A number as the language writes it: 1,234.5 in English, 1 234,5 in French; a comma alone is a decimal sign."""
    plain = re.sub(r"\s", "", written).replace("\N{MINUS SIGN}", "-")
    grouped = language == "en" and _THOUSANDS.fullmatch(plain)
    plain = plain.replace(",", "" if grouped else ".")
    if not _NUMBER.fullmatch(plain):
        raise _Refused(_NO_NUMBER)
    value = float(plain)
    if question.whole and not value.is_integer():
        raise _Refused(_NOT_WHOLE)
    _check_bounds(question, value)
    return int(value) if question.whole else value


def _check_bounds(question: Number, value: float) -> None:
    low, high = question.min, question.max
    if (low is None or value >= low) and (high is None or value <= high):
        return
    if low is None or high is None:
        raise _Refused(_AT_LEAST.with_(low=_short(low)) if low is not None else _AT_MOST.with_(high=_short(high)))
    raise _Refused(_BETWEEN.with_(low=_short(low), high=_short(high)))


def _short(bound: float | None) -> float | int | None:
    return int(bound) if bound is not None and bound.is_integer() else bound


def _words(written: str, longest: int) -> str:
    text = _UNWRITABLE.sub("", written.replace("\r\n", "\n"))
    if len(text) > longest:
        raise _Refused(_TOO_LONG.with_(length=len(text), longest=longest))
    return text


def _only(typed: Typed, name: str) -> str:
    """The last value of a field, without blanks around it."""
    values = typed.get(name, ())
    return values[-1].strip() if values else ""


class _Refused(Exception):
    """Why an answer cannot be taken."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why)
        self.why = why


_MISSING = Text(en="This answer is needed.", fr="Cette réponse est nécessaire.")
_MISSING_CHOICE = Text(en="Please choose an answer.", fr="Choisissez une réponse.")
_NO_SUCH = Text(en="Please choose one of the answers offered.", fr="Choisissez parmi les réponses proposées.")
_NO_NUMBER = Text(en="Please write a number, such as 12 or 12.5.", fr="Écrivez un nombre, comme 12 ou 12,5.")
_NOT_WHOLE = Text(en="Please write a whole number.", fr="Écrivez un nombre entier.")
_AT_LEAST = Text(en="Please write a number of at least {low}.", fr="Écrivez un nombre d'au moins {low}.")
_AT_MOST = Text(en="Please write a number of at most {high}.", fr="Écrivez un nombre d'au plus {high}.")
_BETWEEN = Text(en="Please write a number from {low} to {high}.", fr="Écrivez un nombre entre {low} et {high}.")
_TOO_LONG = Text(
    en="This answer has {length} characters; {longest} at most can be kept.",
    fr="Cette réponse compte {length} caractères ; on peut en garder {longest} au plus.",
)
