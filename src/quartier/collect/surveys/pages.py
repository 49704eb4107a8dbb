"""Which questions are shown, and in which steps: a question that depends on an answer comes on a later step."""

from collections.abc import Mapping

from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.questions import Question

MOST_QUESTIONS = 5
"""Questions of one step: what a telephone shows without a long way down."""

Answer = int | float | str | tuple[str, ...]
Answers = Mapping[str, Answer]
Steps = tuple[tuple[Question, ...], ...]


def steps(survey: Survey, *, has_closing: bool = False) -> Steps:
    """The questions, step by step: none depends on an answer of its own step.

    Where something beside the questions is asked at the end (`has_closing`), the last step is one that everyone sees:
    without questions where all those of the last step depend on answers.
    """
    found: list[list[Question]] = [[]]
    for question in survey.questions:
        here = {each.name for each in found[-1]}
        if len(found[-1]) == MOST_QUESTIONS or here & set(question.only_if):
            found.append([])
        found[-1].append(question)
    if has_closing and all(each.only_if for each in found[-1]):
        found.append([])
    return tuple(map(tuple, found))


def is_shown(question: Question, answers: Answers) -> bool:
    """Whether the answers given so far call for a question."""
    return all(_is_among(answers.get(name), wanted) for name, wanted in question.only_if.items())


def possible_steps(plan: Steps, answers: Answers, at: int) -> list[int]:
    """The steps that somebody at one of them has seen or may come to see, whatever is answered from there on."""
    open_yet = {each.name for step in plan[at:] for each in step}
    return [
        place
        for place, step in enumerate(plan)
        if place == at or not step or any(_may_be_shown(each, answers, open_yet) for each in step)
    ]


def next_step(plan: Steps, answers: Answers, at: int) -> int | None:
    """The next step with something to ask, None where there is none."""
    later = range(at + 1, len(plan))
    return next((n for n in later if not plan[n] or any(is_shown(each, answers) for each in plan[n])), None)


def earlier_step(plan: Steps, answers: Answers, at: int) -> int:
    """The step before, the first one from itself."""
    shown = [n for n in range(at) if any(is_shown(each, answers) for each in plan[n])]
    return shown[-1] if shown else 0


def _may_be_shown(question: Question, answers: Answers, open_yet: set[str]) -> bool:
    return all(name in open_yet or _is_among(answers.get(name), wanted) for name, wanted in question.only_if.items())


def _is_among(answer: Answer | None, wanted: tuple[str | int, ...]) -> bool:
    given = answer if isinstance(answer, tuple) else (answer,)
    return any(each in wanted for each in given)
