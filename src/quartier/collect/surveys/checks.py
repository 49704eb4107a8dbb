"""What pydantic cannot see in one question: names taken twice, conditions on answers that cannot be given.

It reads the document as it was given, so that these problems are told together with all others.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from quartier.collect.surveys.questions import OTHER
from quartier.engine import RESERVED
from quartier.errors import Problem, suggestion
from quartier.language import Text

OWN_PROPERTIES = ("survey", "version", "language", "visit", "consent", "consent_text", "rest")
"""Properties of the answered event that no question may be called."""

_POINTS = {"nps": range(11), "csat": range(1, 6)}
Plain = Mapping[str, Any]


def cross_problems(document: Plain) -> list[Problem]:
    """Problems between the questions of a document, which may be wrong in any other way too."""
    given = document.get("questions")
    questions = [(place, each) for place, each in enumerate(given if isinstance(given, list) else []) if _is_one(each)]
    return [*_names(questions), *_conditions(questions)]


def _is_one(question: object) -> bool:
    return isinstance(question, Mapping) and isinstance(question.get("name"), str)


def _names(questions: list[tuple[int, Plain]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for place, question in questions:
        for name in _properties(question):
            at = f"questions[{place}].name"
            if name in OWN_PROPERTIES or name in RESERVED:
                yield Problem(at, _RESERVED.with_(name=name), _RENAME)
            elif name in seen:
                yield Problem(at, _TAKEN.with_(name=name, place=f"questions[{seen[name]}]"), _RENAME)
            seen.setdefault(name, place)


def _properties(question: Plain) -> list[str]:
    return [question["name"], *([f"{question['name']}_{OTHER}"] if question.get("other") is True else [])]


def _conditions(questions: list[tuple[int, Plain]]) -> Iterator[Problem]:
    earlier: dict[str, Plain] = {}
    for place, question in questions:
        wanted = question.get("only_if")
        for name, values in (wanted if isinstance(wanted, Mapping) else {}).items():
            at = f"questions[{place}].only_if.{name}"
            if name not in earlier:
                yield Problem(at, _NOT_EARLIER.with_(name=name), suggestion(str(name), earlier) or _ASK_FIRST)
            else:
                yield from _values(at, earlier[name], values if isinstance(values, list | tuple) else [values])
        earlier.setdefault(question["name"], question)


def _values(at: str, asked: Plain, wanted: list[Any] | tuple[Any, ...]) -> Iterator[Problem]:
    known = _answers(asked)
    if known is None:
        yield Problem(at, _NO_CHOICE.with_(name=asked["name"]), _CHOOSE)
        return
    unknown = [each for each in wanted if each not in known]
    if unknown:
        listed = [str(each) for each in known]
        yield Problem(at, _NO_ANSWER.with_(values=[str(each) for each in unknown]), suggestion(str(unknown[0]), listed))


def _answers(question: Plain) -> list[Any] | None:
    """What may be answered to a question as it was given; None where that cannot be listed."""
    kind = question.get("type")
    if kind == "likert":
        points = question.get("scale", 5)
        return list(range(1, points + 1)) if points in (5, 7) else []
    if kind == "choice":
        options = question.get("options")
        values = (
            [each.get("value") for each in options if isinstance(each, Mapping)] if isinstance(options, list) else []
        )
        return values + [OTHER] * (question.get("other") is True)
    return list(_POINTS[kind]) if isinstance(kind, str) and kind in _POINTS else None


_RESERVED = Text(en="a question cannot be called “{name}”", fr="une question ne peut pas s'appeler « {name} »")
_TAKEN = Text(en="“{name}” is the name of {place} too", fr="« {name} » est déjà le nom de {place}")
_RENAME = Text(en="choose another name", fr="choisissez un autre nom")
_NOT_EARLIER = Text(
    en="no earlier question is called “{name}”", fr="aucune question précédente ne s'appelle « {name} »"
)
_ASK_FIRST = Text(en="ask it before this question", fr="posez-la avant cette question")
_NO_CHOICE = Text(
    en="the answers to “{name}” cannot be listed, so no question can depend on one of them",
    fr="les réponses à « {name} » ne se listent pas : aucune question ne peut dépendre de l'une d'elles",
)
_CHOOSE = Text(en="let it depend on a scale or a choice", fr="faites-la dépendre d'une échelle ou d'un choix")
_NO_ANSWER = Text(en="nobody can answer {values} there", fr="personne ne peut y répondre {values}")
