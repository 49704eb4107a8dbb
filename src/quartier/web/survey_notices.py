"""The pages of surveys that only say something: thanks, declined, closed, ended, unknown."""

from typing import Literal, NamedTuple

from quartier.collect.surveys.definition import Survey
from quartier.language import Language, Text
from quartier.web import survey_words as words
from quartier.web.survey_views import Notice


class Said(NamedTuple):
    """What a page says: a title, the rest of it, and the shape beside it."""

    title: Text
    text: Text
    mark: Literal["done", "stop"] = "stop"


DECLINED = Said(words.DECLINED, words.NOT_AGAIN, "done")
ANSWERED = Said(words.ANSWERED, words.ONCE, "done")
CLOSED = Said(words.CLOSED, words.CLOSED_TEXT)
ENDED = Said(words.ENDED, words.ENDED_TEXT)
UNKNOWN = Said(words.UNKNOWN, words.UNKNOWN_TEXT)
TOO_LARGE = Said(words.TOO_LARGE, words.TOO_LARGE_TEXT)
BUSY = Said(words.BUSY, words.BUSY_TEXT)
UNAVAILABLE = Said(words.UNAVAILABLE, words.UNAVAILABLE_TEXT)


def notice(said: Said, language: Language, owner: str) -> Notice:
    """A page that says something."""
    return _page(said.title.to(language), said.text.to(language), language, owner, said.mark)


def thanks(survey: Survey, language: Language, owner: str) -> Notice:
    """What is said at the end: the survey's own words where it has some."""
    text = survey.thanks.to(language) if survey.thanks else words.KEPT.to(language)
    return _page(words.THANKS.to(language), text, language, owner, "done")


def _page(title: str, text: str, language: Language, owner: str, mark: Literal["done", "stop"]) -> Notice:
    return Notice(
        language=language,
        head=words.HEAD.to(language, title=title, owner=owner),
        owner=owner,
        title=title,
        text=text,
        mark=mark,
    )
