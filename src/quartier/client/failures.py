"""What can go wrong between a program and the API. No message holds the key, nor what was sent or answered.

ClientError
├── ApiProblem         the API refused, and told why (RFC 9457)
├── Unreachable        no answer: the name, the connection, a certificate, or silence for too long
├── UnexpectedAnswer   an answer that is not the API's: another server, a proxy, a redirect
└── StillRunning       a job goes on beyond the time that was given to it; it can be waited for again
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.client.words import Language, Text


class ClientError(Exception):
    """The base of every error that a client raises."""

    def __init__(self, what: Text) -> None:
        super().__init__(what)
        self.what = what

    def to(self, language: Language) -> str:
        """The message in one language."""
        return self.what.to(language)

    def __str__(self) -> str:
        return self.to("en")


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong with what was sent.

    Attributes:
        place: where in the document.
        text: what, by language.
        remedy: what to do, by language; None where nothing is advised.
    """

    place: str
    text: Mapping[str, str]
    remedy: Mapping[str, str] | None

    @classmethod
    def of_json(cls, told: Mapping[str, Any]) -> "Flaw":
        """A flaw as the API tells it."""
        try:
            return cls(told["place"], told["text"], told["remedy"])
        except (KeyError, TypeError):
            raise UnexpectedAnswer(NOT_OURS, 200) from None


class ApiProblem(ClientError):
    """The API refused, or a job failed.

    Attributes:
        status: of HTTP.
        code: for programs, `not_found` or `invalid_definition`.
        title: what sort of problem it is.
        detail: what is wrong, in English.
        problems: all that is wrong with a document.
        text: what is wrong, by language.
        remedy: what to do, by language; None where nothing is advised.
        field: the one that is at fault, if one is.
        retry_after: seconds after which the server wants to be asked again; None where it does not say.
    """

    def __init__(
        self, status: int, code: str, title: str, detail: str, problems: Sequence[Flaw] = (), *,
        text: Mapping[str, str] | None = None, remedy: Mapping[str, str] | None = None, field: str | None = None,
        retry_after: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(_REFUSED)
        self.status, self.code, self.title, self.detail = status, code, title, detail
        self.problems, self.text, self.remedy = tuple(problems), text or {}, remedy
        self.field, self.retry_after = field, retry_after

    @classmethod
    def of_json(cls, told: Mapping[str, Any], retry_after: int | None = None) -> "ApiProblem":
        """A problem as the API tells it. Raises UnexpectedAnswer for what is none."""
        try:
            return cls(
                told["status"], told["code"], told["title"], told["detail"],
                [Flaw.of_json(each) for each in told["problems"]], text=told["text"], remedy=told["remedy"],
                field=told["field"], retry_after=retry_after,
            )  # fmt: skip
        except (KeyError, TypeError):
            raise UnexpectedAnswer(NOT_OURS, 200) from None

    def to(self, language: Language) -> str:
        """What is wrong, each flaw with its place, and what to do, in one language."""
        first = f"{self.status} {self.code}: {self.text.get(language, self.detail)}"
        flaws = [f"  {each.place}: {_said(each.text, each.remedy, language)}" for each in self.problems]
        advice = [f"  → {self.remedy[language]}"] if self.remedy else []
        return "\n".join([first, *flaws, *advice])


class Unreachable(ClientError):
    """No answer came. A change that was asked for may have been made all the same."""


class UnexpectedAnswer(ClientError):
    """What answered is not the API, or one that this client does not know.

    Attributes:
        status: of HTTP.
    """

    def __init__(self, what: Text, status: int) -> None:
        super().__init__(what)
        self.status = status


class StillRunning(ClientError):
    """A job goes on; `client.jobs.wait(number)` waits again.

    Attributes:
        number: of the job.
    """

    def __init__(self, number: str) -> None:
        super().__init__(_STILL_RUNNING.with_(number=number))
        self.number = number


def _said(text: Mapping[str, str], remedy: Mapping[str, str] | None, language: Language) -> str:
    return f"{text[language]} → {remedy[language]}" if remedy else text[language]


NOT_OURS = Text(
    en="this answer is not one of the API's: is there a `quartier serve` at this address, of a version near this one?",
    fr="cette réponse n'est pas de l'API : y a-t-il un `quartier serve` à cette adresse, d'une version proche ?",
)
_REFUSED = Text(en="the API refused", fr="l'API a refusé")
_STILL_RUNNING = Text(
    en="the job {number} goes on: wait for it again, or look at it later",
    fr="la tâche {number} continue : attendez-la encore, ou regardez-la plus tard",
)
