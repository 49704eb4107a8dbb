"""The results of a survey as lines for a terminal: figures with their intervals, and of how many."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from quartier.analyse.surveys.wording import BETWEEN, written
from quartier.cli.session import Session
from quartier.language import Language, Plural, Text, decimal, instant, percent, whole

if TYPE_CHECKING:
    from quartier.analyse.surveys.results import QuestionResult, Share
    from quartier.analyse.surveys.run import GroupResult, SurveyResults

_BAR, _LONGEST = "█", 24


def say_results(found: "SurveyResults", labels: Mapping[str, str], now: Session, zone: ZoneInfo) -> None:
    """The title, who answered, each question, then each segment; `labels` are those of the segments."""
    title, at = found.survey.title.to(now.language), instant(found.at, now.language, zone)
    now.say(_TITLE, title=title, at=at)
    _say_reached(found, now)
    if not found.persons:
        return
    for each in found.questions:
        _say_question(each, now)
    for group in found.groups:
        _say_group(group, labels[group.segment], now)
    now.say_line("")
    now.say(_CAUTION)


def _say_reached(found: "SurveyResults", now: Session) -> None:
    reached, language = found.reached, now.language
    if reached.share is None or reached.interval is None:
        now.say(_NEVER_SHOWN)
        return
    share, low, high = (percent(each, language) for each in (reached.share, *reached.interval))
    now.say(_SHOWN, n=reached.shown, answered=reached.answered, share=share, low=low, high=high)
    if reached.declined:
        now.say(_DECLINED, n=reached.declined)


def _say_question(each: "QuestionResult", now: Session) -> None:
    now.say_line("")
    now.say_line(each.question.text.to(now.language))
    _say_answers(each, now)


def _say_answers(each: "QuestionResult", now: Session) -> None:
    now.say(_ANSWERS, n=each.answered)
    for estimate in each.estimates:
        now.say_line("  " + written(estimate, now.language))
    if each.quartiles:
        low, high = (decimal(value, now.language) for value in each.quartiles)
        now.say(_QUARTILES, low=low, high=high)
    if each.answered and each.shares:
        rows = [_row(share, now.language) for share in each.shares]
        now.print_table([_ANSWER, _PERSONS, _SHARE, _INTERVAL, _AS_BAR], rows, right=(1, 2, 3))


def _say_group(group: "GroupResult", label: str, now: Session) -> None:
    now.say_line("")
    now.say(_AMONG, label=label)
    if group.answered is None:
        now.say(_TOO_FEW)
        return
    now.say(_GROUP_ANSWERS, n=group.answered)
    for each in group.questions:
        if each.estimates:
            said = "; ".join(written(estimate, now.language) for estimate in each.estimates)
            now.say_line(f"  {each.question.text.to(now.language)}")
            now.say_line(f"    {said}")
        elif each.answered and each.shares:
            first = each.shares[0]
            now.say_line(f"  {each.question.text.to(now.language)}")
            now.say_line("    " + _FIRST.to(now.language, answer=_label(first, now.language), share=_share(first, now)))


def _row(share: "Share", language: Language) -> list[str]:
    low, high = share.interval or (0.0, 1.0)
    interval = _RANGE.to(language, low=percent(low, language), high=percent(high, language))
    bar = _BAR * round(share.share * _LONGEST)
    return [_label(share, language), whole(share.count, language), percent(share.share, language), interval, bar]


def _label(share: "Share", language: Language) -> str:
    return share.label.to(language) if share.label else str(share.value)


def _share(share: "Share", now: Session) -> str:
    low, high = share.interval or (0.0, 1.0)
    between = BETWEEN.to(now.language, low=percent(low, now.language), high=percent(high, now.language))
    return f"{percent(share.share, now.language)} {between}"


_TITLE = Text(en="{title}, as of {at}", fr="{title}, au {at}")
_NEVER_SHOWN = Text(
    en="Nobody has seen it yet: `quartier survey invite` writes the links.",
    fr="Personne ne l'a encore vue : `quartier survey invite` écrit les liens.",
)
_SHOWN = Plural(
    Text(
        en="Shown {n} time, answered {answered}: {share} (between {low} and {high}).",
        fr="Montrée {n} fois, remplie {answered} : {share} (entre {low} et {high}).",
    ),
    Text(
        en="Shown {n} times, answered {answered}: {share} (between {low} and {high}).",
        fr="Montrée {n} fois, remplie {answered} : {share} (entre {low} et {high}).",
    ),
)
_DECLINED = Plural(
    Text(en="Declined {n} time.", fr="Refusée {n} fois."), Text(en="Declined {n} times.", fr="Refusée {n} fois.")
)
_ANSWERS = Plural(Text(en="  {n} answer", fr="  {n} réponse"), Text(en="  {n} answers", fr="  {n} réponses"))
_GROUP_ANSWERS = Plural(
    Text(en="{n} person answered.", fr="{n} personne a répondu."),
    Text(en="{n} persons answered.", fr="{n} personnes ont répondu."),
)
_QUARTILES = Text(en="  half of them from {low} to {high}", fr="  la moitié d'entre elles de {low} à {high}")
_AMONG = Text(en="Among “{label}”", fr="Parmi « {label} »")
_TOO_FEW = Text(
    en="fewer than five persons answered: nothing is shown, it could name someone",
    fr="moins de cinq personnes ont répondu : rien n'est montré, cela pourrait désigner quelqu'un",
)
_FIRST = Text(en="most often “{answer}”, {share}", fr="le plus souvent « {answer} », {share}")
_RANGE = Text(en="{low} to {high}", fr="{low} à {high}")
_CAUTION = Text(
    en="Intervals hold with 95% for a random draw; who chooses to answer is none, so read the share who answered too.",
    fr="Les intervalles valent à 95 % pour un tirage au hasard ; répondre est un choix, regardez donc aussi la part de "
    "réponses.",
)
_ANSWER, _PERSONS = Text(en="answer", fr="réponse"), Text(en="persons", fr="personnes")
_SHARE, _INTERVAL = Text(en="share", fr="part"), Text(en="between", fr="entre")
_AS_BAR = Text(en="as a bar", fr="en barre")
