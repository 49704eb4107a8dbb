"""How members answered surveys against the rest: one line a question; what somebody wrote is never told."""

from collections.abc import Iterator, Sequence

from quartier.analyse.personas.sheet import Answered, Estimated
from quartier.analyse.sides import FEWEST_PERSONS
from quartier.analyse.surveys.results import Estimate, QuestionResult, Share
from quartier.collect.surveys.definition import Survey
from quartier.collect.surveys.questions import Choice


def answered(survey: Survey, own: Sequence[QuestionResult], rest: Sequence[QuestionResult]) -> Iterator[Answered]:
    """A line for each question that at least five members answered and that is neither sensitive nor in free words."""
    others = {each.question.name: each for each in rest}
    for each in own:
        question = each.question
        if each.answered < FEWEST_PERSONS or (question.trait and question.trait.sensitivity.is_masked):
            continue
        option = each.shares[0] if isinstance(question, Choice) else None
        estimate = _summed(each, option)
        if estimate is None:
            continue
        other = others.get(question.name)
        yield Answered(
            survey=survey.survey, question=question.name, title=survey.title, text=question.text,
            option=option.label if option else None, persons=each.answered, own=estimate,
            rest=_against(other, option) if other and other.answered >= FEWEST_PERSONS else None,
        )  # fmt: skip


def _summed(result: QuestionResult, option: Share | None) -> Estimated | None:
    """The first estimate of a question, or the share of an option that at least five chose."""
    if option is not None:
        return _of_share(option) if option.count >= FEWEST_PERSONS else None
    return _of(result.estimates[0]) if result.estimates else None


def _against(result: QuestionResult, option: Share | None) -> Estimated | None:
    if option is None:
        return _summed(result, None)
    same = next((each for each in result.shares if each.value == option.value), None)
    return _summed(result, same) if same else None


def _of(estimate: Estimate) -> Estimated:
    low, high = estimate.interval or (None, None)
    return Estimated(estimate.kind, estimate.value, low, high)


def _of_share(share: Share) -> Estimated:
    low, high = share.interval or (None, None)
    return Estimated("share", share.share, low, high)
